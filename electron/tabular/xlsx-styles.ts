import { XmlReader } from './xml.ts'

/** How the number in a cell is meant: a day or time, per cent, with so many decimals always shown, or just a number. */
export type NumberLook = { kind: 'date' | 'percent' | 'number'; decimals: number | null }

const MOST_FORMATS = 65_536
const PLAIN: NumberLook = { kind: 'number', decimals: null }
/** Formats that have a number instead of a code; 27–36 and 50–58 are the Chinese and Japanese days. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
}

/** Reads `styles.xml` piece by piece; `looks[s]` is the look of cells of style s. */
export function stylesReader(): { reader: XmlReader; looks: NumberLook[] } {
  const codes = new Map<number, string>()
  const looks: NumberLook[] = []
  let isCells = false
  const reader = new XmlReader({
    open: (name, attribute) => {
      if (name === 'numFmt' && codes.size < MOST_FORMATS)
        codes.set(Number(attribute('numFmtId')), attribute('formatCode').slice(0, 255))
      else if (name === 'cellXfs') isCells = true
      else if (name === 'xf' && isCells && looks.length < MOST_FORMATS)
        looks.push(lookOf(Number(attribute('numFmtId')), codes))
    },
    close: (name) => {
      if (name === 'cellXfs') isCells = false
    },
    text: () => {},
  })
  return { reader, looks }
}

function lookOf(id: number, codes: ReadonlyMap<number, string>): NumberLook {
  const custom = codes.get(id)
  if (custom === undefined && isBuiltInDate(id)) return { kind: 'date', decimals: null }
  const code = custom ?? BUILT_IN[id] ?? ''
  // Quoted words, colours and locales say nothing about the kind.
  const bare = (code.split(';')[0] ?? '').replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '')
  if (/[ymdhs]/i.test(bare) && !/general/i.test(bare)) return { kind: 'date', decimals: null }
  const decimals = /0\.(0+)/.exec(bare)?.[1]?.length ?? null
  if (bare.includes('%')) return { kind: 'percent', decimals }
  return decimals === null ? PLAIN : { kind: 'number', decimals }
}

const DAY_MS = 86_400_000
/** Day 0 of the two calendars spreadsheets count in. The older one has a 29 February 1900 that never was. */
const DAY_ZERO = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const

/**
 * What the cell shows, as far as meaning goes: a day as 2026-01-31, with its time when it has one, per cent with the sign, `1.10` when the cell
 * always shows two decimals and they are exact. Else the number.
 */
export function shownNumber(value: number, { kind, decimals }: NumberLook, calendar: 1900 | 1904): string | number {
  if (kind === 'date') return dateText(value, calendar) ?? value
  if (kind === 'percent') return `${Number((value * 100).toPrecision(13))}%`
  if (decimals === null || Math.abs(value) >= 1e15) return value
  const fixed = value.toFixed(Math.min(decimals, 15))
  return Number(fixed) === value ? fixed : value
}

function dateText(value: number, calendar: 1900 | 1904): string | null {
  if (value < 0 || value >= 2_958_466) return null
  const days = calendar === 1900 && value >= 1 && value < 61 ? value + 1 : value
  const at = new Date(DAY_ZERO[calendar] + Math.round(days * 1440) * (DAY_MS / 1440)).toISOString()
  const time = at.slice(11, 16)
  if (value < 1) return time
  return time === '00:00' ? at.slice(0, 10) : `${at.slice(0, 10)} ${time}`
}
