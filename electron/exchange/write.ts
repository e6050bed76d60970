import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rename, rm, statfs, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { directoryBytes, localHeader, placeEntries } from '../../shared/package/zip.ts'
import { fileFailure, syncFolder } from '../storage/files.ts'
import { packageOctets, type PackageEntry } from './seal.ts'

const CHUNK = 1024 * 1024

/** Bytes handled of all bytes. */
export type ByteProgress = (done: number, total: number) => void
export type LongRun = { signal?: AbortSignal | undefined; onProgress?: ByteProgress | undefined }

export type WriteRequest = {
  target: string
  entries: readonly PackageEntry[]
  /** Whether a file of that name may be replaced. */
  replace: boolean
}

export type WrittenPackage = { path: string; octets: number; fileSha256: string }

/** Stored evidence that is not what its hash, size or CRC says. */
class DamagedSource extends Error {}

/**
 * Writes a package file: `<target>.part`, fsync, rename, fsync folder; one sequential pass, files streamed. Fails with
 * fileExists, diskFull, notWritable, fileMissing, damagedFile (stored evidence changed; detail: entry), storageFailed or
 * cancelled; after a failure neither the part nor the target is left (an older target stays untouched).
 */
export async function writePackageFile(request: WriteRequest, run: LongRun = {}): Promise<Outcome<WrittenPackage>> {
  const { target, replace } = request
  const part = `${target}.part`
  const octets = packageOctets(request.entries)
  if (!replace && existsSync(target)) return fail('fileExists', { detail: target })
  try {
    if (await isTooSmall(dirname(target), octets)) return fail('diskFull', { detail: target })
    await rm(part, { force: true })
    const fileSha256 = await writePart(part, request.entries, octets, run)
    if (!replace && existsSync(target)) {
      await rm(part, { force: true })
      return fail('fileExists', { detail: target })
    }
    await rename(part, target)
    syncFolder(dirname(target))
    return ok({ path: target, octets, fileSha256 })
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    if (run.signal?.aborted) return fail('cancelled')
    if (error instanceof DamagedSource) return fail('damagedFile', { detail: error.message })
    return fileFailure(error)
  }
}

/** Whether the disk surely has no room; a disk that does not tell is tried. */
export async function isTooSmall(folder: string, octets: number): Promise<boolean> {
  const { bavail, bsize, blocks } = await statfs(folder)
  return blocks > 0 && bavail * bsize < octets
}

async function writePart(
  part: string,
  entries: readonly PackageEntry[],
  total: number,
  { signal, onProgress }: LongRun,
): Promise<string> {
  const file = await open(part, 'wx')
  try {
    const hash = createHash('sha256')
    let done = 0
    const put = async (bytes: Uint8Array) => {
      signal?.throwIfAborted()
      hash.update(bytes)
      await writeAll(file, bytes)
      done += bytes.length
      onProgress?.(done, total)
    }
    for (const entry of entries) {
      await put(localHeader(entry))
      if ('bytes' in entry.from) await put(entry.from.bytes)
      else await copySource(entry, entry.from.path, put)
    }
    await put(directoryBytes(placeEntries(entries)))
    await file.sync()
    return hash.digest('hex')
  } finally {
    await file.close()
  }
}

/** A short write is not an error by itself: the next one says why (a full disk). */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten
}

/** Streams one stored file and checks on the way that it still is what was captured. */
async function copySource(entry: PackageEntry, path: string, put: (bytes: Uint8Array) => Promise<void>): Promise<void> {
  const source = await open(path, 'r')
  try {
    const hash = createHash('sha256')
    const buffer = new Uint8Array(Math.min(CHUNK, entry.size + 1))
    let size = 0
    let crc = 0
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, buffer.length)
      if (bytesRead === 0) break
      const chunk = buffer.subarray(0, bytesRead)
      size += bytesRead
      if (size > entry.size) break
      crc = crc32(chunk, crc)
      hash.update(chunk)
      await put(chunk)
    }
    const isSound = size === entry.size && crc === entry.crc32 && hash.digest('hex') === entry.sha256
    if (!isSound) throw new DamagedSource(entry.name)
  } finally {
    await source.close()
  }
}
