import { isScored, templateItems, type Item, type Template } from '../domain/template.ts'
import { addItem, addSection, changeItem, changeSection, duplicateItem, withTotals, type Made } from './edits.ts'
import { withFull } from './item-kinds.ts'

/** Ids of items, in no order. */
export type Items = ReadonlySet<string>

/** Every item of `ids` changed, in one go; their ids stay. Sections without any of them stay the same objects. */
export function changeItems(content: Template, ids: Items, change: (item: Item) => Item): Template {
  let isChanged = false
  const sections = content.sections.map((section) => {
    let isHere = false
    const items = section.items.map((item) => {
      if (!ids.has(item.id)) return item
      const next = change(item)
      if (next === item) return item
      isHere = true
      return { ...next, id: item.id }
    })
    isChanged ||= isHere
    return isHere ? { ...section, items } : section
  })
  return isChanged ? withTotals({ ...content, sections }) : content
}

/** Takes the items out. */
export const removeItems = (content: Template, ids: Items): Template =>
  withTotals({ ...content, sections: without(content, ids) })

/** Moves the items to a section, in their order, before the item `before` (null: to its end). Codes stay until somebody renumbers. */
export function moveItems(content: Template, ids: Items, section: string, before: string | null): Template {
  if (!content.sections.some((one) => one.id === section)) return content
  const moved = templateItems(content).filter((item) => ids.has(item.id))
  if (moved.length === 0) return content
  const sections = without(content, ids).map((one) => {
    if (one.id !== section) return one
    const found = before === null ? -1 : one.items.findIndex((item) => item.id === before)
    const at = found < 0 ? one.items.length : found
    return { ...one, items: [...one.items.slice(0, at), ...moved, ...one.items.slice(at)] }
  })
  return withTotals({ ...content, sections })
}

/**
 * The items together one place up (−1) or down (1): gathered behind one another where they stood apart, over the border of their
 * section into the next. Nothing changes at the checklist's ends.
 */
export function shiftItems(content: Template, ids: Items, by: -1 | 1): Template {
  const all = content.sections.flatMap((section) => section.items.map((item) => ({ item, section: section.id })))
  const picked = all.flatMap(({ item }, n) => (ids.has(item.id) ? [n] : []))
  const edge = by < 0 ? picked[0] : picked.at(-1)
  const from = edge === undefined ? undefined : all[edge]
  if (edge === undefined || from === undefined) return content
  const place = content.sections.findIndex((section) => section.id === from.section)
  const neighbour = all[edge + by]
  if (neighbour?.section === from.section) {
    const beyond = by < 0 ? neighbour : all.slice(edge + 2).find(({ item }) => !ids.has(item.id))
    const before = beyond?.section === from.section ? beyond.item.id : null
    return moveItems(content, ids, from.section, before)
  }
  const next = content.sections[place + by]
  if (next === undefined) return content
  return moveItems(content, ids, next.id, by < 0 ? null : (next.items.find((item) => !ids.has(item.id))?.id ?? null))
}

/** Every item once more, behind itself; `ids`: the copies. `avoid` as in `duplicateItem`. */
export function duplicateItems(
  content: Template,
  ids: Items,
  avoid: ReadonlySet<string>,
): Pick<Made, 'content'> & { ids: string[] } {
  let next = content
  const made: string[] = []
  for (const { id } of templateItems(content)) {
    if (!ids.has(id)) continue
    const copy = duplicateItem(next, id, avoid)
    next = copy.content
    made.push(copy.id)
  }
  return { content: next, ids: made }
}

/**
 * Items from elsewhere at the end of a section, or behind its item `after`, with ids of their own. A code that is empty or in use
 * becomes the section's next free one.
 */
export function insertItems(
  content: Template,
  section: string,
  items: readonly Item[],
  { after = null, avoid }: { after?: string | null; avoid: ReadonlySet<string> },
): Pick<Made, 'content'> & { ids: string[] } {
  let next = content
  const made: string[] = []
  const used = new Set(templateItems(content).map(({ code }) => code))
  for (const item of items) {
    const added = addItem(next, section, item.type, null, avoid)
    const isOwn = item.code !== '' && !used.has(item.code)
    next = changeItem(added.content, added.id, ({ code }) => ({ ...item, code: isOwn ? item.code : code }))
    used.add(isOwn ? item.code : '')
    made.push(added.id)
  }
  const place = next.sections.find(({ id }) => id === section)?.items ?? []
  const before = after === null ? null : (place[place.findIndex(({ id }) => id === after) + 1]?.id ?? null)
  const isElsewhere = before !== null && !made.includes(before)
  return { content: isElsewhere ? moveItems(next, new Set(made), section, before) : next, ids: made }
}

