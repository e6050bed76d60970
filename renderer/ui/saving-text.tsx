import { Input } from 'antd'
import { useId } from 'react'
import { cleanLine, cleanText } from '../../shared/domain/text.ts'
import { Area } from './area.tsx'
import { SavedState } from './saved-state.tsx'
import { useSaving } from './saver.ts'

type SavingTextProps = {
  label: string
  value: string
  /** Rejects with a `Refusal` on failure, as `call` does. The text is already cleaned for storing. */
  onSave: (text: string) => Promise<{ savedAt: string }>
  hint?: string
  /** 1 makes a single line. */
  rows?: number
  maxLength?: number
  isDisabled?: boolean
  isLabelHidden?: boolean
  placeholder?: string
  /** Drawn beside the label; `insert` puts text where the caret stands, to be undone like typing. */
  renderTools?: (insert: (text: string) => void) => React.ReactNode
  onFocus?: () => void
}

/** Text that saves itself and says so; what was typed stays in the field when storing fails. */
export function SavingText(props: SavingTextProps) {
  const {
    label,
    value,
    onSave,
    hint,
    rows = 3,
    maxLength = 20_000,
    isDisabled = false,
    isLabelHidden = false,
    placeholder,
    renderTools,
    onFocus,
  } = props
  const id = useId()
  const clean = rows === 1 ? cleanLine : cleanText
  const saving = useSaving(value, onSave, { clean })
  const control = {
    id,
    value: saving.value,
    maxLength,
    disabled: isDisabled,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }),
    ...(onFocus === undefined ? {} : { onFocus }),
    onBlur: () => void saving.flush(),
    onCompositionStart: () => saving.compose(true),
    onCompositionEnd: () => saving.compose(false),
  }
  const insert = (text: string) => {
    document.getElementById(id)?.focus()
    // The only way into a text field that Ctrl+Z takes back.
    document.execCommand('insertText', false, text)
  }
  return (
    <div className="saving-text">
      <div className="saving-text-head">
        <label htmlFor={id} className={isLabelHidden ? 'only-read' : ''}>
          {label}
        </label>
        {isDisabled ? null : renderTools?.(insert)}
        <SavedState state={saving.state} onRetry={() => void saving.flush()} />
      </div>
      {hint === undefined ? null : (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {rows === 1 ? (
        <Input {...control} onChange={(event) => saving.change(event.target.value)} />
      ) : (
        <Area {...control} rows={rows} onChange={(event) => saving.change(event.target.value)} />
      )}
    </div>
  )
}
