import { EditOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useNavigate } from 'react-router'
import type { TaskStanding } from '../../../../shared/contract/views.ts'
import { useAction } from '../../../queries.ts'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { useText } from '../../../ui/text.ts'

/** Begins the next revision of the task, or goes on with it; for whoever may. */
export function ReviseButton({ standing: { task, mayRevise, revisionDraft } }: { standing: TaskStanding }) {
  const t = useText('revision')
  const navigate = useNavigate()
  const revise = useAction('task.revise', { refresh: ['task.drafts'] })
  if (mayRevise === null) return null
  const begin = async () => {
    const begun = await revise.run({ taskId: task.taskId })
    if (begun.ok) await navigate(`/draft/${begun.value.draft.draftId}`)
  }
  return (
    <>
      <Button icon={<EditOutlined />} loading={revise.isBusy} onClick={() => void begin()}>
        {revisionDraft === null ? t('revise') : t('continueRevision')}
      </Button>
      <FailureNote failure={revise.failure} />
    </>
  )
}
