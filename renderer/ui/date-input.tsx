import { CalendarOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useRef, type Ref } from 'react'
import type { InputRef } from 'antd'
import { useText } from './text.ts'
import { parseClock, parseDay } from './typed-date.ts'

type TypedInputProps = {
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  disabled?: boolean
  id?: string
  ref?: Ref<InputRef>
  'aria-describedby'?: string
  'aria-invalid'?: boolean
  'aria-required'?: boolean
  'aria-label'?: string
}

/** A day as `YYYY-MM-DD`: typed in any usual way, put in form on leaving, or picked from the calendar. */
export function DateInput({ value, onChange, onBlur, disabled = false, ...control }: TypedInputProps) {
  const t = useText('common')
  const picker = useRef<HTMLInputElement>(null)
  const leave = () => {
    const day = parseDay(value)
    if (day !== null && day !== value) onChange(day)
    onBlur?.()
  }
  return (
    <span className="date-input">
      <Input
        {...control}
        value={value}
        disabled={disabled}
        placeholder="2026-01-31"
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onBlur={leave}
        suffix={
          <button
            type="button"
            disabled={disabled}
            aria-label={t('calendar')}
            title={t('calendar')}
            onClick={() => picker.current?.showPicker()}
          >
            <CalendarOutlined aria-hidden />
          </button>
        }
      />
      <input
        ref={picker}
        type="date"
        tabIndex={-1}
        aria-hidden
        max="2199-12-31"
        value={parseDay(value) ?? ''}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  )
}

/** A time of day as `HH:MM`, typed in any usual way and put in form on leaving. */
export function ClockInput({ value, onChange, onBlur, ...control }: TypedInputProps) {
  const leave = () => {
    const clock = parseClock(value)
    if (clock !== null && clock !== value) onChange(clock)
    onBlur?.()
  }
  return (
    <Input
      {...control}
      value={value}
      placeholder="08:30"
      inputMode="numeric"
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
      onBlur={leave}
    />
  )
}
