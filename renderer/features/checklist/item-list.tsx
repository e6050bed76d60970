import { memo, useCallback, useEffect, useMemo, useRef } from 'react'
import type { Item, Section, Template } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import { gradesOf } from '../../../shared/scoring/answer.ts'
import { gradeMark } from '../../../shared/text/grade-mark.ts'
import { valueText } from '../../../shared/text/value.ts'
import type { Hit } from '../../search/item-search.ts'
import { Mark, type MarkShape, type MarkTone } from '../../ui/mark.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { revealRow, useVirtualRows } from '../../ui/virtual-rows.ts'
import { Highlighted } from './highlighted.tsx'
import type { ItemFacts } from './overview.ts'
import { useAnswer } from '../../parts/judgement/judged-sheet.ts'
import { useSheetStore } from './sheet-context.tsx'

const ROW_HEIGHT = 80
const EXCERPT_HEIGHT = 104
const HEADING_HEIGHT = 34

/** One part of the list; several are told apart by headings. */
export type ListPart = { section: Section; items: readonly Item[] }
type Row = { kind: 'heading'; section: Section } | { kind: 'item'; item: Item }

type ItemListProps = {
  parts: readonly ListPart[]
  selected: string | null
  facts: ReadonlyMap<string, ItemFacts>
  hits: ReadonlyMap<string, Hit> | null
  /** Items that were found and are dealt with now; null when nothing is searched for. */
  matching: ReadonlySet<string> | null
  onSelect: (item: string) => void
}

/** A section's items, or what was found over all sections; only the visible rows exist. */
export const ItemList = memo(function ItemList(props: ItemListProps) {
  const { parts, selected, facts, hits, matching, onSelect } = props
  const t = useText('checklist')
  const language = useLanguage()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => rowsOf(parts, matching !== null), [parts, matching])
  const heightOf = useCallback(
    (place: number) => {
      const row = rows[place]
      if (row === undefined || row.kind === 'heading') return HEADING_HEIGHT
      return (hits?.get(row.item.id)?.excerpt ?? null) === null ? ROW_HEIGHT : EXCERPT_HEIGHT
    },
    [rows, hits],
  )
  const virtual = useVirtualRows(scroller, rows.length, heightOf)
  const index = rows.findIndex((row) => row.kind === 'item' && row.item.id === selected)
  useEffect(() => {
    revealRow(virtual, index)
  }, [index, virtual])
  return (
    <div ref={scroller} className="item-list" role="list" aria-label={t('items')}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((place) => {
          const row = rows[place.index]
          if (row === undefined) return null
          if (row.kind === 'heading')
            return <Heading key={`s-${row.section.id}`} section={row.section} top={place.start} />
          const { item } = row
          return (
            <ItemRow
              key={item.id}
              item={item}
              top={place.start}
              height={place.size}
              language={language}
              isSelected={item.id === selected}
              isSettled={matching !== null && !matching.has(item.id)}
              facts={facts.get(item.id)}
              hit={hits?.get(item.id)}
              onSelect={onSelect}
            />
          )
        })}
      </div>
    </div>
  )
})

function rowsOf(parts: readonly ListPart[], hasHeadings: boolean): Row[] {
  return parts.flatMap(({ section, items }): Row[] => {
    const list = items.map((item): Row => ({ kind: 'item', item }))
    return hasHeadings ? [{ kind: 'heading', section }, ...list] : list
  })
}

function Heading({ section, top }: { section: Section; top: number }) {
  const language = useLanguage()
  return (
    <div
      role="presentation"
      className="item-heading"
      style={{ transform: `translateY(${top}px)`, height: HEADING_HEIGHT }}
    >
      <span className="rail-code">{section.code}</span> {say(section.title, language)}
    </div>
  )
}

type ItemRowProps = {
  item: Item
  top: number
  height: number
  language: 'zh' | 'en'
  isSelected: boolean
  isSettled: boolean
  facts: ItemFacts | undefined
  hit: Hit | undefined
  onSelect: (item: string) => void
}

const ItemRow = memo(function ItemRow(props: ItemRowProps) {
  const { item, top, height, language, isSelected, isSettled, facts, hit, onSelect } = props
  const t = useText('checklist')
  const found = useText('find')
  const { template } = useSheetStore().view
  const answer = useAnswer(item.id)
  const words = answer === null ? '' : valueText(item, answer, template, language)
  const mark = markOf(item, answer?.state ?? '', answer?.value ?? null, words, template)
  const excerpt = hit?.excerpt ?? null
  const isIncomplete = facts !== undefined && facts.problems.length > 0 && !facts.statuses.includes('unanswered')
  return (
    <div
      role="listitem"
      className={`item-row${isSettled ? ' is-settled' : ''}${excerpt === null ? '' : ' has-excerpt'}`}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <button
        type="button"
        tabIndex={isSelected ? 0 : -1}
        aria-current={isSelected ? 'true' : undefined}
        {...(isSettled ? { title: found('settled') } : {})}
        onClick={() => onSelect(item.id)}
      >
        <span className="item-row-code">
          <Highlighted text={item.code} ranges={hit?.code ?? []} />
        </span>
        <span className="item-row-state">
          <Mark shape={mark.shape} tone={mark.tone} />
          {words === '' ? <span className="quiet">{t('unanswered')}</span> : words}
          {isIncomplete ? <Mark shape="alert" tone="middling" label={t('incomplete')} /> : null}
        </span>
        <span className="item-row-title">
          {item.starred ? '★ ' : ''}
          <Highlighted text={say(item.title, language)} ranges={hit?.title ?? []} />
        </span>
        {excerpt === null ? null : (
          <span className="item-row-excerpt">
            {found(`place_${excerpt.place}`)} · <Highlighted text={excerpt.text} ranges={[excerpt.at]} />
          </span>
        )}
      </button>
    </div>
  )
})

function markOf(
  item: Item,
  state: string,
  value: unknown,
  words: string,
  template: Template,
): { shape: MarkShape; tone: MarkTone } {
  if (state === 'na' || state === 'abstain') return { shape: 'dash', tone: 'quiet' }
  if (words === '') return { shape: 'empty', tone: 'quiet' }
  if (value === 'fail') return { shape: 'stop', tone: 'serious' }
  if (value === 'pending') return { shape: 'wait', tone: 'middling' }
  if (value === 'no') return { shape: 'cross', tone: 'serious' }
  if (item.type === 'conformity' && typeof value === 'string') {
    const grades = gradesOf(item, template)
    return gradeMark(
      grades.findIndex((grade) => grade.id === value),
      grades.length,
    )
  }
  return item.type === 'veto' || item.type === 'gate'
    ? { shape: 'full', tone: 'good' }
    : { shape: 'level', tone: 'plain' }
}
