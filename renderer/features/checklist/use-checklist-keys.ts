import { useEffect, useRef, useState } from 'react'
import type { Item } from '../../../shared/domain/template.ts'
import { stepped, typedValue, withState, withValue } from './answer-edit.ts'
import { keyAction } from './keys.ts'
import type { SheetStore } from './sheet-store.ts'

const TYPING_PAUSE_MS = 900

export type KeyTargets = {
  store: SheetStore
  item: Item | null
  onMove: (by: 1 | -1) => void
  onSelect: (item: string) => void
  onNote: () => void
  onPhoto: () => void
  onMissing: () => void
}

/** Keys of the checklist; silent while a text field has the focus or a dialog is open. Returns the digits typed so far. */
export function useChecklistKeys(targets: KeyTargets): string {
  const [digits, setDigits] = useState({ item: '', typed: '' })
  const itemId = targets.item?.id ?? ''
  const typed = digits.item === itemId ? digits.typed : ''
  const latest = useRef({ targets, typed })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    latest.current = { targets, typed }
  })
  useEffect(() => {
    const setTyped = (text: string) => setDigits({ item: latest.current.targets.item?.id ?? '', typed: text })
    const commit = () => {
      const { targets: now, typed: digits } = latest.current
      clearTimeout(timer.current)
      setTyped('')
      if (now.item === null || digits === '') return
      const value = typedValue(now.item, digits, now.store.view.template)
      if (value !== null) now.store.edit(now.item.id, withValue(value))
    }
    const onKey = (event: KeyboardEvent) => {
      const { targets: now, typed: digits } = latest.current
      const { item, store } = now
      if (item === null || event.defaultPrevented || event.isComposing || isTyping(event.target)) return
      const action = keyAction(event, item, digits, store.view.template)
      if (action === null) return
      if (action.do === 'commit' || action.do === 'cancel') {
        if (digits === '') return
        event.preventDefault()
        if (action.do === 'commit') commit()
        else setTyped('')
        return
      }
      event.preventDefault()
      if (action.do === 'type') {
        clearTimeout(timer.current)
        setTyped(action.typed)
        if (action.isComplete && action.value !== null) store.edit(item.id, withValue(action.value))
        timer.current = setTimeout(action.isComplete ? () => setTyped('') : commit, TYPING_PAUSE_MS)
        return
      }
      if (action.do === 'move') now.onMove(action.by)
      else if (action.do === 'note') now.onNote()
      else if (action.do === 'photo') now.onPhoto()
      else if (action.do === 'missing') now.onMissing()
      else if (action.do === 'undo') {
        const undone = store.undo()
        if (undone !== null) now.onSelect(undone)
      } else if (action.do === 'na' || action.do === 'choose' || action.do === 'step') judge(store, item, action)
    }
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
      clearTimeout(timer.current)
    }
  }, [])
  return typed
}

type Judging = { do: 'choose'; value: string } | { do: 'step'; direction: 1 | -1 } | { do: 'na' }

function judge(store: SheetStore, item: Item, action: Judging): void {
  if (action.do === 'na') {
    if (!item.allowNA) return
    if (store.answer(item.id)?.state === 'na') store.clear(item.id)
    else store.edit(item.id, withState('na'))
    return
  }
  if (action.do === 'choose') {
    store.edit(item.id, withValue(action.value))
    return
  }
  const next = stepped(item, store.answer(item.id)?.value ?? null, action.direction)
  if (next !== null) store.edit(item.id, withValue(next), 'typing')
}

/** Text fields, selects, sliders and dialogs keep their own keys. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('[role="dialog"], .ant-select-dropdown') !== null || target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.role === 'slider'
}
