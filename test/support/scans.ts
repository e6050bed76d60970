import sharp from 'sharp'
import { randomFrom } from './random.ts'

type Corner = readonly [x: number, y: number]

/** A page as it lies before a camera held aslant: its corners (clockwise from top left) at these parts of the picture. */
export async function aslant(page: Buffer, corners: readonly [Corner, Corner, Corner, Corner]): Promise<Buffer> {
  const { data, info } = await sharp(page).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const out = Buffer.alloc(width * height * 3, 0x88)
  const at = unitSquareOf(corners.map(([x, y]) => [x * width, y * height] as const))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = at(x, y)
      if (u < 0 || v < 0 || u >= 1 || v >= 1) continue
      const from = (Math.floor(v * height) * width + Math.floor(u * width)) * 3
      data.copy(out, (y * width + x) * 3, from, from + 3)
    }
  }
  return await sharp(out, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

/** Where a point of the picture lies in the page (0 to 1 each way): the inverse of the projection of the unit square. */
function unitSquareOf(corners: readonly Corner[]): (x: number, y: number) => Corner {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners as [Corner, Corner, Corner, Corner]
  const [dx1, dx2, dx3] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3]
  const [dy1, dy2, dy3] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3]
  const g = (dx3 * dy2 - dx2 * dy3) / (dx1 * dy2 - dx2 * dy1)
  const h = (dx1 * dy3 - dx3 * dy1) / (dx1 * dy2 - dx2 * dy1)
  const [a, b, c] = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0]
  const [d, e, f] = [y1 - y0 + g * y1, y3 - y0 + h * y3, y0]
  return (x, y) => {
    const [p, q, r] = [e - f * h, c * h - b, b * f - c * e]
    const [s, t, u] = [f * g - d, a - c * g, c * d - a * f]
    const [k, l, m] = [d * h - e * g, b * g - a * h, a * e - b * d]
    const w = k * x + l * y + m
    return [(p * x + q * y + r) / w, (s * x + t * y + u) / w]
  }
}

/** Grain of a cheap camera in bad light: up to `strength` steps of grey either way, the same for the same seed. */
export async function grainy(page: Buffer, strength: number, seed: number): Promise<Buffer> {
  const { data, info } = await sharp(page).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const random = randomFrom(seed)
  for (const [n, value] of data.entries()) data[n] = Math.max(0, Math.min(255, value + (random() * 2 - 1) * strength))
  return await sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
    .png()
    .toBuffer()
}

export type ScanPage = { width: number; height: number; filter: string; data: Buffer; more?: string }

/** A PDF as scanners write it: a picture a page, drawn over the whole of it. */
export function scanPdf(pages: readonly ScanPage[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.5\n%\xe2\xe3\n', 'latin1')]
  const offsets: number[] = []
  const add = (text: string, data?: Buffer) => {
    offsets.push(Buffer.concat(parts).length)
    const end = data === undefined ? [] : [Buffer.from('\nstream\r\n'), data, Buffer.from('\nendstream')]
    parts.push(Buffer.from(`${offsets.length} 0 obj\n${text}`), ...end, Buffer.from('\nendobj\n'))
  }
  const kids = pages.map((_, n) => `${3 + 3 * n} 0 R`).join(' ')
  add('<< /Type /Catalog /Pages 2 0 R >>')
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`)
  for (const [n, { width, height, filter, data, more = '' }] of pages.entries()) {
    const at = 3 + 3 * n
    const drawn = Buffer.from(`q 595 0 0 842 0 0 cm /Im0 Do Q`)
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im0 ${at + 2} 0 R >> >> /Contents ${at + 1} 0 R >>`,
    )
    add(`<< /Length ${drawn.length} >>`, drawn)
    add(
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent ${filter === 'CCITTFaxDecode' ? 1 : 8} /ColorSpace /DeviceGray /Filter /${filter} /Length ${data.length} ${more}>>`,
      data,
    )
  }
  const from = Buffer.concat(parts).length
  const lines = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${lines}`),
    Buffer.from(`trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${from}\n%%EOF\n`),
  )
  return Buffer.concat(parts)
}

/** A picture in black and white as fax data, without the TIFF around: a tile over all of it. */
export async function faxOf(picture: Buffer): Promise<{ width: number; height: number; data: Buffer }> {
  const given = await sharp(picture).metadata()
  const [width, height] = [Math.floor(given.width / 16) * 16, Math.floor(given.height / 16) * 16]
  const flat = await sharp(picture)
    .extract({ left: 0, top: 0, width, height })
    .flatten({ background: '#fff' })
    .threshold(140)
    // The library counts white as one: fax data has runs of black.
    .negate()
    .toColourspace('b-w')
    .png()
    .toBuffer()
  const tiff = await sharp(flat)
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1, tile: true, tileWidth: width, tileHeight: height })
    .toBuffer()
  const directory = tiff.readUInt32LE(4)
  const tags = new Map<number, number>()
  for (let n = 0; n < tiff.readUInt16LE(directory); n++) {
    const at = directory + 2 + n * 12
    const isShort = tiff.readUInt16LE(at + 2) === 3
    tags.set(tiff.readUInt16LE(at), isShort ? tiff.readUInt16LE(at + 8) : tiff.readUInt32LE(at + 8))
  }
  const start = tags.get(324) ?? 0
  return { width, height, data: tiff.subarray(start, start + (tags.get(325) ?? 0)) }
}
