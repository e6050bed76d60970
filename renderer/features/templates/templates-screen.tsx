import { Input } from 'antd'
import { useState } from 'react'
import type { TemplateCard } from '../../../shared/contract/views.ts'
import { useCall } from '../../queries.ts'
import { Loaded } from '../../ui/loading.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { TemplateView } from './template-view.tsx'
import './templates.css'

/** The checklists on this machine, to read. */
export function TemplatesScreen() {
  const t = useText('templates')
  const templates = useCall('template.list', {})
  return (
    <div className="page">
      <PageHeader title={t('templatesTitle')} subtitle={t('templatesText')} />
      <Loaded asked={templates}>{(cards) => <Browse cards={cards} />}</Loaded>
    </div>
  )
}

function Browse({ cards }: { cards: TemplateCard[] }) {
  const t = useText('templates')
  const say = useSay()
  const [chosen, setChosen] = useState<string | null>(null)
  const [search, setSearch] = useState('')
  const card = cards.find((one) => one.sha256 === chosen) ?? cards[0]
  const template = useCall('template.get', { sha256: card?.sha256 ?? '' }, { enabled: card !== undefined })
  if (!card) return null
  return (
    <div className="stack">
      <div className="template-cards" role="group" aria-label={t('templatesTitle')}>
        {cards.map((one) => (
          <button
            key={one.sha256}
            type="button"
            className="card"
            aria-pressed={one === card}
            onClick={() => setChosen(one.sha256)}
          >
            <strong>{say(one.title)}</strong>
            <span className="quiet">
              {one.number} · {t('templateEdition', { n: one.edition })} · {t(`category_${one.category}`)}
            </span>
            <span className="quiet">
              {t('templateCounts', {
                scored: one.counts.scored,
                veto: one.counts.veto,
                gate: one.counts.gate,
                full: one.totalFull_cp / 100,
              })}
            </span>
          </button>
        ))}
      </div>
      <Input.Search
        allowClear
        aria-label={t('templateSearch')}
        placeholder={t('templateSearch')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <Loaded asked={template}>{(whole) => <TemplateView template={whole} search={search} />}</Loaded>
    </div>
  )
}
