/**
 * Lengths in bits of a prefix code for symbols by how often they occur, none longer than `limit`; 0 for symbols that do not. At
 * least two symbols get a code, so that it is whole. Ties go by the symbol's number.
 */
export function codeLengths(counts: Uint32Array, limit: number): Uint8Array {
  const lengths = new Uint8Array(counts.length)
  const used: number[] = []
  counts.forEach((count, symbol) => {
    if (count > 0) used.push(symbol)
  })
  for (let symbol = 0; used.length < 2; symbol++) if (!used.includes(symbol)) used.push(symbol)
  used.sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0) || a - b)
  const perLength = limited(depths(used.map((symbol) => counts[symbol] ?? 0)), limit)
  // The rarest first: they get the longest codes.
  let at = 0
  for (let length = limit; length > 0; length--) {
    for (let n = perLength[length] ?? 0; n > 0; n--) lengths[used[at++] ?? 0] = length
  }
  return lengths
}

/** Depth of every leaf of Huffman's tree over weights in rising order: two queues, leaves and what was joined. */
function depths(weights: readonly number[]): number[] {
  const count = weights.length
  const weight = [...weights]
  const parent: number[] = []
  let [leaf, joined] = [0, count]
  const take = (): number =>
    leaf < count && (joined >= weight.length || (weight[leaf] ?? 0) <= (weight[joined] ?? 0)) ? leaf++ : joined++
  for (let node = count; node < 2 * count - 1; node++) {
    const [a, b] = [take(), take()]
    parent[a] = node
    parent[b] = node
    weight[node] = (weight[a] ?? 0) + (weight[b] ?? 0)
  }
  const depth: number[] = []
  depth[2 * count - 2] = 0
  for (let node = 2 * count - 3; node >= 0; node--) depth[node] = (depth[parent[node] ?? 0] ?? 0) + 1
  return depth.slice(0, count)
}

/** How many codes there are of each length, too long ones shortened and others lengthened until the code is whole again. */
function limited(depth: readonly number[], limit: number): number[] {
  const perLength = Array.from({ length: limit + 1 }, () => 0)
  for (const d of depth) perLength[Math.min(d, limit)] = (perLength[Math.min(d, limit)] ?? 0) + 1
  let room = perLength.reduce((sum, n, length) => (length === 0 ? sum : sum + n * 2 ** (limit - length)), 0)
  while (room > 2 ** limit) {
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
  lengths.forEach((length, symbol) => {
    if (length === 0) return
    let code = next[length] ?? 0
    next[length] = code + 1
    let reversed = 0
    for (let bit = 0; bit < length; bit++, code >>= 1) reversed = (reversed << 1) | (code & 1)
    codes[symbol] = reversed
  })
  return codes
}
