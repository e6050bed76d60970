import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { SheetView, TaskStanding } from '../../../../shared/contract/views.ts'
import { TaskChanges } from '../../../parts/task-changes.tsx'
import { useAction } from '../../../queries.ts'
import { taskPath } from '../../../route.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { useText } from '../../../ui/text.ts'
import { MoveDialog } from './move-dialog.tsx'

type StandingProps = { standing: TaskStanding; view: SheetView }

/** How one's own sheet stands to the task in force where that asks for something; otherwise nothing. */
export function StandingCard({ standing, view }: StandingProps) {
  switch (standing.fate) {
    case 'move':
      return <MoveCard standing={standing} />
    case 'sealAgain':
      return <SealAgainCard standing={standing} />
    case 'removed':
      return <RemovedCard standing={standing} />
    case 'stands':
      return <StandsCard standing={standing} />
    default:
      return standing.canMoveBack ? <MovedCard view={view} /> : null
  }
}

function MoveCard({ standing }: { standing: TaskStanding }) {
  const t = useText('revision')
  const [isLooking, setLooking] = useState(false)
  const { task, changes, me } = standing
  return (
    <section className="card standing stack-tight">
      <h2>
        <Mark shape="alert" tone="middling" /> {t('moveTitle')}
      </h2>
      <p>{t('moveText')}</p>
      <TaskChanges changes={changes} personId={me?.personId ?? null} />
      <div>
        <Button type="primary" size="large" onClick={() => setLooking(true)}>
          {t('look')}
        </Button>
      </div>
      {isLooking ? <MoveDialog task={task} template={standing.template} onClose={() => setLooking(false)} /> : null}
    </section>
  )
}

function MovedCard({ view }: { view: SheetView }) {
  const t = useText('revision')
  const [isAsking, setAsking] = useState(false)
  const { taskId } = view.task
  const back = useAction('sheet.moveBack', { refresh: ['sheet.open', 'task.standing', 'task.list'] })
  const confirm = async () => {
    const done = await back.run({ taskId })
    if (done.ok) setAsking(false)
  }
  return (
    <section className="card standing-quiet row">
      <Mark shape="full" tone="good" />
      <div className="standing-text">
        <strong>{t('movedTitle', { n: view.template.edition })}</strong>
        <p className="soft">{t('movedText')}</p>
      </div>
      <Button onClick={() => setAsking(true)}>{t('moveBack')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('moveBackConfirm')}
        confirmText={t('moveBackConfirm')}
        isBusy={back.isBusy}
        failure={back.failure}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        <p>{t('moveBackAsk')}</p>
      </ConfirmDialog>
    </section>
  )
}

function SealAgainCard({ standing: { task, changes, me } }: { standing: TaskStanding }) {
  const t = useText('revision')
  const navigate = useNavigate()
  return (
    <section className="card standing stack-tight">
      <h2>
        <Mark shape="alert" tone="serious" /> {t('sealAgainTitle')}
      </h2>
      <p>{t('sealAgainText')}</p>
      <TaskChanges changes={changes} personId={me?.personId ?? null} />
      <div>
        <Button type="primary" size="large" onClick={() => void navigate(taskPath(task.taskId, 'seal'))}>
          {t('goRevise')}
        </Button>
      </div>
    </section>
  )
}

function RemovedCard({ standing: { task } }: { standing: TaskStanding }) {
  const t = useText('revision')
  return (
    <section className="card standing stack-tight">
      <h2>
        <Mark shape="dash" tone="quiet" /> {t('removedTitle', { n: task.revision })}
      </h2>
      <p>{t('removedText')}</p>
    </section>
  )
}

function StandsCard({ standing: { task } }: { standing: TaskStanding }) {
  const t = useText('revision')
  return (
    <p className="card standing-quiet row">
      <Mark shape="full" tone="good" /> {t('standsText', { n: task.revision })}
    </p>
  )
}
