import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { DetailedError, Upload, type UploadOptions } from 'tus-js-client'
import { retryAfter } from './sync-client.ts'

/** A transfer that says nothing for so long is cut and tried again. */
const STALLED_AFTER_MS = 60_000
const LEAST_CHUNK = 128 * 1024
const MOST_CHUNK = 2 * 1024 * 1024

/** `base` = `…/v1/uploads`; `uploadUrl` null for a new upload. */
export type Transfer = {
  path: string
  size: number
  base: string
  uploadUrl: string | null
  metadata: { fileSha256: string; kind: string; taskId: string }
  authorise: () => Promise<string>
  /** The server has given the upload an address: keep it. */
  onUrl: (url: string) => void
  /** Bytes the server has, as it says itself. */
  onOffset: (offset: number) => void
  signal: AbortSignal
}

/** `status` null when no answer came; 404 or 410: the server has forgotten this upload. */
export type TransferEnd = { done: true } | { done: false; status: number | null; retryAfterMs: number | null }

/** Bytes sent in one request: small enough that a cut costs little, large enough that a good line is used. */
export const chunkBytes = (size: number): number => Math.min(MOST_CHUNK, Math.max(LEAST_CHUNK, Math.ceil(size / 32)))

/** Sends a file, or what the server does not have of it, once: no retries of its own. Ends also when it stalls or is aborted. */
export async function transfer(order: Transfer): Promise<TransferEnd> {
  const file = await open(order.path, 'r')
  try {
    return await send(order, file)
  } finally {
    await file.close()
  }
}

function send(order: Transfer, file: FileHandle): Promise<TransferEnd> {
  return new Promise((resolve) => {
    const source = chunkSource(file, order.size)
    const settle = (end: TransferEnd): void => {
      clearTimeout(watchdog)
      order.signal.removeEventListener('abort', cut)
      resolve(end)
    }
    const cut = (): void => {
      void upload.abort()
      settle({ done: false, status: null, retryAfterMs: null })
    }
    const watchdog = setTimeout(cut, STALLED_AFTER_MS)
    const options: UploadOptions = {
      endpoint: order.uploadUrl === null ? order.base : null,
      uploadUrl: order.uploadUrl,
      metadata: order.metadata,
      chunkSize: chunkBytes(order.size),
      retryDelays: null,
      fingerprint: () => Promise.resolve(order.metadata.fileSha256),
      storeFingerprintForResuming: false,
      fileReader: { openFile: () => Promise.resolve(source.reader) },
      onBeforeRequest: async (request) => {
        watchdog.refresh()
        request.setHeader('Authorization', await order.authorise())
        const checksum = source.checksum()
        if (request.getMethod() === 'PATCH' && checksum !== null)
          request.setHeader('Upload-Checksum', `sha256 ${checksum}`)
      },
      onProgress: () => void watchdog.refresh(),
      onUploadUrlAvailable: () => {
        // Only the last part counts: what the server calls itself behind a proxy must not move the upload elsewhere.
        const url = `${order.base}/${(upload.url ?? '').replace(/\/+$/, '').split('/').at(-1) ?? ''}`
        upload.url = url
        order.onUrl(url)
      },
      onAfterResponse: (_request, response) => {
        const offset = Number(response.getHeader('Upload-Offset') ?? Number.NaN)
        if (Number.isSafeInteger(offset) && offset <= order.size) order.onOffset(offset)
      },
      onSuccess: () => settle({ done: true }),
      onError: (error) => settle(endOf(error)),
    }
    const upload = new Upload(Buffer.alloc(1), options)
    order.signal.addEventListener('abort', cut, { once: true })
    if (order.signal.aborted) cut()
    else upload.start()
  })
}

function endOf(error: Error): TransferEnd {
  const response = error instanceof DetailedError ? error.originalResponse : null
  if (response === null) return { done: false, status: null, retryAfterMs: null }
  return { done: false, status: response.getStatus(), retryAfterMs: retryAfter(response.getHeader('Retry-After')) }
}

/** Reads one chunk at a time and knows its hash: the server drops a chunk that was changed on its way. */
function chunkSource(file: FileHandle, size: number) {
  let checksum: string | null = null
  const slice = async (start: number, end: number) => {
    const chunk = Buffer.alloc(Math.min(end, size) - start)
    for (let at = 0; at < chunk.length;) {
      const { bytesRead } = await file.read(chunk, at, chunk.length - at, start + at)
      if (bytesRead === 0) throw new Error('the file became shorter')
      at += bytesRead
    }
    checksum = createHash('sha256').update(chunk).digest('base64')
    return { value: Object.assign(chunk, { size: chunk.length }), done: end >= size }
  }
  return { reader: { size, slice, close: () => undefined }, checksum: () => checksum }
}
