import { lengthOf } from '../jpeg.ts'
import type { PrintPhoto } from '../photos.ts'
import { between } from './characters.ts'
import { PAGE_HEIGHT, PAGE_WIDTH, type Color, type Layout, type Mark, type OutlineEntry, type Tag } from './display.ts'
import { buildDocument, pdfText, type DocumentInfo, type Part, type RawPdf } from './document.ts'
import { newFontBook, type FontBook } from './embed.ts'
import type { Faces } from './faces.ts'
import { newStructure } from './structure.ts'

type Modules = Extract<Mark, { kind: 'modules' }>
/** What is set on a page so far: operators are written where they change something. What stands in q … Q changes nothing of it. */
type Pen = { fill: Color | null; stroke: Color | null; weight: number; font: string; size: number; spacing: number }
/** Pictures and QR symbols met so far, with the names pages call them by; each is in the file once. */
type Images = { names: Map<string, string>; photos: ReadonlyMap<string, PrintPhoto>; symbols: Map<string, Modules> }

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
  const contents = layout.pages.map((page, n) => {
    const pen: Pen = { fill: null, stroke: null, weight: 0, font: '', size: 0, spacing: 0 }
    return structure.mark(
      page,
      n,
      page.marks.map((mark) => operators(mark, pen, book, images)),
    )
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
const num3 = (value: number): string => String(Math.round(value * 1000) / 1000)
const flip = (y: number): number => PAGE_HEIGHT - y
const rgb = (color: Color, operator: 'rg' | 'RG'): string => `${color.map(num).join(' ')} ${operator}`

/** The operator that sets a colour, '' where it is set. */
function colored(pen: Pen, use: 'fill' | 'stroke', color: Color): string {
  if (pen[use] === color) return ''
  pen[use] = color
  return `${rgb(color, use === 'fill' ? 'rg' : 'RG')} `
}

function weighted(pen: Pen, weight: number): string {
  if (pen.weight === weight) return ''
  pen.weight = weight
  return `${num(weight)} w `
}

function operators(mark: Mark, pen: Pen, book: FontBook, images: Images): string {
  switch (mark.kind) {
    case 'text':
      return textOperators(mark, pen, book)
    case 'box':
      return boxOperators(mark, pen)
    case 'rule': {
      const set = `${colored(pen, 'stroke', mark.color)}${weighted(pen, mark.weight)}`
      return `${set}${num(mark.x1)} ${num(flip(mark.y1))} m ${num(mark.x2)} ${num(flip(mark.y2))} l S`
    }
    case 'path':
      return pathOperators(mark)
    case 'leader':
      return `q [0.8 2.6] 0 d ${rgb(mark.color, 'RG')} 0.8 w ${num(mark.x1)} ${num(flip(mark.y))} m ${num(mark.x2)} ${num(flip(mark.y))} l S Q`
    case 'modules':
      return symbolOperators(mark, images)
    case 'photo':
      return photoOperators(mark, images)
    case 'link':
      return ''
  }
}

/** In thousandths of an em. What is added to every character of a stretched line is part of the gap between Han and Latin. */
function gapBefore(
  { spacing, style, isLatin }: Extract<Mark, { kind: 'text' }>,
  before: string,
  after: string,
): number {
  const gap = between(before, after, isLatin)
  return Math.round((gap > 0 ? Math.max(0, gap - spacing / style.size) : gap) * 1000)
}

function boxOperators({ x, y, width, height, fill, stroke, dashed }: Extract<Mark, { kind: 'box' }>, pen: Pen): string {
  const paint = fill && stroke ? 'B' : fill ? 'f' : 'S'
  const set = `${fill ? colored(pen, 'fill', fill) : ''}${stroke ? colored(pen, 'stroke', stroke) + weighted(pen, 0.7) : ''}`
  const path = `${set}${num(x)} ${num(flip(y + height))} ${num(width)} ${num(height)} re ${paint}`
  return dashed ? `[3 2] 0 d ${path} [] 0 d` : path
}

function pathOperators({ points, closed, fill, stroke, weight, dashed }: Extract<Mark, { kind: 'path' }>): string {
  const corners = points.map(([x, y], n) => `${num(x)} ${num(flip(y))} ${n === 0 ? 'm' : 'l'}`).join(' ')
  const colors = [fill && rgb(fill, 'rg'), stroke && `${rgb(stroke, 'RG')} ${num(weight)} w`].filter(Boolean).join(' ')
  const paint = fill && stroke ? 'B' : fill ? 'f' : 'S'
  return `q ${dashed ? '[2 2] 0 d ' : ''}1 j ${colors} ${corners}${closed ? ' h' : ''} ${paint} Q`
}

/** One text object a line; the font changes inside it where a character comes from another face. */
function textOperators(mark: Extract<Mark, { kind: 'text' }>, pen: Pen, book: FontBook): string {
  const { turn, spacing } = mark
  const { size, face } = mark.style
  let shows = ''
  let codes = ''
  let before = ''
  const flush = () => {
    if (codes !== '') shows += ` (${codes}) Tj`
    codes = ''
  }
  for (const c of mark.text) {
    const { id, code } = book.encode(face, c.codePointAt(0) ?? 0)
    const gap = before === '' ? 0 : gapBefore(mark, before, c)
    if (id !== pen.font || size !== pen.size) {
      flush()
      shows += ` /${id} ${num(size)} Tf`
      pen.font = id
      pen.size = size
    }
    if (gap !== 0) {
      flush()
      shows += ` [${-gap}] TJ`
    }
    codes += code
    before = c
  }
  flush()
  const spaced = spacing === pen.spacing ? '' : `${num3(spacing)} Tc `
  pen.spacing = spacing
  const place = `${num(mark.x)} ${num(flip(mark.y))}`
  const [cos, sin] = turn === undefined ? [1, 0] : [num3(Math.cos(turn)), num3(Math.sin(turn))]
  const move = turn === undefined ? `${place} Td` : `${cos} ${sin} ${-Number(sin)} ${cos} ${place} Tm`
  return `BT ${colored(pen, 'fill', mark.color)}${spaced}${move}${shows} ET`
}

/** The symbol is drawn by name, in units of its squares. */
function symbolOperators(mark: Modules, images: Images): string {
  const known = [...images.symbols].find(([, symbol]) => symbol.dark === mark.dark)
  const name = known?.[0] ?? `Q${images.symbols.size + 1}`
  images.symbols.set(name, known?.[1] ?? mark)
  const unit = mark.size / mark.side
  return `q ${num3(unit)} 0 0 ${num3(unit)} ${num(mark.x)} ${num(flip(mark.y + mark.size))} cm /${name} Do Q`
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

function photoOperators(mark: Extract<Mark, { kind: 'photo' }>, images: Images): string {
  let name = images.names.get(mark.sha256)
  if (name === undefined) {
    name = `I${images.names.size + 1}`
    images.names.set(mark.sha256, name)
  }
  const orientation = images.photos.get(mark.sha256)?.orientation ?? 1
  const turn = (TURN[orientation] ?? [1, 0, 0, 1, 0, 0]).join(' ')
  const place = `${num(mark.width)} 0 0 ${num(mark.height)} ${num(mark.x)} ${num(flip(mark.y + mark.height))} cm`
  return `q ${place} ${turn} cm /${name} Do Q`
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
  return (page?.marks ?? []).flatMap((mark, n): Link[] => {
    const entry = mark.kind === 'link' ? layout.outline[mark.heading] : undefined
    return mark.kind === 'link' && entry
      ? [{ object: pdf.reserve(), page: number, mark, entry, tag: page?.tags[n] ?? null }]
      : []
  })
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
