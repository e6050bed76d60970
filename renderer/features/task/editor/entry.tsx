import { useFormContext, type FieldPath } from 'react-hook-form'
import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import { SelectField, TextField, type Option } from '../../../ui/fields.tsx'
import { useFieldProblem } from './editor-context.ts'

type EntryProps = {
  name: FieldPath<TaskContent>
  label: string
  hint?: string
  isRequired?: boolean
  isLabelHidden?: boolean
  type?: 'text' | 'date' | 'time'
  rows?: number
  isMono?: boolean
  isNullable?: boolean
  rewrite?: (typed: string) => string
  /** Said instead of the main process's problem. */
  wrong?: string | undefined
}

/** A text control of the task form with its problem below. */
export function Entry({ name, wrong, ...rest }: EntryProps) {
  const { control } = useFormContext<TaskContent>()
  const problem = useFieldProblem(name)
  return <TextField control={control} name={name} error={wrong ?? problem} {...rest} />
}

type ChoiceProps = {
  name: FieldPath<TaskContent>
  label: string
  options: Option[]
  isMultiple?: boolean
  isLabelHidden?: boolean
  hint?: string
}

/** A choice of the task form with its problem below. */
export function Choice({ name, ...rest }: ChoiceProps) {
  const { control } = useFormContext<TaskContent>()
  const problem = useFieldProblem(name)
  return <SelectField control={control} name={name} error={problem} {...rest} />
}
