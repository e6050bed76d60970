import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { useLocation } from 'react-router'
import type { Item } from '../../../shared/domain/template.ts'
import { EXTRAS, type Extra } from './extras.tsx'
import { useSheetStore } from './sheet-context.tsx'

/** What stands in the pane: an item, a section's summary, or one of the extras. */
export type Place =
  | { kind: 'item'; item: string }
  | { kind: 'summary'; section: string }
  | { kind: 'extra'; extra: Extra }

const lastPlaces = new Map<string, Place>()
const lastItems = new Map<string, string>()
/** The item the person scored last in a task. */
export const lastItem = (taskId: string): string | null => lastItems.get(taskId) ?? null

/** Where the person is: where a link leads, else where they were last in this task. */
export function usePlace() {
  const store = useSheetStore()
  const { taskId } = store.view.task
  const paneRef = useRef<HTMLDivElement>(null)
  const { search: asked } = useLocation()
  const led = ledTo(new URLSearchParams(asked), store.itemById)
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
  const toTop = useScrolledBack(paneRef)
  useLayoutEffect(toTop, [toTop, place])
  return { place, go: setPlace, paneRef }
}

/** Back to the top of the pane if it was scrolled; asking where it stands would lay out the page on every step. */
function useScrolledBack(paneRef: RefObject<HTMLElement | null>): () => void {
  const isScrolled = useRef(false)
  useEffect(() => {
    const pane = paneRef.current
    const onScroll = () => {
      isScrolled.current = true
    }
    pane?.addEventListener('scroll', onScroll, { passive: true })
    return () => pane?.removeEventListener('scroll', onScroll)
  }, [paneRef])
  return useCallback(() => {
    if (isScrolled.current) paneRef.current?.scrollTo(0, 0)
    isScrolled.current = false
  }, [paneRef])
}

function ledTo(params: URLSearchParams, items: ReadonlyMap<string, Item>): Place | null {
  const extra = EXTRAS.find((one) => one === params.get('extra'))
  const item = params.get('item')
  if (extra !== undefined) return { kind: 'extra', extra }
  return item !== null && items.has(item) ? { kind: 'item', item } : null
}
