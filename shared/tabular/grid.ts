import type { CellProblem } from '../contract/template-methods.ts'
import { LIMITS } from './limits.ts'
import { plainWidth, numberText } from './numerals.ts'
import { cellName, type ReadSheet } from './workbook.ts'

/** How many cells merged areas may fill in all, and no more characters than a whole workbook: an area may claim the whole sheet. */
const MAX_SPREAD = 500_000

/** A sheet as texts, every cell of a merged area holding the area's text. Rows may be shorter than `width`. */
export type Grid = {
  name: string
  rows: string[][]
  width: number
  /** Whether the cell only repeats the first one of its merged area; `across`: one in the same row. */
  isRepeat: (row: number, column: number, across?: boolean) => boolean
  /** Last row of the merged areas that begin in this row; the row itself where there is none. */
  mergedTo: (row: number) => number
}

/** Merged areas beyond the bound stay as they are, with a problem put into `problems`. */
export function gridOf(sheet: ReadSheet, problems: CellProblem[]): Grid {
  const rows = sheet.rows.map((row) =>
    row.map(({ value }) => (typeof value === 'number' ? numberText(value) : (value ?? '')).trim()),
  )
  const repeats = new Map<number, boolean>()
  const bottoms = new Map<number, number>()
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  let [left, characters]: [number, number] = [MAX_SPREAD, LIMITS.characters]
  for (const { top, left: from, bottom, right } of sheet.merges) {
    const text = rows[top]?.[from] ?? ''
    const size = (bottom - top + 1) * (right - from + 1)
    left -= size
    characters -= size * text.length
    if (left < 0 || characters < 0) {
      problems.push({
        sheet: sheet.name,
        cell: cellName(top, from),
        code: 'mergesIgnored',
        value: '',
        severity: 'warning',
      })
      break
    }
    if (bottom - top < 10) bottoms.set(top, Math.max(bottoms.get(top) ?? top, bottom))
    if (text === '') continue
    for (let r = top; r <= bottom; r++) {
      const row = rows[r] as string[]
      while (row.length <= right) row.push('')
      for (let c = from; c <= right; c++) {
        if (r === top && c === from) continue
        row[c] = text
        repeats.set(r * 1024 + c, c > from)
      }
    }
  }
  return {
    name: sheet.name,
    rows,
    width,
    isRepeat: (row, column, across = false) => {
      const repeat = repeats.get(row * 1024 + column)
      return across ? repeat === true : repeat !== undefined
    },
    mergedTo: (row) => bottoms.get(row) ?? row,
  }
}

/** What two heads are compared by: no blanks, one width, small letters. */
export const normalHead = (text: string): string => plainWidth(text).toLowerCase().replaceAll(/\s+/g, '')

/** The texts of a row, each once. */
export const distinct = (row: readonly string[]): string[] => [...new Set(row.filter((text) => text !== ''))]
