import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { isSame } from '../../shared/package/bytes.ts'
import { checkLayout } from '../../shared/package/layout.ts'
import { MAX_PHOTO_PIXELS, MAX_STATEMENT_BYTES } from '../../shared/package/limits.ts'
import { claimedPixels, sniffMedia, type MediaExtension } from '../../shared/package/media-type.ts'
import { MIMETYPE } from '../../shared/package/statement.ts'
import { utf8 } from '../../shared/package/utf8.ts'
import {
  END_RECORD_BYTES,
  findDirectory,
  localHeader,
  localHeaderBytes,
  readDirectory,
  type ZipEntry,
} from '../../shared/package/zip.ts'
import { sha256 } from './crypto.ts'
import { isRefusal, refuse, type Refusal } from './refusal.ts'
import type { LongRun } from './write.ts'

const CHUNK = 1024 * 1024

/** One file inside a package: where its content lies and what it hashes to. `sniffed` for evidence only. */
export type ContainedFile = {
  name: string
  offset: number
  size: number
  sha256: string
  sniffed: MediaExtension | null
}

/** A package whose container kept every rule of the profile; nothing in it is trusted yet. */
export type Container = { fileSha256: string; octets: number; files: ReadonlyMap<string, ContainedFile> }

/**
 * Reads a whole package file once, in order, in chunks: profile, CRC, names, layout, limits; hashes every entry and the file.
 * Refuses as `damaged` (length, end record, CRC) or `unsafe`.
 */
export async function readContainer(file: FileHandle, run: LongRun): Promise<Container | Refusal> {
  const { size: octets } = await file.stat()
  const listing = await readEntries(file, octets)
  if (isRefusal(listing)) return listing
  const { entries, directory } = listing
  const whole = createHash('sha256')
  const files = new Map<string, ContainedFile>()
  let broken: string | null = null
  let huge: string | null = null
  for (const entry of entries) {
    const header = await readAt(file, entry.offset, localHeaderBytes(entry.name))
    // Its length was right a moment ago.
    if (header.length < localHeaderBytes(entry.name)) return refuse('damaged', entry.name, 'changed')
    if (!isSame(header, localHeader(entry))) return refuse('unsafe', entry.name, 'profile')
    whole.update(header)
    const read = await readContent(file, entry, whole, octets, run)
    if (read.crc !== entry.crc32) broken ??= entry.name
    if (read.pixels > MAX_PHOTO_PIXELS) huge ??= entry.name
    files.set(entry.name, read.file)
  }
  whole.update(directory)
  if (broken !== null) return refuse('damaged', broken, 'crc')
  const layout = checkLayout(entries)
  if (layout !== null) return refuse('unsafe', layout.path, layout.code)
  if (files.get('mimetype')?.sha256 !== sha256(utf8(MIMETYPE))) return refuse('unsafe', 'mimetype', 'mimetype')
  if (huge !== null) return refuse('unsafe', huge, 'pixels')
  return { fileSha256: whole.digest('hex'), octets, files }
}

/** The entries a package lists, and the bytes of its directory; nothing else has been looked at. */
async function readEntries(
  file: FileHandle,
  octets: number,
): Promise<{ entries: ZipEntry[]; directory: Uint8Array } | Refusal> {
  const end = await readAt(file, Math.max(0, octets - END_RECORD_BYTES), Math.min(octets, END_RECORD_BYTES))
  const place = findDirectory(end, octets)
  if (!place.ok) return refuse(place.verdict, '', place.code)
  const directory = await readAt(file, place.offset, place.bytes + END_RECORD_BYTES)
  const entries = readDirectory(directory, place.count, place.offset)
  return entries === null ? refuse('unsafe', '', 'profile') : { entries, directory }
}

/** The unverified bytes of `statement.json` without reading the rest; null when there is none of a permitted size. */
export async function peekStatement(file: FileHandle): Promise<Uint8Array | null> {
  const listing = await readEntries(file, (await file.stat()).size)
  const entry = isRefusal(listing) ? undefined : listing.entries.find((e) => e.name === 'statement.json')
  if (entry === undefined || entry.size > MAX_STATEMENT_BYTES) return null
  return readAt(file, entry.offset + localHeaderBytes(entry.name), entry.size)
}

async function readContent(
  file: FileHandle,
  entry: ZipEntry,
  whole: ReturnType<typeof createHash>,
  octets: number,
  run: LongRun,
) {
  const offset = entry.offset + localHeaderBytes(entry.name)
  const hash = createHash('sha256')
  const ext = entry.name.startsWith('data/media/') ? entry.name.slice(entry.name.lastIndexOf('.') + 1) : null
  let sniffed: MediaExtension | null = null
  let pixels = 0
  let crc = 0
  for (let at = 0; at < entry.size;) {
    run.signal?.throwIfAborted()
    const chunk = await readAt(file, offset + at, Math.min(CHUNK, entry.size - at))
    // The file got shorter while it was read.
    if (chunk.length === 0)
      return { crc: -1, pixels, file: { name: entry.name, offset, size: at, sha256: '', sniffed } }
    if (at === 0 && ext !== null) {
      sniffed = sniffMedia(chunk)
      pixels = sniffed === null ? 0 : (claimedPixels(sniffed, chunk) ?? 0)
    }
    crc = crc32(chunk, crc)
    hash.update(chunk)
    whole.update(chunk)
    at += chunk.length
    run.onProgress?.(offset + at, octets)
  }
  return { crc, pixels, file: { name: entry.name, offset, size: entry.size, sha256: hash.digest('hex'), sniffed } }
}

/**
 * Bytes of one contained file (documents, not evidence), read again and compared with its hash; null when the file changed
 * under us.
 */
export async function readContained(file: FileHandle, entry: ContainedFile): Promise<Uint8Array | null> {
  const bytes = await readAt(file, entry.offset, entry.size)
  return sha256(bytes) === entry.sha256 ? bytes : null
}

/** Up to `length` bytes from `position`; fewer only at the end of the file. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
