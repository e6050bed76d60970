import { useCallback, useState } from 'react'
import type { CodeFiling, MediaView } from '../../../shared/contract/views.ts'
import { inOrderTaken, itemBefore } from '../../../shared/report/documents/filing.ts'
import { call } from '../../bridge.ts'
import { useAttempt } from '../../queries.ts'
import { useMedia, useSheetStore } from './sheet-context.tsx'

/** One picture of the report: what its codes did, whether that was taken back, and the item photographed before it. */
export type FilingRow = CodeFiling & { isUndone: boolean; follows: string | null }

/** Files pictures of the open sheet by the codes in them, and takes it back. */
export function useFiling() {
  const store = useSheetStore()
  const media = useMedia()
  const { taskId } = store.view.task
  const [job, setJob] = useState<string | null>(null)
  const [rows, setRows] = useState<FilingRow[]>([])
  const { failure, attempt } = useAttempt()
  const start = useCallback(
    (wanted: readonly MediaView[]) =>
      attempt(async () => {
        if (wanted.length === 0) return
        const name = crypto.randomUUID()
        setJob(name)
        const sha256s = wanted.map((m) => m.sha256)
        const done = call('evidence.fileByCode', { taskId, sha256s, job: name })
        const { filings, meetings } = await done.finally(() => setJob(null))
        store.putMedia(filings.map((f) => f.medium))
        store.putMeetings(meetings)
        const ordered = inOrderTaken(filings)
        const before = itemBefore(ordered)
        setRows(ordered.map((f, n) => ({ ...f, isUndone: false, follows: before[n] ?? null })))
      }),
    [attempt, store, taskId],
  )
  const undo = (row: FilingRow) =>
    attempt(async () => {
      const { sha256 } = row.medium
      const items = row.items.filter((item) => !row.before.items.includes(item))
      const wanted = row.meetings.filter((kind) => !row.before.meetings.includes(kind))
      // A caption that was there before stays, whatever it says.
      const pages = row.before.caption === '' ? row.pages : []
      const done = await call('evidence.unfile', { taskId, sha256, items, meetings: wanted, pages })
      store.putMedia([done.medium])
      store.putMeetings(done.meetings)
      setRows((held) => held.map((one) => (one.medium.sha256 === sha256 ? { ...one, isUndone: true } : one)))
    })
  /** Puts pictures under the item photographed before each. */
  const follow = (wanted: readonly FilingRow[]) =>
    attempt(async () => {
      for (const row of wanted) {
        const now = media.find((m) => m.sha256 === row.medium.sha256) ?? row.medium
        const filed = await putUnder(taskId, row, now)
        store.putMedia([filed.medium])
        setRows((held) => held.map((one) => (one.medium.sha256 === now.sha256 ? filed : one)))
      }
    })
  return { job, rows, failure, start, undo, follow, dismiss: useCallback(() => setRows([]), []) }
}

/** Puts a picture under the item photographed before it, as if its own code had named it. */
async function putUnder(taskId: string, row: FilingRow, now: MediaView): Promise<FilingRow> {
  if (row.follows === null) return row
  const { sha256, caption, inReport, items } = now
  const all = [...new Set([...items, row.follows])]
  const medium = await call('evidence.update', { taskId, sha256, caption, inReport, items: all })
  const before = { items, meetings: [], caption }
  return { medium, items: [row.follows], meetings: [], pages: [], why: null, isUndone: false, follows: null, before }
}

export type Filing = ReturnType<typeof useFiling>
