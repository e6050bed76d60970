import { Checkbox, Input, InputNumber, Select } from 'antd'
import { useId } from 'react'
import { useController, type Control, type FieldPath, type FieldValues } from 'react-hook-form'
import { Area } from './area.tsx'
import { ClockInput, DateInput } from './date-input.tsx'
import { Mark } from './mark.tsx'

type LabelProps = { label: string; isRequired?: boolean | undefined; isLabelHidden?: boolean | undefined }
type Described = { id: string; 'aria-describedby': string; 'aria-invalid': boolean; 'aria-required': boolean }
type FieldProps = LabelProps & {
  hint?: string | undefined
  error?: string | undefined
  children: (control: Described) => React.ReactNode
}
type FieldFrameProps = LabelProps & {
  isWrong: boolean
  below: React.ReactNode
  /** Findings lead to the control by it. */
  path?: string
  children: (control: Described) => React.ReactNode
}

/** A control with its label above and whatever is said of it below. */
export function FieldFrame({
  label,
  isRequired = false,
  isLabelHidden = false,
  isWrong,
  below,
  path,
  children,
}: FieldFrameProps) {
  const id = useId()
  return (
    <div className="field" data-wrong={isWrong} data-path={path}>
      <label htmlFor={id} className={isLabelHidden ? 'only-read' : ''}>
        {label}
        {isRequired ? (
          <span className="field-required" aria-hidden>
            *
          </span>
        ) : null}
      </label>
      {children({
        id,
        'aria-describedby': `${id}-say`,
        'aria-invalid': isWrong,
        'aria-required': isRequired,
      })}
      <div id={`${id}-say`} className={isWrong ? 'field-error' : 'field-hint'}>
        {below}
      </div>
    </div>
  )
}

/** A control with its label above and, below, what is wrong or a hint. */
export function Field({ hint, error, children, ...labels }: FieldProps) {
  const wrong = (
    <>
      <Mark shape="alert" tone="serious" /> {error}
    </>
  )
  return (
    <FieldFrame {...labels} isWrong={error !== undefined} below={error === undefined ? hint : wrong}>
      {children}
    </FieldFrame>
  )
}

type Bound<T extends FieldValues> = Omit<FieldProps, 'children'> & {
  control: Control<T>
  name: FieldPath<T>
  isDisabled?: boolean
}

function useBound<T extends FieldValues>({ control, name, label, hint, error, isRequired, isLabelHidden }: Bound<T>) {
  const { field, fieldState } = useController({ control, name })
  return { field, shell: { label, hint, isRequired, isLabelHidden, error: fieldState.error?.message ?? error } }
}

type TextFieldProps<T extends FieldValues> = Bound<T> & {
  type?: 'text' | 'date' | 'time' | 'password'
  rows?: number
  placeholder?: string
  isMono?: boolean
  autoComplete?: string
  /** An empty control means null. */
  isNullable?: boolean
  /** Applied to what is typed. */
  rewrite?: (typed: string) => string
}

/** One line, several lines (`rows`), a day, a time of day or a secret, bound to a form. */
export function TextField<T extends FieldValues>(props: TextFieldProps<T>) {
  const { type = 'text', rows, placeholder, isMono = false, isDisabled = false, autoComplete = 'off' } = props
  const { isNullable = false, rewrite = (typed: string) => typed } = props
  const { field, shell } = useBound(props)
  const put = (typed: string) => field.onChange(isNullable && typed === '' ? null : rewrite(typed))
  const value: string = field.value ?? ''
  return (
    <Field {...shell}>
      {(control) => {
        const { ref, onBlur, name } = field
        const shared = { ref, onBlur, value, disabled: isDisabled, ...control }
        if (type === 'date') return <DateInput {...shared} onChange={put} />
        if (type === 'time') return <ClockInput {...shared} onChange={put} />
        const text = {
          ...shared,
          name,
          placeholder,
          autoComplete,
          onChange: ({ target }: { target: { value: string } }) => put(target.value),
        }
        if (rows !== undefined) return <Area {...text} rows={rows} />
        return type === 'password' ? <Input.Password {...text} /> : <Input {...text} className={isMono ? 'mono' : ''} />
      }}
    </Field>
  )
}

export type Option = { value: string; label: string }

export function SelectField<T extends FieldValues>(
  props: Bound<T> & { options: Option[]; isMultiple?: boolean; placeholder?: string },
) {
  const { field, shell } = useBound(props)
  return (
    <Field {...shell}>
      {(control) => (
        <Select
          {...field}
          {...control}
          options={props.options}
          placeholder={props.placeholder}
          disabled={props.isDisabled ?? false}
          {...(props.isMultiple ? { mode: 'multiple' as const } : {})}
        />
      )}
    </Field>
  )
}

export function NumberField<T extends FieldValues>(props: Bound<T> & { min: number; max: number }) {
  const { field, shell } = useBound(props)
  return (
    <Field {...shell}>
      {(control) => (
        <InputNumber
          {...field}
          {...control}
          min={props.min}
          max={props.max}
          disabled={props.isDisabled ?? false}
          onChange={(value) => field.onChange(value ?? props.min)}
        />
      )}
    </Field>
  )
}

export function CheckField<T extends FieldValues>(props: Bound<T>) {
  const { field, shell } = useBound(props)
  const { value, onChange, ...rest } = field
  return (
    <div className="field field-check">
      <Checkbox
        {...rest}
        checked={value}
        disabled={props.isDisabled ?? false}
        onChange={(event) => onChange(event.target.checked)}
      >
        {shell.label}
      </Checkbox>
      {shell.error ? (
        <div className="field-error">{shell.error}</div>
      ) : shell.hint ? (
        <div className="field-hint">{shell.hint}</div>
      ) : null}
    </div>
  )
}
