import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { Area } from '../../../ui/area.tsx'
import { DateInput } from '../../../ui/date-input.tsx'
import { FieldFrame } from '../../../ui/fields.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { useText } from '../../../ui/text.ts'
import type { Text } from '../../../../shared/domain/text.ts'
import { useSaid, type Said } from './finding-text.ts'
import { at, type Lens } from './lens.ts'
import { readNumber, writeNumber } from './numbers.ts'
import { useEditor, usePut, useStore, useValue } from './use-editor.ts'

type EntryProps<T> = {
  lens: Lens<T>
  label: string
  hint?: string
  isRequired?: boolean
  isLabelHidden?: boolean
}
type FrameProps = Omit<EntryProps<unknown>, 'lens'> & Pick<React.ComponentProps<typeof FieldFrame>, 'children'>

/** A control that says below what was found about it, or a hint; findings lead to it by its path. */
function Entry({ hint, said, children, ...frame }: FrameProps & { path: string; said: Said[] }) {
  return (
    <FieldFrame
      {...frame}
      isWrong={said.some((one) => one.severity === 'error')}
      below={said.length === 0 ? hint : <SaidHere said={said} />}
    >
      {children}
    </FieldFrame>
  )
}

/** Findings beside their control. */
export function SaidHere({ said }: { said: Said[] }) {
  return said.map((one) => (
    <p key={one.text} className={one.severity === 'error' ? 'field-error' : 'field-warning'}>
      <Mark shape="alert" tone={one.severity === 'error' ? 'serious' : 'middling'} /> {one.text}
    </p>
  ))
}

/** The findings of a place that has no control of its own. */
export function SaidAt({ path }: { path: string }) {
  const said = useSaid({ path })
  return (
    <div className="said" data-path={path} tabIndex={-1}>
      <SaidHere said={said} />
    </div>
  )
}

/** Text of one line or several (`rows`). */
export function TextEntry(
  props: EntryProps<string> & {
    rows?: number
    maxLength?: number
    placeholder?: string
    lang?: string
    /** Findings of what the control is a part of. */
    more?: Said[]
  },
) {
  const { lens, rows, maxLength = rows === undefined ? 2000 : 20_000, placeholder, lang } = props
  const value = useValue(lens) ?? ''
  const put = usePut(lens)
  const own = useSaid(lens)
  return (
    <Entry {...props} path={lens.path} said={props.more ? [...props.more, ...own] : own}>
      {(control) => {
        const text = {
          ...control,
          value,
          maxLength,
          autoComplete: 'off',
          ...(placeholder === undefined ? {} : { placeholder }),
          ...(lang === undefined ? {} : { lang }),
          onChange: (event: { target: { value: string } }) => put(event.target.value, 'typing'),
        }
        return rows === undefined ? <Input {...text} /> : <Area {...text} rows={rows} />
      }}
    </Entry>
  )
}

/** A text in both languages, side by side. */
export function PairEntry(props: EntryProps<Text> & { rows?: number }) {
  const { lens, label, rows, hint, isRequired = false, isLabelHidden = false } = props
  const t = useText('templateEditor')
  const said = useSaid(lens)
  const shared = { isLabelHidden, ...(rows === undefined ? {} : { rows }) }
  return (
    <div className="pair" data-path={lens.path}>
      <TextEntry
        {...shared}
        lens={at(lens, 'zh')}
        label={t('inChinese', { label })}
        isRequired={isRequired}
        lang="zh"
        more={said}
        {...(hint === undefined ? {} : { hint })}
      />
      <TextEntry {...shared} lens={at(lens, 'en')} label={t('inEnglish', { label })} lang="en" />
    </div>
  )
}

type NumberEntryProps<T extends number | null> = EntryProps<T> & {
  /** What a shown 1 is stored as: 100 for points and percent. */
  scale?: number
  min?: number
  max?: number
  suffix?: string
  /** An empty control means null. */
  isNullable?: boolean
  placeholder?: string
}

