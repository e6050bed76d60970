import type { Decision, Merged } from '../domain/result.ts'
import { isScored, type Item, type ScoredItem, type Template } from '../domain/template.ts'
import { jcsBytes } from '../package/jcs.ts'
import { WORDS, fullMicro, isBlank, judgeValue, type ValueProblem } from './answer.ts'
import type { ItemAnswer } from './propose.ts'

/** SHA-256 of bytes as 64 lower-case hex digits. */
export type HashHex = (bytes: Uint8Array) => string

/**
 * SHA-256 of JCS `{item, answers: [{personId, state, value, score}]}`, answered and na only, by personId: what a decision rests
 * on. Notes, photos and abstentions never change it.
 */
export function basisOf(item: string, answers: readonly ItemAnswer[], hash: HashHex): string {
  const given = answers
    .filter((a) => a.state !== 'abstain')
    .map(({ personId, state, value, score }) => ({ personId, state, value, score }))
    .toSorted((a, b) => comparePeople(a.personId, b.personId))
  return hash(jcsBytes({ item, answers: given }))
}

export const comparePeople = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** `outcome`: not one this item type can have. `scoreDiffers`: the stored score is not the value's. Votes: veto and gate only. */
export const DECISION_PROBLEMS = [
  'outcome',
  'value',
  'scoreDiffers',
  'naNotAllowed',
  'reason',
  'voteMissing',
  'voteUnknown',
  'voteTwice',
  'twoPersons',
  'stale',
] as const
export type DecisionProblem = (typeof DECISION_PROBLEMS)[number] | ValueProblem

/**
 * The score a decision gives its item in µp (null: none), or problems that keep it from being applied at all. A repeated item
 * has no value of its own: its decision carries value null and a score of 0 … full.
 */
export function decidedScore(
  item: Item,
  decision: Pick<Decision, 'outcome' | 'value' | 'score'>,
  template: Template,
): { score: number | null; problems: DecisionProblem[] } {
  const { outcome, value } = decision
  if (!isScored(item)) return decidedWord(item, outcome, value)
  if (outcome === 'na') {
    const problems: DecisionProblem[] = item.allowNA ? [] : ['naNotAllowed']
    return { score: null, problems: value === null ? problems : [...problems, 'value'] }
  }
  if (outcome !== 'value') return { score: null, problems: ['outcome'] }
  if (item.repeat === null) return judgeValue(item, value, template)
  const isInRange = decision.score !== null && decision.score >= 0 && decision.score <= fullMicro(item)
  if (value !== null) return { score: null, problems: ['value'] }
  return isInRange ? { score: decision.score, problems: [] } : { score: null, problems: ['range'] }
}

function decidedWord(item: Exclude<Item, ScoredItem>, outcome: Decision['outcome'], value: Decision['value']) {
  const problems: DecisionProblem[] = []
  if (outcome === 'na') {
    if (!item.allowNA) problems.push('naNotAllowed')
  } else if (!WORDS[item.type].includes(outcome)) problems.push('outcome')
  if (value !== null && (outcome === 'na' || value !== outcome)) problems.push('value')
  return { score: null, problems }
}

/**
 * Everything wrong with a decision, each code once; [] = it stands. `merged` is the item as merged without or with it, `voters`
 * the members whose named vote a veto or gate decision must record (mergeSheets: `voters`).
 */
export function checkDecision(
  item: Item,
  decision: Decision,
  merged: Pick<Merged, 'answers' | 'flags'>,
  voters: readonly string[],
  template: Template,
): DecisionProblem[] {
  const { score, problems } = decidedScore(item, decision, template)
  const found: DecisionProblem[] = [...problems]
  if (problems.length === 0 && decision.score !== score) found.push('scoreDiffers')
  if (isReasonDemanded(item, decision, merged) && isBlank(decision.reason)) found.push('reason')
  if (!isScored(item) && decision.outcome !== 'na') found.push(...checkVotes(decision, voters))
  return [...new Set(found)]
}

/** Reason is owed when the item is flagged, decided na, or decided outside the range of the answers. */
function isReasonDemanded(item: Item, decision: Decision, merged: Pick<Merged, 'answers' | 'flags'>): boolean {
  if (merged.flags.length > 0 || decision.outcome === 'na') return true
  const answered = merged.answers.filter((a) => a.state === 'answered')
  if (!isScored(item)) return !answered.some((a) => a.value === decision.outcome)
  const scores = answered.flatMap((a) => (a.score === null ? [] : [a.score]))
  const { score } = decision
  return score === null || score < Math.min(...scores) || score > Math.max(...scores)
}

/** A confirmed veto needs two of the named votes, or all where fewer than two may vote (two-person evidence). */
function checkVotes(decision: Decision, voters: readonly string[]): DecisionProblem[] {
  const problems: DecisionProblem[] = []
  const voted = decision.votes.map((vote) => vote.personId)
  const names = new Set(voted)
  const known = new Set(voters)
  if (voters.some((voter) => !names.has(voter))) problems.push('voteMissing')
  if (voted.some((person) => !known.has(person))) problems.push('voteUnknown')
  if (names.size < voted.length) problems.push('voteTwice')
  if (decision.outcome === 'fail') {
    const confirming = decision.votes.filter((v) => v.vote === 'fail' || v.vote === 'for').map((v) => v.personId)
    if (new Set(confirming).size < Math.min(2, voters.length)) problems.push('twoPersons')
  }
  return problems
}
