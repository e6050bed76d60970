import {
  fullOf,
  isScored,
  templateItems,
  type Item,
  type ItemType,
  type Section,
  type Template,
} from '../domain/template.ts'
import type { Text } from '../domain/text.ts'
import { jcs } from '../package/jcs.ts'
import { fieldChanges, type FieldChange } from './field-changes.ts'

/** How to name a thing: as printed, never by its id alone. */
export type SectionRef = { id: string; code: string; title: Text }
/** `full_cp` null for vetoes and gates; `place` in its section, from 0. */
export type ItemRef = SectionRef & { type: ItemType; full_cp: number | null; section: SectionRef; place: number }

/** One item that is not the same in both. `isMoved`: another section, or another order among those that stayed. */
export type ItemDiff = {
  id: string
  change: 'added' | 'removed' | 'changed' | 'moved'
  before: ItemRef | null
  after: ItemRef | null
  isMoved: boolean
  fields: FieldChange[]
}
export type SectionDiff = {
  id: string
  change: 'added' | 'removed' | 'changed' | 'moved' | 'same'
  before: SectionRef | null
  after: SectionRef | null
  isMoved: boolean
  fields: FieldChange[]
  /** Items of this section now; those that are gone stand in the section they were in. */
  items: ItemDiff[]
  /** Sum of its non-bonus items, null where the section is not. */
  full_cp: { before: number | null; after: number | null }
}

export type Rule = Template['rules'][number]
/** A line of both rule lists side by side; numbers from 0, null where that list has no such rule. */
export type RuleDiff = {
  before: { number: number; rule: Rule } | null
  after: { number: number; rule: Rule } | null
  isSame: boolean
}

/** Everything of a template but rules and sections, in the order it is shown. */
export const DIFF_GROUPS = [
  'head',
  'gradeSets',
  'bands',
  'indicator',
  'merge',
  'nonconformity',
  'declarations',
  'openingAgenda',
  'closingAgenda',
  'conclusions',
  'profiles',
] as const
export type DiffGroup = (typeof DIFF_GROUPS)[number]

/** `full_cp` without bonus items. */
export type Tally = { full_cp: number; sections: number; scored: number; veto: number; gate: number }

export type TemplateDiff = {
  isSame: boolean
  tally: { before: Tally; after: Tally }
  groups: { group: DiffGroup; fields: FieldChange[] }[]
  /** [] when both lists are the same. */
  rules: RuleDiff[]
  /** Sections of both, in the order of `after`, removed ones where they were; also those that are the same. */
  sections: SectionDiff[]
}

const HEAD = [
  'number',
  'edition',
  'category',
  'sample',
  'title',
  'effectiveDate',
  'layers',
  'totalFull_cp',
  'bonusCap_cp',
] as const

/** What changed between two editions. Sections and items are matched by id, which is stable across editions. */
export function diffTemplates(before: Template, after: Template): TemplateDiff {
  const groups = DIFF_GROUPS.flatMap((group) => {
    const fields = groupChanges(group, before, after)
    return fields.length === 0 ? [] : [{ group, fields }]
  })
  const rules = diffRules(before.rules, after.rules)
  const sections = diffSections(before, after)
  const isSame =
    groups.length === 0 && rules.length === 0 && sections.every((s) => s.change === 'same' && s.items.length === 0)
  return { isSame, tally: { before: tallyOf(before), after: tallyOf(after) }, groups, rules, sections }
}

function groupChanges(group: DiffGroup, before: Template, after: Template): FieldChange[] {
  if (group !== 'head') return fieldChanges({ [group]: before[group] }, { [group]: after[group] })
  const part = (t: Template) => Object.fromEntries(HEAD.map((name) => [name, t[name]]))
  return fieldChanges(part(before), part(after))
}

function tallyOf(t: Template): Tally {
  const items = templateItems(t)
  const count = (type: ItemType) => items.filter((i) => i.type === type).length
  const scored = items.filter(isScored)
  return {
    full_cp: fullOf(items),
    sections: t.sections.length,
    scored: scored.length,
    veto: count('veto'),
    gate: count('gate'),
  }
}

type Placed = { item: Item; ref: ItemRef }

function placesOf(t: Template): Map<string, Placed> {
  return new Map(
    t.sections.flatMap((s) =>
      s.items.map((item, place) => [item.id, { item, ref: { ...itemName(item), section: nameOf(s), place } }] as const),
    ),
  )
}

const nameOf = ({ id, code, title }: Section): SectionRef => ({ id, code, title })
const itemName = ({ id, code, title, type, full_cp }: Item) => ({ id, code, title, type, full_cp })

