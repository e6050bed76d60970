import type { SheetView, TaskStanding } from '../../../../shared/contract/views.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { Background } from './background.tsx'
import { DeclarationCard } from './declaration-card.tsx'
import { FactsCard } from './facts-card.tsx'
import { GateCard } from './gate-card.tsx'
import { MeetingsCard } from './meetings-card.tsx'
import { NextStep } from './next-step.tsx'
import { ReviseButton } from './revise-button.tsx'
import { ScheduleCard } from './schedule-card.tsx'
import { StandingCard } from './standing-card.tsx'
import { TeamCard } from './team-card.tsx'

type OverviewProps = { view: SheetView; standing: TaskStanding }

/**
 * One task at a glance: what to do next, the declaration, gate questions, meetings, and all it says of the visit. What it says is the
 * task in force; what one does is one's own sheet's.
 */
export function Overview({ view, standing }: OverviewProps) {
  const t = useText('task')
  const common = useText('common')
  const say = useSay()
  const revision = useText('revision')
  const { me } = view
  const { task, template } = standing
  const isScorer = me !== null && me.role !== 'observer' && standing.fate !== 'removed'
  return (
    <>
      <PageHeader
        title={task.enterprise.name}
        subtitle={
          <>
            {t('overviewSubtitle', { number: task.number, visit: t(`visit_${task.visitType}`) })} ·{' '}
            {say(template.title)} {task.sample ? <span className="chip chip-middling">{common('sample')}</span> : null}{' '}
            {task.revision > 1 ? <span className="chip">{revision('inForce', { n: task.revision })}</span> : null}
          </>
        }
        actions={<ReviseButton standing={standing} />}
      />
      <div className="stack">
        <StandingCard standing={standing} view={view} />
        {isScorer && view.declaration === null ? <DeclarationCard view={view} /> : null}
        {isScorer && view.declaration !== null ? (
          <NextStep view={view} me={me} isBehind={standing.fate === 'move' || standing.fate === 'sealAgain'} />
        ) : null}
        {me?.role === 'observer' ? <p className="soft">{t('observerWork')}</p> : null}
        {view.declaration === null ? null : (
          <>
            <GateCard view={view} />
            <MeetingsCard view={view} />
          </>
        )}
        <div className="columns">
          <FactsCard task={task} />
          <ScheduleCard task={task} />
        </div>
        <TeamCard standing={standing} />
        <Background task={task} template={template} />
        {view.declaration === null ? null : <DeclarationCard view={view} />}
      </div>
    </>
  )
}
