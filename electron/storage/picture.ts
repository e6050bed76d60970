import readExif, { type Exif } from 'exif-reader'
import sharp from 'sharp'
import type { Media } from '../../shared/domain/sheet.ts'
import { cleanLine } from '../../shared/domain/text.ts'
import { MAX_PHOTO_PIXELS } from '../../shared/package/limits.ts'

// The library keeps recent files open otherwise, and Windows cannot rename an open file.
sharp.cache(false)

/** Longest side in pixels. */
const VIEW_SIDE = 1600
const THUMB_SIDE = 320
const DECODE_SECONDS = 20
/** `error` refuses pictures that end early or do not decode; mere warnings are common in honest camera files. */
const LIMITS = { limitInputPixels: MAX_PHOTO_PIXELS, failOn: 'error', sequentialRead: true } as const

/** What a picture file says of itself. `width`/`height` as stored, before EXIF orientation; all of it is a claim. */
export type PictureFacts = Pick<Media, 'width' | 'height' | 'exifAt' | 'exifOffset' | 'device' | 'gps'>

export const NO_FACTS: PictureFacts = {
  width: null,
  height: null,
  exifAt: null,
  exifOffset: null,
  device: '',
  gps: null,
}

/** Re-encoded JPEGs without metadata, upright, for showing; never the original bytes. */
export type Previews = { thumb: Buffer; view: Buffer }

/** Reads size and EXIF without decoding pixels; null when the header is not one of a picture. */
export async function pictureFacts(path: string): Promise<PictureFacts | null> {
  const metadata = await sharp(path, LIMITS)
    .metadata()
    .catch(() => null)
  if (metadata === null) return null
  const { width, height } = metadata
  return { ...NO_FACTS, width, height, ...exifFacts(metadata.exif) }
}

/** Decodes the whole picture within limits; null when it cannot be. Run it where it can be killed. */
export async function makePreviews(path: string): Promise<Previews | null> {
  const resize = (side: number) => ({ width: side, height: side, fit: 'inside', withoutEnlargement: true }) as const
  try {
    const view = await sharp(path, LIMITS)
      .autoOrient()
      .resize(resize(VIEW_SIDE))
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .timeout({ seconds: DECODE_SECONDS })
      .toBuffer()
    const thumb = await sharp(view).resize(resize(THUMB_SIDE)).jpeg({ quality: 76 }).toBuffer()
    return { thumb, view }
  } catch {
    return null
  }
}

function exifFacts(bytes: Buffer | undefined): Partial<PictureFacts> {
  const exif = bytes === undefined ? null : tryRead(bytes)
  if (exif === null) return {}
  const { Image, Photo, GPSInfo } = exif
  const at = isoOf(Photo?.DateTimeOriginal) ?? isoOf(Image?.DateTime)
  const offset = offsetOf(Photo?.OffsetTimeOriginal) ?? offsetOf(Photo?.OffsetTime)
  return {
    exifAt: at,
    exifOffset: at === null ? null : offset,
    device: deviceOf(Image?.Make, Image?.Model),
    gps: GPSInfo ? positionOf(GPSInfo) : null,
  }
}

/** Hostile EXIF makes the reader throw range errors; such a picture has none. */
function tryRead(bytes: Buffer): Exif | null {
  try {
    return readExif(bytes)
  } catch {
    return null
  }
}

/** The reader gives camera-local time as if it were UTC; cameras without a clock write zeros. */
function isoOf(value: unknown): string | null {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null
  const year = value.getUTCFullYear()
  return year >= 1980 && year <= 9999 ? value.toISOString().slice(0, 19) : null
}

const offsetOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[+-]\d{2}:\d{2}$/.test(value.trim()) ? value.trim() : null

function deviceOf(make: unknown, model: unknown): string {
  const [brand, name] = [make, model].map((v) => (typeof v === 'string' ? cleanLine(v) : ''))
  const text = name?.startsWith(brand ?? '') ? name : `${brand ?? ''} ${name ?? ''}`
  return [...text.trim()].slice(0, 100).join('')
}

function positionOf(gps: Record<string, unknown>): Media['gps'] {
  const lat = degreesOf(gps['GPSLatitude'], gps['GPSLatitudeRef'] === 'S', 90)
  const lon = degreesOf(gps['GPSLongitude'], gps['GPSLongitudeRef'] === 'W', 180)
  return lat === null || lon === null ? null : { lat_e7: lat, lon_e7: lon }
}

/** Degrees, minutes, seconds as an integer of 10⁻⁷ degrees. */
function degreesOf(parts: unknown, isNegative: boolean, most: number): number | null {
  if (!Array.isArray(parts) || parts.length !== 3) return null
  const [d, m, s] = parts.map(Number) as [number, number, number]
  const degrees = d + m / 60 + s / 3600
  if (!Number.isFinite(degrees) || degrees < 0 || degrees > most) return null
  const scaled = Math.round(degrees * 1e7)
  return isNegative && scaled !== 0 ? -scaled : scaled
}
