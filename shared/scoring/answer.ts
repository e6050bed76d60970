import type { Answer, AnswerValue } from '../domain/sheet.ts'
import { isScored, type Item, type ItemOf, type Row, type ScoredItem, type Template } from '../domain/template.ts'
import { indicatorRate, measuredRows } from './indicator.ts'
import { MICRO_PER_CP, roundDiv } from './numbers.ts'

export const VALUE_PROBLEMS = [
  'unanswered',
  'valueType',
  'range',
  'offStep',
  'gradeUnknown',
  'deductionUnknown',
  'deductionOrder',
  'countOverMax',
] as const
export type ValueProblem = (typeof VALUE_PROBLEMS)[number]

/** Everything that can be wrong with one record on its own; `units` and `indicators` mean missing or misplaced ones. */
export const ANSWER_PROBLEMS = [
  ...VALUE_PROBLEMS,
  'naNotAllowed',
  'valueOfNa',
  'reason',
  'overrideReason',
  'pending',
  'units',
  'indicators',
] as const
export type AnswerProblem = (typeof ANSWER_PROBLEMS)[number]

/** The parts of a record that decide its score. */
export type Judgeable = Pick<Answer, 'state' | 'value' | 'reason' | 'pending' | 'units' | 'indicators'>

/**
 * `score` in µp, null for veto, gate, na, abstain and whatever is not (validly) answered. `units` = score per sampled unit, in
 * the record's order. `computed_bp` = an indicator's rate from its rows, null while it cannot be computed.
 */
export type Judgement = {
  score: number | null
  units: (number | null)[]
  computed_bp: number | null
  problems: AnswerProblem[]
}

export type ValueJudgement = { score: number | null; problems: ValueProblem[] }

/** What a veto or gate item may be answered and decided. */
export const WORDS: { [type in 'veto' | 'gate']: readonly string[] } = {
  veto: ['pass', 'fail', 'pending'],
  gate: ['yes', 'no'],
}
const MATURITY_STEP = 5

/** Full marks in µp; 0 for veto and gate items. */
export const fullMicro = (item: Item): number => (item.full_cp ?? 0) * MICRO_PER_CP

/** The grades of a conformity item, best first; empty when the template lacks the set. */
export function gradesOf(item: ItemOf<'conformity'>, template: Template) {
  return template.gradeSets.find((set) => set.id === item.spec.gradeSet)?.grades ?? []
}

/** Score in µp of the n-th grade, best first: the item's own points where it lists them, else full × the grade's rate. */
export function gradeScore(item: ItemOf<'conformity'>, index: number, template: Template): number {
  const own = item.spec.points_cp?.[index]
  return own === undefined ? item.full_cp * (gradesOf(item, template)[index]?.bp ?? 0) : own * MICRO_PER_CP
}

const invalid = (problem: ValueProblem): ValueJudgement => ({ score: null, problems: [problem] })
const valid = (score: number | null): ValueJudgement => ({ score, problems: [] })

/** Whether `value` is one a person could give to an unrepeated item, and its score. Used for records, units and decisions. */
export function judgeValue(item: Item, value: AnswerValue, template: Template): ValueJudgement {
  if (value === null) return invalid('unanswered')
  switch (item.type) {
    case 'veto':
    case 'gate':
      return typeof value === 'string' && WORDS[item.type].includes(value) ? valid(null) : invalid('valueType')
    case 'conformity': {
      if (typeof value !== 'string') return invalid('valueType')
      const index = gradesOf(item, template).findIndex((grade) => grade.id === value)
      return index < 0 ? invalid('gradeUnknown') : valid(gradeScore(item, index, template))
    }
    case 'deduction':
      return Array.isArray(value) ? judgeDeductions(item, value) : invalid('valueType')
    case 'maturity':
      return judgeNumber(value, 100, MATURITY_STEP, item.full_cp * 100)
    case 'points':
      return judgeNumber(value, fullMicro(item), item.spec.step_cp * MICRO_PER_CP, 1)
    case 'indicator':
      return judgeNumber(value, 10_000, 1, item.full_cp)
  }
}

function judgeNumber(value: AnswerValue, max: number, step: number, factor: number): ValueJudgement {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return invalid('valueType')
  if (value < 0 || value > max) return invalid('range')
  return value % step === 0 ? valid(value * factor) : invalid('offStep')
}

