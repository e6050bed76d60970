import { createContext, useContext } from 'react'
import { useFormContext, useWatch, type FieldPath } from 'react-hook-form'
import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import type { RevisionDraft, RosterPerson } from '../../../../shared/contract/views.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Template } from '../../../../shared/domain/template.ts'
import { task as taskTexts } from '../../../../shared/text/task.ts'
import { useText } from '../../../ui/text.ts'
import type { Part } from './parts.ts'

type Editing = {
  template: Template
  templateSha256: string
  roster: RosterPerson[]
  problems: Problem[]
  /** What issued task this is to become the next revision of; null for a new one. */
  revises: RevisionDraft | null
  /** Missing entries are marked once the person has looked at the check list. */
  isStrict: boolean
  goTo: (part: Part) => void
  /** Takes another checklist; people keep what they do in it. */
  setTemplate: (sha256: string) => Promise<void>
}

export const EditorContext = createContext<Editing | null>(null)

export function useEditing(): Editing {
  const editing = useContext(EditorContext)
  if (!editing) throw new Error('outside the editor')
  return editing
}

export function useProblemText(): (problem: Problem) => string {
  const t = useText('task')
  return ({ code, message, path }) => {
    const key = `problem_${message === 'required' || message === 'text' || message === 'day' || message === 'decimal' ? message : code}`
    return key in taskTexts
      ? t(key as keyof typeof taskTexts, { detail: message })
      : t('problem_other', { detail: path })
  }
}

/** What is wrong with one control, in words; an empty control is only marked when the check is strict. */
export function useFieldProblem(name: FieldPath<TaskContent>): string | undefined {
  const { problems, isStrict } = useEditing()
  const { control } = useFormContext<TaskContent>()
  const value: unknown = useWatch({ control, name })
  const text = useProblemText()
  const problem = problems.find((one) => one.path === name)
  const isEmpty = value === '' || value === null || value === undefined
  return problem === undefined || (isEmpty && !isStrict) ? undefined : text(problem)
}
