import { ExportOutlined, SendOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import type { MethodName } from '../../shared/contract/api.ts'
import type { Exported } from '../../shared/contract/views.ts'
import { useState } from 'react'
import { useAction, useCall } from '../queries.ts'
import { Busy, useJob } from './busy.tsx'
import { FailureNote } from './failure-note.tsx'
import { useText } from './text.ts'

type PackageWaysProps = {
  digest: string
  projectId: string
  refresh: MethodName[]
  isPrimary: boolean
  /** Not for what others made, nor for what the centre has. */
  canSend?: boolean
}

/** The two roads of a signed package: to a file that is read back, or into the sending queue. */
export function PackageWays({ digest, projectId, refresh, isPrimary, canSend = true }: PackageWaysProps) {
  const t = useText('seal')
  const projects = useCall('project.list', {})
  const leave = useAction('package.export', { refresh: [...refresh, 'task.list', 'package.list'] })
  const send = useAction('package.send', { refresh: ['package.queue', 'package.list'] })
  const { job, track } = useJob()
  const [exported, setExported] = useState<Exported | null>(null)
  const [isQueued, setQueued] = useState(false)
  const centre = projects.data?.find((project) => project.projectId === projectId)?.centreUrl ?? null
  const exportNow = async () => {
    setExported(null)
    const done = await track((id) => leave.run({ digest, job: id }))
    if (done.ok) setExported(done.value)
  }
  const sendNow = async () => {
    const done = await send.run({ digest })
    setQueued(done.ok)
  }
  return (
    <div className="stack-tight">
      <div className="row">
        <Button
          {...(isPrimary ? { type: 'primary' as const } : {})}
          icon={<ExportOutlined />}
          disabled={job !== null}
          onClick={() => void exportNow()}
        >
          {t('export')}
        </Button>
        {canSend ? (
          <Button
            icon={<SendOutlined />}
            disabled={centre === null}
            loading={send.isBusy}
            onClick={() => void sendNow()}
          >
            {t('send')}
          </Button>
        ) : null}
      </div>
      {canSend && centre === null && projects.data !== undefined ? <p className="quiet">{t('noCentre')}</p> : null}
      <Busy job={job} label={t('exporting')} />
      <FailureNote failure={leave.failure} onRetry={() => void exportNow()} />
      <FailureNote failure={send.failure} onRetry={() => void sendNow()} />
      {exported === null ? null : (
        <Alert
          role="status"
          showIcon
          type={exported.verifiedAt === null ? 'warning' : 'success'}
          title={t(exported.verifiedAt === null ? 'exportedUnverified' : 'exported', { path: exported.path })}
        />
      )}
      {isQueued ? <p role="status">{t('sendQueued')}</p> : null}
    </div>
  )
}
