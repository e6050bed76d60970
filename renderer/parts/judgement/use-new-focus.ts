import { useEffect, useRef, type RefObject } from 'react'

/** Puts the cursor into the field of a label that appeared by the person's own press: they go on by filling it. */
export function useNewFocus(isNew: boolean): RefObject<HTMLLabelElement | null> {
  const label = useRef<HTMLLabelElement>(null)
  const first = useRef(isNew)
  useEffect(() => {
    if (first.current) label.current?.querySelector<HTMLElement>('input, textarea')?.focus()
    first.current = false
  }, [])
  return label
}
