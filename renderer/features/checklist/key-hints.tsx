import { memo, useState } from 'react'
import type { Item, Template } from '../../../shared/domain/template.ts'
import { isScored } from '../../../shared/domain/template.ts'
import { useText } from '../../ui/text.ts'
import { bandValues, choicesOf } from '../../parts/judgement/answer-edit.ts'

type Hint = [keys: string, hint: Parameters<ReturnType<typeof useText<'checklist'>>>[0]]

const ALWAYS: Hint[] = [
  ['J K ↑ ↓', 'hintMove'],
  ['G', 'hintMissing'],
  ['/', 'hintFind'],
]
const MORE: Hint[] = [
  ['N', 'hintNa'],
  ['H', 'hintAbstain'],
  ['M', 'hintNote'],
  ['P', 'hintPhoto'],
  ['U', 'hintUndo'],
  ['W Z L X V S', 'hintOthers'],
]

/** The keys that judge this item, then those that always work. */
export const KeyHints = memo(function KeyHints({ item, template }: { item: Item | null; template: Template }) {
  const t = useText('checklist')
  const [isOpen, setOpen] = useState(false)
  const more = item?.allowNA === false ? MORE.filter(([, hint]) => hint !== 'hintNa') : MORE
  const hints = [...(item === null ? [] : hintsOf(item, template)), ...ALWAYS, ...(isOpen ? more : [])]
  return (
    <>
      {hints.map(([keys, hint]) => (
        <span key={hint}>
          <kbd>{keys}</kbd> {t(hint)}
        </span>
      ))}
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('allKeys')}
      </button>
    </>
  )
})

function hintsOf(item: Item, template: Template): Hint[] {
  const units: Hint[] =
    isScored(item) && item.repeat !== null
      ? [
          ['+', 'hintAddUnit'],
          ['[ ]', 'hintUnit'],
        ]
      : []
  if (item.type === 'indicator') return item.repeat === null ? [['0–9', 'hintMeasure']] : units
  if (item.type === 'deduction')
    return [
      [`1–${Math.min(9, item.spec.list.length)}`, 'hintDeduct'],
      ['+ −', 'hintDeductAgain'],
      ['0', 'hintNoDeduction'],
      ...units.slice(1),
    ]
  if (item.type === 'maturity' || item.type === 'points') {
    const bands = bandValues(item, template).length
    const last = String.fromCharCode(64 + Math.min(6, bands))
    return [
      ['0–9', item.type === 'maturity' ? 'hintPercent' : 'hintPoints'],
      ...(bands === 0 ? [] : [[last === 'A' ? last : `A–${last}`, 'hintBand'] satisfies Hint]),
      ['← →', 'hintStep'],
      ...units,
    ]
  }
  return [[`1–${Math.min(9, choicesOf(item, template).length)}`, 'hintGrade'], ...units]
}
