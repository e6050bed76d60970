import { memo, useEffect, useRef } from 'react'
import type { Item } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import { gradesOf } from '../../../shared/scoring/answer.ts'
import type { SheetProblem } from '../../../shared/scoring/demands.ts'
import { gradeMark } from '../../../shared/text/grade-mark.ts'
import { valueText } from '../../../shared/text/value.ts'
import { Mark, type MarkShape, type MarkTone } from '../../ui/mark.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { useVirtualRows } from '../../ui/virtual-rows.ts'
import { isUnanswered } from './overview.ts'
import { useAnswer, useSheetStore } from './sheet-context.tsx'

const ROW_HEIGHT = 80
const NO_PROBLEMS: readonly SheetProblem[] = []

type ItemListProps = {
  items: readonly Item[]
  selected: string | null
  problems: ReadonlyMap<string, SheetProblem[]>
  onSelect: (item: string) => void
}

/** The section's items; only the visible ones exist. */
export function ItemList({ items, selected, problems, onSelect }: ItemListProps) {
  const t = useText('checklist')
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualRows(scroller, items.length, ROW_HEIGHT)
  const index = items.findIndex((item) => item.id === selected)
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index)
  }, [index, virtual])
  return (
    <div ref={scroller} className="item-list" role="list" aria-label={t('items')}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((row) => {
          const item = items[row.index]
          if (item === undefined) return null
          return (
            <ItemRow
              key={item.id}
              item={item}
              top={row.start}
              isSelected={item.id === selected}
              problems={problems.get(item.id) ?? NO_PROBLEMS}
              onSelect={onSelect}
            />
          )
        })}
      </div>
    </div>
  )
}

type ItemRowProps = {
  item: Item
  top: number
  isSelected: boolean
  problems: readonly SheetProblem[]
  onSelect: (item: string) => void
}

const ItemRow = memo(function ItemRow({ item, top, isSelected, problems, onSelect }: ItemRowProps) {
  const t = useText('checklist')
  const language = useLanguage()
  const { template } = useSheetStore().view
  const answer = useAnswer(item.id)
  const words = answer === null ? '' : valueText(item, answer, template, language)
  const mark = markOf(item, answer?.state ?? '', answer?.value ?? null, words, template)
  const isIncomplete = !isUnanswered(problems) && problems.length > 0
  return (
    <div role="listitem" className="item-row" style={{ transform: `translateY(${top}px)`, height: ROW_HEIGHT }}>
      <button
        type="button"
        tabIndex={isSelected ? 0 : -1}
        aria-current={isSelected ? 'true' : undefined}
        onClick={() => onSelect(item.id)}
      >
        <span className="item-row-code">{item.code}</span>
        <span className="item-row-state">
          <Mark shape={mark.shape} tone={mark.tone} />
          {words === '' ? <span className="quiet">{t('unanswered')}</span> : words}
          {isIncomplete ? <Mark shape="alert" tone="middling" label={t('incomplete')} /> : null}
        </span>
        <span className="item-row-title">
          {item.starred ? '★ ' : ''}
          {say(item.title, language)}
        </span>
      </button>
    </div>
  )
})

type Template = Parameters<typeof gradesOf>[1]

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
