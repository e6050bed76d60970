import { InputNumber } from 'antd'
import type { AnswerValue } from '../../../shared/domain/sheet.ts'
import type { Item, ScoredItem } from '../../../shared/domain/template.ts'
import { gradesOf, gradeScore, judgeValue } from '../../../shared/scoring/answer.ts'
import { MICRO_PER_CP, formatMicro } from '../../../shared/scoring/numbers.ts'
import { gradeMark } from '../../../shared/text/grade-mark.ts'
import { Mark } from '../../ui/mark.tsx'
import { StepNumber } from '../../ui/step-number.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { useTeam } from './use-team.tsx'

type DecisionValueProps = {
  item: Item
  value: AnswerValue
  isDisabled: boolean
  onChange: (value: AnswerValue) => void
}

const MICRO_PER_POINT = MICRO_PER_CP * 100

/** Only values that could have been given: a grade, a 5 % step, a step of points, counts, a rate. */
export function DecisionValue({ item, value, isDisabled, onChange }: DecisionValueProps) {
  const t = useText('team')
  const say = useSay()
  const { template } = useTeam()
  const { score } = judgeValue(item, value, template)
  const points = <output className="quiet">{score === null ? '' : t('points', { n: formatMicro(score) })}</output>
  if (item.type === 'conformity') {
    const grades = gradesOf(item, template)
    return (
      <div role="group" aria-label={t('decidedValue')} className="row">
        {grades.map((grade, index) => (
          <button
            key={grade.id}
            type="button"
            className="plain-choice"
            aria-pressed={grade.id === value}
            disabled={isDisabled}
            onClick={() => onChange(grade.id)}
          >
            <Mark {...gradeMark(index, grades.length)} /> {say(grade.label)}{' '}
            <span className="quiet">{formatMicro(gradeScore(item, index, template))}</span>
          </button>
        ))}
      </div>
    )
  }
  if (item.type === 'deduction')
    return <Deductions item={item} value={value} isDisabled={isDisabled} onChange={onChange} />
  if (item.type !== 'maturity' && item.type !== 'points' && item.type !== 'indicator') return null
  const scale = item.type === 'maturity' ? 1 : item.type === 'indicator' ? 100 : MICRO_PER_POINT
  const step = item.type === 'maturity' ? 5 : item.type === 'indicator' ? 1 : item.spec.step_cp * MICRO_PER_CP
  const max = item.type === 'maturity' ? 100 : item.type === 'indicator' ? 10_000 : item.full_cp * MICRO_PER_CP
  return (
    <div className="row">
      <StepNumber
        label={t('decidedValue')}
        value={typeof value === 'number' ? value : null}
        scale={scale}
        step={step}
        max={max}
        decimals={item.type === 'maturity' ? 0 : 2}
        {...(item.type === 'points' ? {} : { suffix: '%' })}
        isDisabled={isDisabled}
        onChange={onChange}
      />
      {points}
    </div>
  )
}

type DecisionScoreProps = {
  item: ScoredItem
  score: number | null
  isDisabled: boolean
  onChange: (score: number) => void
}

/** A repeated item is decided in points: it merges by its units' mean and has no value of its own. */
export function DecisionScore({ item, score, isDisabled, onChange }: DecisionScoreProps) {
  const t = useText('team')
  return (
    <div className="row">
      <StepNumber
        label={t('decidedValue')}
        value={score}
        scale={MICRO_PER_POINT}
        step={MICRO_PER_CP}
        max={item.full_cp * MICRO_PER_CP}
        decimals={2}
        isDisabled={isDisabled}
        onChange={onChange}
      />
      <span className="quiet">{t('repeatNote')}</span>
    </div>
  )
}

type DeductionsProps = Omit<DecisionValueProps, 'item'> & { item: Extract<Item, { type: 'deduction' }> }

function Deductions({ item, value, isDisabled, onChange }: DeductionsProps) {
  const say = useSay()
  const counts = new Map((Array.isArray(value) ? value : []).map((entry) => [entry.id, entry.count]))
  const set = (id: string, count: number) => {
    counts.set(id, count)
    onChange(
      item.spec.list.flatMap((entry) =>
        (counts.get(entry.id) ?? 0) > 0 ? [{ id: entry.id, count: counts.get(entry.id) ?? 0 }] : [],
      ),
    )
  }
  return (
    <ul className="stack-tight">
      {item.spec.list.map((entry) => (
        <li key={entry.id} className="row">
          <InputNumber
            aria-label={say(entry.label)}
            min={0}
            {...(entry.maxCount === null ? {} : { max: entry.maxCount })}
            precision={0}
            value={counts.get(entry.id) ?? 0}
            disabled={isDisabled}
            onChange={(count) => set(entry.id, count ?? 0)}
          />
          {say(entry.label)} (−{formatMicro(entry.points_cp * MICRO_PER_CP)})
        </li>
      ))}
    </ul>
  )
}
