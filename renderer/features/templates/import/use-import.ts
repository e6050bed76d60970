import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { ChecklistMapping, OpenedWorkbook } from '../../../../shared/contract/template-methods.ts'
import { call } from '../../../bridge.ts'
import { failureOf, useAction } from '../../../queries.ts'
import { useJob } from '../../../ui/busy.tsx'
import { firstMapping } from './mapping.ts'

/** The file being imported and how it is read; null = none chosen. */
export type Import = { opened: OpenedWorkbook; mapping: ChecklistMapping }

const KEY = ['workbook.import']

/** Kept with what was read from the main process: going to another page and back loses nothing, locking forgets it. */
export function useImport() {
  const client = useQueryClient()
  const { data: current } = useQuery<Import | null>({
    queryKey: KEY,
    queryFn: () => null,
    initialData: null,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const put = useCallback((next: Import | null) => client.setQueryData<Import | null>(KEY, next), [client])
  const open = useAction('workbook.open')
  const dismiss = useAction('workbook.dismiss')
  const { job, track } = useJob()
  const choose = async (): Promise<OpenedWorkbook | null> => {
    const answer = await track((id) => open.run({ job: id }))
    if (!answer.ok || answer.value === null) return null
    if (current !== null) void dismiss.run({ token: current.opened.token })
    put({ opened: answer.value, mapping: firstMapping(answer.value) })
    return answer.value
  }
  return { current, put, choose, job, failure: open.failure }
}

/** What becomes of the file read so. A reading overtaken by another is stopped; `job` is set while one goes on. */
export function usePreview(token: string, mapping: ChecklistMapping | null, isWanted: boolean) {
  const { job, track } = useJob()
  const query = useQuery({
    queryKey: ['workbook.preview', { token, mapping }],
    queryFn: ({ signal }) =>
      track((id) => {
        signal.addEventListener('abort', () => void call('job.cancel', { job: id }))
        return call('workbook.preview', { token, mapping, job: id })
      }),
    enabled: isWanted,
    placeholderData: keepPreviousData,
  })
  return { ...query, failure: failureOf(query.error), job }
}

/** The value once it has rested for a moment. */
export function useRested<T>(value: T, pause_ms: number): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), pause_ms)
    return () => clearTimeout(timer)
  }, [value, pause_ms])
  return rested
}

/** The job once it has been running for a while. */
export function useLasting(job: string | null, pause_ms: number): string | null {
  const rested = useRested(job, pause_ms)
  return rested === job ? job : null
}
