import { moveItems, shiftItems } from '../../../../shared/checklist/bulk.ts'
import { moveSection } from '../../../../shared/checklist/edits.ts'
import type { Template } from '../../../../shared/domain/template.ts'
import { placeOf } from './lens.ts'

/** Where something is put: before or after an item or a section, or at the end inside a section. */
export type Drop = { id: string; where: 'before' | 'after' | 'inside' }
type Kind = 'item' | 'section'

/** The section or item put somewhere else; places are counted without it. */
export function moveTo(content: Template, kind: Kind, id: string, { id: target, where }: Drop): Template {
  if (id === target) return content
  if (kind === 'item') return movePicked(content, new Set([id]), { id: target, where })
  const others = content.sections.filter((section) => section.id !== id)
  const at = others.findIndex((section) => section.id === target)
  return at < 0 ? content : moveSection(content, id, at + (where === 'after' ? 1 : 0))
}

/** The items chosen together put where one of them was dropped. */
export function movePicked(content: Template, ids: ReadonlySet<string>, { id: target, where }: Drop): Template {
  if (where === 'inside') return moveItems(content, ids, target, null)
  const section = content.sections[placeOf(content, target)?.section ?? -1]
  if (!section) return content
  const at = section.items.findIndex((item) => item.id === target) + (where === 'after' ? 1 : 0)
  return moveItems(content, ids, section.id, section.items.slice(at).find((item) => !ids.has(item.id))?.id ?? null)
}

/** One place up (−1) or down (1); an item at its section's edge goes over to the neighbouring section. */
export function shift(content: Template, kind: Kind, id: string, by: -1 | 1): Template {
  if (kind === 'item') return shiftItems(content, new Set([id]), by)
  const index = content.sections.findIndex((section) => section.id === id)
  const neighbour = content.sections[index + by]
  return neighbour ? moveTo(content, kind, id, { id: neighbour.id, where: by < 0 ? 'before' : 'after' }) : content
}
