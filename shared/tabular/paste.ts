import { usualDemand } from '../checklist/item-kinds.ts'
import type { CellProblem, ChecklistMapping, MappedField } from '../contract/template-methods.ts'
import type { Item, Template } from '../domain/template.ts'
import { cellProblems } from '../text/template-cells.ts'
import { csvField, parseCsv } from './csv.ts'
import { NO_DEMAND } from './defaults.ts'
import { importForeign } from './foreign.ts'
import { headingLevel, parsePoints } from './foreign-words.ts'
import { distinct, type Grid } from './grid.ts'
import { findHead } from './guess.ts'
import { LIMITS } from './limits.ts'

type Columns = ChecklistMapping['columns']

/** Rows copied from a spreadsheet. `first`: the first row that is an item; 1 where a head was copied along. */
export type Pasted = { rows: string[][]; width: number; first: number; columns: Columns }

/** Fields pasted rows may hold; sections are rows of their own. */
export const PASTED_FIELDS = [
  'code',
  'title',
  'titleEn',
  'type',
  'points',
  'basis',
  'evidence',
  'guidance',
  'method',
  'starred',
  'allowNA',
] as const satisfies readonly MappedField[]

/** The text of copied cells (tabs between columns; cells in quotes may hold lines), and what its columns look like. Null: nothing, or too much. */
export function readPasted(text: string): Pasted | null {
  const isTable = text.includes('\t')
  const rows = isTable ? parseCsv(text, LIMITS, '\t') : text.split(/\r\n|\r|\n/).map((line) => [line])
  const filled = (rows ?? [])
    .map((row) => row.map((cell) => cell.trim()))
    .filter((row) => row.some((cell) => cell !== ''))
  if (filled.length === 0 || filled.length > LIMITS.items) return null
  const width = filled.reduce((widest, row) => Math.max(widest, row.length), 0)
  const head = findHead(gridOfRows(filled.slice(0, 1), width))
  const columns = head?.columns ?? columnsByLook(filled, width)
  const kept = Object.entries(columns).filter(([field]) => (PASTED_FIELDS as readonly string[]).includes(field))
  return { rows: filled, width, first: head === null ? 0 : 1, columns: Object.fromEntries(kept) }
}

const gridOfRows = (rows: string[][], width: number): Grid => ({
  name: '',
  rows,
  width,
  isRepeat: () => false,
  mergedTo: (row) => row,
})

/** Without a head: the first column of short codes, the last of points, the first of long texts as names, the next as guidance. */
function columnsByLook(rows: readonly string[][], width: number): Columns {
  const texts = (column: number) => rows.flatMap((row) => row[column] || [])
  const most = (column: number, is: (text: string) => boolean) =>
    texts(column).length > 0 && texts(column).filter(is).length * 2 > texts(column).length
  const all = Array.from({ length: width }, (_, column) => column)
  const points = width < 2 ? undefined : all.findLast((c) => c > 0 && most(c, (text) => parsePoints(text) !== null))
  const code =
    width < 2
      ? undefined
      : all.find((c) => c !== points && most(c, (text) => /^[A-Za-z]{0,4}[\d.\-—、()（）]+$/.test(text)))
  const long = (column: number) => texts(column).reduce((sum, text) => sum + text.length, 0)
  const free = all.filter((c) => c !== points && c !== code && long(c) > 0)
  const [title = 0, guidance] = free
  return {
    title,
    ...(code === undefined ? {} : { code }),
    ...(points === undefined ? {} : { points }),
    ...(guidance === undefined ? {} : { guidance }),
  }
}

/** Items under a heading that was pasted with them; `title` '': those above the first one, which belong where one pastes. */
export type PastedPart = { code: string; title: string; items: Item[] }

/**
 * What pasted rows become. `leftOut`: rows without a name or that only add up; `problems`: doubts about cells, named as
 * in a spreadsheet that holds these rows only; what the checklist's rules say of the items is not among them.
 */
export type PastedItems = {
  parts: PastedPart[]
  gradeSets: Template['gradeSets']
  leftOut: number
  problems: CellProblem[]
}

/** Pasted rows as items of a checklist. What they do not say is as in a new item; codes are empty where no column holds any. */
export function pastedItems(
  { rows, width, first, columns }: Pasted,
  type: ChecklistMapping['type'],
  around: Template,
): PastedItems {
  const mapping: ChecklistMapping = {
    sheet: '',
    headRow: first - 1,
    firstRow: first,
    lastRow: null,
    columns,
    sections: rows.slice(first).some(isHeadingRow) ? 'rows' : 'none',
    type,
    category: around.category,
    number: '',
    title: '',
  }
  const { content, counts, problems } = importForeign([gridOfRows(rows, width)], mapping, around, [])
  const parts = content.sections.map(({ code, title, items }) => ({
    code,
    title: title.zh,
    items: items.map((item) => ({
      ...item,
      code: columns.code === undefined ? '' : item.code,
      methods: item.methods.length === 0 ? (['document'] satisfies Item['methods']) : item.methods,
      demand: item.demand === NO_DEMAND ? usualDemand(item.type) : item.demand,
    })),
  }))
  return {
    parts,
    gradeSets: content.gradeSets,
    leftOut: counts.leftOut + rows.slice(first).filter((row) => distinct(row).length === 0).length,
    problems: problems.filter(({ code }) => Object.hasOwn(cellProblems, code) && !QUIET.has(code)),
  }
}

/** What goes without saying where rows are pasted: their columns stand above them, and they go into a section. */
const QUIET: ReadonlySet<CellProblem['code']> = new Set(['columnNotUsed', 'itemBeforeSection'])

/** "一、基本条件（30分）", "第一章 …", "（一）…" and nothing else in the row. */
function isHeadingRow(row: readonly string[]): boolean {
  const [text = '', ...more] = distinct(row)
  return more.length === 0 && (headingLevel(text) ?? Infinity) <= 2
}

/** Columns of copied items. */
export const COPIED_FIELDS = ['code', 'title', 'type', 'points', 'basis', 'evidence', 'guidance'] as const

/** Items as rows a spreadsheet takes, under `head`, the words for `COPIED_FIELDS`; `pastedItems` reads them again. */
export function copiedRows(
  items: readonly Item[],
  head: readonly string[],
  typeOf: (type: Item['type']) => string,
): string {
  const lines = items.map((item) => [
    item.code,
    `${item.starred ? '★' : ''}${item.title.zh}`,
    typeOf(item.type),
    item.full_cp === null ? '' : String(item.full_cp / 100),
    item.basis,
    item.evidence.zh,
    item.guidance.zh,
  ])
  return [head, ...lines].map((line) => line.map(csvField).join('\t')).join('\r\n')
}
