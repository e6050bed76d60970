import { PictureOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import type { MediaView } from '../../../shared/contract/views.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { CameraButton } from '../../parts/camera.tsx'
import { DropZone, ImportNote, IntakeReport, filesOf } from '../../parts/evidence-intake.tsx'
import { PhotoThumb } from '../../ui/photo-thumb.tsx'
import { useText } from '../../ui/text.ts'
import { EvidenceViewer } from './evidence-viewer.tsx'
import { useAnswerPart, useMedia, useSheetStore } from './sheet-context.tsx'
import { useSheetIntake } from './use-evidence.ts'

/** The photos and files of one item: thumbnails, and three ways to add (dialog, drop, paste). */
export function EvidenceStrip({ item, photoRef }: { item: Item; photoRef: RefObject<(() => void) | null> }) {
  const t = useText('checklist')
  const store = useSheetStore()
  const { intake, dismiss, choose, add } = useSheetIntake()
  const canAdd = !store.isReadOnly && intake.job === null
  const isImportAllowed = store.view.task.rules.importPhotos
  const take = useCallback(
    (files: File[], road: 'drop' | 'paste') => {
      if (files.length > 0 && canAdd) void add([item.id], files, road)
    },
    [add, canAdd, item.id],
  )
  const start = useCallback(() => {
    if (canAdd) void choose([item.id])
  }, [choose, canAdd, item.id])
  usePaste(take)
  useEffect(() => {
    photoRef.current = start
    return () => {
      photoRef.current = null
    }
  }, [photoRef, start])
  return (
    <DropZone label={t('evidence')} isEnabled={canAdd} onFiles={(files) => take(files, 'drop')}>
      <div className="strip-head">
        <h3>
          {t('evidence')}
          {item.demand.minPhotos > 0 ? (
            <span className="quiet"> {t('minPhotos', { n: item.demand.minPhotos })}</span>
          ) : null}
        </h3>
        <Button icon={<PictureOutlined />} disabled={!canAdd} aria-keyshortcuts="P" onClick={start}>
          {t(isImportAllowed ? 'addPhotos' : 'addFiles')} <kbd aria-hidden>P</kbd>
        </Button>
        <CameraButton
          what={item.code}
          isDisabled={!canAdd}
          isPrimary={!isImportAllowed}
          report={<IntakeReport intake={intake} onDismiss={dismiss} />}
          onShot={async (file) => (await add([item.id], [file], 'camera')) > 0}
        />
        {store.isReadOnly ? null : <span className="quiet strip-hint">{t('dropHint')}</span>}
      </div>
      {store.isReadOnly ? null : <ImportNote isAllowed={isImportAllowed} />}
      <IntakeReport intake={intake} onDismiss={dismiss} />
      <ItemThumbs item={item} />
    </DropZone>
  )
}

function ItemThumbs({ item }: { item: Item }) {
  const t = useText('checklist')
  const named = useAnswerPart(item.id, 'media')
  const [open, setOpen] = useState<string | null>(null)
  const own = new Set(named ?? [])
  const media = useMedia().filter((m) => m.discardedAt === null && (m.items.includes(item.id) || own.has(m.sha256)))
  const opened = media.find((m) => m.sha256 === open)
  const list = useShownWhenAdded(item.id, media.length)
  if (media.length === 0) return <p className="quiet strip-empty">{t('noPhotos')}</p>
  return (
    <>
      <ul className="thumbs" ref={list}>
        {media.map((medium) => (
          <li key={medium.sha256}>
            <Thumb medium={medium} onOpen={() => setOpen(medium.sha256)} />
          </li>
        ))}
      </ul>
      {opened === undefined ? null : <EvidenceViewer medium={opened} onClose={() => setOpen(null)} />}
    </>
  )
}

/** A photo taken in by key comes into view: the strip is often below the window's edge. */
function useShownWhenAdded(item: string, count: number): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null)
  const before = useRef({ item, count })
  useEffect(() => {
    const isMore = before.current.item === item && count > before.current.count
    if (isMore) list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
    before.current = { item, count }
  }, [item, count])
  return list
}

/** Files pasted anywhere on the page; pasted words go where the cursor is. */
function usePaste(onFiles: (files: File[], road: 'paste') => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData)
      if (files.length === 0) return
      event.preventDefault()
      onFiles(files, 'paste')
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [onFiles])
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
