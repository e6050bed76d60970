import { Input, InputNumber } from 'antd'
import type { Answer, AnswerValue } from '../../../shared/domain/sheet.ts'
import type { ScoredItem } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import { formatMicro } from '../../../shared/scoring/numbers.ts'
import { Area } from '../../ui/area.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { unitInHand, withUnit, withUnitPart, type Unit } from './answer-edit.ts'
import { useJudgedSheet } from './judged-sheet.ts'
import type { Entry } from './use-checklist-keys.ts'
import { ValueControl } from './value-control.tsx'

type UnitsControlProps = {
  item: ScoredItem
  repeat: NonNullable<ScoredItem['repeat']>
  answer: Answer | null
  entry: Entry
  isDisabled: boolean
  onUnit: (unit: string) => void
}

/** One value for each sampled firm, household or line; the item's score is their mean. Keys judge the unit in hand. */
export function UnitsControl({ item, repeat, answer, entry, isDisabled, onUnit }: UnitsControlProps) {
  const t = useText('checklist')
  const language = useLanguage()
  const store = useJudgedSheet()
  const what = say(repeat.what, language)
  const units = answer?.units ?? []
  const inHand = unitInHand(units, entry.unit)
  const add = (count: number) => {
    for (let n = 0; n < count; n += 1) store.edit(item.id, withUnit(repeat.max))
  }
  return (
    <div className="units">
      <p>{t('unitsRule', { what, min: repeat.min, max: repeat.max })}</p>
      {units.map((unit, index) => (
        <UnitFields
          key={unit.id}
          item={item}
          unit={unit}
          index={index}
          what={what}
          isDisabled={isDisabled}
          entry={unit.id === inHand?.id ? entry : null}
          onUnit={onUnit}
        />
      ))}
      <div className="answer-states">
        {units.length === 0 && repeat.min > 1 ? (
          <button type="button" className="plain-choice" disabled={isDisabled} onClick={() => add(repeat.min)}>
            {t('addUnits', { what, n: repeat.min })}
          </button>
        ) : null}
        <button
          type="button"
          className="plain-choice"
          aria-keyshortcuts="+"
          disabled={isDisabled || units.length >= repeat.max}
          onClick={() => add(1)}
        >
          {t('addUnit', { what })} <kbd aria-hidden>+</kbd>
        </button>
      </div>
    </div>
  )
}

type UnitFieldsProps = {
  item: ScoredItem
  unit: Unit
  index: number
  what: string
  isDisabled: boolean
  entry: Entry | null
  onUnit: (unit: string) => void
}

function UnitFields({ item, unit, index, what, isDisabled, entry, onUnit }: UnitFieldsProps) {
  const t = useText('checklist')
  const store = useJudgedSheet()
  const put = (part: Partial<Unit>, when: 'now' | 'typing') => store.edit(item.id, withUnitPart(unit.id, part), when)
  const remove = (a: Answer): Answer => ({ ...a, units: a.units.filter((one) => one.id !== unit.id) })
  return (
    <fieldset className={entry === null ? 'unit' : 'unit is-in-hand'}>
      <legend>
        {what} {index + 1} {unit.score === null ? '' : `· ${t('points', { n: formatMicro(unit.score) })}`}
        {entry === null ? null : <span className="unit-in-hand">{t('unitChosen')}</span>}
      </legend>
      <Input
        aria-label={t('unitName', { n: index + 1 })}
        placeholder={t('unitNameHint', { what })}
        value={unit.name}
        disabled={isDisabled}
        onFocus={() => onUnit(unit.id)}
        onChange={(e) => put({ name: e.target.value }, 'typing')}
      />
      {item.type === 'indicator' ? (
        <UnitRate value={unit.value} isDisabled={isDisabled} onChange={(value) => put({ value }, 'typing')} />
      ) : (
        <ValueControl
          item={item}
          value={unit.value}
          isDisabled={isDisabled}
          {...(entry === null ? {} : { entry })}
          onChange={(value) => put({ value }, 'typing')}
        />
      )}
      <Area
        aria-label={t('unitNote', { n: index + 1 })}
        placeholder={t('note')}
        rows={1}
        value={unit.note}
        disabled={isDisabled}
        onChange={(e) => put({ note: e.target.value }, 'typing')}
      />
      <button type="button" className="plain-choice" disabled={isDisabled} onClick={() => store.edit(item.id, remove)}>
        {t('removeUnit', { what, n: index + 1 })}
      </button>
    </fieldset>
  )
}

function UnitRate({
  value,
  isDisabled,
  onChange,
}: {
  value: AnswerValue
  isDisabled: boolean
  onChange: (value: AnswerValue) => void
}) {
  const t = useText('checklist')
  return (
    <InputNumber
      aria-label={t('percent')}
      value={typeof value === 'number' ? value / 100 : null}
      min={0}
      max={100}
      precision={2}
      suffix="%"
      controls={false}
      disabled={isDisabled}
      onChange={(rate) => onChange(typeof rate === 'number' ? Math.round(rate * 100) : null)}
    />
  )
}
