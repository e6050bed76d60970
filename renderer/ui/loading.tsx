import { Spin } from 'antd'
import type { Asked } from '../queries.ts'
import { FailureNote } from './failure-note.tsx'
import { useText } from './text.ts'

export function Loading() {
  const t = useText('common')
  return (
    <div className="loading" role="status">
      <Spin /> <span>{t('loading')}</span>
    </div>
  )
}

/** Shows what was asked for once it is there; until then that it is being read, or why it could not be. */
export function Loaded<T>({ asked, children }: { asked: Asked<T>; children: (data: T) => React.ReactNode }) {
  if (asked.data !== undefined) return children(asked.data)
  if (asked.failure) return <FailureNote failure={asked.failure} onRetry={() => void asked.refetch()} />
  return <Loading />
}
