import { HALF, MIX_GAP, TRAIT, between, has, isLatinText, isMixed } from './characters.ts'
import type { Face, Faces } from './faces.ts'

export type Style = { face: Face; size: number }
/**
 * One set line: `width` in points as it is seen, small gaps and squeezed marks counted; `lead` is how far its first mark is drawn
 * to the left, over the blank half of an opening bracket. First or last of its paragraph.
 */
export type Line = { text: string; width: number; lead: number; isLatin: boolean; isFirst: boolean; isLast: boolean }

/** Unit after a number and a space: "1.4 m", "30 mg/L", "85 %". */
const LATIN_UNIT = /^[A-Za-zµμΩ°%‰℃][A-Za-zµμΩ/²³]{0,4}(?![A-Za-z])/u
const UNSETTABLE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Variation_Selector}|[\ud800-\udfff]/gu

/** Text as it can be set: TAB to spaces, other controls, zero-width characters and variation selectors dropped. */
export const settable = (text: string): string => text.replaceAll('\t', '    ').replaceAll(UNSETTABLE, '')

/** Width in em of one character, 0 where no face has it. */
export const emOf = (faces: Faces, face: Face, c: string): number =>
  (faces(face, c.codePointAt(0) ?? 0)?.width ?? 0) / 1000

/** Width in points of a text set on one line. */
export function widthOf(faces: Faces, style: Style, text: string): number {
  const measured = measuredOf(faces, style, text)
  return measure(measured, 0, measured.chars.length)
}

/**
 * A paragraph taken apart. `advances` are the widths of the characters with the gaps before them, the first of a line has none;
 * `half` is what a blank half measures. All in points.
 */
type Measured = {
  chars: string[]
  isLatin: boolean
  quotes: readonly Quote[]
  advances: number[]
  gapAt: (n: number) => number
  half: number
}
/** Straight quotation marks open and close by turns. */
type Quote = 'open' | 'close' | undefined

function measuredOf(faces: Faces, style: Style, text: string): Measured {
  const chars = [...text]
  const isLatin = isLatinText(chars)
  const gapAt = (n: number) => (n === 0 ? 0 : between(chars[n - 1] ?? '', chars[n] ?? '', isLatin) * style.size)
  const advances = chars.map((c, n) => emOf(faces, style.face, c) * style.size + gapAt(n))
  return { chars, isLatin, quotes: text.includes('"') ? quotesOf(chars) : [], advances, gapAt, half: HALF * style.size }
}

function quotesOf(chars: readonly string[]): Quote[] {
  let isOpen = false
  return chars.map((c) => {
    if (c !== '"') return undefined
    isOpen = !isOpen
    return isOpen ? 'open' : 'close'
  })
}

const leadOf = ({ chars, half }: Measured, start: number): number => (has(chars[start] ?? '', TRAIT.opening) ? half : 0)

/** Width of the characters from `start` to before `end`, spaces at the end left out. */
function measure(text: Measured, start: number, end: number): number {
  let last = end
  while (last > start && text.chars[last - 1] === ' ') last--
  if (last === start) return -leadOf(text, start)
  let width = -leadOf(text, start) - text.gapAt(start)
  for (let i = start; i < last; i++) width += text.advances[i] ?? 0
  return width
}

/**
 * Lines of a text in a measure (points): 避头尾, Latin words and number + unit whole, full-width marks squeezed where two meet and at
 * the edges, no one-character last line. LF starts a new line; a blank line stays one. `indent` narrows the first line of each
 * paragraph.
 */
export function breakLines(faces: Faces, style: Style, text: string, room: number, indent = 0): Line[] {
  return settable(text)
    .split('\n')
    .flatMap((paragraph) => breakParagraph(faces, style, paragraph.trimEnd(), room, indent))
}

function breakParagraph(faces: Faces, style: Style, paragraph: string, room: number, indent: number): Line[] {
  const text = measuredOf(faces, style, paragraph)
  const { chars, isLatin } = text
  const starts = [0]
  if (measure(text, 0, chars.length) > room - indent) {
    for (let start = 0; start < chars.length;) {
      const next = nextStart(text, start, room - (start === 0 ? indent : 0))
      if (next >= chars.length) break
      starts.push(next)
      start = next
    }
    avoidLonelyEnd(text, starts, room)
  }
  let at = 0
  return starts.map((start, n) => {
    const end = starts[n + 1] ?? chars.length
    const width = measure(text, start, end)
    const limit = room - (n === 0 ? indent : 0)
    const from = at
    for (let i = start; i < end; i++) at += chars[i]?.length ?? 0
    const line = paragraph.slice(from, at).trimEnd()
    const isHung = width > limit && has(line.at(-1) ?? '', TRAIT.closing)
    return {
      text: line,
      width: isHung ? width - text.half : width,
      lead: leadOf(text, start),
      isLatin,
      isFirst: n === 0,
      isLast: n === starts.length - 1,
    }
  })
}

