import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scanJpeg } from '../../../electron/report/jpeg.ts'
import { buildDocument, type Hooks } from '../../../electron/report/pdf/document.ts'
import { checkPdf } from '../../../electron/report/pdf/verify.ts'
import { renderReport, type RenderRequest } from '../../../electron/report/render.ts'
import { buildReport } from '../../../shared/report/build.ts'
import type { Block, ReportModel } from '../../../shared/report/model.ts'
import { HAS_POPPLER, pdfjsRead, popplerPage } from '../../support/pdf-readers.ts'
import { expectGood } from '../../support/pdf-gates.ts'
import { FONTS, bare, modelOf, photosOf, tableOf } from '../../support/report-model.ts'
import { reportWorld, sha256, type ReportWorld } from '../../support/report-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'pdf-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let made = 0

async function render(model: ReportModel, over: Partial<RenderRequest> = {}) {
  const target = join(folder, `${++made}.pdf`)
  const outcome = await renderReport({
    model,
    fontsDir: FONTS,
    photo: () => null,
    cacheDir: join(folder, 'cache'),
    target,
    ...over,
  })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}

describe('the whole report', () => {
  let world: ReportWorld
  beforeAll(async () => {
    world = await reportWorld(join(folder, 'photos'), 6)
  })

  test.each([
    ['archive', 'zh'],
    ['committee', 'zh'],
    ['enterprise', 'zh'],
    ['archive', 'en'],
  ] as const)('%s %s passes every gate', async (profile, language) => {
    const model = buildReport({ ...world, profile, language })
    const { path, missingPhotos, pages, sha256: hash } = await render(model, { photo: world.photo })
    expect(missingPhotos).toEqual([])
    await expectGood(model, path, world.photo)
    const reading = await pdfjsRead(path)
    expect(reading).toMatchObject({
      lang: language === 'zh' ? 'zh-CN' : 'en',
      title: `${model.title} ${model.reportNumber}`,
    })
    expect(reading.pages).toHaveLength(pages)
    expect(reading.links).toBe(model.blocks.filter((b) => b.kind === 'heading' && b.level <= 2).length)
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(hash)
  })

  test('contents name the pages their chapters are on', async () => {
    const model = buildReport({ ...world, profile: 'archive', language: 'zh' })
    const reading = await pdfjsRead((await render(model, { photo: world.photo })).path)
    const contents = bare(reading.pages[2] ?? '')
    for (const { title, page } of reading.outline.filter((o) => o.depth === 0)) {
      expect(bare(reading.pages[page] ?? '')).toContain(bare(title))
      expect(contents).toContain(`${bare(title)}${page + 1}`)
    }
  })

  test('the same bytes again, also with a cold photo cache and after other reports in the same process', async () => {
    const model = buildReport({ ...world, profile: 'archive', language: 'zh' })
    const first = await render(model, { photo: world.photo })
    await render(buildReport({ ...world, profile: 'enterprise', language: 'en' }), { photo: world.photo })
    const again = await render(structuredClone(model), { photo: world.photo, cacheDir: join(folder, 'cold') })
    expect(again.sha256).toBe(first.sha256)
    const other = await render({ ...model, issuedAt: '2026-11-26T08:30:00.000Z' }, { photo: world.photo })
    expect(other.sha256).not.toBe(first.sha256)
  })
})

describe('hard content', () => {
  const note =
    '评价组抽查了近 12 个月的出厂检验记录，重点核对“耐压试验”的判定值（≤ 0.5 mA）与标准 GB/T 12241-2021 的一致性；发现 3 处涂改。'

  test.each<[string, Block[]]>([
    ['nothing but a heading', [{ kind: 'heading', level: 1, text: '空章' }]],
    [
      'TAB, NUL, zero width and astral characters',
      [{ kind: 'paragraph', tone: 'body', text: '制表\t之后的文字\u0000还在，张\u200b𬭎签收 㑇㛃' }],
    ],
    ['a 10 000-character note', [{ kind: 'labelled', label: '事实', text: note.repeat(150).slice(0, 10_000) }]],
    [
      'a row higher than a page',
      [
        tableOf([
          ['1', '短'],
          ['2', note.repeat(60)],
          ['3', '之后'],
        ]),
      ],
    ],
    [
      '500 rows and 1 row',
      [
        tableOf(Array.from({ length: 500 }, (_, n) => [`R${n + 1}`, note.slice(0, 20 + (n % 60))])),
        tableOf([['1', '一']]),
      ],
    ],
    ['a narrow column with long words', [tableOf([['GB/T19580-2012-VERY-LONG-TOKEN-WITHOUT-END-0123456789', note]])]],
    [
      'long facts in pairs',
      [
        {
          kind: 'keyValue',
          columns: 2,
          rows: [
            { label: '短', value: '一' },
            { label: '长', value: note.repeat(80) },
            { label: '空', value: '' },
          ],
        },
      ],
    ],
    [
      'Latin only',
      [
        {
          kind: 'paragraph',
          tone: 'body',
          text: 'The evaluation rests on samples; problems may exist where none was taken. '.repeat(20),
        },
      ],
    ],
    [
      'headings in a row at the foot of a page',
      Array.from({ length: 60 }, (_, n): Block => ({
        kind: 'heading',
        level: ((n % 3) + 1) as 1 | 2 | 3,
        text: `标题 ${n + 1}`,
      })),
    ],
  ])('%s', async (_, blocks) => {
    const model = modelOf(blocks)
    await expectGood(model, (await render(model)).path)
  })

  test('heads are repeated on every page of a table and rows are not torn', async () => {
    const rows = Array.from({ length: 120 }, (_, n) => [`甲${n}乙`, `丙${n}丁${note}戊${n}己`])
    const { path } = await render(modelOf([tableOf(rows, ['项次', '记载'])]))
    const { pages } = await pdfjsRead(path)
    expect(pages.length).toBeGreaterThan(5)
    for (const page of pages) expect(page).toContain('记载')
    rows.forEach((_, n) => expect(pages.some((p) => p.includes(`丙${n}丁`) && p.includes(`戊${n}己`))).toBe(true))
  })
})

