import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { lengthOf, scanJpeg } from '../../../electron/report/jpeg.ts'
import { preparePhoto } from '../../../electron/report/photos.ts'
import { sha256 } from '../../support/report-world.ts'
import { hostileFiles, makePhoto } from '../../support/sample-photos.ts'

const folder = mkdtempSync(join(tmpdir(), 'photos-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const BOX = { width: 219, height: 164 }
const keep = (bytes: Uint8Array): Buffer =>
  Buffer.concat((scanJpeg(bytes)?.keep ?? []).map(([from, to]) => bytes.subarray(from, to)))
function save(bytes: Uint8Array): { path: string; hash: string } {
  const hash = sha256(bytes)
  const path = join(folder, hash)
  writeFileSync(path, bytes)
  return { path, hash }
}

function newCache() {
  const cacheDir = mkdtempSync(join(folder, 'cache-'))
  const prepare = (source: string, sha256: string, isUpright = false) =>
    preparePhoto({ source, sha256, box: BOX, cacheDir, isUpright })
  return { cacheDir, prepare }
}

describe('JPEG headers', () => {
  test.each([1, 3, 6, 8] as const)('orientation %i, size of the stored pixels, no EXIF kept', async (orientation) => {
    const bytes = await makePhoto(1, { width: 800, height: 600, orientation, gps: { lat: 41.8, lon: 123.4 } })
    const scan = scanJpeg(bytes)
    const isTurned = orientation === 6 || orientation === 8
    expect(scan).toMatchObject({
      orientation,
      components: 3,
      width: isTurned ? 600 : 800,
      height: isTurned ? 800 : 600,
    })
    const kept = keep(bytes)
    expect(kept.includes('Exif')).toBe(false)
    expect(bytes.includes('Exif')).toBe(true)
    expect(kept).toHaveLength(scan ? lengthOf(scan) : -1)
    const [a, b] = await Promise.all([sharp(bytes), sharp(kept)].map((s) => s.raw().toBuffer()))
    expect(a?.equals(b ?? Buffer.alloc(0))).toBe(true)
  })

  test('progressive, grey and CMYK files are understood; what follows the picture is cut', async () => {
    const plain = sharp({ create: { width: 64, height: 48, channels: 3, background: '#0b8a8f' } })
    const progressive = await plain.clone().jpeg({ progressive: true }).toBuffer()
    const grey = await plain.clone().toColourspace('b-w').jpeg().toBuffer()
    const cmyk = await plain.clone().toColourspace('cmyk').jpeg().toBuffer()
    expect(scanJpeg(progressive)).toMatchObject({ width: 64, height: 48, components: 3 })
    expect(scanJpeg(grey)?.components).toBe(1)
    expect(scanJpeg(cmyk)).toMatchObject({ components: 4, isInverted: true })
    const tail = Buffer.concat([progressive, Buffer.from('motion video behind the picture')])
    expect(keep(tail).includes('motion')).toBe(false)
    expect(keep(tail).equals(keep(progressive))).toBe(true)
  })

  test('half a file, another format and nothing are no JPEGs; the whole file is', async () => {
    const bytes = await makePhoto(2, { width: 320, height: 240 })
    expect(scanJpeg(bytes)).not.toBeNull()
    expect(scanJpeg(bytes.subarray(0, bytes.length - 2))).toBeNull()
    expect(scanJpeg(bytes.subarray(0, 300))).toBeNull()
    expect(scanJpeg(await sharp(bytes).png().toBuffer())).toBeNull()
    expect(scanJpeg(new Uint8Array())).toBeNull()
  })
})

describe('print-size copies', () => {
  test('a large photo is made small, upright and without metadata once, then taken from the cache', async () => {
    const { cacheDir: cache, prepare } = newCache()
    const { path, hash } = save(
      await makePhoto(3, { width: 1500, height: 2000, orientation: 6, gps: { lat: 41.8, lon: 123.4 } }),
    )
    const photo = await prepare(path, hash)
    expect(photo).toMatchObject({ orientation: 1, height: 669 })
    expect(photo?.path.startsWith(cache)).toBe(true)
    expect(readFileSync(photo?.path ?? '').includes('Exif')).toBe(false)
    rmSync(path)
    expect(await prepare(path, hash)).toEqual(photo)
    expect(readdirSync(cache)).toHaveLength(1)
  })

  test('a small JPEG used before is not taken for itself once its bytes are others', async () => {
    const { prepare } = newCache()
    const bytes = await makePhoto(7, { width: 640, height: 480 })
    const { path, hash } = save(bytes)
    expect(await prepare(path, hash)).toMatchObject({ path })
    expect(await prepare(path, hash)).toMatchObject({ path })
    writeFileSync(path, bytes.fill(0, 400, 500))
    utimesSync(path, 1, 1)
    expect(await prepare(path, hash)).toBeNull()
  })

  test('a small JPEG is used as it is; a PNG becomes a JPEG', async () => {
    const { prepare } = newCache()
    const small = save(await makePhoto(4, { width: 640, height: 480, orientation: 8 }))
    expect(await prepare(small.path, small.hash)).toMatchObject({ path: small.path, orientation: 8 })
    const png = save(await makePhoto(5, { width: 640, height: 480, format: 'png' }))
    expect(await prepare(png.path, png.hash)).toMatchObject({ width: 640, height: 480 })
  })

  test('missing, exchanged and broken files give null; a damaged copy in the cache is made again', async () => {
    const { prepare } = newCache()
    expect(await prepare(join(folder, 'nowhere'), 'a'.repeat(64))).toBeNull()
    const { path, hash } = save(await makePhoto(6, { width: 1600, height: 1200 }))
    expect(await prepare(path, 'b'.repeat(64))).toBeNull()
    const good = await prepare(path, hash)
    writeFileSync(good?.path ?? '', 'damaged')
    expect(await prepare(path, hash)).toEqual(good)
    const again = readFileSync(good?.path ?? '')
    writeFileSync(good?.path ?? '', Buffer.alloc(again.length))
    utimesSync(good?.path ?? '', 1, 1)
    expect(await prepare(path, hash)).toEqual(good)
    expect(readFileSync(good?.path ?? '').equals(again)).toBe(true)
    for (const hostile of (await hostileFiles()).filter((f) => f.name !== 'polyglot.jpg' && f.name !== 'vector.svg')) {
      const file = save(hostile.bytes)
      const photo = await prepare(file.path, file.hash)
      if (photo) expect(scanJpeg(readFileSync(photo.path))).not.toBeNull()
    }
  })
})
