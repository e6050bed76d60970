import { Button, InputNumber } from 'antd'
import type { ChecklistMapping } from '../../../../shared/contract/template-methods.ts'
import { Field } from '../../../ui/fields.tsx'
import { useText } from '../../../ui/text.ts'
import type { RowMark } from './source-grid.tsx'

type RowFieldsProps = {
  mapping: ChecklistMapping
  rowCount: number
  /** The chosen row, from 0. */
  active: number
  onMark: (kind: RowMark, row: number | null) => void
}

/** Which rows are head and items: by number, or by a button for the chosen row. */
export function RowFields({ mapping, rowCount, active, onMark }: RowFieldsProps) {
  const t = useText('templateImport')
  const number = (kind: RowMark, value: number | null) => (
    <Field label={t(`${kind}Row`)}>
      {(control) => (
        <InputNumber
          {...control}
          min={1}
          max={rowCount}
          precision={0}
          placeholder={kind === 'last' ? t('lastRowEnd') : ''}
          value={value === null ? null : value + 1}
          onChange={(typed) => {
            if (typed !== null || kind === 'last') onMark(kind, typed === null ? null : typed - 1)
          }}
        />
      )}
    </Field>
  )
  return (
    <div className="import-rows">
      <div className="import-row-fields">
        {number('head', mapping.headRow)}
        {number('first', mapping.firstRow)}
        {number('last', mapping.lastRow)}
      </div>
      <div className="row import-row-tools" role="group" aria-label={t('rowTools', { n: active + 1 })}>
        <strong>{t('rowTools', { n: active + 1 })}</strong>
        <Button onClick={() => onMark('head', active)}>{t('setHead')}</Button>
        <Button onClick={() => onMark('first', active)}>{t('setFirst')}</Button>
        <Button onClick={() => onMark('last', active)} disabled={active < mapping.firstRow}>
          {t('setLast')}
        </Button>
      </div>
    </div>
  )
}
