import type { AnswerValue } from '../../../shared/domain/sheet.ts'
import type { Item, ItemOf } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import { gradesOf, gradeScore } from '../../../shared/scoring/answer.ts'
import { formatMicro } from '../../../shared/scoring/numbers.ts'
import { gradeMark } from '../../../shared/text/grade-mark.ts'
import { useLanguage, useText } from '../../ui/text.ts'
import { useJudgedSheet } from './judged-sheet.ts'
import { ChoiceButtons } from './choice-buttons.tsx'
import { DeductionControl } from './deduction-control.tsx'
import type { Entry } from './use-checklist-keys.ts'
import { NumberControl } from './number-control.tsx'

export type ValueControlProps<I extends Item = Item> = {
  item: I
  value: AnswerValue
  isDisabled: boolean
  /** What keys have begun: digits that are no value yet, the deduction in hand. Not given for a unit that is not in hand. */
  entry?: Entry
  onChange: (value: AnswerValue) => void
}

/** The control of one scored value, used for an item and for each unit of a repeated one. */
export function ValueControl(props: ValueControlProps) {
  const { item } = props
  if (item.type === 'conformity') return <GradeControl {...props} item={item} />
  if (item.type === 'maturity' || item.type === 'points') return <NumberControl {...props} item={item} />
  if (item.type === 'deduction') return <DeductionControl {...props} item={item} />
  return null
}

function GradeControl({ item, value, isDisabled, onChange }: ValueControlProps<ItemOf<'conformity'>>) {
  const t = useText('checklist')
  const language = useLanguage()
  const { template } = useJudgedSheet().view
  const grades = gradesOf(item, template)
  const choices = grades.map((grade, index) => ({
    value: grade.id,
    label: say(grade.label, language),
    detail: say(grade.text, language),
    points: t('points', { n: formatMicro(gradeScore(item, index, template)) }),
    ...gradeMark(index, grades.length),
  }))
  return (
    <ChoiceButtons
      label={t('judgement')}
      choices={choices}
      value={typeof value === 'string' ? value : null}
      isDisabled={isDisabled}
      onChoose={onChange}
    />
  )
}
