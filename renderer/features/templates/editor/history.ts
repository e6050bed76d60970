import type { Template } from '../../../../shared/domain/template.ts'
import type { Selection } from './selection.ts'

type Step = { content: Template; selection: Selection }
/** Before and after of what a person did; `key` and `at` let keystrokes in one control become one step. */
export type History = { past: Step[]; future: Step[]; key: string | null; at: number }

const LIMIT = 300
/** Keystrokes further apart than this (ms) are steps of their own. */
const PAUSE = 1500

export const NO_HISTORY: History = { past: [], future: [], key: null, at: 0 }

/** The history after an edit of `before` at the instant `now` (ms). Edits with the same key in quick succession are one step. */
export function remember(history: History, before: Step, key: string | null, now: number): History {
  const isSameRun = key !== null && key === history.key && now - history.at < PAUSE
  const past = isSameRun ? history.past : [...history.past.slice(-(LIMIT - 1)), before]
  return { past, future: [], key, at: now }
}

/** One step back from `current`, or null when there is none. */
export function stepBack(history: History, current: Step): { history: History; to: Step } | null {
  const to = history.past.at(-1)
  if (to === undefined) return null
  const future = [...history.future, { content: current.content, selection: to.selection }]
  return { history: { past: history.past.slice(0, -1), future, key: null, at: 0 }, to }
}

/** One step forward again. */
export function stepForward(history: History, current: Step): { history: History; to: Step } | null {
  const to = history.future.at(-1)
  if (to === undefined) return null
  const past = [...history.past, { content: current.content, selection: to.selection }]
  return { history: { past, future: history.future.slice(0, -1), key: null, at: 0 }, to }
}
