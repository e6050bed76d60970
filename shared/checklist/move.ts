import type { Answer } from '../domain/sheet.ts'
import { indicatorRows, type Task } from '../domain/task.ts'
import { templateItems, type Item, type Template } from '../domain/template.ts'
import { judgeAnswer, type AnswerProblem, type Judgement } from '../scoring/answer.ts'
import { itemChanges } from './diff.ts'
import { fieldChanges, type FieldChange } from './field-changes.ts'

/** A checklist with the indicator rows of its task. */
export type Edition = { template: Template; task: Pick<Task, 'indicators'> }

/**
 * A record that goes on, scored anew (`before` and `after` in µp). `changes`: what differs in its item, grades, bands or rows;
 * `needsLook` when that is more than the printed code.
 */
export type KeptAnswer = {
  item: string
  answer: Answer
  before: number | null
  after: number | null
  changes: FieldChange[]
  needsLook: boolean
}
/** A record that cannot go on, as it was. `invalid` names what the new edition would not take. */
export type DroppedAnswer = {
  item: string
  answer: Answer
  why: 'removed' | 'typeChanged' | 'notAssigned' | 'invalid'
  problems: AnswerProblem[]
}

/** Every record is in exactly one of `kept` and `dropped`, in the order they came. */
export type MovePlan = {
  kept: KeptAnswer[]
  dropped: DroppedAnswer[]
  /** Items the earlier edition does not know, to be judged for the first time, in the order of the new one. */
  fresh: string[]
}

/**
 * What becomes of a sheet's records in another edition. A record goes on where the item of the same id has the same type and takes
 * its value without a problem it did not have before; nothing is guessed. `assigned` = the person's items there, null: all.
 */
export function planMove(
  answers: readonly Answer[],
  from: Edition,
  to: Edition,
  assigned: readonly string[] | null = null,
): MovePlan {
  const known = new Map(templateItems(from.template).map((i) => [i.id, i]))
  const now = new Map(templateItems(to.template).map((i) => [i.id, i]))
  const own = assigned && new Set(assigned)
  const plan: MovePlan = { kept: [], dropped: [], fresh: [] }
  for (const answer of answers) {
    const moved = moveAnswer(answer, known.get(answer.item), now.get(answer.item), from, to)
    if ('why' in moved) plan.dropped.push(moved)
    else if (own && !own.has(answer.item)) plan.dropped.push(drop(answer, 'notAssigned'))
    else plan.kept.push(moved)
  }
  plan.fresh = [...now.keys()].filter((id) => !known.has(id) && (own === null || own.has(id)))
  return plan
}

const drop = (answer: Answer, why: DroppedAnswer['why'], problems: AnswerProblem[] = []): DroppedAnswer => ({
  item: answer.item,
  answer,
  why,
  problems,
})

function moveAnswer(
  answer: Answer,
  before: Item | undefined,
  after: Item | undefined,
  from: Edition,
  to: Edition,
): KeptAnswer | DroppedAnswer {
  if (before === undefined || after === undefined) return drop(answer, 'removed')
  if (before.type !== after.type || (before.repeat === null) !== (after.repeat === null))
    return drop(answer, 'typeChanged')
  const old = judgeIn(from, before, answer)
  const carried = recomputed(answer, old, judgeIn(to, after, answer))
  const judged = judgeIn(to, after, carried)
  const problems = judged.problems.filter((p) => !old.problems.includes(p))
  if (problems.length > 0) return drop(answer, 'invalid', problems)
  const changes = [...itemChanges(before, after), ...aroundChanges(before, after, from, to)]
  return {
    item: answer.item,
    answer: {
      ...carried,
      score: judged.score,
      units: carried.units.map((unit, n) => ({ ...unit, score: judged.units[n] ?? null })),
    },
    before: old.score,
    after: judged.score,
    changes,
    needsLook: changes.some((c) => c.field !== 'code'),
  }
}

const judgeIn = ({ template, task }: Edition, item: Item, answer: Answer): Judgement =>
  judgeAnswer(item, answer, indicatorRows(task, item), template)

/** An indicator's rate that was the rows' own follows the rows; one somebody set with a reason stays. */
function recomputed(answer: Answer, old: Judgement, now: Judgement): Answer {
  const follows = old.computed_bp !== null && answer.value === old.computed_bp && now.computed_bp !== null
  return follows ? { ...answer, value: now.computed_bp } : answer
}

/** Changes of what the item only names: its grades, its bands, its task's rows, the way rows become a rate. */
function aroundChanges(before: Item, after: Item, from: Edition, to: Edition): FieldChange[] {
  const around = (item: Item, { template, task }: Edition) => {
    if (item.type === 'conformity') return { gradeSets: template.gradeSets.filter((g) => g.id === item.spec.gradeSet) }
    if (item.type === 'maturity') return { bands: template.bands.filter((b) => b.model === item.spec.model) }
    if (item.type !== 'indicator') return {}
    const taskRows = item.spec.rowsFrom === 'task' ? indicatorRows(task, item) : []
    return { indicator: template.indicator, spec: { rows: taskRows } }
  }
  return fieldChanges(around(before, from), around(after, to))
}
