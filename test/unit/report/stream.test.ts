import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePhoto } from '../../support/sample-photos.ts'

const PHOTOS = 500
/** Well below what the photos alone take once they are in memory together. */
const LIMIT_MB = 420
const SCRIPT = join(import.meta.dirname, '..', '..', 'support', 'report-memory.ts')
const folder = mkdtempSync(join(tmpdir(), 'stream-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One picture with a different comment in each copy: five hundred files of their own without taking five hundred photos. */
beforeAll(async () => {
  const jpeg = await makePhoto(1, { width: 860, height: 645, quality: 94 })
  mkdirSync(join(folder, 'photos'))
  const filler = Buffer.alloc(Math.max(0, 380_000 - jpeg.length), 7)
  for (let n = 0; n < PHOTOS; n++) {
    const segments = [Buffer.from(`photo ${n}`), ...pieces(filler, 60_000)].map(comment)
    const bytes = Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
    writeFileSync(join(folder, 'photos', `${createHash('sha256').update(bytes).digest('hex')}.jpg`), bytes)
  }
}, 60_000)

const pieces = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size))
/** An application's own segment, which is kept, unlike a comment. */
function comment(text: Buffer): Buffer {
  const head = Buffer.from([0xff, 0xe5, 0, 0])
  head.writeUInt16BE(text.length + 2, 2)
  return Buffer.concat([head, text])
}

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