describe('photos', () => {
  test('60 photos, six a page, bytes of the print copies unchanged', async () => {
    const world = await reportWorld(join(folder, 'many'), 12)
    const hashes = world.sheets.flatMap((s) => s.sheet.media.map((m) => m.sha256))
    const sixty = Array.from({ length: 60 }, (_, n) => hashes[n % 12] ?? '')
    const { path, pages } = await render(modelOf([photosOf(sixty)]), {
      photo: world.photo,
      cacheDir: join(folder, 'sixty'),
    })
    expect(pages).toBe(10)
    const file = readFileSync(path)
    const copies = readdirSync(join(folder, 'sixty'))
    expect(copies).toHaveLength(12)
    for (const name of copies) {
      const bytes = readFileSync(join(folder, 'sixty', name))
      const kept = Buffer.concat((scanJpeg(bytes)?.keep ?? []).map(([from, to]) => bytes.subarray(from, to)))
      expect(file.includes(kept)).toBe(true)
    }
    expect(file.includes('Exif')).toBe(false)
  })

  test('a caption of any length stands whole, below its row when it is long', async () => {
    const caption = '检验台左侧第三个工位的耐压测试仪与校准标签，标签编号 NY-07，有效期至 2027 年 3 月。'.repeat(60)
    const block = photosOf(['a'.repeat(64), 'b'.repeat(64)])
    if (block.kind !== 'photoSheet' || !block.photos[0]) throw new Error('no photos')
    block.photos[0].caption = caption
    const model = modelOf([block])
    await expectGood(model, (await render(model)).path)
  })

  test('a missing photo leaves a frame that says so, and is reported', async () => {
    const model = modelOf([photosOf(['c'.repeat(64)])])
    const { path, missingPhotos } = await render(model)
    expect(missingPhotos).toEqual(['c'.repeat(64)])
    expect((await pdfjsRead(path)).pages.join('')).toContain('没有照片')
  })

  test.skipIf(!HAS_POPPLER).each([1, 2, 3, 4, 5, 6, 7, 8])(
    'orientation %i is shown as a viewer shows it',
    async (orientation) => {
      const quarter = (background: string) =>
        sharp({ create: { width: 120, height: 90, channels: 3, background } })
          .png()
          .toBuffer()
      const [red, green, blue, grey] = await Promise.all(['#d00000', '#00b000', '#0000d0', '#808080'].map(quarter))
      const stored = await sharp({ create: { width: 240, height: 180, channels: 3, background: '#fff' } })
        .composite([
          { input: red, left: 0, top: 0 },
          { input: green, left: 120, top: 0 },
          { input: blue, left: 0, top: 90 },
          { input: grey, left: 120, top: 90 },
        ])
        .jpeg({ quality: 95 })
        .withMetadata({ orientation })
        .toBuffer()
      const hash = sha256(stored)
      const source = join(folder, `${hash}.jpg`)
      writeFileSync(source, stored)
      const { path } = await render(modelOf([photosOf([hash])]), { photo: () => source })
      const upright = await sharp(stored).autoOrient().resize(200, 200, { fit: 'fill' }).raw().toBuffer()
      const isTurned = orientation >= 5
      const [w, h] = isTurned ? [162 * 0.75, 162] : [162 / 0.75, 162]
      const page = sharp(popplerPage(path, 1, 72))
      const left = Math.round(70.9 + (219 - w) / 2)
      const top = Math.round(74 + (164 - h) / 2)
      const shown = await page
        .extract({ left, top, width: Math.floor(w), height: Math.floor(h) })
        .resize(200, 200, { fit: 'fill' })
        .removeAlpha()
        .raw()
        .toBuffer()
      for (const [x, y] of [
        [50, 50],
        [150, 50],
        [50, 150],
        [150, 150],
      ] as const) {
        for (let channel = 0; channel < 3; channel++) {
          const at = (y * 200 + x) * 3 + channel
          expect(Math.abs((shown[at] ?? 0) - (upright[at] ?? 0))).toBeLessThan(24)
        }
      }
    },
  )
})

