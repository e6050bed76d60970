/** More than any code has symbols: counts and symbols are sorted as one number. */
const SYMBOLS = 512

/** Hundreds of codes are made for a report, all in the same memory: nothing of one is seen by the next. */
const keys = new Uint32Array(SYMBOLS)
const weights = new Uint32Array(SYMBOLS)
const joints = new Uint32Array(SYMBOLS)
const parents = new Uint16Array(2 * SYMBOLS)
const depths = new Uint8Array(2 * SYMBOLS)

/**
 * Lengths in bits of a prefix code for symbols by how often they occur (all together less than 2²³ times), none longer than `limit`
 * (30 at most); 0 for symbols that do not. At least two symbols get a code, so that it is whole. Ties go by the symbol's number.
 */
export function codeLengths(counts: Uint32Array, limit: number): Uint8Array {
  let used = 0
  for (let symbol = 0; symbol < counts.length; symbol++) {
    const count = counts[symbol] ?? 0
    if (count > 0) keys[used++] = count * SYMBOLS + symbol
  }
  for (let symbol = 0; used < 2; symbol++) if ((counts[symbol] ?? 0) === 0) keys[used++] = symbol
  keys.subarray(0, used).sort()
  findDepths(used)
  const perLength = limited(used, limit)
  const lengths = new Uint8Array(counts.length)
  // The rarest first: they get the longest codes.
  let at = 0
  for (let length = limit; length > 0; length--) {
    for (let n = perLength[length] ?? 0; n > 0; n--) lengths[(keys[at++] ?? 0) % SYMBOLS] = length
  }
  return lengths
}

/** Depth of every leaf of Huffman's tree over the sorted symbols: two queues, leaves and what was joined. */
function findDepths(count: number): void {
  for (let n = 0; n < count; n++) weights[n] = Math.floor((keys[n] ?? 0) / SYMBOLS)
  let leaf = 0
  let joint = 0
  for (let made = 0; made < count - 1; made++) {
    let sum = 0
    for (let n = 0; n < 2; n++) {
      const isLeaf = leaf < count && (joint >= made || (weights[leaf] ?? 0) <= (joints[joint] ?? 0))
      sum += (isLeaf ? weights[leaf] : joints[joint]) ?? 0
      parents[isLeaf ? leaf++ : count + joint++] = count + made
    }
    joints[made] = sum
  }
  depths[2 * count - 2] = 0
  for (let node = 2 * count - 3; node >= 0; node--) depths[node] = (depths[parents[node] ?? 0] ?? 0) + 1
}

/** How many codes there are of each length, too long ones shortened and others lengthened until the code is whole again. */
function limited(count: number, limit: number): Uint16Array {
  const perLength = new Uint16Array(limit + 1)
  let room = 0
  for (let n = 0; n < count; n++) {
    const length = Math.min(depths[n] ?? 0, limit)
    perLength[length] = (perLength[length] ?? 0) + 1
    room += 1 << (limit - length)
  }
  while (room > 1 << limit) {
    perLength[limit] = (perLength[limit] ?? 0) - 1
    let length = limit - 1
    while ((perLength[length] ?? 0) === 0) length--
    perLength[length] = (perLength[length] ?? 0) - 1
    perLength[length + 1] = (perLength[length + 1] ?? 0) + 2
    room--
  }
  return perLength
}

/** The codes of given lengths, bits reversed, as they are written lowest bit first. */
export function codesOf(lengths: Uint8Array): Uint16Array {
  const codes = new Uint16Array(lengths.length)
  const next = new Uint16Array(17)
  for (const length of lengths) if (length > 0) next[length + 1] = (next[length + 1] ?? 0) + 1
  for (let length = 1; length < 17; length++) next[length] = ((next[length] ?? 0) + (next[length - 1] ?? 0)) << 1
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] ?? 0
    if (length === 0) continue
    let code = next[length] ?? 0
    next[length] = code + 1
    let reversed = 0
    for (let bit = 0; bit < length; bit++, code >>= 1) reversed = (reversed << 1) | (code & 1)
    codes[symbol] = reversed
  }
  return codes
}
