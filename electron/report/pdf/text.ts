import { HALF, MIX_GAP, SPACED, TRAIT, UNSETTABLE, between, isMixed, traitsOf } from './characters.ts'
import type { Face, Faces } from './faces.ts'

export type Style = { face: Face; size: number }
/**
 * One set line: `width` in points as it is seen, small gaps and squeezed marks counted; `lead` is how far its first mark is drawn
 * to the left, over the blank half of an opening bracket. First or last of its paragraph.
 */
export type Line = { text: string; width: number; lead: number; isLatin: boolean; isFirst: boolean; isLast: boolean }

/** Unit after a number and a space: "1.4 m", "30 mg/L", "85 %". */
const LATIN_UNIT = /^[A-Za-zµμΩ°%‰℃][A-Za-zµμΩ/²³]{0,4}(?![A-Za-z])/u
const LONGEST_UNIT = 7
const codesOf = (text: string): number[] => Array.from(text, (c) => c.codePointAt(0) ?? 0)
const [SPACE = 0, NO_BREAK_SPACE = 0, STRAIGHT_QUOTE = 0, HAN = 0] = codesOf(' \u00a0"字')
/** A token too long for a line is cut after one of these. */
const JOINTS = codesOf('/_.-&=?')
/** Marks that hold on to a number only, and what a number in Han begins with. */
const BEFORE_NUMBERS = codesOf('第图表')
const HAN_NUMBERS = codesOf('一二三四五六七八九十')

/** Text as it can be set: TAB to spaces, other controls, zero-width characters and variation selectors dropped. */
export function settable(text: string): string {
  // Nearly always there is nothing to do, and a look into a table is far quicker than the pattern.
  for (let n = 0; n < text.length; n++) {
    if ((traitsOf(text.charCodeAt(n)) & TRAIT.unsettable) !== 0)
      return text.replaceAll('\t', '    ').replaceAll(UNSETTABLE, '')
  }
  return text
}

/** Width in points of a text set on one line. */
export function widthOf(faces: Faces, style: Style, text: string): number {
  const measured = measuredOf(faces, style, text)
  return measure(measured, 0, measured.count)
}

/**
 * A paragraph taken apart, by character. `advances` are the widths with the gaps before them, the first of a line has none; `half`
 * is what a blank half measures. All in points. The lists are longer than the paragraph: after it stands a character of no traits.
 */
type Measured = {
  count: number
  codes: Int32Array
  traits: Uint16Array
  advances: Float64Array
  isLatin: boolean
  quotes: readonly Quote[]
  size: number
  half: number
}
/** Straight quotation marks open and close by turns. */
type Quote = 'open' | 'close' | undefined

/** Thousands of texts are looked at one after the other: all are taken apart into the same memory. */
let memory = listsFor(256)

function listsFor(length: number): Pick<Measured, 'codes' | 'traits' | 'advances'> {
  return { codes: new Int32Array(length), traits: new Uint16Array(length), advances: new Float64Array(length) }
}

function measuredOf(faces: Faces, { face, size }: Style, text: string): Measured {
  if (text.length >= memory.codes.length) memory = listsFor(2 * text.length)
  const { codes, traits, advances } = memory
  let count = 0
  let latin = 0
  let han = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0
    if (code > 0xffff) at++
    const own = traitsOf(code)
    if (own & TRAIT.latin) latin++
    if (own & TRAIT.han) han++
    codes[count] = code
    traits[count] = own
    advances[count++] = ((faces(face, code)?.width ?? 0) / 1000) * size
  }
  codes[count] = 0
  traits[count] = 0
  // Latin text: hardly any Han among its letters.
  const isLatin = latin > 3 * han
  for (let n = 1; n < count; n++) {
    if ((((traits[n - 1] ?? 0) | (traits[n] ?? 0)) & SPACED) === 0) continue
    advances[n] = (advances[n] ?? 0) + between(codes[n - 1] ?? 0, codes[n] ?? 0, isLatin) * size
  }
  const quotes = text.includes('"') ? quotesOf(codes.subarray(0, count)) : []
  return { count, codes, traits, advances, isLatin, quotes, size, half: HALF * size }
}

