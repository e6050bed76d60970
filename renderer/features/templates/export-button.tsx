import { ExportOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { Args } from '../../../shared/contract/api.ts'
import type { Exported } from '../../../shared/contract/views.ts'
import { useAction } from '../../queries.ts'
import { Busy, useJob } from '../../ui/busy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useText } from '../../ui/text.ts'

type Source = Args<'workbook.exportTemplate'>['source']
const FORMATS = ['xlsx', 'csv', 'form'] as const

/** Writes a checklist as a workbook, as text, or as an empty form to fill in by hand. */
export function ExportButton({ source }: { source: Source }) {
  const t = useText('templates')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon={<ExportOutlined />} onClick={() => setOpen(true)}>
        {t('export')}
      </Button>
      {isOpen ? <ExportDialog source={source} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ExportDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  const t = useText('templates')
  const common = useText('common')
  const write = useAction('workbook.exportTemplate')
  const { job, track } = useJob()
  const [done, setDone] = useState<Exported | null>(null)
  const run = (format: (typeof FORMATS)[number]) =>
    track(async (id) => {
      setDone(null)
      const made = await write.run({ source, format, job: id })
      if (made.ok) setDone(made.value)
    })
  return (
    <Dialog
      isOpen
      title={t('exportTitle')}
      onClose={onClose}
      isBusy={job !== null}
      footer={
        <Button onClick={onClose} disabled={job !== null}>
          {common('close')}
        </Button>
      }
    >
      <ul className="export-ways">
        {FORMATS.map((format) => (
          <li key={format}>
            <Button disabled={job !== null} onClick={() => void run(format)}>
              {t(`export_${format}`)}
            </Button>
            <span className="quiet">{t(`exportText_${format}`)}</span>
          </li>
        ))}
      </ul>
      <Busy job={job} label={t('exporting')} />
      <FailureNote failure={write.failure} />
      {done === null ? null : (
        <p role="status">
          <Mark shape="full" tone="good" /> {t('exported', { path: done.path })}
        </p>
      )}
    </Dialog>
  )
}
