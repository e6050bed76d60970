const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Check character of the first 17 characters of a 统一社会信用代码, or null when one is not of its alphabet (GB 32100-2015). */
export function usccCheckCharacter(first17: string): string | null {
  if (first17.length !== 17) return null
  let sum = 0
  for (const [i, weight] of WEIGHTS.entries()) {
    const value = ALPHABET.indexOf(first17.charAt(i))
    if (value < 0) return null
    sum += value * weight
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31)
}

/** Whether an 18-character 统一社会信用代码 is well formed and its check character is right (GB 32100-2015). */
export function isUscc(value: string): boolean {
  return /^[0-9A-Z]{2}\d{6}[0-9A-Z]{10}$/.test(value) && usccCheckCharacter(value.slice(0, 17)) === value.charAt(17)
}
