import type { Answer, AnswerValue, Totals } from '../domain/sheet.ts'
import { assignedItems, indicatorRows, type Member, type Task } from '../domain/task.ts'
import { isScored, type Item, type ItemOf, type Row, type Template } from '../domain/template.ts'
import { fullMicro, gradesOf, gradeScore, judgeAnswer, judgeValue, sum, type AnswerProblem } from './answer.ts'
import { isWorseThanPromised, measuredRows, rowLevel, rowRate, type Level, type Measured } from './indicator.ts'
import { MICRO_PER_CP } from './numbers.ts'
import { addSections, sectionTotals, type SectionTotals } from './totals.ts'

/** Where an item stands on one expert's sheet; `unanswered` is an assigned item without a valid value. */
export type WhyState = Answer['state'] | 'unanswered'

/**
 * How a value becomes a score, with everything the formula takes. Points in µp, rates in bp, percent as said. `grade`: full × bp;
 * `gradePoints`: the item's own points for the grade; `percent`: full × percent; `points`: the value itself; `rate`: full × bp;
 * `deductions`: max(0, full − Σ lost); `rows`: full × used_bp; `units`: the mean of the units' scores, rounded once.
 */
export type ScoreRule =
  | { by: 'grade'; grade: string; bp: number }
  | { by: 'gradePoints'; grade: string; points: number }
  | { by: 'percent'; percent: number }
  | { by: 'points'; step: number }
  | { by: 'rate'; bp: number }
  | { by: 'deductions'; found: { id: string; each: number; count: number; lost: number }[]; lost: number }
  | { by: 'rows'; rows: WhyRow[]; computed_bp: number | null; used_bp: number | null; isOverridden: boolean }
  | { by: 'units'; units: WhyUnit[]; min: number; max: number }

/** One indicator row; `measured`, `level` and `bp` null while it is not measured. */
export type WhyRow = {
  row: string
  weight: number
  measured: Measured | null
  level: Level | null
  bp: number | null
  isWorseThanPromised: boolean
}

/** One sampled unit; `rule` null while its value is none that may be given. */
export type WhyUnit = { id: string; name: string; value: AnswerValue; score: number | null; rule: ScoreRule | null }

/**
 * One item of one expert's sheet. `full` null for veto and gate. `rule` null: no formula (veto, gate, na, abstain, nothing valid
 * given). `score` null: counts in nothing. `problems` = why there is no score, or a reason that is still owed.
 */
export type WhyAnswer = {
  item: string
  full: number | null
  isBonus: boolean
  state: WhyState
  value: AnswerValue
  reason: string
  rule: ScoreRule | null
  score: number | null
  problems: AnswerProblem[]
}

/** Full marks (µp, bonus items apart) that do not count in the rate, by cause. */
export type LeftOut = { na: number; abstain: number; unanswered: number }

/** `notAssigned` = items of the section that are other people's. */
export type WhySheetSection = SectionTotals & { leftOut: LeftOut; notAssigned: number; items: WhyAnswer[] }

/**
 * Why one expert's sheet adds up to what it does: rate = base ÷ applicable; converted = base × totalFull ÷ applicable + bonus;
 * `bonus.earned` before the cap, `cap` null without one. totalFull = applicable + everything left out.
 */
export type WhySheet = {
  totals: Totals
  bonus: { earned: number; cap: number | null; counted: number }
  leftOut: LeftOut
  sections: WhySheetSection[]
}

/** How one value of an unrepeated item becomes its score; null when it is none that may be given, or the item has no score. */
function ruleOfValue(item: Item, value: AnswerValue, template: Template): ScoreRule | null {
  if (!isScored(item) || judgeValue(item, value, template).problems.length > 0) return null
  if (typeof value === 'string') return item.type === 'conformity' ? ruleOfGrade(item, value, template) : null
  if (item.type === 'deduction') return ruleOfDeductions(item, value)
  if (item.type === 'points') return { by: 'points', step: item.spec.step_cp * MICRO_PER_CP }
  return item.type === 'maturity' ? { by: 'percent', percent: Number(value) } : { by: 'rate', bp: Number(value) }
}

function ruleOfGrade(item: ItemOf<'conformity'>, grade: string, template: Template): ScoreRule {
  const grades = gradesOf(item, template)
  const index = grades.findIndex((g) => g.id === grade)
  return item.spec.points_cp === null
    ? { by: 'grade', grade, bp: grades[index]?.bp ?? 0 }
    : { by: 'gradePoints', grade, points: gradeScore(item, index, template) }
}

