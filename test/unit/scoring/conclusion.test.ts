import { describe, expect, test } from 'vitest'
import type { When } from '../../../shared/domain/template.ts'
import { checkConclusion } from '../../../shared/scoring/conclusion.ts'
import {
  answerOf,
  conformityItem,
  decisionOf,
  gateItem,
  mergeOf,
  naOf,
  nonconformityOf,
  pointsItem,
  sheetOf,
  taskOf,
  teamOf,
  templateOf,
  vetoItem,
} from '../../support/scoring-factories.ts'

const items = [
  [
    conformityItem('c1', 20, { allowNA: true }),
    conformityItem('c2', 20, { allowNA: true }),
    vetoItem('v'),
    gateItem('g'),
  ],
  [pointsItem('p', 300, 0.01, { allowNA: true })],
  [pointsItem('q', 10, 0.5, { allowNA: true })],
]
type Answers = { [item: string]: string | number | null }
type Open = Parameters<typeof nonconformityOf>[1][]
const GOOD: Answers = { c1: 'full', c2: 'full', v: 'pass', g: 'yes', p: 300, q: 10 }
const ELSE = { when: {}, then: 'reject' }

/** Two experts of one mind (null = na); bad words of veto and gate are confirmed by the team. */
function merged(
  rules: { when: When; then: string }[],
  answers: Answers = {},
  open: Open = [],
  justifyBelow_bp: number | null = null,
) {
  const visit = { template: templateOf(items, { rules }, { justifyBelow_bp }), task: taskOf(teamOf(2)) }
  const records = Object.entries({ ...GOOD, ...answers }).map(([item, value]) =>
    value === null
      ? naOf(item)
      : answerOf(item, typeof value === 'number' ? Math.round(value * 1e6) : value, {
          pending: { who: '王', due: '2026-06-01' },
        }),
  )
  const sheets = ['e1', 'e2'].map((p) => sheetOf(visit, p, records))
  const nonconformities = open.map((over, n) => nonconformityOf(`n${n}`, over))
  const first = mergeOf(visit, sheets, { nonconformities })
  const decisions = first.merge.items
    .filter((i) => i.outcome === 'open')
    .map((i) =>
      decisionOf(first.merge, i.item, { outcome: i.answers[0]?.value as 'fail', value: i.answers[0]?.value ?? null }),
    )
  return { template: visit.template, first, outcome: mergeOf(visit, sheets, { nonconformities, decisions }) }
}
const holds = (when: When, answers: Answers = {}, open: Open = []): boolean =>
  merged([{ when, then: 'recommend' }, ELSE], answers, open).outcome.merge.conclusion.rule === 0

describe('tests of a rule, from both sides', () => {
  test('total rate: what is printed decides, 79.997 % is 80.00 %', () => {
    expect(holds({ totalRateAtLeast_bp: 8000 }, { p: 229.99 })).toBe(true)
    expect(holds({ totalRateAtLeast_bp: 8000 }, { p: 229.98 })).toBe(false)
    expect(holds({ totalRateAtLeast_bp: 0 }, { c1: null, c2: null, p: null, q: null })).toBe(false)
  })
  test('conformity rate looks at points of conformity items only', () => {
    expect(holds({ conformityRateAtLeast_bp: 7500 }, { c1: 'partly', p: 0 })).toBe(true)
    expect(holds({ conformityRateAtLeast_bp: 7501 }, { c1: 'partly' })).toBe(false)
    expect(holds({ conformityRateAtLeast_bp: 5000 }, { c1: 'partly', c2: null })).toBe(true)
  })
  test('conformity counts: zeros and everything below the top grade, na not counted', () => {
    const when = (zeroAtMost: number, belowTopAtMost: number) => ({ conformity: { zeroAtMost, belowTopAtMost } })
    expect(holds(when(0, 1), { c1: 'partly' })).toBe(true)
    expect(holds(when(0, 0), { c1: 'partly' })).toBe(false)
    expect(holds(when(0, 1), { c1: 'none' })).toBe(false)
    expect(holds(when(1, 1), { c1: 'none' })).toBe(true)
    expect(holds(when(0, 0), { c1: null })).toBe(true)
  })
  test('every section with something applicable must reach its rate', () => {
    expect(holds({ sectionRateAtLeast_bp: 6000 }, { q: 6 })).toBe(true)
    expect(holds({ sectionRateAtLeast_bp: 6000 }, { q: 5.5 })).toBe(false)
    expect(holds({ sectionRateAtLeast_bp: 6000 }, { q: null })).toBe(true)
    expect(holds({ sectionRateAtLeast_bp: 6000 }, { c1: null, c2: null, p: null, q: null })).toBe(true)
  })
  test('vetoes and gates, as confirmed by the team', () => {
    expect([
      holds({ anyVetoFail: true }),
      holds({ anyVetoFail: true }, { v: 'fail' }),
      holds({ anyVetoFail: false }),
    ]).toEqual([false, true, true])
    expect([holds({ anyVetoPending: true }), holds({ anyVetoPending: true }, { v: 'pending' })]).toEqual([false, true])
    expect([holds({ anyGateNo: true }), holds({ anyGateNo: true }, { g: 'no' })]).toEqual([false, true])
  })
  test('a suspected veto counts in no conclusion before the team confirms it', () => {
    const { first, outcome } = merged(
      [
        { when: { anyVetoFail: true }, then: 'reject' },
        { when: {}, then: 'recommend' },
      ],
      { v: 'fail' },
    )
    expect(first.merge).toMatchObject({ status: 'open', conclusion: { computed: 'recommend' } })
    expect(outcome.merge).toMatchObject({ status: 'closed', conclusion: { computed: 'reject', rule: 0 } })
  })
  test('open nonconformities: whatever is not closed, observations apart', () => {
    const when = { openNonconformities: { major: 0, minor: 1 } }
    expect(holds(when, {}, [{ kind: 'minor' }, { kind: 'observation' }])).toBe(true)
    expect(holds(when, {}, [{ kind: 'minor' }, { kind: 'minor', state: 'overdue' }])).toBe(false)
    expect(holds(when, {}, [{ kind: 'minor' }, { kind: 'minor', state: 'closed' }])).toBe(true)
    expect(holds(when, {}, [{ kind: 'major', state: 'verified' }])).toBe(false)
  })
  test('all tests of a rule must hold, the first such rule wins, no rules: no conclusion', () => {
    const rules = [
      { when: { totalRateAtLeast_bp: 9000, anyGateNo: true }, then: 'supplement' },
      { when: { totalRateAtLeast_bp: 9000 }, then: 'recommend' },
      ELSE,
    ]
    const { outcome } = merged(rules)
    expect(outcome.merge.conclusion).toEqual({ computed: 'recommend', rule: 1 })
    expect(outcome.why.conclusion.rules.map((r) => r.holds)).toEqual([false, true])
    expect(outcome.why.conclusion.rules[0]?.tests.map((t) => [t.test, t.have, t.holds])).toEqual([
      ['anyGateNo', false, false],
      ['totalRateAtLeast_bp', 10_000, true],
    ])
    expect(merged([]).outcome.merge.conclusion).toEqual({ computed: null, rule: null })
  })
})

