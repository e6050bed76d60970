import { Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import type { CentreView, ProjectView } from '../../../shared/contract/views.ts'
import { useAction } from '../../queries.ts'
import { DigitsBlock } from '../../ui/digits-block.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Field } from '../../ui/fields.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useText } from '../../ui/text.ts'

const CLOCK_LIMIT_MS = 120_000

/** Where packages of the project are sent when there is a network. */
export function CentreForm({ project }: { project: ProjectView }) {
  const t = useText('project')
  const setCentre = useAction('project.setCentre', { refresh: ['project.list'] })
  const [url, setUrl] = useState(project.centreUrl ?? '')
  const [isWrong, setWrong] = useState(false)
  const [centre, setView] = useState<CentreView | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isBad = url.trim() !== '' && !/^https?:\/\/\S+$/.test(url.trim())
    setWrong(isBad)
    if (isBad) return
    const done = await setCentre.run({ projectId: project.projectId, url: url.trim() })
    setView(done.ok ? done.value : null)
  }
  const offset = Math.abs(centre?.clockOffsetMs ?? 0)
  return (
    <form className="centre-form" onSubmit={(event) => void submit(event)}>
      <h3>{t('centre')}</h3>
      <p className="soft">{t('centreText')}</p>
      <div className="centre-line">
        <Field label={t('centreUrl')} hint={t('centreUrlHint')} error={isWrong ? t('centreUrlBad') : undefined}>
          {(control) => (
            <Input
              {...control}
              value={url}
              inputMode="url"
              spellCheck={false}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <Button htmlType="submit" loading={setCentre.isBusy}>
          {t('centreSave')}
        </Button>
      </div>
      {setCentre.failure?.code === 'offline' ? (
        <p className="field-error" role="alert">
          {t('centreOffline')}
        </p>
      ) : (
        <FailureNote failure={setCentre.failure} />
      )}
      {centre ? (
        <div role="status">
          <p>
            <Mark shape="full" tone="good" /> {t('centreSaved')}
          </p>
          {offset > CLOCK_LIMIT_MS ? (
            <p className="field-error">{t('centreClock', { n: Math.round(offset / 60_000) })}</p>
          ) : null}
          <DigitsBlock digits={centre.digits} label={t('centreDigits')} />
        </div>
      ) : null}
    </form>
  )
}
