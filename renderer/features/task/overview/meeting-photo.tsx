import { Button, Checkbox } from 'antd'
import type { MediaView } from '../../../../shared/contract/views.ts'
import { call } from '../../../bridge.ts'
import { useAttempt } from '../../../queries.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { LargePhoto } from '../../../ui/photo-thumb.tsx'
import { SavingText } from '../../../ui/saving-text.tsx'
import { useText } from '../../../ui/text.ts'
import type { MeetingMedia } from './meeting-photos.tsx'

type MeetingPhotoProps = {
  medium: MediaView
  media: MeetingMedia
  isReadOnly: boolean
  onRemove: () => void
  onClose: () => void
}

/** One photo of a meeting, large: its caption, whether the report shows it, and taking it out. */
export function MeetingPhoto({ medium, media, isReadOnly, onRemove, onClose }: MeetingPhotoProps) {
  const t = useText('task')
  const common = useText('common')
  const { failure, attempt } = useAttempt()
  const { taskId, onTaken } = media
  const { sha256, items } = medium
  const save = async (said: Partial<Pick<MediaView, 'caption' | 'inReport'>>) => {
    const { caption, inReport } = { ...medium, ...said }
    onTaken([await call('evidence.update', { taskId, sha256, items, caption, inReport })])
    return { savedAt: new Date().toISOString() }
  }
  /** A photo that stands nowhere else is put aside with it; it can be taken back from the tray for a while. */
  const remove = () =>
    attempt(async () => {
      if (items.length === 0) onTaken([await call('evidence.discard', { taskId, sha256, discarded: true })])
      onRemove()
      onClose()
    })
  return (
    <Dialog
      isOpen
      size="wide"
      title={medium.name}
      onClose={onClose}
      footer={
        <>
          {isReadOnly ? null : <Button onClick={() => void remove()}>{t('removePhoto')}</Button>}
          <Button type="primary" onClick={onClose}>
            {common('close')}
          </Button>
        </>
      }
    >
      <LargePhoto medium={medium} taskId={taskId} />
      <SavingText
        label={t('caption')}
        value={medium.caption}
        rows={1}
        isDisabled={isReadOnly}
        onSave={(caption) => save({ caption })}
      />
      <Checkbox
        checked={medium.inReport}
        disabled={isReadOnly}
        onChange={(event) => void attempt(() => save({ inReport: event.target.checked }))}
      >
        {t('inReport')}
      </Checkbox>
      <FailureNote failure={failure} />
    </Dialog>
  )
}