describe('refusals', () => {
  const strange = modelOf([
    { kind: 'heading', level: 1, text: '三、企业概况' },
    { kind: 'paragraph', tone: 'body', text: '负责人张\u{e000}三😀签收' },
  ])

  test('a character no font has is reported with its place before anything is written', async () => {
    const target = join(folder, 'strange.pdf')
    const request = { model: strange, fontsDir: FONTS, photo: () => null, cacheDir: folder, target }
    const refused = await renderReport(request)
    expect(refused).toMatchObject({ ok: false, failure: { code: 'missingGlyph' } })
    const problems = refused.ok ? [] : (refused.failure.problems ?? [])
    expect(problems.map((p) => [p.code, p.path])).toEqual([
      ['U+E000', '三、企业概况'],
      ['U+1F600', '三、企业概况'],
    ])
    expect(problems[1]?.message).toContain('三😀签收')
    expect(existsSync(target)).toBe(false)
    const accepted = await renderReport({ ...request, printsMissingGlyphs: true })
    expect(accepted.ok).toBe(true)
    expect((await pdfjsRead(target)).pages.join('')).toContain('张〔U+E000〕三〔U+1F600〕签收')
  })

  test('cancelled: nothing is left behind, and an older report stays', async () => {
    const target = join(folder, 'kept.pdf')
    writeFileSync(target, 'older')
    const controller = new AbortController()
    const model = modelOf([photosOf(['d'.repeat(64)])])
    const outcome = await renderReport({
      model,
      fontsDir: FONTS,
      photo: () => null,
      cacheDir: folder,
      target,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    })
    expect(outcome).toEqual({ ok: false, failure: { code: 'cancelled' } })
    expect(readFileSync(target, 'utf8')).toBe('older')
    expect(existsSync(`${target}.part`)).toBe(false)
  })

  test('a target that cannot be written is a failure with a code', async () => {
    const blocked = join(folder, 'is-a-folder.pdf')
    mkdirSync(join(blocked, 'inside'), { recursive: true })
    const outcome = await renderReport({
      model: modelOf([]),
      fontsDir: FONTS,
      photo: () => null,
      cacheDir: folder,
      target: blocked,
    })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'storageFailed' } })
    expect(existsSync(`${blocked}.part`)).toBe(false)
  })

  test('an error inside an event of jsPDF comes out, and the next document is whole', () => {
    const info = {
      title: 't',
      subject: 's',
      language: 'zh-CN',
      fileId: '0'.repeat(32),
      issuedAt: '2026-11-25T08:30:00.000Z',
    }
    const hooks: Hooks = { fonts: () => new Map(), images: () => new Map(), page: () => '', catalogue: () => '' }
    const content = Buffer.from('0 g')
    for (const name of ['fonts', 'images', 'page', 'catalogue'] as const) {
      const broken = () => {
        throw new Error(`broken ${name}`)
      }
      expect(() => buildDocument([content], [100, 100], info, { ...hooks, [name]: broken })).toThrow(`broken ${name}`)
    }
    expect(buildDocument([content], [100, 100], info, hooks).length).toBeGreaterThan(1)
  })

  test('a file of more than five hundred pages is sound', async () => {
    const blocks = Array.from({ length: 520 }, (_, n): Block[] => [
      { kind: 'paragraph', tone: 'body', text: `第 ${n} 页` },
      { kind: 'pageBreak' },
    ])
    expect(await render(modelOf(blocks.flat()))).toMatchObject({ pages: 520 })
  })

  test('the check of the finished file sees what is wrong with it', async () => {
    const { path, pages } = await render(modelOf([{ kind: 'paragraph', tone: 'body', text: '完整' }]))
    expect(checkPdf(path, pages)).toBeNull()
    expect(checkPdf(path, pages + 1)).toMatch(/pages/)
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.subarray(0, bytes.length - 40))
    expect(checkPdf(path, pages)).toBe('end of file')
    const shifted = Buffer.concat([bytes.subarray(0, 20), Buffer.from('\n'), bytes.subarray(20)])
    writeFileSync(path, shifted)
    expect(checkPdf(path, pages)).not.toBeNull()
  })
})
