import { useCall } from '../../queries.ts'
import { useTaskId } from '../../route.ts'
import { Loaded } from '../../ui/loading.tsx'
import { Overview } from './overview/overview.tsx'
import './overview/overview.css'

export function OverviewScreen() {
  const taskId = useTaskId()
  const sheet = useCall('sheet.open', { taskId })
  const standing = useCall('task.standing', { taskId })
  return (
    <div className="page">
      <Loaded asked={sheet}>
        {(view) => <Loaded asked={standing}>{(stands) => <Overview view={view} standing={stands} />}</Loaded>}
      </Loaded>
    </div>
  )
}
