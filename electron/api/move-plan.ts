import type { Answer } from '../../shared/domain/sheet.ts'
import { indicatorRows } from '../../shared/domain/task.ts'
import type { Visit } from '../../shared/domain/task-change.ts'
import { templateItems, type Item, type Template } from '../../shared/domain/template.ts'
import { jcs } from '../../shared/package/jcs.ts'
import { judgeAnswer, judgeValue } from '../../shared/scoring/answer.ts'

/** An answer under another revision of its task. `reasons` say why it should be looked at again; [] = it stands as it is. */
export type Refitted = { answer: Answer; reasons: LookReason[] }
export type LookReason = 'type' | 'points' | 'grades' | 'rows' | 'value' | 'wording' | 'na'

/**
 * Answers by item under another revision: judged anew, values that are none any more taken out (notes, facts, documents and photos
 * stay). Items the later checklist does not have are left out.
 */
export function refitAnswers(answers: readonly Answer[], from: Visit, to: Visit): Map<string, Refitted> {
  const before = new Map(templateItems(from.template).map((i) => [i.id, i]))
  const after = new Map(templateItems(to.template).map((i) => [i.id, i]))
  const refitted = new Map<string, Refitted>()
  for (const answer of answers) {
    const item = after.get(answer.item)
    if (item !== undefined) refitted.set(answer.item, refit(answer, before.get(answer.item) ?? item, item, from, to))
  }
  return refitted
}

function refit(answer: Answer, was: Item, item: Item, from: Visit, to: Visit): Refitted {
  const reasons = new Set(differences(was, item, from, to))
  const rows = indicatorRows(to.task, item)
  const known = new Set(rows.map((r) => r.id))
  const indicators = item.type === 'indicator' ? answer.indicators.filter((i) => known.has(i.row)) : []
  const value = carriedValue(answer, was, item, { indicators, from, to })
  const units = item.type === was.type && item.full_cp !== null && item.repeat !== null ? answer.units : []
  const isNaGone = answer.state === 'na' && !item.allowNA
  const state = isNaGone ? ('answered' as const) : answer.state
  const fitted = { ...answer, state, value, indicators, units }
  const judged = judgeAnswer(item, fitted, rows, to.template)
  if (isNaGone) reasons.add('na')
  if (answer.value !== null && value === null) reasons.add('value')
  const placed = units.map((unit, n) => ({ ...unit, score: judged.units[n] ?? null }))
  return { answer: { ...fitted, units: placed, score: judged.score }, reasons: [...reasons] }
}

/** The value where it is still one; a rate that followed from the rows follows from them again. */
function carriedValue(
  answer: Answer,
  was: Item,
  item: Item,
  { indicators, from, to }: { indicators: Answer['indicators']; from: Visit; to: Visit },
): Answer['value'] {
  if (answer.state !== 'answered' || answer.value === null || item.type !== was.type) return null
  if ((item.repeat === null) !== (was.repeat === null)) return null
  if (item.type === 'indicator') {
    const then = judgeAnswer(was, answer, indicatorRows(from.task, was), from.template).computed_bp
    if (answer.value === then)
      return judgeAnswer(item, { ...answer, indicators }, indicatorRows(to.task, item), to.template).computed_bp
  }
  return judgeValue(item, answer.value, to.template).problems.length === 0 ? answer.value : null
}

function differences(was: Item, item: Item, from: Visit, to: Visit): LookReason[] {
  if (was.type !== item.type || (was.repeat === null) !== (item.repeat === null)) return ['type']
  const reasons: LookReason[] = []
  if (was.full_cp !== item.full_cp || jcs(pointsOf(was)) !== jcs(pointsOf(item))) reasons.push('points')
  if (jcs(gradesOf(was, from.template)) !== jcs(gradesOf(item, to.template))) reasons.push('grades')
  if (jcs(indicatorRows(from.task, was)) !== jcs(indicatorRows(to.task, item))) reasons.push('rows')
  if (jcs([was.title, was.guidance]) !== jcs([item.title, item.guidance])) reasons.push('wording')
  return reasons
}

function pointsOf(item: Item): unknown {
  if (item.type === 'conformity') return item.spec.points_cp
  if (item.type === 'points') return item.spec.step_cp
  return item.type === 'deduction' ? item.spec.list.map(({ label: _label, ...rest }) => rest) : null
}

function gradesOf(item: Item, template: Template): unknown {
  if (item.type === 'conformity') return template.gradeSets.find((g) => g.id === item.spec.gradeSet)?.grades ?? null
  return item.type === 'maturity' ? template.bands.filter((b) => b.model === item.spec.model) : null
}
