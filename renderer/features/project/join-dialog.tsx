import { Checkbox } from 'antd'
import { useState } from 'react'
import type { InvitationPreview } from '../../../shared/contract/views.ts'
import { useAction } from '../../queries.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DigitsBlock } from '../../ui/digits-block.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useText } from '../../ui/text.ts'

/** Joins a project once its check code was compared; an update of a joined project needs no comparison. */
export function JoinDialog({ invitation, onClose }: { invitation: InvitationPreview; onClose: () => void }) {
  const t = useText('project')
  const join = useAction('project.join', { refresh: ['project.list', 'task.list'] })
  const [isCompared, setCompared] = useState(false)
  const { isUpdate } = invitation
  const me = invitation.me?.isRevoked ? null : invitation.me
  const confirm = async () => {
    const joined = await join.run({ token: invitation.token, digitsCompared: true })
    if (joined.ok) onClose()
  }
  return (
    <ConfirmDialog
      isOpen
      title={isUpdate ? t('updateTitle') : t('joinTitle')}
      confirmText={isUpdate ? t('updateConfirm') : t('joinConfirm')}
      isReady={isUpdate || isCompared}
      isBusy={join.isBusy}
      failure={join.failure}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <h3>{invitation.projectName}</h3>
      <p className="row">
        <Mark shape={me ? 'full' : 'alert'} tone={me ? 'good' : 'middling'} />
        <span>
          {me ? t('meListed', { role: t(`role_${me.role}`) }) : invitation.me ? t('withdrawn') : t('notListed')}
        </span>
      </p>
      <p className="quiet">
        {t('rosterSeq', { n: invitation.rosterSeq })} · {t('peopleCount', { n: invitation.members.length })}
      </p>
      <p className="soft">{isUpdate ? t('updateText', { n: invitation.rosterSeq }) : t('joinText')}</p>
      <DigitsBlock digits={invitation.rootDigits} label={t('rootDigits')} />
      {isUpdate ? null : (
        <Checkbox checked={isCompared} onChange={(event) => setCompared(event.target.checked)}>
          {t('joinCompared')}
        </Checkbox>
      )}
    </ConfirmDialog>
  )
}
