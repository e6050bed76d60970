import type { Of } from './blocks.ts'
import { ACCENT, ACCENT_DARK, GRID, HEAD_FILL, INK, MUTED, PAGE_HEIGHT, type Color } from './display.ts'
import {
  BOTTOM,
  LEFT,
  TOP,
  WIDTH,
  inTag,
  newFlow,
  newPage,
  paragraph,
  place,
  placeLines,
  put,
  start,
  type Flow,
} from './flow.ts'
import { drawGrid, type GridRow } from './grid.ts'
import { breakLines, type Style } from './text.ts'

/** The box a photo is fitted into, in points. */
export const PHOTO_BOX = { width: 219, height: 164 }
/** The most room a logo takes on the cover, in points. */
export const LOGO_BOX = { width: 200, height: 76 }
const SMALL: Style = { face: 'body', size: 9 }
/** Longer captions are set as text below the row, so that a row always fits a page. */
const MAX_CAPTION_LINES = 6

/**
 * Two photos a row in equal boxes, number and caption below; a row is never torn. `ratioOf` is width / height, null = missing;
 * `below` must stand under the last row on its page.
 */
export function drawPhotos(
  flow: Flow,
  block: Of<'photoSheet'>,
  ratioOf: (sha256: string) => number | null,
  below = 0,
): void {
  const { width } = PHOTO_BOX
  const captionStyle: Style = { face: 'bold', size: 9 }
  const lineStyle: Style = { face: 'body', size: 8 }
  for (let n = 0; n < block.photos.length; n += 2) {
    const pair = block.photos.slice(n, n + 2).map((photo) => {
      const whole = breakLines(flow.faces, captionStyle, `${photo.figure}  ${photo.caption}`, width)
      const isLong = whole.length > MAX_CAPTION_LINES
      const caption = isLong ? breakLines(flow.faces, captionStyle, photo.figure, width) : whole
      return {
        photo,
        isLong,
        caption,
        lines: photo.lines.flatMap((text) => breakLines(flow.faces, lineStyle, text, width)),
      }
    })
    const words = 6 + Math.max(...pair.map((p) => p.caption.length * 13 + p.lines.length * 11))
    const box = photoHeight(flow, words)
    const height = box + words
    start(flow, height + (n + 2 < block.photos.length || below === 0 ? 0 : below + 12))
    const top = flow.y
    pair.forEach(({ photo, caption, lines }, column) => {
      const x = LEFT + column * (WIDTH - width)
      const ratio = ratioOf(photo.sha256)
      const draw = () =>
        drawPhoto(flow, { x, y: top, width, height: box }, { sha256: photo.sha256, ratio, missing: block.missing })
      if (ratio === null) inTag(flow, 'P', draw)
      else inTag(flow, 'Figure', draw, `${photo.figure} ${photo.caption}`.trim())
      inTag(flow, 'P', () => {
        const y = placeLines(flow, caption, top + box + 5, { x, width, style: captionStyle, leading: 13 })
        placeLines(flow, lines, y, { x, width, style: lineStyle, leading: 11, color: MUTED })
      })
    })
    flow.y = top + height + 12
    for (const { photo } of pair.filter((p) => p.isLong)) {
      inTag(flow, 'P', () => paragraph(flow, `${photo.figure}  ${photo.caption}`, { style: SMALL, leading: 14 }))
    }
  }
}

/** A row may be this much lower than usual where that keeps it on the page. */
const LOWEST_PHOTO = 0.76

/** Height of the boxes of the next row with `words` below it: the usual one, or a little less to stay on the page. */
function photoHeight(flow: Flow, words: number): number {
  const room = BOTTOM - flow.y - words
  const isLower = flow.waiting.length === 0 && room < PHOTO_BOX.height && room >= PHOTO_BOX.height * LOWEST_PHOTO
  return isLower ? room : PHOTO_BOX.height
}

type Picture = { sha256: string; ratio: number | null; missing: string }

function drawPhoto(flow: Flow, { x, y, width, height }: Box, { sha256, ratio, missing }: Picture): void {
  put(flow, { kind: 'box', x, y, width, height, fill: [0.965, 0.97, 0.97], stroke: GRID, dashed: ratio === null })
  if (ratio === null) {
    place(flow, missing, y + height / 2 - 7, {
      x: x + 10,
      width: width - 20,
      style: SMALL,
      leading: 14,
      color: MUTED,
      align: 'center',
    })
    return
  }
  const w = Math.min(width - 2, (height - 2) * ratio)
  const h = w / ratio
  put(flow, { kind: 'photo', x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h, sha256 })
}

