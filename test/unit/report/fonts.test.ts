import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { facesOf, loadFaces } from '../../../electron/report/pdf/faces.ts'
import { subsetTrueType } from '../../../electron/report/pdf/subset.ts'
import { parseTrueType, viewOf, type TrueType } from '../../../electron/report/pdf/truetype.ts'
import { FONTS } from '../../support/report-model.ts'

const file = readFileSync(join(FONTS, 'NotoSerifSC-Regular.ttf'))
const font = parseTrueType(file)
const glyphs = (text: string): number[] => [0, ...Array.from(text, (c) => font.glyphOf(c.codePointAt(0) ?? 0))]

/** Reads a subset back by its own tables, without the parser under test. */
function readBack(bytes: Uint8Array): {
  count: number
  outline: (n: number) => Uint8Array
  advance: (n: number) => number
  bearing: (n: number) => number
} {
  const view = viewOf(bytes)
  const tables = new Map<string, [number, number]>()
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + i * 16
    tables.set(String.fromCharCode(...bytes.subarray(at, at + 4)), [view.getUint32(at + 8), view.getUint32(at + 12)])
  }
  const at = (tag: string) => tables.get(tag)?.[0] ?? NaN
  return {
    count: view.getUint16(at('maxp') + 4),
    outline: (n) =>
      bytes.subarray(
        at('glyf') + view.getUint32(at('loca') + n * 4),
        at('glyf') + view.getUint32(at('loca') + n * 4 + 4),
      ),
    advance: (n) => view.getUint16(at('hmtx') + n * 4),
    bearing: (n) => view.getInt16(at('hmtx') + n * 4 + 2),
  }
}

function expectSame(bytes: Uint8Array, wanted: readonly number[], source: TrueType): void {
  const subset = readBack(bytes)
  wanted.forEach((glyph, n) => {
    const outline = source.outlineOf(glyph)
    const isComposite = outline.length > 0 && viewOf(outline).getInt16(0) < 0
    if (!isComposite) expect(Buffer.from(subset.outline(n).subarray(0, outline.length)).equals(outline)).toBe(true)
    expect(subset.advance(n)).toBe(source.advanceOf(glyph))
    if (outline.length > 0 && !isComposite) expect(subset.bearing(n)).toBe(viewOf(outline).getInt16(2))
  })
}

describe('fonts', () => {
  test('parsing finds Han, Latin and astral characters, and nothing for what is not there', () => {
    expect(font.name).toBe('NotoSerifSC-Regular')
    for (const c of ['质', 'A', '㑇', '𬭎', '℃', '√']) expect(font.glyphOf(c.codePointAt(0) ?? 0)).toBeGreaterThan(0)
    expect(font.glyphOf(0x10fffd)).toBe(0)
    expect(font.glyphOf('😀'.codePointAt(0) ?? 0)).toBe(0)
  })

  test('a subset holds the asked outlines, widths and bearings in the asked order', () => {
    const wanted = glyphs('辽宁优品现场评价 ABC 𬭎，。')
    expectSame(subsetTrueType(font, wanted), wanted, font)
  })

  test('subsets leave the font as it was: a second one is as good as the first', () => {
    const before = createHash('sha256').update(file).digest('hex')
    const wanted = glyphs('检验检测')
    const first = subsetTrueType(font, wanted)
    subsetTrueType(font, glyphs('完全不同的另外一批字'))
    expect(Buffer.from(subsetTrueType(font, wanted)).equals(first)).toBe(true)
    expect(createHash('sha256').update(file).digest('hex')).toBe(before)
  })

  test('parts of composite glyphs come along under their new numbers', () => {
    const composite = Array.from({ length: font.glyphCount }, (_, n) => n).find((n) => {
      const outline = font.outlineOf(n)
      return outline.length > 0 && viewOf(outline).getInt16(0) < 0
    })
    if (composite === undefined) return
    const subset = readBack(subsetTrueType(font, [0, composite]))
    expect(subset.count).toBeGreaterThan(2)
    const part = viewOf(subset.outline(1)).getUint16(12)
    const original = viewOf(font.outlineOf(composite)).getUint16(12)
    expect(
      Buffer.from(subset.outline(part).subarray(0, font.outlineOf(original).length)).equals(font.outlineOf(original)),
    ).toBe(true)
  })

  test('a face without a character borrows it from the next; from a fallback font last', () => {
    const blind = (codePoint: number): TrueType => ({
      ...font,
      glyphOf: (c) => (c === codePoint ? 0 : font.glyphOf(c)),
    })
    const noA = blind(65)
    const own = { body: noA, bold: noA, head: noA }
    expect(facesOf(own, () => [])('body', 65)).toBeNull()
    expect(facesOf(own, () => [font])('body', 65)?.font).toBe(font)
    expect(facesOf({ ...own, head: font }, () => [])('body', 65)?.font).toBe(font)
    expect(facesOf(own, () => [font])('body', 66)?.font).toBe(noA)
  })

  test('rare Han come from the rare fonts, in every face; what those lack stays unknown', () => {
    const shipped = loadFaces(FONTS)
    for (const c of ['𠮷', '𠀀', '𡈽', '𣘺', '𤭢', '\u{f928}']) {
      const found = shipped('body', c.codePointAt(0) ?? 0)
      expect(found?.font.name).toMatch(/^RareHan[AB]$/)
      expect(found?.width).toBe(1000)
      expect(shipped('head', c.codePointAt(0) ?? 0)?.font).toBe(found?.font)
    }
    for (const c of ['䶮', '𬭎', '㑇', '𩽾', '𫖯'])
      expect(shipped('body', c.codePointAt(0) ?? 0)?.font.name).toMatch(/^Noto/)
    for (const c of ['😀', '𠄡', '\u{e000}', '\u{30000}'])
      expect([c, shipped('body', c.codePointAt(0) ?? 0)]).toEqual([c, null])
  })

  test('all 8105 standard characters need no rare font', () => {
    const table = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'standard-han.txt'), 'utf8').trim()
    const chars = [...table.replaceAll('\n', '')]
    expect(chars).toHaveLength(8105)
    const shipped = loadFaces(FONTS)
    for (const c of chars) expect(shipped('body', c.codePointAt(0) ?? 0)?.font.name).toMatch(/^NotoSerif/)
  })

  test('a file with CFF outlines is refused, not embedded as garbage', () => {
    const otto = Buffer.from(file.subarray(0, 12))
    otto.write('OTTO', 0, 'latin1')
    expect(() => parseTrueType(otto)).toThrow(/TrueType/)
  })
})
