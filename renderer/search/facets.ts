import type { Answer } from '../../shared/domain/sheet.ts'
import { isScored, type Item, type Template } from '../../shared/domain/template.ts'
import { fullMicro, gradesOf } from '../../shared/scoring/answer.ts'
import type { SheetProblem } from '../../shared/scoring/demands.ts'

/** What is left to do or stands out on an item; an item may count as several. In the order they are shown. */
export const STATUSES = ['unanswered', 'veto', 'failed', 'na', 'abstain', 'evidence', 'reason'] as const
export type Status = (typeof STATUSES)[number]
/** What an item is, whatever was judged. `reviewer`: assigned to me, owned by somebody else. */
export const TRAITS = ['owner', 'reviewer', 'starred', 'photo', 'nonconformity'] as const
export type Trait = (typeof TRAITS)[number]
/** Share of full marks: all, from 80 %, from 60 %, less, none. */
export const LEVELS = ['full', 'high', 'middle', 'low', 'zero'] as const
export type Level = (typeof LEVELS)[number]
export type Facet = Status | Trait | `level:${Level}` | `grade:${string}`

/** To which of the three lacks each problem belongs: no valid judgement yet, proof, or words. */
const LACKS: { [problem in SheetProblem]: 'unanswered' | 'evidence' | 'reason' } = {
  unanswered: 'unanswered',
  valueType: 'unanswered',
  range: 'unanswered',
  offStep: 'unanswered',
  gradeUnknown: 'unanswered',
  deductionUnknown: 'unanswered',
  deductionOrder: 'unanswered',
  countOverMax: 'unanswered',
  naNotAllowed: 'unanswered',
  valueOfNa: 'unanswered',
  units: 'unanswered',
  indicators: 'unanswered',
  notAssigned: 'unanswered',
  photos: 'evidence',
  evidence: 'evidence',
  samples: 'evidence',
  reason: 'reason',
  overrideReason: 'reason',
  pending: 'reason',
  note: 'reason',
  nonconformityMissing: 'reason',
  promiseNotMet: 'reason',
}

export const lackOf = (problem: SheetProblem): 'unanswered' | 'evidence' | 'reason' => LACKS[problem]

/** Grade at the bottom of its set, or a gate that is not met. */
function isLowest(item: Item, answer: Answer, template: Template): boolean {
  if (item.type === 'gate') return answer.value === 'no'
  if (item.type !== 'conformity') return false
  const lowest = gradesOf(item, template).at(-1)?.id
  return answer.value === lowest || answer.units.some((unit) => unit.value === lowest)
}

/** What a record with these problems counts as. `answer` null = no record. */
export function statusesOf(
  item: Item,
  answer: Answer | null,
  problems: readonly SheetProblem[],
  template: Template,
): Status[] {
  const found = new Set<Status>(problems.map(lackOf))
  if (answer?.state === 'na') found.add('na')
  if (answer?.state === 'abstain') found.add('abstain')
  if (answer?.state === 'answered') {
    if (item.type === 'veto' && (answer.value === 'fail' || answer.value === 'pending')) found.add('veto')
    if (isLowest(item, answer, template)) found.add('failed')
  }
  return STATUSES.filter((status) => found.has(status))
}

export type Around = {
  mine: ReadonlySet<string>
  owners: ReadonlySet<string>
  hasPhoto: boolean
  hasNonconformity: boolean
}

/** Everything an item can be filtered by, statuses first. `mine` = items the person owns, `owners` = items that somebody owns. */
export function facetsOf(item: Item, answer: Answer | null, statuses: readonly Status[], around: Around): Facet[] {
  const facets: Facet[] = [...statuses]
  if (around.mine.has(item.id)) facets.push('owner')
  else if (around.owners.has(item.id)) facets.push('reviewer')
  if (item.starred) facets.push('starred')
  if (around.hasPhoto) facets.push('photo')
  if (around.hasNonconformity) facets.push('nonconformity')
  if (answer?.state !== 'answered') return facets
  if (isScored(item) && answer.score !== null) facets.push(`level:${levelOf(answer.score, fullMicro(item))}`)
  if (item.type === 'conformity' && typeof answer.value === 'string') facets.push(`grade:${answer.value}`)
  return facets
}

function levelOf(score: number, full: number): Level {
  if (score >= full) return 'full'
  if (score <= 0) return 'zero'
  if (score * 10 >= full * 8) return 'high'
  return score * 10 >= full * 6 ? 'middle' : 'low'
}

/** Filters of one kind widen each other, kinds narrow each other. */
const groupOf = (facet: Facet): string =>
  facet.startsWith('level:') || facet.startsWith('grade:')
    ? 'value'
    : STATUSES.some((status) => status === facet)
      ? 'status'
      : facet

/** Whether an item with `facets` passes the filters chosen. */
export function passes(facets: readonly Facet[], chosen: readonly Facet[]): boolean {
  const groups = new Set(chosen.map(groupOf))
  return [...groups].every((group) => chosen.some((facet) => groupOf(facet) === group && facets.includes(facet)))
}

/** How many of the items would be shown by each filter if it were chosen, the other kinds of filters left as they are. */
export function facetCounts(items: Iterable<readonly Facet[]>, chosen: readonly Facet[]): Map<Facet, number> {
  const counts = new Map<Facet, number>()
  const othersOf = new Map<string, Facet[]>()
  for (const facets of items) {
    for (const facet of facets) {
      const group = groupOf(facet)
      const others = othersOf.get(group) ?? chosen.filter((other) => groupOf(other) !== group)
      othersOf.set(group, others)
      if (others.length === 0 || passes(facets, others)) counts.set(facet, (counts.get(facet) ?? 0) + 1)
    }
  }
  return counts
}