function diffSections(before: Template, after: Template): SectionDiff[] {
  const [from, to] = [placesOf(before), placesOf(after)]
  const known = new Map(before.sections.map((s) => [s.id, s]))
  const kept = new Map(after.sections.map((s) => [s.id, s]))
  const stayed = steady(
    before.sections.map((s) => s.id),
    after.sections.map((s) => s.id),
  )
  const moved = movedItems(before, after, from)
  const diffOf = (old: Section | null, now: Section | null): SectionDiff => {
    const id = (now ?? old)?.id ?? ''
    const items = [
      ...(now?.items ?? []).flatMap((i) => diffItem(from.get(i.id), to.get(i.id), moved) ?? []),
      ...(old?.items ?? []).flatMap((i) => (to.has(i.id) ? [] : (diffItem(from.get(i.id), undefined, moved) ?? []))),
    ]
    const fields = old && now ? fieldChanges(headOf(old), headOf(now)) : []
    const isMoved = old !== null && now !== null && !stayed.has(id)
    return {
      id,
      change: changeOf(old, now, fields.length > 0, isMoved) ?? 'same',
      before: old && nameOf(old),
      after: now && nameOf(now),
      isMoved,
      fields,
      items,
      full_cp: { before: old && fullOf(old.items), after: now && fullOf(now.items) },
    }
  }
  const sections = after.sections.map((s) => diffOf(known.get(s.id) ?? null, s))
  before.sections.forEach((s, index) => {
    if (kept.has(s.id)) return
    // Behind the section it came after, as far as that is still there.
    const earlier = before.sections.slice(0, index).findLast((x) => sections.some((d) => d.id === x.id))
    const place = earlier ? sections.findIndex((d) => d.id === earlier.id) + 1 : 0
    sections.splice(place, 0, diffOf(s, null))
  })
  return sections
}

const headOf = ({ code, title, justifyBelow_bp }: Section) => ({ code, title, justifyBelow_bp })

function diffItem(before: Placed | undefined, after: Placed | undefined, moved: ReadonlySet<string>): ItemDiff | null {
  const id = (after ?? before)?.ref.id ?? ''
  const fields = before && after ? itemChanges(before.item, after.item) : []
  const isMoved = before !== undefined && after !== undefined && moved.has(id)
  const change = changeOf(before ?? null, after ?? null, fields.length > 0, isMoved)
  return change && { id, change, before: before?.ref ?? null, after: after?.ref ?? null, isMoved, fields }
}

function changeOf(before: object | null, after: object | null, hasFields: boolean, isMoved: boolean) {
  if (before === null) return 'added'
  if (after === null) return 'removed'
  return hasFields ? 'changed' : isMoved ? 'moved' : null
}

/** Every field in which two editions of an item differ; of another type, the fields of its spec are not compared but shown anew. */
export function itemChanges(before: Item, after: Item): FieldChange[] {
  return fieldChanges({ ...before, id: '' }, { ...after, id: '' })
}

/** Items in another section, and those out of order among the ones that stayed in theirs. */
function movedItems(before: Template, after: Template, from: ReadonlyMap<string, Placed>): Set<string> {
  const old = new Map(before.sections.map((s) => [s.id, s.items.map((i) => i.id)]))
  return new Set(
    after.sections.flatMap((s) => {
      const ids = s.items.map((i) => i.id).filter((id) => from.has(id))
      const own = ids.filter((id) => from.get(id)?.ref.section.id === s.id)
      const stayed = steady(old.get(s.id) ?? [], own)
      return ids.filter((id) => !stayed.has(id))
    }),
  )
}

/** The most of the ids in both lists that keep their order (a longest increasing run of places). */
function steady(before: readonly string[], after: readonly string[]): Set<string> {
  const places = new Map(before.map((id, n) => [id, n]))
  const common = after.flatMap((id) => (places.has(id) ? [{ id, place: places.get(id) ?? 0 }] : []))
  const tails: number[] = []
  const previous = common.map(() => -1)
  common.forEach(({ place }, n) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((common[tails[middle] ?? 0]?.place ?? 0) < place) low = middle + 1
      else high = middle
    }
    previous[n] = tails[low - 1] ?? -1
    tails[low] = n
  })
  const run = new Set<string>()
  for (let n = tails.at(-1) ?? -1; n >= 0; n = previous[n] ?? -1) run.add(common[n]?.id ?? '')
  return run
}

/** Both lists in step: what is the same stands together, and what differs between two such lines is paired in order. */
function diffRules(before: readonly Rule[], after: readonly Rule[]): RuleDiff[] {
  const [from, to] = [before.map(ruleKey), after.map(ruleKey)]
  if (from.join('\n') === to.join('\n')) return []
  const common = longestCommon(from, to)
  const lines: RuleDiff[] = []
  let i = 0
  let j = 0
  for (const [nextI, nextJ] of [...common, [from.length, to.length] as const]) {
    while (i < nextI || j < nextJ) {
      const [old, now] = [i < nextI ? before[i] : undefined, j < nextJ ? after[j] : undefined]
      lines.push({
        before: old ? { number: i, rule: old } : null,
        after: now ? { number: j, rule: now } : null,
        isSame: false,
      })
      if (old) i += 1
      if (now) j += 1
    }
    const [old, now] = [before[i], after[j]]
    if (old && now) lines.push({ before: { number: i, rule: old }, after: { number: j, rule: now }, isSame: true })
    i += 1
    j += 1
  }
  return lines
}

const ruleKey = ({ when, then }: Rule): string => jcs([then, when])

function longestCommon(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const lengths = new Map<number, number>()
  const width = b.length + 1
  const at = (i: number, j: number): number => lengths.get(i * width + j) ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths.set(i * width + j, a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1)))
    }
  }
  const pairs: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return pairs
}
