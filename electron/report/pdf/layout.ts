import { create } from 'qrcode'
import type { Block, ReportModel } from '../../../shared/report/model.ts'
import { drawKeyValue, drawLabelled, drawList, drawParagraph, drawTable, drawVerdict } from './blocks.ts'
import { drawChartBlock } from './charts.ts'
import {
  GRID,
  MUTED,
  PAGE_HEIGHT,
  PAGE_WIDTH,
  type Color,
  type Layout,
  type OutlineEntry,
  type Page,
} from './display.ts'
import type { Faces } from './faces.ts'
import { drawDocumentTitle, drawPocketItem, drawWriting } from './forms.ts'
import { drawCover, drawIntegrity, drawPhotos, drawSignatures, signatureHeight, type Modules } from './figures.ts'
import {
  BOTTOM,
  LEFT,
  TOP,
  WIDTH,
  inTag,
  isPageEmpty,
  newFlow,
  newPage,
  place,
  placeLines,
  put,
  start,
  type Flow,
} from './flow.ts'
import { breakLines, widthOf, type Style } from './text.ts'

export type PhotoRatio = (sha256: string) => number | null

/** Lays documents out one after the other in one file, each numbered for itself. Pure like `layoutReport`. */
export function layoutDocuments(models: readonly ReportModel[], faces: Faces, ratioOf: PhotoRatio): Layout {
  const whole: Layout = { pages: [], outline: [], structure: { role: 'Document', kids: [] } }
  for (const model of models) {
    const { pages, outline, structure } = layoutReport(model, faces, ratioOf)
    const [pagesBefore, headingsBefore] = [whole.pages.length, whole.outline.length]
    if (headingsBefore > 0)
      for (const mark of pages.flatMap((p) => p.marks)) if (mark.kind === 'link') mark.heading += headingsBefore
    whole.outline.push(...outline.map((entry) => ({ ...entry, page: entry.page + pagesBefore })))
    whole.structure.kids.push(...structure.kids)
    whole.pages.push(...pages)
  }
  return whole
}

/** Lays a report out on A4 pages. Pure: the same model, faces and photo shapes give the same marks. */
export function layoutReport(model: ReportModel, faces: Faces, ratioOf: PhotoRatio): Layout {
  const flow = newFlow(faces)
  let contents: Contents | null = null
  for (const blocks of partsOf(model)) {
    const part = fitted({ model, blocks, faces, ratioOf })
    const { pages, structure } = flow
    if (part.contents) {
      const { at, tagAt, title } = part.contents
      contents = { at: at + pages.length, tagAt: tagAt + structure.kids.length, title }
    }
    append(flow, part.flow)
  }
  const outline = contents ? insertContents(flow, contents) : flow.outline
  const code = model.pageCode ?? `${model.reportNumber} ${model.checkCode.replaceAll('-', '')}`
  flow.pages.forEach((page, n) => furnish(faces, page, [`${n + 1}`, `${flow.pages.length}`], model, code))
  const { draft } = model
  if (draft !== undefined) for (const page of flow.pages) drawDraftMark(faces, page, draft)
  return { pages: flow.pages, outline, structure: flow.structure }
}

type Contents = { at: number; tagAt: number; title: string }
type Part = { model: ReportModel; blocks: readonly Block[]; faces: Faces; ratioOf: PhotoRatio }
type SetPart = { flow: Flow; contents: Contents | null }

/**
 * What begins a page of its own and is set by itself: each title of a separate document and what follows a page break. The contents
 * take no page before they are set: what follows them goes with them. Without page breaks at their ends.
 */
function partsOf({ blocks, isDuplex }: ReportModel): Block[][] {
  if (isDuplex === true) return [blocks]
  const parts: Block[][] = [[]]
  for (const [n, block] of blocks.entries()) {
    const isBreak = block.kind === 'pageBreak' && blocks[n - 1]?.kind !== 'toc'
    if (isBreak || block.kind === 'documentTitle') parts.push([])
    if (!isBreak) parts.at(-1)?.push(block)
  }
  const filled = parts.filter((part) => part.length > 0)
  return filled.length > 0 ? filled : [blocks]
}

