import { FileExcelOutlined, FilePdfOutlined, FileWordOutlined, FileZipOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { Failure } from '../../../shared/contract/errors.ts'
import type { Exported, ReportFile, ReportFormat } from '../../../shared/contract/views.ts'
import type { ProfileName } from '../../../shared/domain/template.ts'
import { checkCodeOf } from '../../../shared/report/model.ts'
import { CheckReport } from '../../parts/check-report.tsx'
import { useAction } from '../../queries.ts'
import { Busy, useJob } from '../../ui/busy.tsx'
import { Coded } from '../../ui/coded.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useFormat, useLanguage, useText } from '../../ui/text.ts'

const ICONS = { pdf: <FilePdfOutlined />, docx: <FileWordOutlined />, zip: <FileZipOutlined /> }
const FORMATS = ['pdf', 'docx', 'zip'] as const

type PanelProps = { taskId: string; profile: ProfileName; isIssued: boolean }

/** Ways to take a report out: what each is for, a button, and what came of it. One at a time. */
export function ExportPanel({ taskId, profile, isIssued }: PanelProps) {
  const t = useText('report')
  const language = useLanguage()
  const write = useAction('report.export', { refresh: ['team.open'] })
  const { job, track } = useJob()
  const [asked, setAsked] = useState<ReportFormat | null>(null)
  const [file, setFile] = useState<ReportFile | null>(null)
  const run = async (format: ReportFormat) => {
    setAsked(format)
    setFile(null)
    const done = await track((id) => write.run({ taskId, profile, format, language, job: id }))
    if (done.ok) setFile(done.value)
  }
  return (
    <section className="card stack-tight" aria-label={t('exportTitle')}>
      <h2>{t('exportTitle')}</h2>
      {isIssued ? null : <Alert type="warning" showIcon title={t('draftNote')} />}
      <ul className="exports">
        {FORMATS.map((format) => (
          <li key={format}>
            <Button
              type={format === 'pdf' ? 'primary' : 'default'}
              icon={ICONS[format]}
              disabled={job !== null}
              onClick={() => void run(format)}
            >
              {t(`export_${format}`)}
            </Button>
            <span className="quiet">{t(`exportFor_${format}`)}</span>
            {asked === format ? <Busy job={job} label={t(`exporting_${format}`)} /> : null}
            {asked === format ? <Refused failure={write.failure} onRetry={() => void run(format)} /> : null}
            {file?.format === format && file.profile === profile ? <Written file={file} /> : null}
          </li>
        ))}
        <Workbook taskId={taskId} />
      </ul>
      <div className="check-report">
        <CheckReport heading="h3" />
      </div>
    </section>
  )
}

/** The numbers behind the report as a workbook: the same in every profile, so it is the lead's own. */
function Workbook({ taskId }: { taskId: string }) {
  const t = useText('report')
  const { size } = useFormat()
  const write = useAction('workbook.exportTeam')
  const { job, track } = useJob()
  const [file, setFile] = useState<Exported | null>(null)
  const run = async () => {
    setFile(null)
    const done = await track((id) => write.run({ taskId, job: id }))
    if (done.ok) setFile(done.value)
  }
  return (
    <li>
      <Button icon={<FileExcelOutlined />} disabled={job !== null} onClick={() => void run()}>
        {t('export_xlsx')}
      </Button>
      <span className="quiet">{t('exportFor_xlsx')}</span>
      <Busy job={job} label={t('exporting_xlsx')} />
      <Refused failure={write.failure} onRetry={() => void run()} />
      {file === null ? null : (
        <Alert type="success" showIcon role="status" title={t('written', { path: file.path, size: size(file.size) })} />
      )}
    </li>
  )
}

function Refused({ failure, onRetry }: { failure: Failure | null; onRetry: () => void }) {
  return (
    <FailureNote failure={failure} onRetry={onRetry}>
      {failure?.problems === undefined ? null : (
        <ul>
          {failure.problems.map((problem, index) => (
            <li key={index}>
              {problem.path}: {problem.message}
            </li>
          ))}
        </ul>
      )}
    </FailureNote>
  )
}

function Written({ file }: { file: ReportFile }) {
  const t = useText('report')
  const { size } = useFormat()
  const about = { path: file.path, size: size(file.size) }
  const notes = [
    file.isDraft ? t('writtenDraft') : '',
    file.missing > 0 ? t('writtenMissing', { count: file.missing }) : '',
    file.leftOut > 0 ? t('writtenLeftOut', { count: file.leftOut }) : '',
    file.format === 'docx' ? t('writtenWord') : '',
  ].filter((note) => note !== '')
  return (
    <Alert
      type={file.missing > 0 ? 'warning' : 'success'}
      showIcon
      role="status"
      title={
        <Coded
          text={
            file.format === 'pdf' ? t('exported', { ...about, code: checkCodeOf(file.sha256) }) : t('written', about)
          }
        />
      }
      description={notes.length === 0 ? undefined : notes.join(' ')}
    />
  )
}
