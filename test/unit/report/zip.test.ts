import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeEvidenceZip, type EvidenceRequest } from '../../../electron/report/evidence-zip.ts'
import { writeZipFile } from '../../../electron/report/zip-file.ts'
import type { ReportSheet } from '../../../shared/report/context.ts'
import { makePhoto } from '../../support/sample-photos.ts'
import { mediaOf, reportWorld, sha256, type ReportWorld } from '../../support/report-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'zip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let made = 0
const isLinux = process.platform === 'linux'

let world: ReportWorld
let sheets: ReportSheet[]
const files = new Map<string, string>()

/** Three photos of the sample visit, one on its side with a place in it; a PNG, a video, a lost file, a photo and its blurred copy. */
beforeAll(async () => {
  world = await reportWorld(join(folder, 'photos'), 4)
  const [first, ...others] = world.sheets
  if (!first) throw new Error('no sheet')
  const [item = ''] = world.template.sections
    .flatMap((s) => s.items)
    .filter((i) => i.code === '1.2')
    .map((i) => i.id)
  const add = (bytes: Uint8Array, over: Parameters<typeof mediaOf>[3], isHere = true) => {
    const media = mediaOf(bytes, [item], '=HYPERLINK("x")', over)
    const path = join(folder, media.sha256)
    if (isHere) writeFileSync(path, bytes)
    if (isHere) files.set(media.sha256, path)
    return media
  }
  const png = await sharp(await makePhoto(9, { width: 400, height: 300 }))
    .png()
    .toBuffer()
  const face = await makePhoto(10, { width: 500, height: 400, gps: { lat: 41.8, lon: 123.4 }, orientation: 6 })
  const blurred = await makePhoto(11, { width: 500, height: 400 })
  const extra = [
    add(png, { ext: 'png' }),
    add(Buffer.from('a video'), { ext: 'mp4', inReport: false }),
    add(SCAN, { ext: 'pdf', inReport: false, name: '合同 扫描.pdf' }),
    add(Buffer.from('gone'), { ext: 'jpg' }, false),
    add(face, { ext: 'jpg' }),
    add(blurred, { ext: 'jpg', derivedFrom: sha256(face) }),
  ]
  sheets = [{ ...first, sheet: { ...first.sheet, media: [...first.sheet.media, ...extra] } }, ...others]
}, 60_000)

function ask(over: Partial<EvidenceRequest> = {}, profile: 'archive' | 'enterprise' | 'committee' = 'archive') {
  const { photo, ...input } = world
  return writeEvidenceZip({
    input: { ...input, sheets, profile, language: 'zh' },
    photo: (hash) => files.get(hash) ?? photo(hash),
    reports: [],
    isDraft: false,
    cacheDir: join(folder, 'cache'),
    target: join(folder, `${++made}.zip`),
    ...over,
  })
}

async function write(over: Partial<EvidenceRequest> = {}, profile: 'archive' | 'enterprise' | 'committee' = 'archive') {
  const outcome = await ask(over, profile)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return { ...outcome.value, entries: unzipSync(readFileSync(outcome.value.path)) }
}

/** As a scanner at the enterprise's writes it: who, with what, and a picture with its place inside. */
const SCAN = Buffer.from(
  '%PDF-1.4\n/Author (Zhang San) /Creator (ScanApp 3.1 Shenyang) \xff\xd8\xff\xe1..Exif\0\0GPS\n%%EOF',
  'latin1',
)

const evidenceOf = (entries: Record<string, Uint8Array>): string[] =>
  Object.keys(entries).filter((name) => name.startsWith('佐证/'))
const text = (entries: Record<string, Uint8Array>, name: string): string =>
  Buffer.from(entries[name] ?? []).toString('utf8')

