import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAction } from '../../queries.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useText } from '../../ui/text.ts'
import { Practise } from './practise.tsx'

/** No task yet: what an expert does first, what a lead does first, and a way to practise. */
export function WaysToBegin() {
  const t = useText('home')
  const navigate = useNavigate()
  const request = useAction('identity.saveRequest')
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
        <Way title={t('asExpert')} steps={[t('asExpert1'), t('asExpert2'), t('asExpert3')]}>
          <Button type="primary" loading={request.isBusy} onClick={() => void saveRequest()}>
            {t('saveRequest')}
          </Button>
          <Button onClick={() => void navigate('/project', { state: { begin: 'join' } })}>{t('join')}</Button>
          <Button onClick={() => void navigate('/exchange', { state: { begin: 'import' } })}>{t('importFile')}</Button>
          {savedTo ? <p role="status">{t('requestSaved', { path: savedTo })}</p> : null}
          <FailureNote failure={request.failure} />
        </Way>
        <Way title={t('asLead')} steps={[t('asLead1'), t('asLead2'), t('asLead3')]}>
          <Button type="primary" onClick={() => void navigate('/project', { state: { begin: 'found' } })}>
            {t('found')}
          </Button>
        </Way>
      </div>
      <Practise />
    </div>
  )
}

function Way({ title, steps, children }: { title: string; steps: string[]; children: React.ReactNode }) {
  return (
    <section className="card way">
      <h2>{title}</h2>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className="row">{children}</div>
    </section>
  )
}
