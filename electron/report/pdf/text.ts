import type { Face, Faces } from './faces.ts'

export type Style = { face: Face; size: number }
/** One set line: `width` in points with the small gap between Han and Latin included; first or last of its paragraph. */
export type Line = { text: string; width: number; isFirst: boolean; isLast: boolean }

/** Gap between Han and Latin, in em. Text extractors take 0.1 em for a space, so it must stay below. */
export const MIX_GAP = 0.09

const NO_START = new Set('、，。．！？：；％‰℃℉°…—～·•）〕］｝〉》」』】〗”’々ー,.!?:;)]}%›»')
const NO_END = new Set('（〔［｛〈《「『【〖“‘([{¥￥£$№§#‹«第图表')
const UNITS = new Set('年月日时分秒个项条家户份件批台次人名位元万亿千百吨米克升度级页章号天周岁套组类种层栋亩公里厘毫平立斤倍点')
const DIGIT = /[0-9０-９]/u
/** Unit after a number and a space: "1.4 m", "30 mg/L", "85 %". */
const LATIN_UNIT = /^[A-Za-zµμΩ°%‰℃][A-Za-zµμΩ/²³]{0,4}(?![A-Za-z])/u
const CJK = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u
const CJK_LETTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const LATIN_LETTER = /[A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]/u
const WIDE_PUNCTUATION = new Set('…—“”‘’·')

/** Text as it can be set: TAB to spaces, other controls, zero-width characters and variation selectors dropped. */
export function settable(text: string): string {
  return text
    .replaceAll('\t', '    ')
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Variation_Selector}/gu, '')
    .replaceAll(/[\ud800-\udfff]/gu, '')
}

export const isCjk = (c: string): boolean => CJK.test(c) || WIDE_PUNCTUATION.has(c)

/** Whether the small gap belongs between two neighbours. */
export function isMixed(before: string, after: string): boolean {
  return (CJK_LETTER.test(before) && LATIN_LETTER.test(after)) || (LATIN_LETTER.test(before) && CJK_LETTER.test(after))
}

/** Width in em of one character, 0 where no face has it. */
export const emOf = (faces: Faces, face: Face, c: string): number => (faces(face, c.codePointAt(0) ?? 0)?.width ?? 0) / 1000

export function widthOf(faces: Faces, style: Style, text: string): number {
  let em = 0
  let before = ''
  for (const c of text) {
    em += emOf(faces, style.face, c) + (before !== '' && isMixed(before, c) ? MIX_GAP : 0)
    before = c
  }
  return em * style.size
}

/**
 * Lines of a text in a measure (points): 避头尾, Latin words and number + unit whole, no one-character last line.
 * LF starts a new line; a blank line stays one. `indent` narrows the first line of each paragraph.
 */
export function breakLines(faces: Faces, style: Style, text: string, measure: number, indent = 0): Line[] {
  return settable(text)
    .split('\n')
    .flatMap((paragraph) => breakParagraph(faces, style, paragraph.trimEnd(), measure, indent))
}

function breakParagraph(faces: Faces, style: Style, text: string, measure: number, indent: number): Line[] {
  const chars = [...text]
  const widths = chars.map(
    (c, i) => (emOf(faces, style.face, c) + (i > 0 && isMixed(chars[i - 1] ?? '', c) ? MIX_GAP : 0)) * style.size,
  )
  const may = breakPoints(chars)
  const starts = [0]
  for (let start = 0; start < chars.length; ) {
    const next = nextStart(chars, widths, may, start, measure - (start === 0 ? indent : 0))
    if (next >= chars.length) break
    starts.push(next)
    start = next
  }
  avoidLonelyEnd(chars, widths, may, starts, measure)
  return starts.map((start, n) => {
    const line = chars.slice(start, starts[n + 1] ?? chars.length).join('').trimEnd()
    return { text: line, width: widthOf(faces, style, line), isFirst: n === 0, isLast: n === starts.length - 1 }
  })
}

