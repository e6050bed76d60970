import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { Item, Row } from '../../../shared/domain/template.ts'
import { judgeAnswer } from '../../../shared/scoring/answer.ts'
import { isWorseThanPromised, rowLevel, rowRate, type Measured } from '../../../shared/scoring/indicator.ts'
import { formatBp, formatMicro, roundDiv, sroundDiv } from '../../../shared/scoring/numbers.ts'
import { sheetTotals } from '../../../shared/scoring/totals.ts'
import {
  abstainOf,
  answerOf,
  conformityItem,
  deductionItem,
  gateItem,
  indicatorItem,
  maturityItem,
  memberOf,
  naOf,
  pointsItem,
  rowOf,
  taskOf,
  sheetOf,
  templateOf,
  vetoItem,
} from '../../support/scoring-factories.ts'

const template = templateOf([[]])
const judge = (item: Item, answer: Answer) =>
  judgeAnswer(item, answer, item.type === 'indicator' ? item.spec.rows : [], template)
const measure = (v: string, op: Measured['op'] = '='): Measured => ({ op, v })

describe('numbers', () => {
  test('halves go up, and away from zero with a sign', () => {
    expect([roundDiv(0, 2), roundDiv(1, 2), roundDiv(2, 3), roundDiv(1, 3), roundDiv(5, 2)]).toEqual([0, 1, 1, 0, 3])
    expect([sroundDiv(-1, 2), sroundDiv(-1, 3), sroundDiv(-5, 2), sroundDiv(3, 2)]).toEqual([-1, 0, -3, 2])
    expect(() => roundDiv(-1, 2)).toThrow()
    expect(() => roundDiv(1, 0)).toThrow()
  })
  test('points and rates show two decimals, half up', () => {
    expect([25_392_857, 4999, 5000, 0, -4999, -5000, -25_395_000].map(formatMicro)).toEqual([
      '25.39',
      '0.00',
      '0.01',
      '0.00',
      '0.00',
      '-0.01',
      '-25.40',
    ])
    expect([5643, 10_000, 5, -120, 0].map(formatBp)).toEqual(['56.43', '100.00', '0.05', '-1.20', '0.00'])
  })
})

