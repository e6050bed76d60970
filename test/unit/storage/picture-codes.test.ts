import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toBuffer } from 'qrcode'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderReport } from '../../../electron/report/render.ts'
import { readPictureCodes } from '../../../electron/storage/picture-codes.ts'
import { buildDocument } from '../../../shared/report/documents/build.ts'
import { readCode } from '../../../shared/report/documents/page-code.ts'
import { documentInput } from '../../support/document-world.ts'
import { HAS_POPPLER, popplerPage } from '../../support/pdf-readers.ts'
import { reportWorld } from '../../support/report-world.ts'
import { makePhoto } from '../../support/sample-photos.ts'
import { aslant, faxOf, grainy, scanPdf } from '../../support/scans.ts'

const FONTS = join(import.meta.dirname, '../../../assets/fonts')
const ALONE = { signal: new AbortController().signal, progress: () => undefined }

let folder: string
let made = 0
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'onsite-codes-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function codesIn(picture: Buffer): Promise<string[]> {
  const path = join(folder, `${++made}`)
  writeFileSync(path, picture)
  const read = await readPictureCodes({ path }, ALONE)
  if (!read.ok) throw new Error(read.failure.code)
  return read.value.toSorted()
}
const jpeg = (picture: Buffer | Sharp, quality = 60) =>
  (Buffer.isBuffer(picture) ? sharp(picture) : picture).jpeg({ quality }).toBuffer()

