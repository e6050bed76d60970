import { Alert, Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import type { IdentityView } from '../../../shared/contract/views.ts'
import { useAction } from '../../queries.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Field } from '../../ui/fields.tsx'
import { useText } from '../../ui/text.ts'
import { useFirstFocus } from '../../ui/use-first-focus.ts'

type UnlockFormProps = {
  identities: IdentityView[]
  onUnlocked: (identity: IdentityView) => void
  notice: string | null
}

export function UnlockForm({ identities, onUnlocked, notice }: UnlockFormProps) {
  const t = useText('identity')
  const first = useFirstFocus()
  const common = useText('common')
  const unlock = useAction('identity.unlock')
  const [chosen, setChosen] = useState<string | null>(null)
  const keyId = chosen ?? identities[0]?.keyId ?? ''
  const [passphrase, setPassphrase] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (passphrase === '' || unlock.isBusy) return
    const done = await unlock.run({ keyId, passphrase })
    if (done.ok) onUnlocked(done.value)
  }
  return (
    <form ref={first} className="start-form" onSubmit={(event) => void submit(event)}>
      <h2>{t('unlockTitle')}</h2>
      {notice === null ? null : <Alert type="success" showIcon title={notice} />}
      <fieldset className="people">
        <legend className="only-read">{t('chooseIdentity')}</legend>
        {identities.map((one) => (
          <label key={one.keyId} className="person">
            <input type="radio" name="identity" checked={one.keyId === keyId} onChange={() => setChosen(one.keyId)} />
            <span className="person-mark" aria-hidden>
              {one.name.slice(-2)}
            </span>
            <span>
              <strong>{one.name}</strong>
              <span className="quiet">{one.unit}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field label={common('passphrase')}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="current-password"
            size="large"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        )}
      </Field>
      <FailureNote failure={unlock.failure} />
      <Button
        type="primary"
        htmlType="submit"
        size="large"
        loading={unlock.isBusy}
        disabled={passphrase === '' || keyId === ''}
      >
        {t('unlock')}
      </Button>
    </form>
  )
}
