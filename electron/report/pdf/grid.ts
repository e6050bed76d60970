import { GRID, INK, type Color, type Mark, type Tag } from './display.ts'
import { BOTTOM, LEFT, TOP, WIDTH, inTag, newPage, placeLines, put, start, withTag, type Flow } from './flow.ts'
import { breakLines, type Line, type Style } from './text.ts'

export type GridCell = {
  text: string
  style: Style
  align: 'left' | 'center' | 'right'
  fill: Color | null
  color?: Color
  head?: 'Row' | 'Column'
}
/** `cells` match the widths (the row's own or the grid's) one to one, or are a single cell over all of them. */
export type GridRow = { cells: GridCell[]; widths?: number[]; minHeight?: number }
export type Grid = {
  widths: number[]
  head: GridRow | null
  rows: GridRow[]
  leading: number
  pad: number
  caption?: string
}

/** Grids up to this height (points) are not broken. */
const KEPT_WHOLE = 250
/** Of higher ones the first two rows stand together, up to this height. */
const BEGINNING = 200
const RULE = 0.45
const CAPTION: Style = { face: 'bold', size: 9.5 }
const CAPTION_LEADING = 16

type SetCell = GridCell & { x: number; width: number; lines: Line[] }
type SetRow = { cells: SetCell[]; height: number; tag: Tag }
type Rule = Extract<Mark, { kind: 'rule' }>
/** A grid being drawn; `uprights` are the lines of this page that may go on through the next row, by their place. */
type Drawing = { grid: Grid; head: SetRow | null; uprights: Map<number, Rule> }

/** Draws a ruled grid: rows stay whole, the head repeats on every page, a row higher than a page is split between lines. */
export function drawGrid(flow: Flow, grid: Grid): void {
  inTag(flow, 'Table', () => drawRows(flow, grid))
}

function drawRows(flow: Flow, given: Grid): void {
  const grid = { ...given, leading: given.leading * flow.pitch, pad: given.pad * flow.pitch }
  const columns = Math.max(...[grid.head, ...grid.rows].map((r) => r?.cells.length ?? 0))
  const head = grid.head && setRow(flow, grid, grid.head, columns)
  const rows = grid.rows.map((row) => setRow(flow, grid, row, columns))
  const headHeight = head?.height ?? 0
  const caption = grid.caption ? breakLines(flow.faces, CAPTION, grid.caption, WIDTH) : []
  const total = rows.reduce((sum, row) => sum + row.height, headHeight)
  const beginning = (rows[0]?.height ?? 0) + (rows[1]?.height ?? 0)
  const needed = total <= KEPT_WHOLE ? total : headHeight + Math.min(beginning, BEGINNING)
  start(flow, caption.length * CAPTION_LEADING + needed)
  if (caption.length > 0) {
    inTag(flow, 'Caption', () => {
      flow.y = placeLines(flow, caption, flow.y, { x: LEFT, width: WIDTH, style: CAPTION, leading: CAPTION_LEADING })
    })
  }
  flow.tag?.kids.push(...(head ? [head.tag] : []), ...rows.map((r) => r.tag))
  const drawing: Drawing = { grid, head, uprights: new Map() }
  openSegment(flow, drawing, true)
  const page = BOTTOM - TOP - headHeight
  for (const [n, row] of rows.entries()) {
    const room = BOTTOM - flow.y
    const isTooHigh = row.height > page
    const together = row.height + companion(rows, n, columns)
    if (!isTooHigh && (row.height > room || (together > room && together <= page && n > 0))) nextSegment(flow, drawing)
    if (isTooHigh) splitRow(flow, drawing, row)
    else drawRow(flow, drawing, row)
  }
}

/** Height of the next row where this one must not be parted from it: a group's title, or the last but one, lest one row stand alone. */
function companion(rows: readonly SetRow[], n: number, columns: number): number {
  const isTitle = columns > 1 && rows[n]?.cells.length === 1
  return isTitle || (n > 0 && n === rows.length - 2) ? (rows[n + 1]?.height ?? 0) : 0
}

function setRow(flow: Flow, grid: Grid, row: GridRow, columns: number): SetRow {
  const widths = row.widths ?? grid.widths
  const total = widths.reduce((sum, w) => sum + w, 0)
  let x = LEFT
  const cells = row.cells.map((cell, n) => {
    const width = row.cells.length === 1 ? total : (widths[n] ?? 0)
    const lines = breakLines(flow.faces, cell.style, cell.text, width - 2 * grid.pad)
    const set = { ...cell, x, width, lines }
    x += width
    return set
  })
  const lineCount = Math.max(1, ...cells.map((c) => c.lines.length))
  const height = Math.max(lineCount * grid.leading + 2 * grid.pad, (row.minHeight ?? 0) * flow.pitch)
  return { cells, height, tag: rowTag(row, columns) }
}