test('sections below their line ask for the lead’s text; heavy na is named', () => {
  const { outcome } = merged([ELSE], { q: 5.5, c1: null }, [], 6000)
  expect(outcome.justify).toEqual(['c'])
  expect(outcome.merge.sections.map((s) => s.naHeavy)).toEqual([false, false, false])
  expect(merged([ELSE], { c1: null, c2: null }).outcome.merge.sections[0]).toMatchObject({
    naHeavy: true,
    applicable: 0,
    rate_bp: null,
    full: 40_000_000,
  })
})

test('flagged items come by points at stake, with whether they could change the conclusion', () => {
  const rules = [{ when: { totalRateAtLeast_bp: 8000 }, then: 'recommend' }, ELSE]
  const visit = { template: templateOf(items, { rules }), task: taskOf(teamOf(2)) }
  const sheet = (p: string, c1: string, points: number) =>
    sheetOf(visit, p, [
      answerOf('c1', c1),
      answerOf('c2', 'full'),
      answerOf('v', 'pass'),
      answerOf('g', 'yes'),
      answerOf('p', points * 1e6),
      answerOf('q', 10_000_000),
    ])
  const sheets = [sheet('e1', 'full', 190), sheet('e2', 'partly', 290)]
  const open = mergeOf(visit, sheets)
  expect(open.discussion).toEqual([
    { item: 'p', stake: 100_000_000, flags: ['divergent'], open: true, couldChangeConclusion: true },
    { item: 'c1', stake: 10_000_000, flags: ['gradesDiffer'], open: true, couldChangeConclusion: false },
  ])
  // With the points settled lower than proposed, the grade comes to stand on the line.
  const decisions = [decisionOf(open.merge, 'p', { value: 230_000_000, score: 230_000_000 })]
  expect(mergeOf(visit, sheets, { decisions }).discussion).toMatchObject([
    { item: 'p', open: false },
    { item: 'c1', open: true, couldChangeConclusion: true },
  ])
})

describe('the team chooses another conclusion', () => {
  const computed = merged([{ when: { totalRateAtLeast_bp: 9000 }, then: 'after' }, ELSE])
  const vetoed = merged([{ when: { anyVetoFail: true }, then: 'reject' }, ELSE], { v: 'fail' })
  const check = (from: typeof computed, chosen: string | null, reason = '', votes: string[] = []) =>
    checkConclusion(
      from.template,
      from.outcome.merge,
      { chosen, reason, opinion: '', votes: votes.map((personId) => ({ personId, vote: 'for' })) },
      from.outcome.voters,
    )
  test('the computed one, or none chosen, needs nothing', () => {
    expect([check(computed, null), check(computed, 'after')]).toEqual([[], []])
  })
  test('stricter: a reason', () => {
    expect(check(computed, 'reject')).toEqual(['reason'])
    expect(check(computed, 'reject', '现场管理失控')).toEqual([])
  })
  test('milder: a reason and every named vote', () => {
    expect(check(computed, 'recommend', '整改已当场完成', ['e1', 'e2'])).toEqual([])
    expect(check(computed, 'recommend', '整改已当场完成', ['e1'])).toEqual(['votes'])
    expect(check(computed, 'recommend', '', ['e1', 'e2', 'o'])).toEqual(['reason', 'voteUnknown'])
  })
  test('never past a confirmed veto', () => {
    expect(check(vetoed, 'after', '企业说明', ['e1', 'e2'])).toEqual(['vetoConfirmed'])
  })
  test('only one the template offers', () => {
    expect(check(computed, 'other', 'x')).toEqual(['unknownConclusion'])
    expect(check(merged([]), 'recommend', 'x')).toEqual(['notOffered'])
  })
})
