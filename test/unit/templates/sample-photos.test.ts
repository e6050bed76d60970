import exif from 'exif-reader'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { FULL_SIZE, hostileFiles, makePhoto } from '../../support/sample-photos.ts'

/** Red, green and blue of the arrow at the top edge, as a viewer that honours orientation shows it. */
async function arrow(photo: Buffer): Promise<[number, number, number]> {
  const { data, info } = await sharp(photo).autoOrient().raw().toBuffer({ resolveWithObject: true })
  const at = (Math.round(info.height * 0.05) * info.width + Math.round(info.width / 2)) * info.channels
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
}

async function isWhole(bytes: Buffer): Promise<boolean> {
  try {
    await sharp(bytes, { failOn: 'truncated' }).raw().toBuffer()
    return true
  } catch {
    return false
  }
}

describe('made photos', () => {
  test.each([1, 3, 6, 8] as const)('orientation %i is upright when honoured', async (orientation) => {
    const photo = await makePhoto(7, { width: 800, height: 600, orientation })
    const meta = await sharp(photo).metadata()
    expect(meta.orientation).toBe(orientation)
    expect([meta.width, meta.height]).toEqual(orientation > 4 ? [600, 800] : [800, 600])
    const [red, green, blue] = await arrow(photo)
    expect(red).toBeGreaterThan(150)
    expect(Math.max(green, blue)).toBeLessThan(90)
  })

  test('carry camera, time, zone and place only when asked', async () => {
    const full = await sharp(
      await makePhoto(1, { at: '2026-11-25T14:03:09', gps: { lat: 41.8057, lon: -123.4315 } }),
    ).metadata()
    const tags = exif(full.exif!)
    expect(tags.Image).toMatchObject({ Make: 'Sample', Model: 'Camera 2' })
    expect(tags.Photo?.DateTimeOriginal?.toISOString()).toBe('2026-11-25T14:03:09.000Z')
    expect(tags.Photo?.['OffsetTimeOriginal']).toBe('+08:00')
    expect(tags.GPSInfo).toMatchObject({
      GPSLatitudeRef: 'N',
      GPSLatitude: [41, 48, 20.52],
      GPSLongitudeRef: 'W',
      GPSLongitude: [123, 25, 53.4],
    })
    const bare = exif((await sharp(await makePhoto(1, { at: null })).metadata()).exif!)
    expect([bare.Photo?.DateTimeOriginal, bare.GPSInfo]).toEqual([undefined, undefined])
  })

  test('are the same bytes for the same seed and others for another', async () => {
    const [a, b, c] = await Promise.all([makePhoto(3), makePhoto(3), makePhoto(4)])
    expect(a.equals(b)).toBe(true)
    expect(a.equals(c)).toBe(false)
  })

  test('come in 12 megapixels and in the other formats', async () => {
    const big = await makePhoto(5, FULL_SIZE)
    expect(await sharp(big).metadata()).toMatchObject({ format: 'jpeg', width: 4000, height: 3000 })
    expect(big.length).toBeGreaterThan(1_000_000)
    for (const format of ['png', 'webp'] as const) {
      expect((await sharp(await makePhoto(5, { format, width: 320, height: 240 })).metadata()).format).toBe(format)
    }
  })
})

describe('hostile files', () => {
  test('are what they say: most do not decode, the rest are not only pictures', async () => {
    const files = await hostileFiles()
    const decodes = await Promise.all(files.map((f) => isWhole(f.bytes)))
    expect(files.filter((_, n) => decodes[n]).map((f) => f.name)).toEqual(['vector.svg', 'polyglot.jpg'])
    expect(files.find((f) => f.name === 'polyglot.jpg')?.bytes.includes('<script>')).toBe(true)
    expect(await isWhole(await makePhoto(1))).toBe(true)
  })
})
