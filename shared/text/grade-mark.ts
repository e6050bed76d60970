/** Shape and tone of the n-th of so many grades, best first: a grade is told by shape and word, colour only helps. */
export function gradeMark(index: number, count: number) {
  if (index === 0) return { shape: 'full', tone: 'good' } as const
  return index === count - 1
    ? ({ shape: 'cross', tone: 'serious' } as const)
    : ({ shape: 'half', tone: 'middling' } as const)
}

/** What an unmet gate leads to, by shape too: the visit stops, or another one follows. */
export const gateMark = (outcome: 'stop' | 'supplementary') =>
  outcome === 'stop' ? ({ shape: 'stop', tone: 'serious' } as const) : ({ shape: 'wait', tone: 'middling' } as const)
