import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { Item, Section } from '../../../shared/domain/template.ts'
import type { SheetProblem } from '../../../shared/scoring/demands.ts'
import { sheetProblems } from '../../../shared/scoring/demands.ts'
import { sheetTotals } from '../../../shared/scoring/totals.ts'
import { useSay, useText } from '../../ui/text.ts'
import { ItemList } from './item-list.tsx'
import { ItemPane } from './item-pane.tsx'
import { EXTRAS, ExtraButtons, ExtraPanel, type Extra } from './extras.tsx'
import { countSection, nextMissing, problemsByItem } from './overview.ts'
import { SectionRail } from './section-rail.tsx'
import { SectionSummaryPanel } from './section-summary.tsx'
import { useAnswers, useMedia, useNonconformities, useSheetStore } from './sheet-context.tsx'
import { TotalsBar } from './totals-bar.tsx'
import { useChecklistKeys } from './use-checklist-keys.ts'

/** What stands in the pane: an item, a section's summary, or one of the extras. */
type Place = { kind: 'item'; item: string } | { kind: 'summary'; section: string } | { kind: 'extra'; extra: Extra }

const NO_PROBLEMS: readonly SheetProblem[] = []
const lastPlaces = new Map<string, Place>()

/** Rail, list and pane of the open sheet; every key and click changes the store, nothing is asked for again. */
export function Checklist() {
  const t = useText('checklist')
  const store = useSheetStore()
  const { problems, totals } = useDerived()
  const { place, go, paneRef } = usePlace()
  const noteRef = useRef<HTMLElement | null>(null)
  const photoRef = useRef<(() => void) | null>(null)
  const { sections, counts } = useSections(problems)
  const item = place.kind === 'item' ? (store.itemById.get(place.item) ?? null) : null
  const section =
    sections.find((s) =>
      place.kind === 'summary' ? s.id === place.section : s.items.some((i) => i.id === item?.id),
    ) ?? null
  const select = useCallback((id: string) => go({ kind: 'item', item: id }), [go])
  const move = (by: 1 | -1) => {
    const next = store.items[store.items.findIndex((i) => i.id === item?.id) + by]
    if (next !== undefined && item !== null) select(next.id)
  }
  const toMissing = () => {
    const id = nextMissing(store.items, problems, item?.id ?? null)
    if (id !== null) select(id)
  }
  const typed = useChecklistKeys({
    store,
    item,
    onMove: move,
    onSelect: select,
    onNote: () => noteRef.current?.focus(),
    onPhoto: () => photoRef.current?.(),
    onMissing: toMissing,
  })
  return (
    <>
      <h1 className="only-read">{t('title')}</h1>
      <TotalsBar totals={totals} missing={problems.size} total={store.items.length} onNext={toMissing} />
      <div className="checklist">
        <SectionRail
          sections={sections}
          counts={counts}
          selected={section?.id ?? null}
          onSelect={(id) => select(sections.find((s) => s.id === id)?.items[0]?.id ?? '')}
        >
          <ExtraButtons
            selected={place.kind === 'extra' ? place.extra : null}
            onSelect={(extra) => go({ kind: 'extra', extra })}
          />
        </SectionRail>
        {section === null ? null : (
          <div className="list-column">
            <ItemList items={section.items} selected={item?.id ?? null} problems={problems} onSelect={select} />
            <SummaryButton
              section={section}
              isCurrent={place.kind === 'summary'}
              onOpen={() => go({ kind: 'summary', section: section.id })}
            />
          </div>
        )}
        <div ref={paneRef} className="pane-column" data-wide={section === null}>
          {item === null ? null : (
            <ItemPane
              item={item}
              problems={problems.get(item.id) ?? NO_PROBLEMS}
              typed={typed}
              photoRef={photoRef}
              noteRef={noteRef}
              onMove={move}
            />
          )}
          {place.kind === 'summary' && section !== null ? (
            <SectionSummaryPanel key={section.id} section={section} />
          ) : null}
          {place.kind === 'extra' ? (
            <ExtraPanel extra={place.extra} lastItem={lastItem(store.view.task.taskId)} />
          ) : null}
        </div>
      </div>
      <KeyHints />
    </>
  )
}

