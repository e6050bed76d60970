import { drawChart, type ChartShape, type ChartTone } from '../../../shared/report/chart.ts'
import type { Of } from './blocks.ts'
import { ACCENT_DARK, GRID, HEAD_FILL, INK, MUTED, type Color } from './display.ts'
import { LEFT, WIDTH, inTag, placeLines, put, start, type Flow } from './flow.ts'
import { breakLines, type Style } from './text.ts'

const CAPTION: Style = { face: 'bold', size: 9.5 }
const CAPTION_LEADING = 16
/** Dark on light, so that every form stays apart on a black and white printer. */
const TONES: Record<ChartTone, Color> = {
  ink: INK,
  muted: MUTED,
  grid: GRID,
  accent: ACCENT_DARK,
  pale: HEAD_FILL,
  paper: [1, 1, 1],
}

/** A chart with its caption above, never torn. */
export function drawChartBlock(flow: Flow, block: Of<'chart'>): void {
  const caption = breakLines(flow.faces, CAPTION, block.caption, WIDTH)
  const drawing = drawChart(block.chart, WIDTH)
  start(flow, caption.length * CAPTION_LEADING + drawing.height)
  inTag(flow, 'P', () => {
    flow.y = placeLines(flow, caption, flow.y, { x: LEFT, width: WIDTH, style: CAPTION, leading: CAPTION_LEADING })
  })
  inTag(flow, 'Figure', () => drawing.shapes.forEach((shape) => drawShape(flow, shape, flow.y)), block.alt)
  flow.y += drawing.height + 10
}

function drawShape(flow: Flow, shape: ChartShape, top: number): void {
  if (shape.kind === 'text') {
    const style: Style = { face: 'body', size: shape.size }
    const leading = shape.size * 1.2
    const lines = breakLines(flow.faces, style, shape.text, shape.width)
    const placed = {
      x: LEFT + shape.x,
      width: shape.width,
      style,
      leading,
      color: TONES[shape.tone],
      align: shape.align,
    }
    placeLines(flow, lines, top + shape.y - (lines.length * leading) / 2, placed)
    return
  }
  const { points, closed, fill, stroke, weight, dashed } = shape
  const placed = points.map(([x, y]): [number, number] => [LEFT + x, top + y])
  put(flow, {
    kind: 'path',
    points: placed,
    closed,
    fill: fill && TONES[fill],
    stroke: stroke && TONES[stroke],
    weight,
    dashed,
  })
}
