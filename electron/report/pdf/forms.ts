import type { Of } from './blocks.ts'
import { ACCENT_DARK, GRID, INK, MUTED } from './display.ts'
import type { Modules } from './figures.ts'
import { BOTTOM, LEFT, WIDTH, inTag, isPageEmpty, newPage, place, placeLines, put, start, type Flow } from './flow.ts'
import { breakLines, type Line, type Style } from './text.ts'

const LINE_STEP = 28
/** At most what a heading takes that is still to be set. */
const HEADING_ROOM = 44
const LABEL: Style = { face: 'bold', size: 10 }

/** Title of a separate document: issuer, name and number, centred over a double rule, on a page of its own beginning. */
export function drawDocumentTitle(flow: Flow, block: Of<'documentTitle'>): void {
  start(flow, 0)
  if (!isPageEmpty(flow)) newPage(flow)
  const centred = { x: LEFT, width: WIDTH, align: 'center' as const }
  if (block.mark !== '') {
    inTag(flow, 'P', () => {
      const style: Style = { face: 'head', size: 11.5 }
      flow.y = place(flow, block.mark, flow.y, { ...centred, style, leading: 18, color: MUTED }) + 2
    })
  }
  flow.outline.push({ title: block.title, level: 1, page: flow.pages.length - 1, y: flow.y })
  inTag(flow, 'H1', () => {
    flow.y = place(flow, block.title, flow.y, { ...centred, style: { face: 'head', size: 21 }, leading: 32 })
  })
  if (block.number !== '') {
    inTag(flow, 'P', () => {
      const style: Style = { face: 'body', size: 10 }
      flow.y = place(flow, block.number, flow.y, { ...centred, style, leading: 16, color: MUTED })
    })
  }
  const [x2, y] = [LEFT + WIDTH, flow.y + 6]
  put(flow, { kind: 'rule', x1: LEFT, y1: y, x2, y2: y, weight: 1.6, color: ACCENT_DARK })
  put(flow, { kind: 'rule', x1: LEFT, y1: y + 3, x2, y2: y + 3, weight: 0.5, color: ACCENT_DARK })
  flow.y = y + 14
}

/** A label over ruled lines; the label and its first line stay together. */
export function drawWriting(flow: Flow, block: Of<'writing'>, below: number): void {
  const label = block.label === '' ? 0 : 17
  const step = LINE_STEP * flow.pitch
  const heightOf = (lines: number) => label + lines * step + 10
  // Room to write gives way before signatures stand alone on a page, but not more than half of it.
  const room = BOTTOM - flow.y - below - flow.waiting.length * HEADING_ROOM
  const fitting = Math.min(block.lines, Math.floor((room - label - 10) / step))
  const lines = below > 0 && fitting >= block.lines / 2 ? fitting : block.lines
  if (below > 0) start(flow, heightOf(lines) + below)
  if (block.label !== '') {
    start(flow, 17 + step)
    inTag(flow, 'P', () => {
      flow.y = place(flow, block.label, flow.y, {
        x: LEFT,
        width: WIDTH,
        style: LABEL,
        leading: 17,
        color: ACCENT_DARK,
      })
    })
  }
  drawLines(flow, lines)
  flow.y += 10
}

function drawLines(flow: Flow, count: number): void {
  const step = LINE_STEP * flow.pitch
  for (let n = 0; n < count; n++) {
    start(flow, step)
    const y = flow.y + step - 4
    put(flow, { kind: 'rule', x1: LEFT, y1: y, x2: LEFT + WIDTH, y2: y, weight: 0.5, color: GRID })
    flow.y += step
  }
}

/** Whoever fills it in stands in a workshop: everything to be read there is 14 pt. */
const POCKET: Style = { face: 'body', size: 14 }
const POCKET_HEAD: Style = { face: 'head', size: 14 }
const POCKET_LEADING = 21
const HINT: Style = { face: 'body', size: 10.5 }
const HINT_LEADING = 15.5
const SYMBOL = 62
const TICK = 13
const TICK_STEP = 25

/** Lines up to this height together are not torn. */
const KEPT_WHOLE = 300

type SetItem = { title: Line[]; marks: Line[]; hints: Line[][]; boxes: TickRow[]; fields: Line[][] }
type TickRow = { line: Line; x: number }[]

