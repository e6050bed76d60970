import type { OpenedSheet } from '../../../../shared/contract/template-methods.ts'

type Place = { row: number; column: number }

const PAGE_ROWS = 10
const MIN_PX = 140
const MAX_PX = 300
const PX_PER_HALF_WIDTH = 8

/** Where a key leads from a cell, within what is shown; null = the key does not move. */
export function moved(key: string, isCommand: boolean, { row, column }: Place, sheet: OpenedSheet): Place | null {
  const last = { row: sheet.rows.length - 1, column: sheet.columnCount - 1 }
  const within = (value: number, max: number) => Math.max(0, Math.min(max, value))
  const to = (place: Place): Place => ({
    row: within(place.row, last.row),
    column: within(place.column, last.column),
  })
  switch (key) {
    case 'ArrowUp':
      return to({ row: row - 1, column })
    case 'ArrowDown':
      return to({ row: row + 1, column })
    case 'ArrowLeft':
      return to({ row, column: column - 1 })
    case 'ArrowRight':
      return to({ row, column: column + 1 })
    case 'PageUp':
      return to({ row: row - PAGE_ROWS, column })
    case 'PageDown':
      return to({ row: row + PAGE_ROWS, column })
    case 'Home':
      return to({ row: isCommand ? 0 : row, column: 0 })
    case 'End':
      return to({ row: isCommand ? last.row : row, column: last.column })
    default:
      return null
  }
}

/** Wide enough for nine in ten of a column's texts (Chinese letters are twice as wide), never too wide to see two. Titles across the sheet do not count. */
export function columnWidths({ rows, columnCount }: OpenedSheet): number[] {
  return Array.from({ length: columnCount }, (_, column) => {
    const lengths = rows
      .flatMap((row) =>
        row[column] === undefined || row[column] === '' || isAlone(row) ? [] : [halfWidths(row[column])],
      )
      .toSorted((a, b) => a - b)
    const most = lengths[Math.floor(lengths.length * 0.9)] ?? 0
    return Math.min(MAX_PX, Math.max(MIN_PX, most * PX_PER_HALF_WIDTH + 20))
  })
}

const isAlone = (row: readonly string[]): boolean => new Set(row.filter((text) => text !== '')).size < 2

const halfWidths = (text: string): number =>
  Array.from(text.slice(0, 40)).reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0)
