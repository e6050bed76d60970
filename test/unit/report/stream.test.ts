import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const PHOTOS = 500
/** Well below what the photos alone take once they are in memory together. */
const LIMIT_MB = 420
const SCRIPT = join(import.meta.dirname, '..', '..', 'support', 'report-memory.ts')
const folder = mkdtempSync(join(tmpdir(), 'stream-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One picture, which noise makes large, with another comment in each copy: files of their own without taking five hundred photos. */
beforeAll(async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
  const picture = sharp({ create: { width: 860, height: 645, channels: 3, background: '#888', noise } })
  const jpeg = await picture.jpeg({ quality: 94 }).toBuffer()
  mkdirSync(join(folder, 'photos'))
  for (let n = 0; n < PHOTOS; n++) {
    const text = Buffer.from(`photo ${n}`)
    const comment = Buffer.from([0xff, 0xfe, 0, text.length + 2, ...text])
    const bytes = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)])
    writeFileSync(join(folder, 'photos', `${createHash('sha256').update(bytes).digest('hex')}.jpg`), bytes)
  }
}, 60_000)

type Needed = { peakMb: number; bytes: number; pages: number; held: number }
const needed = (way: string): Needed =>
  JSON.parse(execFileSync(process.execPath, [SCRIPT, way, folder], { encoding: 'utf8' })) as Needed

describe.runIf(existsSync('/proc/self/status'))(`${PHOTOS} photos`, { timeout: 180_000 }, () => {
  test('a PDF of hundreds of pages passes through little memory', () => {
    const { peakMb, bytes, pages } = needed('pdf')
    expect(pages).toBeGreaterThan(300)
    expect(bytes).toBeGreaterThan(150_000_000)
    expect(peakMb).toBeLessThan(LIMIT_MB)
  })

  test('so does the evidence archive', () => {
    const { peakMb, bytes } = needed('zip')
    expect(bytes).toBeGreaterThan(150_000_000)
    expect(peakMb).toBeLessThan(LIMIT_MB)
  })

  test('a Word document keeps its photos on disk too', () => {
    const { peakMb, bytes } = needed('docx')
    expect(bytes).toBeGreaterThan(150_000_000)
    expect(peakMb).toBeLessThan(900)
  })

  test('a writer that holds what it writes would be noticed', () => {
    const { peakMb, held } = needed('whole')
    expect(held).toBeGreaterThan(150_000_000)
    expect(peakMb).toBeGreaterThan(LIMIT_MB)
  })
})
