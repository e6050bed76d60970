import { describe, expect, test } from 'vitest'
import {
  stepped,
  nearestStep,
  typedValue,
  withMeasured,
  withState,
  withValue,
  blankAnswer,
  saysNothing,
} from '../../../renderer/parts/judgement/answer-edit.ts'
import { keyAction, type Press } from '../../../renderer/parts/judgement/keys.ts'
import {
  conformityItem,
  gateItem,
  indicatorItem,
  maturityItem,
  pointsItem,
  rowOf,
  templateOf,
  vetoItem,
} from '../../support/scoring-factories.ts'

const a1 = conformityItem('a1', 20)
const a2 = maturityItem('a2', 15)
const a3 = pointsItem('a3', 10)
const v1 = vetoItem('v1')
const template = templateOf([[a1, a2, a3, v1, gateItem('g1')]])
const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

describe('keys on an item', () => {
  test('digits choose grades and words, best first', () => {
    const grades = template.gradeSets[0]?.grades.map((grade) => grade.id) ?? []
    expect(keyAction(press('1'), a1, '', template)).toEqual({ do: 'choose', value: grades[0] })
    expect(keyAction(press('3'), a1, '', template)).toEqual({ do: 'choose', value: grades[2] })
    expect(keyAction(press('2'), v1, '', template)).toEqual({ do: 'choose', value: 'fail' })
    expect(keyAction(press('9'), a1, '', template)).toBeNull()
  })

  test('percent is typed: 6, 65, 100; more than 100 starts over', () => {
    expect(keyAction(press('6'), a2, '', template)).toEqual({ do: 'type', typed: '6', value: null, isComplete: false })
    expect(keyAction(press('5'), a2, '6', template)).toEqual({ do: 'type', typed: '65', value: 65, isComplete: true })
    expect(keyAction(press('0'), a2, '10', template)).toEqual({
      do: 'type',
      typed: '100',
      value: 100,
      isComplete: true,
    })
    expect(keyAction(press('7'), a2, '65', template)).toMatchObject({ typed: '7' })
  })

  test('points wait for Enter, since 7 may become 7.5', () => {
    expect(keyAction(press('5'), a3, '7.', template)).toEqual({
      do: 'type',
      typed: '7.5',
      value: 7_500_000,
      isComplete: false,
    })
    expect(keyAction(press('Enter'), a3, '7.5', template)).toEqual({ do: 'commit' })
  })

  test('only values that may be given are taken from typing', () => {
    expect(typedValue(a3, '7.25', template)).toBeNull()
    expect([nearestStep(a3, '7.3'), nearestStep(a3, '99'), nearestStep(a2, '63'), nearestStep(a3, '.')]).toEqual([
      7_500_000,
      10_000_000,
      65,
      null,
    ])
    expect(typedValue(a3, '10.5', template)).toBeNull()
    expect(typedValue(a2, '63', template)).toBeNull()
    expect(typedValue(a3, '10', template)).toBe(10_000_000)
  })

  test('letters, undo, and nothing with other modifiers', () => {
    expect(keyAction(press('z', { ctrlKey: true }), a1, '', template)).toEqual({ do: 'undo' })
    expect(keyAction(press('c', { ctrlKey: true }), a1, '', template)).toBeNull()
    expect(keyAction(press('J'), a1, '', template)).toEqual({ do: 'move', by: 1 })
    expect(keyAction(press('ArrowRight'), a1, '', template)).toBeNull()
    expect(keyAction(press('ArrowRight'), a2, '', template)).toEqual({ do: 'step', direction: 1 })
  })
})

describe('steps', () => {
  test('up from nothing is the lowest, down from nothing the highest', () => {
    expect(stepped(a2, null, 1)).toBe(0)
    expect(stepped(a2, null, -1)).toBe(100)
    expect(stepped(a2, 100, 1)).toBe(100)
    expect(stepped(a3, 7_500_000, -1)).toBe(7_000_000)
  })
})

describe('edits of a record', () => {
  const blank = blankAnswer('a1', '2026-05-12T08:00:00.000Z')

  test('N/A takes value and measured rows, keeps the words', () => {
    const na = withState('na')({ ...blank, value: 'full', score: 1, note: 'seen', reason: 'old' })
    expect(na).toMatchObject({ state: 'na', value: null, score: null, note: 'seen', reason: '' })
    expect(withValue('full')({ ...na, reason: 'not made here' })).toMatchObject({ state: 'answered', reason: '' })
  })

  test('a record that says nothing is told from one with a note', () => {
    expect(saysNothing(blank)).toBe(true)
    expect(saysNothing({ ...blank, note: '.' })).toBe(false)
    expect(saysNothing({ ...blank, state: 'na' })).toBe(false)
  })

  test('the rate follows the rows until it is overridden', () => {
    const row = rowOf('r1', { direction: 'higher', base: '1', average: '2', advanced: '3' })
    const item = indicatorItem('a4', 10, [row])
    const measure = (v: string) => withMeasured(item, 'r1', { op: '=', v }, [row], template)
    const measured = measure('3')({ ...blank, item: 'a4' })
    expect(measured.value).toBe(10_000)
    expect(measure('1')(measured).value).toBe(4000)
    expect(measure('1')({ ...measured, value: 8000 }).value).toBe(8000)
    expect(withMeasured(item, 'r1', null, [row], template)(measured)).toMatchObject({ value: null, indicators: [] })
  })
})
