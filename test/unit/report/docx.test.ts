import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderDocx } from '../../../electron/report/docx/write.ts'
import type { PrintRequest } from '../../../electron/report/render.ts'
import { buildReport } from '../../../shared/report/build.ts'
import { reportStrings, type ReportModel } from '../../../shared/report/model.ts'
import { FONTS, bare, modelOf, photosOf, tableOf } from '../../support/report-model.ts'
import { reportWorld, type ReportWorld } from '../../support/report-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'docx-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let made = 0

async function write(model: ReportModel, over: Partial<PrintRequest> = {}) {
  const target = join(folder, `${++made}.docx`)
  const cacheDir = join(folder, 'cache')
  const outcome = await renderDocx({ model, fontsDir: FONTS, photo: () => null, cacheDir, target, ...over })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  const files = unzipSync(readFileSync(outcome.value.path))
  const part = (name: string): string => strFromU8(files[name] ?? new Uint8Array())
  return { ...outcome.value, files, part }
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
/** What a person reads of a part: the text between its tags. */
const wordsOf = (xml: string): string =>
  bare(xml.replaceAll(/<[^>]*>/g, '').replaceAll(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? ''))

describe('a report as a Word document', () => {
  let world: ReportWorld
  beforeAll(async () => {
    world = await reportWorld(join(folder, 'photos'), 6)
  })

  test.each([
    ['archive', 'zh'],
    ['committee', 'zh'],
    ['enterprise', 'zh'],
    ['archive', 'en'],
  ] as const)('%s %s holds every string of the model, and nothing outside it', async (profile, language) => {
    const model = buildReport({ ...world, profile, language })
    const { files, part, missingPhotos } = await write(model, { photo: world.photo })
    expect(missingPhotos).toEqual([])
    const all = wordsOf(
      Object.keys(files)
        .filter((name) => /^word\/(document|header\d|footer\d)\.xml$/.test(name))
        .map(part)
        .join(''),
    )
    const lost = reportStrings(model).filter(({ text }) => !all.includes(bare(text)))
    expect(lost).toEqual([])
    for (const name of Object.keys(files).filter((n) => n.endsWith('.rels')))
      expect(part(name)).not.toContain('External')
    expect(part('word/styles.xml')).toContain(
      `<w:lang w:val="${language === 'zh' ? 'zh-CN' : 'en-US'}" w:eastAsia="zh-CN"/>`,
    )
  })

  test('headings are headings, contents a field with entries, tables keep heads and rows, charts are shapes with words', async () => {
    const model = buildReport({ ...world, profile: 'archive', language: 'zh' })
    const { part, pages } = await write(model, { photo: world.photo })
    const xml = part('word/document.xml')
    const headings = model.blocks.flatMap((b) => (b.kind === 'heading' ? [b] : []))
    expect(xml.match(/<w:pStyle w:val="Heading[123]"\/>/g)).toHaveLength(headings.length)
    expect(xml).toContain('TOC \\h \\o &quot;1-2&quot;')
    const entries = [...xml.matchAll(/<w:hyperlink [^>]*w:anchor="(h\d+)".*?<\/w:hyperlink>/g)]
    expect(entries).toHaveLength(headings.filter((h) => h.level <= 2).length)
    for (const [, anchor] of entries) expect(xml).toContain(`w:name="${anchor}"`)
    const tables = model.blocks.filter((b) => b.kind === 'table').length
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(tables)
    expect(xml.match(/<w:cantSplit\/>/g)?.length).toBeGreaterThan(tables)
    const charts = model.blocks.flatMap((b) => (b.kind === 'chart' ? [b] : []))
    expect(xml.match(/<wpg:wgp>/g)).toHaveLength(charts.length)
    for (const { alt } of charts) expect(xml).toContain(`descr="${alt.replaceAll('\n', '&#xA;')}"`)
    expect(part('word/footer1.xml')).toContain('NUMPAGES')
    expect(pages).toBeGreaterThan(10)
  })

  test('the same bytes again, whatever was made before, and no clock', async () => {
    const model = buildReport({ ...world, profile: 'archive', language: 'zh' })
    const first = await write(model, { photo: world.photo })
    await write({ ...buildReport({ ...world, profile: 'enterprise', language: 'en' }), draft: 'DRAFT' })
    const again = await write(structuredClone(model), { photo: world.photo, cacheDir: join(folder, 'cold') })
    expect(again.sha256).toBe(first.sha256)
    expect(first.part('docProps/core.xml')).toContain(`>${model.issuedAt}</dcterms:created>`)
    expect(first.part('docProps/core.xml')).toContain(model.reportNumber)
    const ids = [...first.part('word/document.xml').matchAll(/<(?:wp:docPr|wps:cNvPr) id="(\d+)"/g)].map((m) => m[1])
    expect(new Set(ids).size).toBe(ids.length)
    const later = await write({ ...model, issuedAt: '2026-11-26T08:30:00.000Z' }, { photo: world.photo })
    expect(later.sha256).not.toBe(first.sha256)
  })

  test('no empty page after a full one: what is above a page break ends without its gap', async () => {
    const blocks = (next: ReportModel['blocks'][number]): ReportModel['blocks'] => [
      tableOf([['1', '甲']]),
      next,
      { kind: 'heading', level: 1, text: '下一页' },
    ]
    const gaps = async (next: ReportModel['blocks'][number]) =>
      (await write(modelOf(blocks(next)))).part('word/document.xml').match(/<w:pStyle w:val="Space"\/>/g)?.length ?? 0
    expect(await gaps({ kind: 'pageBreak' })).toBe(0)
    expect(await gaps({ kind: 'paragraph', text: '同一页', tone: 'body' })).toBe(1)
  })

  test('short facts stay on one page, long ones and photos may be parted', async () => {
    const facts = (value: string): ReportModel['blocks'] => [
      { kind: 'keyValue', columns: 1, rows: ['一', '二', '三'].map((label) => ({ label, value })) },
    ]
    const tied = async (blocks: ReportModel['blocks']) =>
      (await write(modelOf(blocks))).part('word/document.xml').match(/<w:keepNext\/>/g)?.length ?? 0
    expect(await tied(facts('短'))).toBe(4)
    expect(await tied(facts('长'.repeat(400)))).toBe(0)
    expect(await tied([photosOf(['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)])])).toBe(0)
  })

  test('Latin heads are bold, 黑体 is by itself', async () => {
    const styles = async (language: 'zh' | 'en') =>
      (await write(modelOf([], { language })))
        .part('word/styles.xml')
        .match(/<w:style [^>]*w:styleId="Heading1".*?<\/w:style>/)?.[0]
    expect(await styles('en')).toMatch(/<w:b\/>/)
    expect(await styles('zh')).not.toMatch(/<w:b\/>/)
  })

  test('a draft says so on every page, an issued report nowhere', async () => {
    const model = buildReport({ ...world, profile: 'committee', language: 'zh' })
    const draft = await write({ ...model, draft: '草稿' })
    const issued = await write(model)
    const marks = (name: string) => [draft, issued].map((d) => d.part(name).includes('string="草稿"'))
    expect(marks('word/header1.xml')).toEqual([true, false])
    expect(marks('word/header2.xml')).toEqual([true, false])
  })
})

describe('hard content', () => {
  test('rare Han of every plane stay, what XML cannot hold goes', async () => {
    const rare = '䶮𬭎㑇𠮷𰻝𲎯'
    const model = modelOf([
      { kind: 'paragraph', tone: 'body', text: `张${rare}签\u0000收\u000b<b>&amp;\ud800完\n第二行` },
    ])
    const { part } = await write(model)
    const words = wordsOf(part('word/document.xml'))
    expect(words).toContain(`张${rare}签收<b>&amp;完第二行`)
    expect(part('word/document.xml')).toContain('<w:br/>')
  })

  test('pictures are the print copies, upright, without position; a missing one leaves its words', async () => {
    const tall = await reportWorld(join(folder, 'tall'), 5)
    const hashes = tall.sheets.flatMap((s) => s.sheet.media.map((m) => m.sha256))
    const model = modelOf([photosOf([...hashes, 'f'.repeat(64)])])
    const { files, part, missingPhotos } = await write(model, { photo: tall.photo })
    expect(missingPhotos).toEqual(['f'.repeat(64)])
    const pictures = Object.entries(files).filter(([name]) => name.endsWith('.jpg'))
    expect(pictures).toHaveLength(hashes.length)
    for (const [, bytes] of pictures) {
      const meta = await sharp(bytes).metadata()
      expect([meta.orientation ?? 1, meta.exif]).toEqual([1, undefined])
    }
    expect(wordsOf(part('word/document.xml'))).toContain('没有照片')
  })

  test('a row higher than a page may break, all others stay whole', async () => {
    const model = modelOf([
      tableOf([
        ['1', '短'],
        ['2', '长'.repeat(4000)],
      ]),
    ])
    const { part } = await write(model)
    expect(part('word/document.xml').match(/<w:cantSplit\/>/g)).toHaveLength(2)
  })

  test('nothing is left after a cancel, and nothing is overwritten', async () => {
    const model = modelOf([{ kind: 'paragraph', tone: 'body', text: '一' }])
    const target = join(folder, 'kept.docx')
    await write(model, { target })
    const before = readFileSync(target)
    const request = { model, fontsDir: FONTS, photo: () => null, cacheDir: join(folder, 'cache'), target }
    expect(await renderDocx(request)).toMatchObject({ ok: false, failure: { code: 'fileExists' } })
    expect(readFileSync(target).equals(before)).toBe(true)
    const signal = AbortSignal.abort()
    const other = join(folder, 'cancelled.docx')
    expect(await renderDocx({ ...request, target: other, signal })).toMatchObject({ failure: { code: 'cancelled' } })
    expect(existsSync(other)).toBe(false)
    expect(readdirSync(folder).filter((n) => n.endsWith('.part'))).toEqual([])
  })
})
