import { PrinterOutlined, SwapOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useId } from 'react'
import { useSearchParams } from 'react-router'
import type { Template } from '../../../../shared/domain/template.ts'
import { useCall, type Asked } from '../../../queries.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Loaded } from '../../../ui/loading.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { Comparison } from './comparison.tsx'
import { draftIdOf, editionsOf, pairOf, type Edition } from './editions.ts'
import './compare.css'

/** Two checklists, issued or drafts, side by side; which two stands in the address. */
export function CompareScreen() {
  const t = useText('templateCompare')
  const templates = useCall('template.list', {})
  const drafts = useCall('template.drafts', {})
  return (
    <div className="page page-compare">
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        backTo="/templates"
        actions={
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('print')}
          </Button>
        }
      />
      <Loaded asked={templates}>
        {(cards) => <Loaded asked={drafts}>{(making) => <Choose editions={editionsOf(cards, making)} />}</Loaded>}
      </Loaded>
    </div>
  )
}

function Choose({ editions }: { editions: Edition[] }) {
  const t = useText('templateCompare')
  const say = useSay()
  const [params, setParams] = useSearchParams()
  const { a, b } = pairOf({ a: params.get('a'), b: params.get('b') }, editions)
  const put = (next: { a?: string | undefined; b?: string | undefined }) =>
    setParams(
      Object.entries(next).filter((entry): entry is [string, string] => entry[1] !== undefined),
      { replace: true },
    )
  const options = editions.map((one) => ({
    value: one.name,
    label: t(one.isDraft ? 'draftOption' : 'option', {
      number: one.number,
      edition: one.edition,
      title: say(one.title),
    }),
  }))
  return (
    <div className="stack">
      <div className="card compare-choice">
        <Side
          label={t('earlier')}
          value={a?.name}
          options={options}
          onChoose={(name) => put({ a: name, b: b?.name })}
        />
        <Button
          icon={<SwapOutlined />}
          aria-label={t('swap')}
          title={t('swap')}
          disabled={a === undefined || b === undefined}
          onClick={() => put({ a: b?.name, b: a?.name })}
        />
        <Side label={t('later')} value={b?.name} options={options} onChoose={(name) => put({ a: a?.name, b: name })} />
      </div>
      {a === undefined || b === undefined ? (
        <EmptyState title={t('chooseTitle')}>
          <p>{t('chooseText')}</p>
        </EmptyState>
      ) : a === b ? (
        <p className="card">{t('sameTwice')}</p>
      ) : (
        <Pair key={`${a.name} ${b.name}`} a={a} b={b} />
      )}
    </div>
  )
}

type SideProps = {
  label: string
  value: string | undefined
  options: { value: string; label: string }[]
  onChoose: (name: string) => void
}

function Side({ label, value, options, onChoose }: SideProps) {
  const t = useText('templateCompare')
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={value ?? null}
        placeholder={t('choose')}
        options={options}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={onChoose}
      />
    </div>
  )
}

function Pair({ a, b }: { a: Edition; b: Edition }) {
  const t = useText('templateCompare')
  const [before, after] = [useEdition(a.name), useEdition(b.name)]
  return (
    <Loaded asked={before}>
      {(earlier) => (
        <Loaded asked={after}>
          {(later) => (
            <>
              {a.number === b.number ? null : <p className="card soft">{t('otherNumber')}</p>}
              <Comparison before={earlier} after={later} />
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}

function useEdition(name: string): Asked<Template> {
  const draftId = draftIdOf(name)
  const issued = useCall('template.get', { sha256: name }, { enabled: draftId === null })
  const draft = useCall('template.draft', { draftId: draftId ?? '' }, { enabled: draftId !== null })
  return draftId === null ? issued : ({ ...draft, data: draft.data?.content } as Asked<Template>)
}