function judgeDeductions(item: ItemOf<'deduction'>, value: readonly { id: string; count: number }[]): ValueJudgement {
  const places = new Map(item.spec.list.map((entry, index) => [entry.id, index]))
  let last = -1
  let lost = 0
  for (const { id, count } of value) {
    const place = places.get(id)
    const entry = place === undefined ? undefined : item.spec.list[place]
    if (place === undefined || entry === undefined) return invalid('deductionUnknown')
    if (place <= last) return invalid('deductionOrder')
    if (!Number.isSafeInteger(count) || count < 1) return invalid('range')
    if (entry.maxCount !== null && count > entry.maxCount) return invalid('countOverMax')
    last = place
    // Past 2^53 this is inexact but far over any full marks, where only "nothing left" counts.
    lost += entry.points_cp * count * MICRO_PER_CP
  }
  return valid(Math.max(0, fullMicro(item) - lost))
}

/**
 * Judges one record against its item: is the value one that may be given, and what does it score? `rows` are the item's
 * indicator rows (template's or task's; [] for other types). Problems are in reading order, each at most once.
 */
export function judgeAnswer(item: Item, answer: Judgeable, rows: readonly Row[], template: Template): Judgement {
  const judged =
    answer.state === 'answered'
      ? isScored(item) && item.repeat !== null
        ? judgeUnits(item, item.repeat, answer, template)
        : judgeAnswered(item, answer, rows, template)
      : judgeUnanswered(item, answer)
  return { ...judged, problems: [...new Set(judged.problems)] }
}

function judgeUnanswered(item: Item, answer: Judgeable): Judgement {
  const problems: AnswerProblem[] = []
  if (answer.state === 'na' && !item.allowNA) problems.push('naNotAllowed')
  if (answer.value !== null) problems.push('valueOfNa')
  if (isBlank(answer.reason)) problems.push('reason')
  return { score: null, units: answer.units.map(() => null), computed_bp: null, problems }
}

function judgeAnswered(item: Item, answer: Judgeable, rows: readonly Row[], template: Template): Judgement {
  const { score, problems } = judgeValue(item, answer.value, template)
  const judgement: Judgement = {
    score,
    units: answer.units.map(() => null),
    computed_bp: null,
    problems: [...problems],
  }
  if (answer.units.length > 0) judgement.problems.push('units')
  if (item.type === 'veto' && answer.value === 'pending' && !isPendingNamed(answer.pending)) {
    judgement.problems.push('pending')
  }
  if (item.type !== 'indicator') {
    if (answer.indicators.length > 0) judgement.problems.push('indicators')
    return judgement
  }
  const known = new Set(rows.map((row) => row.id))
  const measured = measuredRows(answer.indicators)
  const isMisplaced = answer.indicators.length !== measured.size || [...measured.keys()].some((row) => !known.has(row))
  judgement.computed_bp = indicatorRate(rows, measured, template.indicator)
  if (isMisplaced || judgement.computed_bp === null) judgement.problems.push('indicators')
  if (judgement.computed_bp === null) judgement.score = null
  else if (answer.value !== judgement.computed_bp && isBlank(answer.reason)) judgement.problems.push('overrideReason')
  return judgement
}

/** A repeated item holds no value of its own; its units are values of the same spec, an indicator's unit a rate with a reason. */
function judgeUnits(
  item: ScoredItem,
  repeat: NonNullable<ScoredItem['repeat']>,
  answer: Judgeable,
  template: Template,
): Judgement {
  const judged = answer.units.map((unit) => judgeValue(item, unit.value, template))
  const units = judged.map((unit) => unit.score)
  const problems: AnswerProblem[] = judged.flatMap((unit) => unit.problems)
  const hasTwins = new Set(answer.units.map((unit) => unit.id)).size < answer.units.length
  const isCountRight = answer.units.length >= repeat.min && answer.units.length <= repeat.max
  if (answer.value !== null) problems.push('valueType')
  if (!isCountRight || hasTwins) problems.push('units')
  if (answer.indicators.length > 0) problems.push('indicators')
  if (item.type === 'indicator' && answer.units.some((unit) => isBlank(unit.note)) && isBlank(answer.reason)) {
    problems.push('overrideReason')
  }
  const scores = units.filter((score) => score !== null)
  const isWhole = isCountRight && scores.length === units.length && scores.length > 0
  const score = isWhole ? roundDiv(sum(scores), scores.length) : null
  return { score, units, computed_bp: null, problems }
}

const isPendingNamed = (pending: Answer['pending']): boolean =>
  pending !== null && !isBlank(pending.who) && pending.due !== null

/** Whether a text says nothing. */
export const isBlank = (text: string): boolean => text.trim() === ''

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
