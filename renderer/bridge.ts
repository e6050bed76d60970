import type { Args, Bridge, Calls, MethodName, Returns } from '../shared/contract/api.ts'
import type { Failure, Outcome } from '../shared/contract/errors.ts'
import type { AppEvent } from '../shared/contract/views.ts'

declare global {
  /** Put there by the preload; the only way out of the window. */
  var onsite: Bridge
}

/** An expected failure, thrown so that queries and forms can catch it; anything else thrown is a bug. */
export class Refusal extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/** Calls the main process. Throws `Refusal` for an expected failure. */
export async function call<M extends MethodName>(name: M, args: Args<M>): Promise<Returns<M>> {
  const calls: Calls = window.onsite
  const outcome = JSON.parse(await calls[name](args)) as Outcome<Returns<M>>
  if (!outcome.ok) throw new Refusal(outcome.failure)
  return outcome.value
}

/** Hears what the main process tells unasked (progress, queue, lock); returns the way to stop. */
export function listen(onEvent: (event: AppEvent) => void): () => void {
  return window.onsite.listen(onEvent)
}