/** Shares of the usual distances tried where a part of a few pages would end on a page with little on it. */
const FORM = { pitches: [0.93, 0.86, 0.8], little: 0.4 } as const
const REPORT = { pitches: [0.95, 0.9], little: 0.22 } as const
const A_FEW = 12

/** A part at the usual distances, or closer where that saves its last page. */
function fitted(part: Part): SetPart {
  const usual = setPart(part, 1)
  const filled = (usual.flow.y - TOP) / (BOTTOM - TOP)
  const count = usual.flow.pages.length
  // The first part of a report is its page at a glance.
  const isForm = part.model.pageCode !== undefined || part.blocks[0] === part.model.blocks[0]
  const { pitches, little } = isForm ? FORM : REPORT
  if (count === 1 || count > A_FEW || filled > little) return usual
  for (const pitch of pitches) {
    const closer = setPart(part, pitch)
    if (closer.flow.pages.length < count) return closer
  }
  return usual
}

function setPart({ model, blocks, faces, ratioOf }: Part, pitch: number): SetPart {
  const flow = newFlow(faces, pitch)
  let contents: SetPart['contents'] = null
  for (const [n, block] of blocks.entries()) {
    const next = blocks[n + 1]
    const below = next?.kind === 'signature' ? signatureHeight(next, pitch) : 0
    if (opensChapter(flow, block, next)) start(flow, ROOM_FOR_SECTION)
    else if (leads(block, next)) start(flow, block.kind === 'verdict' ? ROOM_FOR_REASONS : ROOM_FOR_TABLE)
    else if (isShort(block) && next?.kind === 'writing' && next.label === '') start(flow, ROOM_FOR_LINES)
    else if (below > 0 && isShort(block)) start(flow, SHORT_TEXT_HEIGHT + below)
    if (block.kind === 'toc') {
      start(flow, 0)
      const at = isPageEmpty(flow) ? flow.pages.length - 1 : flow.pages.length
      contents = { at, tagAt: flow.structure.kids.length, title: block.title }
    } else drawBlock(flow, block, model, { ratioOf, below })
  }
  start(flow, 0)
  if (isPageEmpty(flow) && flow.pages.length > 1) flow.pages.pop()
  return { flow, contents }
}

function append(flow: Flow, { pages, outline, structure }: Flow): void {
  const before = flow.pages.length
  flow.outline.push(...outline.map((entry) => ({ ...entry, page: entry.page + before })))
  flow.structure.kids.push(...structure.kids)
  flow.pages.push(...pages)
}

const ROOM_FOR_TABLE = 118
const ROOM_FOR_REASONS = 200
const ROOM_FOR_LINES = 100
const ROOM_FOR_SECTION = 290
const SHORT_TEXT = 150
const SHORT_TEXT_HEIGHT = 70

/** A few words before a table, and a conclusion before its reasons, stay with it. */
const leads = (block: Block, next: Block | undefined): boolean =>
  (isShort(block) || block.kind === 'verdict') && (next?.kind === 'table' || next?.kind === 'keyValue')

/** A chapter's first words stay with the section that follows. */
const opensChapter = (flow: Flow, block: Block, next: Block | undefined): boolean =>
  isShort(block, 2 * SHORT_TEXT) &&
  next?.kind === 'heading' &&
  next.level === 2 &&
  flow.waiting.some((h) => h.level === 1)

const isShort = (block: Block, length = SHORT_TEXT): boolean =>
  block.kind === 'paragraph' && block.text.length <= length

/** `below`: what must stand on the same page after this block, in points. */
type Around = { ratioOf: PhotoRatio; below: number }

