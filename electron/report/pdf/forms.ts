import type { Of } from './blocks.ts'
import { ACCENT_DARK, GRID, INK, MUTED } from './display.ts'
import type { Modules } from './figures.ts'
import { LEFT, WIDTH, inTag, isPageEmpty, newPage, place, placeLines, put, start, type Flow } from './flow.ts'
import { breakLines, widthOf, type Style } from './text.ts'

const LINE_STEP = 28
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
export function drawWriting(flow: Flow, block: Of<'writing'>): void {
  if (block.label !== '') {
    start(flow, 17 + LINE_STEP)
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
  drawLines(flow, block.lines)
  flow.y += 10
}

function drawLines(flow: Flow, count: number): void {
  for (let n = 0; n < count; n++) {
    start(flow, LINE_STEP)
    const y = flow.y + LINE_STEP - 4
    put(flow, { kind: 'rule', x1: LEFT, y1: y, x2: LEFT + WIDTH, y2: y, weight: 0.5, color: GRID })
    flow.y += LINE_STEP
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

/** One checklist line: what it is beside its QR, boxes to tick, fields and lines to write. Only the head is never torn. */
export function drawPocketItem(flow: Flow, block: Of<'pocketItem'>, qr: Modules): void {
  const width = WIDTH - SYMBOL - 14
  const title = breakLines(flow.faces, POCKET_HEAD, `${block.code}  ${block.title}`, width)
  const marks = breakLines(flow.faces, POCKET, block.marks, width)
  const head = Math.max(SYMBOL + 4, (title.length + marks.length) * POCKET_LEADING)
  const rest = block.boxes.length > 0 ? POCKET_LEADING + 6 : LINE_STEP
  start(flow, 10 + head + rest)
  put(flow, { kind: 'rule', x1: LEFT, y1: flow.y, x2: LEFT + WIDTH, y2: flow.y, weight: 1.2, color: INK })
  const top = flow.y + 8
  inTag(flow, 'P', () => {
    const y = placeLines(flow, title, top, { x: LEFT, width, style: POCKET_HEAD, leading: POCKET_LEADING })
    placeLines(flow, marks, y, { x: LEFT, width, style: POCKET, leading: POCKET_LEADING })
  })
  const symbol = () =>
    put(flow, { kind: 'modules', x: LEFT + WIDTH - SYMBOL, y: top, size: SYMBOL, side: qr.side, dark: qr.dark })
  inTag(flow, 'Figure', symbol, `QR ${block.qr}`)
  flow.y = top + head
  for (const hint of block.hints) drawHint(flow, hint, flow.y < top + SYMBOL ? width : WIDTH)
  drawBoxes(flow, block.boxes)
  for (const field of block.fields) drawField(flow, field)
  drawLines(flow, block.lines)
  flow.y += 8
}

function drawHint(flow: Flow, hint: string, width: number): void {
  const lines = breakLines(flow.faces, HINT, hint, width)
  inTag(flow, 'P', () => {
    for (const line of lines) {
      start(flow, HINT_LEADING)
      placeLines(flow, [line], flow.y, { x: LEFT, width, style: HINT, leading: HINT_LEADING, color: MUTED })
      flow.y += HINT_LEADING
    }
  })
  flow.y += 2
}

/** Boxes with their words, as many a row as fit. */
function drawBoxes(flow: Flow, boxes: readonly string[]): void {
  if (boxes.length === 0) return
  start(flow, POCKET_LEADING + 6)
  flow.y += 4
  let x = LEFT
  for (const text of boxes) {
    const lines = breakLines(flow.faces, POCKET, text, WIDTH - TICK - 6)
    const width = TICK + 6 + Math.max(0, ...lines.map((l) => widthOf(flow.faces, POCKET, l.text)))
    if (x > LEFT && x + width > LEFT + WIDTH) {
      flow.y += POCKET_LEADING + 3
      x = LEFT
      start(flow, POCKET_LEADING)
    }
    const y = flow.y + (POCKET_LEADING - TICK) / 2
    put(flow, { kind: 'box', x, y, width: TICK, height: TICK, fill: null, stroke: INK, dashed: false })
    inTag(flow, 'P', () => {
      placeLines(flow, lines, flow.y, { x: x + TICK + 6, width: WIDTH, style: POCKET, leading: POCKET_LEADING })
    })
    flow.y += (lines.length - 1) * POCKET_LEADING
    x += width + 20
  }
  flow.y += POCKET_LEADING + 2
}

function drawField(flow: Flow, field: string): void {
  const lines = breakLines(flow.faces, POCKET, field, WIDTH - 110)
  start(flow, lines.length * POCKET_LEADING + 6)
  flow.y += 4
  inTag(flow, 'P', () => {
    flow.y = placeLines(flow, lines, flow.y, { x: LEFT, width: WIDTH, style: POCKET, leading: POCKET_LEADING })
  })
  const from = LEFT + 8 + (lines.at(-1)?.width ?? 0)
  put(flow, { kind: 'rule', x1: from, y1: flow.y, x2: LEFT + WIDTH, y2: flow.y, weight: 0.5, color: GRID })
  flow.y += 2
}
