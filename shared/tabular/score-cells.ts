import type { Item } from '../domain/template.ts'
import { MICRO_PER_CP, formatBp, formatMicro } from '../scoring/numbers.ts'
import type { Cell, CellStyle } from './workbook.ts'

/** µp as a number with the two decimals everything else shows; empty for none. */
export const pointsCell = (micro: number | null, style: CellStyle = 'plain'): Cell => ({
  value: micro === null ? null : Number(formatMicro(micro)),
  style,
  format: 'hundredths',
})

/** bp as a number of per cent with two decimals; empty for none. */
export const rateCell = (bp: number | null, style: CellStyle = 'plain'): Cell => ({
  value: bp === null ? null : Number(formatBp(bp)),
  style,
  format: 'hundredths',
})

/** Full marks of an item; empty for veto and gate. */
export const fullCell = ({ full_cp }: Item): Cell => pointsCell(full_cp === null ? null : full_cp * MICRO_PER_CP)
