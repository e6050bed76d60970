import { sha256 } from './crypto.ts'

/** DER of SubjectPublicKeyInfo for Ed25519 up to the 32 key bytes (RFC 8410 §4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const P = 2n ** 255n - 19n
const D = mod(-121665n * power(121666n, P - 2n))
/** y of the points of order 8, up to sign. */
const ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022n
/** All y of the points of order 1, 4, 2 and 8. */
const LOW_ORDER_Y = new Set([1n, 0n, P - 1n, ORDER_8, P - ORDER_8])

/** `spki` for a raw 32-byte public key: base64 DER SubjectPublicKeyInfo. */
export function spkiOf(raw: Uint8Array): string {
  return Buffer.concat([SPKI_PREFIX, raw]).toString('base64')
}

/** `keyId` of a public key: SHA-256 of its DER SubjectPublicKeyInfo. */
export function keyIdOf(spki: string): string {
  return sha256(Buffer.from(spki, 'base64'))
}

/**
 * Whether a key may be enrolled: an Ed25519 SubjectPublicKeyInfo in its one encoding, y below the field prime, on the curve, and
 * not of low order. Signatures of other keys could verify for one program and fail for another (RFC 8032 §5.1.3).
 */
export function isStrongKey(spki: string): boolean {
  const der = Buffer.from(spki, 'base64')
  if (der.toString('base64') !== spki || der.length !== SPKI_PREFIX.length + 32) return false
  if (!der.subarray(0, SPKI_PREFIX.length).equals(SPKI_PREFIX)) return false
  const raw = BigInt(`0x${Buffer.from(der.subarray(SPKI_PREFIX.length)).reverse().toString('hex')}`)
  const y = raw & (2n ** 255n - 1n)
  return y < P && !LOW_ORDER_Y.has(y) && isOnCurve(y)
}

/** x² = (y² − 1) / (d y² + 1) has a root; x is never 0 here because y = ±1 is of low order. */
function isOnCurve(y: bigint): boolean {
  const xx = mod((y * y - 1n) * power(mod(D * y * y + 1n), P - 2n))
  return power(xx, (P - 1n) / 2n) === 1n
}

function mod(value: bigint): bigint {
  const rest = value % P
  return rest < 0n ? rest + P : rest
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = mod(base)
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = mod(result * square)
    square = mod(square * square)
  }
  return result
}
