import type { ItemDiff, SectionDiff, TemplateDiff } from '../../../../shared/checklist/diff.ts'
import { templateItems, type Item, type Template } from '../../../../shared/domain/template.ts'

/** One item as both editions have it; null where an edition does not. `diff` null: the same in both. */
export type CompareRow = {
  id: string
  before: Item | null
  after: Item | null
  diff: ItemDiff | null
}
export type CompareSection = { section: SectionDiff; rows: CompareRow[] }

/** Sections with their items in the order of the later edition, what is gone at the end of where it was. */
export function compareRows(
  diff: TemplateDiff,
  before: Template,
  after: Template,
  onlyChanges: boolean,
): CompareSection[] {
  const [old, now] = [byId(before), byId(after)]
  const standing = new Map(after.sections.map((section) => [section.id, section.items.map((item) => item.id)]))
  return diff.sections
    .map((section) => {
      const diffs = new Map(section.items.map((one) => [one.id, one]))
      const ids = [...new Set([...(standing.get(section.id) ?? []), ...diffs.keys()])]
      return {
        section,
        rows: ids
          .map((id) => ({
            id,
            before: old.get(id) ?? null,
            after: now.get(id) ?? null,
            diff: diffs.get(id) ?? null,
          }))
          .filter((row) => !onlyChanges || row.diff !== null),
      }
    })
    .filter(({ section, rows }) => !onlyChanges || rows.length > 0 || section.change !== 'same')
}

const byId = (template: Template): Map<string, Item> => new Map(templateItems(template).map((item) => [item.id, item]))

/** As many rows as `limit` allows, from the top; whole sections stay the same objects. */
export function firstRows(sections: readonly CompareSection[], limit: number): CompareSection[] {
  let left = limit
  const shown: CompareSection[] = []
  for (const one of sections) {
    shown.push(one.rows.length <= left ? one : { ...one, rows: one.rows.slice(0, left) })
    left -= one.rows.length
    if (left <= 0) break
  }
  return shown
}

/** How many items of each kind of change. */
export function countChanges(diff: TemplateDiff): Record<ItemDiff['change'], number> {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 }
  for (const { change } of diff.sections.flatMap((section) => section.items)) counts[change] += 1
  return counts
}
