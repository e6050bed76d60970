import { expect, test } from 'vitest'
import { formatBp, formatMicro, mulRoundDiv } from '../../../shared/scoring/numbers.ts'
import {
  answerOf,
  conformityItem,
  decisionOf,
  maturityItem,
  mergedItem,
  mergeOf,
  naOf,
  pointsItem,
  sheetOf,
  taskOf,
  teamOf,
  templateOf,
  vetoItem,
} from '../../support/scoring-factories.ts'

const template = templateOf([
  [conformityItem('a1', 20), maturityItem('a2', 15), pointsItem('a3', 10, 0.5, { allowNA: true }), vetoItem('v1')],
])
const visit = { template, task: taskOf(teamOf(3)) }
const sheets = [
  sheetOf(visit, 'e1', [answerOf('a1', 'full'), answerOf('a2', 65), answerOf('a3', 7_500_000), answerOf('v1', 'pass')]),
  sheetOf(visit, 'e2', [answerOf('a1', 'partly'), answerOf('a2', 60), naOf('a3'), answerOf('v1', 'pass')]),
  sheetOf(visit, 'e3', [answerOf('a1', 'full'), answerOf('a2', 70), answerOf('a3', 8_000_000), answerOf('v1', 'pass')]),
]

test('three experts: each answer scores as in the example', () => {
  expect(sheets.map((s) => s.sheet.answers.map((a) => a.score))).toEqual([
    [20_000_000, 9_750_000, 7_500_000, null],
    [10_000_000, 9_000_000, null, null],
    [20_000_000, 10_500_000, 8_000_000, null],
  ])
})

test('before the discussion the merge is open with A1 and A3', () => {
  const open = mergeOf(visit, sheets)
  expect(open.merge.status).toBe('open')
  expect(mergedItem(open, 'a1')).toMatchObject({
    proposal: { value: 'full', score: 20_000_000, na: false },
    flags: ['gradesDiffer'],
    outcome: 'open',
    value: null,
    score: null,
  })
  expect(mergedItem(open, 'a2')).toMatchObject({
    proposal: { value: 65, score: 9_750_000, na: false },
    flags: [],
    decided: false,
    outcome: 'value',
    value: 65,
    score: 9_750_000,
  })
  expect(mergedItem(open, 'a3')).toMatchObject({
    proposal: { value: 8_000_000, score: 8_000_000, na: false },
    flags: ['naConflict'],
  })
  expect(mergedItem(open, 'v1')).toMatchObject({ flags: [], outcome: 'pass', value: 'pass', score: null })
  expect(open.discussion.filter((d) => d.open).map((d) => d.item)).toEqual(['a1', 'a3'])
})

test('decided A1 基本符合 and A3 na: 25.39 points, 56.43 %', () => {
  const { merge } = mergeOf(visit, sheets)
  const decisions = [
    decisionOf(merge, 'a1', { value: 'partly', score: 10_000_000 }),
    decisionOf(merge, 'a3', { outcome: 'na' }),
  ]
  const closed = mergeOf(visit, sheets, { decisions })
  expect(closed.merge.status).toBe('closed')
  expect(closed.merge.totals).toEqual({
    base: 19_750_000,
    bonus: 0,
    got: 19_750_000,
    applicable: 35_000_000,
    totalFull: 45_000_000,
    rate_bp: 5643,
    converted: 25_392_857,
  })
  expect(formatMicro(closed.merge.totals.converted ?? 0)).toBe('25.39')
  expect(formatBp(closed.merge.totals.rate_bp ?? 0)).toBe('56.43')
  expect(closed.merge.conclusion).toEqual({ computed: 'reject', rule: 5 })
})

test('doubles would lose a micro-point where the product passes 2^53', () => {
  expect(mulRoundDiv(244_540_495, 678_630_000, 456_900_000)).toBe(363_214_087)
  expect(Math.floor((2 * (244_540_495 * 678_630_000) + 456_900_000) / (2 * 456_900_000))).not.toBe(363_214_087)
})