/** Blank areas to be signed by hand, two a row; areas with a seal are higher and show where the stamp goes. */
export function drawSignatures(flow: Flow, block: Of<'signature'>): void {
  const gap = 14
  const width = (WIDTH - gap) / 2
  const noteStyle: Style = { face: 'body', size: 10 }
  const note = breakLines(flow.faces, noteStyle, block.note, WIDTH)
  for (let n = 0; n < block.areas.length; n += 2) {
    const pair = block.areas.slice(n, n + 2)
    const height = Math.max(...pair.map((area) => areaHeight(area, flow.pitch)))
    start(flow, height + (n === 0 ? note.length * 16 + 8 : 0))
    if (n === 0) {
      inTag(flow, 'P', () => {
        flow.y = placeLines(flow, note, flow.y, { x: LEFT, width: WIDTH, style: noteStyle, leading: 16 }) + 8
      })
    }
    const top = flow.y
    pair.forEach((area, column) => {
      inTag(flow, 'P', () => drawArea(flow, area, { x: LEFT + column * (width + gap), y: top, width, height }))
    })
    flow.y = top + height + gap
  }
}

type Area = Of<'signature'>['areas'][number]
/** Side of the place for a stamp of 38 mm, with the room it takes below the lines. */
export const STAMP = { side: 108, room: 118 }
const SIGN_STEP = 26
/** Lines that end before the stamp, so that it may stand beside them: the last one, for the day. */
const besideStamp = ({ lines, seal }: Area): number => (seal === null ? 0 : Math.max(0, Math.min(lines.length - 1, 1)))
const areaHeight = (area: Area, pitch: number): number =>
  34 + (area.lines.length - besideStamp(area)) * SIGN_STEP * pitch + (area.seal === null ? 0 : STAMP.room)

/** Height of all areas without the note. */
export function signatureHeight({ areas }: Of<'signature'>, pitch: number): number {
  let height = 0
  for (let n = 0; n < areas.length; n += 2) {
    height += Math.max(...areas.slice(n, n + 2).map((area) => areaHeight(area, pitch))) + 14
  }
  return height
}

type Box = { x: number; y: number; width: number; height: number }

function drawArea(flow: Flow, area: Area, box: Box): void {
  const { x, y, width, height } = box
  put(flow, { kind: 'box', x, y, width, height: 22, fill: HEAD_FILL, stroke: null, dashed: false })
  put(flow, { kind: 'box', ...box, fill: null, stroke: GRID, dashed: false })
  place(flow, area.label, y, { x: x + 8, width: width - 16, style: { face: 'head', size: 9.5 }, leading: 22 })
  const style: Style = { face: 'body', size: 9.5 }
  area.lines.forEach((text, n) => {
    const lines = breakLines(flow.faces, style, text, width - 70)
    const at = y + 30 + n * SIGN_STEP * flow.pitch
    placeLines(flow, lines, at, { x: x + 8, width, style, leading: 22 })
    const from = x + 12 + Math.max(0, ...lines.map((l) => l.width))
    const to = x + width - 10 - (n < area.lines.length - besideStamp(area) ? 0 : STAMP.side + 4)
    put(flow, { kind: 'rule', x1: from, y1: at + 19, x2: Math.max(from, to), y2: at + 19, weight: 0.5, color: GRID })
  })
  if (area.seal === null) return
  const { side } = STAMP
  const stamp = { x: x + width - side - 8, y: y + height - side - 8 }
  put(flow, { kind: 'box', ...stamp, width: side, height: side, fill: null, stroke: GRID, dashed: true })
  const seal = breakLines(flow.faces, SMALL, area.seal, side - 8)
  placeLines(flow, seal, stamp.y + (side - seal.length * 13) / 2, {
    x: stamp.x + 4,
    width: side - 8,
    style: SMALL,
    leading: 13,
    color: MUTED,
    align: 'center',
  })
}

export type Modules = { side: number; dark: readonly boolean[] }

/** The check code, large and as QR, over the table of full codes. */
export function drawIntegrity(flow: Flow, block: Of<'integrity'>, qr: Modules): void {
  const size = 104
  const note = breakLines(flow.faces, SMALL, block.note, WIDTH - size - 44)
  const height = Math.max(size + 16, 84 + note.length * 14)
  start(flow, height)
  const top = flow.y
  const x = LEFT + 14
  put(flow, { kind: 'box', x: LEFT, y: top, width: WIDTH, height, fill: null, stroke: GRID, dashed: false })
  put(flow, { kind: 'rule', x1: x, y1: top + 63, x2: x + 46, y2: top + 63, weight: 1.6, color: ACCENT })
  inTag(flow, 'P', () => {
    place(flow, block.label, top + 12, { x, width: 300, style: { face: 'head', size: 10 }, leading: 16, color: MUTED })
    place(flow, block.checkCode, top + 28, { x, width: 300, style: { face: 'head', size: 21 }, leading: 30 })
    placeLines(flow, note, top + 72, { x, width: 320, style: SMALL, leading: 14 })
  })
  const symbol = () =>
    put(flow, { kind: 'modules', x: LEFT + WIDTH - size - 8, y: top + 8, size, side: qr.side, dark: qr.dark })
  inTag(flow, 'Figure', symbol, `QR ${block.qr}`)
  flow.y = top + height + 12
  const rows = block.codes.map((c): GridRow => ({
    cells: [
      { text: c.label, style: { face: 'body', size: 8.5 }, align: 'left', fill: null },
      { text: c.code, style: { face: 'body', size: 7.6 }, align: 'left', fill: null },
    ],
  }))
  if (rows.length > 0) drawGrid(flow, { widths: [106, WIDTH - 106], head: null, rows, leading: 12, pad: 3 })
}

