import { Input, InputNumber } from 'antd'
import type { Answer, AnswerValue } from '../../../../shared/domain/sheet.ts'
import type { ScoredItem } from '../../../../shared/domain/template.ts'
import { say } from '../../../../shared/domain/text.ts'
import { formatMicro } from '../../../../shared/scoring/numbers.ts'
import { Area } from '../../../ui/area.tsx'
import { useLanguage, useText } from '../../../ui/text.ts'
import type { Edit } from '../answer-edit.ts'
import { useSheetStore } from '../sheet-context.tsx'
import { ValueControl } from './value-control.tsx'

type Unit = Answer['units'][number]
type UnitsControlProps = {
  item: ScoredItem
  repeat: NonNullable<ScoredItem['repeat']>
  answer: Answer | null
  isDisabled: boolean
}

/** One value for each sampled firm, household or line; the item's score is their mean. */
export function UnitsControl({ item, repeat, answer, isDisabled }: UnitsControlProps) {
  const t = useText('checklist')
  const language = useLanguage()
  const store = useSheetStore()
  const what = say(repeat.what, language)
  const units = answer?.units ?? []
  const edit = (change: (units: Unit[]) => Unit[], when: 'now' | 'typing' = 'now') => {
    const apply: Edit = (a) => ({ ...a, state: 'answered', value: null, units: change(a.units) })
    store.edit(item.id, apply, when)
  }
  const put = (id: string, part: Partial<Unit>, when: 'now' | 'typing') =>
    edit((all) => all.map((unit) => (unit.id === id ? { ...unit, ...part } : unit)), when)
  return (
    <div className="units">
      <p>{t('unitsRule', { what, min: repeat.min, max: repeat.max })}</p>
      {units.map((unit, index) => (
        <fieldset key={unit.id} className="unit">
          <legend>
            {what} {index + 1} {unit.score === null ? '' : `· ${t('points', { n: formatMicro(unit.score) })}`}
          </legend>
          <Input
            aria-label={t('unitName', { n: index + 1 })}
            placeholder={t('unitNameHint', { what })}
            value={unit.name}
            disabled={isDisabled}
            onChange={(e) => put(unit.id, { name: e.target.value }, 'typing')}
          />
          {item.type === 'indicator' ? (
            <UnitRate
              value={unit.value}
              isDisabled={isDisabled}
              onChange={(value) => put(unit.id, { value }, 'typing')}
            />
          ) : (
            <ValueControl
              item={item}
              value={unit.value}
              isDisabled={isDisabled}
              onChange={(value) => put(unit.id, { value }, 'now')}
            />
          )}
          <Area
            aria-label={t('unitNote', { n: index + 1 })}
            placeholder={t('note')}
            rows={1}
            value={unit.note}
            disabled={isDisabled}
            onChange={(e) => put(unit.id, { note: e.target.value }, 'typing')}
          />
          <button
            type="button"
            className="plain-choice"
            disabled={isDisabled}
            onClick={() => edit((all) => all.filter((u) => u.id !== unit.id))}
          >
            {t('removeUnit', { what, n: index + 1 })}
          </button>
        </fieldset>
      ))}
      <button
        type="button"
        className="plain-choice"
        disabled={isDisabled || units.length >= repeat.max}
        onClick={() => edit((all) => [...all, newUnit(all)])}
      >
        {t('addUnit', { what })}
      </button>
    </div>
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

function newUnit(units: readonly Unit[]): Unit {
  const taken = new Set(units.map((unit) => unit.id))
  let n = units.length + 1
  while (taken.has(`u${n}`)) n += 1
  return { id: `u${n}`, name: '', value: null, score: null, note: '' }
}
