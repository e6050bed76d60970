import { lengthOf } from '../jpeg.ts'
import type { PrintPhoto } from '../photos.ts'
import { SPACED, between, traitsOf } from './characters.ts'
import { PAGE_HEIGHT, PAGE_WIDTH, type Color, type Layout, type Mark, type OutlineEntry, type Tag } from './display.ts'
import { buildDocument, pdfText, type DocumentInfo, type Part, type RawPdf } from './document.ts'
import { newFontBook, type FontBook } from './embed.ts'
import type { Faces } from './faces.ts'
import { newInk, put, putCode, putNumber, taken, type Ink } from './ink.ts'
import { newStructure } from './structure.ts'

type Modules = Extract<Mark, { kind: 'modules' }>
/** What is set on a page so far: operators are written where they change something. What stands in q … Q changes nothing of it. */
type Pen = { fill: Color | null; stroke: Color | null; weight: number; font: string; size: number; spacing: number }
/** Pictures and QR symbols met so far, with the names pages call them by; each is in the file once. */
type Images = { names: Map<string, string>; photos: ReadonlyMap<string, PrintPhoto>; symbols: Map<string, Modules> }
/** What a page is drawn with. */
type Tools = { ink: Ink; pen: Pen; book: FontBook; images: Images }

/** Draws a layout as a PDF; photos not in the map must not be in the layout. */
export function paintReport(
  layout: Layout,
  faces: Faces,
  photos: ReadonlyMap<string, PrintPhoto>,
  info: DocumentInfo,
): Part[] {
  const book = newFontBook(faces)
  const images: Images = { names: new Map(), photos, symbols: new Map() }
  const structure = newStructure(layout.structure, layout.pages.length)
  const ink = newInk()
  const contents = layout.pages.map((page, n) => {
    const pen: Pen = { fill: null, stroke: null, weight: 0, font: '', size: 0, spacing: 0 }
    const tools = { ink, pen, book, images }
    structure.mark(page, n, ink, (mark) => draw(mark, tools))
    return taken(ink)
  })
  const links: Link[] = []
  return buildDocument(contents, [PAGE_WIDTH, PAGE_HEIGHT], info, {
    fonts: (pdf) => book.write(pdf),
    images: (pdf) => {
      const pictures = [...images.names].map(([sha256, name]) => [name, writeImage(pdf, photos.get(sha256))] as const)
      return new Map([
        ...pictures,
        ...[...images.symbols].map(([name, symbol]) => [name, writeSymbol(pdf, symbol)] as const),
      ])
    },
    page: (page, pdf) => {
      const own = linksOf(layout, page, pdf)
      links.push(...own)
      return `/Tabs /S /StructParents ${page}${own.length > 0 ? ` /Annots [${own.map((l) => `${l.object} 0 R`).join(' ')}]` : ''}`
    },
    catalogue: (pdf, objectOf) => {
      for (const link of links)
        writeLink(pdf, link, link.tag ? structure.annotate(link.tag, link.object, link.page) : null, objectOf)
      const tree = structure.write(pdf, objectOf)
      const labels = '/PageLabels << /Nums [0 << /S /D >>] >>'
      return `${writeOutline(pdf, layout.outline, objectOf)} ${labels} /MarkInfo << /Marked true >> /StructTreeRoot ${tree} 0 R`
    },
  })
}

const num = (value: number): string => String(Math.round(value * 100) / 100)
const flip = (y: number): number => PAGE_HEIGHT - y

function putPair(ink: Ink, x: number, y: number): void {
  putNumber(ink, x)
  putNumber(ink, y)
}

function putColor(ink: Ink, [red, green, blue]: Color, operator: 'rg' | 'RG'): void {
  putNumber(ink, red)
  putPair(ink, green, blue)
  put(ink, operator)
}

function setFill({ ink, pen }: Tools, color: Color): void {
  if (pen.fill === color) return
  pen.fill = color
  putColor(ink, color, 'rg')
  put(ink, ' ')
}

