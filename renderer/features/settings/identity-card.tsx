import { Button } from 'antd'
import { useState } from 'react'
import type { IdentityView } from '../../../shared/contract/views.ts'
import { useAction, useCall } from '../../queries.ts'
import { DigitsBlock } from '../../ui/digits-block.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { useFormat, useText } from '../../ui/text.ts'

export function IdentityCard() {
  const t = useText('settings')
  const me = useCall('identity.current', {})
  return (
    <section className="card stack-tight">
      <h2>{t('identity')}</h2>
      <Loaded asked={me}>{(identity) => (identity === null ? null : <Mine identity={identity} />)}</Loaded>
    </section>
  )
}

function Mine({ identity }: { identity: IdentityView }) {
  const t = useText('settings')
  const { dateTime } = useFormat()
  const request = useAction('identity.saveRequest')
  const kit = useAction('identity.saveRecoveryKit')
  const lock = useAction('identity.lock')
  const [savedTo, setSavedTo] = useState<string | null>(null)
  const save = async (action: typeof request | typeof kit) => {
    setSavedTo(null)
    const saved = await action.run({})
    if (saved.ok && saved.value) setSavedTo(saved.value.path)
  }
  return (
    <>
      <dl className="facts">
        <dt>{t('name')}</dt>
        <dd>{identity.name}</dd>
        <dt>{t('unit')}</dt>
        <dd>{identity.unit}</dd>
        <dt>{t('number')}</dt>
        <dd>{identity.number || '—'}</dd>
        <dt>{t('createdAt')}</dt>
        <dd>{dateTime(identity.createdAt)}</dd>
      </dl>
      <h3>{t('digits')}</h3>
      <DigitsBlock digits={identity.digits} label={t('digits')} />
      <div className="row">
        <Button loading={request.isBusy} onClick={() => void save(request)}>
          {t('saveRequest')}
        </Button>
        <Button loading={kit.isBusy} onClick={() => void save(kit)}>
          {t('saveKit')}
        </Button>
        <Button onClick={() => void lock.run({})}>{t('lock')}</Button>
      </div>
      <p className="quiet">{t('kitHint')}</p>
      {savedTo ? <p role="status">{t('savedTo', { path: savedTo })}</p> : null}
      <FailureNote failure={request.failure ?? kit.failure} />
    </>
  )
}
