import { InputNumber } from 'antd'
import { useState } from 'react'

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

/** A number in steps. While digits are typed only full steps count; leaving the field goes to the nearest one. */
export function StepNumber(props: StepNumberProps) {
  const { label, value, scale, step, max, decimals, suffix, isDisabled, onChange } = props
  const [typed, setTyped] = useState<number | null>(null)
  const nearest = (shown: number) => Math.min(max, Math.max(0, Math.round((shown * scale) / step) * step))
  const leave = () => {
    if (typed !== null) onChange(nearest(typed))
    setTyped(null)
  }
  return (
    <InputNumber
      aria-label={label}
      value={typed ?? (value === null ? null : value / scale)}
      min={0}
      max={max / scale}
      step={step / scale}
      precision={decimals}
      keyboard={false}
      controls={false}
      disabled={isDisabled}
      {...(suffix === undefined ? {} : { suffix })}
      onChange={(shown) => {
        if (typeof shown !== 'number') return
        const isStep = nearest(shown) === Math.round(shown * scale)
        setTyped(isStep ? null : shown)
        if (isStep) onChange(nearest(shown))
      }}
      onBlur={leave}
      onPressEnter={(event) => {
        if (!event.nativeEvent.isComposing) leave()
      }}
    />
  )
}
