import { isSame } from './bytes.ts'
import { MAX_ENTRIES, MAX_PACKAGE_BYTES } from './limits.ts'
import { utf8 } from './utf8.ts'

/** One stored file of the archive. `crc32` unsigned; `offset` of its local header from the start of the file. */
export type ZipEntry = { name: string; size: number; crc32: number; offset: number }

export const END_RECORD_BYTES = 22
const LOCAL_BYTES = 30
const CENTRAL_BYTES = 46
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const VERSION = 20
const FLAGS = 0x0800
const DATE = 0x0021

/** Bytes from the local header's start to the entry's content. Names are ASCII. */
export const localHeaderBytes = (name: string): number => LOCAL_BYTES + name.length

/** The only local header an entry may have. */
export function localHeader(entry: Omit<ZipEntry, 'offset'>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(LOCAL_BYTES + entry.name.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, LOCAL, true)
  view.setUint16(4, VERSION, true)
  writeCommon(view, 6, entry)
  bytes.set(utf8(entry.name), LOCAL_BYTES)
  return bytes
}

/** Flags, method 0, time 0, date, CRC, both sizes, name length, no extra field: alike in both headers. */
function writeCommon(view: DataView, at: number, entry: Omit<ZipEntry, 'offset'>): void {
  view.setUint16(at, FLAGS, true)
  view.setUint16(at + 6, DATE, true)
  view.setUint32(at + 8, entry.crc32, true)
  view.setUint32(at + 12, entry.size, true)
  view.setUint32(at + 16, entry.size, true)
  view.setUint16(at + 20, entry.name.length, true)
}

/** Central directory and end record for entries that follow one another from offset 0. */
export function directoryBytes(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const size = entries.reduce((sum, e) => sum + CENTRAL_BYTES + e.name.length, 0)
  const bytes = new Uint8Array(size + END_RECORD_BYTES)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const entry of entries) {
    view.setUint32(at, CENTRAL, true)
    view.setUint16(at + 4, VERSION, true)
    view.setUint16(at + 6, VERSION, true)
    writeCommon(view, at + 8, entry)
    view.setUint32(at + 42, entry.offset, true)
    bytes.set(utf8(entry.name), at + CENTRAL_BYTES)
    at += CENTRAL_BYTES + entry.name.length
  }
  view.setUint32(at, END, true)
  view.setUint16(at + 8, entries.length, true)
  view.setUint16(at + 10, entries.length, true)
  view.setUint32(at + 12, size, true)
  view.setUint32(at + 16, contentEnd(entries), true)
  return bytes
}

/** Gives entries their offsets, in the order given, without gaps. */
export function placeEntries(entries: readonly Omit<ZipEntry, 'offset'>[]): ZipEntry[] {
  let offset = 0
  return entries.map(({ name, size, crc32 }) => {
    const placed = { name, size, crc32, offset }
    offset += localHeaderBytes(name) + size
    return placed
  })
}

/** Bytes of the whole archive. */
export function archiveBytes(entries: readonly ZipEntry[]): number {
  return contentEnd(entries) + entries.reduce((sum, e) => sum + CENTRAL_BYTES + e.name.length, 0) + END_RECORD_BYTES
}

function contentEnd(entries: readonly ZipEntry[]): number {
  const last = entries.at(-1)
  return last === undefined ? 0 : last.offset + localHeaderBytes(last.name) + last.size
}

export type DirectoryPlace =
  | { ok: true; offset: number; bytes: number; count: number }
  | { ok: false; verdict: 'damaged' | 'unsafe'; code: 'length' | 'endRecord' | 'tooLarge' | 'tooManyEntries' }

/** Where the central directory lies, from the file's size and its last 22 bytes. */
export function findDirectory(end: Uint8Array, fileSize: number): DirectoryPlace {
  if (fileSize > MAX_PACKAGE_BYTES) return { ok: false, verdict: 'unsafe', code: 'tooLarge' }
  if (end.length !== END_RECORD_BYTES) return { ok: false, verdict: 'damaged', code: 'length' }
  const view = new DataView(end.buffer, end.byteOffset, end.length)
  if (view.getUint32(0, true) !== END) return { ok: false, verdict: 'damaged', code: 'endRecord' }
  const count = view.getUint16(10, true)
  const bytes = view.getUint32(12, true)
  const offset = view.getUint32(16, true)
  if (offset + bytes + END_RECORD_BYTES !== fileSize) return { ok: false, verdict: 'damaged', code: 'length' }
  if (count > MAX_ENTRIES) return { ok: false, verdict: 'unsafe', code: 'tooManyEntries' }
  return { ok: true, offset, bytes, count }
}

/**
 * Entries of a central directory with its end record, or null unless these are exactly the bytes our own writer makes for them
 * (canonical or reject). The caller compares every local header with `localHeader`.
 */
export function readDirectory(directory: Uint8Array, count: number, directoryOffset: number): ZipEntry[] | null {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.length)
  const entries: Omit<ZipEntry, 'offset'>[] = []
  let at = 0
  for (let i = 0; i < count; i += 1) {
    if (at + CENTRAL_BYTES + END_RECORD_BYTES > directory.length) return null
    const nameLength = view.getUint16(at + 28, true)
    const nameEnd = at + CENTRAL_BYTES + nameLength
    if (nameEnd + END_RECORD_BYTES > directory.length) return null
    const name = String.fromCharCode(...directory.subarray(at + CENTRAL_BYTES, nameEnd))
    // A byte over 0x7f would be two in UTF-8 and so shift the comparison below: not a name of ours anyway.
    if (/[^\u0020-\u007e]/.test(name)) return null
    entries.push({ name, size: view.getUint32(at + 24, true), crc32: view.getUint32(at + 16, true) })
    at = nameEnd
  }
  const placed = placeEntries(entries)
  // Offsets are 32 bits on disk: sizes that add up past 4 GiB would wrap around and compare equal.
  if (contentEnd(placed) !== directoryOffset) return null
  return isSame(directoryBytes(placed), directory) ? placed : null
}