/** Where the line after the one from `start` begins; spaces in between belong to neither. */
function nextStart(chars: string[], widths: number[], may: boolean[], start: number, measure: number): number {
  let width = 0
  let last = -1
  for (let i = start; i < chars.length; i++) {
    width += widths[i] ?? 0
    if (width > measure + 0.001 && chars[i] !== ' ') {
      const at = last > start ? last : softBreak(chars, start, i)
      let next = at
      while (chars[next] === ' ') next++
      return next
    }
    if (may[i + 1]) last = i + 1
  }
  return chars.length
}

/** Break inside something wider than the whole line: after a joint of a long token if there is one near, else anywhere. */
function softBreak(chars: string[], start: number, end: number): number {
  for (let i = end; i > Math.max(start + 1, end - 12); i--) if (/[/_.\-&=?]/.test(chars[i - 1] ?? '')) return i
  let at = Math.max(end, start + 1)
  while (at > start + 1 && (NO_START.has(chars[at] ?? '') || NO_END.has(chars[at - 1] ?? ''))) at--
  return at
}

/** may[i]: a line may begin with character i. */
function breakPoints(chars: string[]): boolean[] {
  let isQuoteOpen = false
  const quotes = chars.map((c) => {
    if (c !== '"') return ''
    isQuoteOpen = !isQuoteOpen
    return isQuoteOpen ? 'open' : 'close'
  })
  return chars.map((c, i) => {
    const before = chars[i - 1] ?? ''
    if (i === 0 || c === ' ' || c === '\u00a0' || before === '\u00a0') return false
    if (NO_START.has(c) || quotes[i] === 'close') return false
    if (before === ' ') return !isUnitAfterNumber(chars, i)
    if (NO_END.has(before) || quotes[i - 1] === 'open') return isBreakableNoEnd(before, c)
    if (DIGIT.test(before) && UNITS.has(c)) return false
    return isCjk(before) || isCjk(c)
  })
}

/** 第, 图 and 表 hold on to a following number only. */
function isBreakableNoEnd(before: string, c: string): boolean {
  return '第图表'.includes(before) && !DIGIT.test(c) && !'一二三四五六七八九十'.includes(c)
}

function isUnitAfterNumber(chars: string[], i: number): boolean {
  if (!DIGIT.test(chars[i - 2] ?? '')) return false
  return UNITS.has(chars[i] ?? '') || LATIN_UNIT.test(chars.slice(i, i + 7).join(''))
}

/** Moves the last break back where the last line would be a single character (and its punctuation). */
function avoidLonelyEnd(chars: string[], widths: number[], may: boolean[], starts: number[], measure: number): void {
  if (starts.length < 2) return
  const last = starts.at(-1) ?? 0
  const previous = starts.at(-2) ?? 0
  const visible = chars.slice(last).filter((c) => !NO_START.has(c) && c !== ' ')
  if (visible.length > 1 || !isCjk(visible[0] ?? '字') || last - previous < 5) return
  for (let at = last - 1; at > previous + 2; at--) {
    if (!may[at]) continue
    const width = widths.slice(at).reduce((sum, w) => sum + w, 0)
    if (width <= measure) starts[starts.length - 1] = at
    return
  }
}

/** Extra space per character that fills a line of Han to its measure, in points; 0 where it would show, as between Latin letters. */
export function justification(style: Style, line: Line, measure: number): number {
  const chars = [...line.text]
  let mixed = 0
  if (chars.filter((c) => LATIN_LETTER.test(c)).length * 3 > chars.length) return 0
  for (let i = 1; i < chars.length; i++) if (isMixed(chars[i - 1] ?? '', chars[i] ?? '')) mixed++
  const gaps = chars.length - 1
  const slack = measure - line.width
  if (gaps < 8 || slack <= 0 || gaps <= mixed) return 0
  const spacing = slack / (gaps - mixed)
  return spacing <= (MIX_GAP - 0.01) * style.size ? spacing : 0
}
