import { Alert, Button } from 'antd'
import { useMemo } from 'react'
import { Link } from 'react-router'
import type { SheetView } from '../../../shared/contract/views.ts'
import { referencedMedia } from '../../../shared/domain/sheet.ts'
import type { Member } from '../../../shared/domain/task.ts'
import { sheetProblems } from '../../../shared/scoring/demands.ts'
import { useCall } from '../../queries.ts'
import { taskPath, useTaskId } from '../../route.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { Completeness } from './completeness.tsx'
import { SealNow } from './seal-now.tsx'
import { SealedSheets } from './sealed-sheets.tsx'
import { SheetTotals } from './sheet-totals.tsx'
import { TeamOwed } from './team-owed.tsx'
import './seal.css'

/** Completeness first, then the seal; afterwards export, delivery and revisions. */
export function SealScreen() {
  const taskId = useTaskId()
  const asked = useCall('sheet.open', { taskId })
  return <Loaded asked={asked}>{(view) => <Seal view={view} />}</Loaded>
}

function Seal({ view }: { view: SheetView }) {
  const t = useText('seal')
  const { me } = view
  const standing = useCall('task.standing', { taskId: view.task.taskId })
  if (me === null || me.role === 'observer') return <EmptyState title={t('observer')} />
  const isOpen = view.sheetState === 'open'
  const isExported = view.sealed.some((s) => s.revision === view.revision && s.exportedAt !== null)
  const isBehind = isOpen && standing.data?.fate === 'move'
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        subtitle={t(isOpen ? 'subtitleOpen' : isExported ? 'subtitleExported' : 'subtitleSealed')}
      />
      <div className="stack">
        {isOpen && view.revision > 1 ? (
          <Alert type="info" showIcon title={t('revising', { n: view.revision, reason: view.reason })} />
        ) : null}
        {view.declaration === null ? (
          <Alert
            type="warning"
            showIcon
            title={t('declareFirst')}
            action={
              <Link to={taskPath(view.task.taskId, 'overview')}>
                <Button>{t('toOverview')}</Button>
              </Link>
            }
          />
        ) : null}
        {isBehind ? <Behind taskId={view.task.taskId} /> : null}
        {isOpen ? <OpenSheet view={view} me={me} isBehind={isBehind} /> : <SheetTotals view={view} me={me} />}
        {view.sealed.length === 0 ? null : <SealedSheets view={view} />}
      </div>
    </div>
  )
}

/** Under an edition that is not in force any more: the way is to move the sheet. */
function Behind({ taskId }: { taskId: string }) {
  const t = useText('revision')
  return (
    <Alert
      type="warning"
      showIcon
      title={t('sealBlocked')}
      action={
        <Link to={taskPath(taskId, 'overview')}>
          <Button>{t('toOverview')}</Button>
        </Link>
      }
    />
  )
}

function OpenSheet({ view, me, isBehind }: { view: SheetView; me: Member; isBehind: boolean }) {
  const { problems, unfiled, kept } = useMemo(() => {
    const kept = view.media.filter((medium) => medium.discardedAt === null)
    const used = new Set(referencedMedia(view))
    return {
      kept,
      problems: sheetProblems({ ...view, media: kept, member: me }),
      unfiled: kept.filter((medium) => medium.items.length === 0 && !used.has(medium.sha256)).length,
    }
  }, [view, me])
  const isReady = problems.length === 0 && unfiled === 0 && view.declaration !== null && !isBehind
  return (
    <>
      <Completeness view={view} problems={problems} unfiled={unfiled} />
      <TeamOwed view={view} media={kept} />
      <SheetTotals view={view} me={me} />
      <SealNow taskId={view.task.taskId} isReady={isReady} />
    </>
  )
}
