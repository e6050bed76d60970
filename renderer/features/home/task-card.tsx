import { Button, Progress } from 'antd'
import { Link, useNavigate } from 'react-router'
import type { TaskCard as Card } from '../../../shared/contract/views.ts'
import { taskPath, type TaskScreen } from '../../route.ts'
import { DeliveryState } from '../../ui/delivery-state.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useFormat, useSay, useText } from '../../ui/text.ts'

const SCREEN_OF: Record<Card['next'], TaskScreen> = {
  declare: 'overview',
  move: 'overview',
  sealAgain: 'seal',
  score: 'checklist',
  seal: 'seal',
  exportSheet: 'exchange',
  collect: 'team',
  settle: 'team',
  confirm: 'team',
  close: 'team',
  exportResult: 'exchange',
  done: 'overview',
  observe: 'overview',
}

/** One task: whose, when, how far, where its packages are, and the next step as the one filled button. */
export function TaskCard({ card }: { card: Card }) {
  const t = useText('home')
  const common = useText('common')
  const task = useText('task')
  const say = useSay()
  const { day } = useFormat()
  const navigate = useNavigate()
  const { from, to } = card.dates
  return (
    <article className="card task-card" aria-label={card.enterprise}>
      <div className="row task-card-head">
        <h2>
          <Link to={taskPath(card.taskId, 'overview')}>{card.enterprise}</Link>
        </h2>
        {card.role ? <span className="chip chip-brand">{t(`role_${card.role}`)}</span> : null}
        {card.sample ? <span className="chip chip-middling">{common('sample')}</span> : null}
        {card.revision > 1 ? <span className="chip">{t('revision', { n: card.revision })}</span> : null}
      </div>
      <p className="soft">
        {card.number} · {task(`category_${card.category}`)} · {day(from)}
        {to === from ? '' : ` – ${day(to)}`} · {say(card.templateTitle)}
      </p>
      <Packages card={card} />
      <div className="task-card-foot">
        {card.progress.assigned === 0 ? null : (
          <div className="task-progress">
            <Progress
              percent={Math.floor((card.progress.answered / card.progress.assigned) * 100)}
              aria-label={t('progress', { done: card.progress.answered, all: card.progress.assigned })}
              showInfo={false}
            />
            <span className="quiet">
              {t('progress', { done: card.progress.answered, all: card.progress.assigned })}
            </span>
          </div>
        )}
        <div className="task-next">
          <span>
            {card.next === 'done' ? <Mark shape="full" tone="good" /> : <span className="quiet">{t('nextStep')}</span>}{' '}
            {t(`next_${card.next}`)}
          </span>
          <Button
            type={card.next === 'done' ? 'default' : 'primary'}
            onClick={() => void navigate(taskPath(card.taskId, SCREEN_OF[card.next]))}
          >
            {t(`go_${card.next}`)}
          </Button>
        </div>
      </div>
    </article>
  )
}

function Packages({ card }: { card: Card }) {
  const t = useText('home')
  const entries = [
    ...(card.sheet ? [{ name: t('sheetLine', { n: card.sheet.revision }), delivery: card.sheet }] : []),
    ...(card.result ? [{ name: t('resultLine', { n: card.result.revision }), delivery: card.result }] : []),
  ]
  return entries.map(({ name, delivery }) => (
    <div key={delivery.digest} className="task-package">
      <span>{name}</span>
      <DeliveryState delivery={delivery} />
    </div>
  ))
}
