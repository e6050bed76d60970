import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffText, type TextPiece } from '../../../shared/checklist/text-diff.ts'

const side = (pieces: TextPiece[], kind: 'removed' | 'added') =>
  pieces
    .filter((piece) => piece.kind === 'same' || piece.kind === kind)
    .map((piece) => piece.text)
    .join('')
const shown = (pieces: TextPiece[]) =>
  pieces.map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}]` : `[+${text}]`)).join('')

describe('diffText', () => {
  it('gives both texts back, whatever they are', () => {
    const alphabet = fc.string({
      unit: fc.constantFrom('质', '量', '。', 'a', 'b', '1', ' ', '\n', '😀', 'é'),
    })
    const related = fc.tuple(alphabet, alphabet, alphabet, alphabet)
    fc.assert(
      fc.property(related, ([head, left, right, tail]) => {
        const [a, b] = [head + left + tail + left, head + right + tail + right]
        const pieces = diffText(a, b)
        expect(side(pieces, 'removed')).toBe(a)
        expect(side(pieces, 'added')).toBe(b)
        expect(pieces.every(({ text }) => text !== '')).toBe(true)
        expect(pieces.some(({ kind }, i) => kind === pieces[i + 1]?.kind)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('marks the words that changed and no more', () => {
    expect(shown(diffText('原料每批检验。', '原料逐批检验并记录。'))).toBe('原料[-每][+逐]批检验[+并记录]。')
    expect(shown(diffText('at least 80 points', 'at least 85 points'))).toBe('at least [-80][+85] points')
    expect(shown(diffText('同', '同'))).toBe('同')
    expect(diffText('', '')).toEqual([])
    expect(shown(diffText('', '新'))).toBe('[+新]')
  })

  it('shows a rewritten phrase as one change, not as letters left standing', () => {
    expect(shown(diffText('查看近期的检验记录', '抽取三批的留样实物'))).toBe(
      '[-查看近期的检验记录][+抽取三批的留样实物]',
    )
  })

  it('takes nothing away where words were only put in', () => {
    const words = fc.array(fc.tuple(fc.constantFrom('甲', '乙', '丙'), fc.boolean()), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(words, (letters) => {
        const earlier = letters.flatMap(([letter, isOld]) => (isOld ? [letter] : [])).join('')
        const later = letters.map(([letter]) => letter).join('')
        expect(diffText(earlier, later).some(({ kind }) => kind === 'removed')).toBe(false)
        expect(diffText(later, earlier).some(({ kind }) => kind === 'added')).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('ends on texts of 20 000 characters with nothing in common, and keeps what is common around them', () => {
    const a = `开头${Array.from({ length: 20_000 }, (_, i) => String.fromCodePoint(0x4e00 + (i % 5000))).join('')}结尾`
    const b = `开头${Array.from({ length: 20_000 }, (_, i) => String.fromCodePoint(0x6e00 + (i % 5000))).join('')}结尾`
    const pieces = diffText(a, b)
    expect(pieces.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same'])
    expect(side(pieces, 'removed')).toBe(a)
    expect(side(pieces, 'added')).toBe(b)
  })
})
