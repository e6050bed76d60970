import { useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import type { SheetView } from '../../../shared/contract/views.ts'
import { call } from '../../bridge.ts'
import { failureOf, useCall } from '../../queries.ts'
import { taskPath, useTaskId } from '../../route.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { useText } from '../../ui/text.ts'
import { Checklist } from './checklist.tsx'
import { ChecklistComing } from './checklist-layout.tsx'
import { SheetProvider } from './sheet-context.tsx'
import { SheetStore, leaveStore, openStore } from './sheet-store.ts'
import '../../ui/plain-choice.css'
import './checklist.css'
import './find.css'
import './why.css'
import './item.css'
import './evidence.css'

/** The expert's own items, scored one by one. */
export function ChecklistScreen() {
  const taskId = useTaskId()
  return <FreshChecklist key={taskId} taskId={taskId} />
}

/** The way here has just read the sheet. */
const JUST_READ_MS = 1000

/** Reads the sheet anew once, then leaves the open store alone: later readings must not overtake what is being typed. */
function FreshChecklist({ taskId }: { taskId: string }) {
  const asked = useCall('sheet.open', { taskId }, { fresh: JUST_READ_MS })
  const [first, setFirst] = useState<SheetView | null>(null)
  if (first === null && asked.data !== undefined && !asked.isFetching) setFirst(asked.data)
  if (first === null && asked.isFetching) return <ChecklistComing />
  return <Loaded asked={asked}>{(view) => <OpenChecklist view={first ?? view} />}</Loaded>
}

function OpenChecklist({ view }: { view: SheetView }) {
  const t = useText('checklist')
  const client = useQueryClient()
  const { taskId } = view.task
  const [store] = useState(() =>
    openStore(view, () => {
      const onSaved = (changed: SheetView) => client.setQueryData(['sheet.open', { taskId }], changed)
      return new SheetStore(view, calls, onSaved)
    }),
  )
  useEffect(() => {
    const onHide = () => store.flush()
    window.addEventListener('pagehide', onHide)
    return () => {
      window.removeEventListener('pagehide', onHide)
      leaveStore(store)
      void client.invalidateQueries({ queryKey: ['task.list'] })
    }
  }, [store, client])
  if (store.items.length === 0) return <EmptyState title={t('nothingAssigned')}>{t('nothingAssignedHint')}</EmptyState>
  return (
    <SheetProvider value={store}>
      <div className="checklist-page">
        <ReadOnlyNote view={view} />
        <Checklist />
      </div>
    </SheetProvider>
  )
}

function ReadOnlyNote({ view }: { view: SheetView }) {
  const t = useText('checklist')
  const { taskId } = view.task
  if (view.sheetState === 'sealed') {
    return (
      <Alert
        type="info"
        showIcon
        title={t('sealed', { revision: view.revision })}
        action={<Link to={taskPath(taskId, 'seal')}>{t('toSeal')}</Link>}
      />
    )
  }
  if (view.me?.role !== 'observer' && view.declaration === null) {
    return (
      <Alert
        type="warning"
        showIcon
        title={t('declareFirst')}
        action={<Link to={taskPath(taskId, 'overview')}>{t('toOverview')}</Link>}
      />
    )
  }
  return view.revision > 1 ? (
    <Alert type="info" showIcon title={t('revising', { revision: view.revision, reason: view.reason })} />
  ) : null
}

const calls = {
  saveAnswer: (args: Parameters<typeof call<'sheet.saveAnswer'>>[1]) => call('sheet.saveAnswer', args),
  failureOf,
  now: () => new Date().toISOString(),
}
