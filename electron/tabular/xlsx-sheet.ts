import type { CellProblem, CellProblemCode } from '../../shared/contract/template-methods.ts'
import { LIMITS } from '../../shared/tabular/limits.ts'
import { cellName, worksheet, type Cell, type Merge, type ReadSheet } from '../../shared/tabular/workbook.ts'
import { Refusal } from './refusal.ts'
import { decodeCellText } from './xml-text.ts'
import { XmlReader } from './xml.ts'
import { shownNumber, type NumberLook } from './xlsx-styles.ts'

const EMPTY: Cell = { value: null, style: 'plain' }
const MAX_ROW = 1_048_576
const MAX_COLUMN = 16_384
/** A value in the file is never longer than a cell may be, entities spelt out. */
const MAX_VALUE = LIMITS.text * 8

/** What all sheets of a workbook share while they are read. `left` counts down over all of them. */
export type Reading = {
  strings: readonly string[]
  looks: readonly NumberLook[]
  calendar: 1900 | 1904
  left: { cells: number; characters: number }
  problem: (problem: CellProblem) => void
}

type Open = {
  row: number
  column: number
  type: string
  look: NumberLook | undefined
  value: string
  hasFormula: boolean
}

/** Reads one sheet piece by piece; `finish` answers it. Values only: a formula is what it last gave. */
export function sheetReader(
  name: string,
  isHidden: boolean,
  reading: Reading,
): { reader: XmlReader; finish: () => ReadSheet } {
  const sheet = new SheetBuilder(name, isHidden, reading)
  let row = -1
  let column = -1
  let cell: Open | null = null
  let takes: 'value' | 'inline' | null = null
  let isPhonetic = false
  const reader = new XmlReader({
    open: (tag, attribute) => {
      if (tag === 'row') {
        row = attribute('r') === '' ? row + 1 : rowNumber(attribute('r'))
        column = -1
        if (row >= MAX_ROW) throw new Refusal('damaged')
        if (isOn(attribute('hidden'))) sheet.hideRow(row)
      } else if (tag === 'c') {
        const at = attribute('r') === '' ? { row, column: column + 1 } : place(attribute('r'))
        ;({ row, column } = at)
        const look = reading.looks[Number(attribute('s') || 0)]
        cell = { ...at, type: attribute('t') || 'n', look, value: '', hasFormula: false }
      } else if (tag === 'f' && cell !== null) cell.hasFormula = true
      else if (tag === 'v') takes = 'value'
      else if (tag === 'rPh') isPhonetic = true
      else if (tag === 't' && cell?.type === 'inlineStr' && !isPhonetic) takes = 'inline'
      else if (tag === 'col' && isOn(attribute('hidden')))
        sheet.hideColumns(Number(attribute('min')), Number(attribute('max')))
      else if (tag === 'mergeCell') sheet.merge(attribute('ref'))
    },
    close: (tag) => {
      if (tag === 'c' && cell !== null) {
        sheet.add(cell)
        cell = null
      } else if (tag === 'rPh') isPhonetic = false
      if (tag === 'v' || tag === 't') takes = null
    },
    text: (text) => {
      if (cell === null || takes === null) return
      cell.value += text
      if (cell.value.length > MAX_VALUE) throw new Refusal('bomb')
    },
  })
  return { reader, finish: () => sheet.finish() }
}

const isOn = (flag: string): boolean => flag === '1' || flag === 'true'

class SheetBuilder {
  readonly #name: string
  readonly #isHidden: boolean
  readonly #reading: Reading
  readonly #rows: Cell[][] = []
  readonly #merges: Merge[] = []
  readonly #hiddenRows = new Set<number>()
  readonly #hiddenColumns = new Set<number>()

  constructor(name: string, isHidden: boolean, reading: Reading) {
    this.#name = name
    this.#isHidden = isHidden
    this.#reading = reading
  }

  hideRow(row: number): void {
    if (row < LIMITS.rows) this.#hiddenRows.add(row)
  }

  hideColumns(from: number, to: number): void {
    for (let c = Math.max(0, Math.trunc(from) - 1); c < Math.min(to, LIMITS.columns); c++) this.#hiddenColumns.add(c)
  }

