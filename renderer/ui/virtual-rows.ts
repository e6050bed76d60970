import { elementScroll, useVirtualizer, type Virtualizer, type VirtualizerOptions } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useState, type RefObject } from 'react'

/**
 * Rows of which only the visible ones exist: of one height, or each of its own (`height` by index, the same function as long as
 * the heights are); `head` = room kept above them for a head that stays in view. Its functions read live state: never memoise
 * what they return.
 */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  height: number | ((index: number) => number),
  head = 0,
): Virtualizer<HTMLElement, Element> {
  const heightOf = useCallback((index: number) => (typeof height === 'number' ? height : height(index)), [height])
  // The heights are asked for again when the names of the rows change, and only then.
  const getItemKey = useCallback((index: number) => `${heightOf(index)}-${index}`, [heightOf])
  // oxlint-disable-next-line react/incompatible-library
  return useVirtualizer<HTMLElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey,
    overscan: 3,
    paddingStart: head,
    scrollPaddingStart: head,
    ...UNASKED,
    initialRect: { width: 0, height: window.innerHeight / 2 },
  })
}

/**
 * A new list stands at its beginning and fills about half the window or more: asking the browser, or telling it to scroll there, would
 * lay out the page before the first rows are in it. The observer tells its height once it is laid out, before it is painted.
 */
const UNASKED: Pick<VirtualizerOptions<HTMLElement, Element>, 'observeElementRect' | 'scrollToFn'> = {
  observeElementRect: ({ scrollElement }, onRect) => {
    if (scrollElement === null) return undefined
    const observer = new ResizeObserver(() =>
      onRect({ width: scrollElement.clientWidth, height: scrollElement.clientHeight }),
    )
    observer.observe(scrollElement)
    return () => observer.disconnect()
  },
  scrollToFn: (offset, options, virtual) => {
    if (offset !== 0 || virtual.scrollOffset !== 0) elementScroll(offset, options, virtual)
  },
}

/** Rows of a list that scrolls with its page and whose heights are found by looking (`measureElement`); `height` is a guess. */
export function useRowsOfPage(
  list: RefObject<HTMLElement | null>,
  names: readonly string[],
  height: (index: number) => number,
): Virtualizer<HTMLElement, Element> {
  const [above, setAbove] = useState(0)
  useLayoutEffect(() => {
    const scroller = list.current?.closest('main')
    if (!list.current || !scroller) return
    setAbove(list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop)
  }, [list])
  // oxlint-disable-next-line react/incompatible-library
  return useVirtualizer<HTMLElement, Element>({
    count: names.length,
    getScrollElement: () => list.current?.closest<HTMLElement>('main') ?? null,
    estimateSize: height,
    getItemKey: (index) => names[index] ?? index,
    overscan: 6,
    scrollMargin: above,
  })
}

/** Brings a row into view if it is not, going by what is known already: asking the browser would lay out the page on every step. */
export function revealRow(virtual: Virtualizer<HTMLElement, Element>, index: number): void {
  const row = virtual.measurementsCache[index]
  if (row === undefined || virtual.scrollElement === null) return
  const head = virtual.options.paddingStart
  const from = virtual.scrollOffset ?? 0
  const height = virtual.scrollRect?.height ?? 0
  if (row.start - head < from) virtual.scrollElement.scrollTop = row.start - head
  else if (row.end > from + height) virtual.scrollElement.scrollTop = row.end - height
}

/** The same for columns, each of its own width; `head` = room kept before them. */
export function useVirtualColumns(
  scroller: RefObject<HTMLElement | null>,
  widths: readonly number[],
  head: number,
): Virtualizer<HTMLElement, Element> {
  // oxlint-disable-next-line react/incompatible-library
  return useVirtualizer<HTMLElement, Element>({
    horizontal: true,
    count: widths.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 0,
    overscan: 2,
    paddingStart: head,
    scrollPaddingStart: head,
  })
}
