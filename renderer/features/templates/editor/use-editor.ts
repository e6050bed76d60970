import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { EditorState, EditorStore } from './editor-store.ts'
import type { Lens } from './lens.ts'

export const EditorContext = createContext<EditorStore | null>(null)

export function useStore(): EditorStore {
  const store = useContext(EditorContext)
  if (!store) throw new Error('outside the editor')
  return store
}

/** A part of the editor's state; the component renders anew only when that part is another. */
export function useEditor<T>(select: (state: EditorState) => T): T {
  const store = useStore()
  return useSyncExternalStore(store.subscribe, () => select(store.state()))
}

export const useValue = <T>(lens: Lens<T>): T | undefined => useEditor((state) => lens.get(state.content))

/** Replaces what a lens sees. `typing`: keystrokes in a row are one step to undo. */
export function usePut<T>(lens: Lens<T>): (value: T, how?: 'typing') => void {
  const store = useStore()
  const { path, set } = lens
  return useCallback(
    (value, how) => store.edit((content) => set(content, value), { key: how === 'typing' ? path : null }),
    // A lens is known by its path: those made anew for each rendering do the same.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [store, path],
  )
}
