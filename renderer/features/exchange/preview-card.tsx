import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { PackagePreview } from '../../../shared/contract/views.ts'
import { VERDICT_TEXT } from '../../../shared/package/verdict.ts'
import { useAction } from '../../queries.ts'
import { taskPath } from '../../route.ts'
import { DigitsBlock } from '../../ui/digits-block.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useFormat, useSay, useText } from '../../ui/text.ts'
import { RevisionArrival, RevisionHints } from './revision-arrival.tsx'

type PreviewCardProps = { preview: PackagePreview; onLeave: () => void }
type Accepted = { kind: 'task' | 'sheet' | 'result'; taskId: string }

const ACCEPTED = { task: 'acceptedTask', sheet: 'acceptedSheet', result: 'acceptedResult' } as const

/** One verified file: the verdict in words and what to do, who and what it is, and taking it in or leaving it. */
export function PreviewCard({ preview, onLeave }: PreviewCardProps) {
  const t = useText('exchange')
  const say = useSay()
  const navigate = useNavigate()
  const { size } = useFormat()
  const accept = useAction('package.accept', {
    refresh: ['task.list', 'package.list', 'sheet.open', 'team.open', 'task.standing'],
  })
  const dismiss = useAction('package.dismiss')
  const [accepted, setAccepted] = useState<Accepted | null>(null)
  const { verdict, about, problems, token } = preview
  const isGood = verdict === 'ok'
  const isKnown = verdict === 'duplicate' || verdict === 'older'
  const take = async () => {
    const done = await accept.run({ token })
    if (done.ok) setAccepted(done.value)
  }
  const leave = () => void dismiss.run({ token }).then(onLeave)
  if (accepted) {
    const isTask = accepted.kind === 'task'
    return (
      <article className="preview preview-good row" role="status">
        <Mark shape="full" tone="good" />
        <strong>{about?.enterprise}</strong> {t(ACCEPTED[accepted.kind])}
        <span className="preview-actions">
          <Button type="primary" onClick={() => void navigate(taskPath(accepted.taskId, isTask ? 'overview' : 'team'))}>
            {isTask ? t('openTask') : t('openTeam')}
          </Button>
          <Button onClick={onLeave}>{t('closeCard')}</Button>
        </span>
      </article>
    )
  }
  return (
    <article className={`preview preview-${isGood ? 'good' : isKnown ? 'known' : 'bad'}`} aria-label={preview.fileName}>
      <div className="preview-head">
        <Mark
          shape={isGood ? 'full' : isKnown ? 'dash' : 'stop'}
          tone={isGood ? 'good' : isKnown ? 'quiet' : 'serious'}
        />
        <div>
          <h3>
            {about ? `${t(`kind_${about.kind}`)} · ${about.enterprise}` : preview.fileName}
            <span className={`chip ${isGood ? 'chip-good' : isKnown ? '' : 'chip-serious'}`}>
              {isGood ? t('canAccept') : isKnown ? t('already') : t('cannotAccept')}
            </span>
          </h3>
          <p>{say(VERDICT_TEXT[verdict])}</p>
          <p className="quiet">
            {preview.fileName} · {size(preview.size)}
          </p>
        </div>
      </div>
      {about ? <About about={about} /> : <p className="soft">{t('unreadable')}</p>}
      {isGood && about ? <RevisionArrival about={about} /> : null}
      <RevisionHints problems={problems} />
      {problems.length === 0 ? null : (
        <details>
          <summary>{t('details')}</summary>
          <ul className="problem-lines">
            {problems.map((problem, index) => (
              <li key={index}>
                {t('problemLine', { path: problem.path || '—', message: problem.message || problem.code })}
              </li>
            ))}
          </ul>
        </details>
      )}
      <FailureNote failure={accept.failure} />
      <div className="row">
        {isGood ? (
          <Button type="primary" loading={accept.isBusy} onClick={() => void take()}>
            {t('accept')}
          </Button>
        ) : null}
        <Button disabled={accept.isBusy} onClick={leave}>
          {isGood ? t('dismiss') : t('closeCard')}
        </Button>
      </div>
    </article>
  )
}

function About({ about }: { about: NonNullable<PackagePreview['about']> }) {
  const t = useText('exchange')
  const say = useSay()
  const { dateTime } = useFormat()
  const { counts } = about
  return (
    <div className="preview-about">
      <dl className="facts">
        <dt>{t('project')}</dt>
        <dd>{about.projectName}</dd>
        <dt>{t('number')}</dt>
        <dd>{about.taskNumber}</dd>
        <dt>{t('template')}</dt>
        <dd>{say(about.templateTitle)}</dd>
        <dt>{t('revision')}</dt>
        <dd>{t('revisionN', { n: about.revision })}</dd>
        <dt>{t('createdAt')}</dt>
        <dd>{dateTime(about.createdAt)}</dd>
        {about.kind === 'task' ? null : (
          <>
            <dt>{t('contents')}</dt>
            <dd>
              {t('counts', {
                answered: counts.answered,
                items: counts.items,
                photos: counts.photos,
                ncs: counts.nonconformities,
              })}
            </dd>
          </>
        )}
        <dt>{t('from')}</dt>
        <dd>{about.author.name}</dd>
      </dl>
      <details>
        <summary>{t('fromDigits')}</summary>
        <DigitsBlock digits={about.author.digits} label={t('fromDigits')} />
      </details>
    </div>
  )
}
