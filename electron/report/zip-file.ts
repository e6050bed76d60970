import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { deflateSync } from 'fflate'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { isTooSmall, type LongRun } from '../exchange/write.ts'
import { fileFailure, fileSha256, syncFolder } from '../storage/files.ts'

/**
 * Text is deflated; files are stored as they are, since pictures and PDFs do not get smaller. `pieces`: of the file only these
 * [from, to) ranges, and bytes put between them; `size` is what comes out.
 */
export type FileContent = {
  path: string
  size: number
  sha256: string | null
  pieces?: readonly (readonly [number, number] | Uint8Array)[]
}
export type ZipContent = { text: Uint8Array } | FileContent
export type ZipPiece = { name: string; content: ZipContent }
export type WrittenZip = { path: string; bytes: number; sha256: string }

/** Without the 64-bit extension, which not every program reads. */
const LARGEST = 0xffff_ffff
const MOST = 0xffff
const CHUNK = 1 << 20
const LOCAL_BYTES = 30
const CENTRAL_BYTES = 46
const END_BYTES = 22
/** 1980-01-01: no clock gets into the file. */
const DAY = 0x0021
/** Names are UTF-8. */
const FLAGS = 0x0800

/** Unix: names are taken as they are, also by programs that would else translate them from a DOS code page. */
const MADE_BY = (3 << 8) | 20
/** A plain file, rw-r--r--. */
const READABLE = 0o100644 * 0x10000

/** A file that is not what its hash says, or changed its size. */
class ChangedSource extends Error {}

type Placed = { name: Uint8Array; offset: number; crc: number; packed: number; size: number; method: number }

/**
 * Writes an ordinary ZIP in the order given, streamed to `<target>.part` and renamed, then read back; the same pieces give the
 * same bytes. Sizes stand before the data, so that every program can read it. Fails with fileExists, fileTooLarge (over 4 GiB or
 * 65 535 files), damagedFile (detail: the piece), fileMissing, diskFull, notWritable, storageFailed, cancelled.
 */
export async function writeZipFile(
  target: string,
  pieces: readonly ZipPiece[],
  run: LongRun = {},
): Promise<Outcome<WrittenZip>> {
  if (existsSync(target)) return fail('fileExists', { detail: target })
  const most = pieces.reduce((sum, p) => sum + sizeOf(p.content) + 2 * Buffer.byteLength(p.name) + 128, END_BYTES)
  if (most > LARGEST || pieces.length > MOST) return fail('fileTooLarge', { detail: '4 GiB' })
  const part = `${target}.part`
  try {
    if (await isTooSmall(dirname(target), most)) return fail('diskFull', { detail: target })
    await rm(part, { force: true })
    const written = await writePart(part, pieces, most, run)
    const sha256 = await fileSha256(part)
    if (sha256 !== written.sha256) return fail('storageFailed', { detail: target })
    if (existsSync(target)) return fail('fileExists', { detail: target })
    await rename(part, target)
    syncFolder(dirname(target))
    return ok({ path: target, ...written })
  } catch (error) {
    if (run.signal?.aborted) return fail('cancelled')
    if (error instanceof ChangedSource) return fail('damagedFile', { detail: error.message })
    return fileFailure(error)
  } finally {
    await rm(part, { force: true })
  }
}

const sizeOf = (content: ZipContent): number => ('text' in content ? content.text.length : content.size)

async function writePart(
  part: string,
  pieces: readonly ZipPiece[],
  total: number,
  { signal, onProgress }: LongRun,
): Promise<Omit<WrittenZip, 'path'>> {
  const file = await open(part, 'wx')
  try {
    const placed: Placed[] = []
    const whole = createHash('sha256')
    let at = 0
    const put = async (bytes: Uint8Array) => {
      signal?.throwIfAborted()
      whole.update(bytes)
      await writeAt(file, bytes, at)
      at += bytes.length
      onProgress?.(at, total)
    }
    for (const { name, content } of pieces) {
      const entry = { ...(await measure(content, signal)), name: Buffer.from(name), offset: at }
      placed.push(entry)
      await put(localHeader(entry))
      if ('packedBytes' in entry) await put(entry.packedBytes)
      else await copy(content, entry, name, put)
    }
    await put(directory(placed, at))
    await file.sync()
    return { bytes: at, sha256: whole.digest('hex') }
  } finally {
    await file.close()
  }
}

async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;)
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten
}

/** Check sum and sizes, which stand before the data: a file is read once for them and once to be copied. */
async function measure(content: ZipContent, signal: AbortSignal | undefined) {
  if ('text' in content) {
    const packedBytes = deflateSync(content.text, { level: 6 })
    const { length } = content.text
    return { packedBytes, crc: crc32(content.text), packed: packedBytes.length, size: length, method: 8 }
  }
  let crc = 0
  let size = 0
  for await (const chunk of readPieces(content)) {
    signal?.throwIfAborted()
    crc = crc32(chunk, crc)
    size += chunk.length
  }
  return { crc, packed: size, size, method: 0 }
}

async function copy(
  content: ZipContent,
  entry: Placed,
  name: string,
  put: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  if ('text' in content) return
  const hash = createHash('sha256')
  let crc = 0
  for await (const chunk of readPieces(content)) {
    hash.update(chunk)
    crc = crc32(chunk, crc)
    await put(chunk)
  }
  const isSame = crc === entry.crc && entry.size === content.size
  if (!isSame || (content.sha256 !== null && hash.digest('hex') !== content.sha256)) throw new ChangedSource(name)
}

/** The bytes of a file as they go into the archive. */
export async function* readPieces({ path, size, pieces }: FileContent) {
  const source = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(CHUNK)
    // A file that got longer shows: one byte more than expected is asked for.
    for (const piece of pieces ?? [[0, size + 1] as const]) {
      if (piece instanceof Uint8Array) {
        yield piece
        continue
      }
      const [from, to] = piece
      for (let at = from; at < to;) {
        const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, to - at), at)
        if (bytesRead === 0) break
        at += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
    }
  } finally {
    await source.close()
  }
}

function common(view: DataView, at: number, { method, crc, packed, size, name }: Placed): void {
  view.setUint16(at, 20, true)
  view.setUint16(at + 2, FLAGS, true)
  view.setUint16(at + 4, method, true)
  view.setUint16(at + 8, DAY, true)
  view.setUint32(at + 10, crc, true)
  view.setUint32(at + 14, packed, true)
  view.setUint32(at + 18, size, true)
  view.setUint16(at + 22, name.length, true)
}

function localHeader(entry: Placed): Uint8Array {
  const bytes = Buffer.alloc(LOCAL_BYTES + entry.name.length)
  bytes.writeUInt32LE(0x04034b50, 0)
  common(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 4, entry)
  bytes.set(entry.name, LOCAL_BYTES)
  return bytes
}

function directory(entries: readonly Placed[], offset: number): Uint8Array {
  const rows = entries.map((entry) => {
    const bytes = Buffer.alloc(CENTRAL_BYTES + entry.name.length)
    bytes.writeUInt32LE(0x02014b50, 0)
    bytes.writeUInt16LE(MADE_BY, 4)
    common(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 6, entry)
    bytes.writeUInt32LE(READABLE, 38)
    bytes.writeUInt32LE(entry.offset, 42)
    bytes.set(entry.name, CENTRAL_BYTES)
    return bytes
  })
  const end = Buffer.alloc(END_BYTES)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(
    rows.reduce((sum, row) => sum + row.length, 0),
    12,
  )
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...rows, end])
}
