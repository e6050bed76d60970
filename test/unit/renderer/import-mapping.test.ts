import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cellAt,
  fieldAt,
  firstMapping,
  gapsOf,
  roleOf,
  withColumn,
  withFirst,
  withHead,
  withLast,
  withSheet,
} from '../../../renderer/features/templates/import/mapping.ts'
import {
  MAPPED_FIELDS,
  checklistMapping,
  type OpenedSheet,
  type OpenedWorkbook,
} from '../../../shared/contract/template-methods.ts'
import { cellName } from '../../../shared/tabular/workbook.ts'

const sheet = (name: string, rowCount: number, isHidden = false): OpenedSheet => ({
  name,
  rows: [],
  rowCount,
  columnCount: 4,
  isHidden,
})
const opened = (sheets: OpenedSheet[]): OpenedWorkbook => ({
  token: '00000000-0000-4000-8000-000000000000',
  fileName: '审核表 2026.xlsx',
  kind: 'foreign',
  sheets,
  guess: null,
  isRemembered: false,
})
const start = firstMapping(opened([sheet('隐藏', 9, true), sheet('空', 0), sheet('表', 30)]))

describe('the mapping of a foreign sheet', () => {
  it('begins with the first shown sheet that holds something, and is always one the main process takes', () => {
    expect(start).toMatchObject({ sheet: '表', title: '审核表 2026' })
    expect(checklistMapping.safeParse(start).success).toBe(true)
    expect(checklistMapping.safeParse(firstMapping(opened([]))).success).toBe(true)
  })

  it('gives each column one meaning and each meaning one column', () => {
    const step = fc.record({
      column: fc.nat(5),
      field: fc.option(fc.constantFrom(...MAPPED_FIELDS), { nil: null }),
    })
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let columns = {}
        for (const { column, field } of steps) {
          columns = withColumn(columns, column, field)
          expect(fieldAt(columns, column)).toBe(field)
        }
        const used = Object.values(columns)
        expect(new Set(used).size).toBe(used.length)
      }),
    )
  })

  it('keeps head, first and last row in order whatever is pressed', () => {
    const press = fc.tuple(fc.constantFrom(withHead, withFirst, withLast), fc.nat(20))
    fc.assert(
      fc.property(fc.array(press), (presses) => {
        let mapping = start
        for (const [set, row] of presses) {
          mapping = { ...mapping, ...set(mapping, row) }
          const { headRow, firstRow, lastRow } = mapping
          expect(headRow).toBeLessThanOrEqual(firstRow)
          if (lastRow !== null) expect(lastRow).toBeGreaterThanOrEqual(firstRow)
          expect(checklistMapping.safeParse(mapping).success).toBe(true)
        }
      }),
    )
    const set = { ...start, ...withLast(withFirst(withHead(start, 1), 3), 9) }
    expect([0, 1, 2, 3, 9, 10].map((row) => roleOf(set, row))).toEqual([
      'outside',
      'head',
      'head',
      'item',
      'item',
      'outside',
    ])
  })

  it('forgets rows and columns with another sheet, not with the same', () => {
    const mapped = { ...start, headRow: 2, columns: { title: 1 } }
    expect(withSheet(mapped, '表')).toBe(mapped)
    expect(withSheet(mapped, '另一张')).toMatchObject({ sheet: '另一张', headRow: 0, columns: {} })
  })

  it('says what is missing before anything can be read', () => {
    const full = sheet('表', 30)
    expect(gapsOf(start, undefined)).toEqual(['noRows'])
    expect(gapsOf(start, full)).toEqual(['noTitleColumn'])
    expect(gapsOf({ ...start, sections: 'columns', columns: { title: 1 } }, full)).toEqual(['noSectionColumn'])
    expect(gapsOf({ ...start, columns: { title: 1 }, firstRow: 30 }, full)).toEqual(['rowsBeyond'])
    expect(gapsOf({ ...start, columns: { title: 1 } }, full)).toEqual([])
  })

  it('finds a cell by the name it is shown under', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(1000), (row, column) => {
        expect(cellAt(cellName(row, column))).toEqual({ row, column })
      }),
    )
    expect(['', 'B', '12', 'B0', 'b2', '$B$2'].map(cellAt)).toEqual([null, null, null, null, null, null])
  })
})
