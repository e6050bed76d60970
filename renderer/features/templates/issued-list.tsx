import { CopyOutlined, DiffOutlined, FormOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { TemplateCard } from '../../../shared/contract/views.ts'
import { checkCodeOf } from '../../../shared/report/model.ts'
import { useAction } from '../../queries.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { ExportButton } from './export-button.tsx'

/** Every issued checklist, the editions of a number together, newest first. `shown` was issued just now. */
export function IssuedList({ cards, shown }: { cards: TemplateCard[]; shown: string | null }) {
  const t = useText('templates')
  const byNumber = new Map<string, TemplateCard[]>()
  for (const card of cards) byNumber.set(card.number, [...(byNumber.get(card.number) ?? []), card])
  return (
    <section className="stack-tight" aria-label={t('issued')}>
      <h2>{t('issued')}</h2>
      {cards.length === 0 ? <p className="soft">{t('noIssued')}</p> : null}
      <ul className="draft-cards">
        {[...byNumber].map(([number, editions]) => (
          <li key={number}>
            <Editions editions={editions.toSorted((a, b) => b.edition - a.edition)} shown={shown} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Editions({ editions, shown }: { editions: TemplateCard[]; shown: string | null }) {
  const t = useText('templates')
  const say = useSay()
  const navigate = useNavigate()
  const [newest, second] = editions
  const [isAll, setAll] = useState(false)
  if (!newest) return null
  const title = say(newest.title)
  return (
    <article className="card" aria-label={title}>
      <div className="row spread">
        <h3>{title}</h3>
        {second ? (
          <Button
            size="small"
            icon={<DiffOutlined />}
            onClick={() => void navigate(`/templates/compare?a=${second.sha256}&b=${newest.sha256}`)}
          >
            {t('compareEditions')}
          </Button>
        ) : null}
      </div>
      <p className="quiet">
        {newest.number} · {t(`category_${newest.category}`)}
      </p>
      <ul>
        {(isAll ? editions : editions.slice(0, 2)).map((card) => (
          <EditionRow key={card.sha256} card={card} isNew={card.sha256 === shown} />
        ))}
      </ul>
      {isAll || editions.length <= 2 ? null : (
        <Button type="link" onClick={() => setAll(true)}>
          {t('olderEditions', { n: editions.length - 2 })}
        </Button>
      )}
    </article>
  )
}

function EditionRow({ card, isNew }: { card: TemplateCard; isNew: boolean }) {
  const t = useText('templates')
  const common = useText('common')
  const navigate = useNavigate()
  const make = useAction('template.newDraft', { refresh: ['template.drafts'] })
  const begin = async (kind: 'edition' | 'copy') => {
    const made = await make.run({ from: { kind, sha256: card.sha256 } })
    if (made.ok) void navigate(`/templates/draft/${made.value.draftId}`)
  }
  return (
    <li className="edition" data-new={isNew}>
      <div className="template-card-words">
        <Link className="template-link" to={`/templates/view/${card.sha256}`}>
          {t('templateEdition', { n: card.edition })}
        </Link>{' '}
        {isNew ? <span className="chip chip-good">{t('justIssued')}</span> : null}{' '}
        {card.sample ? <span className="chip">{common('sample')}</span> : null}
        <p className="quiet">{t('templateCounts', { ...card.counts, full: card.totalFull_cp / 100 })}</p>
        <p className="quiet">
          {common('checkCode')} <span className="mono one-piece">{checkCodeOf(card.sha256)}</span>
        </p>
      </div>
      <div className="actions">
        <Button icon={<FormOutlined />} loading={make.isBusy} onClick={() => void begin('edition')}>
          {t('nextEdition')}
        </Button>
        <Button icon={<CopyOutlined />} disabled={make.isBusy} onClick={() => void begin('copy')}>
          {t('copy')}
        </Button>
        <ExportButton source={{ sha256: card.sha256 }} />
      </div>
      <FailureNote failure={make.failure} />
    </li>
  )
}
