import { Slider } from 'antd'
import type { ItemOf } from '../../../../shared/domain/template.ts'
import { say } from '../../../../shared/domain/text.ts'
import { fullMicro } from '../../../../shared/scoring/answer.ts'
import { MICRO_PER_CP, formatMicro } from '../../../../shared/scoring/numbers.ts'
import { StepNumber } from '../../../ui/step-number.tsx'
import { useLanguage, useText } from '../../../ui/text.ts'
import { maxOf, stepOf, stepped } from '../answer-edit.ts'
import { useSheetStore } from '../sheet-context.tsx'
import type { ValueControlProps } from './value-control.tsx'

type NumberItem = ItemOf<'maturity'> | ItemOf<'points'>
const MICRO_PER_POINT = MICRO_PER_CP * 100
const ANCHOR_PERCENT = [100, 80, 60, 40, 0]

/** Percent in 5 % steps with its band beside it, or points by steps with five anchors. */
export function NumberControl(props: ValueControlProps<NumberItem>) {
  const { item, value, isDisabled, typed = '', onChange } = props
  const t = useText('checklist')
  const unit = item.type === 'maturity' ? 1 : MICRO_PER_POINT
  const number = typeof value === 'number' ? value : null
  const step = stepOf(item) ?? 1
  const max = maxOf(item)
  const score = number === null ? '—' : formatMicro(item.type === 'maturity' ? item.full_cp * number * 100 : number)
  const set = (next: number | null) => onChange(next)
  return (
    <div className="number-control">
      <div className="number-line">
        <button
          type="button"
          aria-label={t('less')}
          disabled={isDisabled}
          onClick={() => set(stepped(item, value, -1))}
        >
          −
        </button>
        <StepNumber
          label={item.type === 'maturity' ? t('percent') : t('pointsGiven')}
          value={number}
          scale={unit}
          step={step}
          max={max}
          decimals={item.type === 'maturity' ? 0 : 2}
          {...(item.type === 'maturity' ? { suffix: '%' } : {})}
          isDisabled={isDisabled}
          onChange={set}
        />
        <button type="button" aria-label={t('more')} disabled={isDisabled} onClick={() => set(stepped(item, value, 1))}>
          +
        </button>
        <output className="number-score">{t('ofFull', { score, full: formatMicro(fullMicro(item)) })}</output>
        {typed === '' ? null : (
          <span className="number-typed" role="status">
            {t('typing', { typed })}
          </span>
        )}
      </div>
      <Slider
        value={number ?? 0}
        min={0}
        max={max}
        step={step}
        disabled={isDisabled}
        tooltip={{ open: false }}
        ariaLabelForHandle={t('slider')}
        ariaValueTextFormatterForHandle={(at) => (item.type === 'maturity' ? `${at}%` : formatMicro(at))}
        onChange={set}
      />
      {item.type === 'maturity' ? (
        <Bands item={item} percent={number} isDisabled={isDisabled} onPick={set} />
      ) : (
        <Anchors item={item} value={number} isDisabled={isDisabled} onPick={set} />
      )}
    </div>
  )
}

type PickProps = { isDisabled: boolean; onPick: (value: number) => void }

function Bands({
  item,
  percent,
  isDisabled,
  onPick,
}: PickProps & { item: ItemOf<'maturity'>; percent: number | null }) {
  const language = useLanguage()
  const t = useText('checklist')
  const bands = useSheetStore().view.template.bands.filter((band) => band.model === item.spec.model)
  return (
    <ol className="bands" aria-label={t('bands', { model: item.spec.model })}>
      {bands.map((band) => (
        <li key={band.from}>
          <button
            type="button"
            aria-pressed={percent !== null && percent >= band.from && percent <= band.to}
            disabled={isDisabled}
            onClick={() => onPick(Math.round((band.from + band.to) / 10) * 5)}
          >
            <span className="band-range">{band.from === band.to ? `${band.from}%` : `${band.from}–${band.to}%`}</span>
            <span className="band-text">{say(band.text, language)}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

function Anchors({ item, value, isDisabled, onPick }: PickProps & { item: ItemOf<'points'>; value: number | null }) {
  const language = useLanguage()
  const t = useText('checklist')
  if (item.spec.anchors.length === 0) return null
  const step = item.spec.step_cp * MICRO_PER_CP
  const full = fullMicro(item)
  const places = ANCHOR_PERCENT.map((percent) => Math.round((full * percent) / 100 / step) * step)
  const nearest = value === null ? -1 : places.findIndex((place) => value >= place)
  return (
    <ol className="bands" aria-label={t('anchors')}>
      {item.spec.anchors.map((anchor, index) => (
        <li key={ANCHOR_PERCENT[index]}>
          <button
            type="button"
            aria-pressed={index === nearest}
            disabled={isDisabled}
            onClick={() => onPick(places[index] ?? 0)}
          >
            <span className="band-range">{formatMicro(places[index] ?? 0)}</span>
            <span className="band-text">{say(anchor, language)}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
