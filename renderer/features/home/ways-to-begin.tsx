import { CheckCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAction, useCall } from '../../queries.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useText } from '../../ui/text.ts'
import { mayMakeTasks } from './may-make-tasks.ts'
import { Practise } from './practise.tsx'

/** No task yet: what an expert does first, what a lead does first, and a way to practise. */
export function WaysToBegin({ onNewTask }: { onNewTask: () => void }) {
  const t = useText('home')
  const navigate = useNavigate()
  const request = useAction('identity.saveRequest')
  const projects = useCall('project.list', {}).data ?? []
  const hasJoined = projects.some((one) => one.me !== null)
  const mayMake = projects.some((one) => mayMakeTasks(one))
  const [savedTo, setSavedTo] = useState<string | null>(null)
  const saveRequest = async () => {
    const saved = await request.run({})
    if (saved.ok && saved.value) setSavedTo(saved.value.path)
  }
  return (
    <div className="stack">
      <p className="soft">
        <strong>{t('emptyTitle')}</strong>　{t('emptyText')}
      </p>
      <div className="columns">
        <Way title={t('asExpert')} steps={[t('asExpert1'), t('asExpert2'), t('asExpert3')]} done={hasJoined ? 2 : 0}>
          <Button type={hasJoined ? 'default' : 'primary'} loading={request.isBusy} onClick={() => void saveRequest()}>
            {t('saveRequest')}
          </Button>
          <Button onClick={() => void navigate('/project', { state: { begin: 'join' } })}>{t('join')}</Button>
          <Button
            type={hasJoined && !mayMake ? 'primary' : 'default'}
            onClick={() => void navigate('/exchange', { state: { begin: 'import' } })}
          >
            {t('importFile')}
          </Button>
          {savedTo ? <p role="status">{t('requestSaved', { path: savedTo })}</p> : null}
          <FailureNote failure={request.failure} />
        </Way>
        <Way title={t('asLead')} steps={[t('asLead1'), t('asLead2'), t('asLead3')]} done={mayMake ? 1 : 0}>
          {mayMake ? (
            <Button type="primary" onClick={onNewTask}>
              {t('newTask')}
            </Button>
          ) : null}
          <Button
            type={mayMake ? 'default' : 'primary'}
            onClick={() => void navigate('/project', { state: { begin: 'found' } })}
          >
            {t('found')}
          </Button>
        </Way>
      </div>
      <Practise />
    </div>
  )
}

type WayProps = {
  title: string
  steps: string[]
  /** How many of the steps are behind. */
  done: number
  children: React.ReactNode
}

function Way({ title, steps, done, children }: WayProps) {
  const t = useText('home')
  return (
    <section className="card way">
      <h2>{title}</h2>
      <ol className="steps">
        {steps.map((step, n) => (
          <li key={step}>
            {step} {n < done ? <CheckCircleFilled className="step-done" role="img" aria-label={t('stepDone')} /> : null}
          </li>
        ))}
      </ol>
      <div className="row">{children}</div>
    </section>
  )
}
