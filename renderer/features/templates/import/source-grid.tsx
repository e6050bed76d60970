import { useEffect, useId, useMemo, useRef } from 'react'
import type {
  CellProblem,
  ChecklistMapping,
  MappedField,
  OpenedSheet,
} from '../../../../shared/contract/template-methods.ts'
import { cellName } from '../../../../shared/tabular/workbook.ts'
import { useLooks } from '../../../ui/looks.tsx'
import { useText } from '../../../ui/text.ts'
import { useVirtualColumns, useVirtualRows } from '../../../ui/virtual-rows.ts'
import { ColumnHead } from './column-head.tsx'
import { columnWidths, moved } from './grid-moves.ts'
import { roleOf } from './mapping.ts'

/** Rows and columns from 0. `isAsked`: somebody asked to see this cell, so the grid comes into view. */
export type ActiveCell = { row: number; column: number; isAsked: boolean }
export type RowMark = 'head' | 'first' | 'last'

const ROW_HEAD_PX = 92
const MARK_KEYS: Record<string, RowMark> = { h: 'head', f: 'first', l: 'last' }

type SourceGridProps = {
  sheet: OpenedSheet
  mapping: ChecklistMapping | null
  active: ActiveCell
  problems: ReadonlyMap<string, CellProblem>
  onActive: (cell: ActiveCell) => void
  onMark: (kind: RowMark, row: number) => void
  onColumn: (column: number, field: MappedField | null) => void
}

/** The first rows of a sheet as cells; only the visible ones exist. One tab stop, arrows move, H F L say what the row is. */
export function SourceGrid({ sheet, mapping, active, problems, onActive, onMark, onColumn }: SourceGridProps) {
  const t = useText('templateImport')
  const { touch } = useLooks()
  const name = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const widths = useMemo(() => columnWidths(sheet), [sheet])
  const headHeight = mapping === null ? 34 : touch ? 90 : 74
  const rowHeight = touch ? 46 : 36
  const rows = useVirtualRows(scroller, sheet.rows.length, rowHeight, headHeight)
  const columns = useVirtualColumns(scroller, widths, ROW_HEAD_PX)
  const lastRow = mapping?.lastRow ?? sheet.rowCount - 1
  useEffect(() => {
    if (active.row < sheet.rows.length) rows.scrollToIndex(active.row)
    columns.scrollToIndex(active.column)
    if (!active.isAsked) return
    scroller.current?.scrollIntoView({ block: 'nearest' })
    scroller.current?.focus({ preventScroll: true })
  }, [active, rows, columns, sheet])
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return
    const mark = MARK_KEYS[event.key.toLowerCase()]
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    const next = moved(event.key, event.ctrlKey || event.metaKey, active, sheet)
    if (mark !== undefined && isPlain) onMark(mark, active.row)
    else if (next !== null) onActive({ ...next, isAsked: false })
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={scroller}
      className="sheet-grid"
      role="grid"
      tabIndex={0}
      aria-label={t('grid')}
      aria-rowcount={sheet.rowCount + 1}
      aria-colcount={sheet.columnCount + 1}
      aria-activedescendant={`${name}-${cellName(active.row, active.column)}`}
      onKeyDown={onKeyDown}
    >
      <div
        role="rowgroup"
        className="sheet-area"
        style={{ width: columns.getTotalSize(), height: rows.getTotalSize() }}
      >
        <div role="row" aria-rowindex={1} className="sheet-head" style={{ height: headHeight }}>
          <div role="columnheader" aria-colindex={1} className="sheet-corner" style={{ width: ROW_HEAD_PX }}>
            <span className="only-read">{t('rowNumber')}</span>
          </div>
          {columns.getVirtualItems().map(({ index, start, size }) => (
            <ColumnHead
              key={index}
              column={index}
              style={{ left: start, width: size }}
              columns={mapping?.columns ?? null}
              onChoose={onColumn}
            />
          ))}
        </div>
        {rows.getVirtualItems().map((line) => {
          const row = line.index
          const role = mapping === null ? 'item' : roleOf(mapping, row)
          return (
            <div
              key={row}
              role="row"
              aria-rowindex={row + 2}
              className="sheet-row"
              data-role={role}
              data-active={row === active.row}
              style={{ top: line.start, height: line.size }}
            >
              <div role="rowheader" aria-colindex={1} className="sheet-row-head" style={{ width: ROW_HEAD_PX }}>
                {row + 1}
                {mapping !== null && role === 'head' ? <span>{t('role_head')}</span> : null}
                {mapping !== null && row === mapping.firstRow ? <span>{t('role_first')}</span> : null}
                {mapping !== null && row === lastRow && row > mapping.firstRow ? <span>{t('role_last')}</span> : null}
              </div>
              {columns.getVirtualItems().map(({ index, start, size }) => {
                const cell = cellName(row, index)
                const text = sheet.rows[row]?.[index] ?? ''
                const problem = problems.get(cell)
                const isActive = row === active.row && index === active.column
                return (
                  <div
                    key={index}
                    id={`${name}-${cell}`}
                    role="gridcell"
                    aria-colindex={index + 2}
                    aria-selected={isActive}
                    className="sheet-cell"
                    data-problem={problem?.severity}
                    title={text}
                    style={{ left: start, width: size }}
                    onPointerDown={() => onActive({ row, column: index, isAsked: false })}
                  >
                    {problem === undefined ? null : <span aria-label={t('cellProblem')}>⚠ </span>}
                    {text}
                  </div>
                )
              })}
            </div>
          )
        })}
      </div>
    </div>
  )
}