/**
 * Items with headings of their own: those of a part without a title go into `section` as in `insertItems`, each other part becomes a
 * section behind it, with its code where that is free.
 */
export function insertParts(
  content: Template,
  section: string,
  parts: readonly { code: string; title: string; items: readonly Item[] }[],
  { after = null, avoid }: { after?: string | null; avoid: ReadonlySet<string> },
): Pick<Made, 'content'> & { ids: string[] } {
  let next = content
  let place = content.sections.findIndex(({ id }) => id === section)
  const ids: string[] = []
  for (const { code, title, items } of parts) {
    let into = section
    if (title !== '') {
      place += 1
      const isFree = code !== '' && !next.sections.some((one) => one.code === code)
      const made = addSection(next, place, avoid)
      into = made.id
      next = changeSection(made.content, into, (one) => ({
        ...one,
        code: isFree ? code : one.code,
        title: { zh: title, en: '' },
      }))
    }
    const added = insertItems(next, into, items, { after: into === section ? after : null, avoid })
    next = added.content
    ids.push(...added.ids)
  }
  return { content: next, ids }
}

/** Full marks of the scored items among `ids` times `percent` / 100, to whole centi-points, never below one. Own points per grade go along. */
export const multiplyPoints = (content: Template, ids: Items, percent: number): Template =>
  changeItems(content, ids, (item) =>
    isScored(item) ? withShare(item, Math.max(1, Math.round((item.full_cp * percent) / 100))) : item,
  )

/** What `scaleTotal` shows before it is done. `unit_cp`: full marks come out as multiples of it. */
export type Scaling = { content: Template; changed: { id: string; from_cp: number; to_cp: number }[]; unit_cp: number }

/**
 * All scored items (bonus apart) scaled so that they sum to `total_cp`: as near in proportion as the coarsest of whole, half or tenth
 * points, or centi-points allows that leaves every item something (largest remainders first, earlier items before later ones). Items
 * without points take the mean of the others. Null: nothing to scale, or too many items for the total.
 */
export function scaleTotal(content: Template, total_cp: number): Scaling | null {
  const items = templateItems(content).filter((item) => isScored(item) && !item.bonus)
  const given = items.flatMap(({ full_cp }) => (full_cp !== null && full_cp > 0 ? [full_cp] : []))
  const mean = given.length === 0 ? 1 : given.reduce((sum, one) => sum + one, 0) / given.length
  const weights = items.map(({ full_cp }) => (full_cp !== null && full_cp > 0 ? full_cp : mean))
  const unit_cp = [100, 50, 10, 1].find(
    (unit) => total_cp % unit === 0 && shared(weights, total_cp / unit).every((units) => units > 0),
  )
  if (items.length === 0 || unit_cp === undefined) return null
  const units = shared(weights, total_cp / unit_cp)
  const marks = new Map(items.map((item, n) => [item.id, (units[n] ?? 0) * unit_cp]))
  const changed = items.flatMap(({ id, full_cp }) => {
    const to_cp = marks.get(id) ?? 0
    return to_cp === full_cp ? [] : [{ id, from_cp: full_cp ?? 0, to_cp }]
  })
  const next = changeItems(content, new Set(changed.map(({ id }) => id)), (item) =>
    withShare(item, marks.get(item.id) ?? 1),
  )
  return { content: next, changed, unit_cp }
}

/** `total` whole units shared by weights, largest remainders first. */
function shared(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((all, one) => all + one, 0)
  const exact = weights.map((weight) => (weight * total) / sum)
  const units = exact.map(Math.floor)
  const left = total - units.reduce((all, one) => all + one, 0)
  const order = exact.map((share, n) => ({ n, rest: share - Math.floor(share) })).toSorted((a, b) => b.rest - a.rest)
  for (const { n } of order.slice(0, left)) units[n] = (units[n] ?? 0) + 1
  return units
}

/** Other full marks; the item's own points per grade and deductions keep their share of it. */
function withShare(item: Item, full_cp: number): Item {
  const next = withFull(item, full_cp)
  if (item.full_cp === null || item.full_cp === 0) return next
  const share = (cp: number) => Math.round((cp * full_cp) / (item.full_cp ?? 1))
  if (next.type === 'conformity' && next.spec.points_cp !== null)
    return { ...next, spec: { ...next.spec, points_cp: next.spec.points_cp.map(share) } }
  if (next.type === 'deduction')
    return {
      ...next,
      spec: { list: next.spec.list.map((one) => ({ ...one, points_cp: Math.max(1, share(one.points_cp)) })) },
    }
  return next
}

function without({ sections }: Template, ids: Items): Template['sections'] {
  return sections.map((section) =>
    section.items.some((item) => ids.has(item.id))
      ? { ...section, items: section.items.filter((item) => !ids.has(item.id)) }
      : section,
  )
}
