import { CameraOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { MediaView } from '../../../shared/contract/views.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { Busy } from '../../ui/busy.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PhotoThumb } from '../../ui/photo-thumb.tsx'
import { useText } from '../../ui/text.ts'
import { EvidenceViewer } from './evidence-viewer.tsx'
import { useAnswer, useMedia, useSheetStore } from './sheet-context.tsx'
import { filesOf, useIntake, type Intake } from './use-evidence.ts'

/** The photos and files of one item: thumbnails, and three ways to add (dialog, drop, paste). */
export function EvidenceStrip({ item, chooseSignal }: { item: Item; chooseSignal: number }) {
  const t = useText('checklist')
  const store = useSheetStore()
  const answer = useAnswer(item.id)
  const [open, setOpen] = useState<string | null>(null)
  const [isOver, setOver] = useState(false)
  const { intake, dismiss, choose, add } = useIntake()
  const own = new Set(answer?.media ?? [])
  const media = useMedia().filter((m) => m.discardedAt === null && (m.items.includes(item.id) || own.has(m.sha256)))
  const canAdd = !store.isReadOnly && intake.job === null
  useEffect(() => {
    if (chooseSignal > 0 && canAdd) void choose([item.id])
  }, [chooseSignal])
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData)
      if (files.length === 0 || !canAdd) return
      event.preventDefault()
      void add([item.id], files, 'paste')
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  })
  const opened = media.find((m) => m.sha256 === open)
  return (
    <section
      className={isOver ? 'strip is-over' : 'strip'}
      aria-label={t('evidence')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(canAdd)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const files = filesOf(event.dataTransfer)
        if (files.length > 0 && canAdd) void add([item.id], files, 'drop')
      }}
    >
      <div className="strip-head">
        <h3>
          {t('evidence')}
          {item.demand.minPhotos > 0 ? <span className="quiet"> {t('minPhotos', { n: item.demand.minPhotos })}</span> : null}
        </h3>
        <Button icon={<CameraOutlined />} disabled={!canAdd} aria-keyshortcuts="P" onClick={() => void choose([item.id])}>
          {t('addPhotos')} <kbd aria-hidden>P</kbd>
        </Button>
        {store.isReadOnly ? null : <span className="quiet strip-hint">{t('dropHint')}</span>}
      </div>
      <IntakeReport intake={intake} onDismiss={dismiss} />
      {media.length === 0 ? (
        <p className="quiet strip-empty">{t('noPhotos')}</p>
      ) : (
        <ul className="thumbs">
          {media.map((medium) => (
            <li key={medium.sha256}>
              <Thumb medium={medium} onOpen={() => setOpen(medium.sha256)} />
            </li>
          ))}
        </ul>
      )}
      {opened === undefined ? null : <EvidenceViewer medium={opened} onClose={() => setOpen(null)} />}
    </section>
  )
}

export function Thumb({ medium, onOpen }: { medium: MediaView; onOpen: () => void }) {
  const t = useText('checklist')
  const { taskId } = useSheetStore().view.task
  const name = medium.caption === '' ? medium.name : medium.caption
  return (
    <PhotoThumb
      medium={medium}
      taskId={taskId}
      label={t('openPhoto', { name })}
      badge={medium.inReport ? t('inReportShort') : null}
      onClick={onOpen}
    />
  )
}

/** Progress while files come in, then whatever did not and why. */
export function IntakeReport({ intake, onDismiss }: { intake: Intake; onDismiss: () => void }) {
  const t = useText('checklist')
  const failureText = useText('failures')
  if (intake.job !== null) return <Busy job={intake.job} label={t('takingIn')} />
  return (
    <>
      <FailureNote failure={intake.failure} />
      {intake.refused.length === 0 ? null : (
        <div role="alert" className="refused">
          <p>{t('refused', { n: intake.refused.length })}</p>
          <ul>
            {intake.refused.map((file, index) => (
              <li key={index}>
                <strong>{file.name}</strong>: {failureText(file.code)}
              </li>
            ))}
          </ul>
          <Button size="small" onClick={onDismiss}>
            {t('understood')}
          </Button>
        </div>
      )}
      {intake.known > 0 ? <p role="status" className="quiet">{t('knownFiles', { n: intake.known })}</p> : null}
    </>
  )
}
