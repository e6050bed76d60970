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
    ['an opening mark goes with the word after it', '一二三四（五六七八）', 50, ['一二三四', '（五六七', '八）']],
    ['Latin words stay whole', '依据 GB/T19580 的要求', 60, ['依据', 'GB/T19580', '的要求']],
    ['a number keeps its unit', '抽查期限为 30 日以内', 68, ['抽查期限为', '30 日以内']],
    ['a number keeps a Latin unit', '孔径不超过 1.4 mm 的', 68, ['孔径不超过', '1.4 mm 的']],
    ['第 keeps its number', '见报告的第3章节内', 50, ['见报告的', '第3章节内']],
    ['no last line of one character', '一二三四五六七八九十甲', 100, ['一二三四五六七八九', '十甲']],
    ['blank lines stay', '一\n\n二', 100, ['一', '', '二']],
    ['a token wider than the line is cut at a joint', 'https://example.org/a/very/long/path', 70, ['https://', 'example.org/', 'a/very/long/', 'path']],
  ])('%s', (_, text, measure, expected) => {
    expect(lines(text, measure)).toEqual(expected)
  })

  test('characters that cannot be set are dropped, the rest of the line stays', () => {
    expect(settable('制表\t之后\u0000的\u200b文\ufeff字\ufe0f')).toBe('制表    之后的文字')
  })

  const piece = fc.constantFrom(...'质量评价现场（）《》“”，。；：、！？——……123.5%mm GB/T19580 km ℃年月日第图'.split(''), '一', '优', '𬭎')
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