describe('what an answer scores', () => {
  test.each<[string, Item, Answer['value'], number | null]>([
    ['veto pass', vetoItem('i'), 'pass', null],
    ['gate no', gateItem('i'), 'no', null],
    ['基本符合 of 25 points', conformityItem('i', 25), 'partly', 12_500_000],
    [
      'a grade with points of its own',
      conformityItem('i', 20, { spec: { gradeSet: 'three', points_cp: [2000, 1250, 100] } }),
      'partly',
      12_500_000,
    ],
    ['maturity 65 % of 15', maturityItem('i', 15), 65, 9_750_000],
    ['maturity 0 %', maturityItem('i', 15), 0, 0],
    ['points up to full', pointsItem('i', 10), 10_000_000, 10_000_000],
    ['points on a half step', pointsItem('i', 10), 7_500_000, 7_500_000],
    ['no deduction at all', deductionItem('i', 10, [{ id: 'x', points: 2 }]), [], 10_000_000],
    [
      'two deductions',
      deductionItem('i', 10, [
        { id: 'x', points: 2 },
        { id: 'y', points: 1.5, maxCount: 2 },
      ]),
      [
        { id: 'x', count: 1 },
        { id: 'y', count: 2 },
      ],
      5_000_000,
    ],
    ['deductions never go below zero', deductionItem('i', 10, [{ id: 'x', points: 6 }]), [{ id: 'x', count: 2 }], 0],
    [
      'not even with an absurd count',
      deductionItem('i', 10, [{ id: 'x', points: 6 }]),
      [{ id: 'x', count: Number.MAX_SAFE_INTEGER }],
      0,
    ],
  ])('%s', (_, item, value, score) => {
    expect(judge(item, answerOf('i', value))).toMatchObject({ score, problems: [] })
  })

  test.each<[string, Item, Answer['value'], string]>([
    ['nothing entered', pointsItem('i', 10), null, 'unanswered'],
    ['a word that is none of the three', vetoItem('i'), 'maybe', 'valueType'],
    ['a veto word on a gate', gateItem('i'), 'pass', 'valueType'],
    ['an unknown grade', conformityItem('i', 20), 'excellent', 'gradeUnknown'],
    ['a number for a grade', conformityItem('i', 20), 3, 'valueType'],
    ['maturity between steps', maturityItem('i', 15), 62, 'offStep'],
    ['maturity over 100', maturityItem('i', 15), 105, 'range'],
    ['negative maturity', maturityItem('i', 15), -5, 'range'],
    ['points off the step', pointsItem('i', 10), 7_250_000, 'offStep'],
    ['points over full', pointsItem('i', 10), 10_500_000, 'range'],
    ['points as text', pointsItem('i', 10), '7.5', 'valueType'],
    [
      'an unknown deduction',
      deductionItem('i', 10, [{ id: 'x', points: 2 }]),
      [{ id: 'z', count: 1 }],
      'deductionUnknown',
    ],
    [
      'more deductions than may be',
      deductionItem('i', 10, [{ id: 'x', points: 2, maxCount: 2 }]),
      [{ id: 'x', count: 3 }],
      'countOverMax',
    ],
    [
      'a deduction counted zero times',
      deductionItem('i', 10, [{ id: 'x', points: 2 }]),
      [{ id: 'x', count: 0 }],
      'range',
    ],
    [
      'the same deduction twice',
      deductionItem('i', 10, [{ id: 'x', points: 2 }]),
      [
        { id: 'x', count: 1 },
        { id: 'x', count: 1 },
      ],
      'deductionOrder',
    ],
  ])('%s is refused', (_, item, value, problem) => {
    expect(judge(item, answerOf('i', value))).toMatchObject({ score: null, problems: [problem] })
  })

  test('不适用 needs permission and a reason; 回避 needs a reason', () => {
    const open = pointsItem('i', 10, 0.5, { allowNA: true })
    expect(judge(open, naOf('i')).problems).toEqual([])
    expect(judge(open, naOf('i', ' ')).problems).toEqual(['reason'])
    expect(judge(pointsItem('i', 10), naOf('i')).problems).toEqual(['naNotAllowed'])
    expect(judge(pointsItem('i', 10), abstainOf('i')).problems).toEqual([])
    expect(judge(pointsItem('i', 10), abstainOf('i', '')).problems).toEqual(['reason'])
    expect(judge(open, { ...naOf('i'), value: 5_000_000 }).problems).toEqual(['valueOfNa'])
  })

  test('待核实 names who verifies and by when', () => {
    const pending = (over: Partial<Answer>) => judge(vetoItem('v'), answerOf('v', 'pending', over)).problems
    expect(pending({ pending: { who: '王工', due: '2026-06-01' } })).toEqual([])
    expect(pending({})).toEqual(['pending'])
    expect(pending({ pending: { who: '王工', due: null } })).toEqual(['pending'])
    expect(pending({ pending: { who: '', due: '2026-06-01' } })).toEqual(['pending'])
  })

  test('three sampled households: the item is worth the rounded mean of its units', () => {
    const item = pointsItem('i', 10, 0.5, { repeat: { what: { zh: '户', en: '' }, min: 2, max: 3 } })
    const units = (...values: Answer['value'][]) =>
      answerOf('i', null, {
        units: values.map((value, n) => ({ id: `u${n}`, name: '', value, score: null, note: '' })),
      })
    expect(judge(item, units(7_000_000, 8_000_000, 8_000_000))).toMatchObject({
      score: 7_666_667,
      units: [7_000_000, 8_000_000, 8_000_000],
      problems: [],
    })
    expect(judge(item, units(7_000_000, 8_000_000))).toMatchObject({ score: 7_500_000, problems: [] })
    expect(judge(item, units(7_000_000))).toMatchObject({ score: null, problems: ['units'] })
    expect(judge(item, units(0, 0, 0, 0))).toMatchObject({ score: null, problems: ['units'] })
    expect(judge(item, units(7_000_000, null))).toMatchObject({ score: null, problems: ['unanswered'] })
    expect(judge(item, { ...units(0, 0), value: 0 }).problems).toEqual(['valueType'])
    expect(judge(pointsItem('i', 10), { ...units(0, 0), value: 0 }).problems).toEqual(['units'])
  })
})

