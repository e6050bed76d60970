import { readingsOf } from './readings-of.ts'

globalThis.addEventListener('message', (event: MessageEvent<string[]>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  globalThis.postMessage(readingsOf(event.data))
})
