import type { Decision } from '../../shared/domain/result.ts'
import { templateItems, type Item, type Template } from '../../shared/domain/template.ts'
import { mergeSheets, mergerOf, type MergeArguments } from '../../shared/scoring/merge.ts'
import { randomFrom } from '../support/random.ts'
import {
  NO_INPUTS,
  answerOf,
  conformityItem,
  decisionOf,
  deductionItem,
  indicatorItem,
  maturityItem,
  naOf,
  pointsItem,
  rowOf,
  sha256,
  sheetOf,
  taskOf,
  teamOf,
  templateOf,
  vetoItem,
  type Visit,
} from '../support/scoring-factories.ts'
import { percentile } from './percentile.ts'

const EXPERTS = 9
const ITEMS = 1000
const SECTION = 50
const WARM = 10
const ROUNDS = 40
/** Median, in ms. */
const GOAL = { merge: 50, decision: 5 }

const random = randomFrom(20_261_123)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const ROW = rowOf('r1', { base: '10', average: '20', advanced: '30' })

/** As mixed as a real checklist: mostly grades, maturity and points, some indicators and deductions, a few vetoes. */
function itemOf(n: number): Item {
  const id = `i${n}`
  const kind = n % 20
  if (kind === 0) return vetoItem(id)
  if (kind < 7) return conformityItem(id, 10, { allowNA: true })
  if (kind < 13) return maturityItem(id, 15)
  if (kind < 18) return pointsItem(id, 10, 0.5)
  return kind === 18 ? indicatorItem(id, 10, [ROW]) : deductionItem(id, 10, [{ id: 'x', points: 1 }])
}

function visit(): Visit {
  const sections = Array.from({ length: ITEMS / SECTION }, (_, s) =>
    Array.from({ length: SECTION }, (_item, n) => itemOf(s * SECTION + n)),
  )
  return { template: templateOf(sections), task: taskOf(teamOf(EXPERTS)) }
}

/** Experts mostly agree; enough of them differ that hundreds of items wait for a decision. */
function answersOf(template: Template) {
  return templateItems(template).map((item) => {
    switch (item.type) {
      case 'veto':
      case 'gate':
        return answerOf(item.id, 'pass')
      case 'conformity':
        return random() < 0.02 ? naOf(item.id) : answerOf(item.id, pick(['full', 'full', 'full', 'partly']))
      case 'maturity':
        return answerOf(item.id, 5 * Math.floor(10 + random() * 6))
      case 'points':
        return answerOf(item.id, 500_000 * Math.floor(12 + random() * 9))
      case 'indicator':
        return answerOf(item.id, 7000, { indicators: [{ row: 'r1', measured: { op: '=', v: '25' } }] })
      case 'deduction':
        return answerOf(item.id, random() < 0.5 ? [] : [{ id: 'x', count: 1 }])
    }
  })
}

const where = visit()
const sheets = where.task.team.map((m) => sheetOf(where, m.personId, answersOf(where.template)))
const first: MergeArguments = { ...where, sheets, inputs: NO_INPUTS, hash: sha256 }
const open = mergeSheets(first).merge
const decisions = open.items.flatMap((m): Decision[] => {
  const score = m.proposal.score
  return m.outcome === 'open' && score !== null
    ? [decisionOf(open, m.item, { value: m.proposal.value, score, outcome: 'value' })]
    : []
})

/** The floor of a merge: every answer of every sheet met once, in a plain loop, and added to its item. */
function bareWalk(): number {
  const byItem = new Map<string, { sum: number; count: number }>()
  for (const { sheet } of sheets) {
    for (const { item, score } of sheet.answers) {
      const entry = byItem.get(item) ?? { sum: 0, count: 0 }
      entry.sum += score ?? 0
      entry.count += 1
      byItem.set(item, entry)
    }
  }
  return byItem.size
}

/** The floor of having them at all: the same sheets as texts, read by the runtime's own parser. */
const texts = sheets.map((s) => JSON.stringify(s.sheet))
const parseSheets = (): unknown => texts.map((t) => JSON.parse(t) as unknown)

const held = decisions.slice(0, Math.floor(decisions.length / 2))
const next = { decisions: decisions.slice(0, held.length + 1), nonconformities: [] }
const desk = mergerOf({ ...where, sheets, excluded: [], hash: sha256 })
desk.settle({ ...next, decisions: held })

const WORK = {
  merge: () => mergeSheets(first),
  mergeDecided: () => mergeSheets({ ...first, inputs: { ...NO_INPUTS, ...next } }),
  decision: () => desk.settle(next),
  bareWalk,
  parseSheets,
}
type Name = keyof typeof WORK
const NAMES = Object.keys(WORK) as Name[]
const times = new Map<Name, number[]>(NAMES.map((name) => [name, []]))
for (let round = -WARM; round < ROUNDS; round += 1) {
  globalThis.gc?.()
  for (const name of NAMES) {
    const from = performance.now()
    WORK[name]()
    if (round >= 0) times.get(name)?.push(performance.now() - from)
  }
}

const p50 = Object.fromEntries(NAMES.map((name) => [name, percentile(times.get(name) ?? [], 50)])) as Record<
  Name,
  number
>
/** What the machine can do when nothing else wants it. */
const best = Object.fromEntries(NAMES.map((name) => [name, percentile(times.get(name) ?? [], 0)]))
const p95 = Object.fromEntries(NAMES.map((name) => [name, percentile(times.get(name) ?? [], 95)]))
const ratio = {
  mergeToWalk: p50.merge / p50.bareWalk,
  mergeToParse: p50.merge / p50.parseSheets,
  decisionToWalk: p50.decision / p50.bareWalk,
}
const figures = {
  bench: 'merge',
  unit: 'ms',
  sheets: EXPERTS,
  items: ITEMS,
  decisions: held.length,
  goal: GOAL,
  best,
  p50,
  p95,
}
process.stdout.write(`${JSON.stringify({ ...figures, ratio })}\n`)
