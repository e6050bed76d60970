import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyLayer, parseAddOn, type AddOn } from '../../../shared/domain/layers.ts'
import type { Answer, AnswerValue } from '../../../shared/domain/sheet.ts'
import { indicatorRows, type Task } from '../../../shared/domain/task.ts'
import { isScored, parseTemplate, templateItems, type Item, type Template } from '../../../shared/domain/template.ts'
import { jcsBytes } from '../../../shared/package/jcs.ts'
import { gradesOf } from '../../../shared/scoring/answer.ts'
import type { MergeOutcome } from '../../../shared/scoring/merge.ts'
import {
  answerOf,
  decisionOf,
  mergeOf,
  rowOf,
  sha256,
  sheetOf,
  taskOf,
  teamOf,
  type Visit,
} from '../../support/scoring-factories.ts'

const ASSETS = join(import.meta.dirname, '..', '..', '..', 'assets')
export const readAsset = (...path: string[]): unknown => JSON.parse(readFileSync(join(ASSETS, ...path), 'utf8'))

/** A checklist as shipped; throws when it no longer parses. */
export function builtIn(name: string): Template {
  const parsed = parseTemplate(readAsset('templates', `${name}.json`))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}

/** A visit with the checklist: everyone scores everything, items are owned in turn, indicator items have two rows in the task. */
export function visitOf(template: Template, size = 4): Visit {
  const indicators = templateItems(template).flatMap((i) =>
    i.type === 'indicator' && i.spec.rowsFrom === 'task'
      ? [
          {
            item: i.id,
            rows: [
              rowOf('more', { base: '10', average: '15', advanced: '20' }),
              rowOf('less', { direction: 'lower', base: '0.5', advanced: '0.1' }),
            ],
          },
        ]
      : [],
  )
  const ids = templateItems(template).map((i) => i.id)
  const team = teamOf(size).map((m, n) => ({ ...m, owns: ids.filter((_, i) => i % size === n) }))
  return { template, task: taskOf(team, { category: template.category, indicators }) }
}

/** A record with every indicator row measured; generated values know nothing of the task's rows. */
export function measured(answer: Answer, task: Task, template: Template): Answer {
  const item = templateItems(template).find((i) => i.id === answer.item)
  if (item?.type !== 'indicator' || answer.state !== 'answered') return answer
  const rows = indicatorRows(task, item)
  return { ...answer, indicators: rows.map((r) => ({ row: r.id, measured: { op: '=', v: '1' } })) }
}

/** What a sound applicant gets: everything in order, maturity 60 %, points 85 %, indicators 80 %. */
export function soundValue(item: Item, template: Template): AnswerValue {
  switch (item.type) {
    case 'veto':
      return 'pass'
    case 'gate':
      return 'yes'
    case 'conformity':
      return gradesOf(item, template)[0]?.id ?? null
    case 'maturity':
      return 60
    case 'points':
      return item.full_cp * 8500
    case 'indicator':
      return 8000
    case 'deduction':
      return []
  }
}

export type Values = { [item: string]: AnswerValue }

/** One expert's record of every item: sound, but for `values` by item id. A repeated item gets its fewest units. */
export function soundAnswers({ template, task }: Visit, values: Values = {}): Answer[] {
  return templateItems(template).map((item) => {
    const value = item.id in values ? (values[item.id] ?? null) : soundValue(item, template)
    const over = { reason: '现场核对', pending: { who: '组长', due: '2026-06-01' } }
    if (!isScored(item) || item.repeat === null) return measured(answerOf(item.id, value, over), task, template)
    const units = Array.from({ length: item.repeat.min }, (_, n) => ({ id: `u${n}`, name: `第${n}家`, value }))
    return answerOf(item.id, null, { ...over, units: units.map((u) => ({ ...u, score: null, note: '' })) })
  })
}

/** The team of one mind; what is flagged is decided as everyone said, with every vote. */
export function mergedSound(visit: Visit, values: Values = {}): MergeOutcome {
  const people = visit.task.team.map((m) => m.personId)
  const sheets = people.map((p) => sheetOf(visit, p, soundAnswers(visit, values)))
  const first = mergeOf(visit, sheets)
  const decisions = first.merge.items
    .filter((i) => i.outcome === 'open')
    .map((i) => {
      const word = i.answers[0]?.value as 'fail' | 'pending' | 'no'
      const votes = people.map((personId) => ({ personId, vote: word }))
      return decisionOf(first.merge, i.item, { outcome: word, value: word, votes })
    })
  return mergeOf(visit, sheets, { decisions })
}

/** The food add-on as shipped; throws when it no longer parses. */
export function foodAddOn(): AddOn {
  const parsed = parseAddOn(readAsset('add-ons', 'food.json'))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}

export const hashOfDocument = (document: Template | AddOn): string => sha256(jcsBytes(document))

/** The industrial checklist with the food add-on. */
export function layeredFood(): Template {
  const layered = applyLayer(builtIn('industrial'), foodAddOn(), hashOfDocument)
  if (!layered.ok) throw new Error(JSON.stringify(layered.conflicts))
  return layered.template
}
