import { AlignmentType, Paragraph, type FileChild } from 'docx'
import { ShapeGroupRun, type IShapeGroupChildOptions, type ShapeLine } from 'docx/shapes'
import { drawChart, type ChartShape } from '../../../shared/report/chart.ts'
import type { Of } from '../pdf/blocks.ts'
import { WIDTH } from '../pdf/flow.ts'
import { COLOR, exactly, pixels, run } from './style.ts'
import { paragraphOf, runsOf } from './text.ts'

type Path = Extract<ChartShape, { kind: 'path' }>
type Text = Extract<ChartShape, { kind: 'text' }>
const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const

/** A chart as a group of Word's own shapes, drawn from the same places as in the PDF: sharp at every size, its words are text. */
export function chart(block: Of<'chart'>): FileChild[] {
  const { shapes, width, height } = drawChart(block.chart, WIDTH)
  const size = { width: pixels(width), height: pixels(height) }
  // A group is as large as what is in it: the blank sheet makes it exactly as large as the drawing.
  const sheet: IShapeGroupChildOptions = {
    type: 'rectangle',
    line: 'none',
    transformation: { ...size, offset: { left: 0, top: 0 } },
  }
  const group = new ShapeGroupRun({
    transformation: size,
    altText: { name: block.caption, description: block.alt },
    children: [sheet, ...shapes.flatMap((shape) => (shape.kind === 'text' ? [textShape(shape)] : pathShape(shape)))],
  })
  return [paragraphOf(block.caption, 'Caption'), new Paragraph({ children: [group], spacing: { after: 160 } })]
}

function pathShape({ points, closed, fill, stroke, weight, dashed }: Path): IShapeGroupChildOptions[] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top]
  const line: ShapeLine = stroke
    ? { color: COLOR[stroke], width: weight, join: 'round', ...(dashed ? { dash: 'shortDash' as const } : {}) }
    : 'none'
  const transformation = {
    width: pixels(width),
    height: pixels(height),
    offset: { left: pixels(left), top: pixels(top) },
  }
  const [first, second] = points
  const isLine = points.length === 2 || width < 0.01 || height < 0.01
  if (isLine && (stroke === null || !first || !second)) return []
  if (isLine && first && second) {
    const isRising = (second[0] - first[0]) * (second[1] - first[1]) < 0
    return [{ type: 'line', line, transformation: { ...transformation, flip: { vertical: isRising } } }]
  }
  const path = `M ${points.map(([x, y]) => `${x} ${y}`).join(' L ')}${closed ? ' Z' : ''}`
  return [{ type: 'custom', path, line, transformation, ...(fill ? { fill: COLOR[fill] } : {}) }]
}

function textShape({ text, x, y, width, align, size, tone }: Text): IShapeGroupChildOptions {
  const lines = text.split('\n')
  const height = size * 1.3 * Math.max(2, lines.length)
  return {
    type: 'rectangle',
    line: 'none',
    transformation: {
      width: pixels(width),
      height: pixels(height),
      offset: { left: pixels(x), top: pixels(y - height / 2) },
    },
    textOptions: { margins: { top: 0, right: 0, bottom: 0, left: 0 }, verticalAlignment: 'center' },
    children: lines.map(
      (line) =>
        new Paragraph({
          alignment: ALIGN[align],
          spacing: exactly(size * 1.2),
          children: runsOf(line, run(size, { color: COLOR[tone] })),
        }),
    ),
  }
}