/** A last cell goes over the columns left. */
function rowTag({ cells }: GridRow, columns: number): Tag {
  const kids = cells.map((cell, n): Tag => {
    const span = n === cells.length - 1 ? columns - n : 1
    const tag: Tag = { role: cell.head ? 'TH' : 'TD', kids: [] }
    if (cell.head) tag.scope = cell.head
    if (span > 1) tag.span = span
    return tag
  })
  return { role: 'TR', kids }
}

/** The head counts once; on further pages it is decoration. */
function openSegment(flow: Flow, drawing: Drawing, isFirst = false): void {
  const { grid, head } = drawing
  const right = LEFT + grid.widths.reduce((sum, w) => sum + w, 0)
  put(flow, { kind: 'rule', x1: LEFT, y1: flow.y, x2: right, y2: flow.y, weight: 2 * RULE, color: GRID })
  drawing.uprights.clear()
  if (head) drawRow(flow, drawing, head, isFirst)
}

function nextSegment(flow: Flow, drawing: Drawing): void {
  newPage(flow)
  openSegment(flow, drawing)
}

function drawRow(flow: Flow, { grid, uprights }: Drawing, row: SetRow, isTagged = true): void {
  const top = flow.y
  const bottom = top + row.height
  for (const cell of row.cells) {
    if (cell.fill) {
      put(flow, {
        kind: 'box',
        x: cell.x,
        y: top + RULE,
        width: cell.width,
        height: row.height - RULE,
        fill: cell.fill,
        stroke: null,
        dashed: false,
      })
    }
  }
  const right = LEFT + grid.widths.reduce((sum, w) => sum + w, 0)
  // Lines lie above the fills.
  if (row.cells.some((cell) => cell.fill)) uprights.clear()
  for (const cell of row.cells) drawUpright(flow, uprights, cell.x, row.height)
  drawUpright(flow, uprights, right, row.height)
  put(flow, { kind: 'rule', x1: LEFT, y1: bottom, x2: right, y2: bottom, weight: RULE, color: GRID })
  row.cells.forEach((cell, n) => {
    withTag(flow, isTagged ? (row.tag.kids[n] ?? null) : null, () => drawCell(flow, grid, cell, row.height))
  })
  flow.y = bottom
}

/** A line down the row; where one ends above, that goes on: whole lines have no seams, and a report has a few thousand fewer. */
function drawUpright(flow: Flow, uprights: Map<number, Rule>, x: number, height: number): void {
  const above = uprights.get(x)
  if (above?.y2 === flow.y) {
    above.y2 += height
    return
  }
  const rule: Rule = { kind: 'rule', x1: x, y1: flow.y, x2: x, y2: flow.y + height, weight: RULE, color: GRID }
  uprights.set(x, rule)
  put(flow, rule)
}

/** Centred, right-aligned and single-line cells are centred in height; text to be read starts at the top of a high row. */
function drawCell(flow: Flow, grid: Grid, cell: SetCell, rowHeight: number): void {
  const { style, align, color = INK } = cell
  const isCentred = align !== 'left' || cell.lines.length === 1
  const offset = isCentred ? (rowHeight - cell.lines.length * grid.leading) / 2 : grid.pad
  const width = cell.width - 2 * grid.pad
  placeLines(flow, cell.lines, flow.y + offset, {
    x: cell.x + grid.pad,
    width,
    style,
    leading: grid.leading,
    color,
    align,
  })
}

function splitRow(flow: Flow, drawing: Drawing, row: SetRow): void {
  const { grid } = drawing
  const lineCount = Math.max(...row.cells.map((c) => c.lines.length))
  for (let from = 0; from < lineCount;) {
    let fit = Math.floor((BOTTOM - flow.y - 2 * grid.pad) / grid.leading)
    if (fit < Math.min(3, lineCount - from)) {
      nextSegment(flow, drawing)
      fit = Math.floor((BOTTOM - flow.y - 2 * grid.pad) / grid.leading)
    }
    const to = Math.min(lineCount, from + Math.max(1, fit))
    const cells = row.cells.map((c) => ({ ...c, lines: c.lines.slice(from, to) }))
    drawRow(flow, drawing, { tag: row.tag, cells, height: (to - from) * grid.leading + 2 * grid.pad })
    from = to
  }
}
