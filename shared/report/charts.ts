import type { Chart, ChartValue } from './chart.ts'
import type { Context } from './context.ts'
import type { Block } from './model.ts'
import { clip, deviationText, rateText, scoreText } from './values.ts'

const FULL = 10_000
/** Ends of a spread's scale, in bp; the first that holds every point is taken, the last for whatever lies beyond. */
const REACHES = [500, 1000, 2000, 5000, FULL]
/** Room for a label around a radar and before a row, in Han characters. */
const AROUND = 20
const BEFORE = 22

const block = (
  caption: string,
  chart: Chart,
  points: readonly { label: string; value: string }[],
  c: Context,
): Block[] => [
  {
    kind: 'chart',
    caption,
    chart,
    alt: `${caption}${c.w.colon}${points.map((p) => `${p.label} ${p.value}`).join(c.w.stop)}`,
  },
]

function titleOf(c: Context, sectionId: string, room: number): string {
  const section = c.template.sections.find((s) => s.id === sectionId)
  return section ? clip(`${section.code} ${c.say(section.title)}`, room) : sectionId
}

/** Rates of the sections as a radar (three or more of them), then their marks against what was applicable. */
export function sectionCharts(c: Context): Block[] {
  const { w } = c
  const rated = c.result.merge.sections.filter((s) => s.rate_bp !== null)
  if (rated.length === 0) return []
  const axes = rated.map((s): ChartValue => ({
    label: titleOf(c, s.section, AROUND),
    value: rateText(w, s.rate_bp),
    bp: s.rate_bp ?? 0,
  }))
  const longest = Math.max(1, ...rated.map((s) => Math.max(s.applicable, s.base)))
  const share = (micro: number) => Math.round((micro / longest) * FULL)
  const bars = rated.map((s) => ({
    label: titleOf(c, s.section, BEFORE),
    value: w.gotOfFull(scoreText(w, s.base), scoreText(w, s.applicable)),
    bp: share(s.base),
    fullBp: share(s.applicable),
  }))
  return [
    ...(axes.length >= 3 ? block(w.radarCaption, { form: 'radar', axes }, axes, c) : []),
    ...block(w.barsCaption, { form: 'bars', bars, legend: w.barsLegend }, bars, c),
  ]
}

/** How far the experts lie from the merge in each section; points are sorted, so that none can be followed through the rows. */
export function spreadChart(c: Context): Block[] {
  const { w, result } = c
  const { experts } = result.merge.deviation
  const rows = result.merge.sections.flatMap(({ section }) => {
    const points = experts
      .flatMap((e) => e.sections.find((s) => s.section === section)?.horizontal_bp ?? [])
      .toSorted((a, b) => a - b)
    const [low = 0, high = 0] = [points[0], points.at(-1)]
    return points.length > 1
      ? [{ label: titleOf(c, section, BEFORE), value: w.fromTo(deviationText(w, low), deviationText(w, high)), points }]
      : []
  })
  if (rows.length === 0) return []
  const furthest = Math.max(...rows.flatMap((r) => r.points.map(Math.abs)))
  const reachBp = REACHES.find((r) => r >= furthest) ?? FULL
  const ends: [string, string, string] = [deviationText(w, -reachBp), w.spreadZero, deviationText(w, reachBp)]
  return block(w.spreadCaption, { form: 'spread', rows, reachBp, ends, legend: w.spreadLegend }, rows, c)
}
