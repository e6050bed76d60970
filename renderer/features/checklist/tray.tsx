import { Button } from 'antd'
import { useState } from 'react'
import type { MediaView } from '../../../shared/contract/views.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { call } from '../../bridge.ts'
import { CameraButton } from '../../parts/camera.tsx'
import { ImportNote, IntakeReport } from '../../parts/evidence-intake.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useAttempt } from '../../queries.ts'
import { useText } from '../../ui/text.ts'
import { EvidenceViewer } from './evidence-viewer.tsx'
import { Thumb } from './evidence-strip.tsx'
import { FilingReport } from './filing-report.tsx'
import { useMedia, useSheetStore } from './sheet-context.tsx'
import { useSheetIntake, useWaiting } from './use-evidence.ts'
import { useFiling } from './use-filing.ts'

/** Photos that belong to no item yet, and those put aside; both must be settled before sealing. */
export function Tray({ item }: { item: Item | null }) {
  const t = useText('checklist')
  const byCode = useText('evidence')
  const store = useSheetStore()
  const media = useMedia()
  const [open, setOpen] = useState<string | null>(null)
  const { failure, attempt } = useAttempt()
  const filing = useFiling()
  const { intake, dismiss, choose, add } = useSheetIntake(filing.start)
  const waiting = useWaiting()
  const aside = media.filter((m) => m.discardedAt !== null)
  const { taskId, rules } = store.view.task
  const isImportAllowed = rules.importPhotos
  const isBusy = intake.job !== null || filing.job !== null
  const each = (list: readonly MediaView[], work: (medium: MediaView) => Promise<MediaView>) =>
    attempt(async () => {
      for (const medium of list) store.putMedia([await work(medium)])
    })
  const assign = (medium: MediaView) => {
    const { sha256, caption, inReport } = medium
    return call('evidence.update', { taskId, sha256, caption, inReport, items: item === null ? [] : [item.id] })
  }
  const discard = (medium: MediaView) => call('evidence.discard', { taskId, sha256: medium.sha256, discarded: true })
  const opened = media.find((m) => m.sha256 === open)
  return (
    <div className="tray">
      <p className="quiet">{waiting.length === 0 ? t('trayEmpty') : t('trayHint', { n: waiting.length })}</p>
      {store.isReadOnly ? null : (
        <div className="answer-states">
          <Button type="primary" disabled={isBusy} onClick={() => void choose([])}>
            {t(isImportAllowed ? 'addToTray' : 'addFiles')}
          </Button>
          <CameraButton
            what={t('extra_tray')}
            isDisabled={isBusy}
            report={<IntakeReport intake={intake} onDismiss={dismiss} />}
            onShot={async (file) => (await add([], [file], 'camera')) > 0}
          />
          {waiting.length > 0 ? (
            <>
              <Button disabled={isBusy} onClick={() => void filing.start(waiting)}>
                {byCode('fileByCode')}
              </Button>
              <Button disabled={isBusy} onClick={() => void each(waiting, discard)}>
                {t('discardRest')}
              </Button>
            </>
          ) : null}
        </div>
      )}
      {store.isReadOnly ? null : <p className="quiet">{byCode('trayCodes')}</p>}
      {store.isReadOnly ? null : <ImportNote isAllowed={isImportAllowed} />}
      <IntakeReport intake={intake} onDismiss={dismiss} />
      <FilingReport filing={filing} onOpen={setOpen} />
      <FailureNote failure={failure} />
      <ul className="thumbs">
        {waiting.map((medium) => (
          <li key={medium.sha256}>
            <Thumb medium={medium} onOpen={() => setOpen(medium.sha256)} />
            {item === null || store.isReadOnly ? null : (
              <Button size="small" onClick={() => void each([medium], assign)}>
                {t('assignTo', { code: item.code })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Aside media={aside} onOpen={setOpen} />
      {opened === undefined ? null : <EvidenceViewer medium={opened} onClose={() => setOpen(null)} />}
    </div>
  )
}

function Aside({ media, onOpen }: { media: readonly MediaView[]; onOpen: (sha256: string) => void }) {
  const t = useText('checklist')
  if (media.length === 0) return null
  return (
    <>
      <h3>{t('putAside', { n: media.length })}</h3>
      <ul className="thumbs is-aside">
        {media.map((medium) => (
          <li key={medium.sha256}>
            <Thumb medium={medium} onOpen={() => onOpen(medium.sha256)} />
          </li>
        ))}
      </ul>
    </>
  )
}
