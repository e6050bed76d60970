import type { Item, Template } from '../../../../shared/domain/template.ts'

/** A line of the outline. `position` (from 1) and `of` among its siblings that are shown. */
export type Row = { kind: 'section' | 'item'; id: string; section: string; position: number; of: number }

const holds = (item: Item, wanted: string) =>
  item.code.toLowerCase().includes(wanted) ||
  item.title.zh.toLowerCase().includes(wanted) ||
  item.title.en.toLowerCase().includes(wanted)

/** Sections and the items of open ones, in order. A search shows only items that hold it, and opens their sections. */
export function outlineRows(content: Template, closed: ReadonlySet<string>, search: string): Row[] {
  const wanted = search.trim().toLowerCase()
  const shown = content.sections
    .map((section) => ({
      section,
      items: wanted === '' ? section.items : section.items.filter((item) => holds(item, wanted)),
    }))
    .filter(
      ({ section, items }) =>
        wanted === '' || items.length > 0 || `${section.code} ${section.title.zh}`.toLowerCase().includes(wanted),
    )
  return shown.flatMap(({ section, items }, index): Row[] => {
    const head: Row = { kind: 'section', id: section.id, section: section.id, position: index + 1, of: shown.length }
    if (wanted === '' && closed.has(section.id)) return [head]
    return [
      head,
      ...items.map((item, n): Row => ({
        kind: 'item',
        id: item.id,
        section: section.id,
        position: n + 1,
        of: items.length,
      })),
    ]
  })
}

type Seen = { content: Template; closed: ReadonlySet<string>; search: string }

/** Answers with the same list for as long as no row comes, goes or moves, so that typing in an item leaves the outline alone. */
export function rememberedRows(): (seen: Seen) => Row[] {
  let rows: Row[] = []
  let last: Seen | null = null
  return (seen) => {
    const isSeen =
      last?.content.sections === seen.content.sections && last.closed === seen.closed && last.search === seen.search
    if (isSeen) return rows
    last = seen
    const now = outlineRows(seen.content, seen.closed, seen.search)
    if (!isSameList(rows, now)) rows = now
    return rows
  }
}

const isSameList = (a: readonly Row[], b: readonly Row[]): boolean =>
  a.length === b.length &&
  b.every((row, n) => {
    const old = a[n]
    return old?.id === row.id && old.kind === row.kind && old.section === row.section && old.of === row.of
  })
