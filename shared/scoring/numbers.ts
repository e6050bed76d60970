/** µp in one centi-point; full marks of an item are `full_cp × MICRO_PER_CP`. */
export const MICRO_PER_CP = 10_000
const MICRO_PER_POINT = 1_000_000

/**
 * floor((2a + b) / (2b)): the quotient rounded half up. a ≥ 0, b > 0, else it throws (a bug, never data).
 * Pass a bigint where a product may leave ±2^53; the result must fit a safe integer.
 */
export function roundDiv(a: number | bigint, b: number | bigint): number {
  if (a < 0 || b <= 0) throw new RangeError(`roundDiv(${a}, ${b})`)
  if (typeof a === 'number' && typeof b === 'number') {
    const doubled = 2 * a + b
    if (doubled <= Number.MAX_SAFE_INTEGER && 2 * b <= Number.MAX_SAFE_INTEGER) {
      return (doubled - (doubled % (2 * b))) / (2 * b)
    }
  }
  const divisor = BigInt(b)
  return Number((2n * BigInt(a) + divisor) / (2n * divisor))
}

/** `roundDiv` of the magnitude with the sign of `a`: halves go away from zero. Never −0. */
export function sroundDiv(a: number | bigint, b: number | bigint): number {
  if (a >= 0) return roundDiv(a, b)
  const magnitude = roundDiv(-a, b)
  return magnitude === 0 ? 0 : -magnitude
}

/** roundDiv(a × factor, b), exact also where the product passes 2^53. */
export function mulRoundDiv(a: number, factor: number, b: number): number {
  const product = a * factor
  return roundDiv(Number.isSafeInteger(product) ? product : BigInt(a) * BigInt(factor), b)
}

/** Points with two decimals, half up, from µp: 25 392 857 → "25.39". Never "-0.00". */
export function formatMicro(micro: number): string {
  return hundredths(sroundDiv(micro, MICRO_PER_POINT / 100))
}

/** A rate in percent with two decimals, from bp: 5643 → "56.43". */
export function formatBp(bp: number): string {
  return hundredths(bp)
}

function hundredths(value: number): string {
  const magnitude = Math.abs(value)
  const fraction = String(magnitude % 100).padStart(2, '0')
  return `${value < 0 ? '-' : ''}${(magnitude - (magnitude % 100)) / 100}.${fraction}`
}
