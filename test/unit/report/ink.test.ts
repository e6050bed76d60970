import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newInk, put, putCode, putNumber, taken, type Ink } from '../../../electron/report/pdf/ink.ts'

const written = (write: (ink: Ink) => void): string => {
  const ink = newInk()
  write(ink)
  return Buffer.from(taken(ink)).toString('latin1')
}

describe('ink', () => {
  test('numbers are those JavaScript writes', () => {
    for (const value of [
      0, -0, -0.001, 0.004, 0.005, 0.05, 0.5, 5, 9.995, 10, 99.99, 100, 101.01, -12.3, 841.89, 65_536,
    ])
      expect(written((ink) => putNumber(ink, value))).toBe(`${Math.round(value * 100) / 100} `)
    fc.assert(
      fc.property(
        fc.double({ min: -100_000, max: 100_000, noNaN: true }),
        fc.constantFrom(2 as const, 3 as const),
        (value, decimals) => {
          const scale = 10 ** decimals
          expect(written((ink) => putNumber(ink, value, decimals))).toBe(`${Math.round(value * scale) / scale} `)
        },
      ),
    )
  })

  test('what is no number on a page is not written', () => {
    for (const value of [Number.NaN, Infinity, 1e9]) expect(() => written((ink) => putNumber(ink, value))).toThrow()
  })

  test('codes keep both bytes; what would end or change a string is escaped', () => {
    expect(written((ink) => [0x0041, 0x2829, 0x5c0d, 0x0a00].forEach((code) => putCode(ink, code)))).toBe(
      '\u0000A\\(\\)\\\\\\r\n\u0000',
    )
  })

  test('memory grows, and each piece taken begins anew', () => {
    const ink = newInk()
    for (let n = 0; n < 50_000; n++) put(ink, 'abc ')
    expect(Buffer.from(taken(ink)).toString()).toBe('abc '.repeat(50_000))
    put(ink, 'q')
    expect(Buffer.from(taken(ink)).toString()).toBe('q')
  })
})
