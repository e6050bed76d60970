import { useEffect, type RefObject } from 'react'
import { watchDrags } from './dragging.ts'
import { movePicked, moveTo } from './moves.ts'
import { useStore } from './use-editor.ts'

/** How near the edge of the list (px) a dragged row must be for the list to scroll, and how far it goes each frame. */
const NEAR = 48
const PACE = 14

/** Puts dragged rows where they are dropped, and scrolls the list while one is held at its edge. */
export function useDropping(scroller: RefObject<HTMLElement | null>): void {
  const store = useStore()
  useEffect(() => {
    let frame = 0
    let y: number | null = null
    const scroll = () => {
      const list = scroller.current
      if (y === null || list === null) {
        frame = 0
        return
      }
      const { top, bottom } = list.getBoundingClientRect()
      if (y < top + NEAR) list.scrollBy(0, -PACE)
      else if (y > bottom - NEAR) list.scrollBy(0, PACE)
      frame = requestAnimationFrame(scroll)
    }
    const stop = watchDrags({
      onMove: (clientY) => {
        y = clientY
        if (y !== null && frame === 0) frame = requestAnimationFrame(scroll)
      },
      onDrop: (kind, id, drop) =>
        store.state().picked.has(id)
          ? store.edit((content) => movePicked(content, store.state().picked, drop))
          : store.edit((content) => moveTo(content, kind, id, drop), { select: { kind, id } }),
    })
    return () => {
      cancelAnimationFrame(frame)
      stop()
    }
  }, [store, scroller])
}
