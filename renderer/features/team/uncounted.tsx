import type { TeamView } from '../../../shared/contract/views.ts'
import { Mark } from '../../ui/mark.tsx'
import { useText } from '../../ui/text.ts'

/** Sheets that are here and do not count, why, and what to ask their experts for. */
export function Uncounted({ task, uncounted }: Pick<TeamView, 'task' | 'uncounted'>) {
  const t = useText('revision')
  if (uncounted.length === 0) return null
  const title = t('uncountedTitle', { n: uncounted.length })
  return (
    <section className="card stack-tight" aria-label={title}>
      <h3>{title}</h3>
      <ul className="stack-tight">
        {uncounted.map(({ digest, name, revision, taskRevision, why }) => (
          <li key={digest}>
            <p className="row">
              <Mark shape={why === 'notInTeam' ? 'dash' : 'alert'} tone={why === 'notInTeam' ? 'quiet' : 'serious'} />
              <strong>{t('uncountedSheet', { name, revision, task: taskRevision })}</strong>
            </p>
            <p className="soft">{t(`uncounted_${why}`, { now: task.revision })}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
