import type { Flag, Merged } from '../domain/result.ts'
import {
  isScored,
  type Item,
  type ItemOf,
  type MergeMethod,
  type ScoredItem,
  type Template,
} from '../domain/template.ts'
import { WORDS, fullMicro, gradesOf, gradeScore, sum } from './answer.ts'
import { MICRO_PER_CP, roundDiv } from './numbers.ts'

export type ItemAnswer = Merged['answers'][number]
export type Proposal = Merged['proposal']

/** How a proposal came about; the app says it in words ("majority", "owner's answer", …). */
export const PROPOSAL_RULES = [
  'nobody',
  'allNa',
  'teamWord',
  'teamDecides',
  'majority',
  'majorityTieLower',
  'owner',
  'ownerMissing',
  'nearestPercent',
  'nearestStep',
  'nearestCentipoint',
  'mean',
  'median',
  'weighted',
] as const
export type ProposalRule = (typeof PROPOSAL_RULES)[number]

/** The answers that count of one item: `given` = answered or na, `answered` = those with a value. */
export type Considered = { given: ItemAnswer[]; answered: ItemAnswer[]; scores: number[] }

export type MergeSettings = {
  template: Template
  /** The member whose answer is the owner's (主评), null when the task names none. */
  ownerOf: (item: string) => string | null
  weightOf: (personId: string) => number
}

/** Flags that keep an item open under every method until a live decision settles it. */
const ALWAYS_BLOCKING: ReadonlySet<Flag> = new Set([
  'unscored',
  'naConflict',
  'ownerMissing',
  'vetoFail',
  'vetoPending',
  'gateNo',
  'staleDecision',
])
const BLOCKING_BY_JUDGEMENT: ReadonlySet<Flag> = new Set(['gradesDiffer', 'divergent'])

/** Whether a flag must be settled by a decision; grade and point differences only under `consensus` and `owner`. */
export function isBlocking(flag: Flag, method: MergeMethod): boolean {
  if (ALWAYS_BLOCKING.has(flag)) return true
  return BLOCKING_BY_JUDGEMENT.has(flag) && (method === 'consensus' || method === 'owner')
}

/** Sorts an item's records: abstentions, and answers without the score their type has, are in neither list. */
export function consider(item: Item, answers: readonly ItemAnswer[]): Considered {
  const answered = answers.filter(
    (a) =>
      a.state === 'answered' &&
      (isScored(item) ? a.score !== null : typeof a.value === 'string' && WORDS[item.type].includes(a.value)),
  )
  const given = answers.filter((a) => a.state === 'na' || (a.state === 'answered' && answered.includes(a)))
  return { given, answered, scores: answered.flatMap((a) => (a.score === null ? [] : [a.score])) }
}

/** What the method makes of the answered ones. `value` is null where no single answer stands behind the score. */
export function propose(
  item: Item,
  { given, answered, scores }: Considered,
  settings: MergeSettings,
): Proposal & { rule: ProposalRule } {
  if (given.length === 0) return { value: null, score: null, na: false, rule: 'nobody' }
  if (answered.length === 0) return { value: null, score: null, na: true, rule: 'allNa' }
  if (!isScored(item)) {
    const word = answered[0]?.value ?? null
    const isUnanimous = answered.every((a) => a.value === word) && (word === 'pass' || word === 'yes')
    return { value: isUnanimous ? word : null, score: null, na: false, rule: isUnanimous ? 'teamWord' : 'teamDecides' }
  }
  const { method } = settings.template.merge
  if (method === 'owner') {
    const owner = settings.ownerOf(item.id)
    const answer = answered.find((a) => a.personId === owner)
    return answer
      ? { value: answer.value, score: answer.score, na: false, rule: 'owner' }
      : { value: null, score: null, na: false, rule: 'ownerMissing' }
  }
  if (item.type === 'conformity' && item.repeat === null) return majority(item, answered, settings.template)
  if (method === 'consensus') return { ...nearestAnswer(item, answered, scores), na: false }
  return { value: null, ...average(method, answered, scores, settings), na: false }
}

/** The grade most experts gave; between equally frequent ones the lower. */
function majority(item: ItemOf<'conformity'>, answered: readonly ItemAnswer[], template: Template) {
  const grades = gradesOf(item, template)
  const votes = new Map<unknown, number>()
  for (const a of answered) votes.set(a.value, (votes.get(a.value) ?? 0) + 1)
  const most = Math.max(...votes.values())
  const winners = grades.flatMap((grade, index) => (votes.get(grade.id) === most ? [{ grade, index }] : []))
  const winner = winners.at(-1)
  if (!winner) return { value: null, score: null, na: false, rule: 'nobody' as const }
  return {
    value: winner.grade.id,
    score: gradeScore(item, winner.index, template),
    na: false,
    rule: winners.length > 1 ? ('majorityTieLower' as const) : ('majority' as const),
  }
}

