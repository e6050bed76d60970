import { createHash, randomUUID } from 'node:crypto'
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { isPicture, type Media } from '../../shared/domain/sheet.ts'
import { cleanLine } from '../../shared/domain/text.ts'
import { MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS } from '../../shared/package/limits.ts'
import { claimedPixels, sniffMedia } from '../../shared/package/media-type.ts'
import { destroyedFiles, neededFiles } from './evidence-store.ts'
import type { Reader } from './database.ts'
import { exists, fileFailure, makeFolder, namesIn, publishFile, syncFolder } from './files.ts'
import { cachedPath, mediaPath, type IdentityPaths } from './paths.ts'
import type { PictureFacts, Previews } from './picture.ts'

const CHUNK = 1024 * 1024
/** Films, recordings and PDFs: bytes of one file. */
const MAX_FILE_BYTES = 512 * 1024 * 1024
const HEAD_BYTES = 256 * 1024
const DAY = 86_400_000

/** The decoder is a large native library, loaded only where pictures are looked at: never at the app's start. */
const pictures = () => import('./picture.ts')

type Places = Pick<IdentityPaths, 'media' | 'mediaTmp' | 'thumb' | 'view' | 'print'>

export type IngestRequest = {
  /** `bytes` come from the clipboard or a drop; `fileAt` is what the window knows of them. */
  source: { path: string } | { bytes: Uint8Array; fileAt: string | null }
  /** As the person knows the file; empty = the path's last part. */
  name: string
  /** The task takes no pictures on this road; other files still come in. */
  refusesPictures?: boolean
  places: Places
}

/** A file that is durable in the media store: everything of its row but what people say of it. */
export type IngestedFile = PictureFacts &
  Pick<Media, 'sha256' | 'ext' | 'size' | 'fileAt' | 'name'> & { crc32: number; preview: boolean }

type Run = { signal: AbortSignal; progress: (phase: string, done: number, total: number | null) => void }

/**
 * Takes a file in: copied and hashed under a temporary name, looked at, fsync, rename to its hash, fsync folders; then the caller
 * commits the row. Fails with unsupportedFile (by content, whatever the name says), importNotAllowed, damagedFile (empty, cut off, or a picture
 * that does not decode), fileTooLarge, fileMissing, diskFull, notWritable, storageFailed, cancelled; then nothing is left.
 */
export async function ingestFile(request: IngestRequest, run: Run): Promise<Outcome<IngestedFile>> {
  const { source, name, places, refusesPictures = false } = request
  const temporary = join(places.mediaTmp, randomUUID())
  try {
    makeFolder(places.mediaTmp)
    const taken =
      'path' in source ? await takePath(source.path, temporary, run) : await takeBytes(source.bytes, temporary, run)
    if (!taken.ok) return taken
    const { ext, sha256, size, crc } = taken.value
    if (refusesPictures && isPicture({ ext })) return fail('importNotAllowed')
    const seen = await look(temporary, ext, size)
    if (!seen.ok) return seen
    const target = mediaPath(places.media, sha256)
    makeFolder(dirname(target))
    publishFile(temporary, target)
    if (seen.value.previews !== null) writePreviews(places, sha256, seen.value.previews)
    const fileAt = 'path' in source ? taken.value.fileAt : source.fileAt
    const shown = cleanLine(name === '' && 'path' in source ? basename(source.path) : name)
    const preview = seen.value.previews !== null
    return ok({
      ...seen.value.facts,
      sha256,
      ext,
      size,
      crc32: crc,
      fileAt,
      name: [...shown].slice(0, 200).join(''),
      preview,
    })
  } catch (error) {
    return run.signal.aborted ? fail('cancelled') : fileFailure(error)
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}

type Taken = { ext: Media['ext']; sha256: string; size: number; crc: number; fileAt: string | null }

async function takePath(path: string, temporary: string, run: Run): Promise<Outcome<Taken>> {
  if (!(await stat(path)).isFile()) return fail('unsupportedFile')
  const file = await open(path, 'r')
  try {
    const { size, mtime } = await file.stat()
    const read = async (at: number) => {
      const { buffer, bytesRead } = await file.read(new Uint8Array(Math.min(CHUNK, size - at)), 0, null, at)
      return buffer.subarray(0, bytesRead)
    }
    return await take(read, size, temporary, mtime.toISOString(), run)
  } finally {
    await file.close()
  }
}

function takeBytes(bytes: Uint8Array, temporary: string, run: Run): Promise<Outcome<Taken>> {
  return take(async (at) => bytes.subarray(at, at + CHUNK), bytes.length, temporary, null, run)
}

/** Copies what is read while hashing. What the file is, and whether it may be that long, is decided on the bytes copied first. */
async function take(
  read: (at: number) => Promise<Uint8Array>,
  size: number,
  temporary: string,
  fileAt: string | null,
  { signal, progress }: Run,
): Promise<Outcome<Taken>> {
  if (size === 0) return fail('damagedFile')
  const first = await read(0)
  const ext = sniffMedia(first)
  if (ext === null) return fail('unsupportedFile')
  if (size > (isPicture({ ext }) ? MAX_PHOTO_BYTES : MAX_FILE_BYTES)) return fail('fileTooLarge')
  const target = await open(temporary, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    let crc = 0
    let at = 0
    for (let chunk = first; chunk.length > 0; chunk = at < size ? await read(at) : chunk.subarray(0, 0)) {
      signal.throwIfAborted()
      hash.update(chunk)
      crc = crc32(chunk, crc)
      await target.writeFile(chunk)
      at += chunk.length
      progress('copy', at, size)
    }
    return at === size ? ok({ ext, sha256: hash.digest('hex'), size, crc, fileAt }) : fail('damagedFile')
  } finally {
    await target.close()
  }
}

type Seen = { facts: PictureFacts; previews: Previews | null }

async function look(path: string, ext: Media['ext'], size: number): Promise<Outcome<Seen>> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(Math.min(HEAD_BYTES, size)), 0, null, 0)
    if ((claimedPixels(ext, buffer.subarray(0, bytesRead)) ?? 0) > MAX_PHOTO_PIXELS) return fail('fileTooLarge')
    if (!(await isWhole(file, ext, size))) return fail('damagedFile')
  } finally {
    await file.close()
  }
  const { NO_FACTS, makePreviews, pictureFacts } = await pictures()
  if (!isPicture({ ext })) return ok({ facts: NO_FACTS, previews: null })
  const facts = await pictureFacts(path)
  const previews = facts === null ? null : await makePreviews(path)
  // HEVC inside HEIC cannot be decoded here for want of a free decoder: kept on the strength of its box structure.
  if (previews === null && ext !== 'heic') return fail('damagedFile')
  return ok({ facts: facts ?? NO_FACTS, previews })
}

