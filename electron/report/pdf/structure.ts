import { PAGE_HEIGHT, type Mark, type Page, type Tag } from './display.ts'
import { pdfText, type RawPdf } from './document.ts'
import { put, type Ink } from './ink.ts'

/** Where the marks of a tag stand: page and number of the marked content on it. */
type Place = { page: number; id: number }
type Annotation = { object: number; page: number; key: number }
type Box = { left: number; top: number; right: number; bottom: number }

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
  const places = new Map<Tag, Place[]>()
  const boxes = new Map<Tag, Box>()
  const annotations = new Map<Tag, Annotation>()
  const contents: Tag[][] = Array.from({ length: pageCount }, () => [])
  return {
    mark: (page, number, ink, draw) => {
      const own = contents[number] ?? []
      const begin = (tag: Tag): string => {
        const id = own.push(tag) - 1
        const known = places.get(tag)
        if (known) known.push({ page: number, id })
        else places.set(tag, [{ page: number, id }])
        return `/${tag.role} <</MCID ${id}>> BDC`
      }
      page.marks.forEach((mark, n) => {
        const tag = page.tags[n]
        if (tag?.role === 'Figure') boxes.set(tag, around(boxes.get(tag), mark))
      })
      bracketed(page, ink, draw, begin)
    },
    annotate: (tag, object, page) => {
      const key = pageCount + annotations.size
      annotations.set(tag, { object, page, key })
      return key
    },
    write: (pdf, objectOf) => {
      const numbers = numberTags(root, pdf)
      const numberOf = (tag: Tag): number => numbers.get(tag) ?? 0
      const top = pdf.reserve()
      const writeTag = (tag: Tag, parent: number): void => {
        const number = numberOf(tag)
        const own = places.get(tag) ?? []
        const kids = [...tag.kids.map((kid) => `${numberOf(kid)} 0 R`), ...contentKids(own, objectOf)]
        const link = annotations.get(tag)
        if (link) kids.push(`<</Type /OBJR /Obj ${link.object} 0 R /Pg ${objectOf(link.page)} 0 R>>`)
        const page = own[0] ? ` /Pg ${objectOf(own[0].page)} 0 R` : ''
        const entries = `${page}${kids.length > 0 ? ` /K [${kids.join(' ')}]` : ''}${attributes(tag, boxes.get(tag))}`
        pdf.object(`/S /${tag.role} /P ${parent} 0 R${entries}`, undefined, number)
        for (const kid of tag.kids) writeTag(kid, number)
      }
      writeTag(root, top)
      const byPage = contents.map((tags, n) => `${n} [${tags.map((t) => `${numberOf(t)} 0 R`).join(' ')}]`)
      const byLink = [...annotations].map(([tag, { key }]) => `${key} ${numberOf(tag)} 0 R`)
      const tree = pdf.object(`/Nums [${[...byPage, ...byLink].join('\n')}]`)
      const next = pageCount + annotations.size
      const treeRoot = `/Type /StructTreeRoot /K ${numberOf(root)} 0 R`
      pdf.object(`${treeRoot} /ParentTree ${tree} 0 R /ParentTreeNextKey ${next}`, undefined, top)
      return top
    },
  }
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

/** Object numbers in reading order. */
function numberTags(root: Tag, pdf: RawPdf): Map<Tag, number> {
  const numbers = new Map<Tag, number>()
  const walk = (tag: Tag) => {
    numbers.set(tag, pdf.reserve())
    tag.kids.forEach(walk)
  }
  walk(root)
  return numbers
}

/** Content on the first page by its number alone, content on further pages with the page. */
function contentKids(own: readonly Place[], objectOf: (page: number) => number): string[] {
  return own.map(({ page, id }) =>
    page === own[0]?.page ? String(id) : `<</Type /MCR /Pg ${objectOf(page)} 0 R /MCID ${id}>>`,
  )
}

function attributes({ alt, scope, span }: Tag, box: Box | undefined): string {
  const table = `${scope ? ` /Scope /${scope}` : ''}${span === undefined ? '' : ` /ColSpan ${span}`}`
  const frame = box ? ` /A <</O /Layout /Placement /Block /BBox [${frameOf(box)}]>>` : ''
  return `${table === '' ? '' : ` /A <</O /Table${table}>>`}${frame}${alt === undefined ? '' : ` /Alt ${pdfText(alt)}`}`
}

const frameOf = ({ left, top, right, bottom }: Box): string =>
  [left, PAGE_HEIGHT - bottom, right, PAGE_HEIGHT - top].map((v) => Math.round(v * 100) / 100).join(' ')

function around(known: Box | undefined, mark: Mark): Box {
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
