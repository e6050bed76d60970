import { Button, Progress } from 'antd'
import { useNavigate } from 'react-router'
import type { SheetView } from '../../../../shared/contract/views.ts'
import { assignedItems, type Member } from '../../../../shared/domain/task.ts'
import { useCall } from '../../../queries.ts'
import { taskPath, type TaskScreen } from '../../../route.ts'
import { useText } from '../../../ui/text.ts'

type NextStepProps = { view: SheetView; me: Member; isBehind: boolean }

/** My share of the work, how far it is, and the step that follows; a sheet behind its task is neither sealed nor handed on. */
export function NextStep({ view, me, isBehind }: NextStepProps) {
  const t = useText('task')
  const navigate = useNavigate()
  const card = useCall('task.list', {}).data?.find((one) => one.taskId === view.task.taskId)
  const items = assignedItems(me, view.template)
  const mine = new Set(items.map((item) => item.id))
  const done = view.answers.filter((answer) => mine.has(answer.item)).length
  const left = items.length - done
  const step: { text: string; go: string; screen: TaskScreen } =
    view.sheetState === 'sealed'
      ? me.role === 'lead'
        ? card?.result
          ? { text: t('nextIssued'), go: t('goReport'), screen: 'report' }
          : { text: t('nextCollect'), go: t('goTeam'), screen: 'team' }
        : { text: card?.sheet?.exportedAt ? t('nextHanded') : t('nextSealed'), go: t('goExport'), screen: 'exchange' }
      : left > 0
        ? { text: t('nextScore', { n: left }), go: t('goChecklist'), screen: 'checklist' }
        : { text: t('nextSeal'), go: t('goSeal'), screen: 'seal' }
  return (
    <section className="card next-step">
      <div>
        <h2>{t('myWork')}</h2>
        <p className="soft">{t('myWorkCounts', { all: items.length, own: me.owns.length, done })}</p>
        <Progress
          percent={items.length === 0 ? 0 : Math.floor((done / items.length) * 100)}
          showInfo={false}
          aria-label={t('myWorkCounts', { all: items.length, own: me.owns.length, done })}
        />
      </div>
      {isBehind && step.screen !== 'checklist' ? null : (
        <div className="next-step-go">
          <p>{step.text}</p>
          <Button type="primary" size="large" onClick={() => void navigate(taskPath(view.task.taskId, step.screen))}>
            {step.go}
          </Button>
        </div>
      )}
    </section>
  )
}
