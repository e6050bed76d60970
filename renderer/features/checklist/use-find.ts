import { useDeferredValue, useEffect, useMemo, useState, type Dispatch, type SetStateAction } from 'react'
import { useLocation } from 'react-router'
import type { Item } from '../../../shared/domain/template.ts'
import { passes, STATUSES, type Facet } from '../../search/facets.ts'
import { makeIndex, searchItems, type Hit, type Index } from '../../search/item-search.ts'
import { readTexts } from '../../search/readings.ts'
import type { Readings } from '../../search/text-match.ts'
import { useLanguage } from '../../ui/text.ts'
import type { Overview } from './overview.ts'
import { useSheetStore } from './sheet-context.tsx'

type Asked = { query: string; chosen: readonly Facet[] }
/** Nothing is worked out at every key while nothing is searched for. */
const NO_FACTS: Overview['facts'] = new Map()
const NO_ITEMS: ReadonlySet<string> = new Set()
const NOTHING: Asked = { query: '', chosen: [] }
const lastAsked = new Map<string, Asked>()

export type Find = Asked & {
  isActive: boolean
  /** The texts are still being read; what is typed is searched as soon as they are. */
  isReading: boolean
  /** What is shown does not yet answer what is typed. */
  isBehind: boolean
  hits: ReadonlyMap<string, Hit> | null
  /** What to show, in checklist order. What was found stays until something else is asked for, also when it no longer matches. */
  shown: readonly Item[]
  matching: ReadonlySet<string>
  /** What the words alone find, before the filters. */
  inText: readonly Item[]
  /** Begins to read the texts, before anything is typed. */
  prepare: () => void
  setQuery: (query: string) => void
  toggle: (facet: Facet) => void
  reset: () => void
}

/** Search and filters of one task's items; what was asked is kept while the app runs. A link may ask for one status (`find`). */
export function useFind(facts: Overview['facts']): Find {
  const store = useSheetStore()
  const { asked, setAsked } = useAsked(store.view.task.taskId)
  const { chosen } = asked
  const [isWanted, setWanted] = useState(asked.query !== '')
  const texts = useTexts(store.items, isWanted)
  const query = useDeferredValue(asked.query)
  const hits = useMemo(() => {
    const { index, readings } = texts
    return index === null ? null : searchItems(index, query, { readings, answerOf: store.answer })
  }, [texts, query, store])
  const isActive = asked.query.trim() !== '' || chosen.length > 0
  const inText = useMemo(
    () => (hits === null ? store.items : store.items.filter((item) => hits.has(item.id))),
    [hits, store],
  )
  const asLast = isActive ? facts : NO_FACTS
  const matching = useMemo(() => {
    if (!isActive) return NO_ITEMS
    const isMatch = (id: string) => chosen.length === 0 || passes(asLast.get(id)?.facets ?? [], chosen)
    return new Set(inText.flatMap(({ id }) => (isMatch(id) ? [id] : [])))
  }, [isActive, inText, asLast, chosen])
  const kept = useKept(matching, hits, chosen)
  const shown = useMemo(
    () => (isActive ? store.items.filter((item) => kept.has(item.id)) : store.items),
    [store, kept, isActive],
  )
  const acts = useMemo(() => actsOn(setAsked, setWanted), [setAsked])
  const isReading = isWanted && texts.index === null
  const isBehind = query !== asked.query || (isReading && query !== '')
  return useMemo(
    () => ({ ...asked, ...acts, isActive, isReading, isBehind, hits, inText, shown, matching }),
    [asked, acts, isActive, isReading, isBehind, hits, inText, shown, matching],
  )
}

function actsOn(
  setAsked: Dispatch<SetStateAction<Asked>>,
  setWanted: (isWanted: boolean) => void,
): Pick<Find, 'prepare' | 'setQuery' | 'toggle' | 'reset'> {
  return {
    prepare: () => setWanted(true),
    setQuery: (words) => {
      setWanted(true)
      setAsked((before) => ({ ...before, query: words }))
    },
    toggle: (facet) =>
      setAsked(({ query, chosen }) => ({
        query,
        chosen: chosen.includes(facet) ? chosen.filter((one) => one !== facet) : [...chosen, facet],
      })),
    reset: () => setAsked(NOTHING),
  }
}

/** Words and filters: those a link brings, else those asked for last. */
function useAsked(taskId: string) {
  const { search } = useLocation()
  const asks = new URLSearchParams(search).get('find')
  const led = STATUSES.find((status) => status === asks) ?? null
  const [followed, setFollowed] = useState<string | null>(null)
  const [asked, setAsked] = useState<Asked>(() => lastAsked.get(taskId) ?? NOTHING)
  if (led !== followed) {
    setFollowed(led)
    if (led !== null) setAsked({ query: '', chosen: [led] })
  }
  useEffect(() => void lastAsked.set(taskId, asked), [taskId, asked])
  return { asked, setAsked }
}

/** What matches, and what matched before it was dealt with, until words or filters change. */
function useKept(matching: ReadonlySet<string>, hits: unknown, chosen: unknown): ReadonlySet<string> {
  const [kept, setKept] = useState({ hits, chosen, matching, items: matching })
  if (kept.hits !== hits || kept.chosen !== chosen) {
    setKept({ hits, chosen, matching, items: matching })
    return matching
  }
  if (kept.matching === matching || [...matching].every((id) => kept.items.has(id))) return kept.items
  const items = new Set([...kept.items, ...matching])
  setKept({ ...kept, matching, items })
  return items
}

const NO_READINGS: Readings = new Map()
type Texts = { index: Index | null; readings: Readings }
const rest = () => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 200 }))

/** The searchable texts, read in idle moments once they are wanted; pinyin follows from its own thread. */
function useTexts(items: readonly Item[], isWanted: boolean): Texts {
  const language = useLanguage()
  const [texts, setTexts] = useState<Texts>({ index: null, readings: NO_READINGS })
  useEffect(() => {
    if (!isWanted) return
    const controller = new AbortController()
    const { signal } = controller
    const read = async () => {
      const index = await makeIndex(items, language, { now: () => performance.now(), rest, signal })
      if (index !== null && !signal.aborted) setTexts((before) => ({ ...before, index }))
      const titles = items.map((item) => item.title.zh)
      const readings = await readTexts(titles, signal)
      if (!signal.aborted) setTexts((before) => ({ ...before, readings }))
    }
    void read()
    return () => controller.abort()
  }, [items, language, isWanted])
  return texts
}
