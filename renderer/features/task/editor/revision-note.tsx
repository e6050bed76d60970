import { Alert, Button } from 'antd'
import { useNavigate } from 'react-router'
import type { RevisionDraft } from '../../../../shared/contract/views.ts'
import { useAction, useCall } from '../../../queries.ts'
import { useText } from '../../../ui/text.ts'
import { useEditing } from './editor-context.ts'

export function Revising({ from }: { from: number }) {
  const t = useText('revision')
  return <>{t('editTitle', { from, to: from + 1 })}</>
}

/** What may be changed in a revision, and whether it is still one of the task as it is. */
export function RevisionNote({ revises }: { revises: RevisionDraft | null }) {
  const t = useText('revision')
  const navigate = useNavigate()
  const { problems } = useEditing()
  const tasks = useCall('task.list', {})
  const again = useAction('task.revise', { refresh: ['task.drafts'] })
  if (revises === null) return null
  const { taskId, fromRevision: from, rights } = revises
  const meanwhile = problems.find((problem) => problem.code === 'revisedMeanwhile')
  if (meanwhile !== undefined) {
    const begin = async () => {
      const begun = await again.run({ taskId })
      if (begun.ok) await navigate(`/draft/${begun.value.draft.draftId}`, { replace: true })
    }
    return (
      <Alert
        type="warning"
        showIcon
        className="revision-note"
        title={t('begunFrom', { from, now: meanwhile.message })}
        action={
          <Button loading={again.isBusy} onClick={() => void begin()}>
            {t('beginAgain', { now: meanwhile.message })}
          </Button>
        }
      />
    )
  }
  const isIssued = tasks.data?.some((task) => task.taskId === taskId && task.result !== null) ?? false
  return (
    <Alert
      type={isIssued ? 'warning' : 'info'}
      showIcon
      className="revision-note"
      {...(isIssued ? { description: t('editIssued') } : {})}
      title={rights === 'all' ? t('editAll', { to: from + 1 }) : t('editOnSite')}
    />
  )
}
