import { numberText } from './numerals.ts'
import type { Cell } from './workbook.ts'

/** What a spreadsheet program takes for the beginning of a formula, also after blanks, and the apostrophe that says it is none. */
const RISKY = /^[\t\r\n]|^\s*['=+\-@＝＋－＠]/
const UTF8_MARK = '\ufeff'

/** A table as CSV with the mark spreadsheets know UTF-8 by. A text that could begin a formula gets an apostrophe, which `parseCsv` takes off. */
export function writeCsv(rows: readonly (readonly Cell[])[]): string {
  const lines = rows.map((row) => row.map(({ value }) => csvField(value)).join(','))
  return UTF8_MARK + lines.map((line) => `${line}\r\n`).join('')
}

/** A value between separators, whichever they are; no text begins a formula. */
export function csvField(value: Cell['value']): string {
  if (value === null) return ''
  if (typeof value === 'number') return numberText(value)
  const safe = RISKY.test(value) ? `'${value}` : value
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * The rows of a CSV text; `known` separates them, else comma, semicolon or tab, whichever its first lines have most. Null: more than
 * `limits` allow.
 */
export function parseCsv(
  text: string,
  limits: { rows: number; columns: number; cells: number },
  known?: string,
): string[][] | null {
  const input = text.startsWith(UTF8_MARK) ? text.slice(1) : text
  const separator = known ?? separatorOf(input)
  const rows: string[][] = []
  let row: string[] = []
  let cells = 0
  let at = 0
  while (at < input.length) {
    const { value, next } = input[at] === '"' ? quoted(input, at, separator) : plain(input, at, separator)
    row.push(unguarded(value))
    cells += 1
    if (rows.length >= limits.rows || row.length > limits.columns || cells > limits.cells) return null
    const isEnd = input[next] !== separator
    if (isEnd) {
      rows.push(row)
      row = []
    }
    at = next + (input.startsWith('\r\n', next) ? 2 : 1)
    if (!isEnd && at >= input.length) row.push('')
  }
  if (row.length > 0) rows.push(row)
  return rows
}

const unguarded = (value: string): string =>
  value.startsWith("'") && RISKY.test(value.slice(1)) ? value.slice(1) : value

/** A field without quotes ends at the separator or the line's end. */
function plain(input: string, at: number, separator: string): { value: string; next: number } {
  let next = at
  while (next < input.length && input[next] !== separator && input[next] !== '\n' && input[next] !== '\r') next++
  return { value: input.slice(at, next), next }
}

/** A field in quotes; what stands between its end and the separator belongs to it, as spreadsheets have it. */
function quoted(input: string, at: number, separator: string): { value: string; next: number } {
  const parts: string[] = []
  let from = at + 1
  for (;;) {
    const end = input.indexOf('"', from)
    if (end === -1) return { value: parts.join('') + input.slice(from), next: input.length }
    parts.push(input.slice(from, end))
    if (input[end + 1] !== '"') {
      const rest = plain(input, end + 1, separator)
      return { value: parts.join('') + rest.value, next: rest.next }
    }
    parts.push('"')
    from = end + 2
  }
}

function separatorOf(input: string): string {
  const sample = input.slice(0, 10_000).replaceAll(/"[^"]*"/g, '')
  const count = (c: string) => sample.split(c).length
  return [',', '\t', ';'].toSorted((a, b) => count(b) - count(a))[0] ?? ','
}
