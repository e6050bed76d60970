import { describe, expect, test } from 'vitest'
import { sum } from '../../../shared/scoring/answer.ts'
import { sheetTotals } from '../../../shared/scoring/totals.ts'
import { whySheet, type ScoreRule, type WhyAnswer } from '../../../shared/scoring/why-sheet.ts'
import {
  answerOf,
  conformityItem,
  deductionItem,
  indicatorItem,
  maturityItem,
  memberOf,
  pointsItem,
  rowOf,
  taskOf,
  templateOf,
  vetoItem,
} from '../../support/scoring-factories.ts'

const row = rowOf('r1', { base: '1', average: '2', advanced: '3', promised: '3' })
const unit = (id: string, value: number) => ({ id, name: id, value, score: null, note: '' })
const template = templateOf(
  [
    [
      vetoItem('v1'),
      conformityItem('a1', 20),
      conformityItem('a2', 10, { spec: { gradeSet: 'three', points_cp: [1000, 300, 0] } }),
    ],
    [
      maturityItem('b1', 15),
      pointsItem('b2', 10, 0.5, { allowNA: true }),
      deductionItem('b3', 5, [{ id: 'd1', points: 2 }]),
      indicatorItem('b4', 10, [row]),
      maturityItem('b5', 10, { repeat: { what: { zh: '户', en: '' }, min: 2, max: 3 } }),
      pointsItem('b6', 5, 0.5, { bonus: true }),
      pointsItem('b7', 5),
    ],
  ],
  { bonusCap_cp: 300 },
)
const me = memberOf('e1')
const task = taskOf([me])
const answers = [
  answerOf('v1', 'pass'),
  answerOf('a1', 'partly'),
  answerOf('a2', 'partly'),
  answerOf('b1', 65),
  answerOf('b2', null, { state: 'na', reason: '不生产' }),
  answerOf('b3', [{ id: 'd1', count: 3 }]),
  answerOf('b4', 8000, { reason: '抽样少', indicators: [{ row: 'r1', measured: { op: '=', v: '2.5' } }] }),
  answerOf('b5', null, { units: [unit('u1', 50), unit('u2', 65), unit('u3', 60)] }),
  answerOf('b6', 4_500_000),
]
const why = whySheet(template, task, me, answers)
const at = (id: string): WhyAnswer => {
  const found = why.sections.flatMap((s) => s.items).find((i) => i.item === id)
  if (found === undefined) throw new Error(id)
  return found
}

/** The score worked out again from nothing but what the explanation says. */
function again({ full, rule }: { full: number; rule: ScoreRule }): number {
  switch (rule.by) {
    case 'grade':
    case 'rate':
      return (full * rule.bp) / 10_000
    case 'gradePoints':
      return rule.points
    case 'percent':
      return (full * rule.percent) / 100
    case 'points':
      return 0
    case 'deductions':
      return Math.max(0, full - rule.lost)
    case 'rows':
      return (full * (rule.used_bp ?? 0)) / 10_000
    case 'units':
      return Math.round(
        sum(rule.units.map((u) => (u.rule === null ? 0 : again({ full, rule: u.rule })))) / rule.units.length,
      )
  }
}

describe('why an item has its score', () => {
  test.each(['a1', 'a2', 'b1', 'b3', 'b4', 'b5'])('%s follows from what is said about it', (id) => {
    const { full, rule, score } = at(id)
    if (full === null || rule === null) throw new Error(id)
    expect(again({ full, rule })).toBe(score)
  })

  test('grade by rate and grade by the item’s own points are told apart', () => {
    expect(at('a1').rule).toEqual({ by: 'grade', grade: 'partly', bp: 5000 })
    expect(at('a2').rule).toEqual({ by: 'gradePoints', grade: 'partly', points: 3_000_000 })
  })

  test('deductions beyond full marks end at nothing', () => {
    expect(at('b3')).toMatchObject({ score: 0, rule: { lost: 6_000_000, found: [{ id: 'd1', count: 3 }] } })
  })

  test('an overridden rate keeps the computed one and the broken promise in sight', () => {
    expect(at('b4').rule).toMatchObject({
      computed_bp: 7000,
      used_bp: 8000,
      isOverridden: true,
      rows: [{ row: 'r1', level: 'average', bp: 7000, isWorseThanPromised: true }],
    })
  })

  test('what has no score says why', () => {
    expect(at('v1')).toMatchObject({ full: null, state: 'answered', rule: null, score: null, problems: [] })
    expect(at('b2')).toMatchObject({ state: 'na', reason: '不生产', rule: null, score: null, problems: [] })
    expect(at('b7')).toMatchObject({ state: 'unanswered', rule: null, problems: ['unanswered'] })
  })

  test('an indicator whose rows are not all measured shows what is there and counts as unanswered', () => {
    const [first] = whySheet(template, task, me, [answerOf('b4', 8000)]).sections.slice(1)
    expect(first?.items[3]).toMatchObject({
      state: 'unanswered',
      score: null,
      rule: { rows: [{ measured: null, level: null, bp: null }], computed_bp: null, isOverridden: false },
    })
  })
})

describe('why the total is what it is', () => {
  test('sums are the sheet’s own, and full marks are accounted for to the last point', () => {
    const scored = why.sections.flatMap((s) => s.items)
    expect(why.totals).toEqual(sheetTotals(template, me, scored))
    const { applicable, totalFull } = why.totals
    expect(applicable + sum(Object.values(why.leftOut))).toBe(totalFull)
    expect(why.leftOut).toEqual({ na: 10_000_000, abstain: 0, unanswered: 5_000_000 })
  })

  test('the bonus is cut at the cap, and both figures are shown', () => {
    expect(why.bonus).toEqual({ earned: 4_500_000, cap: 3_000_000, counted: 3_000_000 })
  })

  test('items of other people are counted, not explained', () => {
    const mine = memberOf('e1', { assigned: ['a1', 'b1'] })
    const { sections, totals } = whySheet(template, task, mine, answers)
    expect(sections.map((s) => [s.items.length, s.notAssigned])).toEqual([
      [1, 2],
      [1, 6],
    ])
    expect(totals.totalFull).toBe(35_000_000)
  })
})
