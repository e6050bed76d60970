import { reportStrings, type ReportModel } from '../../../shared/report/model.ts'
import type { Faces } from './faces.ts'
import { settable } from './text.ts'

/** A character no font has, with the first places it is used: chapter and a piece of the text around it. */
export type MissingGlyph = { char: string; codePoint: number; places: { place: string; around: string }[] }

const MAX_PLACES = 20
const AROUND = 12
const LINE_FEED = 10

/** By font faces: 1 for every character of the first plane that was met and can be printed as it is. Soon that is nearly all there is. */
const proven = new WeakMap<Faces, Uint8Array>()

/** Every character of a report that cannot be printed, in order of first use. */
export function missingGlyphs(model: ReportModel, faces: Faces): MissingGlyph[] {
  const missing = new Map<number, MissingGlyph>()
  const sound = proven.get(faces) ?? new Uint8Array(0x10000)
  proven.set(faces, sound)
  const isMissing = (codePoint: number) => codePoint !== LINE_FEED && !faces('body', codePoint)
  for (const { place, text } of reportStrings(model)) {
    if (isProven(text, sound)) continue
    const shown = settable(text)
    const chars = [...shown]
    chars.forEach((char, n) => {
      const codePoint = char.codePointAt(0) ?? 0
      if (!isMissing(codePoint)) {
        if (char.length === 1 && shown === text) sound[codePoint] = 1
        return
      }
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

function isProven(text: string, sound: Uint8Array): boolean {
  for (let n = 0; n < text.length; n++) if (sound[text.charCodeAt(n)] === 0) return false
  return true
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