function drawBlock(
  flow: Flow,
  block: Exclude<Block, { kind: 'toc' }>,
  model: ReportModel,
  { ratioOf, below }: Around,
): void {
  switch (block.kind) {
    case 'cover':
      return drawCover(flow, block)
    case 'pageBreak':
      if (!isPageEmpty(flow)) newPage(flow)
      return
    case 'heading':
      flow.waiting.push(block)
      return
    case 'paragraph':
      return drawParagraph(flow, block, { isChinese: model.language === 'zh', below })
    case 'labelled':
      return drawLabelled(flow, block)
    case 'list':
      return drawList(flow, block)
    case 'keyValue':
      return drawKeyValue(flow, block)
    case 'table':
      return drawTable(flow, block)
    case 'chart':
      return drawChartBlock(flow, block)
    case 'verdict':
      return drawVerdict(flow, block)
    case 'photoSheet':
      return drawPhotos(flow, block, ratioOf, below)
    case 'signature':
      return drawSignatures(flow, block)
    case 'documentTitle':
      return drawDocumentTitle(flow, block)
    case 'writing':
      return drawWriting(flow, block, below)
    case 'pocketItem':
      return drawPocketItem(flow, block, modulesOf(block.qr))
    case 'integrity':
      return drawIntegrity(flow, block, modulesOf(block.qr))
  }
}

/** The symbol drawn last: most pages of a report carry the same one. */
let lastSymbol: { text: string; modules: Modules } | null = null

function modulesOf(text: string): Modules {
  if (lastSymbol?.text === text) return lastSymbol.modules
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  lastSymbol = { text, modules: { side: modules.size, dark: Array.from(modules.data, (bit) => bit === 1) } }
  return lastSymbol.modules
}

/** Line distances tried for the contents: a little tighter where that saves a page. */
const SCALES = [1, 0.9, 0.8] as const

/** Sets the contents on pages of their own before page `at` and moves what follows. */
function insertContents(
  flow: Flow,
  { at, tagAt, title }: { at: number; tagAt: number; title: string },
): OutlineEntry[] {
  const entries = flow.outline.filter((e) => e.level <= 2)
  const scale = SCALES.find((s) => setContents(flow, entries, title, s).pages.length === 1) ?? 1
  const count = setContents(flow, entries, title, scale).pages.length
  const moved = flow.outline.map((e) => (e.page >= at ? { ...e, page: e.page + count } : e))
  const { pages, structure } = setContents(
    flow,
    moved.filter((e) => e.level <= 2),
    title,
    scale,
  )
  const numbers = moved.flatMap((e, n) => (e.level <= 2 ? [n] : []))
  for (const page of pages) {
    for (const mark of page.marks) if (mark.kind === 'link') mark.heading = numbers[mark.heading] ?? 0
  }
  flow.pages.splice(at, 0, ...pages)
  flow.structure.kids.splice(tagAt, 0, ...structure.kids)
  return moved
}

type EntrySetting = { style: Style; indent: number; leading: number; above: number }
const CHAPTER: EntrySetting = { style: { face: 'head', size: 10.5 }, indent: 0, leading: 19, above: 5 }
const SECTION: EntrySetting = { style: { face: 'body', size: 10 }, indent: 18, leading: 17, above: 0 }

function setContents(flow: Flow, entries: readonly OutlineEntry[], title: string, scale: number): Flow {
  const part = newFlow(flow.faces)
  newPage(part)
  inTag(part, 'P', () => {
    part.y =
      place(part, title, part.y, {
        x: LEFT,
        width: WIDTH,
        style: { face: 'head', size: 18 },
        leading: 30,
        align: 'center',
      }) + 12
  })
  inTag(part, 'TOC', () => entries.forEach((entry, n) => inTag(part, 'TOCI', () => setEntry(part, entry, n, scale))))
  return part
}

