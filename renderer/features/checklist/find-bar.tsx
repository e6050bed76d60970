import { CloseOutlined, FilterOutlined, SearchOutlined } from '@ant-design/icons'
import { memo, useId, useMemo, useRef, useState, type RefObject } from 'react'
import { facetCounts, LEVELS, STATUSES, TRAITS, type Facet, type Status } from '../../search/facets.ts'
import { say } from '../../../shared/domain/text.ts'
import { Mark } from '../../ui/mark.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { jumpKeyOf } from '../../search/jump-keys.ts'
import type { Overview } from './overview.ts'
import { useSheetStore } from './sheet-context.tsx'
import { STATUS_MARKS } from '../../search/status-marks.ts'
import type { Find } from './use-find.ts'

/** Recusal is rare: it stands with the other filters. */
const CHIPS = STATUSES.filter((status): status is Exclude<Status, 'abstain'> => status !== 'abstain')

type Choice = { facet: Facet; label: string }
type FindBarProps = {
  find: Find
  facts: Overview['facts']
  byStatus: Overview['byStatus']
  onLeave: () => void
}

/** Filters with what each would show, and how to end searching and filtering. */
export const FindBar = memo(function FindBar({ find, facts, byStatus, onLeave }: FindBarProps) {
  const t = useText('find')
  const [isOpen, setOpen] = useState(false)
  const more = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return
    event.stopPropagation()
    setOpen(false)
    opener.current?.focus()
  }
  const others = find.chosen.filter((facet) => !CHIPS.some((status) => status === facet))
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape from any of the filters inside
    <div className="find" onKeyDown={onKeyDown}>
      <div className="find-line" role="group" aria-label={t('filters')}>
        {CHIPS.map((status) => (
          <StatusChip key={status} status={status} count={byStatus[status]} find={find} />
        ))}
        <button
          ref={opener}
          type="button"
          className="find-chip"
          aria-expanded={isOpen}
          aria-controls={more}
          onClick={() => setOpen(!isOpen)}
        >
          <FilterOutlined aria-hidden />
          {others.length > 0 ? t('moreChosen', { n: others.length }) : t('more')}
        </button>
        {find.isActive ? (
          <span className="find-state">
            <span role="status">
              {find.isReading && find.query !== '' ? t('reading') : t('results', { n: find.matching.size })}
            </span>
            <button type="button" className="find-chip" aria-label={t('clear')} title={t('clear')} onClick={onLeave}>
              <CloseOutlined aria-hidden /> {t('clearShort')}
            </button>
          </span>
        ) : null}
      </div>
      <div id={more} hidden={!isOpen}>
        {isOpen ? <MoreFilters find={find} facts={facts} /> : null}
      </div>
    </div>
  )
})

type FindBoxProps = {
  find: Find
  boxRef: RefObject<HTMLInputElement | null>
  /** Goes on with the first or chosen result. */
  onOpen: () => void
  onMove: (by: 1 | -1) => void
  onLeave: () => void
}

/** One box over everything an item says. */
export function FindBox({ find, boxRef, onOpen, onMove, onLeave }: FindBoxProps) {
  const t = useText('find')
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const acts = { Enter: onOpen, Escape: onLeave, ArrowDown: () => onMove(1), ArrowUp: () => onMove(-1) }
    const act = new Map(Object.entries(acts)).get(event.key)
    if (act === undefined) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  return (
    <search className="find-box">
      <SearchOutlined aria-hidden />
      <input
        ref={boxRef}
        type="search"
        aria-label={t('search')}
        value={find.query}
        placeholder={t('searchHint')}
        title={t('searchKeys')}
        aria-keyshortcuts="Control+F /"
        autoComplete="off"
        spellCheck={false}
        onFocus={find.prepare}
        onChange={(event) => find.setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden>/</kbd>
    </search>
  )
}

function StatusChip({ status, count, find }: { status: (typeof CHIPS)[number]; count: number; find: Find }) {
  const t = useText('find')
  const key = jumpKeyOf(status)
  const { shape, tone } = STATUS_MARKS[status]
  const isChosen = find.chosen.includes(status)
  return (
    <button
      type="button"
      className="find-chip"
      aria-pressed={isChosen}
      title={key === null ? t('chipHintNoKey', { what: t(status) }) : t('chipHint', { what: t(status), key })}
      disabled={count === 0 && !isChosen}
      {...(key === null ? {} : { 'aria-keyshortcuts': key })}
      onClick={() => find.toggle(status)}
    >
      <Mark shape={shape} tone={count === 0 ? 'quiet' : tone} />
      {t(`short_${status}`)} <strong>{count}</strong>
    </button>
  )
}

/** Filters that would show something now. */
function MoreFilters({ find, facts }: Pick<FindBarProps, 'find' | 'facts'>) {
  const t = useText('find')
  const language = useLanguage()
  const { template } = useSheetStore().view
  const { inText, chosen } = find
  const counts = useMemo(
    () =>
      facetCounts(
        inText.map(({ id }) => facts.get(id)?.facets ?? []),
        chosen,
      ),
    [inText, facts, chosen],
  )
  const isUseful = ({ facet }: Choice) => (counts.get(facet) ?? 0) > 0 || find.chosen.includes(facet)
  const traits = (['abstain', ...TRAITS] as const).map((facet): Choice => ({ facet, label: t(facet) }))
  const levels = LEVELS.map((level): Choice => ({ facet: `level:${level}`, label: t(`level_${level}`) }))
  const named = template.gradeSets.flatMap((set) =>
    set.grades.map(({ id, label }) => [id, say(label, language)] as const),
  )
  const grades = [...new Map(named)].map(([id, label]): Choice => ({ facet: `grade:${id}`, label }))
  const groups = [
    { title: t('byTrait'), choices: traits.filter(isUseful) },
    { title: t('byValue'), choices: [...levels, ...grades].filter(isUseful) },
  ].filter((group) => group.choices.length > 0)
  return (
    <div className="find-more">
      {groups.length === 0 ? <p className="quiet">{t('noMore')}</p> : null}
      {groups.map(({ title, choices }) => (
        <div key={title} className="find-group" role="group" aria-label={title}>
          <span className="find-group-title">{title}</span>
          {choices.map(({ facet, label }) => (
            <button
              key={facet}
              type="button"
              className="find-chip"
              aria-pressed={find.chosen.includes(facet)}
              onClick={() => find.toggle(facet)}
            >
              {label} <strong>{counts.get(facet) ?? 0}</strong>
            </button>
          ))}
        </div>
      ))}
    </div>
  )
}
