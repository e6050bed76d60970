import { crc32, createInflateRaw } from 'node:zlib'
import { LIMITS } from '../../shared/tabular/limits.ts'
import { Refusal } from './refusal.ts'

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50]
const [LOCAL_BYTES, CENTRAL_BYTES, END_BYTES] = [30, 46, 22]
const MAX_COMMENT = 65_535
const OLE = 0xe011cfd0
const RATIO_FROM_BYTES = 1024 * 1024
const ENCRYPTED_FLAG = 1

/** One entry of the directory; `start` = first byte of its content. */
export type Entry = { name: string; method: 0 | 8; crc32: number; stored: number; size: number; start: number }

/**
 * The directory of a ZIP file by name in lower case, judged before anything is inflated: count, declared sizes and ratios, nothing encrypted,
 * overlapping, out of bounds or twice. Throws Refusal.
 */
export function openArchive(file: Buffer): Map<string, Entry> {
  if (file.length < END_BYTES) throw new Refusal('notAWorkbook')
  if (file.readUInt32LE(0) === OLE)
    throw new Refusal(file.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'xls')
  if (file.readUInt32LE(0) !== LOCAL) throw new Refusal('notAWorkbook')
  const end = findEnd(file)
  const count = file.readUInt16LE(end + 10)
  const [size, offset] = [file.readUInt32LE(end + 12), file.readUInt32LE(end + 16)]
  if (count > LIMITS.entries) throw new Refusal('tooLarge')
  if (offset + size > end || file.readUInt16LE(end + 8) !== count) throw new Refusal('damaged')
  const entries = new Map<string, Entry>()
  let at = offset
  let declared = 0
  for (let n = 0; n < count; n++) {
    if (at + CENTRAL_BYTES > end || file.readUInt32LE(at) !== CENTRAL) throw new Refusal('damaged')
    const entry = readEntry(file, at)
    declared += entry.size
    if (declared > 4 * LIMITS.inflatedBytes) throw new Refusal('bomb')
    const key = entry.name.toLowerCase()
    if (entries.has(key)) throw new Refusal('damaged')
    entries.set(key, entry)
    at += CENTRAL_BYTES + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  refuseOverlaps([...entries.values()], offset)
  return entries
}

function findEnd(file: Buffer): number {
  const lowest = Math.max(0, file.length - END_BYTES - MAX_COMMENT)
  for (let at = file.length - END_BYTES; at >= lowest; at--) {
    if (file.readUInt32LE(at) === END && at + END_BYTES + file.readUInt16LE(at + 20) === file.length) return at
  }
  throw new Refusal('damaged')
}

function readEntry(file: Buffer, at: number): Entry {
  const [flags, method] = [file.readUInt16LE(at + 8), file.readUInt16LE(at + 10)]
  if ((flags & ENCRYPTED_FLAG) !== 0) throw new Refusal('encrypted')
  const [stored, size] = [file.readUInt32LE(at + 20), file.readUInt32LE(at + 24)]
  const nameLength = file.readUInt16LE(at + 28)
  const raw = file.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength)
  const name = raw.toString('utf8').replaceAll('\\', '/').replace(/^\/+/, '')
  const local = file.readUInt32LE(at + 42)
  if (method !== 0 && method !== 8) throw new Refusal('damaged')
  if (size > LIMITS.inflatedBytes || isSuspicious(size, stored)) throw new Refusal('bomb')
  if (local + LOCAL_BYTES > file.length || file.readUInt32LE(local) !== LOCAL) throw new Refusal('damaged')
  const localName = file.readUInt16LE(local + 26)
  if (!raw.equals(file.subarray(local + LOCAL_BYTES, local + LOCAL_BYTES + localName))) throw new Refusal('damaged')
  const start = local + LOCAL_BYTES + localName + file.readUInt16LE(local + 28)
  if (start + stored > file.length) throw new Refusal('damaged')
  return { name, method, crc32: file.readUInt32LE(at + 16), stored, size, start }
}

const isSuspicious = (size: number, stored: number): boolean => size > RATIO_FROM_BYTES && size > stored * LIMITS.ratio

/** Entries that share bytes are how a small file declares a huge one. */
function refuseOverlaps(entries: readonly Entry[], directory: number): void {
  let free = 0
  for (const { start, stored } of entries.toSorted((a, b) => a.start - b.start)) {
    if (start < free || start + stored > directory) throw new Refusal('damaged')
    free = start + stored
  }
}

/** `left.bytes` is shared by all entries and counted down; `onBytes` hears of every piece. */
export type Inflating = { signal: AbortSignal; left: { bytes: number }; onBytes: (count: number) => void }

/**
 * The content of one entry as UTF-8 text, piece by piece; `left.bytes` is what all parts together may still inflate to. Declared size and
 * checksum must come true. Throws Refusal.
 */
export async function* entryText(
  file: Buffer,
  entry: Entry,
  { signal, left, onBytes }: Inflating,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [size, crc] = [0, 0]
  for await (const chunk of contentOf(file, entry)) {
    if (signal.aborted) throw new Refusal('cancelled')
    if (size === 0) refuseEncoding(chunk)
    size += chunk.length
    left.bytes -= chunk.length
    if (size > entry.size) throw new Refusal('damaged')
    if (left.bytes < 0) throw new Refusal('bomb')
    crc = crc32(chunk, crc)
    onBytes(chunk.length)
    yield decode(decoder, chunk)
  }
  if (size !== entry.size || crc !== entry.crc32) throw new Refusal('damaged')
  yield decode(decoder, null)
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer | null): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw new Refusal('encoding')
  }
}

/** UTF-16 begins with its mark or has a zero in its first two bytes. */
function refuseEncoding(chunk: Buffer): void {
  if (chunk[0] === 0xfe || chunk[0] === 0xff || chunk[0] === 0 || chunk[1] === 0) throw new Refusal('encoding')
}

async function* contentOf(file: Buffer, { start, stored, method, size }: Entry): AsyncGenerator<Buffer> {
  const content = file.subarray(start, start + stored)
  if (method === 0) {
    yield content
    return
  }
  const inflate = createInflateRaw({ chunkSize: Math.min(256 * 1024, Math.max(1024, size)) })
  inflate.end(content)
  try {
    for await (const chunk of inflate) yield chunk as Buffer
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('damaged')
  } finally {
    inflate.destroy()
  }
}
