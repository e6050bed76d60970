/**
 * The operators of a page as they are written: bytes, not text. A page is tens of thousands of small pieces, and text put together
 * of them has to be taken apart again.
 */
export type Ink = { bytes: Uint8Array; at: number }

export const newInk = (): Ink => ({ bytes: new Uint8Array(1 << 16), at: 0 })

/** What was written since the last time, in memory of its own. */
export function taken(ink: Ink): Uint8Array {
  const whole = ink.bytes.slice(0, ink.at)
  ink.at = 0
  return whole
}

/** Memory for so many more bytes. */
function roomFor(ink: Ink, more: number): Uint8Array {
  if (ink.at + more > ink.bytes.length) {
    const larger = new Uint8Array(2 * (ink.at + more))
    larger.set(ink.bytes)
    ink.bytes = larger
  }
  return ink.bytes
}

/** ASCII only. */
export function put(ink: Ink, text: string): void {
  const bytes = roomFor(ink, text.length)
  let { at } = ink
  for (let n = 0; n < text.length; n++) bytes[at++] = text.charCodeAt(n)
  ink.at = at
}

const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
/** Larger numbers are none of a page's. */
const LARGEST = 2 ** 30

/** A number and a space after it, rounded to so many decimals, without zeros at its end. */
export function putNumber(ink: Ink, value: number, decimals: 2 | 3 = 2): void {
  const scale = decimals === 2 ? 100 : 1000
  const scaled = Math.round(value * scale)
  if (!(Math.abs(scaled) < LARGEST)) throw new Error(`no place on a page: ${value}`)
  const bytes = roomFor(ink, 16)
  let { at } = ink
  if (scaled < 0) bytes[at++] = MINUS
  const size = Math.abs(scaled) | 0
  const whole = (size / scale) | 0
  let digit = 1
  while (digit * 10 <= whole) digit *= 10
  for (let rest = whole; digit >= 1; digit = (digit / 10) | 0) {
    bytes[at++] = ZERO + ((rest / digit) | 0)
    rest %= digit
  }
  let fraction = size % scale
  if (fraction > 0) bytes[at++] = POINT
  for (let place = scale / 10; fraction > 0; place /= 10) {
    bytes[at++] = ZERO + ((fraction / place) | 0)
    fraction %= place
  }
  bytes[at++] = 0x20
  ink.at = at
}

/** Two bytes in a string between brackets; a reader would take a carriage return for the end of a line. */
export function putCode(ink: Ink, code: number): void {
  const bytes = roomFor(ink, 4)
  let { at } = ink
  for (let shift = 8; shift >= 0; shift -= 8) {
    const byte = (code >> shift) & 0xff
    if (byte === 0x28 || byte === 0x29 || byte === 0x5c) bytes[at++] = 0x5c
    else if (byte === 0x0d) bytes[at++] = 0x5c
    bytes[at++] = byte === 0x0d ? 0x72 : byte
  }
  ink.at = at
}
