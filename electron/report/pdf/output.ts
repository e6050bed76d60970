import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Part } from './document.ts'

/** Small pieces are gathered, so that a report of thousands of them is a few writes; photos pass through the same memory. */
const BUFFER = 1 << 19
/** The disk is told to begin when so much waits for it, and works while the next is read. */
const AHEAD = 8 * BUFFER

/** `check` looks at the finished file while the disk takes in the last of it, and answers what is wrong with it. */
type Run = {
  signal?: AbortSignal | undefined
  onWritten?: ((done: number, total: number) => void) | undefined
  check?: () => string | null
}

/**
 * Writes the pieces of a file in order and makes them durable. However long it gets, no more than a megabyte of it is in memory at
 * once: half is written while the other is filled. Throws as disks do, when aborted, when a photo got shorter meanwhile, and when
 * the check finds a fault.
 */
export async function writeParts(
  path: string,
  parts: readonly Part[],
  { signal, onWritten, check }: Run,
): Promise<{ bytes: number; sha256: string }> {
  const total = parts.reduce((sum, p) => sum + p.length, 0)
  const hash = createHash('sha256')
  let [buffer, other] = [Buffer.alloc(BUFFER), Buffer.alloc(BUFFER)]
  const file = await open(path, 'w')
  let written = Promise.resolve()
  let isSyncing = false
  let synced: Promise<unknown> = Promise.resolve()
  const syncAhead = async () => {
    isSyncing = true
    await file.datasync()
    isSyncing = false
  }
  try {
    let held = 0
    let bytes = 0
    const flush = async () => {
      signal?.throwIfAborted()
      await written
      onWritten?.(bytes, total)
      const whole = buffer.subarray(0, held)
      written = file.writeFile(whole)
      hash.update(whole)
      bytes += held
      held = 0
      ;[buffer, other] = [other, buffer]
      if (isSyncing || bytes % AHEAD !== 0) return
      synced = syncAhead()
      // It is waited for at the end; until then a failure is nobody's.
      synced.catch(() => {})
    }
    for (const part of parts) {
      const source = openPart(part)
      try {
        for (let read = source.read(buffer, held); read > 0; read = source.read(buffer, held)) {
          held += read
          if (held === buffer.length) await flush()
        }
      } finally {
        source.close()
      }
    }
    await flush()
    await written
    onWritten?.(bytes, total)
    if (bytes !== total) throw new Error('a photo changed while the report was written')
    synced = Promise.all([synced, file.sync()])
    const fault = check?.() ?? null
    await synced
    if (fault !== null) throw new Error(`the finished file is not sound: ${fault}`)
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    await Promise.allSettled([written, synced])
    await file.close()
  }
}

/** Gives a piece bit by bit: as much as fits into the buffer from a place on, 0 at its end. */
type Source = { read: (buffer: Buffer, from: number) => number; close: () => void }

function openPart(part: Part): Source {
  let at = 0
  if (part instanceof Uint8Array) {
    return {
      read: (buffer, from) => {
        const taken = part.subarray(at, at + buffer.length - from)
        buffer.set(taken, from)
        at += taken.length
        return taken.length
      },
      close: () => {},
    }
  }
  const file = openSync(part.path, 'r')
  let range = 0
  return {
    read: (buffer, from) => {
      for (; range < part.ranges.length; range++, at = 0) {
        const [start, end] = part.ranges[range] ?? [0, 0]
        const wanted = Math.min(buffer.length - from, end - start - at)
        const read = wanted > 0 ? readSync(file, buffer, from, wanted, start + at) : 0
        at += read
        if (read > 0) return read
      }
      return 0
    },
    close: () => closeSync(file),
  }
}
