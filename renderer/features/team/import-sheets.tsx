import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { PackagePreview } from '../../../shared/contract/views.ts'
import { VERDICT_TEXT } from '../../../shared/package/verdict.ts'
import { checkCodeOf } from '../../../shared/report/model.ts'
import { useAction } from '../../queries.ts'
import { Busy, useJob } from '../../ui/busy.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useSay, useText } from '../../ui/text.ts'

/** Opens packages chosen by the lead; nothing is taken in before the preview is accepted. */
export function ImportSheets({ onDone }: { onDone: () => void }) {
  const t = useText('team')
  const open = useAction('package.open')
  const { job, track } = useJob()
  const [previews, setPreviews] = useState<PackagePreview[]>([])
  const hasStarted = useRef(false)
  const start = async () => {
    const done = await track((id) => open.run({ job: id }))
    if (done.ok && done.value !== null && done.value.length > 0) setPreviews(done.value)
    else if (done.ok) onDone()
  }
  useEffect(() => {
    if (hasStarted.current) return
    hasStarted.current = true
    void start()
  })
  return (
    <section className="card stack-tight" aria-label={t('import')}>
      <Busy job={job} label={t('verifying')} />
      <FailureNote failure={open.failure} onRetry={() => void start()} />
      {previews.map((preview) => (
        <Preview
          key={preview.token}
          preview={preview}
          onSettled={() => setPreviews((all) => all.filter((p) => p.token !== preview.token))}
        />
      ))}
      {previews.length === 0 && job === null ? (
        <div className="row">
          <Button onClick={() => void start()}>{t('importMore')}</Button>
          <Button type="text" onClick={onDone}>
            {t('done')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

function Preview({ preview, onSettled }: { preview: PackagePreview; onSettled: () => void }) {
  const t = useText('team')
  const say = useSay()
  const client = useQueryClient()
  const accept = useAction('package.accept', { refresh: ['task.list', 'package.list'] })
  const dismiss = useAction('package.dismiss')
  const { about, verdict, token } = preview
  const take = async () => {
    const done = await accept.run({ token })
    if (!done.ok) return
    await client.invalidateQueries({ queryKey: ['team.open'] })
    onSettled()
  }
  return (
    <article className="team-preview">
      <p className="row">
        <Mark shape={verdict === 'ok' ? 'full' : 'alert'} tone={verdict === 'ok' ? 'good' : 'serious'} />
        <strong>
          {about === null ? preview.fileName : t('previewOf', { name: about.author.name, n: about.revision })}
        </strong>
        <span className="quiet">{preview.fileName}</span>
      </p>
      <p>{say(VERDICT_TEXT[verdict])}</p>
      {about === null ? null : (
        <p className="quiet">
          {about.enterprise} · {about.taskNumber} · {checkCodeOf(about.digest)}
        </p>
      )}
      {preview.problems.length === 0 ? null : (
        <ul>
          {preview.problems.slice(0, 20).map((problem, index) => (
            <li key={index} className="mono">
              {problem.path}: {problem.message === '' ? problem.code : problem.message}
            </li>
          ))}
        </ul>
      )}
      <FailureNote failure={accept.failure} />
      <div className="row">
        <Button type="primary" disabled={verdict !== 'ok'} loading={accept.isBusy} onClick={() => void take()}>
          {t('accept')}
        </Button>
        <Button
          onClick={() => {
            void dismiss.run({ token })
            onSettled()
          }}
        >
          {t('dismiss')}
        </Button>
      </div>
    </article>
  )
}
