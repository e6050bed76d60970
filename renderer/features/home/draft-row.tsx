import { DeleteOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { DraftCard } from '../../../shared/contract/views.ts'
import { useAction } from '../../queries.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useFormat, useText } from '../../ui/text.ts'

/** A task not yet issued. */
export function DraftRow({ draft }: { draft: DraftCard }) {
  const t = useText('home')
  const common = useText('common')
  const navigate = useNavigate()
  const { dateTime } = useFormat()
  const remove = useAction('task.removeDraft', { refresh: ['task.drafts'] })
  const [isAsking, setAsking] = useState(false)
  const name = draft.enterprise || t('draftOf')
  return (
    <div className="card draft-row">
      <div>
        <strong>{name}</strong>{' '}
        {draft.revision === null ? null : (
          <span className="chip chip-brand">{t('draftRevision', { n: draft.revision })}</span>
        )}
        <p className="quiet">
          {draft.number === '' ? '' : `${draft.number} · `}
          {t('draftAt', { time: dateTime(draft.updatedAt) })}
        </p>
      </div>
      <div className="row">
        <Button onClick={() => void navigate(`/draft/${draft.draftId}`)}>{t('continueDraft')}</Button>
        <Button
          icon={<DeleteOutlined />}
          aria-label={t('removeDraft')}
          title={t('removeDraft')}
          onClick={() => setAsking(true)}
        />
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('removeDraft')}
        confirmText={common('remove')}
        isDanger
        isBusy={remove.isBusy}
        failure={remove.failure}
        onClose={() => setAsking(false)}
        onConfirm={() => void remove.run({ draftId: draft.draftId }).then((done) => done.ok && setAsking(false))}
      >
        <p>{t('removeDraftAsk', { name })}</p>
      </ConfirmDialog>
    </div>
  )
}
