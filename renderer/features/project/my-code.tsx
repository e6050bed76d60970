import { Button } from 'antd'
import { useState } from 'react'
import { useAction, useCall } from '../../queries.ts'
import { DigitsBlock } from '../../ui/digits-block.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useText } from '../../ui/text.ts'

/** One's own check code, to read out, and the request a founder needs. */
export function MyCode() {
  const t = useText('project')
  const me = useCall('identity.current', {}).data
  const request = useAction('identity.saveRequest')
  const [savedTo, setSavedTo] = useState<string | null>(null)
  if (!me) return null
  const save = async () => {
    const saved = await request.run({})
    if (saved.ok && saved.value) setSavedTo(saved.value.path)
  }
  return (
    <section className="card my-code">
      <div>
        <h2>{t('myDigits')}</h2>
        <p className="soft">{t('myDigitsHint')}</p>
      </div>
      <DigitsBlock digits={me.digits} label={t('myDigits')} />
      <div>
        <Button loading={request.isBusy} onClick={() => void save()}>
          {t('saveRequest')}
        </Button>
        {savedTo ? <p role="status">{t('requestSaved', { path: savedTo })}</p> : null}
        <FailureNote failure={request.failure} />
      </div>
    </section>
  )
}
