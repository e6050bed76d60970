import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { Item, Row, Template } from '../../../shared/domain/template.ts'
import type { Edit } from './answer-edit.ts'

/**
 * A sheet as the controls of a judgement need it: the expert's own, or one that is only tried. Listeners are told after every
 * change; a record keeps its identity while nothing in it changed.
 */
export type JudgedSheet = {
  readonly view: { readonly template: Template }
  readonly isReadOnly: boolean
  readonly subscribe: (listener: () => void) => () => void
  readonly answer: (item: string) => Answer | null
  rows: (item: Item) => Row[]
  edit: (item: string, edit: Edit, when?: 'now' | 'typing') => void
  clear: (item: string) => void
  /** Takes the last change back and returns its item, or null when there is none. */
  undo: () => string | null
}

const JudgedSheetContext = createContext<JudgedSheet | null>(null)
export const JudgedSheetProvider = JudgedSheetContext.Provider

export function useJudgedSheet(): JudgedSheet {
  const sheet = useContext(JudgedSheetContext)
  if (sheet === null) throw new Error('outside of a sheet')
  return sheet
}

/** The record of one item; re-renders only when that record changes. */
export function useAnswer(item: string): Answer | null {
  const sheet = useJudgedSheet()
  return useSyncExternalStore(sheet.subscribe, () => sheet.answer(item))
}
