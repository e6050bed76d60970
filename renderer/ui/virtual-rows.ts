import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useCallback, type RefObject } from 'react'

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
    overscan: 8,
    paddingStart: head,
    scrollPaddingStart: head,
  })
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
