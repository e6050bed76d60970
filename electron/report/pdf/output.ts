import { createHash } from 'node:crypto'
import { closeSync, openSync, read } from 'node:fs'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Part } from './document.ts'

/** Small pieces are gathered, so that a report of thousands of them is a few writes; photos pass through the same memory. */
const BUFFER = 1 << 19
/** The disk is told to begin when so much waits for it and as much is to come, and works while that is read. */
const AHEAD = 8 * BUFFER

/** `check` looks at the finished file while the disk takes in the last of it, and answers what is wrong with it. */
type Run = {
  signal?: AbortSignal | undefined
  onWritten?: ((done: number, total: number) => void) | undefined
  check?: () => string | null
}

/**
 * Writes the pieces of a file in order and makes them durable. However long it gets, no more than a megabyte of it is in memory at
 * once: half is hashed and written while the other is filled. Throws as disks do, when aborted, when a photo got shorter meanwhile,
 * and when the check finds a fault.
 */
export async function writeParts(
  path: string,
  parts: readonly Part[],
  { signal, onWritten, check }: Run,
): Promise<{ bytes: number; sha256: string }> {
  const total = parts.reduce((sum, p) => sum + p.length, 0)
  const hash = createHash('sha256')
  const source = openParts(parts)
  const file = await open(path, 'w')
  let isSyncing = false
  let synced: Promise<unknown> = Promise.resolve()
  const syncAhead = async () => {
    isSyncing = true
    await file.datasync()
    isSyncing = false
  }
  let [buffer, other] = [Buffer.alloc(BUFFER), Buffer.alloc(BUFFER)]
  let filled = source.fill(buffer)
  let written = Promise.resolve()
  try {
    let bytes = 0
    for (let held = await filled; held > 0; held = await filled) {
      signal?.throwIfAborted()
      await written
      onWritten?.(bytes, total)
      filled = source.fill(other)
      written = awaitedLater(file.writeFile(buffer.subarray(0, held)))
      hash.update(buffer.subarray(0, held))
      bytes += held
      ;[buffer, other] = [other, buffer]
      if (isSyncing || bytes % AHEAD !== 0 || total - bytes < AHEAD) continue
      synced = awaitedLater(syncAhead())
    }
    await written
    onWritten?.(bytes, total)
    synced = Promise.all([synced, file.sync()])
    const fault = check?.() ?? null
    await synced
    if (fault !== null) throw new Error(`the finished file is not sound: ${fault}`)
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    await Promise.allSettled([filled, written, synced])
    source.close()
    await file.close()
  }
}

/** Without this a failure that comes before somebody waits for it ends the process. */
function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

const readInto = promisify(read)

/** `fill` takes as many of the bytes to come as there is room for and answers their number, 0 at the end. */
type Source = { fill: (buffer: Buffer) => Promise<number>; close: () => void }
type Range = { path: string; from: number; length: number }

/** The bytes of pieces one after the other. What of photos goes into a buffer is read all at once by other threads. */
function openParts(parts: readonly Part[]): Source {
  const pieces = parts.flatMap((part): (Uint8Array | Range)[] =>
    part instanceof Uint8Array
      ? [part]
      : part.ranges.map(([from, to]) => ({ path: part.path, from, length: to - from })),
  )
  let current = 0
  let at = 0
  let file: number | null = null
  const take = async ({ path, from }: Range, target: Uint8Array, isLast: boolean): Promise<void> => {
    const own = (file ??= openSync(path, 'r'))
    if (isLast) file = null
    try {
      const { bytesRead } = await readInto(own, target, 0, target.length, from + at)
      if (bytesRead < target.length) throw new Error('a photo changed while the report was written')
    } finally {
      if (isLast) closeSync(own)
    }
  }
  const fill = async (buffer: Buffer): Promise<number> => {
    const reads: Promise<void>[] = []
    let held = 0
    for (let piece = pieces[current]; piece && held < buffer.length; piece = pieces[current]) {
      const target = buffer.subarray(held, held + piece.length - at)
      const isLast = at + target.length === piece.length
      if (piece instanceof Uint8Array) target.set(piece.subarray(at, at + target.length))
      else reads.push(take(piece, target, isLast))
      held += target.length
      at = isLast ? 0 : at + target.length
      if (isLast) current++
    }
    const failed = (await Promise.allSettled(reads)).find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    return held
  }
  return { fill, close: () => file !== null && closeSync(file) }
}
