import { useCallback, useEffect, useRef, useState } from 'react'
import type { AnswerValue } from '../../../shared/domain/sheet.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { isScored } from '../../../shared/domain/template.ts'
import {
  countsWith,
  nearestStep,
  stepped,
  typedValue,
  unitInHand,
  withState,
  withUnit,
  withUnitPart,
  withValue,
} from './answer-edit.ts'
import { keyAction, leadingAction, type KeyAction } from './keys.ts'
import type { Target } from '../../search/jump-keys.ts'
import type { JudgedSheet } from './judged-sheet.ts'

const TYPING_PAUSE_MS = 900

export type KeyTargets = {
  store: JudgedSheet
  item: Item | null
  /** Keys that lead elsewhere mean nothing here. */
  isJudgingOnly?: boolean
  onMove: (by: 1 | -1) => void
  onSelect: (item: string) => void
  onJump: (target: Target, direction: 1 | -1) => void
  onNote: () => void
  onPhoto: () => void
  onFind: () => void
  onMeasure: () => void
  onCancel: () => void
}

/** What keys have begun on the open item: digits typed so far, the sampled unit or deduction in hand, and what was taken for digits that are no step. */
export type Entry = {
  typed: string
  unit: string | null
  deduction: string | null
  taken: { typed: string; value: number } | null
}
const NOTHING: Entry = { typed: '', unit: null, deduction: null, taken: null }

/** Keys of the checklist; silent while a text field has the focus or a dialog is open. */
export function useChecklistKeys(targets: KeyTargets): { entry: Entry; chooseUnit: (unit: string) => void } {
  const [held, setHeld] = useState({ item: '', entry: NOTHING })
  const itemId = targets.item?.id ?? ''
  const entry = held.item === itemId ? held.entry : NOTHING
  const latest = useRef({ targets, entry })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    latest.current = { targets, entry }
  })
  const put = useCallback((part: Partial<Entry>) => {
    const { targets: now, entry: before } = latest.current
    const next = { ...before, ...part }
    latest.current = { ...latest.current, entry: next }
    setHeld({ item: now.item?.id ?? '', entry: next })
  }, [])
  useEffect(() => {
    const commit = () => {
      const { targets: now, entry: before } = latest.current
      clearTimeout(timer.current)
      if (now.item === null || before.typed === '') return
      put({ typed: '', ...giveTyped(now.store, now.item, before) })
    }
    const type = (item: Item, action: Extract<KeyAction, { do: 'type' }>) => {
      clearTimeout(timer.current)
      put({ typed: action.typed, taken: null })
      const { targets: now, entry: before } = latest.current
      const isUnit = isScored(item) && item.repeat !== null
      // The next digit belongs to the next unit, so 10 waits whether it becomes 100.
      const isComplete = action.isComplete && !(isUnit && action.typed === '10')
      if (isComplete && action.value !== null) put(give(now.store, item, before, action.value))
      if (isComplete && isUnit) put({ typed: '' })
      else timer.current = setTimeout(isComplete ? () => put({ typed: '' }) : commit, TYPING_PAUSE_MS)
    }
    const onKey = (event: KeyboardEvent) => {
      const { targets: now, entry: before } = latest.current
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return
      if (isTyping(event.target)) {
        leaveField(event, now)
        return
      }
      const { item, store } = now
      const action = item === null ? leadingAction(event) : keyAction(event, item, before.typed, store.view.template)
      if (action === null || (action.do === 'commit' && before.typed === '')) return
      if (now.isJudgingOnly === true && LEADS.has(action.do)) return
      // The digit itself goes into the field that gets the focus.
      if (action.do !== 'measure') event.preventDefault()
      if (action.do === 'commit') commit()
      else if (action.do === 'cancel' && before.typed !== '') put({ typed: '' })
      else if (go(now, action) || item === null) return
      else if (action.do === 'type') type(item, action)
      else put(judge(store, item, before, action))
    }
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
      clearTimeout(timer.current)
    }
  }, [put])
  return { entry, chooseUnit: useCallback((unit: string) => put({ unit }), [put]) }
}

/** What was typed as the item's value; a number between two steps is taken for the nearest, and it is said. */
function giveTyped(store: JudgedSheet, item: Item, entry: Entry): Partial<Entry> {
  const { typed } = entry
  const value = typedValue(item, typed, store.view.template)
  const nearest = value ?? nearestStep(item, typed)
  if (nearest === null) return {}
  const given = give(store, item, entry, nearest)
  return value === null ? { ...given, taken: { typed, value: nearest } } : given
}

