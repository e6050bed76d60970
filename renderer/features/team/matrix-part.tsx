import { Select } from 'antd'
import { memo, useMemo, useRef } from 'react'
import { useSearchParams } from 'react-router'
import type { Merged } from '../../../shared/domain/result.ts'
import { templateItems, type Item } from '../../../shared/domain/template.ts'
import { isBlocking } from '../../../shared/scoring/propose.ts'
import { valueText } from '../../../shared/text/value.ts'
import { Mark } from '../../ui/mark.tsx'
import { useLanguage, useSay, useText } from '../../ui/text.ts'
import { useVirtualRows } from '../../ui/virtual-rows.ts'
import { Flags } from './flags.tsx'
import { useNames, usePeople, useTeam } from './use-team.tsx'

const FILTERS = ['all', 'flagged', 'blocking', 'veto'] as const
type Filter = (typeof FILTERS)[number]
const ROW_HEIGHT = 58

/** Items × experts with what the merge makes of them; only real differences unless everything is asked for. */
export function MatrixPart() {
  const t = useText('team')
  const say = useSay()
  const { template, outcome } = useTeam()
  const [params, setParams] = useSearchParams()
  const filter = FILTERS.find((one) => one === params.get('filter')) ?? 'flagged'
  const section = params.get('section')
  const rows = useRows(filter, section)
  const set = (change: Record<string, string>) => setParams({ ...Object.fromEntries(params), ...change })
  const counts = useCounts()
  return (
    <section className="stack-tight matrix-part" aria-label={t('part_matrix')}>
      <div className="row">
        <div role="group" aria-label={t('filter')} className="row">
          {FILTERS.map((one) => (
            <button
              key={one}
              type="button"
              className="plain-choice"
              aria-pressed={one === filter}
              onClick={() => set({ filter: one })}
            >
              {t(`filter_${one}`)} ({counts[one]})
            </button>
          ))}
        </div>
        <Select
          aria-label={t('section')}
          className="matrix-section"
          value={section ?? ''}
          options={[
            { value: '', label: t('allSections') },
            ...template.sections.map((s) => ({ value: s.id, label: `${s.code} ${say(s.title)}` })),
          ]}
          onChange={(value: string) => set({ section: value })}
        />
        <span className="quiet">{t('method', { method: t(`method_${outcome.merge.method}`) })}</span>
      </div>
      {rows.length === 0 ? (
        <p className="card">{t(filter === 'all' ? 'noRows' : 'nothingToSettle')}</p>
      ) : (
        <Matrix rows={rows} onOpen={(item) => set({ item })} />
      )}
    </section>
  )
}

export type MatrixRow = { item: Item; merged: Merged; stake: number | null; couldChange: boolean }

/** Flagged items come in the order of what is at stake, everything else in template order. */
export function useRows(filter: Filter, section: string | null): MatrixRow[] {
  const { template, outcome } = useTeam()
  return useMemo(() => {
    const items = new Map(templateItems(template).map((item) => [item.id, item]))
    const inSection = new Set(template.sections.find((s) => s.id === section)?.items.map((item) => item.id))
    const talks = new Map(outcome.discussion.map((entry) => [entry.item, entry]))
    const rows = outcome.merge.items.flatMap((merged): MatrixRow[] => {
      const item = items.get(merged.item)
      const talk = talks.get(merged.item)
      if (item === undefined || (inSection.size > 0 && !inSection.has(item.id))) return []
      const isShown =
        filter === 'all' ||
        (filter === 'veto' && (item.type === 'veto' || item.type === 'gate')) ||
        (filter === 'flagged' && merged.flags.length > 0) ||
        (filter === 'blocking' && merged.flags.some((flag) => isBlocking(flag, outcome.merge.method)))
      return isShown
        ? [{ item, merged, stake: talk?.stake ?? null, couldChange: talk?.couldChangeConclusion ?? false }]
        : []
    })
    return filter === 'flagged' || filter === 'blocking' ? rows.toSorted(byUrgency) : rows
  }, [template, outcome, filter, section])
}

