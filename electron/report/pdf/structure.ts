import { PAGE_HEIGHT, type Mark, type Page, type Tag } from './display.ts'
import { pdfText, type RawPdf } from './document.ts'
import { put, type Ink } from './ink.ts'

/** Where the marks of a tag stand: page and number of the marked content on it. */
type Place = { page: number; id: number }
type Box = { left: number; top: number; right: number; bottom: number }
/** What became of a tag: its object, its marks, the frame of a figure, the annotation of a link. */
type Entry = { number: number; places: Place[]; box: Box | null; link: { object: number; page: number } | null }

/**
 * The tree assistive programs read. `mark` has a page drawn and brackets its operators, `annotate` ties a link to its tag; both
 * while pages are painted. `write` puts the tree into the file and answers the object of its root.
 */
export type Structure = {
  mark: (page: Page, number: number, ink: Ink, draw: (mark: Mark) => void) => void
  annotate: (tag: Tag, object: number, page: number) => number
  write: (pdf: RawPdf, objectOf: (page: number) => number) => number
}

const ARTIFACT = '/Artifact BMC'
const FURNITURE = '/Artifact <</Type /Pagination>> BDC'

/** The structure tree of a document under its root; pages are numbered from 0. */
export function newStructure(root: Tag, pageCount: number): Structure {
  const entries = new Map<Tag, Entry>()
  const contents: Entry[][] = Array.from({ length: pageCount }, () => [])
  const links: Entry[] = []
  const entryOf = (tag: Tag): Entry => {
    const known = entries.get(tag)
    if (known) return known
    const entry = { number: 0, places: [], box: null, link: null }
    entries.set(tag, entry)
    return entry
  }
  return {
    mark: (page, number, ink, draw) => {
      const own = contents[number] ?? []
      const begin = (tag: Tag): string => {
        const entry = entryOf(tag)
        const id = own.push(entry) - 1
        entry.places.push({ page: number, id })
        return `/${tag.role} <</MCID ${id}>> BDC`
      }
      page.marks.forEach((mark, n) => {
        const tag = page.tags[n]
        if (tag?.role !== 'Figure') return
        const entry = entryOf(tag)
        entry.box = around(entry.box, mark)
      })
      bracketed(page, ink, draw, begin)
    },
    annotate: (tag, object, page) => {
      const entry = entryOf(tag)
      entry.link = { object, page }
      return pageCount + links.push(entry) - 1
    },
    write: (pdf, objectOf) => {
      const number = (tag: Tag): void => {
        entryOf(tag).number = pdf.reserve()
        tag.kids.forEach(number)
      }
      number(root)
      const top = pdf.reserve()
      writeTag({ pdf, objectOf, entryOf }, root, top)
      const byPage = contents.map((own, n) => `${n} [${own.map((entry) => `${entry.number} 0 R`).join(' ')}]`)
      const byLink = links.map((entry, n) => `${pageCount + n} ${entry.number} 0 R`)
      const tree = pdf.object(`/Nums [${[...byPage, ...byLink].join('\n')}]`)
      const next = pageCount + links.length
      const treeRoot = `/Type /StructTreeRoot /K ${entryOf(root).number} 0 R`
      pdf.object(`${treeRoot} /ParentTree ${tree} 0 R /ParentTreeNextKey ${next}`, undefined, top)
      return top
    },
  }
}

type Writing = { pdf: RawPdf; objectOf: (page: number) => number; entryOf: (tag: Tag) => Entry }

/** Writes a part of the tree, in reading order. */
function writeTag(writing: Writing, tag: Tag, parent: number): void {
  const { pdf, objectOf, entryOf } = writing
  const { number, places, box, link } = entryOf(tag)
  const kids = tag.kids.map((kid) => `${entryOf(kid).number} 0 R`)
  const first = places[0]?.page
  for (const { page, id } of places)
    // Content on the first page by its number alone, content on further pages with the page.
    kids.push(page === first ? String(id) : `<</Type /MCR /Pg ${objectOf(page)} 0 R /MCID ${id}>>`)
  if (link) kids.push(`<</Type /OBJR /Obj ${link.object} 0 R /Pg ${objectOf(link.page)} 0 R>>`)
  const page = first === undefined ? '' : ` /Pg ${objectOf(first)} 0 R`
  const content = `${page}${kids.length > 0 ? ` /K [${kids.join(' ')}]` : ''}${attributes(tag, box)}`
  pdf.object(`/S /${tag.role} /P ${parent} 0 R${content}`, undefined, number)
  for (const kid of tag.kids) writeTag(writing, kid, number)
}

/** Draws marks, a line each, between the brackets of what they belong to; neighbours of one part are bracketed once. */
function bracketed(page: Page, ink: Ink, draw: (mark: Mark) => void, begin: (tag: Tag) => string): void {
  let open: Tag | string | null = null
  page.marks.forEach((mark, n) => {
    if (mark.kind === 'link') return
    const part = page.tags[n] ?? (n >= page.furniture ? FURNITURE : ARTIFACT)
    if (part !== open) {
      if (open !== null) put(ink, 'EMC\n')
      put(ink, typeof part === 'string' ? part : begin(part))
      put(ink, '\n')
      open = part
    }
    draw(mark)
    put(ink, '\n')
  })
  if (open !== null) put(ink, 'EMC')
}

function attributes({ alt, scope, span }: Tag, box: Box | null): string {
  const table = `${scope ? ` /Scope /${scope}` : ''}${span === undefined ? '' : ` /ColSpan ${span}`}`
  const frame = box ? ` /A <</O /Layout /Placement /Block /BBox [${frameOf(box)}]>>` : ''
  return `${table === '' ? '' : ` /A <</O /Table${table}>>`}${frame}${alt === undefined ? '' : ` /Alt ${pdfText(alt)}`}`
}

const frameOf = ({ left, top, right, bottom }: Box): string =>
  [left, PAGE_HEIGHT - bottom, right, PAGE_HEIGHT - top].map((v) => Math.round(v * 100) / 100).join(' ')

function around(known: Box | null, mark: Mark): Box {
  const box = known ?? { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const [x, y] of cornersOf(mark)) {
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  return box
}

function cornersOf(mark: Mark): readonly (readonly [number, number])[] {
  switch (mark.kind) {
    case 'path':
      return mark.points
    case 'box':
    case 'photo':
      return [
        [mark.x, mark.y],
        [mark.x + mark.width, mark.y + mark.height],
      ]
    case 'modules':
      return [
        [mark.x, mark.y],
        [mark.x + mark.size, mark.y + mark.size],
      ]
    case 'text':
      return [
        [mark.x, mark.y - mark.style.size],
        [mark.x, mark.y],
      ]
    case 'rule':
    case 'leader':
    case 'link':
      return []
  }
}
