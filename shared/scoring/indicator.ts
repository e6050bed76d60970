import type { Answer } from '../domain/sheet.ts'
import { decimalToNano, type Row, type Template } from '../domain/template.ts'
import { roundDiv } from './numbers.ts'

export type Measured = Answer['indicators'][number]['measured']
export type Level = keyof Template['indicator']['level_bp']

/** Rate of a row that just reaches its base under `interpolate`, and what is left to the advanced level. */
const BASE_BP = 4000
const BASE_TO_ADVANCED_BP = 6000
const FULL_BP = 10_000

/**
 * The measured value as a bound that counts, in nano-units; null = it shows nothing (`<v` where higher is better, `>v` where
 * lower is, any bound in a `within` row, whose other side stays open).
 */
function provenValue(row: Row, measured: Measured): bigint | null {
  const counts =
    measured.op === '=' ||
    (measured.op === '<' && row.direction === 'lower') ||
    (measured.op === '>' && row.direction === 'higher')
  return counts ? decimalToNano(measured.v) : null
}

function reaches(row: Row, value: bigint, threshold: string | null): boolean {
  if (threshold === null) return false
  const limit = decimalToNano(threshold)
  return row.direction === 'lower' ? value <= limit : value >= limit
}

/** The level a measured value reaches; `within` rows know only advanced and below. */
export function rowLevel(row: Row, measured: Measured): Level {
  const value = provenValue(row, measured)
  if (value === null) return 'below'
  if (row.direction === 'within') {
    const isInside =
      row.low !== null && row.high !== null && decimalToNano(row.low) <= value && value <= decimalToNano(row.high)
    return isInside ? 'advanced' : 'below'
  }
  if (reaches(row, value, row.advanced)) return 'advanced'
  if (reaches(row, value, row.average)) return 'average'
  return reaches(row, value, row.base) ? 'base' : 'below'
}

/** One row's rate in bp by the template's method (`level` or `interpolate`). */
export function rowRate(row: Row, measured: Measured, indicator: Template['indicator']): number {
  if (indicator.method === 'level' || row.direction === 'within') return indicator.level_bp[rowLevel(row, measured)]
  const value = provenValue(row, measured)
  if (value === null || row.base === null || row.advanced === null || !reaches(row, value, row.base)) return 0
  const base = decimalToNano(row.base)
  const span = magnitude(decimalToNano(row.advanced) - base)
  if (span === 0n) return FULL_BP
  return Math.min(FULL_BP, BASE_BP + roundDiv(BigInt(BASE_TO_ADVANCED_BP) * magnitude(value - base), span))
}

/** Whether a measured value does not show what the enterprise promised. Never for `within` rows or without a promise. */
export function isWorseThanPromised(row: Row, measured: Measured): boolean {
  if (row.direction === 'within' || row.promised === null) return false
  const value = provenValue(row, measured)
  return value === null || !reaches(row, value, row.promised)
}

/** Measured values by row id; of a row measured twice the first counts. */
export function measuredRows(indicators: Answer['indicators']): Map<string, Measured> {
  const measured = new Map<string, Measured>()
  for (const entry of indicators) if (!measured.has(entry.row)) measured.set(entry.row, entry.measured)
  return measured
}

/** The item's weighted rate in bp, or null while there is no row or one is not measured. */
export function indicatorRate(
  rows: readonly Row[],
  measured: ReadonlyMap<string, Measured>,
  indicator: Template['indicator'],
): number | null {
  if (rows.length === 0) return null
  let weighted = 0
  let weights = 0
  for (const row of rows) {
    const value = measured.get(row.id)
    if (value === undefined) return null
    weighted += row.weight * rowRate(row, value, indicator)
    weights += row.weight
  }
  return roundDiv(weighted, weights)
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)
