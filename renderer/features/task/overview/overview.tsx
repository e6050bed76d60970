import type { SheetView } from '../../../../shared/contract/views.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { Background } from './background.tsx'
import { DeclarationCard } from './declaration-card.tsx'
import { FactsCard } from './facts-card.tsx'
import { GateCard } from './gate-card.tsx'
import { MeetingsCard } from './meetings-card.tsx'
import { NextStep } from './next-step.tsx'
import { ScheduleCard } from './schedule-card.tsx'
import { TeamCard } from './team-card.tsx'

/** One task at a glance: what to do next, the declaration, gate questions, meetings, and all it says of the visit. */
export function Overview({ view }: { view: SheetView }) {
  const t = useText('task')
  const common = useText('common')
  const say = useSay()
  const { task, template, me } = view
  const isScorer = me !== null && me.role !== 'observer'
  return (
    <>
      <PageHeader
        title={task.enterprise.name}
        subtitle={
          <>
            {t('overviewSubtitle', { number: task.number, visit: t(`visit_${task.visitType}`) })} ·{' '}
            {say(template.title)} {task.sample ? <span className="chip chip-middling">{common('sample')}</span> : null}
          </>
        }
      />
      <div className="stack">
        {isScorer && view.declaration === null ? <DeclarationCard view={view} /> : null}
        {isScorer && view.declaration !== null ? <NextStep view={view} me={me} /> : null}
        {me?.role === 'observer' ? <p className="soft">{t('observerWork')}</p> : null}
        {view.declaration === null ? null : (
          <>
            <GateCard view={view} />
            <MeetingsCard view={view} />
          </>
        )}
        <div className="columns">
          <FactsCard view={view} />
          <ScheduleCard task={task} />
        </div>
        <TeamCard view={view} />
        <Background task={task} template={template} />
        {view.declaration === null ? null : <DeclarationCard view={view} />}
      </div>
    </>
  )
}