/** Where the line after the one from `start` begins; spaces in between belong to neither. */
function nextStart(text: Measured, start: number, room: number): number {
  const { chars, advances, half } = text
  const limit = room + 0.001
  let width = -leadOf(text, start) - text.gapAt(start)
  for (let i = start; i < chars.length; i++) {
    width += advances[i] ?? 0
    if (width <= limit) continue
    const char = chars[i] ?? ''
    // The blank half of a closing mark may stand outside.
    if (char === ' ' || width - (has(char, TRAIT.closing) ? half : 0) <= limit) continue
    let next = i
    while (next > start && !mayBegin(text, next)) next--
    if (next === start) next = softBreak(chars, start, i)
    while (chars[next] === ' ') next++
    return next
  }
  return chars.length
}

/** Break inside something wider than the whole line: after a joint of a long token if there is one near, else anywhere. */
function softBreak(chars: readonly string[], start: number, end: number): number {
  for (let i = end; i > Math.max(start + 1, end - 12); i--) if (/[/_.\-&=?]/.test(chars[i - 1] ?? '')) return i
  let at = Math.max(end, start + 1)
  while (at > start + 1 && (has(chars[at] ?? '', TRAIT.noStart) || has(chars[at - 1] ?? '', TRAIT.noEnd))) at--
  return at
}

/** Whether a line may begin with a character. */
function mayBegin({ chars, isLatin, quotes }: Measured, n: number): boolean {
  const c = chars[n] ?? ''
  const before = chars[n - 1] ?? ''
  const isCjk = (char: string) => has(char, TRAIT.cjk) && !(isLatin && has(char, TRAIT.quote))
  if (n === 0 || c === ' ' || c === '\u00a0' || before === '\u00a0') return false
  if (has(c, TRAIT.noStart) || quotes[n] === 'close') return false
  if (before === ' ') return !isUnitAfterNumber(chars, n)
  if (has(before, TRAIT.noEnd) || quotes[n - 1] === 'open') return isBreakableNoEnd(before, c)
  if (has(before, TRAIT.digit) && has(c, TRAIT.unit)) return false
  return isCjk(before) || isCjk(c)
}

/** 第, 图 and 表 hold on to a following number only. */
function isBreakableNoEnd(before: string, c: string): boolean {
  return '第图表'.includes(before) && !has(c, TRAIT.digit) && !'一二三四五六七八九十'.includes(c)
}

function isUnitAfterNumber(chars: readonly string[], i: number): boolean {
  if (!has(chars[i - 2] ?? '', TRAIT.digit)) return false
  return has(chars[i] ?? '', TRAIT.unit) || LATIN_UNIT.test(chars.slice(i, i + 7).join(''))
}

/** Moves the last break back where the last line would be a single character (and its punctuation). */
function avoidLonelyEnd(text: Measured, starts: number[], room: number): void {
  const { chars } = text
  if (starts.length < 2) return
  const last = starts.at(-1) ?? 0
  const previous = starts.at(-2) ?? 0
  const visible = chars.slice(last).filter((c) => !has(c, TRAIT.noStart) && c !== ' ')
  if (visible.length > 1 || !has(visible[0] ?? '字', TRAIT.cjk) || last - previous < 5) return
  for (let at = last - 1; at > previous + 2; at--) {
    if (!mayBegin(text, at)) continue
    if (measure(text, at, chars.length) <= room) starts[starts.length - 1] = at
    return
  }
}

/** Extra space per character that fills a line of Han to its measure, in points; 0 where it would show, as between Latin letters. */
export function justification(style: Style, line: Line, room: number): number {
  const chars = [...line.text]
  if (chars.filter((c) => has(c, TRAIT.latin)).length * 3 > chars.length) return 0
  let mixed = 0
  for (let i = 1; i < chars.length; i++) if (isMixed(chars[i - 1] ?? '', chars[i] ?? '')) mixed++
  const gaps = chars.length - 1
  const slack = room - line.width
  if (gaps < 8 || slack <= 0 || gaps <= mixed) return 0
  const extra = slack / (gaps - mixed)
  return extra <= (MIX_GAP - 0.01) * style.size ? extra : 0
}
