import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Exif } from 'sharp'
import { randomFrom } from './random.ts'

export type PhotoOptions = {
  /** Size as a viewer shows it; stored pixels are swapped for orientations 6 and 8. */
  width: number
  height: number
  orientation: 1 | 3 | 6 | 8
  /** Local camera time, `YYYY-MM-DDTHH:mm:ss`; null writes no time. */
  at: string | null
  offset: string | null
  /** Degrees, north and east positive; null writes no position. */
  gps: { lat: number; lon: number } | null
  quality: number
  format: 'jpeg' | 'png' | 'webp'
}

/** 12 megapixels, as phones take them. */
export const FULL_SIZE = { width: 4000, height: 3000 } as const

const DEFAULTS: PhotoOptions = {
  width: 1200,
  height: 900,
  orientation: 1,
  at: '2026-11-24T09:30:00',
  offset: '+08:00',
  gps: null,
  quality: 85,
  format: 'jpeg',
}
/** Degrees that turn an upright picture into the pixels a camera held that way stores. */
const STORED_TURN = { 1: 0, 3: 180, 6: 270, 8: 90 } as const
const SCENE_WIDTH = 640
/** A power of two: indices wrap by mask. */
const GRAIN_SIZE = 65_536

/**
 * A factory-like picture drawn by code: machines on a floor, a label with the seed's number, sensor noise. The same seed and
 * options give the same bytes on one machine. The red arrow at the top points up when orientation is honoured.
 */
export async function makePhoto(seed: number, options: Partial<PhotoOptions> = {}): Promise<Buffer> {
  const o = { ...DEFAULTS, ...options }
  const isTurned = o.orientation === 6 || o.orientation === 8
  const [width, height] = isTurned ? [o.height, o.width] : [o.width, o.height]
  const sceneHeight = Math.max(1, Math.round((SCENE_WIDTH * o.height) / o.width))
  const scene = await sharp(Buffer.from(sceneSvg(seed, SCENE_WIDTH, sceneHeight)))
    .rotate(STORED_TURN[o.orientation])
    .removeAlpha()
    .png({ compressionLevel: 0 })
    .toBuffer()
  const pixels = await sharp(scene).resize(width, height, { fit: 'fill', kernel: 'linear' }).raw().toBuffer()
  addGrain(pixels, width * 3, seed)
  const picture = sharp(pixels, { raw: { width, height, channels: 3 } })
    .withExif(exifOf(seed, o))
    .withMetadata({ orientation: o.orientation })
  if (o.format === 'png') return picture.png({ compressionLevel: 1 }).toBuffer()
  if (o.format === 'webp') return picture.webp({ quality: o.quality, effort: 0 }).toBuffer()
  return picture.jpeg({ quality: o.quality, mozjpeg: false }).toBuffer()
}

export type HostileFile = { name: string; bytes: Buffer; why: string }

/** Files that call themselves pictures and are not, or are not only that. */
export async function hostileFiles(seed = 1): Promise<HostileFile[]> {
  const photo = await makePhoto(seed, { width: 640, height: 480 })
  const script = '<!doctype html><html><body><script>document.title="ran"</script></body></html>'
  return [
    { name: 'truncated.jpg', bytes: photo.subarray(0, Math.floor(photo.length / 3)), why: 'a JPEG that ends early' },
    { name: 'text.jpg', bytes: Buffer.from('这不是照片,只是改了扩展名的文本。\n'.repeat(20)), why: 'text renamed' },
    { name: 'empty.jpg', bytes: Buffer.alloc(0), why: 'no bytes' },
    {
      name: 'vector.svg',
      bytes: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\'ran\'"><rect width="9" height="9"/></svg>',
      ),
      why: 'an SVG with a script',
    },
    { name: 'page.jpg', bytes: Buffer.from(script), why: 'HTML renamed' },
    { name: 'polyglot.jpg', bytes: withComment(photo, script), why: 'a valid JPEG carrying HTML in a comment' },
    { name: 'bomb.png', bytes: hugePng(60_000, 60_000), why: 'a PNG claiming 3.6 gigapixels' },
  ]
}

