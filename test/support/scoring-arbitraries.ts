import fc from 'fast-check'
import type { Decision, Exclusion } from '../../shared/domain/result.ts'
import type { Answer, AnswerValue } from '../../shared/domain/sheet.ts'
import { indicatorRows, type Member, type Task } from '../../shared/domain/task.ts'
import {
  MERGE_METHODS,
  isScored,
  templateItems,
  type Item,
  type Row,
  type Template,
  type When,
} from '../../shared/domain/template.ts'
import { gradesOf, judgeValue } from '../../shared/scoring/answer.ts'
import type { MergeSheet } from '../../shared/scoring/prepare.ts'
import {
  abstainOf,
  answerOf,
  assignedTo,
  conformityItem,
  decisionOf,
  deductionItem,
  gateItem,
  indicatorItem,
  maturityItem,
  memberOf,
  mergeOf,
  naOf,
  nonconformityOf,
  pointsItem,
  rowOf,
  sheetOf,
  taskOf,
  templateOf,
  vetoItem,
  type Visit,
} from './scoring-factories.ts'

const dec = (value: number): string =>
  value % 100 === 0 ? String(value / 100) : (value / 100).toFixed(2).replace(/0$/, '')

/** A row whose thresholds are in the order its direction needs. */
export const arbRow = (id: string): fc.Arbitrary<Row> =>
  fc
    .record({
      direction: fc.constantFrom('higher', 'lower', 'within'),
      weight: fc.integer({ min: 1, max: 9 }),
      low: fc.integer({ min: 0, max: 500 }),
      first: fc.integer({ min: 0, max: 500 }),
      second: fc.integer({ min: 1, max: 500 }),
      hasAverage: fc.boolean(),
      promised: fc.option(fc.integer({ min: 0, max: 1500 })),
    })
    .map((r): Row => {
      const ends = [r.low, r.low + r.first, r.low + r.first + r.second].map(dec) as [string, string, string]
      const [base, average, advanced] = r.direction === 'higher' ? ends : (ends.toReversed() as typeof ends)
      const over = {
        direction: r.direction,
        weight: r.weight,
        promised: r.promised === null ? null : dec(r.promised),
      } as const
      if (r.direction === 'within') return rowOf(id, { ...over, low: ends[0], high: ends[2] })
      return rowOf(id, { ...over, base, average: r.hasAverage ? average : null, advanced })
    })

function arbItem(id: string): fc.Arbitrary<Item> {
  // Now and then so many points that sums and products leave the range of doubles.
  const full = fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 120 }).map((n) => n / 2), weight: 19 },
    { arbitrary: fc.integer({ min: 100_000, max: 900_000 }), weight: 1 },
  )
  const over = fc.record({
    allowNA: fc.boolean(),
    bonus: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    repeat: fc
      .integer({ min: 0, max: 5 })
      .map((n) => (n === 0 ? { what: { zh: '户', en: '' }, min: 1, max: 3 } : null)),
  })
  return fc.oneof(
    { arbitrary: fc.boolean().map((allowNA): Item => vetoItem(id, { allowNA })), weight: 1 },
    { arbitrary: fc.constant<Item>(gateItem(id)), weight: 1 },
    {
      arbitrary: fc
        .tuple(full, over, fc.option(fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)), { freq: 2 }))
        .map(([f, o, shares]): Item => {
          const points_cp = shares && shares.toSorted((a, b) => b - a).map((share) => Math.floor(f * share))
          return conformityItem(id, f, { ...o, spec: { gradeSet: 'three', points_cp } })
        }),
      weight: 3,
    },
    { arbitrary: fc.tuple(full, over).map(([f, o]): Item => maturityItem(id, f, o)), weight: 2 },
    {
      arbitrary: fc
        .tuple(full, over, fc.constantFrom(0.1, 0.5))
        .map(([f, o, step]): Item => pointsItem(id, f, step, o)),
      weight: 3,
    },
    {
      arbitrary: fc
        .tuple(full, over, fc.tuple(arbRow('r1'), arbRow('r2')), fc.boolean())
        .map(([f, o, rows, isTask]): Item =>
          isTask && o.repeat === null
            ? indicatorItem(id, f, [], { ...o, spec: { rowsFrom: 'task', rows: [] } })
            : indicatorItem(id, f, rows, o),
        ),
      weight: 1,
    },
    {
      arbitrary: fc.tuple(full, over).map(([f, o]): Item => {
        const list = [
          { id: 'x', points: 0.25 },
          { id: 'y', points: f / 2, maxCount: 3 },
        ]
        return deductionItem(id, f, list, { ...o, bonus: false })
      }),
      weight: 1,
    },
  )
}

