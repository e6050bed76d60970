import { fullOf, templateItems, type Item, type Section, type Template } from '../../../../shared/domain/template.ts'

/** What layering does to a checklist. Points in centi-points; `added` in the order of the merged checklist. */
export type LayerEffect = {
  moves: { item: Item; from_cp: number; to_cp: number }[]
  given_cp: number
  added: { section: Section; isNew: boolean; items: Item[] }[]
  taken_cp: number
  total: { before_cp: number; after_cp: number }
}

/** Compares a general checklist with what an add-on makes of it, item by item. */
export function layerEffect(base: Template, merged: Template): LayerEffect {
  const before = new Map(templateItems(base).map((item) => [item.id, item]))
  const sections = new Set(base.sections.map((section) => section.id))
  const moves = templateItems(merged).flatMap((item) => {
    const old = before.get(item.id)
    const changed = old !== undefined && old.full_cp !== item.full_cp
    return changed ? [{ item, from_cp: old.full_cp ?? 0, to_cp: item.full_cp ?? 0 }] : []
  })
  const added = merged.sections
    .map((section) => ({
      section,
      isNew: !sections.has(section.id),
      items: section.items.filter((item) => !before.has(item.id)),
    }))
    .filter(({ isNew, items }) => isNew || items.length > 0)
  const taken = added.flatMap(({ items }) => items)
  return {
    moves,
    given_cp: moves.reduce((sum, { from_cp, to_cp }) => sum + from_cp - to_cp, 0),
    added,
    taken_cp: fullOf(taken),
    total: { before_cp: base.totalFull_cp, after_cp: merged.totalFull_cp },
  }
}
