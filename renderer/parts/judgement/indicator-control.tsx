import { Input, InputNumber } from 'antd'
import { useState } from 'react'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { ItemOf, Row } from '../../../shared/domain/template.ts'
import { decimal, say } from '../../../shared/domain/text.ts'
import { judgeAnswer } from '../../../shared/scoring/answer.ts'
import {
  isWorseThanPromised,
  measuredRows,
  rowLevel,
  rowRate,
  type Measured,
} from '../../../shared/scoring/indicator.ts'
import { formatBp } from '../../../shared/scoring/numbers.ts'
import { Mark } from '../../ui/mark.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { blankAnswer, withMeasured, withValue } from './answer-edit.ts'
import { useJudgedSheet } from './judged-sheet.ts'
import './indicator.css'

type IndicatorControlProps = { item: ItemOf<'indicator'>; answer: Answer | null; isDisabled: boolean }

/** Rows with thresholds and promise; experts enter what was measured, level and rate follow; override only with a reason. */
export function IndicatorControl({ item, answer, isDisabled }: IndicatorControlProps) {
  const t = useText('checklist')
  const store = useJudgedSheet()
  const rows = store.rows(item)
  const measured = measuredRows(answer?.indicators ?? [])
  const { template } = store.view
  const computed = judgeAnswer(item, answer ?? blankAnswer(item.id, ''), rows, template).computed_bp
  const given = answer?.state === 'answered' && typeof answer.value === 'number' ? answer.value : null
  const isOverridden = given !== null && given !== computed
  if (rows.length === 0) return <p role="alert">{t('noRows')}</p>
  return (
    <div className="indicator">
      <div className="table-wrap">
        <table>
          <caption className="only-read">{t('indicatorRows')}</caption>
          <IndicatorHead />
          <tbody>
            {rows.map((row) => (
              <IndicatorRow
                key={row.id}
                row={row}
                measured={measured.get(row.id) ?? null}
                isDisabled={isDisabled}
                onMeasured={(value) => store.edit(item.id, withMeasured(item, row.id, value, rows, template), 'typing')}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="number-line">
        <span>{t('computedRate', { rate: computed === null ? '—' : `${formatBp(computed)}%` })}</span>
        <label>
          {t('override')}
          <InputNumber
            value={given === null ? null : given / 100}
            min={0}
            max={100}
            precision={2}
            suffix="%"
            controls={false}
            disabled={isDisabled || computed === null}
            onChange={(rate) =>
              store.edit(item.id, withValue(typeof rate === 'number' ? Math.round(rate * 100) : computed), 'typing')
            }
          />
        </label>
        {isOverridden ? (
          <button
            type="button"
            className="plain-choice"
            disabled={isDisabled}
            onClick={() => store.edit(item.id, withValue(computed))}
          >
            {t('backToComputed')}
          </button>
        ) : null}
      </div>
    </div>
  )
}

function IndicatorHead() {
  const t = useText('checklist')
  return (
    <thead>
      <tr>
        <th scope="col">{t('rowName')}</th>
        <th scope="col">{t('yardstick')}</th>
        <th scope="col">{t('measured')}</th>
      </tr>
    </thead>
  )
}

type RowProps = {
  row: Row
  measured: Measured | null
  isDisabled: boolean
  onMeasured: (value: Measured | null) => void
}

function IndicatorRow({ row, measured, isDisabled, onMeasured }: RowProps) {
  const t = useText('checklist')
  const language = useLanguage()
  const { template } = useJudgedSheet().view
  const [typed, setTyped] = useState(measured?.v ?? '')
  const [op, setOp] = useState<Measured['op']>(measured?.op ?? '=')
  const name = say(row.name, language)
  const isWrong = typed.trim() !== '' && !decimal.safeParse(typed.trim()).success
  const enter = (nextOp: Measured['op'], text: string) => {
    setOp(nextOp)
    setTyped(text)
    const v = text.trim()
    if (v === '') onMeasured(null)
    else if (decimal.safeParse(v).success) onMeasured({ op: nextOp, v })
  }
  const level = measured === null ? null : rowLevel(row, measured)
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="row-meta">
          {t(`kind_${row.kind}`)} · {t(`direction_${row.direction}`)} · {t('weight', { n: row.weight })}
          {row.source === '' ? '' : ` · ${row.source}`}
        </span>
      </th>
      <td className="thresholds">
        {row.promised === null ? null : (
          <span>
            {t('promised')} {row.promised} {row.unit}
          </span>
        )}
        {thresholdsOf(row).map(([key, value]) => (
          <span key={key}>
            {t(`threshold_${key}`)} {value}
          </span>
        ))}
      </td>
      <td>
        <span className="measured">
          <select
            aria-label={t('operatorOf', { name })}
            value={op}
            disabled={isDisabled}
            onChange={(e) => enter(e.target.value as Measured['op'], typed)}
          >
            <option value="=">=</option>
            <option value="<">&lt;</option>
            <option value=">">&gt;</option>
          </select>
          <Input
            aria-label={t('measuredOf', { name })}
            inputMode="decimal"
            title={t('nextRow')}
            value={typed}
            disabled={isDisabled}
            {...(isWrong ? { status: 'error' as const, 'aria-invalid': true } : {})}
            onChange={(e) => enter(op, e.target.value)}
            onKeyDown={toNextRow}
          />
          <span>{row.unit}</span>
        </span>
        {isWrong ? <span className="field-error">{t('notANumber')}</span> : null}
        {level === null || measured === null ? null : (
          <span className="level">
            <Mark shape={level === 'below' ? 'cross' : 'level'} tone={level === 'below' ? 'serious' : 'good'} />
            {t(`level_${level}`)} {formatBp(rowRate(row, measured, template.indicator))}%
            {isWorseThanPromised(row, measured) ? (
              <strong className="broken-promise">{t('worseThanPromised')}</strong>
            ) : null}
          </span>
        )}
      </td>
    </tr>
  )
}

/** Enter goes to the next row's value, after the last one back to the keys. */
function toNextRow(event: React.KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  const inputs = [
    ...(event.currentTarget.closest('table')?.querySelectorAll<HTMLInputElement>('.measured input') ?? []),
  ]
  const next = inputs[inputs.indexOf(event.currentTarget) + 1]
  if (next === undefined) event.currentTarget.blur()
  else next.select()
}

function thresholdsOf(row: Row): ['advanced' | 'average' | 'base' | 'range', string][] {
  if (row.direction === 'within') return [['range', `${row.low ?? ''}–${row.high ?? ''}`]]
  return (['advanced', 'average', 'base'] as const).flatMap((key) => {
    const value = row[key]
    return value === null ? [] : [[key, value] as ['advanced' | 'average' | 'base', string]]
  })
}
