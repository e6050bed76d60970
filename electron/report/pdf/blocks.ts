import type { Block, Fact, TableRow } from '../../../shared/report/model.ts'
import { ACCENT_DARK, GROUP_FILL, HEAD_FILL, MUTED } from './display.ts'
import { LEFT, WIDTH, inTag, paragraph, place, placeLines, put, start, type Flow } from './flow.ts'
import { drawGrid, type GridCell, type GridRow } from './grid.ts'
import { breakLines, type Style } from './text.ts'

export type Of<K extends Block['kind']> = Extract<Block, { kind: K }>

const BODY: Style = { face: 'body', size: 10.5 }
const BODY_LEADING = 18
const SMALL: Style = { face: 'body', size: 9 }
const SMALL_LEADING = 14
/** Room to write by hand. */
const FORM_ROW = 27

/** `below`: what must stand under the text's end on the same page. */
export function drawParagraph(flow: Flow, block: Of<'paragraph'>, around: { isChinese: boolean; below: number }): void {
  if (block.tone === 'note') {
    inTag(flow, 'P', () =>
      paragraph(flow, block.text, { style: SMALL, leading: SMALL_LEADING, color: MUTED, after: 6 }),
    )
    return
  }
  const style: Style = block.tone === 'strong' ? { face: 'bold', size: BODY.size } : BODY
  inTag(flow, 'P', () =>
    paragraph(flow, block.text, {
      style,
      leading: BODY_LEADING,
      indent: around.isChinese ? 2 * style.size : 0,
      below: around.below,
    }),
  )
}

/** A run-in label on its own line over indented text. */
export function drawLabelled(flow: Flow, block: Of<'labelled'>): void {
  const style: Style = { face: 'bold', size: 10 }
  inTag(flow, 'P', () => {
    start(flow, BODY_LEADING * 2)
    flow.y = place(flow, block.label, flow.y, { x: LEFT, width: WIDTH, style, leading: 17, color: ACCENT_DARK })
    paragraph(flow, block.text, {
      style: { face: 'body', size: 10 },
      leading: 17,
      x: LEFT + 12,
      width: WIDTH - 12,
      after: 7,
    })
  })
}

export function drawList(flow: Flow, block: Of<'list'>): void {
  inTag(flow, 'L', () => block.items.forEach((item, n) => inTag(flow, 'LI', () => drawItem(flow, item, n + 1))))
  flow.y += 4
}

function drawItem(flow: Flow, item: string, number: number): void {
  start(flow, 2 * BODY_LEADING)
  inTag(flow, 'Lbl', () => {
    place(flow, `${number}.`, flow.y, {
      x: LEFT + 4,
      width: 20,
      style: BODY,
      leading: BODY_LEADING * flow.pitch,
      color: ACCENT_DARK,
    })
  })
  inTag(flow, 'LBody', () =>
    paragraph(flow, item, { style: BODY, leading: BODY_LEADING, x: LEFT + 24, width: WIDTH - 24, after: 2 }),
  )
}

export function drawTable(flow: Flow, block: Of<'table'>): void {
  const size = block.dense ? 8.5 : 9.5
  const leading = block.dense ? 12.5 : 14.5
  const shares = block.columns.reduce((sum, c) => sum + c.share, 0)
  const widths = block.columns.map((c) => (c.share / shares) * WIDTH)
  const head: GridCell[] = block.columns.map((c) => ({
    text: c.title,
    style: { face: 'head', size: size - 0.5 },
    align: 'center',
    fill: HEAD_FILL,
    head: 'Column',
  }))
  const rows = block.rows.map((row): GridRow => ({
    cells: row.cells.map((text, n) => tableCell(block, row, text, n, size)),
    ...(block.rowHeight === undefined || row.kind === 'group' ? {} : { minHeight: block.rowHeight }),
  }))
  drawGrid(flow, { widths, head: { cells: head }, rows, leading, pad: block.dense ? 3 : 4, caption: block.caption })
  flow.y += 12
}

function tableCell(block: Of<'table'>, row: TableRow, text: string, n: number, size: number): GridCell {
  const align = row.kind === 'group' ? 'left' : (block.columns[n]?.align ?? 'left')
  const face = row.kind === 'row' ? 'body' : 'bold'
  const cell: GridCell = { text, style: { face, size }, align, fill: row.kind === 'row' ? null : GROUP_FILL }
  if (row.kind === 'group' || (row.kind === 'total' && n === 0)) cell.head = 'Row'
  return cell
}

/** Facts as label and value, in one or two pairs a row; a long value takes a row of its own. */
export function drawKeyValue(flow: Flow, block: Of<'keyValue'>): void {
  const label = 84
  const half = WIDTH / 2 - label
  const single = [label, WIDTH - label]
  const facts = block.columns === 2 ? pairUp(flow, block.rows, half - 8) : block.rows.map((f) => [f])
  const rows = facts.map((pair): GridRow => ({
    cells: pair.flatMap((fact) => factCells(fact, block.isForm === true)),
    widths: pair.length === 2 ? [label, half, label, half] : single,
    ...(block.isForm === true ? { minHeight: FORM_ROW } : {}),
  }))
  drawGrid(flow, { widths: single, head: null, rows, leading: 15, pad: 4 })
  flow.y += 12
}

function factCells(fact: Fact, isForm: boolean): GridCell[] {
  return [
    { text: fact.label, style: { face: 'head', size: 9 }, align: 'left', fill: HEAD_FILL, head: 'Row' },
    {
      text: fact.value === '' && !isForm ? '—' : fact.value,
      style: { face: 'body', size: 9.5 },
      align: 'left',
      fill: null,
    },
  ]
}

/** Short neighbours in pairs, long facts alone. */
function pairUp(flow: Flow, facts: readonly Fact[], measure: number): Fact[][] {
  const isShort = (f: Fact) => breakLines(flow.faces, { face: 'body', size: 9.5 }, f.value, measure).length <= 2
  const rows: Fact[][] = []
  for (const fact of facts) {
    const open = rows.at(-1)
    if (open?.length === 1 && isShort(fact) && open.every(isShort)) open.push(fact)
    else rows.push([fact])
  }
  return rows
}

/** The conclusion: a framed line that stands out in black and white as well. */
export function drawVerdict(flow: Flow, block: Of<'verdict'>): void {
  const style: Style = { face: 'head', size: 15 }
  const lines = breakLines(flow.faces, style, block.text, WIDTH - 130)
  const height = Math.max(46, lines.length * 22 + 20)
  start(flow, height + 8)
  const y = flow.y
  put(flow, { kind: 'box', x: LEFT, y, width: WIDTH, height, fill: null, stroke: ACCENT_DARK, dashed: false })
  put(flow, { kind: 'box', x: LEFT, y, width: 104, height, fill: HEAD_FILL, stroke: ACCENT_DARK, dashed: false })
  const labelStyle: Style = { face: 'head', size: 10.5 }
  const label = breakLines(flow.faces, labelStyle, block.label, 98)
  inTag(flow, 'P', () => {
    placeLines(flow, label, y + (height - label.length * 16) / 2, {
      x: LEFT + 3,
      width: 98,
      style: labelStyle,
      leading: 16,
      align: 'center',
    })
    placeLines(flow, lines, y + (height - lines.length * 22) / 2, {
      x: LEFT + 118,
      width: WIDTH - 130,
      style,
      leading: 22,
    })
  })
  flow.y += height + 12
}
