import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newInk, put, taken } from '../../../electron/report/pdf/ink.ts'
import { layoutReport } from '../../../electron/report/pdf/layout.ts'
import { newStructure } from '../../../electron/report/pdf/structure.ts'
import { renderReport } from '../../../electron/report/render.ts'
import { buildReport } from '../../../shared/report/build.ts'
import type { Block, ReportModel } from '../../../shared/report/model.ts'
import type { Mark, Page, Tag } from '../../../electron/report/pdf/display.ts'
import { pdfjsTags, type TaggedPart } from '../../support/pdf-readers.ts'
import { FONTS, bare, faces, modelOf, tableOf } from '../../support/report-model.ts'
import { reportWorld } from '../../support/report-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'tags-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let model: ReportModel
let path: string
let roots: TaggedPart[]
beforeAll(async () => {
  const world = await reportWorld(join(folder, 'photos'), 6)
  model = buildReport({ ...world, profile: 'archive', language: 'zh' })
  path = join(folder, 'report.pdf')
  const made = await renderReport({ model, fontsDir: FONTS, photo: world.photo, cacheDir: folder, target: path })
  if (!made.ok) throw new Error(made.failure.code)
  roots = await pdfjsTags(path)
})

const all = (parts: readonly TaggedPart[]): TaggedPart[] => parts.flatMap((p) => [p, ...all(p.parts)])
const withRole = (...roles: string[]): TaggedPart[] => all(roots).filter((p) => roles.includes(p.role))
const blocksOf = <K extends Block['kind']>(kind: K) =>
  model.blocks.flatMap((b) => (b.kind === kind ? [b as Extract<Block, { kind: K }>] : []))
const allTags = (tag: Tag): Tag[] => [tag, ...tag.kids.flatMap(allTags)]

describe('structure tags', () => {
  test('headings by level, in reading order', () => {
    const headings = withRole('H1', 'H2', 'H3').map((p) => [Number(p.role[1]), bare(p.text)])
    expect(headings).toEqual(blocksOf('heading').map((h) => [h.level, bare(h.text)]))
  })

  test('every cell of every table is a cell of its own with its whole text', () => {
    const cells = new Set(withRole('TD', 'TH').map((p) => bare(p.text)))
    const wanted = blocksOf('table').flatMap((t) => [
      ...t.columns.map((c) => c.title),
      ...t.rows.flatMap((r) => r.cells),
    ])
    expect(wanted.filter((text) => !cells.has(bare(text)))).toEqual([])
  })

  test('photos, charts and the QR symbol are figures with words', () => {
    const figures = withRole('Figure')
    const photos = blocksOf('photoSheet').flatMap((b) => b.photos)
    expect(figures.map((f) => f.alt)).toEqual([
      ...blocksOf('chart').map((c) => c.alt),
      ...photos.map((p) => `${p.figure} ${p.caption}`.trim()),
      ...blocksOf('integrity').map((b) => `QR ${b.qr}`),
    ])
  })

  test('contents are entries with a link each', () => {
    const entries = withRole('TOCI')
    expect(entries).toHaveLength(blocksOf('heading').filter((h) => h.level <= 2).length)
    for (const entry of entries) expect(entry.parts.map((p) => p.role)).toEqual(['Link'])
  })

  test('head and foot lines are no part of the text', () => {
    const tagged = all(roots)
      .map((p) => p.text)
      .join('\n')
    expect(bare(tagged)).not.toMatch(/第\d+页共\d+页/)
    expect(tagged).not.toContain(model.header.left)
    expect(bare(tagged)).toContain(bare(model.reportNumber))
  })

  test('a table over pages has one head; its rows have as many columns everywhere', () => {
    const rows = Array.from({ length: 120 }, (_, n) => [`甲${n}`, '记载'.repeat(60)])
    const layout = layoutReport(modelOf([tableOf(rows)]), faces(), () => null)
    expect(layout.pages.length).toBeGreaterThan(3)
    const tags = allTags(layout.structure)
    expect(tags.filter((t) => t.role === 'TR')).toHaveLength(121)
    expect(tags.filter((t) => t.scope === 'Column')).toHaveLength(2)
    const whole = allTags(layoutReport(model, faces(), () => 1).structure)
    for (const table of whole.filter((t) => t.role === 'Table')) {
      const widths = table.kids
        .filter((r) => r.role === 'TR')
        .map((r) => r.kids.reduce((sum, cell) => sum + (cell.span ?? 1), 0))
      expect(new Set(widths).size).toBe(1)
    }
  })

  test('the file says it is tagged, in which language, and repeats its facts as metadata', () => {
    const file = readFileSync(path).toString('latin1')
    expect(file).toMatch(/\/MarkInfo << \/Marked true >>/)
    expect(file).toMatch(/\/PageLabels << \/Nums \[0 << \/S \/D >>\] >>/)
    expect(file).toContain('<xmp:CreateDate>2026-11-25T08:30:00+00:00</xmp:CreateDate>')
    expect(Buffer.from(file, 'latin1').toString('utf8')).toContain(
      `<rdf:li xml:lang="x-default">${model.title} ${model.reportNumber}</rdf:li>`,
    )
  })

  test('neighbouring marks of one part are bracketed once; a part that goes on later is bracketed again', () => {
    const tag: Tag = { role: 'P', kids: [] }
    const other: Tag = { role: 'P', kids: [] }
    const link: Mark = { kind: 'link', x: 0, y: 0, width: 1, height: 1, heading: 0 }
    const marks = [...'abc', link, ...'def'].map((mark): Mark =>
      typeof mark === 'string' ? { kind: 'photo', x: 0, y: 0, width: 1, height: 1, sha256: mark } : mark,
    )
    const page: Page = { marks, tags: [tag, tag, null, tag, other, tag, null], furniture: 6, isCover: false }
    const ink = newInk()
    const structure = newStructure({ role: 'Document', kids: [tag, other] }, 1)
    structure.mark(page, 0, ink, (mark) => put(ink, mark.kind === 'photo' ? mark.sha256 : 'a link is not drawn'))
    expect(Buffer.from(taken(ink)).toString().split('\n')).toEqual([
      '/P <</MCID 0>> BDC',
      'a',
      'b',
      'EMC',
      '/Artifact BMC',
      'c',
      'EMC',
      '/P <</MCID 1>> BDC',
      'd',
      'EMC',
      '/P <</MCID 2>> BDC',
      'e',
      'EMC',
      '/Artifact <</Type /Pagination>> BDC',
      'f',
      'EMC',
    ])
  })
})
