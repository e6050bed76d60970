import { useCallback } from 'react'
import type { MediaView } from '../../../shared/contract/views.ts'
import { referencedMedia } from '../../../shared/domain/sheet.ts'
import { useIntake } from '../../parts/evidence-intake.tsx'
import { useMedia, useMeetings, useNonconformities, useSheetStore } from './sheet-context.tsx'

/** Takes files into the open sheet; `then` is told of them once they are in. */
export function useSheetIntake(then?: (media: MediaView[]) => Promise<void>) {
  const store = useSheetStore()
  return useIntake(
    store.view.task.taskId,
    useCallback(
      (media: MediaView[]) => {
        store.putMedia(media)
        void then?.(media)
      },
      [store, then],
    ),
  )
}

/** Photos that belong to nothing yet: to no item, and to no meeting, finding or test either. */
export function useWaiting(): MediaView[] {
  const { view } = useSheetStore()
  const nonconformities = useNonconformities()
  const meetings = useMeetings()
  const used = new Set(referencedMedia({ ...view, nonconformities: [...nonconformities], meetings: [...meetings] }))
  return useMedia().filter((m) => m.items.length === 0 && m.discardedAt === null && !used.has(m.sha256))
}
