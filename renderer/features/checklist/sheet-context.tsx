import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Answer } from '../../../shared/domain/sheet.ts'
import { JudgedSheetProvider } from '../../parts/judgement/judged-sheet.ts'
import type { SaveState } from '../../ui/saver.ts'
import type { SheetStore } from './sheet-store.ts'

const SheetContext = createContext<SheetStore | null>(null)

/** The open sheet, for its own screens and for the controls of a judgement. */
export function SheetProvider({ value, children }: { value: SheetStore; children: React.ReactNode }) {
  return (
    <SheetContext value={value}>
      <JudgedSheetProvider value={value}>{children}</JudgedSheetProvider>
    </SheetContext>
  )
}

export function useSheetStore(): SheetStore {
  const store = useContext(SheetContext)
  if (store === null) throw new Error('outside of a sheet')
  return store
}

/** One part of the record, for what shows nothing else of it; undefined without a record. */
export function useAnswerPart<K extends keyof Answer>(item: string, part: K): Answer[K] | undefined {
  const store = useSheetStore()
  return useSyncExternalStore(store.subscribe, () => store.answer(item)?.[part])
}

export function useAnswers(): ReadonlyMap<string, Answer> {
  const store = useSheetStore()
  return useSyncExternalStore(store.subscribe, store.answers)
}

export function useMedia() {
  const store = useSheetStore()
  return useSyncExternalStore(store.subscribe, store.media)
}

export function useNonconformities() {
  const store = useSheetStore()
  return useSyncExternalStore(store.subscribe, store.nonconformities)
}

export function useMeetings() {
  const store = useSheetStore()
  return useSyncExternalStore(store.subscribe, store.meetings)
}

export function useItemSave(item: string): SaveState | null {
  const store = useSheetStore()
  return useSyncExternalStore(store.subscribe, () => store.saveState(item))
}
