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
