import { useCallback } from 'react'
import { besideFinding, groupsOf } from './finding-groups.ts'
import { useFindingSentence } from './finding-text.ts'
import { useStore } from './use-editor.ts'

/** Goes to the next or previous finding, as the list shows them. */
export function useNextFinding(): (by: 1 | -1) => Promise<void> {
  const store = useStore()
  const { field } = useFindingSentence()
  return useCallback(
    async (by) => {
      const groups = groupsOf(await store.check(), field)
      const next = besideFinding(groups, store.state().found, by)
      if (next !== null) store.goToFinding(next)
    },
    [store, field],
  )
}
