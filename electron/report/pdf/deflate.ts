import { codeLengths, codesOf } from './huffman.ts'

/*
 * Deflate (RFC 1950, 1951) for reports: the same bytes on every runtime, as zlib's are not, and several times faster than a general
 * one in JavaScript, because it only looks at the last place four bytes were met and never changes its mind. Files come out a few
 * percent larger than at the best level.
 */

const WINDOW = 32_768
const HASH_BITS = 15
const LEAST = 4
const MOST = 258
/** Symbols of a block; each block has codes of its own. */
const BLOCK = 1 << 15
const END = 256
const LITERALS = 286
const DISTANCES = 30
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

/** By code: the least value it stands for, and how many bits after it say which. */
type Ranges = { base: Uint16Array; extra: Uint8Array }
const LENGTHS = ranges(29, 3, (n) => (n < 8 || n === 28 ? 0 : (n >> 2) - 1))
const FAR = ranges(DISTANCES, 1, (n) => (n < 4 ? 0 : (n >> 1) - 1))
LENGTHS.base[28] = MOST
const lengthCode = byValue(LENGTHS, MOST + 1)
const distanceCode = byValue(FAR, WINDOW + 1)

function ranges(count: number, first: number, extraOf: (code: number) => number): Ranges {
  const base = new Uint16Array(count)
  const extra = new Uint8Array(count)
  let value = first
  for (let n = 0; n < count; n++) {
    base[n] = value
    extra[n] = extraOf(n)
    value += 1 << extraOf(n)
  }
  return { base, extra }
}

function byValue({ base }: Ranges, size: number): Uint8Array {
  const codes = new Uint8Array(size)
  base.forEach((from, code) => codes.fill(code, from, base[code + 1] ?? size))
  return codes
}

/** Bits, lowest first. */
type Bits = { bytes: Uint8Array; at: number; held: number; count: number }

function put(bits: Bits, value: number, count: number): void {
  let held = bits.held | (value << bits.count)
  let left = bits.count + count
  while (left >= 8) {
    bits.bytes[bits.at++] = held
    held >>>= 8
    left -= 8
  }
  bits.held = held
  bits.count = left
}

/** Used again from call to call: nothing of one call is seen by the next. By hash: four bytes, and where they were met last. */
const met = new Int32Array(2 << HASH_BITS)
/** A literal as itself, a match as its length above bit 16 and its distance below. */
const symbols = new Int32Array(BLOCK)
const literalCounts = new Uint32Array(LITERALS)
const distanceCounts = new Uint32Array(DISTANCES)

/** Data in the zlib format. */
export function deflate(given: Uint8Array): Uint8Array {
  // Buffers and other bytes look alike from here on: loops over both are twice as slow.
  const data = new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
  const room = data.length + (data.length >> 2) + 1024
  const bits: Bits = { bytes: new Uint8Array(room), at: 2, held: 0, count: 0 }
  bits.bytes.set([0x78, 0x9c])
  met.fill(-1)
  let at = 0
  do {
    const found = findSymbols(data, at)
    at = found.end
    writeBlock(bits, found.count, at === data.length)
  } while (at < data.length)
  if (bits.count > 0) put(bits, 0, 8 - bits.count)
  const view = new DataView(bits.bytes.buffer)
  view.setUint32(bits.at, adler32(data))
  return bits.bytes.slice(0, bits.at + 4)
}

/** Gathers a block: literals and, where four bytes were met within the window, length and distance of what is the same. */
function findSymbols(data: Uint8Array, from: number): { count: number; end: number } {
  let count = 0
  let at = from
  let word = wordBefore(data, at)
  while (at < data.length && count < BLOCK) {
    word = (word >>> 8) | ((data[at + 3] ?? 0) << 24)
    const slot = (Math.imul(word, 0x9e37_79b1) >>> (31 - HASH_BITS)) & -2
    const before = met[slot + 1] ?? -1
    const isKnown = met[slot] === word && before >= 0 && at - before < WINDOW && at + LEAST <= data.length
    met[slot] = word
    met[slot + 1] = at
    if (!isKnown) {
      const literal = data[at++] ?? 0
      symbols[count++] = literal
      literalCounts[literal] = (literalCounts[literal] ?? 0) + 1
      continue
    }
    const distance = at - before
    const last = Math.min(data.length, at + MOST)
    let end = at + LEAST
    while (end < last && data[end] === data[end - distance]) end++
    const length = end - at
    symbols[count++] = (length << 16) | distance
    const code = 257 + (lengthCode[length] ?? 0)
    literalCounts[code] = (literalCounts[code] ?? 0) + 1
    const far = distanceCode[distance] ?? 0
    distanceCounts[far] = (distanceCounts[far] ?? 0) + 1
    at = end
    word = wordBefore(data, at)
  }
  return { count, end: at }
}

