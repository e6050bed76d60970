import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, statSync, writeFileSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { scanJpeg, type JpegScan } from './jpeg.ts'

/** A JPEG file ready to be copied into a PDF: only the `keep` ranges of its bytes are taken. */
export type PrintPhoto = JpegScan & { path: string }

const PRINT_DPI = 220
const POINTS_PER_INCH = 72
const QUALITY = 80
/** Chat-compressed pictures are not worth another generation of loss. */
const SMALL_BYTES = 400 * 1024
const SMALL_RATIO = 1.3

/** Pixels of the longer side that fill a box (points) at print resolution. */
const pixelsFor = (width: number, height: number): number =>
  Math.round((Math.max(width, height) / POINTS_PER_INCH) * PRINT_DPI)

/** `box` in points. `isUpright`: for programs that do not turn a picture as its EXIF says. */
export type PhotoRequest = {
  source: string
  sha256: string
  box: { width: number; height: number }
  cacheDir: string
  isUpright?: boolean
}

/** Pictures by the name of their copy: not read again while the file is untouched. A report is drawn in several ways, and again. */
const known = new Map<string, { photo: PrintPhoto; stamp: string }>()

/**
 * The picture at print size for a box, made once and kept in `cacheDir` by hash and size. Small JPEGs are used as they are. Null
 * when the file is missing, is not the picture of that hash, or cannot be decoded.
 */
export async function preparePhoto(request: PhotoRequest): Promise<PrintPhoto | null> {
  const { sha256, box, cacheDir, isUpright = false } = request
  const pixels = pixelsFor(box.width, box.height)
  // A name of its own: which way a small picture is used must not depend on what was made before.
  const cached = join(cacheDir, `${sha256}-${pixels}${isUpright ? '-upright' : ''}.jpg`)
  const before = known.get(cached)
  if (before && before.stamp === stampOf(before.photo.path)) return before.photo
  const photo = scanFile(cached) ?? (await prepare(request, pixels, cached))
  const stamp = photo && stampOf(photo.path)
  if (stamp) known.set(cached, { photo, stamp })
  return photo
}

/** What changes when a file is written to or another takes its place; null when there is none. */
function stampOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : null
}

async function prepare(
  { source, sha256, isUpright = false }: PhotoRequest,
  pixels: number,
  cached: string,
): Promise<PrintPhoto | null> {
  const bytes = readWhole(source)
  if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256) return null
  const scan = bytes.length <= SMALL_BYTES ? scanJpeg(bytes) : null
  const isSmall = scan && Math.max(scan.width, scan.height) <= pixels * SMALL_RATIO
  if (isSmall && (!isUpright || scan.orientation === 1)) return { ...scan, path: source }
  // A copy where the memory is shared: while the picture is made smaller, the next file is read.
  const derived = await derive(bytes.buffer === shared.buffer ? Buffer.from(bytes) : bytes, pixels)
  const made = derived && scanJpeg(derived)
  if (!made) return null
  await store(cached, derived)
  return { ...made, path: cached }
}

/** Puts a picture that is already as it is to be printed into a file; null when it is no whole JPEG. */
export function placePicture(bytes: Uint8Array, path: string): PrintPhoto | null {
  const scan = scanJpeg(bytes)
  if (scan === null) return null
  writeFileSync(path, bytes)
  return { ...scan, path }
}

function scanFile(path: string): PrintPhoto | null {
  const bytes = readWhole(path)
  const scan = bytes && scanJpeg(bytes)
  return scan ? { ...scan, path } : null
}

/** Hundreds of files are read one after the other: into the same memory, as far as they fit. */
const shared = Buffer.alloc(1 << 20)

/** A file's bytes, good until the next call; null when it cannot be read. */
function readWhole(path: string): Buffer | null {
  try {
    const file = openSync(path, 'r')
    try {
      const { size } = fstatSync(file)
      const bytes = size <= shared.length ? shared : Buffer.allocUnsafeSlow(size)
      let filled = 0
      while (filled < size) {
        const read = readSync(file, bytes, filled, size - filled, filled)
        if (read === 0) break
        filled += read
      }
      return bytes.subarray(0, filled)
    } finally {
      closeSync(file)
    }
  } catch {
    return null
  }
}

/** Upright, flattened on white, sRGB, without any metadata. */
async function derive(bytes: Uint8Array, pixels: number): Promise<Buffer | null> {
  // Loaded where a picture must be made: most are there already.
  const { default: sharp } = await import('sharp')
  try {
    return await sharp(bytes, { failOn: 'none', limitInputPixels: 400_000_000 })
      .autoOrient()
      .resize({ width: pixels, height: pixels, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: QUALITY, chromaSubsampling: '4:2:0' })
      .toBuffer()
  } catch {
    return null
  }
}

/** Written beside its name and renamed, so that a half-written copy is never taken for a whole one. */
async function store(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.part`
  const file = await open(draft, 'w')
  try {
    await file.writeFile(bytes)
  } finally {
    await file.close()
  }
  await rename(draft, path).catch(async (error: unknown) => {
    await rm(draft, { force: true })
    if (!(await stat(path).catch(() => null))) throw error
  })
}
