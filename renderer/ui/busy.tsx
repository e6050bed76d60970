import { Button, Progress } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import type { JobProgress } from '../../shared/contract/views.ts'
import { call, listen } from '../bridge.ts'
import { useText } from './text.ts'

/** Names a long operation: `start` gives the id to send along, `job` is set while it runs. */
export function useJob() {
  const [job, setJob] = useState<string | null>(null)
  const track = useCallback(async <T,>(work: (job: string) => Promise<T>): Promise<T> => {
    const id = crypto.randomUUID()
    setJob(id)
    try {
      return await work(id)
    } finally {
      setJob(null)
    }
  }, [])
  return { job, track }
}

/** Progress of a running job with a way to stop it; nothing when no job runs. */
export function Busy({ job, label }: { job: string | null; label: string }) {
  return job === null ? null : <Running key={job} job={job} label={label} />
}

function Running({ job, label }: { job: string; label: string }) {
  const t = useText('common')
  const [progress, setProgress] = useState<JobProgress | null>(null)
  const [isStopping, setStopping] = useState(false)
  useEffect(
    () =>
      listen((event) => {
        if (event.type === 'progress' && event.progress.job === job) setProgress(event.progress)
      }),
    [job],
  )
  const total = progress?.total ?? null
  const percent =
    progress === null || total === null || total === 0 ? null : Math.min(100, Math.floor((progress.done / total) * 100))
  const stop = () => {
    setStopping(true)
    void call('job.cancel', { job })
  }
  return (
    <div className="busy" role="status" aria-live="polite">
      <span className="busy-label">{label}</span>
      <Progress percent={percent ?? 100} showInfo={percent !== null} status="active" aria-label={label} />
      <Button onClick={stop} disabled={isStopping}>
        {t('cancel')}
      </Button>
    </div>
  )
}