function sceneSvg(seed: number, w: number, h: number): string {
  const random = randomFrom(seed)
  const pick = (from: number, to: number): number => Math.round(from + random() * (to - from))
  const hue = pick(180, 230)
  const horizon = Math.round(h * (0.35 + random() * 0.2))
  const lamps = Array.from({ length: pick(2, 5) }, (_, n) => {
    const x = Math.round(((n + 0.5) * w) / 5)
    return `<rect x="${x}" y="${pick(20, 40)}" width="${pick(50, 90)}" height="8" fill="#fffbe6"/>`
  })
  const machines = Array.from({ length: pick(3, 6) }, () => {
    const [x, mw, mh] = [pick(0, w - 120), pick(70, 190), pick(60, 170)]
    const y = horizon + pick(-40, Math.max(0, h - horizon - mh))
    const tone = `hsl(${hue + pick(-25, 25)} ${pick(15, 55)}% ${pick(30, 58)}%)`
    return (
      `<g><rect x="${x}" y="${y}" width="${mw}" height="${mh}" rx="6" fill="${tone}" stroke="#222" stroke-width="2"/>` +
      `<circle cx="${x + mw / 2}" cy="${y + mh / 2}" r="${pick(12, 30)}" fill="#c9ced3" stroke="#444" stroke-width="4"/>` +
      `<rect x="${x + 8}" y="${y + 8}" width="26" height="14" fill="${random() > 0.3 ? '#2e9e4f' : '#d4380d'}"/></g>`
    )
  })
  const label = `YP-${String(seed).padStart(4, '0')}`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">` +
    `<rect width="${w}" height="${horizon}" fill="hsl(${hue} 12% ${pick(68, 84)}%)"/>` +
    `<rect y="${horizon}" width="${w}" height="${h - horizon}" fill="hsl(${pick(25, 50)} 8% ${pick(45, 62)}%)"/>` +
    `<path d="M0 ${h} L${w * 0.3} ${horizon} M${w} ${h} L${w * 0.7} ${horizon}" stroke="#e8c31a" stroke-width="7"/>` +
    lamps.join('') +
    machines.join('') +
    `<rect x="${w - 190}" y="${h - 84}" width="176" height="70" fill="#fff" stroke="#222" stroke-width="3"/>` +
    `<text x="${w - 180}" y="${h - 40}" font-family="sans-serif" font-size="34" fill="#111">${label}</text>` +
    `<path d="M${w / 2} 6 l16 26 h-32 z" fill="#d00000"/></svg>`
  )
}

/** A faint grain in place, so that a picture compresses like one from a camera. */
function addGrain(pixels: Buffer, stride: number, seed: number): void {
  const random = randomFrom(seed ^ 0x5eed)
  const grain = Int8Array.from({ length: GRAIN_SIZE }, () => Math.floor(random() * 25) - 12)
  const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length)
  for (let start = 0; start < clamped.length; start += stride) {
    const shift = (start * 31) & (GRAIN_SIZE - 1)
    for (let i = 0; i < stride; i++) {
      clamped[start + i] = (clamped[start + i] ?? 0) + (grain[(i + shift) & (GRAIN_SIZE - 1)] ?? 0)
    }
  }
}

function exifOf(seed: number, o: PhotoOptions): Exif {
  const time = o.at?.replaceAll('-', ':').replace('T', ' ')
  const gps = o.gps
  return {
    IFD0: { Make: 'Sample', Model: `Camera ${1 + (seed % 3)}`, ...(time ? { DateTime: time } : {}) },
    IFD2: {
      ...(time ? { DateTimeOriginal: time } : {}),
      ...(time && o.offset ? { OffsetTimeOriginal: o.offset } : {}),
    },
    ...(gps
      ? {
          IFD3: {
            GPSLatitudeRef: gps.lat < 0 ? 'S' : 'N',
            GPSLatitude: sexagesimal(gps.lat),
            GPSLongitudeRef: gps.lon < 0 ? 'W' : 'E',
            GPSLongitude: sexagesimal(gps.lon),
          },
        }
      : {}),
  }
}

/** Degrees, minutes and seconds to 1/10 000 s as EXIF rationals. */
function sexagesimal(degrees: number): string {
  const total = Math.round(Math.abs(degrees) * 36_000_000)
  return `${Math.floor(total / 36_000_000)}/1 ${Math.floor((total % 36_000_000) / 600_000)}/1 ${total % 600_000}/10000`
}

function withComment(jpeg: Buffer, text: string): Buffer {
  const body = Buffer.from(text)
  const head = Buffer.alloc(4)
  head.writeUInt16BE(0xfffe, 0)
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)])
}

function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(64))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}
