import { Alert, Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import type { TeamView } from '../../../shared/contract/views.ts'
import { useCall } from '../../queries.ts'
import { taskPath, useTaskId } from '../../route.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { ClosePart } from './close-part.tsx'
import { ConclusionPart } from './conclusion-part.tsx'
import { ItemPage } from './item-page.tsx'
import { MatrixPart } from './matrix-part.tsx'
import { RegisterPart } from './register-part.tsx'
import { SheetsPart } from './sheets-part.tsx'
import { TextPart } from './text-part.tsx'
import { Uncounted } from './uncounted.tsx'
import { TeamProvider, useTeam, type Team } from './use-team.tsx'
import './team.css'

const PARTS = ['sheets', 'matrix', 'conclusion', 'register', 'texts', 'close'] as const
type Part = (typeof PARTS)[number]

/** The lead's desk: sheets in, differences settled, conclusion, words, confirmation, issue. */
export function TeamScreen() {
  const t = useText('team')
  const taskId = useTaskId()
  const asked = useCall('team.open', { taskId })
  if (asked.failure?.code === 'notPermitted') {
    return (
      <EmptyState title={t('leadOnly')}>
        <p>{t('leadOnlyHint')}</p>
      </EmptyState>
    )
  }
  return <Loaded asked={asked}>{(view) => <Desk view={view} />}</Loaded>
}

function Desk({ view }: { view: TeamView }) {
  const t = useText('team')
  const { taskId } = view.task
  if (view.state === 'ownSheetFirst' || view.outcome === null) {
    return (
      <>
        <EmptyState
          title={t('ownSheetFirst')}
          actions={
            <Link to={taskPath(taskId, 'seal')}>
              <Button type="primary">{t('toSeal')}</Button>
            </Link>
          }
        >
          <p>{t('ownSheetFirstHint')}</p>
        </EmptyState>
        <Uncounted task={view.task} uncounted={view.uncounted} />
      </>
    )
  }
  return (
    <TeamProvider value={{ ...view, outcome: view.outcome }}>
      <Parts />
    </TeamProvider>
  )
}

function Parts() {
  const t = useText('team')
  const team = useTeam()
  const [params, setParams] = useSearchParams()
  const part = PARTS.find((one) => one === params.get('part')) ?? 'sheets'
  const item = part === 'matrix' ? params.get('item') : null
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        subtitle={t(
          `state_${team.state === 'closed' ? 'closed' : team.outcome.merge.status === 'closed' ? 'settled' : 'open'}`,
        )}
      />
      <div className="stack">
        {team.state === 'closed' ? <Alert type="info" showIcon title={t('closedNote')} /> : null}
        {team.changeNote === '' || team.state === 'closed' ? null : (
          <Alert type="info" showIcon title={t('reopenedNote', { note: team.changeNote })} />
        )}
        <nav aria-label={t('parts')}>
          <ul className="team-parts">
            {PARTS.map((one) => (
              <li key={one}>
                <button
                  type="button"
                  aria-current={one === part ? 'page' : undefined}
                  onClick={() => setParams({ part: one })}
                >
                  {t(`part_${one}`)}
                  {countOf(one, team) > 0 ? <span className="fold-count">{countOf(one, team)}</span> : null}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        {item === null ? <PartBody part={part} /> : <ItemPage key={item} itemId={item} />}
      </div>
    </div>
  )
}

/** What is left to do in a part. */
function countOf(part: Part, team: Team): number {
  if (part === 'sheets') return team.outcome.missingMembers.length
  if (part === 'matrix') return team.outcome.discussion.filter((entry) => entry.open).length
  return part === 'register' ? team.inputs.nonconformities.length : 0
}

function PartBody({ part }: { part: Part }) {
  if (part === 'sheets') return <SheetsPart />
  if (part === 'matrix') return <MatrixPart />
  if (part === 'conclusion') return <ConclusionPart />
  if (part === 'register') return <RegisterPart />
  return part === 'texts' ? <TextPart /> : <ClosePart />
}
