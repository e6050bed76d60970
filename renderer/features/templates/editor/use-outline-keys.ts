import { shift } from './moves.ts'
import type { Row } from './outline.ts'
import { useStore } from './use-editor.ts'
import { useRowActions } from './use-row-actions.ts'

/** Arrow keys choose, open and close; Alt with them moves; Insert, Delete and Ctrl+D act on the chosen row; Enter goes to its title. */
export function useOutlineKeys(rows: Row[], index: number): (event: React.KeyboardEvent) => void {
  const store = useStore()
  const actions = useRowActions()
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
      shiftUp: () => row && store.edit((content) => shift(content, row.kind, row.id, -1)),
      shiftDown: () => row && store.edit((content) => shift(content, row.kind, row.id, 1)),
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
}
const WITH_ALT: Record<string, string> = { ArrowUp: 'shiftUp', ArrowDown: 'shiftDown' }

function keyAction(event: React.KeyboardEvent, actions: Record<string, () => void>): (() => void) | null {
  const isCommand = event.ctrlKey || event.metaKey
  const name = isCommand
    ? event.key.toLowerCase() === 'd'
      ? 'copy'
      : undefined
    : event.altKey
      ? WITH_ALT[event.key]
      : PLAIN[event.key]
  return name === undefined ? null : (actions[name] ?? null)
}