function SummaryButton({ section, isCurrent, onOpen }: { section: Section; isCurrent: boolean; onOpen: () => void }) {
  const t = useText('checklist')
  const say = useSay()
  return (
    <button type="button" className="summary-button" aria-current={isCurrent ? 'true' : undefined} onClick={onOpen}>
      {t('summaryOf', { section: say(section.title) })}
    </button>
  )
}

/** The sections that hold items of the person's own, with their counters. */
function useSections(problems: ReturnType<typeof problemsByItem>) {
  const store = useSheetStore()
  const { template } = store.view
  const sections = useMemo(() => {
    const mine = new Set(store.items)
    return template.sections
      .map((section) => ({ ...section, items: section.items.filter((item) => mine.has(item)) }))
      .filter((section) => section.items.length > 0)
  }, [template, store])
  const counts = useMemo(
    () => sections.map((s) => ({ section: s.id, ...countSection(s.items, store.answers(), problems, template) })),
    [sections, problems, store, template],
  )
  return { sections, counts }
}

/** Totals and what is missing, counted a moment after the key so that typing never waits for them. */
function useDerived() {
  const store = useSheetStore()
  const answers = useDeferredValue(useAnswers())
  const media = useDeferredValue(useMedia())
  const nonconformities = useDeferredValue(useNonconformities())
  const { template, task, me } = store.view
  return useMemo(() => {
    if (me === null) throw new Error('a checklist needs a member')
    const parts = {
      answers: [...answers.values()],
      nonconformities: [...nonconformities],
      witnessTests: store.witnessTests(),
      media: media.filter((medium) => medium.discardedAt === null),
    }
    return {
      problems: problemsByItem(sheetProblems({ ...parts, template, task, member: me })),
      totals: sheetTotals(template, me, parts.answers),
    }
  }, [answers, media, nonconformities, template, task, me, store])
}

/** Where the person is: where a link leads, else where they were last in this task. */
function usePlace() {
  const store = useSheetStore()
  const { taskId } = store.view.task
  const paneRef = useRef<HTMLDivElement>(null)
  const [params] = useSearchParams()
  const asked = params.toString()
  const led = ledTo(params, store.itemById)
  const [followed, setFollowed] = useState(asked)
  const [place, setPlace] = useState<Place>(
    () => led ?? lastPlaces.get(taskId) ?? { kind: 'item', item: store.items[0]?.id ?? '' },
  )
  if (asked !== followed) {
    setFollowed(asked)
    if (led !== null) setPlace(led)
  }
  useEffect(() => {
    lastPlaces.set(taskId, place)
    if (place.kind === 'item') lastItems.set(taskId, place.item)
  }, [taskId, place])
  const go = useCallback((next: Place) => {
    setPlace(next)
    paneRef.current?.scrollTo(0, 0)
  }, [])
  return { place, go, paneRef }
}

function ledTo(params: URLSearchParams, items: ReadonlyMap<string, Item>): Place | null {
  const extra = EXTRAS.find((one) => one === params.get('extra'))
  const item = params.get('item')
  if (extra !== undefined) return { kind: 'extra', extra }
  return item !== null && items.has(item) ? { kind: 'item', item } : null
}

const lastItems = new Map<string, string>()
const lastItem = (taskId: string): string | null => lastItems.get(taskId) ?? null

const HINTS = ['hintGrade', 'hintMove', 'hintNa', 'hintNote', 'hintPhoto', 'hintUndo', 'hintMissing'] as const
const HINT_KEYS = {
  hintGrade: '1 2 3',
  hintMove: 'J K ↑ ↓',
  hintNa: 'N',
  hintNote: 'M',
  hintPhoto: 'P',
  hintUndo: 'U',
  hintMissing: 'G',
}

function KeyHints() {
  const t = useText('checklist')
  return (
    <p className="key-hints">
      {HINTS.map((hint) => (
        <span key={hint}>
          <kbd>{HINT_KEYS[hint]}</kbd> {t(hint)}
        </span>
      ))}
    </p>
  )
}