/** Three bytes from a place on, where the one that follows them is shifted in. */
const wordBefore = (data: Uint8Array, at: number): number =>
  ((data[at] ?? 0) << 8) | ((data[at + 1] ?? 0) << 16) | ((data[at + 2] ?? 0) << 24)

/** Writes the symbols gathered with codes made for them, and forgets them. */
function writeBlock(bits: Bits, used: number, isLast: boolean): void {
  literalCounts[END] = 1
  const literals = codeLengths(literalCounts, 15)
  const distances = codeLengths(distanceCounts, 15)
  put(bits, isLast ? 1 : 0, 1)
  put(bits, 2, 2)
  writeLengths(bits, literals, distances)
  writeSymbols(bits, used, { literals, distances, literal: codesOf(literals), distance: codesOf(distances) })
  literalCounts.fill(0)
  distanceCounts.fill(0)
}

type Codes = { literals: Uint8Array; distances: Uint8Array; literal: Uint16Array; distance: Uint16Array }

/** Whole bytes are written after each piece, without asking how many they are: what is too much is written over. */
function writeSymbols(bits: Bits, used: number, { literals, distances, literal, distance }: Codes): void {
  const { bytes } = bits
  let { at, held, count } = bits
  for (let n = 0; n < used; n++) {
    const symbol = symbols[n] ?? 0
    const length = symbol >>> 16
    const near = lengthCode[length] ?? 0
    const code = length === 0 ? symbol : 257 + near
    held |= (literal[code] ?? 0) << count
    count += literals[code] ?? 0
    bytes[at] = held
    bytes[at + 1] = held >>> 8
    at += count >>> 3
    held >>>= count & 24
    count &= 7
    if (length === 0) continue
    held |= (length - (LENGTHS.base[near] ?? 0)) << count
    count += LENGTHS.extra[near] ?? 0
    const far = distanceCode[symbol & 0xffff] ?? 0
    held |= (distance[far] ?? 0) << count
    count += distances[far] ?? 0
    bytes[at] = held
    bytes[at + 1] = held >>> 8
    bytes[at + 2] = held >>> 16
    at += count >>> 3
    held >>>= count & 24
    count &= 7
    held |= ((symbol & 0xffff) - (FAR.base[far] ?? 0)) << count
    count += FAR.extra[far] ?? 0
    bytes[at] = held
    bytes[at + 1] = held >>> 8
    at += count >>> 3
    held >>>= count & 24
    count &= 7
  }
  bits.at = at
  bits.held = held
  bits.count = count
  put(bits, literal[END] ?? 0, literals[END] ?? 0)
}

/** The lengths of both codes, runs of zeros shortened, in a code of their own. */
function writeLengths(bits: Bits, literals: Uint8Array, distances: Uint8Array): void {
  const all = new Uint8Array(LITERALS + DISTANCES)
  all.set(literals)
  all.set(distances, LITERALS)
  const steps = new Uint16Array(all.length)
  const counts = new Uint32Array(19)
  let used = 0
  for (let n = 0; n < all.length;) {
    let run = 1
    while (all[n] === 0 && all[n + run] === 0 && run < 138) run++
    if (run < 3) run = 1
    const symbol = run >= 11 ? 18 : run >= 3 ? 17 : (all[n] ?? 0)
    counts[symbol] = (counts[symbol] ?? 0) + 1
    steps[used++] = (run << 8) | symbol
    n += run
  }
  const lengths = codeLengths(counts, 7)
  const codes = codesOf(lengths)
  put(bits, LITERALS - 257, 5)
  put(bits, DISTANCES - 1, 5)
  put(bits, LENGTH_ORDER.length - 4, 4)
  for (const symbol of LENGTH_ORDER) put(bits, lengths[symbol] ?? 0, 3)
  for (let n = 0; n < used; n++) {
    const step = steps[n] ?? 0
    const symbol = step & 0xff
    put(bits, codes[symbol] ?? 0, lengths[symbol] ?? 0)
    if (symbol === 18) put(bits, (step >> 8) - 11, 7)
    else if (symbol === 17) put(bits, (step >> 8) - 3, 3)
  }
}

function adler32(data: Uint8Array): number {
  let [a, b] = [1, 0]
  for (let at = 0; at < data.length; at++) {
    a = (a + (data[at] ?? 0)) | 0
    b = (b + a) | 0
    // So many sums stay below 2³¹.
    if ((at & 0x7ff) !== 0) continue
    a %= 65_521
    b %= 65_521
  }
  return (((b % 65_521) << 16) | (a % 65_521)) >>> 0
}
