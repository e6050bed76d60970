import { reportStrings, type ReportModel } from '../../../shared/report/model.ts'
import type { Faces } from './faces.ts'
import { settable } from './text.ts'

/** A character no font has, with the first places it is used: chapter and a piece of the text around it. */
export type MissingGlyph = { char: string; codePoint: number; places: { place: string; around: string }[] }

const MAX_PLACES = 20
const AROUND = 12
const LINE_FEED = 10

/** Every character of a report that cannot be printed, in order of first use. */
export function missingGlyphs(model: ReportModel, faces: Faces): MissingGlyph[] {
  const missing = new Map<number, MissingGlyph>()
  const isMissing = (codePoint: number) => codePoint !== LINE_FEED && !faces('body', codePoint)
  for (const { place, text } of reportStrings(model)) {
    const shown = settable(text)
    // Nearly always: no list of its characters is needed.
    if (!hasAny(shown, isMissing)) continue
    const chars = [...shown]
    chars.forEach((char, n) => {
      const codePoint = char.codePointAt(0) ?? 0
      if (!isMissing(codePoint)) return
      const entry = missing.get(codePoint) ?? { char, codePoint, places: [] }
      missing.set(codePoint, entry)
      const around = chars
        .slice(Math.max(0, n - AROUND), n + AROUND + 1)
        .join('')
        .replaceAll('\n', ' ')
      if (entry.places.length < MAX_PLACES) entry.places.push({ place, around })
    })
  }
  return [...missing.values()]
}

function hasAny(text: string, isMissing: (codePoint: number) => boolean): boolean {
  for (let at = 0; at < text.length; at++) {
    const codePoint = text.codePointAt(at) ?? 0
    if (codePoint > 0xffff) at++
    if (isMissing(codePoint)) return true
  }
  return false
}

/** The name under which a character is reported and, on request, printed in its stead: "U+20BB7". */
export const nameOf = (codePoint: number): string => `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`

/** The model with every missing character replaced by its name in brackets. */
export function withNamedGlyphs(model: ReportModel, missing: readonly MissingGlyph[]): ReportModel {
  const names = new Map(missing.map(({ char, codePoint }) => [char, `〔${nameOf(codePoint)}〕`]))
  const named = (value: unknown): unknown => {
    if (typeof value === 'string') return Array.from(value, (c) => names.get(c) ?? c).join('')
    if (Array.isArray(value)) return value.map(named)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, named(inner)]))
  }
  return named(model) as ReportModel
}