const arbLine = fc.constantFrom(0, 3000, 5000, 7000, 10_000)
/** Any tests, at most three of them together. */
const arbWhen: fc.Arbitrary<When> = fc
  .record(
    {
      anyVetoFail: fc.boolean(),
      anyVetoPending: fc.boolean(),
      anyGateNo: fc.boolean(),
      totalRateAtLeast_bp: arbLine,
      conformityRateAtLeast_bp: arbLine,
      conformity: fc.record({ zeroAtMost: fc.nat(2), belowTopAtMost: fc.nat(3) }),
      sectionRateAtLeast_bp: arbLine,
      openNonconformities: fc.record({ major: fc.nat(1), minor: fc.nat(1) }),
    },
    { requiredKeys: [] },
  )
  .filter((w) => Object.keys(w).length > 0 && Object.keys(w).length <= 3)
/** The usual rules, any others that end, or none. */
const arbRules: fc.Arbitrary<Template['rules'] | null> = fc.oneof(
  { arbitrary: fc.constant(null), weight: 2 },
  {
    arbitrary: fc
      .array(fc.record({ when: arbWhen, then: fc.constantFrom('recommend', 'after', 'reject') }), { maxLength: 4 })
      .map((rules) => [...rules, { when: {}, then: 'pending' }]),
    weight: 3,
  },
  { arbitrary: fc.constant<Template['rules']>([]), weight: 1 },
)
const arbMerge = fc.record({
  method: fc.constantFrom(...MERGE_METHODS),
  divergence: fc.record({
    maturityPercent: fc.constantFrom(0, 5, 20),
    bp: fc.constantFrom(0, 500, 2000),
    minSpread_cp: fc.constantFrom(0, 50, 300),
  }),
  singleScorerFrom_cp: fc.constantFrom(0, 1000, 3000),
  weights: fc.constantFrom<Template['merge']['weights']>(
    [],
    [
      { role: 'lead', weight: 3 },
      { role: 'expert', weight: 2 },
    ],
    [{ role: 'expert', weight: 7 }],
  ),
})

/** One to four sections of one to five items each, any merge settings and rules. */
export const arbTemplate: fc.Arbitrary<Template> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
    arbMerge,
    fc.option(fc.integer({ min: 0, max: 2000 })),
    fc.constantFrom('level', 'interpolate'),
    arbRules,
  )
  .chain(([sizes, merge, bonusCap_cp, indicatorMethod, rules]) =>
    fc
      .tuple(...sizes.map((size, s) => fc.tuple(...Array.from({ length: size }, (_, n) => arbItem(`${s}.${n}`)))))
      .map((sections) =>
        templateOf(sections, {
          bonusCap_cp,
          indicator: { method: indicatorMethod, level_bp: { advanced: 10_000, average: 7000, base: 4000, below: 0 } },
          merge,
          ...(rules === null ? {} : { rules }),
        }),
      ),
  )
  // As much as a checklist may hold.
  .filter((template) => template.totalFull_cp <= 100_000_000)

/** A value a person could give to the item. */
export function arbValue(item: Item, template: Template): fc.Arbitrary<AnswerValue> {
  switch (item.type) {
    case 'veto':
      return fc.constantFrom('pass', 'pass', 'fail', 'pending')
    case 'gate':
      return fc.constantFrom('yes', 'yes', 'no')
    case 'conformity':
      return fc.constantFrom(...gradesOf(item, template).map((g) => g.id))
    case 'maturity':
      return fc.integer({ min: 0, max: 20 }).map((n) => n * 5)
    case 'points':
      return fc.integer({ min: 0, max: item.full_cp / item.spec.step_cp }).map((n) => n * item.spec.step_cp * 10_000)
    case 'indicator':
      return fc.integer({ min: 0, max: 10_000 })
    case 'deduction':
      return fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 })).map(([x, y]) =>
        [
          { id: 'x', count: x },
          { id: 'y', count: y },
        ].filter((d) => d.count > 0),
      )
  }
}

const MEASURED = fc.record({ op: fc.constantFrom('=', '<', '>'), v: fc.integer({ min: 0, max: 1500 }).map(dec) })

function arbAnswered(item: Item, { template, task }: Visit): fc.Arbitrary<Answer> {
  if (item.repeat) {
    return fc
      .array(arbValue(item, template), { minLength: item.repeat.min, maxLength: item.repeat.max })
      .map((values) =>
        answerOf(item.id, null, {
          units: values.map((value, n) => ({ id: `u${n}`, name: `第${n}户`, value, score: null, note: '抽查' })),
        }),
      )
  }
  const rows = indicatorRows(task, item)
  return fc.tuple(arbValue(item, template), ...rows.map(() => MEASURED)).map(([value, ...measured]) =>
    answerOf(item.id, value, {
      reason: '现场核对',
      pending: { who: '组长', due: '2026-06-01' },
      indicators: rows.map((r, n) => ({ row: r.id, measured: measured[n] ?? { op: '=', v: '0' } })),
    }),
  )
}

/** A valid record of the item: mostly answered, sometimes na (where allowed), abstained, or none at all. */
const arbAnswer = (item: Item, visit: Visit): fc.Arbitrary<Answer | null> =>
  fc.oneof(
    { arbitrary: arbAnswered(item, visit), weight: 8 },
    { arbitrary: fc.constant(item.allowNA ? naOf(item.id) : null), weight: 2 },
    { arbitrary: fc.constantFrom(abstainOf(item.id), null), weight: 1 },
  )

