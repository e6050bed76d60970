import { Button, Input } from 'antd'
import { useState } from 'react'
import { Field } from '../../../ui/fields.tsx'
import { useText } from '../../../ui/text.ts'
import { readNumber } from './numbers.ts'

type BulkNumberProps = {
  label: string
  suffix: string
  /** What a shown 1 is stored as. */
  scale: number
  min?: number
  max?: number
  button: string
  onSet: (value: number) => void
}

/** A number given to several items by a button; Enter does the same. */
export function BulkNumber({ label, suffix, scale, min = 1, max = 100_000_000, button, onSet }: BulkNumberProps) {
  const t = useText('templateEditor')
  const [typed, setTyped] = useState('')
  const read = readNumber(typed, { scale, min, max, isNullable: false })
  const set = () => {
    if (read.ok && read.value !== null) onSet(read.value)
  }
  return (
    <Field label={label} error={typed.trim() === '' || read.ok ? undefined : t(`number_${read.why}`, read.limits)}>
      {(control) => (
        <div className="bulk-line">
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            suffix={suffix}
            onChange={({ target }) => setTyped(target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) set()
            }}
          />
          <Button disabled={!read.ok} onClick={set}>
            {button}
          </Button>
        </div>
      )}
    </Field>
  )
}

const TEXTS = ['basis', 'evidence', 'guidance'] as const

/** One text for all items that have none in that place yet. */
export function BulkText({ onFill }: { onFill: (field: (typeof TEXTS)[number], text: string) => void }) {
  const t = useText('templateEditor')
  const [field, setField] = useState<(typeof TEXTS)[number]>('basis')
  const [text, setText] = useState('')
  return (
    <fieldset className="ed-lines">
      <legend>{t('bulkFill')}</legend>
      <div className="bulk-line">
        <select
          className="select-entry bulk-which"
          aria-label={t('bulkFillWhich')}
          value={field}
          onChange={({ target }) => setField(TEXTS.find((one) => one === target.value) ?? 'basis')}
        >
          {TEXTS.map((one) => (
            <option key={one} value={one}>
              {t(one)}
            </option>
          ))}
        </select>
        <Input
          aria-label={t('bulkFillText')}
          maxLength={2000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button disabled={text.trim() === ''} onClick={() => onFill(field, text.trim())}>
          {t('bulkFillNow')}
        </Button>
      </div>
    </fieldset>
  )
}