function ruleOfDeductions(item: ItemOf<'deduction'>, value: AnswerValue): ScoreRule {
  const counts = new Map((Array.isArray(value) ? value : []).map((entry) => [entry.id, entry.count]))
  const found = item.spec.list.flatMap(({ id, points_cp }) => {
    const count = counts.get(id)
    const each = points_cp * MICRO_PER_CP
    return count === undefined ? [] : [{ id, each, count, lost: each * count }]
  })
  return { by: 'deductions', found, lost: sum(found.map((entry) => entry.lost)) }
}

function ruleOfRows(
  answer: Answer,
  rows: readonly Row[],
  computed_bp: number | null,
  { indicator }: Template,
): ScoreRule {
  const measured = measuredRows(answer.indicators)
  const used_bp = typeof answer.value === 'number' ? answer.value : null
  return {
    by: 'rows',
    rows: rows.map((row) => {
      const value = measured.get(row.id) ?? null
      const isMeasured = value !== null
      return {
        row: row.id,
        weight: row.weight,
        measured: value,
        level: isMeasured ? rowLevel(row, value) : null,
        bp: isMeasured ? rowRate(row, value, indicator) : null,
        isWorseThanPromised: isMeasured && isWorseThanPromised(row, value),
      }
    }),
    computed_bp,
    used_bp,
    isOverridden: used_bp !== null && computed_bp !== null && used_bp !== computed_bp,
  }
}

/** Why one item stands where it stands; `answer` null = no record, `rows` = its indicator rows ([] for other types). */
export function whyAnswer(item: Item, answer: Answer | null, rows: readonly Row[], template: Template): WhyAnswer {
  const full = isScored(item) ? fullMicro(item) : null
  const base = { item: item.id, full, isBonus: item.bonus, reason: answer?.reason ?? '' }
  if (answer === null) {
    return { ...base, state: 'unanswered', value: null, rule: null, score: null, problems: ['unanswered'] }
  }
  const { score, units, computed_bp, problems } = judgeAnswer(item, answer, rows, template)
  const isJudged = isScored(item) ? score !== null : !problems.includes('unanswered') && !problems.includes('valueType')
  const state: WhyState = answer.state === 'answered' && !isJudged ? 'unanswered' : answer.state
  const known = { ...base, state, value: answer.value, score, problems }
  if (answer.state !== 'answered' || !isScored(item)) return { ...known, rule: null }
  if (item.repeat !== null) {
    const { min, max } = item.repeat
    const explained = answer.units.map(({ id, name, value }, n) => {
      return { id, name, value, score: units[n] ?? null, rule: ruleOfValue(item, value, template) }
    })
    return { ...known, rule: { by: 'units', units: explained, min, max } }
  }
  const rule =
    item.type === 'indicator'
      ? ruleOfRows(answer, rows, computed_bp, template)
      : ruleOfValue(item, answer.value, template)
  return { ...known, rule }
}

function leftOutOf(items: readonly WhyAnswer[]): LeftOut {
  const left: LeftOut = { na: 0, abstain: 0, unanswered: 0 }
  for (const { isBonus, state, full } of items) if (!isBonus && state !== 'answered') left[state] += full ?? 0
  return left
}

/**
 * One expert's sheet explained from the total down to each value, in template order, over the items assigned to them. Scores are
 * judged anew from the values, never taken from the record.
 */
export function whySheet(
  template: Template,
  task: Pick<Task, 'indicators'>,
  member: Member,
  answers: Iterable<Answer>,
): WhySheet {
  const records = new Map<string, Answer>()
  for (const answer of answers) if (!records.has(answer.item)) records.set(answer.item, answer)
  const assigned = new Set(assignedItems(member, template).map((item) => item.id))
  const bySection = template.sections.map((section) =>
    section.items.flatMap((item) =>
      assigned.has(item.id) ? [whyAnswer(item, records.get(item.id) ?? null, indicatorRows(task, item), template)] : [],
    ),
  )
  const totals = sectionTotals(template, member, bySection.flat())
  const sections = totals.map((section, n) => {
    const items = bySection[n] ?? []
    const notAssigned = (template.sections[n]?.items.length ?? 0) - items.length
    return { ...section, leftOut: leftOutOf(items), notAssigned, items }
  })
  const added = addSections(totals, template)
  const cap = template.bonusCap_cp === null ? null : template.bonusCap_cp * MICRO_PER_CP
  return {
    totals: added,
    bonus: { earned: sum(totals.map((section) => section.bonus)), cap, counted: added.bonus },
    leftOut: leftOutOf(bySection.flat()),
    sections,
  }
}
