import { useEffect, type RefObject } from 'react'
import { COPIED_FIELDS, copiedRows } from '../../../../shared/tabular/paste.ts'
import { useText } from '../../../ui/text.ts'
import { chosenItems } from './selection.ts'
import { useStore } from './use-editor.ts'

/**
 * While the focus is in the list: pasting begins to take copied rows in, copying gives the chosen items as rows. Heard at
 * the document, as these events go to where text is selected, not to where the focus is.
 */
export function useClipboard(list: RefObject<HTMLElement | null>): void {
  const types = useText('templates')
  const fields = useText('templateImport')
  const store = useStore()
  useEffect(() => {
    const isHere = () => list.current?.contains(document.activeElement) === true
    const onPaste = (event: ClipboardEvent) => {
      if (!isHere()) return
      event.preventDefault()
      store.show({ pasting: event.clipboardData?.getData('text/plain') ?? '' })
    }
    const onCopy = (event: ClipboardEvent) => {
      const items = chosenItems(store.state())
      if (!isHere() || items.length === 0) return
      event.preventDefault()
      event.clipboardData?.setData(
        'text/plain',
        copiedRows(
          items,
          COPIED_FIELDS.map((field) => fields(`field_${field}`)),
          (type) => types(`type_${type}`),
        ),
      )
    }
    document.addEventListener('paste', onPaste)
    document.addEventListener('copy', onCopy)
    return () => {
      document.removeEventListener('paste', onPaste)
      document.removeEventListener('copy', onCopy)
    }
  }, [list, types, fields, store])
}
