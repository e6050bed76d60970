import type { Item, Template } from '../../../shared/domain/template.ts'
import { choicesOf, isRepeated, stepOf, typedValue } from './answer-edit.ts'

/** What a key press asks for on the checklist. `typed` is what stands in the number box so far. */
export type KeyAction =
  | { do: 'choose'; value: string }
  | { do: 'type'; typed: string; value: number | null; isComplete: boolean }
  | { do: 'step'; direction: 1 | -1 }
  | { do: 'move'; by: 1 | -1 }
  | { do: 'na' }
  | { do: 'note' | 'photo' | 'undo' | 'missing' | 'commit' | 'cancel' }

export type Press = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean }

const LETTERS: Record<string, KeyAction> = {
  j: { do: 'move', by: 1 },
  k: { do: 'move', by: -1 },
  n: { do: 'na' },
  m: { do: 'note' },
  p: { do: 'photo' },
  u: { do: 'undo' },
  g: { do: 'missing' },
}
const NAMED: Record<string, KeyAction> = {
  ArrowDown: { do: 'move', by: 1 },
  ArrowUp: { do: 'move', by: -1 },
  ArrowRight: { do: 'step', direction: 1 },
  ArrowLeft: { do: 'step', direction: -1 },
  '+': { do: 'step', direction: 1 },
  '-': { do: 'step', direction: -1 },
  Enter: { do: 'commit' },
  Escape: { do: 'cancel' },
}

/** Meaning of a key on an item, or null when it means nothing here. `typed` = digits typed just before. */
export function keyAction(press: Press, item: Item, typed: string, template: Template): KeyAction | null {
  const command = press.ctrlKey || press.metaKey
  if (command && !press.shiftKey && press.key.toLowerCase() === 'z') return { do: 'undo' }
  if (command || press.altKey) return null
  const named = NAMED[press.key]
  if (named !== undefined) return named.do === 'step' && stepOf(item) === null ? null : named
  if (isRepeated(item)) return LETTERS[press.key.toLowerCase()] ?? null
  if (/^[1-9]$/.test(press.key)) {
    const choice = choicesOf(item, template)[Number(press.key) - 1]
    if (choice !== undefined) return { do: 'choose', value: choice }
  }
  if (/^[\d.]$/.test(press.key) && stepOf(item) !== null) return typeDigit(press.key, item, typed, template)
  return LETTERS[press.key.toLowerCase()] ?? null
}

function typeDigit(digit: string, item: Item, typed: string, template: Template): KeyAction | null {
  const longer = typed + digit
  const isPossible = /^\d{1,6}(\.\d{0,2})?$/.test(longer) && !(item.type === 'maturity' && Number(longer) > 100)
  const next = isPossible ? longer : digit === '.' ? typed : digit
  const value = typedValue(item, next, template)
  return { do: 'type', typed: next, value, isComplete: item.type === 'maturity' && next.length > 1 && value !== null }
}