export const arbAnswers = (visit: Visit, personId: string): fc.Arbitrary<Answer[]> =>
  fc
    .tuple(...assignedTo(visit, personId).map((item) => arbAnswer(item, visit)))
    .map((answers) => answers.filter((a) => a !== null))

function arbTeam(template: Template): fc.Arbitrary<Member[]> {
  const ids = template.sections.flatMap((s) => s.items.map((i) => i.id))
  const assigned = fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary: fc.subarray(ids), weight: 1 })
  return fc
    .tuple(
      fc.array(assigned, { minLength: 1, maxLength: 9 }),
      fc.array(fc.nat(8), { minLength: ids.length, maxLength: ids.length }),
    )
    .map(([all, luck]) => {
      const team = all.map((a, n) => memberOf(`e${n + 1}`, { role: n === 0 ? 'lead' : 'expert', assigned: a }))
      for (const [n, id] of ids.entries()) {
        const owner = team[luck[n] ?? 0]
        if (owner && (owner.assigned === null || owner.assigned.includes(id))) owner.owns.push(id)
      }
      return [...team, memberOf('watcher', { role: 'observer' })]
    })
}

/** Rows of the indicators whose rows the task brings. */
function arbTaskRows(template: Template): fc.Arbitrary<Task['indicators']> {
  const items = templateItems(template).filter((i) => i.type === 'indicator' && i.spec.rowsFrom === 'task')
  return fc.tuple(
    ...items.map(({ id }) => fc.tuple(arbRow('t1'), arbRow('t2')).map((rows) => ({ item: id, rows: [...rows] }))),
  )
}

export type TeamWork = {
  visit: Visit
  sheets: MergeSheet[]
  excluded: Exclusion[]
  decisions: Decision[]
  nonconformities: ReturnType<typeof nonconformityOf>[]
}

/** A checklist, a team, valid sheets (some missing, some revised), exclusions, and valid decisions, some of them stale. */
export const arbTeamWork: fc.Arbitrary<TeamWork> = arbTemplate
  .chain((template) =>
    fc
      .tuple(arbTeam(template), arbTaskRows(template))
      .map(([team, indicators]): Visit => ({ template, task: taskOf(team, { indicators }) })),
  )
  .chain((visit) => {
    const scorers = visit.task.team.filter((m) => m.role !== 'observer')
    return fc.record({
      visit: fc.constant(visit),
      answers: fc.tuple(...scorers.map((m) => arbAnswers(visit, m.personId))),
      revised: fc.option(arbAnswers(visit, 'e1')),
      presence: fc.array(fc.constantFrom('sheet', 'sheet', 'sheet', 'sheet', 'missing', 'excluded'), {
        minLength: scorers.length,
        maxLength: scorers.length,
      }),
      values: fc.tuple(
        ...visit.template.sections.flatMap((s) =>
          s.items.map((i) => fc.option(arbValue(i, visit.template), { freq: 2 })),
        ),
      ),
      stale: fc.tuple(...visit.template.sections.flatMap((s) => s.items.map(() => fc.integer({ min: 0, max: 5 })))),
      majors: fc.integer({ min: 0, max: 1 }),
    })
  })
  .map(({ visit, answers, revised, presence, values, stale, majors }): TeamWork => {
    const scorers = visit.task.team.filter((m) => m.role !== 'observer')
    const present = scorers.map((m, n) => ({ m, list: answers[n] ?? [] })).filter((_, n) => presence[n] !== 'missing')
    const sheets = present.map(({ m, list }) => sheetOf(visit, m.personId, list))
    if (revised && sheets.length > 0) sheets.push(sheetOf(visit, 'e1', revised, { revision: 2, reason: '更正' }))
    const excluded = scorers.flatMap((m, n) =>
      presence[n] === 'excluded' ? [{ personId: m.personId, sheet: null, reason: '回避' }] : [],
    )
    const { merge } = mergeOf(visit, sheets, { excluded })
    const items = visit.template.sections.flatMap((s) => s.items)
    const decisions = items.flatMap((item, n) => {
      const value = values[n] ?? null
      if (value === null) return []
      const over = stale[n] === 0 ? { basis: '0'.repeat(64) } : {}
      return [decisionOf(merge, item.id, { ...decisionValue(item, value, visit.template), ...over })]
    })
    const nonconformities = Array.from({ length: majors }, () => nonconformityOf('n1', { kind: 'major' }))
    return { visit, sheets, excluded, decisions, nonconformities }
  })

function decisionValue(item: Item, value: AnswerValue, template: Template): Partial<Decision> {
  if (!isScored(item)) return { outcome: value as Decision['outcome'], value }
  if (item.repeat) return { value: null, score: Math.floor((item.full_cp * 10_000) / 3) }
  return { value, score: judgeValue(item, value, template).score }
}
