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
/**
 * Symbols found or written by one call. What is called often is compiled as a whole and stays so; a long loop is compiled while it
 * runs, and that is thrown away at its end.
 */
const PIECE = 1 << 8
const END = 256
const LARGEST = 2 ** 30
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

/**
 * Used again from call to call: nothing of one call is seen by the next. By hash: four bytes, and where they were met last, counted
 * from `origin`, the end of what was packed before. It is emptied when that grows too large for a number of 31 bits.
 */
const met = new Int32Array(2 << HASH_BITS)
let origin = WINDOW
/** A literal as itself, a match as its length above bit 16 and its distance below. */
const symbols = new Int32Array(BLOCK)
let packed = new Uint8Array(1 << 16)
const literalCounts = new Uint32Array(LITERALS)
const distanceCounts = new Uint32Array(DISTANCES)

/** Data in the zlib format. */
export function deflate(given: Uint8Array): Uint8Array {
  // Buffers and other bytes look alike from here on: loops over both are twice as slow.
  const data = new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
  const room = data.length + (data.length >> 2) + 1024
  if (packed.length < room) packed = new Uint8Array(room)
  const bits: Bits = { bytes: packed, at: 2, held: 0, count: 0 }
  bits.bytes.set([0x78, 0x9c])
  if (origin + data.length > LARGEST) {
    met.fill(0)
    origin = WINDOW
  }
  const block: Block = { at: 0, count: 0 }
  do {
    while (block.at + LEAST <= data.length && block.count < BLOCK) findSymbols(data, block)
    if (block.at + LEAST > data.length) addLast(data, block)
    writeBlock(bits, block.count, block.at === data.length)
    block.count = 0
  } while (block.at < data.length)
  origin += data.length + WINDOW
  if (bits.count > 0) put(bits, 0, 8 - bits.count)
  const view = new DataView(bits.bytes.buffer)
  view.setUint32(bits.at, adler32(data))
  return bits.bytes.slice(0, bits.at + 4)
}

/** How far the data was looked at, and how many symbols of the block that made. */
type Block = { at: number; count: number }

/** Gathers a piece of a block: literals and, where four bytes were met within the window, length and distance of what is the same. */
function findSymbols(data: Uint8Array, block: Block): void {
  const { length } = data
  const start = origin
  const most = Math.min(BLOCK, block.count + PIECE)
  let { at, count } = block
  let word = wordBefore(data, at)
  while (at + LEAST <= length && count < most) {
    word = (word >>> 8) | ((data[at + 3] ?? 0) << 24)
    const slot = (Math.imul(word, 0x9e37_79b1) >>> (31 - HASH_BITS)) & -2
    const distance = start + at - (met[slot + 1] ?? 0)
    const isKnown = met[slot] === word && distance < WINDOW
    met[slot] = word
    met[slot + 1] = start + at
    if (!isKnown) {
      const literal = data[at++] ?? 0
      symbols[count++] = literal
      literalCounts[literal] = (literalCounts[literal] ?? 0) + 1
      continue
    }
    const last = Math.min(length, at + MOST)
    let end = at + LEAST
    while (end < last && data[end] === data[end - distance]) end++
    symbols[count++] = ((end - at) << 16) | distance
    const code = 257 + (lengthCode[end - at] ?? 0)
    literalCounts[code] = (literalCounts[code] ?? 0) + 1
    const far = distanceCode[distance] ?? 0
    distanceCounts[far] = (distanceCounts[far] ?? 0) + 1
    at = end
    if (at + LEAST <= length) word = wordBefore(data, at)
  }
  block.at = at
  block.count = count
}

/** Too few bytes to be met again. */
function addLast(data: Uint8Array, block: Block): void {
  while (block.at < data.length && block.count < BLOCK) {
    const literal = data[block.at++] ?? 0
    symbols[block.count++] = literal
    literalCounts[literal] = (literalCounts[literal] ?? 0) + 1
  }
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
  const codes = { literals, distances, literal: codesOf(literals), distance: codesOf(distances) }
  for (let from = 0; from < used; from += PIECE) writeSymbols(bits, from, Math.min(used, from + PIECE), codes)
  put(bits, codes.literal[END] ?? 0, literals[END] ?? 0)
  literalCounts.fill(0)
  distanceCounts.fill(0)
}

type Codes = { literals: Uint8Array; distances: Uint8Array; literal: Uint16Array; distance: Uint16Array }

/** Whole bytes are written after each piece, without asking how many they are: what is too much is written over. */
function writeSymbols(bits: Bits, from: number, to: number, codes: Codes): void {
  const { literals, distances, literal, distance } = codes
  const { bytes } = bits
  let { at, held, count } = bits
  for (let n = from; n < to; n++) {
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
  const sums = { a: 1, b: 0 }
  // So many sums stay below 2³¹.
  for (let from = 0; from < data.length; from += 256) addUp(data, from, Math.min(data.length, from + 256), sums)
  return ((sums.b << 16) | sums.a) >>> 0
}

function addUp(data: Uint8Array, from: number, to: number, sums: { a: number; b: number }): void {
  let { a, b } = sums
  for (let at = from; at < to; at++) {
    a = (a + (data[at] ?? 0)) | 0
    b = (b + a) | 0
  }
  sums.a = a % 65_521
  sums.b = b % 65_521
}
