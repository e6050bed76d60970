import { ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { DraftCard, TaskCard as Card } from '../../../shared/contract/views.ts'
import { useCall } from '../../queries.ts'
import { Loaded } from '../../ui/loading.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { useBegin } from '../../ui/use-begin.ts'
import { DraftRow } from './draft-row.tsx'
import './home.css'
import { NewTaskDialog } from './new-task-dialog.tsx'
import { Practise } from './practise.tsx'
import { TaskCard } from './task-card.tsx'
import { WaysToBegin } from './ways-to-begin.tsx'

/** Tasks and drafts with what to do next; with none, the two ways to begin. */
export function HomeScreen() {
  const t = useText('home')
  const navigate = useNavigate()
  const tasks = useCall('task.list', {})
  const drafts = useCall('task.drafts', {})
  const [isMaking, setMaking] = useState(false)
  const { state } = useLocation() as { state: { template?: string } | null }
  const [template, setTemplate] = useState<string | null>(null)
  useBegin('task', () => {
    setTemplate(state?.template ?? null)
    setMaking(true)
  })
  const close = () => {
    setMaking(false)
    setTemplate(null)
  }
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        subtitle={tasks.data && tasks.data.length > 0 ? t('subtitle', { n: tasks.data.length }) : null}
        actions={
          <>
            <Button
              icon={<ImportOutlined />}
              onClick={() => void navigate('/exchange', { state: { begin: 'import' } })}
            >
              {t('importFile')}
            </Button>
            <Button icon={<PlusOutlined />} onClick={() => setMaking(true)}>
              {t('newTask')}
            </Button>
          </>
        }
      />
      <Loaded asked={tasks}>
        {(cards) => (
          <Loaded asked={drafts}>
            {(rows) => <Work cards={cards} drafts={rows} onNewTask={() => setMaking(true)} />}
          </Loaded>
        )}
      </Loaded>
      {isMaking ? <NewTaskDialog template={template} onClose={close} /> : null}
    </div>
  )
}

type WorkProps = { cards: Card[]; drafts: DraftCard[]; onNewTask: () => void }

function Work({ cards, drafts, onNewTask }: WorkProps) {
  const t = useText('home')
  if (cards.length === 0 && drafts.length === 0) return <WaysToBegin onNewTask={onNewTask} />
  return (
    <div className="stack">
      {cards.length === 0 ? null : (
        <section aria-label={t('tasks')} className="stack">
          {cards.map((card) => (
            <TaskCard key={card.taskId} card={card} />
          ))}
        </section>
      )}
      {drafts.length === 0 ? null : (
        <section className="stack-tight">
          <h2>{t('drafts')}</h2>
          {drafts.map((draft) => (
            <DraftRow key={draft.draftId} draft={draft} />
          ))}
        </section>
      )}
      {cards.some((card) => card.sample) || drafts.length > 0 ? null : <Practise />}
    </div>
  )
}
