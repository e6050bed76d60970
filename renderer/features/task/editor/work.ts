import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import { templateItems, type Item, type Template } from '../../../../shared/domain/template.ts'

export type DraftMember = TaskContent['team'][number]
export type Share = 'none' | 'review' | 'own'

const NEXT: Record<Share, Share> = { none: 'review', review: 'own', own: 'none' }
export const nextShare = (share: Share): Share => NEXT[share]

export function shareOf(member: DraftMember, item: string): Share {
  if (member.owns.includes(item)) return 'own'
  return member.assigned === null || member.assigned.includes(item) ? 'review' : 'none'
}

/** Gives a person a share of some items; an item keeps one owner, the former one reviews from then on. Template order is kept. */
export function withShare(
  team: DraftMember[],
  personId: string,
  items: readonly string[],
  share: Share,
  template: Template,
): DraftMember[] {
  const order = templateItems(template).map((item) => item.id)
  const changed = new Set(items)
  const inOrder = (wanted: Set<string>) => order.filter((id) => wanted.has(id))
  return team.map((member) => {
    const owns = new Set(member.owns)
    if (member.personId !== personId) {
      if (share === 'own') for (const id of changed) owns.delete(id)
      return { ...member, owns: inOrder(owns) }
    }
    const assigned = new Set(member.assigned ?? order)
    for (const id of changed) {
      if (share === 'none') assigned.delete(id)
      else assigned.add(id)
      if (share === 'own') owns.add(id)
      else owns.delete(id)
    }
    return { ...member, assigned: inOrder(assigned), owns: inOrder(owns) }
  })
}

/** `needed`: how many people a veto item takes. */
export type WorkGaps = { vetoFew: Item[]; needed: number; nobody: Item[]; ownerless: number }

/** What the division of work still lacks: two people for a veto, one for any item, an owner. */
export function workGaps(team: DraftMember[], template: Template): WorkGaps {
  const scorers = team.filter((member) => member.role !== 'observer')
  const needed = Math.min(2, scorers.length)
  const items = templateItems(template)
  const people = (item: Item) => scorers.filter((member) => shareOf(member, item.id) !== 'none').length
  return {
    vetoFew: items.filter((item) => item.type === 'veto' && people(item) < needed),
    needed,
    nobody: items.filter((item) => item.type !== 'veto' && people(item) === 0),
    ownerless: items.filter((item) => !scorers.some((member) => member.owns.includes(item.id))).length,
  }
}

/**
 * The division of work in another checklist: items it does not have go, an item it brings is done by whoever does the one before it
 * in its section (else the one after). Indicators and prefilled scores of items that are gone go too.
 */
export function fitWork(content: TaskContent, from: Template, to: Template): TaskContent {
  const before = new Set(templateItems(from).map((item) => item.id))
  const after = templateItems(to).map((item) => item.id)
  const known = new Set(after)
  const models = new Map(after.map((id) => [id, before.has(id) ? id : modelOf(id, to, before)]))
  const fitted = (ids: readonly string[]) => {
    const held = new Set(ids)
    return after.filter((id) => held.has(models.get(id) ?? id))
  }
  return {
    ...content,
    team: content.team.map((member) => ({
      ...member,
      assigned: member.assigned === null ? null : fitted(member.assigned),
      owns: fitted(member.owns),
    })),
    indicators: content.indicators.filter((entry) => known.has(entry.item)),
    prefill: {
      ...content.prefill,
      selfScores: content.prefill.selfScores.filter((entry) => known.has(entry.item)),
      registry: content.prefill.registry.filter((entry) => known.has(entry.item)),
    },
  }
}

/** The known item beside a new one; the new one itself where its whole section is new. */
function modelOf(id: string, template: Template, known: ReadonlySet<string>): string {
  const ids = template.sections.find((s) => s.items.some((item) => item.id === id))?.items.map((item) => item.id) ?? []
  const at = ids.indexOf(id)
  const earlier = ids.slice(0, at).findLast((one) => known.has(one))
  return earlier ?? ids.slice(at).find((one) => known.has(one)) ?? id
}
