import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { useCall } from '../../queries.ts'
import { taskPath, useTaskId } from '../../route.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import './exchange.css'
import { ImportPanel } from './import-panel.tsx'
import { PackageCard } from './package-card.tsx'
import { Queue } from './queue.tsx'

/** Every package of one task with where it is, and the ways out and in. */
export function TaskExchangeScreen() {
  const t = useText('exchange')
  const taskId = useTaskId()
  const packages = useCall('package.list', { taskId })
  const card = useCall('task.list', {}).data?.find((one) => one.taskId === taskId)
  const navigate = useNavigate()
  const isTaskOut = (card?.taskPackage?.exportedAt ?? null) !== null
  const hint =
    card?.role === 'lead' && card.sheet === null
      ? t(isTaskOut ? 'nextAfterTask' : 'nextForTask')
      : card?.next === 'exportSheet'
        ? t('nextForSheet')
        : null
  return (
    <div className="page">
      <PageHeader title={t('taskTitle')} subtitle={t('taskSubtitle')} />
      <div className="stack">
        {hint === null ? null : (
          <div className="next-hint row">
            <p>{hint}</p>
            {card?.role === 'lead' && card.sheet === null && isTaskOut ? (
              <Button type="primary" onClick={() => void navigate(taskPath(taskId, 'overview'))}>
                {t('goOverview')}
              </Button>
            ) : null}
          </div>
        )}
        <Loaded asked={packages}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState title={t('noPackages')}>
                <p>{t('noPackagesText')}</p>
              </EmptyState>
            ) : (
              <section className="stack-tight" aria-label={t('packages')}>
                {list
                  .toSorted((a, b) => Number(a.isSuperseded) - Number(b.isSuperseded))
                  .map((one) => (
                    <PackageCard key={one.digest} item={one} projectId={card?.projectId ?? ''} />
                  ))}
              </section>
            )
          }
        </Loaded>
        <ImportPanel />
        <Queue />
      </div>
    </div>
  )
}