  merge(reference: string): void {
    const [from = '', to = from] = reference.split(':')
    if (this.#merges.length >= LIMITS.merges) throw new Refusal('tooManyCells')
    const [a, b] = [place(from), place(to)]
    this.#merges.push({
      top: a.row,
      left: a.column,
      bottom: Math.max(a.row, b.row),
      right: Math.max(a.column, b.column),
    })
  }

  add(cell: Open): void {
    const { row, column } = cell
    const value = this.#valueOf(cell)
    if (value === null || value === '') return
    if (row >= LIMITS.rows || column >= LIMITS.columns) {
      this.#report(cell, 'beyondLimits', String(value).slice(0, 60))
      return
    }
    const { left } = this.#reading
    this.#fillRows(row)
    const cells = this.#rows[row] as Cell[]
    left.cells -= Math.max(1, column + 1 - cells.length)
    left.characters -= typeof value === 'string' ? value.length : 8
    if (left.cells < 0 || left.characters < 0) throw new Refusal('tooManyCells')
    while (cells.length < column) cells.push(EMPTY)
    cells[column] = { value: this.#clipped(cell, value), style: 'plain' }
  }

  #clipped(cell: Open, value: string | number): string | number {
    if (typeof value === 'number' || value.length <= LIMITS.text) return value
    this.#report(cell, 'textCut', String(LIMITS.text))
    return value.slice(0, LIMITS.text)
  }

  #fillRows(row: number): void {
    this.#reading.left.cells -= Math.max(0, row + 1 - this.#rows.length)
    while (this.#rows.length <= row) this.#rows.push([])
  }

  #valueOf(cell: Open): string | number | null {
    const { type, value, hasFormula, look } = cell
    if (value === '') {
      if (hasFormula) this.#report(cell, 'formulaWithoutValue', '')
      return null
    }
    switch (type) {
      case 's': {
        const text = this.#reading.strings[Number(value)]
        if (text === undefined) throw new Refusal('damaged')
        return text
      }
      case 'str':
      case 'inlineStr':
        return decodeCellText(value)
      case 'b':
        return isOn(value.trim()) ? '是' : '否'
      case 'e':
        this.#report(cell, 'errorValue', value)
        return null
      case 'd':
        return value
          .trim()
          .replace(/T00:00:00(\.0+)?Z?$/, '')
          .replace('T', ' ')
      default: {
        const number = Number(value)
        if (!Number.isFinite(number)) throw new Refusal('damaged')
        return look === undefined ? number : shownNumber(number, look, this.#reading.calendar)
      }
    }
  }

  #report({ row, column }: Open, code: CellProblemCode, value: string): void {
    this.#reading.problem({
      sheet: this.#name,
      cell: cellName(row, column),
      code,
      value: value.slice(0, 200),
      severity: 'warning',
    })
  }

  /** Merges end where the filled rows and columns end, whatever the file says. */
  finish(): ReadSheet {
    const bottom = this.#rows.length - 1
    const right = this.#rows.reduce((widest, row) => Math.max(widest, row.length), 0) - 1
    const merges = this.#merges
      .filter((m) => m.top <= bottom && m.left <= right)
      .map((m) => ({ ...m, bottom: Math.min(m.bottom, bottom), right: Math.min(m.right, right) }))
    const inside = (list: ReadonlySet<number>, last: number) =>
      [...list].filter((n) => n <= last).toSorted((a, b) => a - b)
    const hiddenRows = inside(this.#hiddenRows, bottom)
    const hiddenColumns = inside(this.#hiddenColumns, right)
    const at = (code: CellProblemCode, cell: string, count: number) =>
      this.#reading.problem({ sheet: this.#name, cell, code, value: String(count), severity: 'warning' })
    if (hiddenRows.length > 0) at('hiddenRows', cellName(hiddenRows[0] ?? 0, 0), hiddenRows.length)
    if (hiddenColumns.length > 0) at('hiddenColumns', cellName(0, hiddenColumns[0] ?? 0), hiddenColumns.length)
    if (this.#isHidden && this.#rows.length > 0) at('hiddenSheet', '', this.#rows.length)
    return { ...worksheet(this.#name, this.#rows), merges, isHidden: this.#isHidden, hiddenRows, hiddenColumns }
  }
}

/** Row and column from 0 of a name like `B12`. */
function place(name: string): { row: number; column: number } {
  const [, letters = '', digits = ''] = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(name) ?? []
  let column = 0
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  const row = rowNumber(digits)
  if (column < 1 || column > MAX_COLUMN || row >= MAX_ROW) throw new Refusal('damaged')
  return { row, column: column - 1 }
}

/** Row from 0 of a number that must be a whole one: half a row is no place for a cell. */
function rowNumber(digits: string): number {
  if (!/^\d{1,7}$/.test(digits) || Number(digits) < 1) throw new Refusal('damaged')
  return Number(digits) - 1
}
