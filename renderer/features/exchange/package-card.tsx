import { CloudUploadOutlined, ExportOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { Exported, PackageView } from '../../../shared/contract/views.ts'
import { checkCodeOf } from '../../../shared/report/model.ts'
import { useAction } from '../../queries.ts'
import { Busy, useJob } from '../../ui/busy.tsx'
import { DeliveryState } from '../../ui/delivery-state.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useFormat, useText } from '../../ui/text.ts'

/** One package: whose, which revision, where it is; export to a file or send to the centre. */
export function PackageCard({ item }: { item: PackageView }) {
  const t = useText('exchange')
  const { size } = useFormat()
  const { job, track } = useJob()
  const save = useAction('package.export', { refresh: ['package.list', 'task.list'] })
  const send = useAction('package.send', { refresh: ['package.queue', 'package.list'] })
  const [exported, setExported] = useState<Exported | null>(null)
  const [isQueued, setQueued] = useState(false)
  const { digest } = item
  const exportFile = async () => {
    const done = await track((id) => save.run({ digest, job: id }))
    if (done.ok) setExported(done.value)
  }
  const sendOff = async () => {
    const done = await send.run({ digest })
    setQueued(done.ok)
  }
  return (
    <article className="card package" data-superseded={item.isSuperseded}>
      <div className="row package-head">
        <h2>
          {t(`kind_${item.kind}`)} · {item.name}
        </h2>
        <span className="chip">{t('revisionN', { n: item.revision })}</span>
        <span className="chip">{item.origin === 'made' ? t('madeHere') : t('imported')}</span>
        {item.isSuperseded ? <span className="chip chip-middling">{t('superseded')}</span> : null}
        <span className="quiet">{size(item.size)}</span>
      </div>
      <DeliveryState delivery={item} />
      <p className="quiet">
        {t('code')} <span className="mono check-code">{checkCodeOf(digest)}</span>
      </p>
      <div className="row">
        <Button
          type={item.origin === 'made' && item.exportedAt === null && !item.isSuperseded ? 'primary' : 'default'}
          icon={<ExportOutlined />}
          disabled={job !== null}
          onClick={() => void exportFile()}
        >
          {t('exportFile')}
        </Button>
        {item.origin === 'made' && !item.isSuperseded && item.receivedAt === null ? (
          <Button icon={<CloudUploadOutlined />} loading={send.isBusy} onClick={() => void sendOff()}>
            {t('send')}
          </Button>
        ) : null}
        {isQueued ? <span role="status">{t('queued')}</span> : null}
      </div>
      <Busy job={job} label={t('exporting')} />
      {exported ? (
        <Alert
          type={exported.verifiedAt === null ? 'warning' : 'success'}
          showIcon
          title={t('exported', { path: exported.path })}
          description={exported.verifiedAt === null ? t('exportedUnverified') : t('exportedVerified')}
        />
      ) : null}
      <FailureNote failure={save.failure ?? send.failure} />
    </article>
  )
}
