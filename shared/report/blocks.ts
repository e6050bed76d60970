import type { Block, Column, Fact, TableRow } from './model.ts'
import { isFilled } from './values.ts'

export const heading = (level: 1 | 2 | 3, text: string, about?: string): Block => ({
  kind: 'heading',
  level,
  text,
  ...(about === undefined ? {} : { about }),
})
export const body = (text: string): Block => ({ kind: 'paragraph', text, tone: 'body' })
export const note = (text: string): Block => ({ kind: 'paragraph', text, tone: 'note' })

/** A labelled text; nothing for an empty one. */
export const labelled = (label: string, text: string): Block[] =>
  isFilled(text) ? [{ kind: 'labelled', label, text }] : []

/** Facts in a grid, without the empty ones; nothing when none is left. */
export function facts(columns: 1 | 2, rows: readonly [string, string][]): Block[] {
  const filled: Fact[] = rows.filter(([, value]) => isFilled(value)).map(([label, value]) => ({ label, value }))
  return filled.length > 0 ? [{ kind: 'keyValue', columns, rows: filled }] : []
}

/** `align` in the order of the titles: l, c or r. */
export function columns(titles: readonly string[], shares: readonly number[], align: string): Column[] {
  return titles.map((title, n) => ({
    title,
    share: shares[n] ?? 1,
    align: align[n] === 'r' ? 'right' : align[n] === 'c' ? 'center' : 'left',
  }))
}

export const row = (...cells: string[]): TableRow => ({ kind: 'row', cells })
export const groupRow = (text: string): TableRow => ({ kind: 'group', cells: [text] })
export const totalRow = (...cells: string[]): TableRow => ({ kind: 'total', cells })

/** A table, or nothing when it would be empty. A `dense` one is set smaller. */
export function table(
  cols: readonly Column[],
  rows: readonly TableRow[],
  options: { caption?: string; dense?: boolean } = {},
): Block[] {
  const { caption = '', dense = false } = options
  return rows.length > 0 ? [{ kind: 'table', caption, columns: [...cols], rows: [...rows], dense }] : []
}

/** Without the columns that would be empty in every row, of those that may go. */
export function withoutEmpty(
  cols: readonly Column[],
  rows: readonly TableRow[],
  mayGo: readonly string[],
): { cols: Column[]; rows: TableRow[] } {
  const stays = cols.map(
    ({ title }, n) => !mayGo.includes(title) || rows.some((r) => r.cells.length > 1 && isFilled(r.cells[n] ?? '')),
  )
  return {
    cols: cols.filter((_, n) => stays[n]),
    rows: rows.map((r) => (r.cells.length === 1 ? r : { ...r, cells: r.cells.filter((_, n) => stays[n]) })),
  }
}
