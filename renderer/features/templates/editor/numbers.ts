export type Limits = { scale: number; min: number; max: number; isNullable: boolean }
export type Read =
  | { ok: true; value: number | null }
  | { ok: false; why: 'empty' | 'notNumber' | 'tooFine' | 'range'; limits: { min: string; max: string } }

/**
 * What a person typed as a stored whole number; full-width digits and a Chinese full stop are understood. `scale` = what a shown 1
 * is stored as; `min` and `max` in stored units.
 */
export function readNumber(typed: string, { scale, min, max, isNullable }: Limits): Read {
  const limits = { min: writeNumber(min, scale), max: writeNumber(max, scale) }
  const plain = typed
    .normalize('NFKC')
    .replaceAll(/[\s,，%]/g, '')
    .replace('。', '.')
  if (plain === '') return isNullable ? { ok: true, value: null } : { ok: false, why: 'empty', limits }
  const parts = /^(\d{1,9})(?:\.(\d*))?$/.exec(plain)
  if (!parts) return { ok: false, why: 'notNumber', limits }
  const decimals = String(scale).length - 1
  const fraction = (parts[2] ?? '').replace(/0+$/, '')
  if (fraction.length > decimals) return { ok: false, why: 'tooFine', limits }
  const value = Number(parts[1]) * scale + Number(fraction.padEnd(decimals, '0') || '0')
  return value < min || value > max ? { ok: false, why: 'range', limits } : { ok: true, value }
}

/** A stored whole number as people write it, without needless zeros; null is empty. */
export function writeNumber(value: number | null, scale: number): string {
  return value === null ? '' : String(value / scale)
}
