import { Button, Select } from 'antd'
import { useId } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { AddOnCard } from '../../../../shared/contract/template-methods.ts'
import type { TemplateCard } from '../../../../shared/contract/views.ts'
import { useCall } from '../../../queries.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Loaded } from '../../../ui/loading.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { Conflicts } from './conflicts.tsx'
import { LayeredView } from './layered-view.tsx'
import './layer.css'

/** A general checklist and a product's add-on: what they make together, or why they do not. */
export function LayerScreen() {
  const t = useText('templateLayer')
  const templates = useCall('template.list', {})
  const addOns = useCall('template.addOns', {})
  return (
    <div className="page">
      <PageHeader title={t('title')} subtitle={t('subtitle')} backTo="/templates" />
      <Loaded asked={templates}>
        {(cards) => <Loaded asked={addOns}>{(extras) => <Choose cards={cards} addOns={extras} />}</Loaded>}
      </Loaded>
    </div>
  )
}

const isFor = (addOn: AddOnCard, card: TemplateCard): boolean =>
  addOn.base.number === card.number && addOn.base.edition === card.edition

function Choose({ cards, addOns }: { cards: TemplateCard[]; addOns: AddOnCard[] }) {
  const t = useText('templateLayer')
  const say = useSay()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const [baseName, addOnName] = [useId(), useId()]
  const addOn = addOns.find((one) => one.sha256 === params.get('addOn')) ?? addOns[0]
  const fitting = cards.find((one) => addOn !== undefined && isFor(addOn, one))
  const base = cards.find((one) => one.sha256 === params.get('base')) ?? fitting ?? cards[0]
  if (addOn === undefined || base === undefined) {
    return (
      <EmptyState
        title={t('noAddOns')}
        actions={<Button onClick={() => void navigate('/templates')}>{t('toList')}</Button>}
      >
        <p>{t('noAddOnsText')}</p>
      </EmptyState>
    )
  }
  const choose = (next: { base?: string; addOn?: string }) =>
    setParams({ base: base.sha256, addOn: addOn.sha256, ...next }, { replace: true })
  const nameOf = ({ number, edition, title }: Pick<TemplateCard, 'number' | 'edition' | 'title'>) =>
    t('option', { number, edition, title: say(title) })
  return (
    <div className="stack">
      <div className="card layer-choice">
        <div className="field">
          <label htmlFor={baseName}>{t('base')}</label>
          <Select
            id={baseName}
            value={base.sha256}
            options={cards.map((one) => ({
              value: one.sha256,
              label: isFor(addOn, one) ? t('fits', { title: nameOf(one) }) : nameOf(one),
            }))}
            onChange={(sha256) => choose({ base: sha256 })}
          />
        </div>
        <span className="layer-plus" aria-hidden>
          ＋
        </span>
        <div className="field">
          <label htmlFor={addOnName}>{t('addOn')}</label>
          <Select
            id={addOnName}
            value={addOn.sha256}
            options={addOns.map((one) => ({ value: one.sha256, label: nameOf(one) }))}
            onChange={(sha256) => choose({ addOn: sha256 })}
          />
          <span className="field-hint">
            {t('addOnFacts', {
              number: addOn.base.number,
              edition: addOn.base.edition,
              ...addOn.counts,
            })}
          </span>
        </div>
      </div>
      <Layering
        key={`${base.sha256} ${addOn.sha256}`}
        base={base}
        addOn={addOn}
        cards={cards}
        onFitting={fitting === undefined ? null : () => choose({ base: fitting.sha256 })}
      />
    </div>
  )
}

type LayeringProps = {
  base: TemplateCard
  addOn: AddOnCard
  cards: TemplateCard[]
  onFitting: (() => void) | null
}

function Layering({ base, addOn, cards, onFitting }: LayeringProps) {
  const layered = useCall('template.layer', { base: base.sha256, addOn: addOn.sha256 })
  const below = useCall('template.get', { sha256: base.sha256 })
  return (
    <Loaded asked={layered}>
      {(outcome) => (
        <Loaded asked={below}>
          {(document) =>
            outcome.ok ? (
              <LayeredView
                base={document}
                merged={outcome.template}
                listed={
                  cards.find(
                    (one) => one.number === outcome.template.number && one.edition === outcome.template.edition,
                  )?.sha256 ?? null
                }
                layers={{ base: base.sha256, addOn: addOn.sha256 }}
              />
            ) : (
              <Conflicts conflicts={outcome.conflicts} base={document} onFitting={onFitting} />
            )
          }
        </Loaded>
      )}
    </Loaded>
  )
}
