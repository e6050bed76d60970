import type { Row } from './outline.ts'

/** The items from one row to another, both among them, whichever comes first. */
export function itemsBetween(rows: readonly Row[], from: number, to: number): string[] {
  const [low, high] = from < to ? [from, to] : [to, from]
  return rows.slice(Math.max(0, low), high + 1).flatMap((row) => (row.kind === 'item' ? [row.id] : []))
}

/** `picked` with a row's items taken in, or out when all are in already; a section stands for its items. */
export function toggled(picked: ReadonlySet<string>, rows: readonly Row[], row: Row): Set<string> {
  const own =
    row.kind === 'item'
      ? [row.id]
      : rows.flatMap((one) => (one.kind === 'item' && one.section === row.section ? [one.id] : []))
  const next = new Set(picked)
  const isIn = own.length > 0 && own.every((id) => next.has(id))
  for (const id of own) {
    if (isIn) next.delete(id)
    else next.add(id)
  }
  return next
}
