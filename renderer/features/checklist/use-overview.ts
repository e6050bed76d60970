import { useDeferredValue, useMemo, useState } from 'react'
import type { Section } from '../../../shared/domain/template.ts'
import type { ListPart } from './item-list.tsx'
import { BLANK, countSection, makeOverview, type Overview, type SectionCount } from './overview.ts'
import { useAnswers, useMedia, useNonconformities, useSheetStore } from './sheet-context.tsx'
import type { Find } from './use-find.ts'
import type { Place } from './use-place.ts'

/** The sections that hold items of the person's own, with their counters; a section's counters stay the same object while they do. */
export function useSections(facts: Overview['facts']) {
  const store = useSheetStore()
  const { template } = store.view
  const sections = useMemo(() => {
    const mine = new Set(store.items)
    return template.sections
      .map((section) => ({ ...section, items: section.items.filter((item) => mine.has(item)) }))
      .filter((section) => section.items.length > 0)
  }, [template, store])
  const [known] = useState(() => new Map<string, { told: string; count: SectionCount }>())
  const counts = useMemo(
    () =>
      new Map(
        (facts === BLANK.facts ? [] : sections).map(({ id, items }) => {
          const count = countSection(id, items, facts)
          const told = Object.values(count).join()
          const before = known.get(id)
          const kept = before?.told === told ? before : { told, count }
          known.set(id, kept)
          return [id, kept.count] as const
        }),
      ),
    [sections, facts, known],
  )
  return { sections, counts }
}

export function useSectionAt(sections: readonly Section[], place: Place): Section | null {
  if (place.kind === 'item') return sections.find(({ items }) => items.some((item) => item.id === place.item)) ?? null
  return place.kind === 'summary' ? (sections.find((section) => section.id === place.section) ?? null) : null
}

/** What the list shows: one section, or what was found over all of them. */
export function useParts(sections: readonly Section[], section: Section | null, find: Find): ListPart[] {
  const { isActive, shown } = find
  return useMemo(() => {
    if (!isActive) return section === null ? [] : [{ section, items: section.items }]
    const wanted = new Set(shown)
    return sections
      .map((one) => ({ section: one, items: one.items.filter((item) => wanted.has(item)) }))
      .filter((part) => part.items.length > 0)
  }, [sections, section, isActive, shown])
}

/** Problems, counters and totals, worked out a moment after the key so that typing never waits for them; blank until `isWanted`. */
export function useOverview(isWanted: boolean): Overview {
  const store = useSheetStore()
  const answers = useDeferredValue(useAnswers())
  const media = useDeferredValue(useMedia())
  const nonconformities = useDeferredValue(useNonconformities())
  const [workOut] = useState(() => makeOverview(store.view))
  return useMemo(
    () =>
      isWanted
        ? workOut({
            answers,
            media: [...media],
            nonconformities: [...nonconformities],
            witnessTests: store.witnessTests(),
          })
        : BLANK,
    [isWanted, workOut, answers, media, nonconformities, store],
  )
}
