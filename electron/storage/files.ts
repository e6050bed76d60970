import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { createHash, randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fail, type FailureCode } from '../../shared/contract/errors.ts'

const CODES: Readonly<Record<string, FailureCode>> = {
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  ENOENT: 'fileMissing',
  ENOTDIR: 'fileMissing',
  ENODEV: 'fileMissing',
  EACCES: 'notWritable',
  EPERM: 'notWritable',
  EROFS: 'notWritable',
  EEXIST: 'fileExists',
  EISDIR: 'unsupportedFile',
  EFBIG: 'fileTooLarge',
  ENAMETOOLONG: 'notWritable',
  EIO: 'storageFailed',
  ENXIO: 'storageFailed',
  EMFILE: 'storageFailed',
  EBUSY: 'storageFailed',
  ESTALE: 'storageFailed',
}

/** The failure behind an error of the file system (diskFull, fileMissing, notWritable, fileExists, storageFailed …); rethrows any other. */
export function fileFailure(error: unknown) {
  const code = error instanceof Error && 'code' in error ? CODES[String(error.code)] : undefined
  if (code === undefined) throw error
  return fail(code, { detail: error instanceof Error ? error.message : '' })
}

/** Makes renames and new names in a folder survive a power cut, where the file system can do that (Windows and some shares cannot). */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code !== 'EINVAL' && code !== 'ENOTSUP') throw error
  } finally {
    closeSync(handle)
  }
}

/** SHA-256 of a file of any size. Throws when it cannot be read. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Whether a file begins as PDFs do, whatever it is called. Throws when it cannot be read. */
export async function isPdf(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0)
    return buffer.toString('latin1', 0, bytesRead).includes('%PDF-')
  } finally {
    await file.close()
  }
}

export const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined

/** Names in a folder, sorted; none when it is not there. */
export const namesIn = (folder: string): string[] => (exists(folder) ? readdirSync(folder).toSorted() : [])

/** Makes a folder and its missing parents, each made durable in its parent. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  for (let at = folder; at.length >= first.length; at = dirname(at)) syncFolder(dirname(at))
}

/**
 * Moves a fully written file to its name: fsync, rename (replacing), fsync both folders. A failed fsync throws and must be
 * treated as "not saved": write to a new file, never try the same fsync again.
 */
export function publishFile(temporary: string, target: string): void {
  const handle = openSync(temporary, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, target)
  syncFolder(dirname(target))
  if (dirname(temporary) !== dirname(target)) syncFolder(dirname(temporary))
}

/** Replaces a small file as a whole: readers and power cuts see the old bytes or the new ones. */
export function writeWhole(target: string, bytes: Uint8Array): void {
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.part`)
  try {
    const handle = openSync(temporary, 'wx', 0o600)
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done)
    } finally {
      closeSync(handle)
    }
    publishFile(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
