import { useEffect, useRef, type RefObject } from 'react'

/** Puts the cursor into the first text field of a form when it appears. */
export function useFirstFocus(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLInputElement>('input:not([type=radio])')?.focus(), [])
  return form
}
