import { Alert, Button } from 'antd'
import { useNavigate } from 'react-router'
import type { RevisionDraft } from '../../../../shared/contract/views.ts'
import { useAction } from '../../../queries.ts'
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
  return (
    <Alert
      type="info"
      showIcon
      className="revision-note"
      title={rights === 'all' ? t('editAll', { to: from + 1 }) : t('editOnSite')}
    />
  )
}