describe('the evidence of a result', () => {
  test('originals byte for byte in folders by item, a list, pages, and a manifest for all of them', async () => {
    const { entries, missing, files: count } = await write()
    const originals = evidenceOf(entries)
    expect(missing).toEqual([sha256(Buffer.from('gone'))])
    expect(originals).toHaveLength(count)
    expect(originals.some((name) => /^佐证\/1_[^/]+\/1\.2\/1\.2_photo-01\.(jpg|png)$/.test(name))).toBe(true)
    expect(originals.some((name) => name.endsWith('1.2_video-01.mp4'))).toBe(true)
    const known = new Set(sheets.flatMap((s) => s.sheet.media.map((m) => m.sha256)))
    for (const name of originals) expect(known.has(sha256(entries[name] ?? new Uint8Array()))).toBe(true)
    const manifest = text(entries, 'manifest-sha256.txt').trimEnd().split('\n')
    expect(manifest.map((line) => line.slice(66)).toSorted()).toEqual(
      Object.keys(entries)
        .filter((n) => n !== 'manifest-sha256.txt')
        .toSorted(),
    )
    const csv = text(entries, '清单.csv')
    expect(csv.startsWith('\ufeff')).toBe(true)
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
    expect(csv).toContain('这台电脑上没有这个文件')
    for (const page of ['index.html', 'index.en.html']) {
      const source = text(entries, page)
      expect(source).not.toMatch(/<script|https?:|\son\w+=/i)
      for (const [, link = ''] of source.matchAll(/(?:href|src)="([^"]+)"/g)) {
        expect(Object.keys(entries)).toContain(decodeURIComponent(link))
      }
    }
  })

  test('a PDF goes along as it is in the archive copy; others name it and leave it out', async () => {
    const archive = await write()
    const scan = evidenceOf(archive.entries).find((name) => name.endsWith('.pdf')) ?? ''
    expect(Buffer.from(archive.entries[scan] ?? []).equals(SCAN)).toBe(true)
    expect(archive.leftOut).toEqual([])
    for (const profile of ['committee', 'enterprise'] as const) {
      const { entries, leftOut, missing } = await write({}, profile)
      expect(leftOut).toContain(sha256(SCAN))
      expect(missing).not.toContain(sha256(SCAN))
      expect(evidenceOf(entries).filter((name) => /\.(pdf|mp4)$/.test(name))).toEqual([])
      const said = (zip: Record<string, Uint8Array>) =>
        Object.values(zip).some((b) => /Zhang San|ScanApp/.test(Buffer.from(b).toString('latin1')))
      expect(said(archive.entries)).toBe(true)
      expect(said(entries)).toBe(false)
      const line =
        text(entries, '清单.csv')
          .split('\r\n')
          .find((l) => l.includes(sha256(SCAN))) ?? ''
      expect(line).toContain('可能含作者、位置等信息')
      expect(text(entries, 'index.en.html')).toContain('May name author or place')
      expect(text(entries, '说明.txt')).toContain('不附 PDF')
    }
  })

  test.runIf(isLinux)('unzip and sha256sum read it without us', async () => {
    const { path } = await write()
    const out = join(folder, 'unpacked')
    mkdirSync(out)
    execFileSync('unzip', ['-q', path, '-d', out])
    const said = execFileSync('sha256sum', ['--strict', '-c', 'manifest-sha256.txt'], { cwd: out, encoding: 'utf8' })
    expect(
      said
        .trim()
        .split('\n')
        .filter((line) => !line.endsWith(': OK')),
    ).toEqual([])
    // The control: one byte more, and it shows.
    appendFileSync(join(out, '说明.txt'), ' ')
    expect(() => execFileSync('sha256sum', ['--status', '-c', 'manifest-sha256.txt'], { cwd: out })).toThrow()
  })

  test('a copy without places has none in its files either, keeps pictures the right way up, and shows no uncovered face', async () => {
    const { entries } = await write({}, 'enterprise')
    const names = evidenceOf(entries)
    expect(names.filter((name) => name.endsWith('.mp4'))).toEqual([])
    const pictures = new Map(names.map((name) => [name, entries[name] ?? new Uint8Array()]))
    for (const [name, bytes] of pictures) {
      const { exif, orientation = 1, width, height } = await sharp(bytes).metadata()
      expect(exif === undefined || exif.length < 60).toBe(true)
      expect(Buffer.from(bytes).includes('GPS')).toBe(false)
      const isTall = name.includes('photo') && (orientation >= 5 ? width > height : height > width)
      const upright = await sharp(bytes).autoOrient().toBuffer({ resolveWithObject: true })
      expect(upright.info.height > upright.info.width).toBe(isTall)
    }
    const listed = text(entries, '清单.csv')
    const face = sheets[0]?.sheet.media.find((m) => sheets[0]?.sheet.media.some((x) => x.derivedFrom === m.sha256))
    expect(face).toBeDefined()
    expect(listed).not.toContain(face?.sha256)
    expect(listed).not.toContain('41.8')
    // The control: the archive copy has all of that.
    const archive = await write()
    expect(text(archive.entries, '清单.csv')).toContain(face?.sha256)
    expect(text(archive.entries, '清单.csv')).toContain('41.8')
    expect(evidenceOf(archive.entries).some((name) => Buffer.from(archive.entries[name] ?? []).includes('Exif'))).toBe(
      true,
    )
  })

  test('nothing a program wrote beside the picture leaves with a copy without places', async () => {
    const said = 'Position 41.8 of the maker'
    const segment = (marker: number, body: string) => {
      const head = Buffer.from([0xff, marker, 0, 0])
      head.writeUInt16BE(body.length + 2, 2)
      return Buffer.concat([head, Buffer.from(body, 'latin1')])
    }
    const picture = await makePhoto(77, { width: 300, height: 200 })
    // Programs keep places, authors and small pictures in any of these: GoPro's APP6, C2PA's APP11, Agfa's APP12.
    const markers = [...Array.from({ length: 16 }, (_, n) => 0xe0 + n).filter((m) => m !== 0xee), 0xf0, 0xfd, 0xfe]
    const talking = Buffer.concat([
      picture.subarray(0, 2),
      ...markers.map((m) => segment(m, `${m} ${said}`)),
      picture.subarray(2),
      Buffer.from(said),
    ])
    const path = join(folder, 'talking')
    writeFileSync(path, talking)
    const item = world.template.sections[0]?.items[0]?.id ?? ''
    const media = mediaOf(talking, [item], 'x')
    const [first, ...others] = world.sheets
    if (!first) throw new Error('no sheet')
    const withIt = [{ ...first, sheet: { ...first.sheet, media: [...first.sheet.media, media] } }, ...others]
    const { photo, ...input } = world
    const copies = async (profile: 'archive' | 'enterprise') => {
      const over = {
        input: { ...input, sheets: withIt, profile, language: 'zh' as const },
        photo: (hash: string) => (hash === media.sha256 ? path : photo(hash)),
      }
      const { entries } = await write(over)
      return Object.values(entries).filter((bytes) => Buffer.from(bytes).includes(said)).length
    }
    expect(await copies('enterprise')).toBe(0)
    expect(await copies('archive')).toBe(1)
  })

  test('the same bytes again, also with a cold cache; a draft says so', async () => {
    const first = await write()
    const again = await write({ cacheDir: join(folder, 'cold') })
    expect(again.sha256).toBe(first.sha256)
    const draft = await write({ isDraft: true })
    for (const name of ['index.html', '说明.txt']) {
      expect(text(draft.entries, name)).toContain('草稿')
      expect(text(first.entries, name)).not.toContain('草稿')
    }
  })

  test('evidence that is not what was captured stops it, in every copy; a cancel leaves nothing', async () => {
    const hash = [...files.keys()].find((key) => files.get(key) !== undefined) ?? ''
    const swapped = join(folder, 'swapped')
    writeFileSync(swapped, 'something else')
    const photo = (asked: string) => (asked === hash ? swapped : (files.get(asked) ?? world.photo(asked)))
    for (const profile of ['archive', 'enterprise'] as const) {
      expect(await ask({ photo }, profile)).toMatchObject({ ok: false, failure: { code: 'damagedFile' } })
    }
    const stopped = new AbortController()
    const target = join(folder, 'stopped.zip')
    const outcome = await ask({
      target,
      signal: stopped.signal,
      onProgress: ({ step }) => step === 'file' && stopped.abort(),
    })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    expect(existsSync(target)).toBe(false)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

describe('a ZIP file', () => {
  test('more than four gigabytes or a taken name are refused before a byte is written', async () => {
    const target = join(folder, 'large.zip')
    const content = { path: join(folder, 'nowhere'), size: 3 * 2 ** 30, sha256: null }
    const pieces = [1, 2].map((n) => ({ name: `${n}`, content }))
    expect(await writeZipFile(target, pieces)).toMatchObject({ failure: { code: 'fileTooLarge' } })
    expect(existsSync(target)).toBe(false)
    writeFileSync(target, 'mine')
    expect(await writeZipFile(target, [])).toMatchObject({ failure: { code: 'fileExists' } })
    expect(readFileSync(target, 'utf8')).toBe('mine')
  })

  test('a file that grew or shrank since it was listed stops it', async () => {
    const path = join(folder, 'growing')
    writeFileSync(path, '12345')
    for (const size of [4, 6]) {
      const piece = { name: 'a', content: { path, size, sha256: null } }
      expect(await writeZipFile(join(folder, 'grown.zip'), [piece])).toMatchObject({ failure: { code: 'damagedFile' } })
    }
    const sound = { name: 'a', content: { path, size: 5, sha256: createHash('sha256').update('12345').digest('hex') } }
    expect(await writeZipFile(join(folder, 'sound.zip'), [sound])).toMatchObject({ ok: true })
  })
})
