import { existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { fileFailure, fileSha256, syncFolder } from '../storage/files.ts'
import { copyHashing } from './quarantine.ts'
import type { LongRun } from './write.ts'

/**
 * Copies a stored file to a place outside, under a name nothing has yet, and reads it back. Answers its size. Fails with fileExists,
 * damagedFile (the stored file is not what `sha256` says; detail: target), fileMissing, diskFull, notWritable, storageFailed,
 * cancelled; then nothing is left.
 */
export async function copyOut(
  source: string,
  target: string,
  sha256: string,
  run: LongRun = {},
): Promise<Outcome<number>> {
  const part = `${target}.part`
  if (existsSync(target)) return fail('fileExists', { detail: target })
  try {
    await rm(part, { force: true })
    const { size } = await stat(source)
    const copied = await copyHashing(source, part, size, run)
    if (copied.fileSha256 !== sha256) return fail('damagedFile', { detail: target })
    if ((await fileSha256(part)) !== sha256) return fail('storageFailed', { detail: target })
    if (existsSync(target)) return fail('fileExists', { detail: target })
    await rename(part, target)
    syncFolder(dirname(target))
    return ok(size)
  } catch (error) {
    return run.signal?.aborted ? fail('cancelled') : fileFailure(error)
  } finally {
    await rm(part, { force: true })
  }
}
