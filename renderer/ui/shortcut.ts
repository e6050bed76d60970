import { useEffect, useRef } from 'react'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.toLowerCase().split('+')
  const key = parts.at(-1)
  const wanted = (name: string) => parts.slice(0, -1).includes(name)
  const isCommand = event.ctrlKey || event.metaKey
  return (
    event.key.toLowerCase() === key &&
    wanted('ctrl') === isCommand &&
    wanted('alt') === event.altKey &&
    (key === '?' || wanted('shift') === event.shiftKey)
  )
}

/**
 * Runs on `keys` such as `ctrl+l`, `alt+arrowright` or `j`. Never while an input method composes or a dialog is open;
 * keys without ctrl or alt not while typing in a field.
 */
export function useShortcut(keys: string, run: (event: KeyboardEvent) => void, isEnabled = true): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  }, [run])
  useEffect(() => {
    if (!isEnabled) return
    const isPlain = !/(ctrl|alt)\+/i.test(keys)
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
      if (document.querySelector('dialog[open]') !== null || (isPlain && isTyping(event.target))) return
      if (!matches(event, keys)) return
      event.preventDefault()
      latest.current(event)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [keys, isEnabled])
}
