import { memo, startTransition, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { Section } from '../../../shared/domain/template.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { ChecklistLayout } from './checklist-layout.tsx'
import { ExtraButtons, ExtraPanel, type Extra } from './extras.tsx'
import { FindBar, FindBox } from './find-bar.tsx'
import { ItemList } from './item-list.tsx'
import { ItemPane } from './item-pane.tsx'
import { KeyHints } from './key-hints.tsx'
import { nextTarget } from './overview.ts'
import type { Target } from '../../search/jump-keys.ts'
import { SectionRail } from './section-rail.tsx'
import { SectionSummaryPanel } from './section-summary.tsx'
import { useSheetStore } from './sheet-context.tsx'
import { TotalsBar } from './totals-bar.tsx'
import { useChecklistKeys } from '../../parts/judgement/use-checklist-keys.ts'
import { useFind, type Find } from './use-find.ts'
import { useOverview, useParts, useSectionAt, useSections } from './use-overview.ts'
import { lastItem, usePlace, type Place } from './use-place.ts'

/** Rail, list and pane of the open sheet; every key and click changes the store, nothing is asked for again. */
export const Checklist = memo(function Checklist() {
  const store = useSheetStore()
  const isWhole = useSecondFrame()
  const overview = useOverview(isWhole)
  const { facts } = overview
  const { place, go, paneRef } = usePlace()
  const find = useFind(facts)
  const noteRef = useRef<HTMLElement | null>(null)
  const photoRef = useRef<(() => void) | null>(null)
  const boxRef = useRef<HTMLInputElement | null>(null)
  const { sections, counts } = useSections(facts)
  const item = place.kind === 'item' ? (store.itemById.get(place.item) ?? null) : null
  const section = useSectionAt(sections, place)
  const select = useCallback((id: string) => go({ kind: 'item', item: id }), [go])
  const walked = find.isActive ? find.shown : store.items
  const move = useLatest((by: 1 | -1) => {
    const at = walked.findIndex((one) => one.id === item?.id)
    const next = walked[at < 0 && by === -1 ? walked.length - 1 : at + by]
    if (next !== undefined) select(next.id)
  })
  const jump = useLatest((target: Target, direction: 1 | -1) => {
    const id = nextTarget(store.items, facts, item?.id ?? null, { target, direction })
    if (id !== null) select(id)
  })
  const leaveFind = useReturn(find.isActive, place, go)
  const leave = useLatest(() => {
    find.reset()
    leaveFind()
    boxRef.current?.blur()
  })
  const open = useOnceFound(find, () => {
    const first = find.shown.find((one) => one.id === item?.id) ?? find.shown[0]
    if (first !== undefined) select(first.id)
    boxRef.current?.blur()
  })
  const { entry, chooseUnit } = useChecklistKeys({
    store,
    item,
    onMove: move,
    onSelect: select,
    onJump: jump,
    onNote: () => noteRef.current?.focus(),
    onPhoto: () => photoRef.current?.(),
    onFind: () => boxRef.current?.select(),
    onMeasure: () => focusMeasure(paneRef.current),
    onCancel: () => {
      if (find.isActive) leave()
    },
  })
  const parts = useParts(sections, section, find)
  const openWhy = useCallback(() => go({ kind: 'extra', extra: 'why' }), [go])
  const nextMissing = useCallback(() => jump('missing', 1), [jump])
  const openExtra = useCallback((extra: Extra) => go({ kind: 'extra', extra }), [go])
  const openSection = useLatest((id: string) => {
    const within = sections.find((one) => one.id === id)?.items ?? []
    const first = find.isActive ? within.find((one) => find.shown.includes(one)) : within[0]
    select((first ?? within[0])?.id ?? '')
  })
  const hasList = parts.length > 0 || find.isActive
  return (
    <ChecklistLayout
      isWhole={isWhole}
      paneRef={paneRef}
      bars={
        <>
          <TotalsBar
            totals={overview.totals}
            missing={overview.missing}
            total={store.items.length}
            isExplained={place.kind === 'extra' && place.extra === 'why'}
            onNext={nextMissing}
            onWhy={openWhy}
          >
            <FindBox find={find} boxRef={boxRef} onOpen={open} onMove={move} onLeave={leave} />
          </TotalsBar>
          <FindBar find={find} facts={facts} byStatus={overview.byStatus} onLeave={leave} />
        </>
      }
      rail={
        <SectionRail sections={sections} counts={counts} selected={section?.id ?? null} onSelect={openSection}>
          <ExtraButtons selected={place.kind === 'extra' ? place.extra : null} onSelect={openExtra} />
        </SectionRail>
      }
      list={
        hasList ? (
          <>
            {parts.length > 0 ? (
              <ItemList
                parts={parts}
                selected={item?.id ?? null}
                facts={facts}
                hits={find.hits}
                matching={find.isActive ? find.matching : null}
                onSelect={select}
              />
            ) : (
              <NothingFound isCertain={isWhole} onReset={leave} />
            )}
            {section === null || find.isActive ? null : (
              <SummaryButton section={section} isCurrent={place.kind === 'summary'} onGo={go} />
            )}
          </>
        ) : null
      }
      pane={
        <>
          {item === null ? null : (
            <ItemPane
              item={item}
              facts={facts.get(item.id) ?? null}
              entry={entry}
              photoRef={photoRef}
              noteRef={noteRef}
              onMove={move}
              onUnit={chooseUnit}
            />
          )}
          {place.kind === 'summary' && section !== null ? (
            <SectionSummaryPanel key={section.id} section={section} />
          ) : null}
          {place.kind === 'extra' ? (
            <ExtraPanel extra={place.extra} lastItem={lastItem(store.view.task.taskId)} />
          ) : null}
        </>
      }
      hints={<KeyHints item={item} template={store.view.template} />}
    />
  )
})

/** The same function for ever, doing what the newest one does. */
function useLatest<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
  const latest = useRef(run)
  // Before the paint: a key acts on what is seen.
  useLayoutEffect(() => {
    latest.current = run
  })
  return useCallback((...args: A) => latest.current(...args), [])
}

