import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Failure } from '../../../../shared/contract/errors.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { TaskChanges } from '../../../parts/task-changes.tsx'
import { useAction } from '../../../queries.ts'
import { taskPath } from '../../../route.ts'
import { Mark } from '../../../ui/mark.tsx'
import { PassphrasePrompt } from '../../../ui/passphrase-prompt.tsx'
import { useList, useText } from '../../../ui/text.ts'
import { useEditing, useProblemText } from './editor-context.ts'
import { partOf } from './parts.ts'

type IssuePartProps = {
  draftId: string
  name: string
  /** Stores what was typed; why that failed, or null. */
  onBeforeIssue: () => Promise<Failure | null>
}

/** What is still missing, each with the way there; then issuing under the lead's signature. */
export function IssuePart({ draftId, name, onBeforeIssue }: IssuePartProps) {
  const t = useText('task')
  const list = useList()
  const text = useProblemText()
  const navigate = useNavigate()
  const revision = useText('revision')
  const { problems: all, revises, goTo } = useEditing()
  const problems = gathered(all, list)
  const to = (revises?.fromRevision ?? 0) + 1
  const issueText = revises === null ? t('issue') : revision('issue', { to })
  const issue = useAction('task.issue', {
    refresh: ['task.list', 'task.drafts', 'task.standing', 'sheet.open', 'team.open', 'package.list'],
  })
  const [isAsking, setAsking] = useState(false)
  const confirm = async (passphrase: string): Promise<Failure | null> => {
    const unstored = await onBeforeIssue()
    if (unstored !== null) return unstored
    const issued = await issue.run({ draftId, passphrase })
    if (!issued.ok) return issued.failure
    await navigate(taskPath(issued.value.taskId, 'exchange'))
    return null
  }
  return (
    <>
      <p className="soft">{revises === null ? t('issueText') : revision('issueText', { to })}</p>
      {revises === null ? null : (
        <section className="stack-tight" aria-label={revision('changesTitle', { n: revises.fromRevision })}>
          <h3>{revision('changesTitle', { n: revises.fromRevision })}</h3>
          <TaskChanges changes={revises.changes} />
        </section>
      )}
      {problems.length === 0 ? (
        <p className="row">
          <Mark shape="full" tone="good" /> {t('issueReady')}
        </p>
      ) : (
        <>
          <p className="row">
            <Mark shape="alert" tone="serious" /> {t('issueNotReady', { n: problems.length })}
          </p>
          <ul className="problem-list">
            {problems.map((problem, index) => (
              <li key={`${problem.path} ${index}`}>
                <span className="chip">{t(`part_${partOf(problem)}`)}</span>
                <span>
                  <PlaceName path={problem.path} /> {text(problem)}
                </span>
                <Button size="small" onClick={() => goTo(partOf(problem))}>
                  {t('goThere')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <div>
        <Button type="primary" size="large" disabled={problems.length > 0} onClick={() => setAsking(true)}>
          {issueText}
        </Button>
      </div>
      <PassphrasePrompt
        isOpen={isAsking}
        title={issueText}
        confirmText={issueText}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        <p>
          {revises === null
            ? t('issueAsk', { name: name || t('untitled') })
            : revision('issueAsk', { name: name || t('untitled'), to })}
        </p>
      </PassphrasePrompt>
    </>
  )
}

/** Problems of one kind in one place told as one, their details side by side. */
function gathered(problems: Problem[], list: ReturnType<typeof useList>): Problem[] {
  const groups = new Map<string, Problem>()
  for (const problem of problems) {
    const key = `${problem.path} ${problem.code}`
    const before = groups.get(key)
    groups.set(key, before === undefined ? problem : { ...before, message: list([before.message, problem.message]) })
  }
  return [...groups.values()]
}

const NAMES: Record<
  string,
  | 'enterpriseName'
  | 'uscc'
  | 'number'
  | 'reportNumber'
  | 'datesFrom'
  | 'datesTo'
  | 'periodFrom'
  | 'periodTo'
  | 'dates'
  | 'period'
  | 'siteName'
> = {
  'enterprise.name': 'enterpriseName',
  'enterprise.uscc': 'uscc',
  number: 'number',
  reportNumber: 'reportNumber',
  dates: 'dates',
  period: 'period',
  'dates.from': 'datesFrom',
  'dates.to': 'datesTo',
  'period.from': 'periodFrom',
  'period.to': 'periodTo',
}

/** The control a problem is about, by its label where it has one of its own. */
function PlaceName({ path }: { path: string }) {
  const t = useText('task')
  const name = NAMES[path]
  return name === undefined ? null : <strong>{t(name)} </strong>
}