/** A value one person could have given. Repeated items hold no value of their own: mean rounded to 1 cp. */
function nearestAnswer(item: ScoredItem, answered: readonly ItemAnswer[], scores: readonly number[]) {
  const count = answered.length
  if (item.repeat === null && item.type === 'maturity') {
    const percent = 5 * roundDiv(sum(answered.map((a) => (typeof a.value === 'number' ? a.value : 0))), 5 * count)
    return { value: percent, score: item.full_cp * percent * 100, rule: 'nearestPercent' as const }
  }
  if (item.repeat === null && item.type === 'points') {
    const step = item.spec.step_cp * MICRO_PER_CP
    const score = step * roundDiv(sum(scores), step * count)
    return { value: score, score, rule: 'nearestStep' as const }
  }
  const score = MICRO_PER_CP * roundDiv(sum(scores), MICRO_PER_CP * count)
  return { value: null, score, rule: 'nearestCentipoint' as const }
}

function average(
  method: MergeMethod,
  answered: readonly ItemAnswer[],
  scores: readonly number[],
  settings: MergeSettings,
): { score: number; rule: ProposalRule } {
  if (method === 'median') {
    const sorted = scores.toSorted((a, b) => a - b)
    const half = Math.floor(sorted.length / 2)
    const upper = sorted[half] ?? 0
    const score = sorted.length % 2 === 1 ? upper : roundDiv(upper + (sorted[half - 1] ?? upper), 2)
    return { score, rule: 'median' }
  }
  if (method === 'weighted') {
    let weighted = 0n
    let weights = 0n
    for (const a of answered) {
      const weight = BigInt(settings.weightOf(a.personId))
      weighted += weight * BigInt(a.score ?? 0)
      weights += weight
    }
    return { score: roundDiv(weighted, weights), rule: 'weighted' }
  }
  return { score: roundDiv(sum(scores), scores.length), rule: 'mean' }
}

/** The flags of an item in their fixed order, without `staleDecision` (which belongs to the decision, and comes last). */
export function flagItem(item: Item, considered: Considered, rule: ProposalRule, template: Template): Flag[] {
  const { given, answered } = considered
  const flags: Flag[] = []
  const raise = (flag: Flag, isRaised: boolean) => {
    if (isRaised) flags.push(flag)
  }
  const said = (word: string) => answered.some((a) => a.value === word)
  raise('unscored', given.length === 0)
  raise('naConflict', answered.length > 0 && answered.length < given.length)
  raise('ownerMissing', rule === 'ownerMissing')
  raise('gradesDiffer', hasGrades(item) && new Set(answered.map((a) => a.value)).size > 1)
  raise('divergent', isDivergent(item, considered, template))
  raise('vetoFail', item.type === 'veto' && said('fail'))
  raise('vetoPending', item.type === 'veto' && said('pending'))
  raise('gateNo', item.type === 'gate' && said('no'))
  const needsTwo = item.type === 'veto' || (item.full_cp !== null && item.full_cp >= template.merge.singleScorerFrom_cp)
  raise('singleScorer', needsTwo && given.length < 2)
  return flags
}

const hasGrades = (item: Item): boolean => item.type === 'conformity' && item.repeat === null

function isDivergent(item: Item, { answered, scores }: Considered, template: Template): boolean {
  if (!isScored(item) || hasGrades(item) || answered.length < 2) return false
  const limits = template.merge.divergence
  if (item.type === 'maturity' && item.repeat === null) {
    return spread(answered.map((a) => (typeof a.value === 'number' ? a.value : 0))) > limits.maturityPercent
  }
  const points = spread(scores)
  // (max − min) × 10 000 > bp × full µp, divided by the 10 000 µp of a centi-point: exact and below 2^53.
  return points > limits.bp * item.full_cp && points >= limits.minSpread_cp * MICRO_PER_CP
}

/** max − min; 0 for fewer than two. */
export const spread = (values: readonly number[]): number =>
  values.length < 2 ? 0 : Math.max(...values) - Math.min(...values)

/** Points an item's settling can move, in µp: all of it where the answers set no range, else their spread. */
export function stakeOf(item: Item, { scores }: Considered, flags: readonly Flag[], totalFull: number): number {
  if (!isScored(item)) return totalFull
  const isOpenRange = flags.some((f) => f === 'unscored' || f === 'naConflict' || f === 'ownerMissing')
  return isOpenRange || scores.length === 0 ? fullMicro(item) : spread(scores)
}
