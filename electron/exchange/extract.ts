import { createHash, randomUUID } from 'node:crypto'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { restorePreviews } from '../storage/evidence-files.ts'
import { fileFailure, makeFolder, publishFile } from '../storage/files.ts'
import { mediaPath, type IdentityPaths } from '../storage/paths.ts'
import { readContainer, type ContainedFile } from './container.ts'
import { sha256 } from './crypto.ts'
import { isRefusal } from './refusal.ts'
import { bytesEntry, fileEntry, type PackageEntry } from './seal.ts'
import type { LongRun } from './write.ts'

const CHUNK = 1024 * 1024
/** Evidence and finished reports lie in the media store; everything else is kept with the package. */
const IN_MEDIA_STORE = /^data\/(media\/|report-)/

export type ExtractRequest = {
  /** A private copy whose verdict was ok, and its hash then. */
  file: string
  fileSha256: string
  places: Pick<IdentityPaths, 'media' | 'mediaTmp' | 'thumb' | 'view' | 'print'>
}

/**
 * Takes a verified package apart: evidence into the media store, each file durable before the next; the rows that need them are
 * committed afterwards. Answers every entry in the file's order, so that an export gives the same bytes again. Fails with
 * damagedFile (it changed since it was verified), diskFull, notWritable, storageFailed, cancelled.
 */
export async function extractPackage(
  { file, fileSha256, places }: ExtractRequest,
  run: LongRun = {},
): Promise<Outcome<PackageEntry[]>> {
  try {
    const source = await open(file, 'r')
    try {
      const container = await readContainer(source, {})
      if (isRefusal(container) || container.fileSha256 !== fileSha256) return fail('damagedFile', { detail: file })
      const entries: PackageEntry[] = []
      for (const entry of container.files.values()) {
        run.signal?.throwIfAborted()
        entries.push(
          IN_MEDIA_STORE.test(entry.name)
            ? await toMediaStore(source, entry, places)
            : bytesEntry(entry.name, await bytesOf(source, entry)),
        )
        run.onProgress?.(entries.length, container.files.size)
      }
      return ok(entries)
    } finally {
      await source.close()
    }
  } catch (error) {
    return run.signal?.aborted ? fail('cancelled') : fileFailure(error)
  }
}

async function bytesOf(source: FileHandle, { offset, size, sha256: expected }: ContainedFile): Promise<Uint8Array> {
  const bytes = new Uint8Array(size)
  for (let done = 0; done < size;) {
    const { bytesRead } = await source.read(bytes, done, size - done, offset + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  if (sha256(bytes) !== expected) throw new Error('a package changed while it was taken apart')
  return bytes
}

async function toMediaStore(
  source: FileHandle,
  entry: ContainedFile,
  places: ExtractRequest['places'],
): Promise<PackageEntry> {
  const { name, sha256: expected, size, offset, sniffed } = entry
  makeFolder(places.mediaTmp)
  const temporary = join(places.mediaTmp, randomUUID())
  try {
    const target = await open(temporary, 'wx', 0o600)
    const hash = createHash('sha256')
    let crc = 0
    try {
      const buffer = new Uint8Array(Math.min(CHUNK, size + 1))
      for (let done = 0; done < size;) {
        const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, size - done), offset + done)
        if (bytesRead === 0) throw new Error('a package became shorter while it was taken apart')
        const chunk = buffer.subarray(0, bytesRead)
        hash.update(chunk)
        crc = crc32(chunk, crc)
        await target.writeFile(chunk)
        done += bytesRead
      }
    } finally {
      await target.close()
    }
    if (hash.digest('hex') !== expected) throw new Error('a package changed while it was taken apart')
    const path = mediaPath(places.media, expected)
    makeFolder(dirname(path))
    publishFile(temporary, path)
    if (sniffed !== null) await restorePreviews(places, expected)
    return fileEntry(name, { path, size, sha256: expected, crc32: crc })
  } finally {
    await rm(temporary, { force: true })
  }
}
