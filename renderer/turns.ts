/** One turn of work, ms: keys and frames come between turns. */
const TURN = 8

/** Runs pure work to its end in short turns; null when it is no longer wanted. */
export async function inTurns<T>(work: Iterator<void, T>, isWanted: () => boolean): Promise<T | null> {
  for (;;) {
    const end = performance.now() + TURN
    let step = work.next()
    while (!step.done && performance.now() < end) step = work.next()
    if (step.done) return step.value
    await new Promise((resolve) => setTimeout(resolve))
    if (!isWanted()) return null
  }
}
