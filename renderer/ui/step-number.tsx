import { InputNumber } from 'antd'
import { useState } from 'react'
import { useText } from './text.ts'

type StepNumberProps = {
  label: string
  /** Whole units; null = nothing entered. */
  value: number | null
  /** Whole units a shown 1 stands for. */
  scale: number
  step: number
  max: number
  decimals: number
  suffix?: string
  isDisabled: boolean
  onChange: (value: number) => void
}

/**
 * A number in steps. While digits are typed only full steps count; leaving the field goes to the nearest one and says so when
 * that is not what was typed.
 */
export function StepNumber(props: StepNumberProps) {
  const { label, value, scale, step, max, decimals, suffix, isDisabled, onChange } = props
  const t = useText('common')
  const [text, setText] = useState<string | null>(null)
  const [note, setNote] = useState<string | null>(null)
  const nearest = (shown: number) => Math.min(max, Math.max(0, Math.round((shown * scale) / step) * step))
  const isStep = (shown: number) => nearest(shown) === Math.round(shown * scale)
  const shownAs = (units: number) => (units / scale).toFixed(decimals)
  const type = (typed: string) => {
    setText(typed)
    setNote(null)
    const number = readNumber(typed)
    if (number !== null && isStep(number)) onChange(nearest(number))
  }
  const leave = () => {
    const number = text === null ? null : readNumber(text)
    if (number !== null && !isStep(number)) {
      onChange(nearest(number))
      setNote(
        t('stepTaken', { typed: text ?? '', used: shownAs(nearest(number)), max: shownAs(max), step: shownAs(step) }),
      )
    } else if (number === null && text !== null && text.trim() !== '') {
      setNote(t('stepNotNumber', { typed: text, max: shownAs(max) }))
    }
    setText(null)
  }
  return (
    <span className="step-number">
      <InputNumber
        aria-label={label}
        value={value === null ? null : value / scale}
        min={0}
        max={max / scale}
        step={step / scale}
        precision={decimals}
        keyboard={false}
        controls={false}
        disabled={isDisabled}
        {...(note === null ? {} : { status: 'warning' as const })}
        {...(suffix === undefined ? {} : { suffix })}
        onInput={type}
        onBlur={leave}
        onPressEnter={(event) => {
          if (!event.nativeEvent.isComposing) leave()
        }}
      />
      {note === null ? null : (
        <span className="field-error" role="alert">
          {note}
        </span>
      )}
    </span>
  )
}

/** Digits as typed, full-width ones too; null when they are no number. */
function readNumber(typed: string): number | null {
  const plain = typed.normalize('NFKC').trim()
  return plain === '' || Number.isNaN(Number(plain)) ? null : Number(plain)
}
