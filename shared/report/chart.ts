/** A point on an axis of a radar, a bar or a row: what it is called, its value as text, and the number that places it. */
export type ChartValue = { label: string; value: string; bp: number }
/** `points` in bp of full marks off the merge, one an expert, in no order that would tell who. */
export type SpreadRow = { label: string; value: string; points: number[] }
/**
 * `radar`: bp of full marks, 0–10 000, three axes or more. `bars`: `bp` and `fullBp` in bp of the longest bar. `spread`: signed,
 * `reachBp` is the end of the scale. Nothing is told by colour alone: values stand beside, forms differ.
 */
export type Chart =
  | { form: 'radar'; axes: ChartValue[] }
  | { form: 'bars'; bars: (ChartValue & { fullBp: number })[]; legend: [got: string, full: string] }
  | {
      form: 'spread'
      rows: SpreadRow[]
      reachBp: number
      ends: [below: string, zero: string, above: string]
      legend: [one: string, range: string]
    }

export type ChartTone = 'ink' | 'muted' | 'grid' | 'accent' | 'pale' | 'paper'
/** Points from the top left corner. A text is set in `width` from `x` on, its middle at height `y`; LF starts a new line. */
export type ChartShape =
  | {
      kind: 'path'
      points: [number, number][]
      closed: boolean
      fill: ChartTone | null
      stroke: ChartTone | null
      weight: number
      dashed: boolean
    }
  | {
      kind: 'text'
      text: string
      x: number
      y: number
      width: number
      align: 'left' | 'center' | 'right'
      size: number
      tone: ChartTone
    }

export type ChartDrawing = { width: number; height: number; shapes: ChartShape[] }

/** Places a chart in a width (points); any drawing program can paint the shapes in order. */
export function drawChart(chart: Chart, width: number): ChartDrawing {
  if (chart.form === 'radar') return radar(chart.axes, width)
  return chart.form === 'bars' ? bars(chart, width) : spread(chart, width)
}

/** Every text of a chart. */
export function chartStrings(chart: Chart): string[] {
  if (chart.form === 'radar') return chart.axes.flatMap((a) => [a.label, a.value])
  if (chart.form === 'bars') return [...chart.bars.flatMap((b) => [b.label, b.value]), ...chart.legend]
  return [...chart.rows.flatMap((r) => [r.label, r.value]), ...chart.ends, ...chart.legend]
}

const FULL = 10_000
const TEXT = 8.5
const round = (value: number): number => Math.round(value * 100) / 100

type Pen = Partial<Omit<Extract<ChartShape, { kind: 'path' }>, 'kind' | 'points'>>
type Point = [x: number, y: number]

function path(points: readonly Point[], pen: Pen): ChartShape {
  const rounded = points.map(([x, y]): Point => [round(x), round(y)])
  return { kind: 'path', closed: true, fill: null, stroke: null, weight: 0.5, dashed: false, ...pen, points: rounded }
}

const line = (from: Point, to: Point, pen: Pen): ChartShape =>
  path([from, to], { closed: false, stroke: 'grid', ...pen })

const box = (x: number, y: number, width: number, height: number, pen: Pen): ChartShape =>
  path(
    [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ],
    pen,
  )

/** A dot with twelve corners: round enough, and a path like everything else. */
function dot(x: number, y: number, radius: number, pen: Pen): ChartShape {
  const corners = Array.from({ length: 12 }, (_, n): Point => around(x, y, radius, n / 12))
  return path(corners, pen)
}

/** The point at a share of a full turn, clockwise from the top. */
const around = (x: number, y: number, radius: number, turn: number): Point => [
  x + radius * Math.sin(turn * 2 * Math.PI),
  y - radius * Math.cos(turn * 2 * Math.PI),
]

type Words = Partial<Omit<Extract<ChartShape, { kind: 'text' }>, 'kind' | 'text' | 'x' | 'y' | 'width'>>
const text = (words: string, x: number, y: number, width: number, options: Words = {}): ChartShape => ({
  kind: 'text',
  text: words,
  x: round(x),
  y: round(y),
  width: round(width),
  align: 'left',
  size: TEXT,
  tone: 'ink',
  ...options,
})

function radar(axes: readonly ChartValue[], width: number): ChartDrawing {
  const radius = 92
  const [cx, cy] = [width / 2, radius + 34]
  const at = (n: number, share: number): Point => around(cx, cy, radius * share, n / axes.length)
  const ring = (share: number) => axes.map((_, n) => at(n, share))
  const result = axes.map((a, n) => at(n, Math.min(Math.max(a.bp, 0), FULL) / FULL))
  return {
    width,
    height: 2 * radius + 68,
    shapes: [
      path(result, { fill: 'pale' }),
      ...[0.25, 0.5, 0.75].map((share) => path(ring(share), { stroke: 'grid', weight: 0.35, dashed: true })),
      path(ring(1), { stroke: 'grid', weight: 0.6 }),
      ...axes.map((_, n) => line([cx, cy], at(n, 1), { weight: 0.35 })),
      path(result, { stroke: 'accent', weight: 1.4 }),
      ...result.map(([x, y]) => dot(x, y, 2.1, { fill: 'accent' })),
      ...[25, 50, 75].map((percent) =>
        text(`${percent}`, cx + 3, cy - (radius * percent) / 100, 20, { size: 6.5, tone: 'muted' }),
      ),
      ...axes.map((a, n) => radarLabel(a, n / axes.length, cx, cy, radius)),
    ],
  }
}