function quotesOf(codes: Int32Array): Quote[] {
  let isOpen = false
  return Array.from(codes, (code) => {
    if (code !== STRAIGHT_QUOTE) return undefined
    isOpen = !isOpen
    return isOpen ? 'open' : 'close'
  })
}

/** Whether a character of the paragraph has a trait; none beyond its ends. */
const has = ({ traits }: Measured, n: number, trait: number): boolean => ((traits[n] ?? 0) & trait) !== 0

/** Where a line's first mark is measured from: an opening one loses its blank half, and nothing stands before it to keep away from. */
function lineStart(text: Measured, start: number): number {
  const lead = leadOf(text, start)
  if (start === 0) return -lead
  return -lead - between(text.codes[start - 1] ?? 0, text.codes[start] ?? 0, text.isLatin) * text.size
}

const leadOf = (text: Measured, start: number): number => (has(text, start, TRAIT.opening) ? text.half : 0)

/** Width of the characters from `start` to before `end`, spaces at the end left out. */
function measure(text: Measured, start: number, end: number): number {
  let last = end
  while (last > start && text.codes[last - 1] === SPACE) last--
  if (last === start) return -leadOf(text, start)
  let width = lineStart(text, start)
  for (let i = start; i < last; i++) width += text.advances[i] ?? 0
  return width
}

/**
 * Lines of a text in a measure (points): 避头尾, Latin words and number + unit whole, full-width marks squeezed where two meet and at
 * the edges, no one-character last line. LF starts a new line; a blank line stays one. `indent` narrows the first line of each
 * paragraph.
 */
export function breakLines(faces: Faces, style: Style, text: string, room: number, indent = 0): Line[] {
  const shown = settable(text)
  const set = (paragraph: string) => breakParagraph(faces, style, paragraph.trimEnd(), room, indent)
  return shown.includes('\n') ? shown.split('\n').flatMap(set) : set(shown)
}

