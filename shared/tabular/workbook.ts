import type { CellProblem } from '../contract/template-methods.ts'

/**
 * A spreadsheet as values: what every reader answers and every writer takes. A text never becomes a formula, whatever it
 * begins with; numbers are written as the person should see them (points, not centi-points).
 */
export type Workbook = { sheets: Worksheet[] }

/** Rows and columns count from 0; rows may be shorter than the widest. `widths` in characters; `leastLines` = room a row has at least (1). */
export type Worksheet = {
  name: string
  rows: Cell[][]
  widths: number[]
  leastLines: number[]
  merges: Merge[]
  /** Rows and columns that stay in view. */
  frozen: { rows: number; columns: number }
  /** Cells a person may only fill from a list. */
  choices: { area: Merge; values: string[] }[]
  /** A4. `{page}` and `{pages}` in header and footer are filled in when printed. */
  page: { landscape: boolean; repeatRows: number; header: string; footer: string }
}

/** A sheet as a file held it: merged cells keep their value in the first cell only. Row and column numbers from 0. */
export type ReadSheet = Worksheet & { isHidden: boolean; hiddenRows: number[]; hiddenColumns: number[] }

/** What a file held; `problems` are cells that could not be read as they are, and what was in the file besides cells. */
export type ReadWorkbook = { sheets: ReadSheet[]; problems: CellProblem[] }

/** The hidden sheet a written file keeps long choice lists in. */
export const LISTS_SHEET = '选项'

/** Both ends included. */
export type Merge = { top: number; left: number; bottom: number; right: number }

export const CELL_STYLES = ['plain', 'title', 'head', 'group', 'total', 'note', 'input', 'problem'] as const
export type CellStyle = (typeof CELL_STYLES)[number]
/** `format` hundredths: the number always shows two decimals. */
export type Cell = { value: string | number | null; style: CellStyle; format?: 'hundredths' }

/** A worksheet with nothing special about it; say only what differs. */
export function worksheet(
  name: string,
  rows: Cell[][],
  more: Partial<Omit<Worksheet, 'name' | 'rows'>> = {},
): Worksheet {
  return {
    name,
    rows,
    widths: [],
    leastLines: [],
    merges: [],
    frozen: { rows: 0, columns: 0 },
    choices: [],
    page: { landscape: false, repeatRows: 0, header: '', footer: '' },
    ...more,
  }
}

/** Cells of one style; an empty text is an empty cell. */
export const cells = (values: readonly Cell['value'][], style: CellStyle = 'plain'): Cell[] =>
  values.map((value) => ({ value: value === '' ? null : value, style }))

/** 0 → A, 25 → Z, 26 → AA: the name a person finds the cell under, with `row` from 0. */
export function cellName(row: number, column: number): string {
  let letters = ''
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  }
  return `${letters}${row + 1}`
}
