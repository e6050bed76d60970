/** A key's name for people: 8 groups of 5 digits; group i = big-endian u32 of key id bytes 4i…4i+3, mod 100 000. */
export function keyDigits(keyId: string): string {
  if (!/^[0-9a-f]{64}$/.test(keyId)) throw new TypeError('keyDigits: not a key id')
  return Array.from({ length: 8 }, (_, i) =>
    String(Number.parseInt(keyId.slice(8 * i, 8 * i + 8), 16) % 100_000).padStart(5, '0'),
  ).join(' ')
}