function breakParagraph(faces: Faces, style: Style, paragraph: string, room: number, indent: number): Line[] {
  const text = measuredOf(faces, style, paragraph)
  const { codes, count, isLatin } = text
  const whole = measure(text, 0, count)
  const starts = whole > room - indent ? startsOf(text, room, indent) : [0]
  let at = 0
  return starts.map((start, n) => {
    const end = starts[n + 1] ?? count
    const width = starts.length === 1 ? whole : measure(text, start, end)
    const limit = room - (n === 0 ? indent : 0)
    const from = at
    for (let i = start; i < end; i++) at += (codes[i] ?? 0) > 0xffff ? 2 : 1
    const line = paragraph.slice(from, at).trimEnd()
    const isHung = width > limit && line !== '' && (traitsOf(line.charCodeAt(line.length - 1)) & TRAIT.closing) !== 0
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

/** Where the lines of a text too long for one begin. */
function startsOf(text: Measured, room: number, indent: number): number[] {
  const starts = [0]
  for (let start = 0; start < text.count;) {
    const next = nextStart(text, start, room - (start === 0 ? indent : 0))
    if (next >= text.count) break
    starts.push(next)
    start = next
  }
  avoidLonelyEnd(text, starts, room)
  return starts
}

/** Where the line after the one from `start` begins; spaces in between belong to neither. */
function nextStart(text: Measured, start: number, room: number): number {
  const { codes, count, advances, half } = text
  const limit = room + 0.001
  let width = lineStart(text, start)
  for (let i = start; i < count; i++) {
    width += advances[i] ?? 0
    if (width <= limit) continue
    // The blank half of a closing mark may stand outside.
    if (codes[i] === SPACE || width - (has(text, i, TRAIT.closing) ? half : 0) <= limit) continue
    let next = i
    while (next > start && !mayBegin(text, next)) next--
    if (next === start) next = softBreak(text, start, i)
    while (codes[next] === SPACE) next++
    return next
  }
  return count
}

/** Break inside something wider than the whole line: after a joint of a long token if there is one near, else anywhere. */
function softBreak(text: Measured, start: number, end: number): number {
  for (let i = end; i > Math.max(start + 1, end - 12); i--) if (JOINTS.includes(text.codes[i - 1] ?? 0)) return i
  let at = Math.max(end, start + 1)
  while (at > start + 1 && (has(text, at, TRAIT.noStart) || has(text, at - 1, TRAIT.noEnd))) at--
  return at
}

/** Whether a line may begin with a character. */
function mayBegin(text: Measured, n: number): boolean {
  const { codes, quotes } = text
  const before = codes[n - 1]
  const code = codes[n]
  if (n === 0 || code === SPACE || code === NO_BREAK_SPACE || before === NO_BREAK_SPACE) return false
  if (has(text, n, TRAIT.noStart) || quotes[n] === 'close') return false
  if (before === SPACE) return !isUnitAfterNumber(text, n)
  if (has(text, n - 1, TRAIT.noEnd) || quotes[n - 1] === 'open') return isBreakableNoEnd(text, n)
  if (has(text, n - 1, TRAIT.digit) && has(text, n, TRAIT.unit)) return false
  return isCjk(text, n - 1) || isCjk(text, n)
}

const isCjk = (text: Measured, n: number): boolean =>
  has(text, n, TRAIT.cjk) && !(text.isLatin && has(text, n, TRAIT.quote))

function isBreakableNoEnd(text: Measured, n: number): boolean {
  const code = text.codes[n] ?? 0
  return BEFORE_NUMBERS.includes(text.codes[n - 1] ?? 0) && !has(text, n, TRAIT.digit) && !HAN_NUMBERS.includes(code)
}

function isUnitAfterNumber(text: Measured, n: number): boolean {
  if (!has(text, n - 2, TRAIT.digit)) return false
  const after = text.codes.subarray(n, Math.min(n + LONGEST_UNIT, text.count))
  return has(text, n, TRAIT.unit) || LATIN_UNIT.test(String.fromCodePoint(...after))
}

/** Moves the last break back where the last line would be a single character (and its punctuation). */
function avoidLonelyEnd(text: Measured, starts: number[], room: number): void {
  const { codes, count } = text
  if (starts.length < 2) return
  const last = starts.at(-1) ?? 0
  const previous = starts.at(-2) ?? 0
  const visible = codes.subarray(last, count).filter((code) => code !== SPACE && (traitsOf(code) & TRAIT.noStart) === 0)
  if (visible.length > 1 || (traitsOf(visible[0] ?? HAN) & TRAIT.cjk) === 0 || last - previous < 5) return
  for (let at = last - 1; at > previous + 2; at--) {
    if (!mayBegin(text, at)) continue
    if (measure(text, at, count) <= room) starts[starts.length - 1] = at
    return
  }
}

/** Extra space per character that fills a line of Han to its measure, in points; 0 where it would show, as between Latin letters. */
export function justification(style: Style, line: Line, room: number): number {
  const traits = codesOf(line.text).map(traitsOf)
  if (traits.filter((own) => own & TRAIT.latin).length * 3 > traits.length) return 0
  let mixed = 0
  for (let i = 1; i < traits.length; i++) if (isMixed(traits[i - 1] ?? 0, traits[i] ?? 0)) mixed++
  const gaps = traits.length - 1
  const slack = room - line.width
  if (gaps < 8 || slack <= 0 || gaps <= mixed) return 0
  const extra = slack / (gaps - mixed)
  return extra <= (MIX_GAP - 0.01) * style.size ? extra : 0
}
