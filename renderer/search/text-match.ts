/** From and to (not included) of a matched part, in UTF-16 units of the text. */
export type Range = [from: number, to: number]
/** Every way to read a character, without tones: 重 → zhong, chong. */
export type Readings = ReadonlyMap<string, readonly string[]>

const FULL_WIDTH = /[\uff01-\uff5e\u3000]/g

/** Text as it is compared: small letters, ASCII for full-width signs; as long as the text itself, so that places agree. */
export function fold(text: string): string {
  const narrow = text.replaceAll(FULL_WIDTH, (c) =>
    c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  )
  const small = narrow.toLowerCase()
  return small.length === text.length ? small : narrow
}

/** The words of a query; all of them must be found. */
export const termsOf = (query: string): string[] =>
  fold(query)
    .split(/\s+/)
    .filter((term) => term !== '')

/** Where `term` (folded) stands in `text` (folded): the first place, or null. */
export function findWord(text: string, term: string): Range | null {
  const at = text.indexOf(term)
  return at < 0 ? null : [at, at + term.length]
}

/** Whether a term may be pinyin: two letters at least, since one would find nearly everything. */
const isPinyin = (term: string): boolean => /^[a-z][a-z']+$/.test(term)

/** Where the characters of `text` are read as `term`: syllables, their first letters, or a mixture; the last may be unfinished. */
export function findPinyin(text: string, term: string, readings: Readings): Range | null {
  if (!isPinyin(term)) return null
  const letters = term.replaceAll("'", '')
  for (let at = 0; at < text.length; at += 1) {
    if (!readings.has(text[at] ?? '')) continue
    const end = endOfReading(text, at, letters, 0, readings)
    if (end !== null) return [at, end]
  }
  return null
}

function endOfReading(text: string, at: number, letters: string, done: number, readings: Readings): number | null {
  if (done === letters.length) return at
  const character = text[at]
  if (character === undefined) return null
  const ways = readings.get(character)
  if (ways === undefined) {
    if (character === letters[done]) return endOfReading(text, at + 1, letters, done + 1, readings)
    return /[\p{L}\p{N}]/u.test(character) ? null : endOfReading(text, at + 1, letters, done, readings)
  }
  const rest = letters.slice(done)
  for (const way of ways) {
    if (way.startsWith(rest)) return at + 1
    const whole = rest.startsWith(way) ? endOfReading(text, at + 1, letters, done + way.length, readings) : null
    if (whole !== null) return whole
    const first = way[0] === rest[0] ? endOfReading(text, at + 1, letters, done + 1, readings) : null
    if (first !== null) return first
  }
  return null
}

/** Overlapping and touching places joined, in order. */
export function joined(ranges: readonly Range[]): Range[] {
  const all: Range[] = []
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else all.push([from, to])
  }
  return all
}

/** A piece of a long text around a place, one line, with the place moved along; `…` where it was cut. */
export function excerptAround(text: string, [from, to]: Range, before = 12, length = 60): { text: string; at: Range } {
  const start = Math.max(0, from - before)
  const end = Math.min(text.length, Math.max(to, start + length))
  const head = start > 0 ? '…' : ''
  const piece = text.slice(start, end).replaceAll(/[\n\t]/g, ' ')
  return {
    text: `${head}${piece}${end < text.length ? '…' : ''}`,
    at: [from - start + head.length, to - start + head.length],
  }
}
