import type { ProfileName } from '../domain/template.ts'
import { chartStrings, type Chart } from './chart.ts'
import type { Logo } from './template.ts'

export type Language = 'zh' | 'en'
export type Fact = { label: string; value: string }
export type Column = { title: string; share: number; align: 'left' | 'center' | 'right' }
/** `group` rows carry one cell over all columns; `total` rows are emphasised. */
export type TableRow = { kind: 'row' | 'group' | 'total'; cells: string[] }
/** One printed photo. `figure` is its number in the text, `lines` are what stands under the caption. */
export type PhotoFigure = { sha256: string; figure: string; caption: string; lines: string[] }
/** A blank area to be signed by hand; `seal` is the text inside the box for the stamp, null for none. */
export type SignatureArea = { label: string; lines: string[]; seal: string | null }
export type Code = { label: string; code: string }

/** The parts of a report in reading order. Every number in them is already text. */
export type Block =
  | {
      kind: 'cover'
      mark: string
      logo: Logo | null
      organiser: string
      title: string
      subtitle: string
      enterprise: string
      facts: Fact[]
      date: string
    }
  | { kind: 'toc'; title: string }
  | { kind: 'pageBreak' }
  /** `about` names what stands below, for a screen that shows only that: `chapter:<number>` or `section:<id>`. */
  | { kind: 'heading'; level: 1 | 2 | 3; text: string; about?: string }
  | { kind: 'paragraph'; text: string; tone: 'body' | 'note' | 'strong' }
  | { kind: 'labelled'; label: string; text: string }
  | { kind: 'list'; items: string[] }
  /** With `isForm` empty values are left blank, with room to write. */
  | { kind: 'keyValue'; columns: 1 | 2; rows: Fact[]; isForm?: boolean }
  /** `rowHeight`: least height of a row in points, for what is written in by hand. */
  | { kind: 'table'; caption: string; columns: Column[]; rows: TableRow[]; dense: boolean; rowHeight?: number }
  /** `alt` says in words what the drawing shows, for readers that do not see it. */
  | { kind: 'chart'; caption: string; alt: string; chart: Chart }
  | { kind: 'verdict'; label: string; text: string }
  | { kind: 'photoSheet'; photos: PhotoFigure[]; missing: string }
  | { kind: 'signature'; note: string; areas: SignatureArea[] }
  /** Begins a document that is not the report, on a new page: who issues it, what it is, its number. */
  | { kind: 'documentTitle'; mark: string; title: string; number: string }
  /** Ruled lines to write on. */
  | { kind: 'writing'; label: string; lines: number }
  /** A checklist line to be filled in by hand; `boxes` are ticked, `fields` written in; `qr` names it to a machine. */
  | {
      kind: 'pocketItem'
      code: string
      title: string
      marks: string
      hints: string[]
      boxes: string[]
      fields: string[]
      lines: number
      qr: string
    }
  | { kind: 'integrity'; label: string; checkCode: string; qr: string; note: string; codes: Code[] }

/** A whole report or one separate document, independent of any file format: PDF, DOCX, XLSX and the preview draw this. */
export type ReportModel = {
  language: Language
  profile: ProfileName
  title: string
  reportNumber: string
  checkCode: string
  contentSha256: string
  /** Printed instead of a clock; UTC. */
  issuedAt: string
  /** Thin line over every page but the cover. */
  header: { left: string; right: string }
  /** `page` holds {page} and {pages}. */
  footer: { left: string; page: string; right: string }
  /** Text of the QR on every page, with {page} and {pages}; without it, report number and check code. */
  pageCode?: string
  /** To be printed on both sides. */
  isDuplex?: boolean
  blocks: Block[]
  /** A text file that travels inside the PDF, for whoever makes the report again. */
  enclosure?: { name: string; text: string }
  /** Written across every page of a paper that is not issued; absent on issued ones. */
  draft?: string
}

/** 12-character check code: the first 12 hex digits of a SHA-256, upper case, in groups of four. */
export function checkCodeOf(sha256: string): string {
  return (sha256.slice(0, 12).toUpperCase().match(/.{4}/g) ?? []).join('-')
}

/** A full SHA-256 as it is printed: upper case, in groups of eight. */
export function fullCodeOf(sha256: string): string {
  return (sha256.toUpperCase().match(/.{8}/g) ?? []).join(' ')
}

/** Every non-empty string a drawing of the model must show, with the place it stands in, in order. */
export function reportStrings(model: ReportModel): { place: string; text: string }[] {
  const strings: { place: string; text: string }[] = []
  let place = model.title
  const add = (...texts: string[]) => {
    for (const text of texts) if (text.trim() !== '') strings.push({ place, text })
  }
  for (const block of model.blocks) {
    if (block.kind === 'heading') place = block.text
    if (block.kind === 'documentTitle') place = block.title
    add(...blockStrings(block))
  }
  place = model.title
  add(model.header.left, model.header.right, model.footer.left, model.footer.right)
  return strings
}

function blockStrings(block: Block): string[] {
  switch (block.kind) {
    case 'cover': {
      const { mark, organiser, title, subtitle, enterprise, facts, date } = block
      return [mark, organiser, title, subtitle, enterprise, ...facts.flatMap((f) => [f.label, f.value]), date]
    }
    case 'toc':
      return [block.title]
    case 'pageBreak':
      return []
    case 'heading':
    case 'paragraph':
      return [block.text]
    case 'labelled':
    case 'verdict':
      return [block.label, block.text]
    case 'list':
      return block.items
    case 'keyValue':
      return block.rows.flatMap((r) => [r.label, r.value])
    case 'table':
      return [block.caption, ...block.columns.map((c) => c.title), ...block.rows.flatMap((r) => r.cells)]
    case 'chart':
      return [block.caption, ...chartStrings(block.chart)]
    case 'photoSheet':
      return block.photos.flatMap((p) => [p.figure, p.caption, ...p.lines])
    case 'documentTitle':
      return [block.mark, block.title, block.number]
    case 'writing':
      return [block.label]
    case 'pocketItem':
      return [block.code, block.title, block.marks, ...block.hints, ...block.boxes, ...block.fields]
    case 'signature':
      return [block.note, ...block.areas.flatMap((a) => [a.label, ...a.lines, a.seal ?? ''])]
    case 'integrity':
      return [block.label, block.checkCode, block.note, ...block.codes.flatMap((c) => [c.label, c.code])]
  }
}