function radarLabel({ label, value }: ChartValue, turn: number, cx: number, cy: number, radius: number): ChartShape {
  const width = 112
  const [x, y] = around(cx, cy, radius + 9, turn)
  const side = Math.abs(x - cx) < 8 ? 'center' : x > cx ? 'left' : 'right'
  const left = side === 'center' ? x - width / 2 : side === 'left' ? x : x - width
  const middle = side !== 'center' ? y : y < cy ? y - 13 : y + 13
  return text(`${label}\n${value}`, left, middle, width, { align: side })
}

const ROW = 18
const LABEL = 150
const LONGEST_LABEL = 204

/** Room for labels before bars and rows, in points: as much as the longest is likely to need. */
function labelRoom(labels: readonly string[]): number {
  const halves = labels.map((l) => [...l].reduce((sum, c) => sum + (c > '\u02ff' ? 2 : 1.08), 0))
  return Math.min(LONGEST_LABEL, Math.max(LABEL, Math.ceil((Math.max(0, ...halves) * TEXT) / 2)))
}

/** Got marks filled, full marks as the outline behind. */
function bars({ bars: values, legend }: Extract<Chart, { form: 'bars' }>, width: number): ChartDrawing {
  const label = labelRoom(values.map((v) => v.label))
  const left = label + 8
  const room = width - left - 100
  const length = (bp: number) => (Math.min(Math.max(bp, 0), FULL) / FULL) * room
  const rows = values.flatMap((b, n): ChartShape[] => {
    const y = 22 + n * ROW
    return [
      text(b.label, 0, y + ROW / 2, label, { align: 'right' }),
      box(left, y + 4, length(b.fullBp), ROW - 8, { stroke: 'grid', fill: 'paper', weight: 0.6 }),
      box(left, y + 4, length(b.bp), ROW - 8, { fill: 'accent' }),
      text(b.value, left + length(Math.max(b.bp, b.fullBp)) + 6, y + ROW / 2, 94),
    ]
  })
  const bottom = 22 + values.length * ROW
  return {
    width,
    height: bottom + 4,
    shapes: [
      box(left, 3, 14, 9, { fill: 'accent' }),
      text(legend[0], left + 19, 7.5, 90),
      box(left + 115, 3, 14, 9, { stroke: 'grid', fill: 'paper', weight: 0.6 }),
      text(legend[1], left + 134, 7.5, 120),
      ...rows,
      line([left, 19], [left, bottom], { stroke: 'ink', weight: 0.7 }),
    ],
  }
}

/** Every expert as a ring on the row of a section, the range between the outermost as a bar, the merge as the line at zero. */
function spread({ rows, reachBp, ends, legend }: Extract<Chart, { form: 'spread' }>, width: number): ChartDrawing {
  const label = labelRoom(rows.map((r) => r.label))
  const left = label + 12
  const room = width - left - 100
  const zero = left + room / 2
  const bottom = 22 + rows.length * ROW
  const place = (bp: number) => zero + (Math.min(Math.max(bp / reachBp, -1), 1) * room) / 2
  const drawn = rows.flatMap((r, n): ChartShape[] => {
    const y = 22 + (n + 0.5) * ROW
    const xs = r.points.map(place)
    const [low, high] = [Math.min(zero, ...xs), Math.max(zero, ...xs)]
    const range =
      xs.length > 0
        ? [
            box(Math.min(...xs), y - 2.4, Math.max(...xs) - Math.min(...xs), 4.8, {
              fill: 'pale',
              stroke: 'grid',
              weight: 0.4,
            }),
          ]
        : []
    return [
      text(r.label, 0, y, label, { align: 'right' }),
      line([left, y], [low, y], { weight: 0.3, dashed: true }),
      line([high, y], [left + room, y], { weight: 0.3, dashed: true }),
      ...range,
      ...xs.map((x) => dot(x, y, 2.6, { fill: 'paper', stroke: 'accent', weight: 1 })),
      text(r.value, left + room + 8, y, 92),
    ]
  })
  const scale = (words: string, x: number): ChartShape =>
    text(words, x - 30, bottom + 9, 60, { align: 'center', size: 7.5, tone: 'muted' })
  return {
    width,
    height: bottom + 18,
    shapes: [
      dot(left + 7, 7.5, 2.6, { fill: 'paper', stroke: 'accent', weight: 1 }),
      text(legend[0], left + 15, 7.5, 90),
      box(left + 100, 5.1, 18, 4.8, { fill: 'pale', stroke: 'grid', weight: 0.4 }),
      text(legend[1], left + 124, 7.5, 120),
      ...[left, left + room].map((x) => line([x, 19], [x, bottom], { weight: 0.4 })),
      line([zero, 19], [zero, bottom], { stroke: 'ink', weight: 0.9 }),
      ...drawn,
      scale(ends[0], left),
      scale(ends[1], zero),
      scale(ends[2], left + room),
    ],
  }
}
