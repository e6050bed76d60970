const idle = (): Promise<unknown> => new Promise((done) => requestIdleCallback(done))

/** Loads pages before they are asked for, one after the other and only while nothing else is to be done. Returns the way to stop. */
export function fetchAhead(pages: readonly (() => Promise<unknown>)[]): () => void {
  let isStopped = false
  const fetchAll = async () => {
    for (const page of pages) {
      await idle()
      if (isStopped) return
      await page()
    }
  }
  // A page that cannot be loaded says so when it is opened.
  fetchAll().catch(() => undefined)
  return () => {
    isStopped = true
  }
}
