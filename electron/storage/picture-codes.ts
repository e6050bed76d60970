import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { MAX_PHOTO_PIXELS } from '../../shared/package/limits.ts'
import { isPdf } from './files.ts'
import { scannedPages } from './scan-pages.ts'

sharp.cache(false)

/** Longest sides in pixels a picture is looked at in: a sheet held to the camera, then small codes far away. */
const SIDES = [1600, 2800] as const
const DECODE_SECONDS = 10
const MOST_CODES = 64
const LONGEST_TEXT = 500
const LIMITS = { limitInputPixels: MAX_PHOTO_PIXELS, failOn: 'error', sequentialRead: true } as const

type Picture = { data: Uint8ClampedArray; width: number; height: number; colorSpace: 'srgb' }
type Run = { signal: AbortSignal; progress: (phase: string, done: number, total: number | null) => void }

/**
 * Every QR text in a stored picture or in the pages of a scan stored as PDF, each once, in no order that means anything; [] when there
 * is none. What a text says is for the caller to judge. Fails with unsupportedFile when the file, or a page of it, cannot be shown as
 * a picture, and with cancelled. Run it where it can be killed.
 */
export async function readPictureCodes({ path }: { path: string }, run: Run): Promise<Outcome<string[]>> {
  if (run.signal.aborted) return fail('cancelled')
  const pages = (await isPdf(path)) ? scannedPages(path) : [path]
  if (pages === null) return fail('unsupportedFile')
  prepareDecoder()
  const texts = new Set<string>()
  for (const page of pages) {
    const read = await readCodes(page, texts, run)
    if (!read.ok) return read
  }
  return ok([...texts])
}

/** Adds the texts of a picture, a file or its bytes, to those read so far. */
async function readCodes(source: string | Buffer, texts: Set<string>, run: Run): Promise<Outcome<null>> {
  for (const side of SIDES) {
    if (run.signal.aborted) return fail('cancelled')
    run.progress('codes', 0, null)
    const picture = await greyPicture(source, side)
    if (picture === null) return fail('unsupportedFile')
    const found = await readBarcodes(picture, {
      formats: ['QRCode'],
      tryHarder: true,
      tryRotate: false,
      tryInvert: false,
      tryDownscale: true,
      maxNumberOfSymbols: MOST_CODES,
      textMode: 'Plain',
    })
    for (const code of found) if (code.isValid) texts.add(code.text.slice(0, LONGEST_TEXT))
    if (Math.max(picture.width, picture.height) < side) break
  }
  return ok(null)
}

let isReady = false
/** Left to itself the library would fetch its decoder from the network. */
function prepareDecoder(): void {
  if (isReady) return
  const file = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(file).buffer } })
  isReady = true
}

/** Upright and flat, as the decoder takes pictures; null when it cannot be decoded. */
async function greyPicture(source: string | Buffer, side: number): Promise<Picture | null> {
  try {
    const { data, info } = await sharp(source, LIMITS)
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .timeout({ seconds: DECODE_SECONDS })
      .toBuffer({ resolveWithObject: true })
    const { width, height } = info
    return { data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb' }
  } catch {
    return null
  }
}