function setEntry(part: Flow, entry: OutlineEntry, n: number, scale: number): void {
  const { style, indent, above, ...setting } = entry.level === 1 ? CHAPTER : SECTION
  const leading = setting.leading * scale
  const lines = breakLines(part.faces, style, entry.title, WIDTH - indent - 50)
  const height = lines.length * leading
  if (part.y + above + height > BOTTOM) newPage(part)
  else part.y += above
  const x = LEFT + indent
  const bottom = part.y + height
  const number = String(entry.page + 1)
  const from = x + (lines.at(-1)?.width ?? 0) + 6
  const to = LEFT + WIDTH - widthOf(part.faces, style, number) - 6
  if (to > from) put(part, { kind: 'leader', x1: from, x2: to, y: bottom - leading / 2 + 3, color: GRID })
  inTag(part, 'Link', () => {
    placeLines(part, lines, part.y, { x, width: WIDTH - indent - 50, style, leading })
    place(part, number, bottom - leading, { x: LEFT, width: WIDTH, style, leading, align: 'right' })
    put(part, { kind: 'link', x: LEFT, y: part.y, width: WIDTH, height, heading: n })
  })
  part.y = bottom
}

const DRAFT_WIDTH = 430
const DRAFT_COLOR: Color = [0.9, 0.9, 0.9]

/** Large and pale from corner to corner, under everything else on the page. */
function drawDraftMark(faces: Faces, page: Page, text: string): void {
  const turn = Math.PI / 4
  const size = (DRAFT_WIDTH / widthOf(faces, { face: 'head', size: 100 }, text)) * 100
  const along = (DRAFT_WIDTH / 2) * Math.cos(turn)
  const across = 0.35 * size * Math.cos(turn)
  const x = PAGE_WIDTH / 2 - along + across
  const y = PAGE_HEIGHT / 2 + along + across
  const style: Style = { face: 'head', size }
  page.marks.unshift({ kind: 'text', x, y, text, style, color: DRAFT_COLOR, spacing: 0, isLatin: false, turn })
  page.tags.unshift(null)
  page.furniture++
}

const FOOT_QR = 27
/** Pages that come back as photographs carry a larger symbol, in the head. */
const PAGE_QR = 39

/** Head line and foot line of a page with its QR. The cover has the foot only. */
function furnish(
  faces: Faces,
  page: Page,
  pageOf: [number: string, count: string],
  model: ReportModel,
  code: string,
): void {
  const flow: Flow = { ...newFlow(faces), pages: [page] }
  page.furniture = page.marks.length
  const [number, count] = pageOf
  const style: Style = { face: 'body', size: 8 }
  const third = { x: LEFT, width: WIDTH, style, leading: 12, color: MUTED }
  if (!page.isCover) {
    place(flow, model.header.left, TOP - 32, { ...third, width: WIDTH - 150 })
    const beside = model.pageCode === undefined ? 0 : PAGE_QR + 8
    place(flow, model.header.right, TOP - 32, { ...third, width: WIDTH - beside, align: 'right' })
    put(flow, { kind: 'rule', x1: LEFT, y1: TOP - 17, x2: LEFT + WIDTH, y2: TOP - 17, weight: 0.5, color: GRID })
  }
  const y = PAGE_HEIGHT - 48
  put(flow, { kind: 'rule', x1: LEFT, y1: y - 4, x2: PAGE_WIDTH - LEFT, y2: y - 4, weight: 0.5, color: GRID })
  const filled = (text: string) => text.replace('{page}', number).replace('{pages}', count)
  const text = filled(model.footer.page)
  const qr = modulesOf(filled(code))
  place(flow, model.footer.left, y, { ...third, width: WIDTH * 0.4 })
  place(flow, text, y, { ...third, align: 'center' })
  if (model.pageCode === undefined) {
    place(flow, model.footer.right, y, { ...third, width: WIDTH - FOOT_QR - 8, align: 'right' })
    put(flow, { kind: 'modules', x: LEFT + WIDTH - FOOT_QR, y: y + 1, size: FOOT_QR, ...qr })
  } else {
    place(flow, model.footer.right, y, { ...third, align: 'right' })
    put(flow, { kind: 'modules', x: LEFT + WIDTH - PAGE_QR, y: TOP - 17 - 5 - PAGE_QR, size: PAGE_QR, ...qr })
  }
}
