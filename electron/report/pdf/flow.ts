import {
  ACCENT,
  INK,
  PAGE_HEIGHT,
  PAGE_WIDTH,
  type Color,
  type Mark,
  type OutlineEntry,
  type Page,
  type Role,
  type Tag,
} from './display.ts'
import type { Faces } from './faces.ts'
import { breakLines, justification, type Line, type Style } from './text.ts'

export const LEFT = 70.9
export const TOP = 74
export const BOTTOM = PAGE_HEIGHT - 70
export const WIDTH = PAGE_WIDTH - 2 * LEFT
/** Baseline below the top of a line box, in em, for Han set solid. */
const ASCENT = 0.88

type Heading = { level: 1 | 2 | 3; text: string }

/**
 * The place where the next thing goes. Headings wait until the thing after them is known to fit below. `tag` is what is being
 * drawn, inside `structure`, the document's tree. `pitch` is the share of the usual distances between lines and rows.
 */
export type Flow = {
  faces: Faces
  pages: Page[]
  outline: OutlineEntry[]
  y: number
  waiting: Heading[]
  structure: Tag
  tag: Tag | null
  pitch: number
}

export const newFlow = (faces: Faces, pitch = 1): Flow => ({
  faces,
  pitch,
  pages: [],
  outline: [],
  y: TOP,
  waiting: [],
  structure: { role: 'Document', kids: [] },
  tag: null,
})

export function newPage(flow: Flow, isCover = false): Page {
  const page: Page = { marks: [], tags: [], furniture: Number.MAX_SAFE_INTEGER, isCover }
  flow.pages.push(page)
  flow.y = TOP
  return page
}

export const isPageEmpty = (flow: Flow): boolean => (flow.pages.at(-1)?.marks.length ?? 0) === 0

export function put(flow: Flow, mark: Mark): void {
  const page = flow.pages.at(-1) ?? newPage(flow)
  page.marks.push(mark)
  page.tags.push(isContent(mark, flow.tag) ? flow.tag : null)
}

/** Lines and boxes are decoration, unless they are the figure. */
const isContent = (mark: Mark, tag: Tag | null): boolean =>
  tag?.role === 'Figure' ||
  mark.kind === 'text' ||
  mark.kind === 'photo' ||
  mark.kind === 'modules' ||
  mark.kind === 'link'

/** Draws something as a part of the document of its own, inside the part being drawn. */
export function inTag(flow: Flow, role: Role, draw: () => void, alt?: string): void {
  const tag: Tag = { role, kids: [], ...(alt === undefined ? {} : { alt }) }
  ;(flow.tag ?? flow.structure).kids.push(tag)
  withTag(flow, tag, draw)
}

/** Draws something as (more of) a part already in the tree; null makes it decoration. */
export function withTag(flow: Flow, tag: Tag | null, draw: () => void): void {
  const outer = flow.tag
  flow.tag = tag
  draw()
  flow.tag = outer
}

/** Makes sure `height` fits below the waiting headings, on a new page if need be, and sets those. */
export function start(flow: Flow, height: number): void {
  if (flow.pages.length === 0) newPage(flow)
  const headings = flow.waiting
  flow.waiting = []
  const set = headings.map((h, n) => setHeading(flow, h, n))
  const needed = set.reduce((sum, h) => sum + h.height, height)
  if (needed > BOTTOM - flow.y && !isPageEmpty(flow)) newPage(flow)
  for (const heading of set) {
    if (flow.y + heading.height > BOTTOM && !isPageEmpty(flow)) newPage(flow)
    drawHeading(flow, heading)
  }
}

const HEADING: Record<1 | 2 | 3, { style: Style; above: number; below: number; leading: number }> = {
  1: { style: { face: 'head', size: 15.5 }, above: 20, below: 10, leading: 22 },
  2: { style: { face: 'head', size: 12.5 }, above: 13, below: 6, leading: 18 },
  3: { style: { face: 'head', size: 11 }, above: 10, below: 5, leading: 16 },
}

type SetHeading = Heading & { lines: Line[]; height: number }

