import { Button, Checkbox, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import type { MediaView } from '../../../shared/contract/views.ts'
import { cleanText } from '../../../shared/domain/text.ts'
import { call } from '../../bridge.ts'
import { Area } from '../../ui/area.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useAttempt } from '../../queries.ts'
import { LargePhoto } from '../../ui/photo-thumb.tsx'
import { SavedState } from '../../ui/saved-state.tsx'
import { useSaving } from '../../ui/saver.ts'
import { useFormat, useSay, useText } from '../../ui/text.ts'
import { useSheetStore } from './sheet-context.tsx'

type Changes = Pick<MediaView, 'caption' | 'items' | 'inReport'>

/** One photo or file: big view, caption, the items it belongs to, report mark, and the ways to take it out. */
export function EvidenceViewer({ medium, onClose }: { medium: MediaView; onClose: () => void }) {
  const t = useText('checklist')
  const store = useSheetStore()
  const { task } = store.view
  const { failure, attempt } = useAttempt()
  const discard = (discarded: boolean) =>
    attempt(async () => {
      store.putMedia([await call('evidence.discard', { taskId: task.taskId, sha256: medium.sha256, discarded })])
      onClose()
    })
  return (
    <Dialog
      isOpen
      size="wide"
      title={medium.name}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <div className="viewer">
        <LargePhoto medium={medium} taskId={task.taskId} />
        <div className="viewer-side">
          <MediaFields key={medium.sha256} medium={medium} />
          <FailureNote failure={failure} />
          <PhotoFacts medium={medium} />
          {store.isReadOnly ? null : (
            <div className="viewer-leave">
              {medium.discardedAt === null ? (
                <Button onClick={() => void discard(true)}>{t('discard')}</Button>
              ) : (
                <Button onClick={() => void discard(false)}>{t('takeBack')}</Button>
              )}
              <Withdraw
                onWithdraw={(reason) =>
                  attempt(async () => {
                    await call('evidence.withdraw', { taskId: task.taskId, sha256: medium.sha256, reason })
                    store.dropMedia(medium.sha256)
                    onClose()
                  })
                }
              />
            </div>
          )}
        </div>
      </div>
    </Dialog>
  )
}

function MediaFields({ medium }: { medium: MediaView }) {
  const t = useText('checklist')
  const say = useSay()
  const store = useSheetStore()
  const stored = useMemo<Changes>(
    () => ({ caption: medium.caption, items: medium.items, inReport: medium.inReport }),
    [medium.caption, medium.items, medium.inReport],
  )
  const { value, state, change, flush, compose } = useSaving(stored, async (changes) => {
    const { taskId } = store.view.task
    const caption = cleanText(changes.caption)
    store.putMedia([await call('evidence.update', { taskId, sha256: medium.sha256, ...changes, caption })])
    return { savedAt: new Date().toISOString() }
  })
  const set = (part: Partial<Changes>) => change({ ...value, ...part })
  return (
    <>
      <label className="field">
        {t('caption')}
        <Area
          value={value.caption}
          rows={2}
          disabled={store.isReadOnly}
          onChange={(e) => set({ caption: e.target.value })}
          onBlur={() => void flush()}
          onCompositionStart={() => compose(true)}
          onCompositionEnd={() => compose(false)}
        />
      </label>
      <label className="field">
        {t('belongsTo')}
        <Select
          mode="multiple"
          value={value.items}
          disabled={store.isReadOnly}
          showSearch={{ optionFilterProp: 'label' }}
          options={store.items.map((item) => ({ value: item.id, label: `${item.code} ${say(item.title)}` }))}
          onChange={(items: string[]) => set({ items })}
        />
      </label>
      <Checkbox
        checked={value.inReport}
        disabled={store.isReadOnly}
        onChange={(e) => set({ inReport: e.target.checked })}
      >
        {t('inReport')}
      </Checkbox>
      <SavedState state={state} onRetry={() => void flush()} />
    </>
  )
}

/** What the file itself says; three times are three separate claims. */
function PhotoFacts({ medium }: { medium: MediaView }) {
  const t = useText('checklist')
  const { dateTime } = useFormat()
  const rows = [
    [
      t('takenAt'),
      medium.exifAt === null ? t('notRecorded') : `${medium.exifAt.replace('T', ' ')} ${medium.exifOffset ?? ''}`,
    ],
    [t('fileAt'), medium.fileAt === null ? t('notRecorded') : dateTime(medium.fileAt)],
    [t('importedAt'), dateTime(medium.importedAt)],
    [t('road'), t(`road_${medium.road}`)],
    [t('device'), medium.device === '' ? t('notRecorded') : medium.device],
    [t('checkCode'), medium.sha256.slice(0, 12).toUpperCase()],
  ]
  return (
    <dl className="photo-facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** 企业要求撤回: two steps and a reason, because the bytes are destroyed. */
function Withdraw({ onWithdraw }: { onWithdraw: (reason: string) => Promise<void> }) {
  const t = useText('checklist')
  const [isAsking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  if (!isAsking)
    return (
      <Button danger type="text" onClick={() => setAsking(true)}>
        {t('withdraw')}
      </Button>
    )
  return (
    <div className="withdraw" role="group" aria-label={t('withdraw')}>
      <p>{t('withdrawWarning')}</p>
      <label className="field">
        {t('withdrawReason')}
        <Input value={reason} onChange={(e) => setReason(e.target.value)} />
      </label>
      <Button danger type="primary" disabled={reason.trim() === ''} onClick={() => void onWithdraw(cleanText(reason))}>
        {t('withdrawConfirm')}
      </Button>
      <Button onClick={() => setAsking(false)}>{t('cancel')}</Button>
    </div>
  )
}
