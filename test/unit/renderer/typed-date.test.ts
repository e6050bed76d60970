import { describe, expect, test } from 'vitest'
import { parseClock, parseDay } from '../../../renderer/ui/typed-date.ts'

describe('a typed day', () => {
  test.each([
    ['2026-11-24', '2026-11-24'],
    ['2026.3.1', '2026-03-01'],
    ['2026/3/01', '2026-03-01'],
    ['2026年3月1日', '2026-03-01'],
    ['20260301', '2026-03-01'],
    [' 2024-02-29 ', '2024-02-29'],
  ])('%s is %s', (typed, day) => expect(parseDay(typed)).toBe(day))

  test.each(['', '2026', '2026-13-01', '2026-02-30', '2025-02-29', '3-1', '2026031', 'tomorrow'])(
    '%s is none',
    (typed) => {
      expect(parseDay(typed)).toBeNull()
    },
  )
})

describe('a typed time of day', () => {
  test.each([
    ['8:30', '08:30'],
    ['08：30', '08:30'],
    ['830', '08:30'],
    ['1705', '17:05'],
    ['8点', '08:00'],
    ['8点30分', '08:30'],
    ['14', '14:00'],
  ])('%s is %s', (typed, clock) => expect(parseClock(typed)).toBe(clock))

  test.each(['', '24:00', '8:60', '99', 'noon'])('%s is none', (typed) => expect(parseClock(typed)).toBeNull())
})
