import { FileSearchOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { ReportCheck } from '../../shared/contract/views.ts'
import { useAction } from '../queries.ts'
import { Coded } from '../ui/coded.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { useFormat, useText } from '../ui/text.ts'
import './check-report.css'

const TYPES = { same: 'success', changed: 'warning', unknown: 'info' } as const

const intoView = (answer: HTMLElement | null) => answer?.scrollIntoView({ block: 'nearest' })

/** Opens a PDF somebody brought and says which report of the results held here it is. */
export function CheckReport({ heading: Heading }: { heading: 'h2' | 'h3' }) {
  const t = useText('report')
  const check = useAction('report.check')
  const [found, setFound] = useState<ReportCheck | null>(null)
  const run = async () => {
    setFound(null)
    const done = await check.run({})
    if (done.ok) setFound(done.value)
  }
  return (
    <div className="stack-tight">
      <Heading>{t('checkTitle')}</Heading>
      <p className="quiet">{t('checkFor')}</p>
      <Button className="check-choose" icon={<FileSearchOutlined />} loading={check.isBusy} onClick={() => void run()}>
        {t('checkChoose')}
      </Button>
      <FailureNote failure={check.failure} onRetry={() => void run()} />
      {found === null ? null : (
        <div ref={intoView}>
          <Alert type={TYPES[found.verdict]} showIcon role="status" title={<Verdict found={found} />} />
        </div>
      )}
    </div>
  )
}

function Verdict({ found }: { found: ReportCheck }) {
  const t = useText('report')
  const { dateTime } = useFormat()
  if (found.verdict === 'unknown') return t('checkUnknown', { file: found.fileName })
  const { report } = found
  const about = {
    file: found.fileName,
    number: report.reportNumber,
    enterprise: report.enterprise,
    version: report.version,
    day: dateTime(report.issuedAt),
    code: report.checkCode,
  }
  const newer = report.newest > report.version ? t('checkNewer', { newest: report.newest }) : ''
  const said =
    found.verdict === 'changed'
      ? t('checkChanged', about)
      : t('checkSame', { ...about, profile: t(`profile_${found.report.profile}`) })
  return <Coded text={`${said} ${newer}`} />
}
