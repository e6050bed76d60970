import { MAPPED_FIELDS, type ChecklistMapping, type MappedField } from '../../../../shared/contract/template-methods.ts'
import { cellName } from '../../../../shared/tabular/workbook.ts'
import { useText } from '../../../ui/text.ts'
import { fieldAt } from './mapping.ts'

/** Meanings of one kind share a colour; the words say the rest. */
const KIND: Record<MappedField, 'section' | 'item' | 'points' | 'text' | 'flag'> = {
  sectionCode: 'section',
  sectionTitle: 'section',
  group: 'section',
  code: 'item',
  title: 'item',
  titleEn: 'item',
  type: 'flag',
  points: 'points',
  basis: 'text',
  evidence: 'text',
  guidance: 'text',
  method: 'text',
  starred: 'flag',
  allowNA: 'flag',
}

const letterOf = (column: number): string => cellName(0, column).slice(0, -1)

type ColumnHeadProps = {
  column: number
  style: React.CSSProperties
  /** Null: only to look at. */
  columns: ChecklistMapping['columns'] | null
  onChoose: (column: number, field: MappedField | null) => void
}

/** The letter of a column and, above its cells, what it is taken for. */
export function ColumnHead({ column, style, columns, onChoose }: ColumnHeadProps) {
  const t = useText('templateImport')
  const field = columns === null ? null : fieldAt(columns, column)
  const optionText = (one: MappedField) => {
    const at = columns?.[one]
    const name = t(`field_${one}`)
    return at === undefined || at === column ? name : t('usedAt', { field: name, column: letterOf(at) })
  }
  return (
    <div
      role="columnheader"
      aria-colindex={column + 2}
      className="sheet-column"
      data-kind={field === null ? undefined : KIND[field]}
      style={style}
    >
      <span className="sheet-letter">{letterOf(column)}</span>
      {columns === null ? null : (
        <select
          aria-label={t('meaningOf', { column: letterOf(column) })}
          value={field ?? ''}
          onChange={({ target }) => onChoose(column, MAPPED_FIELDS.find((one) => one === target.value) ?? null)}
        >
          <option value="">{t('notTaken')}</option>
          {MAPPED_FIELDS.map((one) => (
            <option key={one} value={one}>
              {optionText(one)}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}