/** From a field of the pane back to the keys: Escape stays at the item, Ctrl+Enter goes on. Ctrl+F leads to the search from anywhere. */
function leaveField(event: KeyboardEvent, now: KeyTargets): void {
  if (!(event.target instanceof HTMLElement)) return
  const command = event.ctrlKey || event.metaKey
  if (command && event.key.toLowerCase() === 'f') {
    event.preventDefault()
    now.onFind()
    return
  }
  if (event.target.closest('.pane-column') === null || event.target.closest('dialog') !== null) return
  if (event.key !== 'Escape' && !(command && event.key === 'Enter')) return
  event.preventDefault()
  event.target.blur()
  if (event.key === 'Enter') now.onMove(1)
}

const LEADS: ReadonlySet<KeyAction['do']> = new Set(['move', 'jump', 'note', 'photo', 'find', 'undo', 'cancel'])

/** Keys that lead somewhere. */
function go(now: KeyTargets, action: KeyAction): boolean {
  if (action.do === 'move') now.onMove(action.by)
  else if (action.do === 'jump') now.onJump(action.target, action.direction)
  else if (action.do === 'note') now.onNote()
  else if (action.do === 'photo') now.onPhoto()
  else if (action.do === 'find') now.onFind()
  else if (action.do === 'measure') now.onMeasure()
  else if (action.do === 'cancel') now.onCancel()
  else if (action.do === 'undo') {
    const undone = now.store.undo()
    if (undone !== null) now.onSelect(undone)
  } else return false
  return true
}

/** Keys that judge. Answers what is in hand afterwards. */
function judge(store: JudgedSheet, item: Item, entry: Entry, action: KeyAction): Partial<Entry> {
  const answer = store.answer(item.id)
  if (action.do === 'state') {
    if (action.state === 'na' && !item.allowNA) return {}
    if (answer?.state === action.state) store.clear(item.id)
    else store.edit(item.id, withState(action.state))
    return {}
  }
  if (action.do === 'choose' || action.do === 'set') return give(store, item, entry, action.value)
  if (action.do === 'noDeduction') return give(store, item, entry, [])
  if (action.do === 'addUnit') {
    if (isScored(item) && item.repeat !== null) store.edit(item.id, withUnit(item.repeat.max))
    return { unit: store.answer(item.id)?.units.at(-1)?.id ?? null }
  }
  if (action.do === 'unit') {
    const units = answer?.units ?? []
    const at = units.findIndex((unit) => unit.id === unitInHand(units, entry.unit)?.id)
    return { unit: units[Math.min(units.length - 1, Math.max(0, at + action.by))]?.id ?? null }
  }
  if (action.do === 'step') {
    const unit = unitInHand(answer?.units ?? [], entry.unit)
    const value = unit === null ? (answer?.value ?? null) : unit.value
    const next = stepped(item, value, action.direction)
    if (next !== null) give(store, item, entry, next, 'typing')
    return { unit: unit?.id ?? null }
  }
  return deduct(store, item, entry, action)
}

function deduct(store: JudgedSheet, item: Item, entry: Entry, action: KeyAction): Partial<Entry> {
  if (item.type !== 'deduction' || (action.do !== 'deduct' && action.do !== 'deductAgain')) return {}
  const id = action.do === 'deduct' ? item.spec.list[action.index]?.id : (entry.deduction ?? item.spec.list[0]?.id)
  const rule = item.spec.list.find((one) => one.id === id)
  if (rule === undefined) return {}
  const answer = store.answer(item.id)
  const unit = unitInHand(answer?.units ?? [], entry.unit)
  const value = unit === null ? (answer?.value ?? null) : unit.value
  const found = Array.isArray(value) ? (value.find((one) => one.id === rule.id)?.count ?? 0) : 0
  const by = action.do === 'deduct' ? 1 : action.by
  const next = Math.min(rule.maxCount ?? Number.MAX_SAFE_INTEGER, Math.max(0, found + by))
  give(store, item, entry, countsWith(item, value, rule.id, next))
  return { deduction: rule.id, unit: unit?.id ?? null }
}

/** Gives a value to the item, or to the unit in hand of a repeated one (the first is made for it); the next unit then follows. */
function give(
  store: JudgedSheet,
  item: Item,
  entry: Entry,
  value: AnswerValue,
  when: 'now' | 'typing' = 'now',
): Partial<Entry> {
  if (!isScored(item) || item.repeat === null) {
    store.edit(item.id, withValue(value), when)
    return {}
  }
  if ((store.answer(item.id)?.units ?? []).length === 0) store.edit(item.id, withUnit(item.repeat.max))
  const unit = unitInHand(store.answer(item.id)?.units ?? [], entry.unit)
  if (unit !== null) store.edit(item.id, withUnitPart(unit.id, { value }), when)
  return { unit: null }
}

/** Text fields, selects, sliders and dialogs keep their own keys. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('[role="dialog"], dialog, .ant-select-dropdown') !== null || target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.role === 'slider'
}
