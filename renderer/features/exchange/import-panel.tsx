import { FolderOpenOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useCallback, useState } from 'react'
import type { PackagePreview } from '../../../shared/contract/views.ts'
import { useAction } from '../../queries.ts'
import { Busy, useJob } from '../../ui/busy.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useText } from '../../ui/text.ts'
import { useBegin } from '../../ui/use-begin.ts'
import { PreviewCard } from './preview-card.tsx'

/** Files are chosen and verified first; each is taken in or left out by itself. */
export function ImportPanel() {
  const t = useText('exchange')
  const open = useAction('package.open')
  const { job, track } = useJob()
  const [previews, setPreviews] = useState<PackagePreview[]>([])
  const choose = useCallback(async () => {
    const opened = await track((id) => open.run({ job: id }))
    if (opened.ok && opened.value) setPreviews((before) => [...(opened.value ?? []), ...before])
  }, [track, open])
  useBegin('import', () => void choose())
  const leave = (token: string) => setPreviews((before) => before.filter((one) => one.token !== token))
  return (
    <section className="card stack">
      <div>
        <h2>{t('importTitle')}</h2>
        <p className="soft">{t('importText')}</p>
      </div>
      <div>
        <Button
          type="primary"
          size="large"
          icon={<FolderOpenOutlined />}
          disabled={job !== null}
          onClick={() => void choose()}
        >
          {t('chooseFiles')}
        </Button>
      </div>
      <Busy job={job} label={t('importing')} />
      <FailureNote failure={open.failure} />
      {previews.map((preview) => (
        <PreviewCard key={preview.token} preview={preview} onLeave={() => leave(preview.token)} />
      ))}
    </section>
  )
}