function setHeading(flow: Flow, heading: Heading, place: number): SetHeading {
  const { style, above, below, leading } = HEADING[heading.level]
  const lines = breakLines(flow.faces, style, heading.text, WIDTH - (heading.level === 1 ? 12 : 0))
  const spaces = (place === 0 && isPageEmpty(flow) ? 0 : above) + below
  return { ...heading, lines, height: spaces * flow.pitch + lines.length * leading }
}

function drawHeading(flow: Flow, heading: SetHeading): void {
  const { style, above, below, leading } = HEADING[heading.level]
  if (!isPageEmpty(flow)) flow.y += above * flow.pitch
  flow.outline.push({ title: heading.text, level: heading.level, page: flow.pages.length - 1, y: flow.y })
  if (heading.level === 1) {
    const height = heading.lines.length * leading - 5
    put(flow, { kind: 'box', x: LEFT, y: flow.y + 2.5, width: 4, height, fill: ACCENT, stroke: null, dashed: false })
  }
  const x = heading.level === 1 ? LEFT + 12 : LEFT
  const tag: Tag = { role: `H${heading.level}`, kids: [] }
  // A heading is drawn when what follows it has begun: it goes before that.
  flow.structure.kids.splice(flow.structure.kids.length - (flow.tag === null ? 0 : 1), 0, tag)
  withTag(flow, tag, () => {
    flow.y = placeLines(flow, heading.lines, flow.y, { x, width: WIDTH, style, leading }) + below * flow.pitch
  })
}

type LineSetting = { style: Style; leading: number; color: Color; spacing: number }

function drawLine(flow: Flow, line: Line, x: number, y: number, setting: LineSetting): void {
  const { style, leading, color, spacing } = setting
  if (line.text === '') return
  const baseline = y + (leading - style.size) / 2 + ASCENT * style.size
  put(flow, {
    kind: 'text',
    x: x - line.lead,
    y: baseline,
    text: line.text,
    style,
    color,
    spacing,
    isLatin: line.isLatin,
  })
}

export type Placed = {
  x: number
  width: number
  style: Style
  leading: number
  color?: Color
  align?: 'left' | 'center' | 'right'
}

/** Draws set lines at a fixed place and answers where the next line would go. No page is ever broken here. */
export function placeLines(flow: Flow, lines: readonly Line[], y: number, placed: Placed): number {
  const { x, width, style, leading, color = INK, align = 'left' } = placed
  const setting = { style, leading, color, spacing: 0 }
  lines.forEach((line, n) => {
    const slack = width - line.width
    const shift = align === 'left' ? 0 : align === 'right' ? slack : slack / 2
    drawLine(flow, line, x + shift, y + n * leading, setting)
  })
  return y + lines.length * leading
}

/** Breaks a text and draws it at a fixed place, like `placeLines`. */
export function place(flow: Flow, text: string, y: number, placed: Placed): number {
  return placeLines(flow, breakLines(flow.faces, placed.style, text, placed.width), y, placed)
}

export type ParagraphSetting = {
  style: Style
  leading: number
  color?: Color
  indent?: number
  after?: number
  x?: number
  width?: number
  /** What must stand below the last lines on the same page, in points. */
  below?: number
}

/** So many lines of a text stay with signatures below it. */
const WITH_SIGNATURES = 4

/** Sets running text across pages, justified where that does not show; at least two lines stay together at a page's foot. */
export function paragraph(flow: Flow, text: string, setting: ParagraphSetting): void {
  const { style, color = INK, indent = 0, after = 6, x = LEFT, width = WIDTH, below = 0 } = setting
  const leading = setting.leading * flow.pitch
  const lines = breakLines(flow.faces, style, text, width, indent)
  start(flow, Math.min(lines.length, 2) * leading)
  lines.forEach((line, n) => {
    const left = (lines.length - n) * leading
    const isOrphan = n === lines.length - 2 && lines.length > 2 && flow.y + left > BOTTOM
    const parts = below > 0 && n === lines.length - WITH_SIGNATURES && flow.y + left + after + below > BOTTOM
    if (flow.y + leading > BOTTOM || isOrphan || parts) newPage(flow)
    const inset = line.isFirst ? indent : 0
    const spacing = line.isLast ? 0 : justification(style, line, width - inset)
    drawLine(flow, line, x + inset, flow.y, { style, leading, color, spacing })
    flow.y += leading
  })
  flow.y += after
}
