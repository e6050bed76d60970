/** Gap between Han and Latin, in em. Text extractors take 0.1 em for a space, so it must stay below. */
export const MIX_GAP = 0.09
/** What a full-width bracket, stop or quotation mark gives up beside another one or at the edge of a line, in em. */
export const HALF = 0.5

/** What line breaking and spacing need to know about a character, as bits. */
export const TRAIT = {
  han: 1,
  latin: 2,
  cjk: 4,
  noStart: 8,
  noEnd: 16,
  /** Blank left half: opening brackets and quotation marks. */
  opening: 32,
  /** Blank right half: stops, closing brackets and quotation marks. */
  closing: 64,
  quote: 128,
  digit: 256,
  unit: 512,
  /** Alone it cannot be set as it is; as a half it belongs to a character of the higher planes. */
  unsettable: 1024,
} as const

/** Controls, what has no width, variation selectors, lone halves. */
export const UNSETTABLE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Variation_Selector}|[\ud800-\udfff]/gu

const SETS: [number, string][] = [
  [TRAIT.noStart, '、，。．！？：；％‰℃℉°…—～·•）〕］｝〉》」』】〗”’々ー,.!?:;)]}%›»'],
  [TRAIT.noEnd, '（〔［｛〈《「『【〖“‘([{¥￥£$№§#‹«第图表'],
  [TRAIT.opening, '（〔［｛〈《「『【〖“‘'],
  [TRAIT.closing, '、，。．！？：；）〕］｝〉》」』】〗”’'],
  [TRAIT.quote, '“”‘’'],
  [TRAIT.cjk, '…—“”‘’·'],
  [
    TRAIT.unit,
    '年月日时分秒个项条家户份件批台次人名位元万亿千百吨米克升度级页章号天周岁套组类种层栋亩公里厘毫平立斤倍点',
  ],
]
const CLASSES: [number, RegExp][] = [
  [TRAIT.cjk, /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u],
  [TRAIT.han, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u],
  [TRAIT.latin, /[A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]/u],
  [TRAIT.digit, /[0-9０-９]/u],
  [TRAIT.unsettable, new RegExp(UNSETTABLE, 'u')],
]

const UNKNOWN = 0xffff
/** Of the first plane; characters of the higher ones are asked anew, they are rare. */
const known = new Uint16Array(0x10000).fill(UNKNOWN)

export function traitsOf(codePoint: number): number {
  if (codePoint >= known.length) return findTraits(codePoint)
  const found = known[codePoint] ?? UNKNOWN
  if (found !== UNKNOWN) return found
  return (known[codePoint] = findTraits(codePoint))
}

function findTraits(codePoint: number): number {
  const char = String.fromCodePoint(codePoint)
  let traits = 0
  for (const [trait, chars] of SETS) if (chars.includes(char)) traits |= trait
  for (const [trait, pattern] of CLASSES) if (pattern.test(char)) traits |= trait
  return traits
}

/** Where neither of two neighbours has one of these traits, there is no space put between them. */
export const SPACED = TRAIT.latin | TRAIT.opening | TRAIT.closing | TRAIT.quote

/** Whether the small gap belongs between two neighbours of these traits. */
export const isMixed = (a: number, b: number): boolean =>
  ((a & TRAIT.han) !== 0 && (b & TRAIT.latin) !== 0) || ((a & TRAIT.latin) !== 0 && (b & TRAIT.han) !== 0)

/** What a full-width quotation mark has too much among Latin letters; single ones are narrower still. */
const blankOf = (quote: number): number => (quote === 0x2018 || quote === 0x2019 ? 0.7 : HALF)

/**
 * Space put between two neighbours (code points), in em; negative where a blank half is taken away. In Latin text the full-width
 * quotation marks are set as narrow as Latin ones.
 */
export function between(before: number, after: number, isLatin: boolean): number {
  const a = traitsOf(before)
  const b = traitsOf(after)
  if (isLatin && ((a | b) & TRAIT.quote) !== 0) {
    const right = (a & TRAIT.quote) !== 0 && (a & TRAIT.closing) !== 0 ? blankOf(before) : 0
    const left = (b & TRAIT.quote) !== 0 && (b & TRAIT.opening) !== 0 ? blankOf(after) : 0
    return -right - left
  }
  if ((a & TRAIT.closing) !== 0 && (b & (TRAIT.opening | TRAIT.closing)) !== 0) return -HALF
  if ((a & TRAIT.opening) !== 0 && (b & TRAIT.opening) !== 0) return -HALF
  return isMixed(a, b) ? MIX_GAP : 0
}

/** Things by code point. Those of the first plane stand in a list, which is several times quicker than a map. */
export type ByCode<T> = { places: Uint16Array; list: (T | undefined)[]; beyond: Map<number, T> }

export const newByCode = <T>(): ByCode<T> => ({
  places: new Uint16Array(0x10000),
  list: [undefined],
  beyond: new Map(),
})

export const valueAt = <T>({ places, list, beyond }: ByCode<T>, codePoint: number): T | undefined =>
  codePoint < places.length ? list[places[codePoint] ?? 0] : beyond.get(codePoint)

export function keepAt<T>({ places, list, beyond }: ByCode<T>, codePoint: number, value: T): void {
  if (codePoint < places.length) places[codePoint] = list.push(value) - 1
  else beyond.set(codePoint, value)
}
