import type { Item, Template } from '../../../shared/domain/template.ts'
import { bandValues, choicesOf, stepOf, typedValue } from './answer-edit.ts'
import { targetOfKey, type Target } from '../../search/jump-keys.ts'

/** What a key press asks for on the checklist. `typed` is what stands in the number box so far. */
export type KeyAction =
  | { do: 'choose'; value: string }
  | { do: 'set'; value: number }
  | { do: 'type'; typed: string; value: number | null; isComplete: boolean }
  | { do: 'step'; direction: 1 | -1 }
  /** Counts the n-th deduction up; `again` the last one touched up or down. */
  | { do: 'deduct'; index: number }
  | { do: 'deductAgain'; by: 1 | -1 }
  | { do: 'unit'; by: 1 | -1 }
  | { do: 'move'; by: 1 | -1 }
  | { do: 'jump'; target: Target; direction: 1 | -1 }
  | { do: 'state'; state: 'na' | 'abstain' }
  | { do: 'addUnit' | 'noDeduction' | 'measure' }
  | { do: 'note' | 'photo' | 'undo' | 'commit' | 'cancel' | 'find' }

export type Press = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean }

const LETTERS: Partial<Record<string, KeyAction>> = {
  j: { do: 'move', by: 1 },
  k: { do: 'move', by: -1 },
  n: { do: 'state', state: 'na' },
  h: { do: 'state', state: 'abstain' },
  m: { do: 'note' },
  p: { do: 'photo' },
  u: { do: 'undo' },
}
const NAMED: Partial<Record<string, KeyAction>> = {
  ArrowDown: { do: 'move', by: 1 },
  ArrowUp: { do: 'move', by: -1 },
  ArrowRight: { do: 'step', direction: 1 },
  ArrowLeft: { do: 'step', direction: -1 },
  Enter: { do: 'commit' },
}

/** Meaning of a key on an item, or null when it means nothing here. `typed` = digits typed just before. */
export function keyAction(press: Press, item: Item, typed: string, template: Template): KeyAction | null {
  const leading = leadingAction(press)
  if (leading !== null || press.ctrlKey || press.metaKey || press.altKey) return leading
  const named = NAMED[press.key]
  if (named !== undefined) return named.do === 'step' && stepOf(item) === null ? null : named
  return judging(press.key, item, typed, template) ?? LETTERS[press.key.toLowerCase()] ?? null
}

/** Keys that mean the same wherever one is on the checklist. */
export function leadingAction(press: Press): KeyAction | null {
  const letter = press.key.toLowerCase()
  if (press.ctrlKey || press.metaKey) {
    if (press.shiftKey || press.altKey) return null
    return letter === 'z' ? { do: 'undo' } : letter === 'f' ? { do: 'find' } : null
  }
  if (press.altKey) return null
  const target = targetOfKey(letter)
  if (target !== null) return { do: 'jump', target, direction: press.shiftKey ? -1 : 1 }
  return letter === '/' ? { do: 'find' } : letter === 'escape' ? { do: 'cancel' } : null
}

/** Keys that judge this kind of item. */
function judging(key: string, item: Item, typed: string, template: Template): KeyAction | null {
  if (item.type !== 'veto' && item.type !== 'gate' && item.repeat !== null) {
    if (key === '+' || key === '=') return { do: 'addUnit' }
    if (key === '[' || key === ']') return { do: 'unit', by: key === ']' ? 1 : -1 }
  }
  if (item.type === 'deduction') return deducting(key, item.spec.list.length)
  if (item.type === 'indicator' && item.repeat === null) return /^[\d<>=-]$/.test(key) ? { do: 'measure' } : null
  const choice = /^[1-9]$/.test(key) ? choicesOf(item, template)[Number(key) - 1] : undefined
  if (choice !== undefined) return { do: 'choose', value: choice }
  if (stepOf(item) === null) return null
  if (/^[\d.]$/.test(key)) return typeDigit(key, item, typed, template)
  if (key === '+' || key === '=') return { do: 'step', direction: 1 }
  if (key === '-') return { do: 'step', direction: -1 }
  const band = /^[a-f]$/i.test(key) ? bandValues(item, template)[key.toLowerCase().charCodeAt(0) - 97] : undefined
  return band === undefined ? null : { do: 'set', value: band }
}

function deducting(key: string, count: number): KeyAction | null {
  if (key === '0') return { do: 'noDeduction' }
  if (key === '+' || key === '=') return { do: 'deductAgain', by: 1 }
  if (key === '-') return { do: 'deductAgain', by: -1 }
  return /^[1-9]$/.test(key) && Number(key) <= count ? { do: 'deduct', index: Number(key) - 1 } : null
}

function typeDigit(digit: string, item: Item, typed: string, template: Template): KeyAction | null {
  const longer = typed + digit
  const isPossible = /^\d{1,6}(\.\d{0,2})?$/.test(longer) && !(item.type === 'maturity' && Number(longer) > 100)
  const next = isPossible ? longer : digit === '.' ? typed : digit
  const value = typedValue(item, next, template)
  return { do: 'type', typed: next, value, isComplete: item.type === 'maturity' && next.length > 1 && value !== null }
}
