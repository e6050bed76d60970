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

/** Used again from call to call: nothing of one call is seen by the next. */
const head = new Int32Array(1 << HASH_BITS)
const words = new Int32Array(1 << HASH_BITS)
/** A literal as itself, a match as its length above bit 16 and its distance below. */
const symbols = new Int32Array(BLOCK)
const literalCounts = new Uint32Array(LITERALS)
const distanceCounts = new Uint32Array(DISTANCES)

/** Data in the zlib format. */
export function deflate(data: Uint8Array): Uint8Array {
  const room = data.length + (data.length >> 2) + 1024
  const bits: Bits = { bytes: new Uint8Array(room), at: 2, held: 0, count: 0 }
  bits.bytes.set([0x78, 0x9c])
  head.fill(-1)
  let used = 0
  for (let at = 0; at < data.length;) {
    const match = findMatch(data, at)
    symbols[used++] = match
    const length = match >>> 16
    if (length === 0) {
      literalCounts[match] = (literalCounts[match] ?? 0) + 1
      at++
    } else {
      const code = 257 + (lengthCode[length] ?? 0)
      literalCounts[code] = (literalCounts[code] ?? 0) + 1
      const far = distanceCode[match & 0xffff] ?? 0
      distanceCounts[far] = (distanceCounts[far] ?? 0) + 1
      at += length
    }
    if (used === BLOCK && at < data.length) {
      writeBlock(bits, used, false)
      used = 0
    }
  }
  writeBlock(bits, used, true)
  if (bits.count > 0) put(bits, 0, 8 - bits.count)
  const view = new DataView(bits.bytes.buffer)
  view.setUint32(bits.at, adler32(data))
  return bits.bytes.slice(0, bits.at + 4)
}

/** The literal at a place or, where its four bytes were met within the window, length and distance of what is the same. */
function findMatch(data: Uint8Array, at: number): number {
  const first = data[at] ?? 0
  if (at + LEAST > data.length) return first
  const word = first | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16) | ((data[at + 3] ?? 0) << 24)
  const hash = Math.imul(word, 0x9e37_79b1) >>> (32 - HASH_BITS)
  const before = head[hash] ?? -1
  const known = words[hash]
  head[hash] = at
  words[hash] = word
  const distance = at - before
  if (known !== word || before < 0 || distance >= WINDOW) return first
  const last = Math.min(data.length, at + MOST)
  let end = at + LEAST
  while (end < last && data[end] === data[end - distance]) end++
  return ((end - at) << 16) | distance
}

/** Writes the symbols gathered with codes made for them, and forgets them. */
function writeBlock(bits: Bits, used: number, isLast: boolean): void {
  literalCounts[END] = 1
  const literals = codeLengths(literalCounts, 15)
  const distances = codeLengths(distanceCounts, 15)
  put(bits, isLast ? 1 : 0, 1)
  put(bits, 2, 2)
  writeLengths(bits, literals, distances)
  const literal = codesOf(literals)
  const distance = codesOf(distances)
  const { bytes } = bits
  let { at, held, count } = bits
  for (let n = 0; n < used; n++) {
    const symbol = symbols[n] ?? 0
    const length = symbol >>> 16
    const near = length === 0 ? 0 : (lengthCode[length] ?? 0)
    const code = length === 0 ? symbol : 257 + near
    // Seven bits may wait and at most twenty follow before whole bytes are written: no more than a number of 32 bits holds.
    held |= (literal[code] ?? 0) << count
    count += literals[code] ?? 0
    while (count >= 8) {
      bytes[at++] = held
      held >>>= 8
      count -= 8
    }
    if (length === 0) continue
    held |= (length - (LENGTHS.base[near] ?? 0)) << count
    count += LENGTHS.extra[near] ?? 0
    const far = distanceCode[symbol & 0xffff] ?? 0
    held |= (distance[far] ?? 0) << count
    count += distances[far] ?? 0
    while (count >= 8) {
      bytes[at++] = held
      held >>>= 8
      count -= 8
    }
    held |= ((symbol & 0xffff) - (FAR.base[far] ?? 0)) << count
    count += FAR.extra[far] ?? 0
    while (count >= 8) {
      bytes[at++] = held
      held >>>= 8
      count -= 8
    }
  }
  Object.assign(bits, { at, held, count })
  put(bits, literal[END] ?? 0, literals[END] ?? 0)
  literalCounts.fill(0)
  distanceCounts.fill(0)
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
  for (let at = 0; at < data.length;) {
    // So many sums stay below 2³².
    for (const end = Math.min(data.length, at + 3800); at < end; at++) {
      a += data[at] ?? 0
      b += a
    }
    a %= 65_521
    b %= 65_521
  }
  return ((b << 16) | a) >>> 0
}