describe.skipIf(!HAS_POPPLER)('codes of a printed page', () => {
  let page: Buffer
  let codes: string[]

  beforeAll(async () => {
    const model = buildDocument('pocket', documentInput(await reportWorld(join(folder, 'photos'), 2)))
    if (model === null) throw new Error('no pocket list')
    const target = join(folder, 'pocket.pdf')
    const cacheDir = join(folder, 'cache')
    await renderReport({ model, further: [], fontsDir: FONTS, photo: () => null, cacheDir, target })
    page = popplerPage(target, 2, 150)
    codes = await codesIn(page)
  }, 60_000)

  test('are all read: the page’s own and one an item', () => {
    const kinds = codes.map((text) => readCode(text)?.kind)
    expect(kinds.filter((kind) => kind === 'page')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'item').length).toBeGreaterThan(1)
    expect(kinds).not.toContain(undefined)
  })

  test.each([90, 180, 270, 3, 7, 33])('turned by %i°', async (angle) => {
    expect(await codesIn(await jpeg(sharp(page).rotate(angle, { background: '#777' })))).toEqual(codes)
  })

  test('photographed aslant, in bad light, out of focus, small', async () => {
    const leaning = await aslant(page, [
      [0.12, 0.06],
      [0.9, 0.14],
      [0.98, 0.94],
      [0.03, 0.86],
    ])
    expect(await codesIn(await jpeg(leaning))).toEqual(codes)
    expect(await codesIn(await jpeg(await grainy(page, 60, 1)))).toEqual(codes)
    expect(await codesIn(await jpeg(sharp(page).blur(1)))).toEqual(codes)
    expect(await codesIn(await jpeg(sharp(page).resize(900)))).toEqual(codes)
    expect(await codesIn(await jpeg(sharp(page).linear(0.35, 20)))).toEqual(codes)
  })

  test('lying somewhere in a photo of a phone, by its EXIF on its side', async () => {
    const scene = await makePhoto(5, { width: 4000, height: 3000 })
    const sheet = await sharp(page).resize({ height: 2000 }).rotate(12, { background: '#999' }).toBuffer()
    const photo = await sharp(scene)
      .composite([{ input: sheet, left: 900, top: 250 }])
      .rotate(90)
      .toBuffer()
    expect(await codesIn(await sharp(photo).jpeg({ quality: 80 }).withMetadata({ orientation: 8 }).toBuffer())).toEqual(
      codes,
    )
  })

  test('in a PDF from a scanner: JPEG or fax pages, several, beside other streams', async () => {
    const { width, height } = await sharp(page).metadata()
    const photo = { width, height, filter: 'DCTDecode', data: await jpeg(sharp(page).greyscale()) }
    expect(await codesIn(scanPdf([photo]))).toEqual(codes)
    const large = await sharp(page).resize({ width: 2480 }).toBuffer()
    const fax = { filter: 'CCITTFaxDecode', ...(await faxOf(large)), more: '/DecodeParms << /K -1 /Columns 2480 >> ' }
    expect(await codesIn(scanPdf([fax]))).toEqual(codes)
    const negative = {
      filter: 'CCITTFaxDecode',
      ...(await faxOf(await sharp(large).flatten({ background: '#fff' }).negate().toBuffer())),
    }
    const turned = { ...negative, more: '/ImageMask true /Decode [1 0] /DecodeParms << /K -1 /Columns 2480 >> ' }
    expect(await codesIn(scanPdf([turned]))).toEqual(codes)
    expect(await codesIn(scanPdf([{ ...turned, more: '/DecodeParms << /K -1 /BlackIs1 true >> ' }]))).toEqual(codes)
    const blank = {
      width: 800,
      height: 1100,
      filter: 'DCTDecode',
      data: await jpeg(sharp({ create: { width: 800, height: 1100, channels: 3, background: '#fff' } })),
    }
    expect(await codesIn(scanPdf([blank, photo, fax]))).toEqual(codes)
    expect(await codesIn(scanPdf([blank]))).toEqual([])
    const path = join(folder, 'scan.pdf')
    writeFileSync(path, scanPdf([photo]))
    // Another program sees the same paper in it.
    expect(await codesIn(popplerPage(path, 1, 150))).toContain(codes[0])
  })

  test('a PDF whose pages cannot be looked at is refused whole', async () => {
    const refused = async (bytes: Buffer) => {
      const path = join(folder, `${++made}`)
      writeFileSync(path, bytes)
      const read = await readPictureCodes({ path }, ALONE)
      return read.ok ? read.value : read.failure.code
    }
    const { width, height } = await sharp(page).metadata()
    const good = { width, height, filter: 'DCTDecode', data: await jpeg(page) }
    const fax = await faxOf(page)
    expect(await refused(scanPdf([good]))).toEqual(expect.arrayContaining(codes))
    expect(await refused(scanPdf([{ ...good, filter: 'JBIG2Decode' }]))).toBe('unsupportedFile')
    expect(await refused(scanPdf([{ ...good, data: good.data.subarray(0, 4000) }]))).toBe('unsupportedFile')
    expect(await refused(scanPdf([good, { ...good, data: good.data.subarray(0, 4000) }]))).toBe('unsupportedFile')
    expect(await refused(scanPdf([{ ...fax, filter: 'CCITTFaxDecode', more: '/DecodeParms << /K 0 >> ' }]))).toBe(
      'unsupportedFile',
    )
    expect(await refused(scanPdf([{ ...good, data: Buffer.from('encrypted'.repeat(99)) }]))).toBe('unsupportedFile')
    expect(await refused(scanPdf([{ ...good, width: 40, height: 40 }]))).toBe('unsupportedFile')
    expect(
      await refused(
        Buffer.from('%PDF-1.4\n1 0 obj\n<< /Subtype /Image /Filter /DCTDecode /Width 900 /Height 900 >>\nstream\n'),
      ),
    ).toBe('unsupportedFile')
    expect(await refused(Buffer.from(`%PDF-1.4\n${'stream '.repeat(50_000)}`))).toBe('unsupportedFile')
  })

  test('a page whose code is torn off has none of it', async () => {
    const { width, height } = await sharp(page).metadata()
    const left = await sharp(page)
      .extract({ left: 0, top: 0, width: Math.round(width * 0.6), height })
      .toBuffer()
    expect(await codesIn(left)).toEqual([])
  })
})

test('every code of a picture is answered once, foreign ones too; long texts are cut', async () => {
  const symbols = await Promise.all(
    ['YP1/X', 'https://example.cn', 'x'.repeat(900), 'YP1/X'].map((text) => toBuffer(text, { width: 300 })),
  )
  const picture = await sharp({ create: { width: 1300, height: 400, channels: 3, background: '#fff' } })
    .composite(symbols.map((input, n) => ({ input, left: 10 + n * 320, top: 40 })))
    .png()
    .toBuffer()
  expect(await codesIn(picture)).toEqual(['YP1/X', 'https://example.cn', 'x'.repeat(500)].toSorted())
})

test('a photo without codes has none; what is no picture is refused; a cancel ends it', async () => {
  expect(await codesIn(await makePhoto(3, { width: 1600, height: 1200 }))).toEqual([])
  const path = join(folder, 'text')
  writeFileSync(path, '%PDF-1.7 not a picture')
  expect(await readPictureCodes({ path }, ALONE)).toEqual({ ok: false, failure: { code: 'unsupportedFile' } })
  const stopped = { signal: AbortSignal.abort(), progress: () => undefined }
  expect(await readPictureCodes({ path }, stopped)).toEqual({ ok: false, failure: { code: 'cancelled' } })
})
