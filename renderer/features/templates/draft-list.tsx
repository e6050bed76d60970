import { DeleteOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { TemplateDraftCard } from '../../../shared/contract/template-methods.ts'
import type { Template } from '../../../shared/domain/template.ts'
import { call } from '../../bridge.ts'
import { failureOf, useAction } from '../../queries.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useFormat, useSay, useText } from '../../ui/text.ts'
import { forgetEditor } from './editor/editor-store.ts'
import { ExportButton } from './export-button.tsx'

type Removed = { title: string; content: Template }

/** Checklists in the making. One that was removed can be brought back until the page is left. */
export function DraftList({ cards, onNew }: { cards: TemplateDraftCard[]; onNew: () => void }) {
  const t = useText('templates')
  const common = useText('common')
  const navigate = useNavigate()
  const [removed, setRemoved] = useState<Removed | null>(null)
  const make = useAction('template.newDraft')
  const save = useAction('template.saveDraft', { refresh: ['template.drafts'] })
  const restore = async () => {
    if (removed === null) return
    const made = await make.run({ from: { kind: 'blank', category: removed.content.category } })
    if (!made.ok) return
    const saved = await save.run({ draftId: made.value.draftId, json: JSON.stringify(removed.content) })
    if (saved.ok) setRemoved(null)
  }
  return (
    <section className="stack-tight templates-empty" aria-label={t('drafts')}>
      <h2>{t('drafts')}</h2>
      {removed === null ? null : (
        <Alert
          type="info"
          title={t('draftRemoved', { title: removed.title })}
          action={
            <Button size="small" loading={make.isBusy || save.isBusy} onClick={() => void restore()}>
              {common('undo')}
            </Button>
          }
        />
      )}
      <FailureNote failure={make.failure ?? save.failure} />
      {cards.length === 0 ? (
        <EmptyState
          title={t('noDrafts')}
          actions={
            <>
              <Button type="primary" icon={<PlusOutlined />} onClick={onNew}>
                {t('new')}
              </Button>
              <Button icon={<ImportOutlined />} onClick={() => void navigate('/templates/import')}>
                {t('importOwn')}
              </Button>
            </>
          }
        >
          <p>{t('noDraftsText')}</p>
        </EmptyState>
      ) : (
        <ul className="draft-cards">
          {cards.map((card) => (
            <li key={card.draftId}>
              <DraftRow card={card} onRemoved={setRemoved} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function DraftRow({ card, onRemoved }: { card: TemplateDraftCard; onRemoved: (removed: Removed) => void }) {
  const t = useText('templates')
  const say = useSay()
  const { dateTime } = useFormat()
  const [isAsking, setAsking] = useState(false)
  const title = say(card.title) || t('untitled')
  return (
    <article className="card template-card" aria-label={title}>
      <div className="template-card-words">
        <Link className="template-link" to={`/templates/draft/${card.draftId}`}>
          {title}
        </Link>
        <p className="quiet">
          {card.number || t('noNumber')} · {t('templateEdition', { n: card.edition })} ·{' '}
          {t(`category_${card.category}`)} · {t('changedAt', { time: dateTime(card.updatedAt) })}
        </p>
        <p className="quiet">
          {t('templateCounts', { ...card.counts, full: card.totalFull_cp / 100 })}
          {' · '}
          {card.errors === 0 ? (
            <span className="chip chip-good">
              <Mark shape="full" tone="good" /> {t('noErrors')}
            </span>
          ) : (
            <span className="chip chip-serious">
              <Mark shape="alert" tone="serious" /> {t('errorCount', { n: card.errors })}
            </span>
          )}
        </p>
      </div>
      <div className="actions">
        <ExportButton source={{ draftId: card.draftId }} />
        <Button icon={<DeleteOutlined />} onClick={() => setAsking(true)}>
          {t('removeDraft')}
        </Button>
      </div>
      {isAsking ? (
        <RemoveDialog
          card={card}
          title={title}
          onClose={() => setAsking(false)}
          onRemoved={(content) => onRemoved({ title, content })}
        />
      ) : null}
    </article>
  )
}

type RemoveDialogProps = {
  card: TemplateDraftCard
  title: string
  onClose: () => void
  onRemoved: (content: Template) => void
}

function RemoveDialog({ card, title, onClose, onRemoved }: RemoveDialogProps) {
  const t = useText('templates')
  const common = useText('common')
  const remove = useAction('template.removeDraft', { refresh: ['template.drafts'] })
  const [unread, setUnread] = useState<ReturnType<typeof failureOf>>(null)
  const run = async () => {
    try {
      const { content } = await call('template.draft', { draftId: card.draftId })
      const done = await remove.run({ draftId: card.draftId })
      if (done.ok) {
        forgetEditor(card.draftId)
        onClose()
        onRemoved(content)
      }
    } catch (error) {
      const failure = failureOf(error)
      if (failure === null) throw error
      setUnread(failure)
    }
  }
  return (
    <ConfirmDialog
      isOpen
      title={t('removeAsk', { title })}
      confirmText={common('remove')}
      isDanger
      isBusy={remove.isBusy}
      failure={unread ?? remove.failure}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <p>{t('removeText')}</p>
    </ConfirmDialog>
  )
}
