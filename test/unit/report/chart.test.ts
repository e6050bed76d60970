import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildReport } from '../../../shared/report/build.ts'
import { chartStrings, drawChart, type Chart, type ChartShape } from '../../../shared/report/chart.ts'
import type { Block } from '../../../shared/report/model.ts'
import { emsOf } from '../../../shared/report/values.ts'
import { formatBp } from '../../../shared/scoring/numbers.ts'
import type { ProfileName } from '../../../shared/domain/template.ts'
import { reportWorld, type ReportWorld } from '../../support/report-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'chart-'))
let world: ReportWorld
beforeAll(async () => {
  world = await reportWorld(folder, 0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type ChartBlock = Extract<Block, { kind: 'chart' }>
const charts = (profile: ProfileName, over: Partial<ReportWorld> = {}): ChartBlock[] =>
  buildReport({ ...world, ...over, profile, language: 'zh' }).blocks.flatMap((b) => (b.kind === 'chart' ? [b] : []))
const forms = (profile: ProfileName, over: Partial<ReportWorld> = {}): string[] =>
  charts(profile, over).map((b) => b.chart.form)
const pathsOf = (shapes: readonly ChartShape[]) => shapes.flatMap((s) => (s.kind === 'path' ? [s] : []))

describe('charts of a report', () => {
  test('where scores are shown, and only there', () => {
    expect(forms('archive')).toEqual(['radar', 'bars', 'spread'])
    expect(forms('committee')).toEqual(['radar', 'bars', 'spread'])
    expect(forms('enterprise')).toEqual([])
  })

  test('values are those of the merge, and the words for readers hold every one of them', () => {
    const [radar, bars, spread] = charts('committee')
    for (const section of world.result.merge.sections) {
      if (section.rate_bp === null) continue
      expect(radar?.alt).toContain(`${formatBp(section.rate_bp)}%`)
      const points = world.result.merge.deviation.experts.flatMap(
        (e) => e.sections.find((s) => s.section === section.section)?.horizontal_bp ?? [],
      )
      if (spread?.chart.form !== 'spread' || points.length < 2) continue
      expect(spread.chart.rows.map((r) => r.points)).toContainEqual(points.toSorted((a, b) => a - b))
    }
    expect(bars?.chart.form === 'bars' && Math.max(...bars.chart.bars.map((b) => b.fullBp))).toBe(10_000)
    for (const name of world.task.team.map((m) => m.name)) expect(spread?.alt).not.toContain(name)
  })

  test('fewer than three sections make no radar; one expert no spread', () => {
    const { merge } = world.result
    const few = { ...merge, sections: merge.sections.filter((s) => s.rate_bp !== null).slice(0, 2) }
    expect(forms('archive', { result: { ...world.result, merge: few } })).toEqual(['bars', 'spread'])
    const alone = { ...merge, deviation: { ...merge.deviation, experts: merge.deviation.experts.slice(0, 1) } }
    expect(forms('archive', { result: { ...world.result, merge: alone } })).toEqual(['radar', 'bars'])
  })

  test.each([
    ['Han', '长'],
    ['Latin', 'long '],
  ])('titles of sections in %s are cut to their room', (_, part) => {
    const title = { zh: part.repeat(40), en: '' }
    const template = { ...world.template, sections: world.template.sections.map((s) => ({ ...s, title })) }
    const labels = charts('archive', { template }).flatMap(({ chart }): string[] => {
      const rows = chart.form === 'radar' ? chart.axes : chart.form === 'bars' ? chart.bars : chart.rows
      return rows.map((r) => r.label)
    })
    expect(labels.length).toBeGreaterThan(0)
    for (const label of labels) {
      expect(label.endsWith('…')).toBe(true)
      expect(emsOf(label)).toBeLessThanOrEqual(22)
    }
  })

  const value = (label: string, bp: number) => ({ label, value: `${bp / 100}%`, bp })
  const hard: [string, Chart][] = [
    [
      'a radar of three with nothing, all and too much',
      { form: 'radar', axes: [value('甲', 0), value('乙', 10_000), value('丙', 12_000)] },
    ],
    [
      'a radar of twelve',
      {
        form: 'radar',
        axes: Array.from({ length: 12 }, (_, n) => value(`第${n + 1}章 一个比较长的章节标题`, n * 800)),
      },
    ],
    ['bars of nothing', { form: 'bars', bars: [{ ...value('甲', 0), fullBp: 0 }], legend: ['得分', '满分'] }],
    [
      'points beyond the scale',
      {
        form: 'spread',
        rows: [{ label: '甲', value: '', points: [-9000, 0, 9000] }],
        reachBp: 1000,
        ends: ['-', '0', '+'],
        legend: ['人', '域'],
      },
    ],
  ]
  test.each(hard)('%s stays inside its frame, with every text', (_, chart) => {
    const { width, height, shapes } = drawChart(chart, 450)
    for (const shape of shapes) {
      const xs = shape.kind === 'path' ? shape.points.map(([x]) => x) : [shape.x, shape.x + shape.width]
      const ys = shape.kind === 'path' ? shape.points.map(([, y]) => y) : [shape.y]
      for (const x of xs) expect(x >= -3 && x <= width + 3).toBe(true)
      for (const y of ys) expect(y >= 0 && y <= height).toBe(true)
    }
    const texts = shapes.flatMap((s) => (s.kind === 'text' ? s.text.split('\n') : []))
    for (const text of chartStrings(chart)) expect(texts).toContain(text)
  })

  test('a longer score is a longer bar, in proportion', () => {
    const bars = [1000, 5000, 10_000].map((bp) => ({ ...value('甲', bp), fullBp: 10_000 }))
    const filled = pathsOf(drawChart({ form: 'bars', bars, legend: ['得分', '满分'] }, 450).shapes)
      .filter((p) => p.fill === 'accent')
      .slice(1)
    const lengths = filled.map((p) => (p.points[1]?.[0] ?? 0) - (p.points[0]?.[0] ?? 0))
    expect((lengths[1] ?? 0) / (lengths[0] ?? 1)).toBeCloseTo(5, 1)
    expect((lengths[2] ?? 0) / (lengths[1] ?? 1)).toBeCloseTo(2, 1)
  })
})