/** Distances of the cover tried, as shares of the usual ones, until everything stands above its date. */
const COVER_PITCHES = [1, 0.8, 0.6, 0.4] as const
const COVER_DATE = BOTTOM - 50

/** The cover: a page of its own, nothing else on it. */
export function drawCover(flow: Flow, block: Of<'cover'>): void {
  const fits = (pitch: number): boolean => {
    const trial = newFlow(flow.faces, pitch)
    drawCoverPage(trial, block)
    return trial.y <= COVER_DATE
  }
  const pitch = COVER_PITCHES.find(fits) ?? COVER_PITCHES[3]
  const usual = flow.pitch
  flow.pitch = pitch
  drawCoverPage(flow, block)
  flow.pitch = usual
  const style: Style = { face: 'body', size: 14 }
  inTag(flow, 'P', () => {
    place(flow, block.date, COVER_DATE, { x: LEFT, width: WIDTH, style, leading: 24, align: 'center' })
  })
  flow.y = BOTTOM
}

function drawCoverPage(flow: Flow, block: Of<'cover'>): void {
  const { pitch } = flow
  newPage(flow, true)
  put(flow, { kind: 'box', x: 0, y: 0, width: 12, height: PAGE_HEIGHT, fill: ACCENT, stroke: null, dashed: false })
  const centred = (text: string, y: number, style: Style, leading: number, color: Color = INK): number => {
    let next = y
    const draw = () => (next = place(flow, text, y, { x: LEFT, width: WIDTH, style, leading, color, align: 'center' }))
    if (text !== '') inTag(flow, 'P', draw)
    return next
  }
  centred(block.mark, TOP, { face: 'head', size: 11 }, 18, ACCENT_DARK)
  const below = drawLogo(flow, block)
  let y = centred(block.organiser, below, { face: 'head', size: 14 }, 24, MUTED)
  y = centred(block.title, y + 40 * pitch, { face: 'head', size: 30 }, 44)
  y = centred(block.subtitle, y + 6, { face: 'head', size: 14 }, 24, ACCENT_DARK) + 16 * pitch
  const middle = LEFT + WIDTH / 2
  put(flow, { kind: 'rule', x1: middle - 46, y1: y, x2: middle + 46, y2: y, weight: 2, color: ACCENT })
  y = centred(block.enterprise, y + 26 * pitch, { face: 'bold', size: 20 }, 32)
  flow.y = Math.max(y + 40 * pitch, 400 * pitch)
  drawCoverFacts(flow, block)
}

/** The logo in the middle over the organiser; where the organiser goes. */
function drawLogo(flow: Flow, { logo, organiser }: Of<'cover'>): number {
  if (logo === null) return TOP + 46
  const scale = Math.min(LOGO_BOX.width / logo.width, LOGO_BOX.height / logo.height)
  const [width, height] = [logo.width * scale, logo.height * scale]
  const picture = () =>
    put(flow, { kind: 'photo', x: LEFT + (WIDTH - width) / 2, y: TOP + 26, width, height, sha256: logo.sha256 })
  inTag(flow, 'Figure', picture, organiser)
  return TOP + 26 + height + 12
}

function drawCoverFacts(flow: Flow, block: Of<'cover'>): void {
  const x = LEFT + 36
  const width = WIDTH - 72
  for (const fact of block.facts) {
    const top = flow.y
    inTag(flow, 'P', () => {
      const afterLabel = place(flow, fact.label, top, {
        x,
        width: 98,
        style: { face: 'head', size: 11 },
        leading: 19,
        color: MUTED,
      })
      const afterValue = place(flow, fact.value, top, {
        x: x + 106,
        width: width - 106,
        style: { face: 'body', size: 11.5 },
        leading: 19,
      })
      flow.y = Math.max(afterLabel, afterValue)
    })
    put(flow, { kind: 'rule', x1: x + 102, y1: flow.y + 2, x2: x + width, y2: flow.y + 2, weight: 0.45, color: GRID })
    flow.y += 7 * flow.pitch
  }
}