function setStroke({ ink, pen }: Tools, color: Color, weight: number): void {
  if (pen.stroke !== color) {
    pen.stroke = color
    putColor(ink, color, 'RG')
    put(ink, ' ')
  }
  if (pen.weight === weight) return
  pen.weight = weight
  putNumber(ink, weight)
  put(ink, 'w ')
}

function draw(mark: Mark, tools: Tools): void {
  switch (mark.kind) {
    case 'text':
      return drawText(mark, tools)
    case 'box':
      return drawBox(mark, tools)
    case 'rule':
      setStroke(tools, mark.color, mark.weight)
      return drawLine(tools.ink, mark.x1, mark.y1, mark.x2, mark.y2)
    case 'path':
      return drawPath(mark, tools.ink)
    case 'leader':
      put(tools.ink, 'q [0.8 2.6] 0 d ')
      putColor(tools.ink, mark.color, 'RG')
      put(tools.ink, ' 0.8 w ')
      drawLine(tools.ink, mark.x1, mark.y, mark.x2, mark.y)
      return put(tools.ink, ' Q')
    case 'modules':
      return drawSymbol(mark, tools)
    case 'photo':
      return drawPhoto(mark, tools)
    case 'link':
  }
}

function drawLine(ink: Ink, x1: number, y1: number, x2: number, y2: number): void {
  putPair(ink, x1, flip(y1))
  put(ink, 'm ')
  putPair(ink, x2, flip(y2))
  put(ink, 'l S')
}

function drawBox({ x, y, width, height, fill, stroke, dashed }: Extract<Mark, { kind: 'box' }>, tools: Tools): void {
  const { ink } = tools
  if (dashed) put(ink, '[3 2] 0 d ')
  if (fill) setFill(tools, fill)
  if (stroke) setStroke(tools, stroke, 0.7)
  putPair(ink, x, flip(y + height))
  putPair(ink, width, height)
  put(ink, fill && stroke ? 're B' : fill ? 're f' : 're S')
  if (dashed) put(ink, ' [] 0 d')
}

function drawPath(mark: Extract<Mark, { kind: 'path' }>, ink: Ink): void {
  const { points, closed, fill, stroke, weight, dashed } = mark
  put(ink, dashed ? 'q [2 2] 0 d 1 j ' : 'q 1 j ')
  if (fill) putColor(ink, fill, 'rg')
  if (fill && stroke) put(ink, ' ')
  if (stroke) {
    putColor(ink, stroke, 'RG')
    put(ink, ' ')
    putNumber(ink, weight)
    put(ink, 'w')
  }
  points.forEach(([x, y], n) => {
    put(ink, ' ')
    putPair(ink, x, flip(y))
    put(ink, n === 0 ? 'm' : 'l')
  })
  if (closed) put(ink, ' h')
  put(ink, fill && stroke ? ' B Q' : fill ? ' f Q' : ' S Q')
}

/** One text object a line; the font changes inside it where a character comes from another face. */
function drawText(mark: Extract<Mark, { kind: 'text' }>, tools: Tools): void {
  const { ink, pen, book } = tools
  const { text, turn, spacing } = mark
  const { size, face } = mark.style
  if (mark.y > PAGE_HEIGHT) throw new Error(`text below the page: ${text}`)
  put(ink, 'BT ')
  setFill(tools, mark.color)
  if (spacing !== pen.spacing) {
    pen.spacing = spacing
    putNumber(ink, spacing, 3)
    put(ink, 'Tc ')
  }
  if (turn !== undefined)
    for (const part of [Math.cos(turn), Math.sin(turn), -Math.sin(turn), Math.cos(turn)]) putNumber(ink, part, 3)
  putPair(ink, mark.x, flip(mark.y))
  put(ink, turn === undefined ? 'Td' : 'Tm')
  let isOpen = false
  let before = -1
  let traits = 0
  for (let at = 0; at < text.length; at++) {
    const character = text.codePointAt(at) ?? 0
    if (character > 0xffff) at++
    const { id, code } = book.encode(face, character)
    const own = traitsOf(character)
    const gap = before >= 0 && ((traits | own) & SPACED) !== 0 ? gapBefore(mark, before, character) : 0
    const isSet = id === pen.font && size === pen.size
    if (isOpen && (gap !== 0 || !isSet)) {
      put(ink, ') Tj')
      isOpen = false
    }
    if (!isSet) {
      pen.font = id
      pen.size = size
      put(ink, ` /${id} `)
      putNumber(ink, size)
      put(ink, 'Tf')
    }
    if (gap !== 0) put(ink, ` [${-gap}] TJ`)
    if (!isOpen) put(ink, ' (')
    isOpen = true
    putCode(ink, code)
    before = character
    traits = own
  }
  put(ink, isOpen ? ') Tj ET' : ' ET')
}

