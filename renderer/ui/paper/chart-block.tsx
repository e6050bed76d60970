import type { Block } from '../../../shared/report/model.ts'
import { drawChart, type ChartShape } from '../../../shared/report/chart.ts'

/** Width the forms are laid out for, in points; the drawing grows with the page. */
const WIDTH = 480
const ANCHORS = { left: 'start', center: 'middle', right: 'end' } as const

/** The same forms the printed report draws. */
export function ChartBlock({ block }: { block: Extract<Block, { kind: 'chart' }> }) {
  const { shapes, height } = drawChart(block.chart, WIDTH)
  return (
    <figure className="paper-chart">
      <figcaption>{block.caption}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={block.alt}>
        {shapes.map((shape, n) => (
          <Shape key={n} shape={shape} />
        ))}
      </svg>
    </figure>
  )
}

function Shape({ shape }: { shape: ChartShape }) {
  if (shape.kind === 'text') {
    const x =
      shape.align === 'left' ? shape.x : shape.align === 'right' ? shape.x + shape.width : shape.x + shape.width / 2
    return (
      <text
        x={x}
        y={shape.y}
        fontSize={shape.size}
        textAnchor={ANCHORS[shape.align]}
        dominantBaseline="central"
        className={`chart-${shape.tone}`}
      >
        {shape.text}
      </text>
    )
  }
  const path = shape.points.map(([x, y], n) => `${n === 0 ? 'M' : 'L'}${x} ${y}`).join('') + (shape.closed ? 'Z' : '')
  const tones = [shape.fill && `chart-${shape.fill}`, shape.stroke && `chart-line chart-line-${shape.stroke}`]
  return (
    <path
      d={path}
      className={tones.filter(Boolean).join(' ') || 'chart-none'}
      strokeWidth={shape.weight}
      {...(shape.fill ? {} : { fill: 'none' })}
      {...(shape.dashed ? { strokeDasharray: '3 2' } : {})}
    />
  )
}