/** A number as people write it (12.5), stored in whole units. What cannot be read stays here until it is put right and is not stored. */
export function NumberEntry<T extends number | null>(props: NumberEntryProps<T>) {
  const { lens, scale = 1, min = 0, max = 100_000_000, suffix, isNullable = false, placeholder } = props
  const t = useText('templateEditor')
  const value = useValue(lens)
  const put = usePut(lens)
  const found = useSaid(lens)
  const store = useStore()
  const kept = useEditor(({ unread, content }) => {
    const here = unread.get(lens.path)
    return here?.isLive(content) === true ? here.text : null
  })
  const [typed, setTyped] = useState<{ text: string; stored: number | null | undefined } | null>(null)
  // Undo, or another control, changed the value meanwhile: what was typed here no longer counts.
  const readable = typed !== null && typed.stored === value ? typed.text : writeNumber(value ?? null, scale)
  const text = kept ?? readable
  const read = readNumber(text, { scale, min, max, isNullable })
  const wrong: Said[] = read.ok ? [] : [{ severity: 'error', text: t(`number_${read.why}`, read.limits) }]
  const change = (next: string) => {
    const number = readNumber(next, { scale, min, max, isNullable })
    setTyped(number.ok ? { text: next, stored: number.value } : null)
    store.keepUnread(lens.path, number.ok ? null : { text: next, isLive: (content) => lens.get(content) === value })
    if (number.ok) put(number.value as T, 'typing')
  }
  return (
    <Entry {...props} path={lens.path} said={wrong.length > 0 ? wrong : found}>
      {(control) => (
        <Input
          {...control}
          className="number-entry"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          {...(suffix === undefined ? {} : { suffix })}
          {...(placeholder === undefined ? {} : { placeholder })}
          onChange={(event) => change(event.target.value)}
          onBlur={() => {
            if (read.ok) setTyped(null)
          }}
        />
      )}
    </Entry>
  )
}

export const PointsEntry = <T extends number | null>(props: NumberEntryProps<T>) => {
  const t = useText('templateEditor')
  return <NumberEntry scale={100} suffix={t('unitPoints')} max={100_000_000} {...props} />
}

export const PercentEntry = <T extends number | null>(props: NumberEntryProps<T>) => (
  <NumberEntry scale={100} suffix="%" max={10_000} {...props} />
)

/** A decimal of an indicator's threshold, kept as written. */
export function DecimalEntry(props: EntryProps<string | null>) {
  const { lens } = props
  const value = useValue(lens)
  const put = usePut(lens)
  const said = useSaid(lens)
  return (
    <Entry {...props} path={lens.path} said={said}>
      {(control) => (
        <Input
          {...control}
          className="number-entry"
          inputMode="decimal"
          autoComplete="off"
          value={value ?? ''}
          onChange={(event) => {
            const plain = event.target.value.normalize('NFKC').replaceAll(/\s/g, '').replace('。', '.')
            put(plain === '' ? null : plain, 'typing')
          }}
        />
      )}
    </Entry>
  )
}

export function CheckEntry({ lens, label, hint }: EntryProps<boolean>) {
  const value = useValue(lens) ?? false
  const put = usePut(lens)
  const said = useSaid(lens)
  return (
    <div className="field field-check" data-path={lens.path}>
      <Checkbox checked={value} onChange={(event) => put(event.target.checked)}>
        {label}
      </Checkbox>
      {hint === undefined ? null : <div className="field-hint">{hint}</div>}
      <SaidHere said={said} />
    </div>
  )
}

/** One of a few words; the system's own list, quick and easy to press. */
export function SelectEntry<T extends string>(
  props: EntryProps<T> & { options: { value: T; label: string }[]; onPick?: (value: T) => void },
) {
  const { lens, options, onPick } = props
  const value = useValue(lens)
  const put = usePut(lens)
  const said = useSaid(lens)
  const isKnown = options.some((option) => option.value === value)
  return (
    <Entry {...props} path={lens.path} said={said}>
      {(control) => (
        <select
          {...control}
          className="select-entry"
          value={value ?? ''}
          onChange={(event) => (onPick ?? put)(event.target.value as T)}
        >
          {isKnown ? null : <option value={value ?? ''}>—</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Entry>
  )
}

export function DayEntry(props: EntryProps<string | null>) {
  const { lens } = props
  const value = useValue(lens) ?? ''
  const put = usePut(lens)
  const said = useSaid(lens)
  return (
    <Entry {...props} path={lens.path} said={said}>
      {(control) => <DateInput {...control} value={value} onChange={(day) => put(day === '' ? null : day, 'typing')} />}
    </Entry>
  )
}
