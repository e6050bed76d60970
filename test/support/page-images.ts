import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { popplerPage } from './pdf-readers.ts'

/*
 * Approved images of pages. After a wanted change, look at out/test/report-pages and approve with
 * `UPDATE_PAGES=1 npm test -- --only unit pages`.
 */
const ROOT = join(import.meta.dirname, '..', '..')
const APPROVED = join(ROOT, 'test', 'fixtures', 'report-pages')
const SEEN = join(ROOT, 'out', 'test', 'report-pages')
const DPI = 60
/** Readers smooth edges differently: a pixel counts as changed beyond this grey distance, after halving the image. */
const DISTANCE = 40
export const ALLOWED = 0.0012

/** A page of a PDF as a small PNG; pages count from 1. */
export const pageImage = async (pdf: string, page: number): Promise<Buffer> =>
  await sharp(popplerPage(pdf, page, DPI))
    .png({ palette: true, colours: 32, compressionLevel: 9 })
    .toBuffer()

/** Share of the pixels that differ. */
export async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((png) => sharp(png).removeAlpha().greyscale().resize(248, 351, { fit: 'fill' }).raw().toBuffer()),
  )
  if (!a || !b) throw new Error('no pixels')
  return a.reduce((sum, value, n) => sum + (Math.abs(value - (b[n] ?? 0)) > DISTANCE ? 1 : 0), 0) / a.length
}

/** Whether a page differs from the approved image of that name; approves it when asked to. */
export async function isChanged(name: string, page: Buffer): Promise<boolean> {
  mkdirSync(SEEN, { recursive: true })
  writeFileSync(join(SEEN, `${name}.png`), page)
  const approved = join(APPROVED, `${name}.png`)
  if (process.env['UPDATE_PAGES']) {
    mkdirSync(APPROVED, { recursive: true })
    writeFileSync(approved, page)
  }
  return !existsSync(approved) || (await difference(readFileSync(approved), page)) > ALLOWED
}
