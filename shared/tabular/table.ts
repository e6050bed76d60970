import type { CellProblem, CellProblemCode } from '../contract/template-methods.ts'
import { cleanText } from '../domain/text.ts'
import { hundredthsOf, numberText, parseNumber } from './numerals.ts'
import { cellName, cells, worksheet, type Cell, type CellStyle, type ReadWorkbook, type Worksheet } from './workbook.ts'
import { keyOf } from './words.ts'

/** A column of a table: its head, and what a record shows in it. `choices`: what a person may pick. */
export type Column<R> = { head: string; width: number; of: (record: R) => Cell['value']; choices?: readonly string[] }

/** Rows below the last record that keep the choices, for what a person adds. */
const SPARE_ROWS = 300

/** A table under one head row that stays in view and repeats in print. */
export function tableSheet<R>(
  name: string,
  columns: readonly Column<R>[],
  records: readonly R[],
  styleOf: (record: R) => CellStyle = () => 'plain',
): Worksheet {
  const rows = records.map((record) =>
    cells(
      columns.map((c) => c.of(record)),
      styleOf(record),
    ),
  )
  const heads = columns.map((c) => c.head)
  return worksheet(name, [cells(heads, 'head'), ...rows], {
    widths: columns.map((c) => c.width),
    frozen: { rows: 1, columns: 0 },
    choices: columns.flatMap(({ choices }, c) =>
      choices ? [{ area: { top: 1, left: c, bottom: rows.length + SPARE_ROWS, right: c }, values: [...choices] }] : [],
    ),
    page: { landscape: true, repeatRows: 1, header: name, footer: '{page} / {pages}' },
  })
}

/** One record being read; every getter reports what it cannot take at the cell and answers the fallback. */
export type TableRow = {
  /** Name of the cell under a head, for problems found later. */
  cell: (head: string) => string
  isEmpty: (head: string) => boolean
  text: (head: string) => string
  /** One line; '' when empty. */
  line: (head: string) => string
  /** Hundredths: centi-points from points, basis points from per cent. Null when empty. */
  hundredths: (head: string) => number | null
  int: (head: string) => number | null
  choice: <K extends string>(head: string, words: Readonly<Record<K, string>>) => K | null
  yes: (head: string) => boolean
  /** Several words between 、 , ; or spaces, in their order. */
  choices: <K extends string>(head: string, words: Readonly<Record<K, string>>) => K[]
  problem: (head: string, code: CellProblemCode, severity?: CellProblem['severity']) => void
}

/** The records of a sheet under its known heads, in whatever order the columns stand; none when the sheet is not there. */
export function readTable(
  { sheets }: ReadWorkbook,
  name: string,
  heads: readonly string[],
  problems: CellProblem[],
): TableRow[] {
  const sheet = sheets.find((s) => s.name.trim() === name)
  if (sheet === undefined) {
    problems.push({ sheet: name, cell: '', code: 'missingSheet', value: name, severity: 'warning' })
    return []
  }
  const headRow = findHead(sheet, heads)
  const columns = new Map<string, number>()
  sheet.rows[headRow]?.forEach((cell, c) => {
    const head = shown(cell.value).trim()
    if (heads.includes(head) && !columns.has(head)) columns.set(head, c)
  })
  for (const head of heads) {
    if (columns.has(head)) continue
    problems.push({ sheet: name, cell: cellName(headRow, 0), code: 'missingColumn', value: head, severity: 'warning' })
  }
  const isFilled = (row: Cell[]): boolean =>
    [...columns.values()].some((c) => shown(row[c]?.value ?? null).trim() !== '')
  return sheet.rows.flatMap((row, r) =>
    r > headRow && isFilled(row) ? [tableRow({ sheet: name, row, r, columns, problems })] : [],
  )
}

/** The row that holds most of the heads. */
function findHead({ rows }: Worksheet, heads: readonly string[]): number {
  const known = new Set(heads)
  const hits = rows.slice(0, 30).map((row) => row.filter((c) => known.has(shown(c.value).trim())).length)
  return Math.max(0, hits.indexOf(Math.max(...hits)))
}

const shown = (value: Cell['value']): string => (typeof value === 'number' ? numberText(value) : (value ?? ''))

type Place = { sheet: string; row: Cell[]; r: number; columns: ReadonlyMap<string, number>; problems: CellProblem[] }

function tableRow({ sheet, row, r, columns, problems }: Place): TableRow {
  const value = (head: string): Cell['value'] => {
    const column = columns.get(head)
    return column === undefined ? null : (row[column]?.value ?? null)
  }
  const raw = (head: string): string => shown(value(head))
  const cell = (head: string): string => cellName(r, columns.get(head) ?? 0)
  const problem = (head: string, code: CellProblemCode, severity: CellProblem['severity'] = 'warning'): void =>
    void problems.push({ sheet, cell: cell(head), code, value: raw(head), severity })
  const number = (head: string): number | null => {
    const found = value(head)
    if (typeof found !== 'string') return found
    if (found.trim() === '') return null
    const parsed = parseNumber(found)
    if (parsed === null) problem(head, 'notANumber')
    return parsed
  }
  const taken = <T>(
    head: string,
    code: CellProblemCode,
    found: number | null,
    take: (n: number) => T | null,
  ): T | null => {
    if (found === null) return null
    const result = take(found)
    if (result === null) problem(head, code)
    return result
  }
  const word = <K extends string>(head: string, words: Readonly<Record<K, string>>, text: string): K | null => {
    const key = keyOf(words, text)
    if (key === null && text.trim() !== '') problem(head, 'unknownWord')
    return key
  }
  return {
    cell,
    problem,
    isEmpty: (head) => raw(head).trim() === '',
    text: (head) => cleanText(raw(head)),
    line: (head) => cleanText(raw(head)).replaceAll(/[\n\t]+/g, ' '),
    hundredths: (head) => taken(head, 'tooManyDecimals', number(head), hundredthsOf),
    int: (head) => taken(head, 'notAWholeNumber', number(head), (n) => (Number.isSafeInteger(n) ? n : null)),
    choice: (head, words) => word(head, words, raw(head)),
    yes: (head) => ['是', '√', 'Y', 'y', 'yes', '1', '★'].includes(raw(head).trim()),
    choices: (head, words) =>
      raw(head)
        .split(/[、,，;；\s]+/)
        .filter((part) => part !== '')
        .flatMap((part) => word(head, words, part) ?? []),
  }
}
