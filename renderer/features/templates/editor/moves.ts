import { moveItems } from '../../../../shared/checklist/bulk.ts'
import { moveItem, moveSection } from '../../../../shared/checklist/edits.ts'
import type { Template } from '../../../../shared/domain/template.ts'
import { placeOf } from './lens.ts'

/** Where something is put: before or after an item or a section, or at the end inside a section. */
export type Drop = { id: string; where: 'before' | 'after' | 'inside' }
type Kind = 'item' | 'section'

/** The section or item put somewhere else; places are counted without it. */
export function moveTo(content: Template, kind: Kind, id: string, { id: target, where }: Drop): Template {
  if (id === target) return content
  const after = where === 'after' ? 1 : 0
  if (kind === 'section') {
    const others = content.sections.filter((section) => section.id !== id)
    const at = others.findIndex((section) => section.id === target)
    return at < 0 ? content : moveSection(content, id, at + after)
  }
  if (where === 'inside') {
    const section = content.sections.find((one) => one.id === target)
    return section ? moveItem(content, id, target, section.items.length) : content
  }
  const section = content.sections[placeOf(content, target)?.section ?? -1]
  if (!section) return content
  const others = section.items.filter((item) => item.id !== id)
  return moveItem(content, id, section.id, others.findIndex((item) => item.id === target) + after)
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
  const side = by < 0 ? 'before' : 'after'
  if (kind === 'section') {
    const index = content.sections.findIndex((section) => section.id === id)
    const neighbour = content.sections[index + by]
    return neighbour ? moveTo(content, kind, id, { id: neighbour.id, where: side }) : content
  }
  const place = placeOf(content, id)
  if (!place) return content
  const neighbour = content.sections[place.section]?.items[place.index + by]
  if (neighbour) return moveTo(content, kind, id, { id: neighbour.id, where: side })
  const next = content.sections[place.section + by]
  if (!next) return content
  const first = next.items[0]
  return moveTo(
    content,
    kind,
    id,
    by > 0 && first ? { id: first.id, where: 'before' } : { id: next.id, where: 'inside' },
  )
}
