import { say } from '../../../shared/domain/text.ts'
import type { ItemOf } from '../../../shared/domain/template.ts'
import { fullMicro, judgeValue } from '../../../shared/scoring/answer.ts'
import { MICRO_PER_CP, formatMicro } from '../../../shared/scoring/numbers.ts'
import { useLanguage, useText } from '../../ui/text.ts'
import { countsWith } from './answer-edit.ts'
import { useJudgedSheet } from './judged-sheet.ts'
import type { ValueControlProps } from './value-control.tsx'

/** How often each deduction was found; "none found" is an answer too. */
export function DeductionControl(props: ValueControlProps<ItemOf<'deduction'>>) {
  const { item, value, isDisabled, entry: begun, onChange } = props
  const t = useText('checklist')
  const language = useLanguage()
  const { template } = useJudgedSheet().view
  const counts = new Map((Array.isArray(value) ? value : []).map((entry) => [entry.id, entry.count]))
  const score = value === null ? null : judgeValue(item, value, template).score
  const full = formatMicro(fullMicro(item))
  return (
    <div className="deductions">
      <div className="number-line">
        <button
          type="button"
          className="plain-choice"
          aria-pressed={Array.isArray(value) && value.length === 0}
          aria-keyshortcuts="0"
          disabled={isDisabled}
          onClick={() => onChange([])}
        >
          {t('noDeduction')} <kbd aria-hidden>0</kbd>
        </button>
        <output className="number-score">
          {t('ofFull', { score: score === null ? '—' : formatMicro(score), full })}
        </output>
      </div>
      <ul>
        {item.spec.list.map((entry, index) => {
          const count = counts.get(entry.id) ?? 0
          const label = say(entry.label, language)
          return (
            <li key={entry.id} className={begun?.deduction === entry.id ? 'is-in-hand' : ''}>
              <span className="deduction-label">
                {index < 9 ? <kbd aria-hidden>{index + 1}</kbd> : null} {label}
              </span>
              <span className="deduction-points">
                {t('minusEach', { n: formatMicro(entry.points_cp * MICRO_PER_CP) })}
                {entry.maxCount === null ? '' : ` · ${t('atMost', { n: entry.maxCount })}`}
              </span>
              <span className="stepper">
                <button
                  type="button"
                  aria-label={t('fewer', { what: label })}
                  disabled={isDisabled || count === 0}
                  onClick={() => onChange(countsWith(item, value, entry.id, count - 1))}
                >
                  −
                </button>
                <output aria-label={t('count', { what: label })}>{count}</output>
                <button
                  type="button"
                  aria-label={t('oneMore', { what: label })}
                  disabled={isDisabled || count === (entry.maxCount ?? Number.POSITIVE_INFINITY)}
                  onClick={() => onChange(countsWith(item, value, entry.id, count + 1))}
                >
                  +
                </button>
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
