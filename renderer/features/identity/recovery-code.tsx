import { Alert, Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useAction } from '../../queries.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useText } from '../../ui/text.ts'

/** The recovery code, shown this once; goes on only when it is said to be written down. */
export function RecoveryCode({ code, onDone }: { code: string; onDone: () => void }) {
  const t = useText('identity')
  const saveKit = useAction('identity.saveRecoveryKit')
  const [savedTo, setSavedTo] = useState<string | null>(null)
  const [isWritten, setWritten] = useState(false)
  const save = async () => {
    const saved = await saveKit.run({})
    if (saved.ok && saved.value) setSavedTo(saved.value.path)
  }
  return (
    <section className="start-form">
      <h2>{t('codeTitle')}</h2>
      <p className="soft">{t('codeText')}</p>
      <output className="recovery-code" aria-label={t('code')}>
        {code}
      </output>
      <div className="row">
        <Button onClick={() => void save()} loading={saveKit.isBusy}>
          {t('saveKit')}
        </Button>
        <span className="quiet">{t('saveKitText')}</span>
      </div>
      {savedTo ? <Alert type="success" showIcon title={t('kitSaved', { path: savedTo })} /> : null}
      <FailureNote failure={saveKit.failure} />
      <Checkbox checked={isWritten} onChange={(event) => setWritten(event.target.checked)}>
        {t('codeWritten')}
      </Checkbox>
      {isWritten && !savedTo ? <p className="quiet">{t('kitLater')}</p> : null}
      <Button type="primary" size="large" disabled={!isWritten} onClick={onDone}>
        {t('begin')}
      </Button>
    </section>
  )
}
