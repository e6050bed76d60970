import { useState } from 'react'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { Area } from '../../ui/area.tsx'
import { useText } from '../../ui/text.ts'
import { withState, withValue } from './answer-edit.ts'
import { IndicatorControl } from './indicator-control.tsx'
import { UnitsControl } from './units-control.tsx'
import { ValueControl } from './value-control.tsx'
import { WordControl } from './word-control.tsx'
import { useAnswer, useJudgedSheet } from './judged-sheet.ts'
import type { Entry } from './use-checklist-keys.ts'
import { useNewFocus } from './use-new-focus.ts'
import './judgement.css'

type ItemAnswerProps = { item: Item; entry: Entry; problems: readonly string[]; onUnit: (unit: string) => void }

/** The judgement of one item: its control, N/A and recusal, and the reason where one is owed. */
export function ItemAnswer({ item, entry, problems, onUnit }: ItemAnswerProps) {
  const t = useText('checklist')
  const store = useJudgedSheet()
  const answer = useAnswer(item.id)
  const isDisabled = store.isReadOnly
  const state = answer?.state ?? 'answered'
  const [stateAtFirst] = useState(state)
  const toggle = (to: 'na' | 'abstain') => (state === to ? store.clear(item.id) : store.edit(item.id, withState(to)))
  return (
    <div className="answer">
      {state === 'answered' ? (
        <Control item={item} answer={answer} entry={entry} isDisabled={isDisabled} onUnit={onUnit} />
      ) : null}
      <div className="answer-states">
        {item.allowNA ? (
          <button
            type="button"
            className="plain-choice"
            aria-pressed={state === 'na'}
            aria-keyshortcuts="N"
            disabled={isDisabled}
            onClick={() => toggle('na')}
          >
            {t('na')} <kbd aria-hidden>N</kbd>
          </button>
        ) : null}
        <button
          type="button"
          className="plain-choice"
          aria-pressed={state === 'abstain'}
          aria-keyshortcuts="H"
          disabled={isDisabled}
          onClick={() => toggle('abstain')}
        >
          {t('abstain')} <kbd aria-hidden>H</kbd>
        </button>
        <button
          type="button"
          className="plain-choice quiet"
          disabled={isDisabled || answer === null}
          onClick={() => store.clear(item.id)}
        >
          {t('clearAnswer')}
        </button>
      </div>
      <Reason
        key={state}
        item={item}
        answer={answer}
        problems={problems}
        isDisabled={isDisabled}
        isNew={state !== 'answered' && state !== stateAtFirst}
      />
    </div>
  )
}

type ControlProps = {
  item: Item
  answer: Answer | null
  entry: Entry
  isDisabled: boolean
  onUnit: (unit: string) => void
}

function Control({ item, answer, entry, isDisabled, onUnit }: ControlProps) {
  const store = useJudgedSheet()
  if (item.type === 'veto' || item.type === 'gate')
    return <WordControl item={item} answer={answer} isDisabled={isDisabled} />
  if (item.repeat !== null)
    return (
      <UnitsControl
        item={item}
        repeat={item.repeat}
        answer={answer}
        entry={entry}
        isDisabled={isDisabled}
        onUnit={onUnit}
      />
    )
  if (item.type === 'indicator') return <IndicatorControl item={item} answer={answer} isDisabled={isDisabled} />
  const when = item.type === 'conformity' || item.type === 'deduction' ? 'now' : 'typing'
  return (
    <ValueControl
      item={item}
      value={answer?.value ?? null}
      isDisabled={isDisabled}
      entry={entry}
      onChange={(value) => store.edit(item.id, withValue(value), when)}
    />
  )
}

const OWES_REASON = new Set(['reason', 'overrideReason', 'nonconformityMissing', 'promiseNotMet'])

/** Shown when a reason is owed or given; its label says what it explains. */
function Reason({
  item,
  answer,
  problems,
  isDisabled,
  isNew,
}: {
  item: Item
  answer: Answer | null
  problems: readonly string[]
  isDisabled: boolean
  /** Just became owed by the person's own press: they go on by writing it. */
  isNew: boolean
}) {
  const t = useText('checklist')
  const store = useJudgedSheet()
  const labelRef = useNewFocus(isNew)
  const isOwed = problems.some((problem) => OWES_REASON.has(problem))
  if (answer === null || (!isOwed && answer.reason === '' && answer.state === 'answered')) return null
  const label = answer.state === 'answered' ? t('reasonOfAnswer') : t(`reason_${answer.state}`)
  return (
    <label ref={labelRef} className="field">
      {label}
      <Area
        value={answer.reason}
        rows={1}
        disabled={isDisabled}
        {...(isOwed && answer.state !== 'answered' ? { status: 'error' as const } : {})}
        onChange={(e) => {
          const reason = e.target.value
          store.edit(item.id, (a) => ({ ...a, reason }), 'typing')
        }}
      />
    </label>
  )
}