/** In thousandths of an em. What is added to every character of a stretched line is part of the gap between Han and Latin. */
function gapBefore(
  { spacing, style, isLatin }: Extract<Mark, { kind: 'text' }>,
  before: number,
  after: number,
): number {
  const gap = between(before, after, isLatin)
  return Math.round((gap > 0 ? Math.max(0, gap - spacing / style.size) : gap) * 1000)
}

/** The symbol is drawn by name, in units of its squares. */
function drawSymbol(mark: Modules, { ink, images }: Tools): void {
  const known = [...images.symbols].find(([, symbol]) => symbol.dark === mark.dark)
  const name = known?.[0] ?? `Q${images.symbols.size + 1}`
  images.symbols.set(name, known?.[1] ?? mark)
  const unit = mark.size / mark.side
  put(ink, 'q ')
  putNumber(ink, unit, 3)
  put(ink, '0 0 ')
  putNumber(ink, unit, 3)
  putPair(ink, mark.x, flip(mark.y + mark.size))
  put(ink, `cm /${name} Do Q`)
}

/** Dark squares joined to bars, so that no hairlines show between them. */
function writeSymbol(pdf: RawPdf, { side, dark }: Modules): number {
  const bars: string[] = []
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      if (!dark[row * side + column]) continue
      const from = column
      while (column + 1 < side && dark[row * side + column + 1]) column++
      bars.push(`${from} ${side - row - 1} ${column - from + 1} 1 re`)
    }
  }
  const data = Buffer.from(`0 g ${bars.join(' ')} f`, 'latin1')
  return pdf.deflated(`/Type /XObject /Subtype /Form /BBox [0 0 ${side} ${side}]`, data)
}

/** Matrices of the eight EXIF orientations for the unit square an image is drawn in. */
const TURN: Record<number, readonly [number, number, number, number, number, number]> = {
  1: [1, 0, 0, 1, 0, 0],
  2: [-1, 0, 0, 1, 1, 0],
  3: [-1, 0, 0, -1, 1, 1],
  4: [1, 0, 0, -1, 0, 1],
  5: [0, -1, -1, 0, 1, 1],
  6: [0, -1, 1, 0, 0, 1],
  7: [0, 1, 1, 0, 0, 0],
  8: [0, 1, -1, 0, 1, 0],
}

function drawPhoto(mark: Extract<Mark, { kind: 'photo' }>, { ink, images }: Tools): void {
  let name = images.names.get(mark.sha256)
  if (name === undefined) {
    name = `I${images.names.size + 1}`
    images.names.set(mark.sha256, name)
  }
  const orientation = images.photos.get(mark.sha256)?.orientation ?? 1
  const turn = (TURN[orientation] ?? [1, 0, 0, 1, 0, 0]).join(' ')
  put(ink, 'q ')
  putNumber(ink, mark.width)
  put(ink, '0 0 ')
  putNumber(ink, mark.height)
  putPair(ink, mark.x, flip(mark.y + mark.height))
  put(ink, `cm ${turn} cm /${name} Do Q`)
}

