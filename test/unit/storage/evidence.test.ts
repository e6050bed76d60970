import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import {
  destroyWithdrawn,
  ingestFile,
  reconcileMedia,
  restorePreviews,
} from '../../../electron/storage/evidence-files.ts'
import { addMedia, withdrawMedia } from '../../../electron/storage/evidence-store.ts'
import { cachedPath, mediaPath, type IdentityPaths } from '../../../electron/storage/paths.ts'
import { hostileFiles, makePhoto } from '../../support/sample-photos.ts'
import { HASH, TASK, media, stamp, tempFolder, tempStore, valueOf } from '../../support/storage-factories.ts'

const DAY = 86_400_000
const run = () => ({ signal: new AbortController().signal, progress: () => {} })
const fromBytes = (places: IdentityPaths, bytes: Uint8Array, name = 'a.jpg') =>
  ingestFile({ source: { bytes, fileAt: null }, name, places }, run())
const box = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}
const film = (brand: string): Buffer =>
  Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\0\0`)),
    box('moov', Buffer.alloc(64)),
    box('mdat', Buffer.alloc(500)),
  ])

describe('taking a photo in', () => {
  test('keeps it bit for bit under its hash, reads what it says of itself, makes upright pictures without metadata', async () => {
    const { paths, folder } = tempStore()
    const bytes = await makePhoto(3, { width: 900, height: 1200, orientation: 6, gps: { lat: 30.25, lon: -120.5 } })
    const source = join(folder, 'IMG_0001.JPG')
    writeFileSync(source, bytes)
    utimesSync(source, 1_700_000_000, 1_700_000_000)
    const taken = valueOf(await ingestFile({ source: { path: source }, name: '', places: paths }, run()))
    expect(taken).toMatchObject({
      sha256: sha256(bytes),
      ext: 'jpg',
      size: bytes.length,
      crc32: crc32(bytes),
      width: 1200,
      height: 900,
      name: 'IMG_0001.JPG',
      exifAt: '2026-11-24T09:30:00',
      exifOffset: '+08:00',
      gps: { lat_e7: 302_500_000, lon_e7: -1_205_000_000 },
      preview: true,
      fileAt: '2023-11-14T22:13:20.000Z',
    })
    expect(taken.device).toMatch(/^Sample Camera/)
    expect(readFileSync(mediaPath(paths.media, taken.sha256)).equals(bytes)).toBe(true)
    const view = await sharp(cachedPath(paths.view, taken.sha256)).metadata()
    const thumb = await sharp(cachedPath(paths.thumb, taken.sha256)).metadata()
    expect([view.width, view.height, view.exif, thumb.height]).toEqual([900, 1200, undefined, 320])
    expect(readdirSync(paths.mediaTmp)).toEqual([])
    const again = valueOf(await fromBytes(paths, bytes))
    expect(again.sha256).toBe(taken.sha256)
  })

  test('accepts what the kinds allow, whatever the name says', async () => {
    const { paths } = tempStore()
    const small = { width: 64, height: 48 }
    const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
    const files: [Buffer, string, boolean][] = [
      [await makePhoto(1, { ...small, format: 'png' }), 'png', true],
      [await makePhoto(1, { ...small, format: 'webp' }), 'webp', true],
      [pdf, 'pdf', false],
      [film('mp42'), 'mp4', false],
      [film('M4A '), 'm4a', false],
      [
        Buffer.concat([
          box('ftyp', Buffer.from('heic\0\0\0\0')),
          box('meta', Buffer.alloc(40)),
          box('mdat', Buffer.alloc(99)),
        ]),
        'heic',
        false,
      ],
    ]
    for (const [bytes, ext, preview] of files) {
      expect(valueOf(await fromBytes(paths, bytes, 'photo.jpg'))).toMatchObject({ ext, preview })
    }
  })

  test('refuses hostile and broken files and leaves nothing of them', async () => {
    const { paths } = tempStore()
    const expected: Record<string, string> = {
      'truncated.jpg': 'damagedFile',
      'text.jpg': 'unsupportedFile',
      'empty.jpg': 'damagedFile',
      'vector.svg': 'unsupportedFile',
      'page.jpg': 'unsupportedFile',
      'polyglot.jpg': 'ok',
      'bomb.png': 'fileTooLarge',
    }
    const found: Record<string, string> = {}
    for (const { name, bytes } of await hostileFiles()) {
      const outcome = await fromBytes(paths, bytes, name)
      found[name] = outcome.ok ? 'ok' : outcome.failure.code
    }
    expect(found).toEqual(expected)
    expect(readdirSync(paths.mediaTmp)).toEqual([])
    expect(readdirSync(paths.media).filter((name) => name !== 'tmp')).toHaveLength(1)
  })

  test('refuses cut films and documents, keeps whole ones', async () => {
    const { paths } = tempStore()
    const whole = film('isom')
    expect((await fromBytes(paths, whole)).ok).toBe(true)
    expect(await fromBytes(paths, whole.subarray(0, whole.length - 1))).toMatchObject({
      failure: { code: 'damagedFile' },
    })
    expect(await fromBytes(paths, Buffer.from('%PDF-1.7\n1 0 obj'))).toMatchObject({ failure: { code: 'damagedFile' } })
    expect(await fromBytes(paths, film('qt  '))).toMatchObject({ failure: { code: 'unsupportedFile' } })
  })

  test('says what is wrong with the source or the wish', async () => {
    const { paths, folder } = tempStore()
    const from = (path: string, signal = new AbortController().signal) =>
      ingestFile({ source: { path }, name: '', places: paths }, { signal, progress: () => {} })
    expect(await from(join(folder, 'gone.jpg'))).toMatchObject({ failure: { code: 'fileMissing' } })
    expect(await from(folder)).toMatchObject({ failure: { code: 'unsupportedFile' } })
    expect(await from('/dev/zero')).toMatchObject({ failure: { code: 'unsupportedFile' } })
    const huge = join(folder, 'huge.jpg')
    writeFileSync(huge, Buffer.concat([await makePhoto(1, { width: 64, height: 48 }), Buffer.alloc(64 * 1024 * 1024)]))
    expect(await from(huge)).toMatchObject({ failure: { code: 'fileTooLarge' } })
    const good = join(folder, 'good.jpg')
    writeFileSync(good, await makePhoto(1, { width: 64, height: 48 }))
    expect(await from(good, AbortSignal.abort())).toMatchObject({ failure: { code: 'cancelled' } })
    expect((await from(good)).ok).toBe(true)
  })

  test('odd EXIF does no harm', async () => {
    const { paths } = tempStore()
    const plain = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
      .withExif({ IFD0: { Make: 'A\u0007', Model: ' Model 9' }, IFD2: { DateTimeOriginal: '0000:00:00 00:00:00' } })
      .jpeg()
      .toBuffer()
    expect(valueOf(await fromBytes(paths, plain, ' 车间\n<img>.jpg '))).toMatchObject({
      exifAt: null,
      exifOffset: null,
      gps: null,
      device: 'A Model 9',
      name: '车间 <img>.jpg',
    })
    const marker = plain.indexOf('Exif')
    const broken = Buffer.from(plain)
    broken.fill(0xff, marker + 10, marker + 30)
    expect(valueOf(await fromBytes(paths, broken))).toMatchObject({ exifAt: null, gps: null, preview: true })
  })

  test('a lost cache is made again', async () => {
    const { paths } = tempStore()
    const { sha256: hash } = valueOf(await fromBytes(paths, await makePhoto(1, { width: 64, height: 48 })))
    const path = cachedPath(paths.thumb, hash)
    writeFileSync(path, '')
    expect(await restorePreviews(paths, hash)).toBe(true)
    expect(readFileSync(path).length).toBeGreaterThan(100)
  })
})

describe('evidence at start', () => {
  const place = (paths: IdentityPaths, hash: string, ageDays = 0): string => {
    const path = mediaPath(paths.media, hash)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, 'bytes')
    const time = (Date.now() - ageDays * DAY) / 1000
    utimesSync(path, time, time)
    return path
  }

  test('lost files are an alarm, old orphans and half-taken files are swept, the rest stays', () => {
    const { paths, store, change } = tempStore()
    for (const n of [1, 2]) change((tx) => addMedia(tx, stamp(), TASK, media(HASH(n))))
    const held = place(paths, HASH(1), 400)
    const young = place(paths, HASH(3), 29)
    const old = place(paths, HASH(4), 31)
    mkdirSync(paths.mediaTmp, { recursive: true })
    mkdirSync(paths.quarantine, { recursive: true })
    const [fresh, stale, package_] = [
      join(paths.mediaTmp, 'fresh'),
      join(paths.mediaTmp, 'stale'),
      join(paths.quarantine, 'a.evp'),
    ]
    for (const path of [fresh, stale, package_]) writeFileSync(path, 'x')
    for (const path of [stale, package_]) utimesSync(path, Date.now() / 1000 - 90_000, Date.now() / 1000 - 90_000)
    expect(reconcileMedia(store, paths, Date.now())).toEqual({ missing: [HASH(2)], orphans: 1, unfinished: 2 })
    expect([held, young, old, fresh, stale, package_].map(existsSync)).toEqual([true, true, false, true, false, false])
    place(paths, HASH(2))
    expect(reconcileMedia(store, paths, Date.now()).missing).toEqual([])
  })

  test('withdrawn bytes are destroyed, also when the app died right after the commit; another task keeps its own', () => {
    const { paths, store, change } = tempStore()
    const other = TASK.replace(/a$/, 'b')
    for (const n of [1, 2]) change((tx) => addMedia(tx, stamp(), TASK, media(HASH(n))))
    change((tx) => addMedia(tx, stamp(), other, media(HASH(2))))
    const [one, two] = [place(paths, HASH(1)), place(paths, HASH(2))]
    mkdirSync(paths.view, { recursive: true })
    writeFileSync(cachedPath(paths.view, HASH(1)), 'x')
    for (const n of [1, 2]) change((tx) => withdrawMedia(tx, stamp(), TASK, HASH(n), '企业要求'))
    expect([one, two].map(existsSync)).toEqual([true, true])
    expect(reconcileMedia(store, paths, Date.now()).missing).toEqual([])
    expect([one, two, cachedPath(paths.view, HASH(1))].map(existsSync)).toEqual([false, true, false])
    change((tx) => withdrawMedia(tx, stamp(), other, HASH(2), '企业要求'))
    destroyWithdrawn(store, paths)
    expect(existsSync(two)).toBe(false)
  })
})

test('a full disk refuses a photo and leaves nothing of it', async (context) => {
  const disk = join(tempFolder(), 'disk')
  mkdirSync(disk)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk])
  if (mounted.status !== 0) {
    console.info(`no small disk here: ${mounted.stderr?.toString().trim() || 'mount needs root'}`)
    context.skip()
  }
  try {
    const { paths } = tempStore(disk)
    const big = Buffer.concat([await makePhoto(1, { width: 64, height: 48 }), Buffer.alloc(2 * 1024 * 1024)])
    expect(await fromBytes(paths, big)).toMatchObject({ failure: { code: 'diskFull' } })
    expect(readdirSync(paths.mediaTmp)).toEqual([])
    expect((await fromBytes(paths, await makePhoto(1, { width: 64, height: 48 }))).ok).toBe(true)
  } finally {
    spawnSync('umount', ['-l', disk])
  }
})
