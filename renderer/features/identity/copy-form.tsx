import { Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import type { RestorePreview } from '../../../shared/contract/views.ts'
import { useAction } from '../../queries.ts'
import { Busy, useJob } from '../../ui/busy.tsx'
import { DigitsBlock } from '../../ui/digits-block.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Field } from '../../ui/fields.tsx'
import { useFormat, useText } from '../../ui/text.ts'
import { useFirstFocus } from '../../ui/use-first-focus.ts'

/** Brings identity and unfinished work back from a draft copy, after showing whose and from when it is. */
export function CopyForm({ onRestored }: { onRestored: () => void }) {
  const t = useText('identity')
  const first = useFirstFocus()
  const common = useText('common')
  const open = useAction('backup.openCopy')
  const restore = useAction('backup.restore')
  const { job, track } = useJob()
  const [passphrase, setPassphrase] = useState('')
  const [preview, setPreview] = useState<RestorePreview | null>(null)
  const choose = async (event: FormEvent) => {
    event.preventDefault()
    if (passphrase === '' || job) return
    const opened = await track((id) => open.run({ passphrase, job: id }))
    if (opened.ok && opened.value) setPreview(opened.value)
  }
  const take = async (token: string) => {
    const done = await track((id) => restore.run({ token, passphrase, job: id }))
    if (done.ok) onRestored()
  }
  if (preview) {
    return (
      <section className="start-form">
        <h2>{t('copyFound')}</h2>
        <CopyFacts preview={preview} />
        <FailureNote failure={restore.failure} />
        <Busy job={job} label={t('restoring')} />
        <div className="row">
          <Button type="primary" size="large" disabled={job !== null} onClick={() => void take(preview.token)}>
            {t('restore')}
          </Button>
          <Button size="large" disabled={job !== null} onClick={() => setPreview(null)}>
            {t('otherFile')}
          </Button>
        </div>
      </section>
    )
  }
  return (
    <form ref={first} className="start-form" onSubmit={(event) => void choose(event)}>
      <h2>{t('copyTitle')}</h2>
      <p className="soft">{t('copyText')}</p>
      <Field label={common('passphrase')} isRequired>
        {(control) => (
          <Input.Password {...control} value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />
        )}
      </Field>
      <FailureNote failure={open.failure} />
      <Busy job={job} label={t('reading')} />
      <Button type="primary" htmlType="submit" size="large" disabled={passphrase === '' || job !== null}>
        {t('chooseCopy')}
      </Button>
    </form>
  )
}

function CopyFacts({ preview }: { preview: RestorePreview }) {
  const t = useText('identity')
  const { dateTime } = useFormat()
  return (
    <>
      <dl className="facts">
        <dt>{t('name')}</dt>
        <dd>{preview.name}</dd>
        <dt>{t('unit')}</dt>
        <dd>{preview.unit}</dd>
        <dt>{t('copyAt')}</dt>
        <dd>{dateTime(preview.at)}</dd>
        <dt>{t('copyMedia')}</dt>
        <dd>{t('copyMediaCount', { n: preview.hasMedia })}</dd>
      </dl>
      <DigitsBlock digits={preview.digits} label={t('digits')} />
    </>
  )
}
