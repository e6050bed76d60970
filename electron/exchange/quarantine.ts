import { createHash, randomUUID } from 'node:crypto'
import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { MAX_PACKAGE_BYTES } from '../../shared/package/limits.ts'
import { fileFailure, makeFolder } from '../storage/files.ts'
import type { LongRun } from './write.ts'

const CHUNK = 1024 * 1024

/** A private copy of a file somebody gave us: the only one that is read from now on. Remove it when done. */
export type QuarantinedFile = { path: string; fileSha256: string; octets: number }

/**
 * Copies a file into the quarantine folder, hashing on the way, and fsyncs it. Fails with fileMissing, fileTooLarge, diskFull,
 * notWritable, storageFailed or cancelled and then leaves nothing. `verifyPackage` reads the copy back against `fileSha256`.
 */
export async function quarantineFile(
  source: string,
  folder: string,
  run: LongRun = {},
): Promise<Outcome<QuarantinedFile>> {
  const path = join(folder, `${randomUUID()}.evp`)
  try {
    const { size } = await stat(source)
    if (size > MAX_PACKAGE_BYTES) return fail('fileTooLarge', { detail: source })
    makeFolder(folder)
    return ok({ path, ...(await copyHashing(source, path, size, run)) })
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined)
    return run.signal?.aborted ? fail('cancelled') : fileFailure(error)
  }
}

/** Copies exactly the bytes the file had at the start: one that grows meanwhile is cut there, and will be found damaged. */
export async function copyHashing(source: string, target: string, size: number, { signal, onProgress }: LongRun) {
  const from = await open(source, 'r')
  try {
    const to = await open(target, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      const buffer = new Uint8Array(CHUNK)
      let octets = 0
      while (octets < size) {
        signal?.throwIfAborted()
        const { bytesRead } = await from.read(buffer, 0, Math.min(CHUNK, size - octets))
        if (bytesRead === 0) break
        const chunk = buffer.subarray(0, bytesRead)
        hash.update(chunk)
        for (let at = 0; at < bytesRead;) at += (await to.write(chunk, at)).bytesWritten
        octets += bytesRead
        onProgress?.(octets, size)
      }
      await to.sync()
      return { fileSha256: hash.digest('hex'), octets }
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}
