import {
  MAPPED_FIELDS,
  type ChecklistMapping,
  type MappedField,
  type OpenedSheet,
  type OpenedWorkbook,
} from '../../../../shared/contract/template-methods.ts'

type Columns = ChecklistMapping['columns']

/** What a file is read as before anybody said anything: the reader's guess, else the first shown sheet with one head row. */
export function firstMapping({ guess, sheets, fileName }: OpenedWorkbook): ChecklistMapping {
  if (guess !== null) return guess
  const sheet = sheets.find((one) => !one.isHidden && one.rowCount > 0) ?? sheets[0]
  return {
    sheet: sheet?.name ?? '',
    headRow: 0,
    firstRow: 1,
    lastRow: null,
    columns: {},
    sections: 'none',
    type: 'conformity',
    category: 'industry',
    number: '',
    title: fileName.replace(/\.[^.]+$/, '').slice(0, 200),
  }
}

/** Another sheet has other rows and columns: what was said about the first no longer holds. */
export const withSheet = (mapping: ChecklistMapping, sheet: string): ChecklistMapping =>
  mapping.sheet === sheet ? mapping : { ...mapping, sheet, headRow: 0, firstRow: 1, lastRow: null, columns: {} }

export const fieldAt = (columns: Columns, column: number): MappedField | null =>
  MAPPED_FIELDS.find((field) => columns[field] === column) ?? null

/** A column means one thing and a thing stands in one column: the old place of both is given up. */
export function withColumn(columns: Columns, column: number, field: MappedField | null): Columns {
  const kept = Object.entries(columns).filter(([name, at]) => at !== column && name !== field)
  return { ...Object.fromEntries(kept), ...(field === null ? {} : { [field]: column }) }
}

export type RowRole = 'outside' | 'head' | 'item'

export function roleOf({ headRow, firstRow, lastRow }: ChecklistMapping, row: number): RowRole {
  if (row >= firstRow) return lastRow === null || row <= lastRow ? 'item' : 'outside'
  return row >= headRow ? 'head' : 'outside'
}

type Rows = Pick<ChecklistMapping, 'headRow' | 'firstRow' | 'lastRow'>

/** The head begins at `row`; items come after it. */
export const withHead = ({ firstRow, lastRow }: Rows, row: number): Rows =>
  inOrder({ headRow: row, firstRow: Math.max(firstRow, row + 1), lastRow })

/** Items begin at `row`; the head ends before it. */
export const withFirst = ({ headRow, lastRow }: Rows, row: number): Rows =>
  inOrder({ headRow: Math.min(headRow, Math.max(0, row - 1)), firstRow: row, lastRow })

/** Items end with `row`; null = with the sheet. */
export const withLast = (rows: Rows, row: number | null): Rows =>
  inOrder({ ...rows, lastRow: row === null ? null : Math.max(row, rows.firstRow) })

const inOrder = (rows: Rows): Rows =>
  rows.lastRow !== null && rows.lastRow < rows.firstRow ? { ...rows, lastRow: null } : rows

export const MAPPING_GAPS = ['noRows', 'noTitleColumn', 'noSectionColumn', 'rowsBeyond'] as const
export type MappingGap = (typeof MAPPING_GAPS)[number]

/** What must be said before the sheet can be read at all. */
export function gapsOf(mapping: ChecklistMapping, sheet: OpenedSheet | undefined): MappingGap[] {
  const { columns, sections, firstRow } = mapping
  if (sheet === undefined || sheet.rowCount === 0) return ['noRows']
  const gaps: MappingGap[] = []
  if (firstRow >= sheet.rowCount) gaps.push('rowsBeyond')
  if (columns.title === undefined) gaps.push('noTitleColumn')
  if (sections === 'columns' && columns.sectionTitle === undefined && columns.sectionCode === undefined)
    gaps.push('noSectionColumn')
  return gaps
}

/** `B12` → row 11, column 1; null when it is no cell name. */
export function cellAt(name: string): { row: number; column: number } | null {
  const [, letters, digits] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(name) ?? []
  if (letters === undefined || digits === undefined) return null
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { row: Number(digits) - 1, column }
}
