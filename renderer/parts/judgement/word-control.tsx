import { Input } from 'antd'
import { useState } from 'react'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { ItemOf } from '../../../shared/domain/template.ts'
import { gateMark } from '../../../shared/text/grade-mark.ts'
import { useText } from '../../ui/text.ts'
import { withValue } from './answer-edit.ts'
import { useJudgedSheet } from './judged-sheet.ts'
import { useNewFocus } from './use-new-focus.ts'
import { ChoiceButtons } from './choice-buttons.tsx'

type WordControlProps = { item: ItemOf<'veto'> | ItemOf<'gate'>; answer: Answer | null; isDisabled: boolean }

/** Veto (pass, fail, to be verified by whom and when) and gate (yes, no). */
export function WordControl({ item, answer, isDisabled }: WordControlProps) {
  const t = useText('checklist')
  const store = useJudgedSheet()
  const choices =
    item.type === 'veto'
      ? [
          {
            value: 'pass',
            label: t('pass'),
            detail: t('passDetail'),
            points: '',
            shape: 'full',
            tone: 'good',
          } as const,
          {
            value: 'fail',
            label: t('fail'),
            detail: t('failDetail'),
            points: '',
            shape: 'stop',
            tone: 'serious',
          } as const,
          {
            value: 'pending',
            label: t('pending'),
            detail: t('pendingDetail'),
            points: '',
            shape: 'wait',
            tone: 'middling',
          } as const,
        ]
      : [
          { value: 'yes', label: t('yes'), detail: '', points: '', shape: 'full', tone: 'good' } as const,
          {
            value: 'no',
            label: t('no'),
            detail: t(`gate_${item.spec.outcome}`),
            points: '',
            ...gateMark(item.spec.outcome),
          },
        ]
  const value = answer?.state === 'answered' && typeof answer.value === 'string' ? answer.value : null
  const [valueAtFirst] = useState(value)
  return (
    <>
      <ChoiceButtons
        label={t('judgement')}
        choices={choices}
        value={value}
        isDisabled={isDisabled}
        onChoose={(chosen) => store.edit(item.id, withValue(chosen))}
      />
      {value === 'pending' ? (
        <PendingFields item={item.id} answer={answer} isDisabled={isDisabled} isNew={valueAtFirst !== 'pending'} />
      ) : null}
    </>
  )
}

type PendingProps = { item: string; answer: Answer | null; isDisabled: boolean; isNew: boolean }

function PendingFields({ item, answer, isDisabled, isNew }: PendingProps) {
  const t = useText('checklist')
  const store = useJudgedSheet()
  const who = useNewFocus(isNew)
  const pending = answer?.pending ?? { who: '', due: null }
  return (
    <div className="field-row">
      <label ref={who}>
        {t('pendingWho')}
        <Input
          value={pending.who}
          disabled={isDisabled}
          onChange={(e) => {
            const name = e.target.value
            store.edit(item, (a) => ({ ...a, pending: { due: a.pending?.due ?? null, who: name } }), 'typing')
          }}
        />
      </label>
      <label>
        {t('pendingDue')}
        <Input
          type="date"
          value={pending.due ?? ''}
          disabled={isDisabled}
          onChange={(e) => {
            const due = e.target.value === '' ? null : e.target.value
            store.edit(item, (a) => ({ ...a, pending: { who: a.pending?.who ?? '', due } }))
          }}
        />
      </label>
    </div>
  )
}