const isOpen = (row: MatrixRow): boolean => row.merged.outcome === 'open'
const byUrgency = (a: MatrixRow, b: MatrixRow): number =>
  Number(isOpen(b)) - Number(isOpen(a)) ||
  Number(b.couldChange) - Number(a.couldChange) ||
  (b.stake ?? 0) - (a.stake ?? 0)

function useCounts(): Record<Filter, number> {
  return {
    all: useRows('all', null).length,
    flagged: useRows('flagged', null).length,
    blocking: useRows('blocking', null).length,
    veto: useRows('veto', null).length,
  }
}

function Matrix({ rows, onOpen }: { rows: readonly MatrixRow[]; onOpen: (item: string) => void }) {
  const t = useText('team')
  const people = usePeople()
  const nameOf = useNames()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualRows(scroller, rows.length, ROW_HEIGHT)
  const columns = `minmax(220px, 2fr) repeat(${people.length}, minmax(82px, 1fr)) minmax(96px, 1fr) minmax(150px, 1.4fr)`
  return (
    <div ref={scroller} className="matrix" role="table" aria-label={t('part_matrix')} aria-rowcount={rows.length + 1}>
      <div role="row" className="matrix-row matrix-head" style={{ gridTemplateColumns: columns }}>
        <span role="columnheader">{t('item')}</span>
        {people.map((person) => (
          <span role="columnheader" key={person}>
            {nameOf(person)}
          </span>
        ))}
        <span role="columnheader">{t('settledAs')}</span>
        <span role="columnheader">{t('flags')}</span>
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((place) => {
          const row = rows[place.index]
          return row === undefined ? null : (
            <Row key={row.item.id} row={row} top={place.start} columns={columns} onOpen={onOpen} />
          )
        })}
      </div>
    </div>
  )
}

type RowProps = { row: MatrixRow; top: number; columns: string; onOpen: (item: string) => void }

const Row = memo(function Row({ row, top, columns, onOpen }: RowProps) {
  const t = useText('team')
  const say = useSay()
  const language = useLanguage()
  const { template, outcome, task } = useTeam()
  const people = usePeople()
  const { item, merged } = row
  const owner = task.team.find((member) => member.owns.includes(item.id))?.personId
  return (
    <div
      role="row"
      className={merged.outcome === 'open' ? 'matrix-row is-open' : 'matrix-row'}
      style={{
        gridTemplateColumns: columns,
        transform: `translateY(${top}px)`,
        height: ROW_HEIGHT,
        position: 'absolute',
        insetInline: 0,
      }}
    >
      <span role="rowheader">
        <button type="button" className="matrix-open" onClick={() => onOpen(item.id)}>
          <strong>{item.code}</strong> {say(item.title)}
        </button>
      </span>
      {people.map((person) => {
        const answer = merged.answers.find((a) => a.personId === person)
        return (
          <span role="cell" key={person} className={answer === undefined ? 'quiet' : ''}>
            {answer === undefined ? '—' : valueText(item, answer, template, language)}
            {person === owner ? <span className="owner-mark">{t('ownerShort')}</span> : null}
          </span>
        )
      })}
      <span role="cell" className="matrix-settled">
        {merged.outcome === 'open' ? (
          <>
            <Mark shape="empty" tone="serious" /> {t('open')}
          </>
        ) : (
          <>
            {merged.decided ? <Mark shape="full" tone="good" label={t('decided')} /> : null}{' '}
            {settledText(item, merged, template, language)}
          </>
        )}
      </span>
      <span role="cell" className="matrix-flags">
        <Flags flags={merged.flags} method={outcome.merge.method} isSettled={merged.outcome !== 'open'} />
        {row.couldChange ? <span className="chip chip-serious">{t('couldChange')}</span> : null}
      </span>
    </div>
  )
})

/** What an item is settled as, in a word or number. */
export function settledText(
  item: Item,
  merged: Pick<Merged, 'outcome' | 'value' | 'score'>,
  template: Parameters<typeof valueText>[2],
  language: 'zh' | 'en',
) {
  return valueText(item, { state: merged.outcome, value: merged.value, score: merged.score }, template, language)
}
