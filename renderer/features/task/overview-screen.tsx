import { useCall } from '../../queries.ts'
import { useTaskId } from '../../route.ts'
import { Loaded } from '../../ui/loading.tsx'
import { Overview } from './overview/overview.tsx'
import './overview/overview.css'

export function OverviewScreen() {
  const taskId = useTaskId()
  const sheet = useCall('sheet.open', { taskId })
  return (
    <div className="page">
      <Loaded asked={sheet}>{(view) => <Overview view={view} />}</Loaded>
    </div>
  )
}