describe('indicators', () => {
  const higher = rowOf('r1', { base: '80', average: '90', advanced: '95', weight: 2, promised: '92' })
  const lower = rowOf('r2', { direction: 'lower', base: '0.5', advanced: '0.1', promised: '0.2' })
  const within = rowOf('r3', { direction: 'within', low: '-1.5', high: '2' })
  const levels = (row: Row, ...values: string[]) => values.map((v) => rowLevel(row, measure(v)))

  test('levels, from both sides of each threshold', () => {
    expect(levels(higher, '79.999999999', '80', '89.9', '90', '94.9', '95')).toEqual([
      'below',
      'base',
      'base',
      'average',
      'average',
      'advanced',
    ])
    expect(levels(lower, '0.500000001', '0.5', '0.100000001', '0.1', '-3')).toEqual([
      'below',
      'base',
      'base',
      'advanced',
      'advanced',
    ])
    expect(levels(within, '-1.500000001', '-1.5', '2', '2.000000001')).toEqual([
      'below',
      'advanced',
      'advanced',
      'below',
    ])
  })
  test('bounds count on the side they prove', () => {
    expect(rowLevel(lower, measure('0.1', '<'))).toBe('advanced')
    expect(rowLevel(lower, measure('0.01', '>'))).toBe('below')
    expect(rowLevel(higher, measure('99', '<'))).toBe('below')
    expect(rowLevel(higher, measure('95', '>'))).toBe('advanced')
    expect(rowLevel(within, measure('0', '<'))).toBe('below')
  })
  test('interpolation: 40 % at the base, 100 % at advanced and beyond', () => {
    const method = { ...template.indicator, method: 'interpolate' } as const
    const rates = (row: Row, ...values: string[]) => values.map((v) => rowRate(row, measure(v), method))
    expect(rates(higher, '79.9', '80', '81', '90', '95', '200')).toEqual([0, 4000, 4400, 8000, 10_000, 10_000])
    expect(rates(lower, '0.6', '0.5', '0.3', '0.1', '0')).toEqual([0, 4000, 7000, 10_000, 10_000])
    expect(rates(within, '0', '3')).toEqual([10_000, 0])
  })
  test('the item is the weighted mean of all its rows, or unanswered', () => {
    const item = indicatorItem('i', 50, [higher, lower])
    const record = (value: number | null, measured: [string, string][], reason = '') =>
      answerOf('i', value, { reason, indicators: measured.map(([row, v]) => ({ row, measured: measure(v) })) })
    const both: [string, string][] = [
      ['r1', '90'],
      ['r2', '0.3'],
    ]
    expect(judge(item, record(6000, both))).toMatchObject({ score: 30_000_000, computed_bp: 6000, problems: [] })
    expect(judge(item, record(6500, both))).toMatchObject({ score: 32_500_000, problems: ['overrideReason'] })
    expect(judge(item, record(6500, both, '按复检报告')).problems).toEqual([])
    expect(judge(item, record(6000, [['r1', '90']], '缺一项'))).toMatchObject({
      score: null,
      computed_bp: null,
      problems: ['indicators'],
    })
    expect(judge(item, record(6000, [...both, ['r9', '1']])).problems).toEqual(['indicators'])
    expect(judge(item, record(10_001, both)).problems).toEqual(['range', 'overrideReason'])
    expect(judgeAnswer(item, record(0, []), [], template)).toMatchObject({ score: null, problems: ['indicators'] })
  })
  test('a promise is broken by worse values and by bounds that do not show it', () => {
    expect(
      [
        ['92', '='],
        ['91.9', '='],
        ['99', '<'],
        ['92', '>'],
      ].map(([v, op]) => isWorseThanPromised(higher, measure(v ?? '', op as '='))),
    ).toEqual([false, true, true, false])
    expect(
      [
        ['0.2', '='],
        ['0.21', '='],
        ['0.2', '<'],
        ['0.1', '>'],
      ].map(([v, op]) => isWorseThanPromised(lower, measure(v ?? '', op as '='))),
    ).toEqual([false, true, false, true])
    expect(isWorseThanPromised({ ...within, promised: '1' }, measure('9'))).toBe(false)
  })
})

describe('totals of a sheet', () => {
  const items = [
    conformityItem('a', 20),
    maturityItem('b', 10, { allowNA: true }),
    pointsItem('c', 5, 0.5, { bonus: true }),
    pointsItem('d', 5, 0.5, { bonus: true }),
    pointsItem('e', 30, 0.5),
    vetoItem('v'),
  ]
  const own = templateOf([items], { bonusCap_cp: 700 })
  const visit = { template: own, task: taskOf([memberOf('e1', { role: 'lead', assigned: ['a', 'b', 'c', 'd', 'v'] })]) }
  const totalsOf = (...answers: Answer[]) => sheetOf(visit, 'e1', answers).sheet.totals

  test('na leaves the denominator, the bonus is capped, what is not assigned is nobody’s', () => {
    expect(
      totalsOf(
        answerOf('a', 'partly'),
        naOf('b'),
        answerOf('c', 5_000_000),
        answerOf('d', 4_000_000),
        answerOf('v', 'pass'),
      ),
    ).toEqual({
      base: 10_000_000,
      bonus: 7_000_000,
      got: 17_000_000,
      applicable: 20_000_000,
      totalFull: 30_000_000,
      rate_bp: 5000,
      converted: 22_000_000,
    })
  })
  test('nothing applicable: no rate, no converted total', () => {
    expect(totalsOf(naOf('b'), answerOf('c', 5_000_000))).toMatchObject({
      base: 0,
      bonus: 5_000_000,
      applicable: 0,
      rate_bp: null,
      converted: null,
    })
  })
  test('an observer has no totals', () => {
    expect(
      sheetTotals(own, memberOf('o', { role: 'observer' }), [{ item: 'a', state: 'answered', score: 1 }]),
    ).toMatchObject({ base: 0, totalFull: 0 })
  })
})