/** One checklist line: what it is beside its QR, boxes to tick, fields and lines to write. */
export function drawPocketItem(flow: Flow, block: Of<'pocketItem'>, qr: Modules): void {
  const beside = WIDTH - SYMBOL - 14
  const broken = (style: Style, text: string, width: number) => breakLines(flow.faces, style, text, width)
  const set: SetItem = {
    title: broken(POCKET_HEAD, `${block.code}  ${block.title}`, beside),
    marks: broken(POCKET, block.marks, beside),
    hints: block.hints.map((hint) => broken(HINT, hint, beside)),
    boxes: tickRows(flow, block.boxes),
    fields: block.fields.map((field) => broken(POCKET, field, WIDTH - 110)),
  }
  const { head, whole } = heightsOf(set, block.lines)
  start(flow, whole <= KEPT_WHOLE ? whole : head + LINE_STEP)
  put(flow, { kind: 'rule', x1: LEFT, y1: flow.y, x2: LEFT + WIDTH, y2: flow.y, weight: 1.2, color: INK })
  const top = flow.y + 8
  const text = { x: LEFT, width: beside }
  inTag(flow, 'P', () => {
    flow.y = placeLines(flow, set.title, top, { ...text, style: POCKET_HEAD, leading: POCKET_LEADING })
    flow.y = placeLines(flow, set.marks, flow.y, { ...text, style: POCKET, leading: POCKET_LEADING })
  })
  for (const hint of set.hints) {
    const setting = { ...text, style: HINT, leading: HINT_LEADING, color: MUTED }
    inTag(flow, 'P', () => (flow.y = placeLines(flow, hint, flow.y, setting)))
  }
  const symbol = () =>
    put(flow, { kind: 'modules', x: LEFT + WIDTH - SYMBOL, y: top, size: SYMBOL, side: qr.side, dark: qr.dark })
  inTag(flow, 'Figure', symbol, `QR ${block.qr}`)
  flow.y = Math.max(flow.y, top + SYMBOL) + 2
  for (const row of set.boxes) drawTicks(flow, row)
  for (const field of set.fields) drawField(flow, field)
  drawLines(flow, block.lines)
  flow.y += 8
}

function heightsOf(set: SetItem, lines: number): { head: number; whole: number } {
  const words =
    (set.title.length + set.marks.length) * POCKET_LEADING +
    set.hints.reduce((sum, hint) => sum + hint.length * HINT_LEADING, 0)
  const head = 10 + Math.max(SYMBOL, words)
  const fields = set.fields.reduce((sum, field) => sum + field.length * POCKET_LEADING + 6, 0)
  return { head, whole: head + set.boxes.length * TICK_STEP + fields + lines * LINE_STEP }
}

/** Boxes with their words, as many a row as fit; a word too long for a row is cut by the caller beforehand. */
function tickRows(flow: Flow, boxes: readonly string[]): TickRow[] {
  const rows: TickRow[] = []
  let x = 0
  for (const line of boxes.flatMap((text) => breakLines(flow.faces, POCKET, text, WIDTH - TICK - 6))) {
    const width = TICK + 6 + line.width
    if (rows.length === 0 || x + width > WIDTH) {
      rows.push([])
      x = 0
    }
    rows.at(-1)?.push({ line, x: LEFT + x })
    x += width + 20
  }
  return rows
}

function drawTicks(flow: Flow, row: TickRow): void {
  start(flow, TICK_STEP)
  const y = flow.y + (TICK_STEP - TICK) / 2
  for (const { line, x } of row) {
    put(flow, { kind: 'box', x, y, width: TICK, height: TICK, fill: null, stroke: INK, dashed: false })
    const words = { x: x + TICK + 6, width: WIDTH, style: POCKET, leading: TICK_STEP }
    inTag(flow, 'P', () => void placeLines(flow, [line], flow.y, words))
  }
  flow.y += TICK_STEP
}

function drawField(flow: Flow, lines: readonly Line[]): void {
  start(flow, lines.length * POCKET_LEADING + 6)
  flow.y += 4
  inTag(flow, 'P', () => {
    flow.y = placeLines(flow, lines, flow.y, { x: LEFT, width: WIDTH, style: POCKET, leading: POCKET_LEADING })
  })
  const from = LEFT + 8 + (lines.at(-1)?.width ?? 0)
  put(flow, { kind: 'rule', x1: from, y1: flow.y, x2: LEFT + WIDTH, y2: flow.y, weight: 0.5, color: GRID })
  flow.y += 2
}
