import { PictureOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { MediaView } from '../../../../shared/contract/views.ts'
import { CameraButton } from '../../../parts/camera.tsx'
import { DropZone, ImportNote, IntakeReport, useIntake } from '../../../parts/evidence-intake.tsx'
import { PhotoThumb } from '../../../ui/photo-thumb.tsx'
import { useText } from '../../../ui/text.ts'
import { MeetingPhoto } from './meeting-photo.tsx'

export type MeetingMedia = {
  taskId: string
  all: readonly MediaView[]
  isImportAllowed: boolean
  /** Puts pictures that came in, or were changed, among those of the sheet. */
  onTaken: (media: MediaView[]) => void
}
type MeetingPhotosProps = {
  media: MeetingMedia
  hashes: string[]
  name: string
  isReadOnly: boolean
  onChange: (hashes: string[]) => void
}

/** Photos of a meeting: the sign-in sheet, the room. Added by button or by dropping files. */
export function MeetingPhotos({ media, hashes, name, isReadOnly, onChange }: MeetingPhotosProps) {
  const t = useText('task')
  const { taskId, all, onTaken, isImportAllowed } = media
  const [open, setOpen] = useState<string | null>(null)
  // The record may be typed in while files come in: they join it as it is then.
  const latest = useRef({ hashes, onChange })
  useEffect(() => {
    latest.current = { hashes, onChange }
  })
  const { intake, dismiss, choose, add } = useIntake(taskId, (taken) => {
    onTaken(taken)
    const now = latest.current
    now.onChange([...new Set([...now.hashes, ...taken.map((m) => m.sha256)])])
  })
  const canAdd = !isReadOnly && intake.job === null
  const shown = all.filter((m) => hashes.includes(m.sha256) && m.discardedAt === null)
  const opened = shown.find((m) => m.sha256 === open)
  const drop = (files: File[]) => {
    if (files.length > 0 && canAdd) void add([], files, 'drop')
  }
  return (
    <DropZone label={t('meetingPhotos', { name })} isEnabled={canAdd} onFiles={drop}>
      <div className="strip-head">
        <h3>{t('photos')}</h3>
        {isReadOnly ? null : (
          <>
            <Button icon={<PictureOutlined />} disabled={!canAdd} onClick={() => void choose([])}>
              {t(isImportAllowed ? 'addPhotos' : 'addFiles')}
            </Button>
            <CameraButton
              what={name}
              isDisabled={!canAdd}
              isPrimary={!isImportAllowed}
              report={<IntakeReport intake={intake} onDismiss={dismiss} />}
              onShot={async (file) => (await add([], [file], 'camera')) > 0}
            />
            <span className="quiet">{t('photosHint')}</span>
          </>
        )}
      </div>
      {isReadOnly ? null : <ImportNote isAllowed={isImportAllowed} />}
      <IntakeReport intake={intake} onDismiss={dismiss} />
      {shown.length === 0 ? null : (
        <ul className="thumbs">
          {shown.map((medium) => (
            <li key={medium.sha256}>
              <PhotoThumb
                medium={medium}
                taskId={taskId}
                label={t('openPhoto', { name: medium.caption === '' ? medium.name : medium.caption })}
                onClick={() => setOpen(medium.sha256)}
              />
            </li>
          ))}
        </ul>
      )}
      {opened === undefined ? null : (
        <MeetingPhoto
          medium={opened}
          media={media}
          isReadOnly={isReadOnly}
          onRemove={() => onChange(hashes.filter((hash) => hash !== opened.sha256))}
          onClose={() => setOpen(null)}
        />
      )}
    </DropZone>
  )
}
