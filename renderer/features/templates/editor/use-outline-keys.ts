import { useRef } from 'react'
import type { EditorStore } from './editor-store.ts'
import { itemsBetween, toggled } from './picking.ts'
import type { Row } from './outline.ts'
import { useStore } from './use-editor.ts'
import { useRowActions } from './use-row-actions.ts'

/**
 * Arrow keys choose, open and close; with Shift they choose several, with Alt they move; space ticks, Ctrl+A chooses all, Escape ends
 * that; Insert, Delete and Ctrl+D act on what is chosen; Enter or F2 goes to its title.
 */
export function useOutlineKeys(rows: Row[], index: number): (event: React.KeyboardEvent) => void {
  const store = useStore()
  const actions = useRowActions()
  /** The row a choice by Shift began at. */
  const anchor = useRef(-1)
  const extend = (to: number) => {
    const target = rows[Math.max(0, Math.min(rows.length - 1, to))]
    if (target === undefined || index < 0) return
    if (store.state().picked.size === 0) anchor.current = index
    store.pick(itemsBetween(rows, anchor.current, rows.indexOf(target)), { kind: target.kind, id: target.id })
  }
  const go = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))]
    if (row) store.select({ kind: row.kind, id: row.id })
  }
  return (event) => {
    if (event.nativeEvent.isComposing) return
    const row = rows[index]
    const isOpen = row?.kind === 'section' && !store.state().closed.has(row.id)
    const run = keyAction(event, {
      up: () => go(index - 1),
      down: () => go(index + 1),
      first: () => go(0),
      last: () => go(rows.length - 1),
      pageUp: () => go(index - 10),
      pageDown: () => go(index + 10),
      left: () => {
        if (row?.kind === 'item') store.select({ kind: 'section', id: row.section })
        else if (row && isOpen) store.toggle(row.id)
      },
      right: () => {
        if (row?.kind === 'section' && !isOpen) store.toggle(row.id)
        else if (isOpen) go(index + 1)
      },
      shiftUp: () => actions.shift(-1),
      shiftDown: () => actions.shift(1),
      extendUp: () => extend(index - 1),
      extendDown: () => extend(index + 1),
      all: () => store.pick(itemsBetween(rows, 0, rows.length - 1)),
      toggle: () => row && store.pick(toggled(startOf(store, row), rows, row), { kind: row.kind, id: row.id }),
      none: () => store.endPicking(),
      title: () => row && store.goTo({ kind: row.kind, id: row.id }, `${row.kind}s.${row.id}.title`),
      add: actions.addItem,
      copy: actions.duplicate,
      remove: actions.remove,
    })
    if (run === null) return
    event.preventDefault()
    run()
  }
}

const PLAIN: Record<string, string> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  Enter: 'title',
  F2: 'title',
  Insert: 'add',
  Delete: 'remove',
  ' ': 'toggle',
  Escape: 'none',
}
const WITH_SHIFT: Record<string, string> = { ArrowUp: 'extendUp', ArrowDown: 'extendDown' }
const WITH_COMMAND: Record<string, string> = { d: 'copy', a: 'all' }
const WITH_ALT: Record<string, string> = { ArrowUp: 'shiftUp', ArrowDown: 'shiftDown' }

function keyAction(event: React.KeyboardEvent, actions: Record<string, () => void>): (() => void) | null {
  const isCommand = event.ctrlKey || event.metaKey
  const name = isCommand
    ? WITH_COMMAND[event.key.toLowerCase()]
    : event.altKey
      ? WITH_ALT[event.key]
      : ((event.shiftKey ? WITH_SHIFT[event.key] : undefined) ?? PLAIN[event.key])
  return name === undefined ? null : (actions[name] ?? null)
}

/** What ticking begins with: the items chosen together, or the one item one is on. */
export function startOf(store: EditorStore, row: Row): ReadonlySet<string> {
  const { picked, selection } = store.state()
  if (picked.size > 0 || selection.kind !== 'item' || selection.id === row.id) return picked
  return new Set([selection.id])
}