/** Files we do not decode must at least reach their own end. */
async function isWhole(file: FileHandle, ext: Media['ext'], size: number): Promise<boolean> {
  if (ext === 'pdf') {
    const tail = await file.read(Buffer.alloc(Math.min(2048, size)), 0, null, Math.max(0, size - 2048))
    return tail.buffer.includes('%%EOF')
  }
  return ext === 'mp4' || ext === 'm4a' || ext === 'heic' ? boxesFit(file, size) : true
}

/** Walks the top-level boxes (ISO/IEC 14496-12 §4.2): size 1 = 64-bit size follows, 0 = to the end of the file. */
async function boxesFit(file: FileHandle, size: number): Promise<boolean> {
  for (let at = 0; at < size;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, at)
    if (bytesRead < 8) return false
    const short = buffer.readUInt32BE(0)
    if (short === 0) return true
    const length = short === 1 ? Number(buffer.readBigUInt64BE(8)) : short
    if (length < 8) return false
    at += length
    if (at > size) return false
  }
  return true
}

/** The cache can be made anew at any time, so nothing here is synced. */
function writePreviews(places: Places, sha256: string, previews: Previews): void {
  for (const [folder, bytes] of [
    [places.thumb, previews.thumb],
    [places.view, previews.view],
  ] as const) {
    makeFolder(folder)
    const temporary = join(folder, `.${randomUUID()}`)
    writeFileSync(temporary, bytes)
    renameSync(temporary, cachedPath(folder, sha256))
  }
}

/** Makes thumbnail and view of a stored file again; false when it cannot be shown as a picture. Throws when the file is not there. */
export async function restorePreviews(places: Places, sha256: string): Promise<boolean> {
  const { makePreviews } = await pictures()
  const previews = await makePreviews(mediaPath(places.media, sha256))
  if (previews !== null) writePreviews(places, sha256, previews)
  return previews !== null
}

/** Removes bytes of withdrawn evidence that no other task needs, from store and cache. After the commit; again at start. */
export function destroyWithdrawn(db: Reader, places: Places): void {
  for (const sha256 of destroyedFiles(db)) removeFile(places, sha256)
}

function removeFile(places: Places, sha256: string): void {
  for (const folder of [places.thumb, places.view, places.print]) rmSync(cachedPath(folder, sha256), { force: true })
  const path = mediaPath(places.media, sha256)
  if (!exists(path)) return
  rmSync(path)
  syncFolder(dirname(path))
}

export type Reconciled = {
  /** Evidence the database counts on and that is not there: an alarm, never to be passed over. By hash. */
  missing: string[]
  /** Files nothing counts on, removed after 30 days. */
  orphans: number
  /** Half-taken files and quarantined packages of earlier runs, removed after a day. */
  unfinished: number
}

/** At start: finds lost evidence, destroys what was withdrawn, sweeps what nothing needs. `now` in ms since 1970. */
export function reconcileMedia(
  db: Reader,
  places: Places & Pick<IdentityPaths, 'quarantine'>,
  now: number,
): Reconciled {
  destroyWithdrawn(db, places)
  const needed = new Set(neededFiles(db))
  const missing = [...needed].filter((sha256) => !exists(mediaPath(places.media, sha256)))
  let orphans = 0
  for (const shard of namesIn(places.media).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const name of namesIn(join(places.media, shard))) {
      const path = join(places.media, shard, name)
      if (needed.has(name) || !isOlder(path, now - 30 * DAY)) continue
      if (/^[0-9a-f]{64}$/.test(name)) removeFile(places, name)
      else rmSync(path, { force: true })
      orphans += 1
    }
  }
  const unfinished = [places.mediaTmp, places.quarantine]
    .flatMap((folder) => namesIn(folder).map((name) => join(folder, name)))
    .filter((path) => isOlder(path, now - DAY))
  for (const path of unfinished) rmSync(path, { force: true, recursive: true })
  return { missing, orphans, unfinished: unfinished.length }
}

const isOlder = (path: string, limit: number): boolean =>
  (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? limit) < limit
