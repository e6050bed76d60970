import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildReport } from '../../../shared/report/build.ts'
import { checkCodeOf, reportStrings, type ReportModel } from '../../../shared/report/model.ts'
import { formatMicro } from '../../../shared/scoring/numbers.ts'
import { reportWorld, type ReportWorld } from '../../support/report-world.ts'
import { PROFILES, type ProfileName } from '../../../shared/domain/template.ts'

let world: ReportWorld
const folder = mkdtempSync(join(tmpdir(), 'report-'))
beforeAll(async () => {
  world = await reportWorld(folder, 6)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const build = (profile: ProfileName, over: Partial<ReportWorld> = {}, language: 'zh' | 'en' = 'zh'): ReportModel =>
  buildReport({ ...world, ...over, profile, language })
const textOf = (model: ReportModel): string =>
  reportStrings(model)
    .map((s) => s.text)
    .join('\n')
const headings = (model: ReportModel): string[] =>
  model.blocks.flatMap((b) => (b.kind === 'heading' && b.level === 1 ? [b.text] : []))

describe('the report model', () => {
  test('the archive copy has every chapter, the enterprise copy those of its profile, numbered through', () => {
    expect(headings(build('archive'))).toHaveLength(18)
    const enterprise = headings(build('enterprise'))
    expect(enterprise.map((h) => h.split('、')[0])).toEqual([
      '现场评价结果一览表',
      '一',
      '二',
      '三',
      '四',
      '五',
      '六',
      '七',
      '八',
      '九',
      '十',
      '十一',
      '十二',
      '十三',
      '完整性说明',
    ])
    expect(enterprise.join()).not.toContain('得分汇总')
  })

  test('the enterprise copy knows nothing of a mystery visit; the others do', () => {
    const { template, sheets } = world
    const photo = sheets.flatMap((s) => s.sheet.media).find((m) => m.inReport && m.items.length > 0)
    const [id] = photo?.items ?? []
    const sections = template.sections.map((s) => ({
      ...s,
      items: s.items.map((i) => (photo?.items.includes(i.id) ? { ...i, methods: ['covert' as const] } : i)),
    }))
    const item = template.sections.flatMap((s) => s.items).find((i) => i.id === id)
    if (photo === undefined || item === undefined) throw new Error('no photo of an item')
    const covert = { template: { ...template, sections } }
    const sayings = [item.title.zh, checkCodeOf(photo.sha256)]
    for (const said of sayings) {
      expect(textOf(build('enterprise'))).toContain(said)
      expect(textOf(build('enterprise', covert))).not.toContain(said)
      expect(textOf(build('archive', covert))).toContain(said)
    }
    expect(textOf(build('enterprise', covert))).not.toContain(`${item.code} `)
  })

  test('experts: names in the archive, letters for the committee, nothing for the enterprise', () => {
    const names = world.task.team.map((m) => m.name)
    const archive = textOf(build('archive'))
    for (const name of names) expect(archive).toContain(name)
    for (const profile of ['committee', 'enterprise'] as const) {
      for (const name of names) expect(textOf(build(profile))).not.toContain(name)
    }
    expect(textOf(build('committee'))).toContain('专家A')
    expect(textOf(build('enterprise'))).not.toMatch(/专家[A-E]/)
  })

  test('personal scores only in the archive; no score and no recommendation for the enterprise', () => {
    const { totals } = world.result.merge
    expect(textOf(build('archive'))).toContain('个人评分对照')
    expect(textOf(build('committee'))).not.toContain('个人评分对照')
    expect(textOf(build('committee'))).toContain(formatMicro(totals.got))
    const enterprise = textOf(build('enterprise'))
    const labels = world.template.conclusions.map((c) => c.label.zh)
    expect(labels.some((l) => textOf(build('committee')).includes(l))).toBe(true)
    for (const hidden of [formatMicro(totals.got), '得分率', '满分', '推荐意见', ...labels])
      expect(enterprise).not.toContain(hidden)
  })

  test('every scored item stands in the report with its merged score', () => {
    const rows = build('committee').blocks.flatMap((b) => (b.kind === 'table' ? b.rows : []))
    for (const merged of world.result.merge.items) {
      if (merged.score === null) continue
      const code = world.template.sections.flatMap((s) => s.items).find((i) => i.id === merged.item)?.code
      expect(rows.some((r) => r.cells[0] === code && r.cells[4] === formatMicro(merged.score ?? 0))).toBe(true)
    }
  })

  test('bonus points stand apart, so that every rate is its points over the applicable ones, and their cap is said', () => {
    const { template, result } = world
    const tables = (over: Partial<ReportWorld>) =>
      build('committee', over).blocks.filter((b) => b.kind === 'table' && b.columns[0]?.title === '章节')
    expect(tables({}).map((b) => b.kind === 'table' && b.columns.length)).toEqual([5, 5])

    const [first, ...others] = template.sections.filter((s) => s.items.some((i) => i.type === 'points'))
    const sections = template.sections.map((s) =>
      s === first ? { ...s, items: s.items.map((i) => (i.type === 'points' ? { ...i, bonus: true } : i)) } : s,
    )
    const given = result.merge.sections.map((s) => ({ ...s, bonus: s.section === first?.id ? 4_000_000 : 0 }))
    const totals = { ...result.merge.totals, bonus: 2_000_000, got: result.merge.totals.base + 2_000_000 }
    const capped = {
      template: { ...template, sections },
      result: { ...result, merge: { ...result.merge, sections: given, totals } },
    }
    expect(others.length).toBeGreaterThan(0)
    for (const table of tables(capped)) {
      if (table.kind !== 'table') throw new Error('no table')
      expect(table.columns.map((c) => c.title)).toEqual(['章节', '满分', '适用满分', '得分', '加分', '得分率'])
      const cells = table.rows.map((r) => r.cells)
      const own = given.find((s) => s.section === first?.id)
      expect(cells.find((c) => c[0]?.startsWith(`${first?.code} `))?.slice(3, 5)).toEqual([
        formatMicro(own?.base ?? 0),
        '4.00',
      ])
      expect(cells.at(-2)?.slice(3, 5)).toEqual([formatMicro(totals.base), '2.00'])
      expect(new Set(cells.map((c) => c.length))).toEqual(new Set([6]))
    }
    expect(textOf(build('committee', capped))).toContain('各章加分合计按上限计 2.00 分。')
    expect(textOf(build('committee'))).not.toContain('各章加分')
  })

  test('words: a check code, never a hash or digest; never the blunt form of a refusal', () => {
    for (const profile of PROFILES) {
      const text = textOf(build(profile))
      expect(text).not.toMatch(/哈希|摘要|(?<!予)不推荐|密钥/)
      expect(text).toContain(checkCodeOf(world.contentSha256))
    }
    expect(checkCodeOf('0123456789abcdef'.repeat(4))).toBe('0123-4567-89AB')
  })

  test('pure: the same input gives the same model, whatever the order of the sheets', () => {
    for (const profile of PROFILES)
      expect(build(profile, { sheets: world.sheets.toReversed() })).toEqual(build(profile))
  })

  test('of the closing only the confirmation is printed: report hashes and signatures change nothing', () => {
    const confirmation = {
      statement: 'reservations' as const,
      text: '对第 2 项有保留',
      representative: '陈向东',
      post: '副总经理',
      at: '2026-11-25T08:40:00.000Z',
      witnesses: ['王五'],
    }
    const early = { confirmation, signatures: [], reports: [], scans: [] }
    const late = {
      ...early,
      reports: [{ profile: 'archive' as const, sha256: 'a'.repeat(64), version: 1, changeNote: '' }],
      scans: ['b'.repeat(64)],
    }
    const model = build('archive', { result: { ...world.result, closing: early } })
    expect(textOf(model)).toContain('对第 2 项有保留')
    expect(build('archive', { result: { ...world.result, closing: late } })).toEqual(model)
    expect(textOf(build('archive'))).toContain('□ 对评价事实无异议')
  })

  test('photos: numbered in the order of the checklist, blurred copies instead of faces, position only where shown', () => {
    const sheets = structuredClone(world.sheets) as ReportWorld['sheets'][number][]
    const media = sheets.flatMap((s) => s.sheet.media)
    const [first, second] = media
    if (!first || !second) throw new Error('no photos')
    second.derivedFrom = first.sha256
    const shown = (profile: ProfileName) =>
      build(profile, { sheets }).blocks.flatMap((b) => (b.kind === 'photoSheet' ? b.photos : []))
    expect(shown('archive').map((p) => p.sha256)).toContain(first.sha256)
    expect(shown('committee').map((p) => p.sha256)).not.toContain(first.sha256)
    expect(shown('archive').map((p) => p.figure)).toEqual(media.map((_, n) => `图${n + 1}`))
    expect(textOf(build('archive'))).toContain('位置 41.80000, 123.40000')
    expect(textOf(build('committee'))).not.toContain('位置 41.8')
    first.inReport = false
    expect(shown('archive').map((p) => p.sha256)).not.toContain(first.sha256)
  })

  test('excluded and revised sheets, proxies and a corrected edition are told', () => {
    const [one, two] = world.sheets
    if (!one || !two) throw new Error('no sheets')
    const proxied = {
      ...one,
      sheet: {
        ...one.sheet,
        revision: 2,
        reason: '补充 7.4 的证据',
        proxy: { enteredBy: 'e1', checkedBy: 'e2', scans: [] },
      },
    }
    const result = {
      ...world.result,
      revision: 2,
      inputs: {
        ...world.result.inputs,
        excluded: [{ personId: two.sheet.expert.personId, sheet: null, reason: '因病退出' }],
      },
    }
    const model = build('archive', {
      sheets: [proxied, ...world.sheets.slice(1)],
      result,
      changeNote: '更正 7.4 的得分',
    })
    const text = textOf(model)
    for (const told of ['现场评价更正报告', '第 2 版', '更正 7.4 的得分', '因病退出', '补充 7.4 的证据', '代录'])
      expect(text).toContain(told)
  })

  test('English: every phrase of the report itself is English', () => {
    const own = build('enterprise', {}, 'en').blocks.flatMap((b) => (b.kind === 'heading' ? [b.text] : []))
    for (const heading of own) expect(heading).not.toMatch(/[\u4e00-\u9fff]/)
  })
})
