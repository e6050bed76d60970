/** Digits and signs of full width, and the spaces people and programs put into numbers. */
export function plainWidth(text: string): string {
  return text
    .replaceAll(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u00a0\u2000-\u200b\u202f\u3000\ufeff]/g, ' ')
}

const NUMBER = /^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/

/** A whole text that is one number, thousands separators and full width allowed; null for anything else. */
export function parseNumber(text: string): number | null {
  const plain = plainWidth(text).trim()
  return NUMBER.test(plain) ? Number(plain.replaceAll(',', '')) : null
}

/** A number as a person would write it: at most 15 digits, so that no binary remainder shows. */
export const numberText = (value: number): string => String(Number(value.toPrecision(15)))

/** Hundredths (centi-points of points, basis points of per cent) as an integer; null when there are more than two decimals. */
export function hundredthsOf(value: number): number | null {
  const whole = Math.round(value * 100)
  return Math.abs(value * 100 - whole) < 1e-6 && Number.isSafeInteger(whole) ? whole : null
}
