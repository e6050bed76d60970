import type { Readings } from './text-match.ts'
// oxlint-disable-next-line import/default
import address from './readings-worker.ts?worker&url'

type Policies = {
  trustedTypes?: { createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => Policy }
}
type Policy = { createScriptURL: (url: string) => string }

let policy: Policy | null = null

/** The one address of code this window starts a thread from. */
function workerAddress(): string {
  policy ??= (globalThis as Policies).trustedTypes?.createPolicy('readings', {
    createScriptURL: (url) => (url === address ? url : ''),
  }) ?? { createScriptURL: (url) => url }
  return policy.createScriptURL(address)
}

/** Reads the characters of `texts` in a thread of its own, which ends with the answer or when `signal` is aborted. */
export async function readTexts(texts: readonly string[], signal: AbortSignal): Promise<Readings> {
  const worker = new Worker(workerAddress())
  try {
    return await new Promise<Readings>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve(new Map()), { once: true })
      worker.addEventListener('message', (event: MessageEvent<Readings>) => resolve(event.data), { once: true })
      worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true })
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      worker.postMessage([...new Set(texts.join(''))])
    })
  } finally {
    worker.terminate()
  }
}
