import {
  Bookmark,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  PageNumber,
  Paragraph,
  TableOfContents,
  TableRow,
  TabStopType,
  TextRun,
  type FileChild,
} from 'docx'
import { TextWatermark } from 'docx/watermarks'
import type { Block, ReportModel } from '../../../shared/report/model.ts'
import { wordsOf } from '../../../shared/report/words.ts'
import { PAGE_HEIGHT, PAGE_WIDTH, type OutlineEntry } from '../pdf/display.ts'
import { BOTTOM, LEFT, TOP, WIDTH } from '../pdf/flow.ts'
import { chart } from './charts.ts'
import { cover, integrity, pageBreak, photoSheet, signatures, type Photos } from './figures.ts'
import { documentTitle, pocketItem, writing } from './forms.ts'
import { COLOR, FACES, NUMBERED, numbering, styles, twips } from './style.ts'
import { cellOf, keyValue, space, table, tableOf } from './tables.ts'
import { paragraphOf, runsOf } from './text.ts'

const LEVELS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const

/** What a block needs of the whole: print copies, and the numbers given to headings and lists so far. */
type Drawing = {
  model: ReportModel
  photos: Photos
  outline: readonly OutlineEntry[]
  headings: number
  lists: number
  isNewPage: boolean
  /** A table follows: a few words before it stay with it. */
  isTied: boolean
}

/** The report as a Word document. `outline` is the PDF's: its page numbers fill the contents until Word counts its own. */
export function documentOf(model: ReportModel, photos: Photos, outline: readonly OutlineEntry[]): Document {
  const drawing: Drawing = { model, photos, outline, headings: 0, lists: 0, isNewPage: false, isTied: false }
  const title = `${model.title} ${model.reportNumber}`
  return new Document({
    title,
    subject: model.checkCode,
    creator: 'YouPin Onsite',
    lastModifiedBy: 'YouPin Onsite',
    description: wordsOf(model.language).editableCopy,
    features: { updateFields: true },
    styles: styles(model.language === 'zh'),
    numbering,
    sections: [
      {
        properties: {
          titlePage: model.blocks[0]?.kind === 'cover',
          page: {
            size: { width: twips(PAGE_WIDTH), height: twips(PAGE_HEIGHT) },
            margin: {
              top: twips(TOP),
              bottom: twips(PAGE_HEIGHT - BOTTOM),
              left: twips(LEFT),
              right: twips(LEFT),
              header: twips(34),
              footer: twips(30),
            },
          },
        },
        headers: { first: new Header({ children: [mark(model, [])] }), default: header(model) },
        footers: { first: footer(model), default: footer(model) },
        children: model.blocks.flatMap((block, n) => place(block, drawing, model.blocks[n + 1])),
      },
    ],
  })
}

/** A paper that is not issued says so across every page. */
function mark(model: ReportModel, children: readonly TextRun[]): Paragraph {
  const watermark =
    model.draft === undefined
      ? []
      : [
          new TextWatermark({
            text: model.draft,
            font: FACES.hei.eastAsia ?? '',
            color: 'C0C0C0',
            opacity: 0.35,
            width: 420,
          }),
        ]
  return new Paragraph({
    style: 'Foot',
    tabStops: [{ type: TabStopType.RIGHT, position: twips(WIDTH) }],
    ...(children.length === 0
      ? {}
      : { border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: COLOR.grid, space: 3 } } }),
    children: [...watermark, ...children],
  })
}

function header(model: ReportModel): Header {
  const { left, right } = model.header
  const words = [
    ...runsOf(left),
    new TextRun({ children: ['\t'] }),
    ...runsOf(`${wordsOf(model.language).editableCopy} · ${right}`),
  ]
  return new Header({ children: [mark(model, words)] })
}

function footer(model: ReportModel): Footer {
  const { left, page, right } = model.footer
  const fields = page.split(/(\{pages?\})/).map((part) => {
    if (part === '{page}') return new TextRun({ children: [PageNumber.CURRENT] })
    return part === '{pages}' ? new TextRun({ children: [PageNumber.TOTAL_PAGES] }) : new TextRun(part)
  })
  const tab = () => new TextRun({ children: ['\t'] })
  return new Footer({
    children: [
      new Paragraph({
        style: 'Foot',
        border: { top: { style: BorderStyle.SINGLE, size: 4, color: COLOR.grid, space: 3 } },
        tabStops: [
          { type: TabStopType.CENTER, position: twips(WIDTH / 2) },
          { type: TabStopType.RIGHT, position: twips(WIDTH) },
        ],
        children: [...runsOf(left), tab(), ...fields, tab(), ...runsOf(right)],
      }),
    ],
  })
}

