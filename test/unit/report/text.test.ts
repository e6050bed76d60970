import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { breakLines, justification, settable, widthOf, type Style } from '../../../electron/report/pdf/text.ts'
import { bare, faces } from '../../support/report-model.ts'

const style: Style = { face: 'body', size: 10 }
const lines = (text: string, measure: number) => breakLines(faces(), style, text, measure).map((l) => l.text)
const FORBIDDEN_START = /^[、，。．！？：；％‰℃）〕］｝〉》」』】〗”’…—,.!?:;)\]}%]/u
const FORBIDDEN_END = /[（〔［｛〈《「『【〖“‘([{]$/u

describe('line breaking', () => {
  test.each([
    ['a closing mark goes with the word before it', '一二三四五，六七', 50, ['一二三四', '五，六七']],
    ['an opening mark goes with the word after it', '一二三四（五六七八九）', 50, ['一二三四', '（五六七', '八九）']],
    ['half a closing mark may stand outside', '一二三四五六七八九，十甲乙丙', 95, ['一二三四五六七八九，', '十甲乙丙']],
    ['Latin words with curly quotes stay whole', 'the team’s “own” words', 66, ['the team’s', '“own” words']],
    ['Latin words stay whole', '依据 GB/T19580 的要求', 60, ['依据', 'GB/T19580', '的要求']],
    ['a number keeps its unit', '抽查期限为 30 日以内', 68, ['抽查期限为', '30 日以内']],
    ['a number keeps a Latin unit', '孔径不超过 1.4 mm 的', 68, ['孔径不超过', '1.4 mm 的']],
    ['第 keeps its number', '见报告的第3章节内', 50, ['见报告的', '第3章节内']],
    ['no last line of one character', '一二三四五六七八九十甲', 100, ['一二三四五六七八九', '十甲']],
    ['blank lines stay', '一\n\n二', 100, ['一', '', '二']],
    [
      'a token wider than the line is cut at a joint',
      'https://example.org/a/very/long/path',
      70,
      ['https://', 'example.org/', 'a/very/long/', 'path'],
    ],
  ])('%s', (_, text, measure, expected) => {
    expect(lines(text, measure)).toEqual(expected)
  })

  test('characters that cannot be set are dropped, the rest of the line stays', () => {
    expect(settable('制表\t之后\u0000的\u200b文\ufeff字\ufe0f')).toBe('制表    之后的文字')
  })

  const piece = fc.constantFrom(
    ...'质量评价现场（）《》“”，。；：、！？——……123.5%mm GB/T19580 km ℃年月日第图'.split(''),
    '一',
    '优',
    '𬭎',
  )
  const texts = fc.array(piece, { minLength: 1, maxLength: 120 }).map((p) => p.join(''))

  test('no line is too wide, no character is lost, no line begins or ends with the wrong mark', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 120, max: 400 }), (text, measure) => {
        const broken = breakLines(faces(), style, text, measure)
        expect(bare(broken.map((l) => l.text).join(''))).toBe(bare(text))
        for (const line of broken) expect(line.width).toBeLessThanOrEqual(measure + 0.01)
        const isPlain = !/[（）《》“”，。；：、！？—…%℃.,]{6,}|[!-~]{18,}/u.test(text)
        if (!isPlain) return
        broken.slice(1).forEach((l) => expect(l.text).not.toMatch(FORBIDDEN_START))
        broken.slice(0, -1).forEach((l) => expect(l.text).not.toMatch(FORBIDDEN_END))
      }),
      { numRuns: 400, seed: 11 },
    )
  })

  test('full-width marks give up a blank half beside each other and at the start of a line', () => {
    const em = (text: string) => widthOf(faces(), style, text) / style.size
    for (const [text, width] of [
      ['甲，乙', 3],
      ['甲），乙', 3.5],
      ['甲”，“乙', 4],
      ['甲：（乙）。丙', 6],
      ['甲《「乙', 3.5],
      ['（甲乙）', 3.5],
      ['甲……乙', 4],
    ] as const)
      expect([text, em(text)]).toEqual([text, expect.closeTo(width, 5)])
    expect(breakLines(faces(), style, '（甲）', 100)[0]?.lead).toBe(5)
    expect(breakLines(faces(), style, '甲（乙）', 100)[0]?.lead).toBe(0)
  })

  test('quotation marks are narrow in Latin text and wide among Han', () => {
    const em = (text: string) => widthOf(faces(), style, text) / style.size
    expect(em('team’s words') - em('teams words')).toBeCloseTo(0.3, 5)
    expect(em('an “own” word') - em('an own word')).toBeCloseTo(1, 5)
    expect(em('把顾客的“8D”报告') - em('把顾客的8D报告')).toBeCloseTo(2 - 2 * 0.09, 5)
  })

  test('a justified line fills its measure; Latin lines are left alone', () => {
    const text = '评价组在企业现场核实申报材料与实际情况2026年'
    const [line] = breakLines(faces(), style, text, 1000)
    if (!line) throw new Error('no line')
    expect(line.width).toBeCloseTo(widthOf(faces(), style, text))
    expect(justification(style, line, line.width + 5)).toBeGreaterThan(0)
    expect(justification(style, { ...line, text: 'The evaluation rests on samples' }, line.width + 5)).toBe(0)
    expect(justification(style, line, line.width + 60)).toBe(0)
  })
})
