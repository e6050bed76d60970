import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import type { Drop } from './moves.ts'
import type { Row } from './outline.ts'

/** The line that shows where the dragged row would go; `inside`: into the section it is over. */
export type Edge = 'top' | 'bottom' | 'inside'

type Dragged = { kind: Row['kind']; id: string; section: string }
const draggedOf = (data: Record<string | symbol, unknown>): Dragged | null =>
  typeof data['id'] === 'string' ? (data as Dragged) : null

/** What dropping `dragged` on a row does: items go beside items or into sections, sections beside sections. */
function dropOn(dragged: Dragged, over: Row, edge: 'top' | 'bottom'): { drop: Drop; line: Edge } | null {
  if (dragged.kind === 'item') {
    if (dragged.id === over.id) return null
    return over.kind === 'item'
      ? { drop: { id: over.id, where: edge === 'top' ? 'before' : 'after' }, line: edge }
      : { drop: { id: over.id, where: 'inside' }, line: 'inside' }
  }
  if (dragged.id === over.section) return null
  // Over an item of another section: before or after that whole section.
  return { drop: { id: over.section, where: edge === 'top' ? 'before' : 'after' }, line: edge }
}

/** Makes a row draggable and a place to drop on; returns the way to end that. */
export function dragRow(element: HTMLElement, row: Row, onEdge: (edge: Edge | null) => void): () => void {
  const lineOf = (source: Record<string | symbol, unknown>, self: Record<string | symbol, unknown>) => {
    const dragged = draggedOf(source)
    const edge = extractClosestEdge(self)
    return dragged && (edge === 'top' || edge === 'bottom') ? dropOn(dragged, row, edge) : null
  }
  return combine(
    draggable({ element, getInitialData: () => ({ kind: row.kind, id: row.id, section: row.section }) }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => draggedOf(source.data) !== null,
      getData: ({ input, source }) => {
        const data = attachClosestEdge({}, { element, input, allowedEdges: ['top', 'bottom'] })
        return { ...data, plan: lineOf(source.data, data)?.drop ?? null }
      },
      onDrag: ({ source, self }) => onEdge(lineOf(source.data, self.data)?.line ?? null),
      onDragLeave: () => onEdge(null),
      onDrop: () => onEdge(null),
    }),
  )
}

type Watch = {
  onMove: (clientY: number | null) => void
  onDrop: (kind: Row['kind'], id: string, drop: Drop) => void
}

/** Follows every drag of rows: where the pointer is (null when it ended), and what was dropped where. */
export function watchDrags({ onMove, onDrop }: Watch): () => void {
  return monitorForElements({
    canMonitor: ({ source }) => draggedOf(source.data) !== null,
    onDrag: ({ location }) => onMove(location.current.input.clientY),
    onDrop: ({ source, location }) => {
      onMove(null)
      const dragged = draggedOf(source.data)
      const drop = location.current.dropTargets[0]?.data['plan'] as Drop | null | undefined
      if (dragged && drop) onDrop(dragged.kind, dragged.id, drop)
    },
  })
}