function writeImage(pdf: RawPdf, photo: PrintPhoto | undefined): number {
  if (!photo) throw new Error('a photo of the layout has no file')
  const space = { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' }[photo.components]
  const decode = photo.isInverted ? ' /Decode [1 0 1 0 1 0 1 0]' : ''
  return pdf.object(
    `/Type /XObject /Subtype /Image /Width ${photo.width} /Height ${photo.height} /ColorSpace ${space} /BitsPerComponent 8 /Filter /DCTDecode${decode}`,
    { path: photo.path, ranges: photo.keep, length: lengthOf(photo) },
  )
}

const destination = (entry: OutlineEntry, objectOf: (page: number) => number): string =>
  `[${objectOf(entry.page)} 0 R /XYZ 0 ${num(flip(Math.max(0, entry.y - 24)))} null]`

type Link = {
  object: number
  page: number
  mark: Extract<Mark, { kind: 'link' }>
  entry: OutlineEntry
  tag: Tag | null
}

function linksOf(layout: Layout, number: number, pdf: RawPdf): Link[] {
  const page = layout.pages[number]
  const links: Link[] = []
  page?.marks.forEach((mark, n) => {
    if (mark.kind !== 'link') return
    const entry = layout.outline[mark.heading]
    if (entry) links.push({ object: pdf.reserve(), page: number, mark, entry, tag: page.tags[n] ?? null })
  })
  return links
}

function writeLink(
  pdf: RawPdf,
  { object, mark, entry }: Link,
  parent: number | null,
  objectOf: (page: number) => number,
): void {
  const rect = `[${num(mark.x)} ${num(flip(mark.y + mark.height))} ${num(mark.x + mark.width)} ${num(flip(mark.y))}]`
  const tie = parent === null ? '' : ` /StructParent ${parent}`
  const target = `/Contents ${pdfText(entry.title)} /Dest ${destination(entry, objectOf)}`
  pdf.object(`/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect ${rect} ${target}${tie}`, undefined, object)
}

type Node = { number: number; entry: OutlineEntry; children: Node[] }

/** Writes the bookmarks, one per heading, nested by level; answers the catalogue entries that show them. */
function writeOutline(pdf: RawPdf, outline: readonly OutlineEntry[], objectOf: (page: number) => number): string {
  if (outline.length === 0) return ''
  const top: Node[] = []
  const open: Node[] = []
  const root = pdf.reserve()
  for (const entry of outline) {
    const node: Node = { number: pdf.reserve(), entry, children: [] }
    while ((open.at(-1)?.entry.level ?? 0) >= entry.level) open.pop()
    const siblings = open.at(-1)?.children ?? top
    siblings.push(node)
    open.push(node)
  }
  pdf.object(`/Type /Outlines ${family(top)} /Count ${top.length}`, undefined, root)
  writeBranch(pdf, top, root, objectOf)
  return `/Outlines ${root} 0 R /PageMode /UseOutlines`
}

function writeBranch(pdf: RawPdf, nodes: readonly Node[], parent: number, objectOf: (page: number) => number): void {
  nodes.forEach((node, n) => {
    const previous = nodes[n - 1] ? `/Prev ${nodes[n - 1]?.number} 0 R ` : ''
    const next = nodes[n + 1] ? `/Next ${nodes[n + 1]?.number} 0 R ` : ''
    const below = node.children.length > 0 ? `${family(node.children)} /Count -${node.children.length} ` : ''
    const target = `/Dest ${destination(node.entry, objectOf)}`
    pdf.object(
      `/Title ${pdfText(node.entry.title)} /Parent ${parent} 0 R ${previous}${next}${below}${target}`,
      undefined,
      node.number,
    )
    writeBranch(pdf, node.children, node.number, objectOf)
  })
}

const family = (nodes: readonly Node[]): string => `/First ${nodes[0]?.number} 0 R /Last ${nodes.at(-1)?.number} 0 R`
