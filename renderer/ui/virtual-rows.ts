import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'

/**
 * Rows of one height of which only the visible ones exist; `head` = room kept above them for a head that stays in view. Its
 * functions read live state: never memoise what they return.
 */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  height: number,
  head = 0,
): Virtualizer<HTMLElement, Element> {
  // oxlint-disable-next-line react/incompatible-library
  return useVirtualizer<HTMLElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
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