/** Runs at once, or as soon as what is shown is what was asked for. */
function useOnceFound({ isBehind }: Find, run: () => void): () => void {
  const isAwaited = useRef(false)
  const runNow = useLatest(run)
  useEffect(() => {
    if (isBehind || !isAwaited.current) return
    isAwaited.current = false
    runNow()
  }, [isBehind, runNow])
  return useLatest(() => {
    if (isBehind) isAwaited.current = true
    else run()
  })
}

/**
 * False for the first frame: the list is there before all the rest, which gives way to whatever happens meanwhile. A key pressed
 * before finds the page whole.
 */
function useSecondFrame(): boolean {
  const [isReached, setReached] = useState(false)
  useLayoutEffect(() => {
    const reachNow = () => flushSync(() => setReached(true))
    const frame = requestAnimationFrame(() => startTransition(() => setReached(true)))
    document.addEventListener('keydown', reachNow, { capture: true, once: true })
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('keydown', reachNow, { capture: true })
    }
  }, [])
  return isReached
}

/** Back to where a search began, unless something was judged meanwhile. */
function useReturn(isActive: boolean, place: Place, go: (place: Place) => void): () => void {
  const store = useSheetStore()
  const [began, setBegan] = useState<{ place: Place; answers: ReadonlyMap<string, Answer> } | null>(null)
  if (isActive && began === null) setBegan({ place, answers: store.answers() })
  if (!isActive && began !== null) setBegan(null)
  return () => {
    if (began !== null && began.answers === store.answers()) go(began.place)
  }
}

/** To the first row that is not measured yet, else the first. */
function focusMeasure(pane: HTMLElement | null): void {
  const inputs = [...(pane?.querySelectorAll<HTMLInputElement>('.measured input') ?? [])]
  const input = inputs.find((one) => one.value === '') ?? inputs[0]
  input?.focus()
  input?.select()
}

function NothingFound({ isCertain, onReset }: { isCertain: boolean; onReset: () => void }) {
  const t = useText('find')
  if (!isCertain) return <div className="item-list" />
  return (
    <div className="item-list find-nothing" role="status">
      <EmptyState title={t('nothing')}>
        <p>{t('nothingHint')}</p>
        <button type="button" className="plain-choice" onClick={onReset}>
          {t('clear')} <kbd aria-hidden>Esc</kbd>
        </button>
      </EmptyState>
    </div>
  )
}

type SummaryButtonProps = { section: Section; isCurrent: boolean; onGo: (place: Place) => void }

function SummaryButton({ section, isCurrent, onGo }: SummaryButtonProps) {
  const t = useText('checklist')
  const say = useSay()
  return (
    <button
      type="button"
      className="summary-button"
      aria-current={isCurrent ? 'true' : undefined}
      onClick={() => onGo({ kind: 'summary', section: section.id })}
    >
      {t('summaryOf', { section: say(section.title) })}
    </button>
  )
}
