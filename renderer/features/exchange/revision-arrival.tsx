import type { PackagePreview } from '../../../shared/contract/views.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { TaskChanges } from '../../parts/task-changes.tsx'
import { useText } from '../../ui/text.ts'

/** What a revision of a task held here changes, and what becomes of one's own sheet on accepting it. */
export function RevisionArrival({ about }: { about: NonNullable<PackagePreview['about']> }) {
  const t = useText('revision')
  const { revises, revision } = about
  if (revises === null) return null
  const { fromRevision, changes, fate, personId } = revises
  return (
    <section className="stack-tight" aria-label={t('arrival', { from: fromRevision, to: revision })}>
      <p>
        <strong>{t('arrival', { from: fromRevision, to: revision })}</strong>
      </p>
      <TaskChanges changes={changes} personId={personId} />
      <p>{t(`arrival_${fate}`)}</p>
    </section>
  )
}

const HINTS = {
  revisionMissing: 'missing',
  leadRevision: 'beyondRights',
  notTheLead: 'notLead',
  taskNotHeld: 'taskNotHeld',
} as const

/** What to do about a refusal that has to do with revisions of a task; nothing for others. */
export function RevisionHints({ problems }: { problems: readonly Problem[] }) {
  const t = useText('revision')
  return problems.map(({ code, message }) => {
    const hint = HINTS[code as keyof typeof HINTS]
    return hint === undefined ? null : <p key={code}>{t(hint, { n: message })}</p>
  })
}