/** These leave a gap below, which must not begin a page of its own before a page break. */
const WITH_SPACE: readonly Block['kind'][] = ['keyValue', 'table', 'verdict', 'photoSheet', 'signature']

/** Page breaks in a row are one, and belong to the heading after them. */
function place(block: Block, drawing: Drawing, next: Block | undefined): FileChild[] {
  const { isNewPage } = drawing
  if (block.kind === 'pageBreak') {
    drawing.isNewPage = true
    return []
  }
  drawing.isNewPage = block.kind === 'toc'
  const takesBreak = block.kind === 'heading' || block.kind === 'toc'
  drawing.isTied = next?.kind === 'table' || next?.kind === 'keyValue'
  const whole = draw(block, drawing, isNewPage)
  const drawn = next?.kind === 'pageBreak' && WITH_SPACE.includes(block.kind) ? whole.slice(0, -1) : whole
  return isNewPage && !takesBreak ? [pageBreak(), ...drawn] : drawn
}

function draw(block: Exclude<Block, { kind: 'pageBreak' }>, drawing: Drawing, isNewPage: boolean): FileChild[] {
  switch (block.kind) {
    case 'cover':
      return cover(block, drawing.photos, drawing.model.language === 'zh')
    case 'toc':
      return contents(block.title, drawing, isNewPage)
    case 'heading':
      return [heading(block, drawing, isNewPage)]
    case 'paragraph':
      return [paragraph(block, drawing.isTied && block.text.length <= SHORT_TEXT)]
    case 'labelled':
      return [paragraphOf(block.label, 'Label'), paragraphOf(block.text, 'Labelled')]
    case 'list':
      return list(block.items, drawing)
    case 'keyValue':
      return keyValue(block)
    case 'table':
      return table(block)
    case 'chart':
      return chart(block)
    case 'verdict':
      return verdict(block.label, block.text)
    case 'photoSheet':
      return photoSheet(block, drawing.photos)
    case 'signature':
      return signatures(block)
    case 'documentTitle':
      return documentTitle(block, anchorOf(drawing.headings++))
    case 'writing':
      return writing(block)
    case 'pocketItem':
      return pocketItem(block)
    case 'integrity':
      return integrity(block)
  }
}

const anchorOf = (number: number): string => `h${number}`

function heading(
  { level, text }: Extract<Block, { kind: 'heading' }>,
  drawing: Drawing,
  pageBreakBefore: boolean,
): Paragraph {
  const children = [new Bookmark({ id: anchorOf(drawing.headings++), children: runsOf(text) })]
  return new Paragraph({ heading: LEVELS[level], children, pageBreakBefore })
}

/** A real field, filled with the PDF's page numbers; Word offers to count its own when it opens the file. */
function contents(title: string, { outline }: Drawing, pageBreakBefore: boolean): FileChild[] {
  const cachedEntries = outline.flatMap((entry, n) =>
    entry.level <= 2 ? [{ title: entry.title, level: entry.level, page: entry.page + 1, href: anchorOf(n) }] : [],
  )
  const field = new TableOfContents(title, {
    hyperlink: true,
    headingStyleRange: '1-2',
    beginDirty: false,
    cachedEntries,
  })
  return [paragraphOf(title, 'TocTitle', { pageBreakBefore }), field]
}

const SHORT_TEXT = 150

function paragraph({ text, tone }: Extract<Block, { kind: 'paragraph' }>, keepNext: boolean): Paragraph {
  if (tone === 'note') return paragraphOf(text, 'Note', { keepNext })
  return new Paragraph({ style: 'Text', keepNext, children: runsOf(text, tone === 'strong' ? { bold: true } : {}) })
}

function list(items: readonly string[], drawing: Drawing): FileChild[] {
  const instance = drawing.lists++
  return items.map((item) =>
    paragraphOf(item, 'Item', { numbering: { reference: NUMBERED, level: 0, instance, custom: true } }),
  )
}

/** The conclusion stands out in black and white as well. */
function verdict(label: string, text: string): FileChild[] {
  const row = new TableRow({
    cantSplit: true,
    children: [
      cellOf(label, { width: 104, style: 'CellHead', align: 'center', fill: COLOR.pale }),
      cellOf(text, { width: WIDTH - 104, style: 'Verdict' }),
    ],
  })
  return [tableOf([104, WIDTH - 104], [row]), space()]
}
