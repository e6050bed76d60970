import type { SheetView } from '../../../shared/contract/views.ts'
import type { Answer, Totals } from '../../../shared/domain/sheet.ts'
import { assignedItems } from '../../../shared/domain/task.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { sheetProblems, type SheetProblem } from '../../../shared/scoring/demands.ts'
import { sheetTotals } from '../../../shared/scoring/totals.ts'
import type { Target } from '../../search/jump-keys.ts'
import { facetsOf, statusesOf, STATUSES, type Facet, type Status } from '../../search/facets.ts'

/** What is known of one item; the same object as long as nothing about it changed. */
export type ItemFacts = { problems: readonly SheetProblem[]; statuses: readonly Status[]; facets: readonly Facet[] }
/** Items of a section, how many of each status, and how many are judged. */
export type SectionCount = { section: string; total: number; done: number } & { [status in Status]: number }
export type Overview = {
  facts: ReadonlyMap<string, ItemFacts>
  /** How many items still lack anything. */
  missing: number
  byStatus: { [status in Status]: number }
  totals: Totals
}
/** The changing parts of a sheet. */
export type Parts = Pick<SheetView, 'nonconformities' | 'witnessTests' | 'media'> & {
  answers: ReadonlyMap<string, Answer>
}

/** All that an item's problems and filters follow from; compared part by part. */
type Grounds = { answer: Answer | null; media: string; isWitnessed: boolean; hasNonconformity: boolean }
type Known = { grounds: Grounds; facts: ItemFacts }

const zeros = (): { [status in Status]: number } =>
  Object.fromEntries(STATUSES.map((status) => [status, 0])) as { [status in Status]: number }

const isSame = (a: Grounds, b: Grounds): boolean =>
  a.answer === b.answer &&
  a.media === b.media &&
  a.isWitnessed === b.isWitnessed &&
  a.hasNonconformity === b.hasNonconformity

/**
 * Problems, counters and totals of the open sheet. Only items whose grounds changed are judged again, so that one more answer in
 * a list of thousands costs what that answer costs.
 */
export function makeOverview(view: Pick<SheetView, 'template' | 'task' | 'me'>): (parts: Parts) => Overview {
  const { template, task, me } = view
  if (me === null) throw new Error('a checklist needs a member')
  const items = assignedItems(me, template)
  const mine = new Set(me.owns)
  const owners = new Set(task.team.flatMap((member) => member.owns))
  const known = new Map<string, Known>()
  return (parts) => {
    const groundsOf = makeGrounds(parts)
    const stale = items.flatMap((item) => {
      const grounds = groundsOf(item)
      const before = known.get(item.id)
      return before !== undefined && isSame(before.grounds, grounds) ? [] : [{ item, grounds }]
    })
    const problems = problemsOf(
      stale.map(({ item }) => item),
      { ...view, me },
      parts,
    )
    for (const { item, grounds } of stale) {
      const found = problems.get(item.id) ?? []
      const statuses = statusesOf(item, grounds.answer, found, template)
      const { hasNonconformity } = grounds
      const hasPhoto = grounds.media !== ''
      const facets = facetsOf(item, grounds.answer, statuses, { mine, owners, hasPhoto, hasNonconformity })
      known.set(item.id, { grounds, facts: { problems: found, statuses, facets } })
    }
    const facts = new Map(items.flatMap(({ id }) => [[id, known.get(id)?.facts ?? NOTHING] as const]))
    return { facts, ...sumUp(facts.values()), totals: sheetTotals(template, me, parts.answers.values()) }
  }
}

const NOTHING: ItemFacts = { problems: [], statuses: [], facets: [] }
/** Before anything was worked out. */
export const BLANK: Overview = {
  facts: new Map(),
  missing: 0,
  byStatus: zeros(),
  totals: { base: 0, bonus: 0, got: 0, applicable: 0, totalFull: 0, rate_bp: null, converted: null },
}

function sumUp(facts: Iterable<ItemFacts>): Pick<Overview, 'missing' | 'byStatus'> {
  const byStatus = zeros()
  let missing = 0
  for (const { problems, statuses } of facts) {
    if (problems.length > 0) missing += 1
    for (const status of statuses) byStatus[status] += 1
  }
  return { missing, byStatus }
}

function makeGrounds({ answers, nonconformities, witnessTests, media }: Parts): (item: Item) => Grounds {
  const linked = new Set(nonconformities.map((n) => n.item))
  const witnessed = new Set(witnessTests.map((test) => test.item))
  const filed = new Map<string, string>()
  const add = (item: string, hash: string) => filed.set(item, `${filed.get(item) ?? ''} ${hash}`)
  const there = new Set<string>()
  for (const medium of media) {
    if (medium.discardedAt !== null) continue
    there.add(medium.sha256)
    for (const item of medium.items) add(item, medium.sha256)
  }
  return (item) => {
    const answer = answers.get(item.id) ?? null
    const own = answer?.media.filter((hash) => there.has(hash)).join(' ') ?? ''
    return {
      answer,
      media: (filed.get(item.id) ?? '') + own,
      isWitnessed: witnessed.has(item.id),
      hasNonconformity: linked.has(item.id),
    }
  }
}

type Judged = Pick<SheetView, 'task' | 'template'> & { me: NonNullable<SheetView['me']> }

/** Problems of some items, found as if the checklist held no others. */
function problemsOf(items: readonly Item[], { task, template, me }: Judged, parts: Parts): Map<string, SheetProblem[]> {
  const byItem = new Map<string, SheetProblem[]>()
  const [first] = template.sections
  if (items.length === 0 || first === undefined) return byItem
  const found = sheetProblems({
    template: { ...template, sections: [{ ...first, items: [...items] }] },
    task,
    member: me,
    answers: items.flatMap((item) => parts.answers.get(item.id) ?? []),
    nonconformities: parts.nonconformities,
    witnessTests: parts.witnessTests,
    media: parts.media.filter((medium) => medium.discardedAt === null),
  })
  for (const { item, problem } of found) byItem.set(item, [...(byItem.get(item) ?? []), problem])
  return byItem
}

/** Counters of a section's items. */
export function countSection(section: string, items: readonly Item[], facts: Overview['facts']): SectionCount {
  const count: SectionCount = { section, total: items.length, done: 0, ...zeros() }
  for (const item of items) {
    const statuses = facts.get(item.id)?.statuses ?? []
    if (!statuses.includes('unanswered')) count.done += 1
    for (const status of statuses) count[status] += 1
  }
  return count
}

const isTarget = (facts: ItemFacts | undefined, target: Target): boolean =>
  facts !== undefined && (target === 'missing' ? facts.problems.length > 0 : facts.statuses.includes(target))

/** The next (or previous) item after `from` that is a target, going round once; null when there is none. */
export function nextTarget(
  items: readonly Item[],
  facts: Overview['facts'],
  from: string | null,
  { target, direction }: { target: Target; direction: 1 | -1 },
): string | null {
  const start = items.findIndex((item) => item.id === from)
  const begin = start < 0 && direction === -1 ? 0 : start
  for (let step = 1; step <= items.length; step += 1) {
    const item = items[(begin + direction * step + 2 * items.length) % items.length]
    if (item !== undefined && isTarget(facts.get(item.id), target)) return item.id
  }
  return null
}
