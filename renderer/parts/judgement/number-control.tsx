import type { ItemOf } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import { fullMicro } from '../../../shared/scoring/answer.ts'
import { MICRO_PER_CP, formatMicro } from '../../../shared/scoring/numbers.ts'
import { StepNumber } from '../../ui/step-number.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { anchorPlaces, bandValues, maxOf, stepOf, stepped } from './answer-edit.ts'
import { useJudgedSheet } from './judged-sheet.ts'
import type { ValueControlProps } from './value-control.tsx'

type NumberItem = ItemOf<'maturity'> | ItemOf<'points'>
const MICRO_PER_POINT = MICRO_PER_CP * 100

/** Percent in 5 % steps with its band beside it, or points by steps with five anchors. */
export function NumberControl(props: ValueControlProps<NumberItem>) {
  const { item, value, isDisabled, entry, onChange } = props
  const typed = entry?.typed ?? ''
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
        {entry?.taken ? <StepTaken taken={entry.taken} value={number} step={step} max={max} unit={unit} /> : null}
        {typed === '' ? null : (
          <span className="number-typed" role="status">
            {t('typing', { typed })}
          </span>
        )}
      </div>
      <input
        type="range"
        className={number === null ? 'slider is-unset' : 'slider'}
        aria-label={t('slider')}
        aria-valuetext={
          number === null ? t('unanswered') : item.type === 'maturity' ? `${number}%` : formatMicro(number)
        }
        value={number ?? 0}
        min={0}
        max={max}
        step={step}
        disabled={isDisabled}
        onChange={(event) => set(Number(event.target.value))}
      />
      {item.type === 'maturity' ? (
        <Bands item={item} percent={number} isDisabled={isDisabled} onPick={set} />
      ) : (
        <Anchors item={item} value={number} isDisabled={isDisabled} onPick={set} />
      )}
    </div>
  )
}

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F']
const keyOf = (index: number) => {
  const letter = LETTERS[index]
  return letter === undefined ? {} : { 'aria-keyshortcuts': letter }
}

function BandKey({ index }: { index: number }) {
  return index < LETTERS.length ? <kbd aria-hidden>{LETTERS[index]}</kbd> : null
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
  const { template } = useJudgedSheet().view
  const bands = template.bands.filter((band) => band.model === item.spec.model)
  const values = bandValues(item, template)
  return (
    <ol className="bands" aria-label={t('bands', { model: item.spec.model })}>
      {bands.map((band, index) => (
        <li key={band.from}>
          <button
            type="button"
            aria-pressed={percent !== null && percent >= band.from && percent <= band.to}
            disabled={isDisabled}
            {...keyOf(index)}
            onClick={() => onPick(values[index] ?? 0)}
          >
            <span className="band-range">{band.from === band.to ? `${band.from}%` : `${band.from}–${band.to}%`}</span>
            <span className="band-text">{say(band.text, language)}</span>
            <BandKey index={index} />
          </button>
        </li>
      ))}
    </ol>
  )
}

function Anchors({ item, value, isDisabled, onPick }: PickProps & { item: ItemOf<'points'>; value: number | null }) {
  const language = useLanguage()
  const t = useText('checklist')
  const places = anchorPlaces(item)
  if (places.length === 0) return null
  const nearest = value === null ? -1 : places.findIndex((place) => value >= place)
  return (
    <ol className="bands" aria-label={t('anchors')}>
      {item.spec.anchors.map((anchor, index) => (
        <li key={index}>
          <button
            type="button"
            aria-pressed={index === nearest}
            disabled={isDisabled}
            {...keyOf(index)}
            onClick={() => onPick(places[index] ?? 0)}
          >
            <span className="band-range">{formatMicro(places[index] ?? 0)}</span>
            <span className="band-text">{say(anchor, language)}</span>
            <BandKey index={index} />
          </button>
        </li>
      ))}
    </ol>
  )
}

type StepTakenProps = {
  taken: { typed: string; value: number }
  value: number | null
  step: number
  max: number
  unit: number
}

/** Says which step was taken for the digits typed by key, as long as it stands. */
function StepTaken({ taken, value, step, max, unit }: StepTakenProps) {
  const t = useText('common')
  if (value !== taken.value) return null
  const shown = (units: number) => (unit === 1 ? String(units) : (units / unit).toFixed(2))
  return (
    <span className="field-error" role="alert">
      {t('stepTaken', { typed: taken.typed, used: shown(taken.value), max: shown(max), step: shown(step) })}
    </span>
  )
}
