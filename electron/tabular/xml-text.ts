/** What XML 1.0 cannot carry, and CR, which comes back as LF. */
export const UNWRITABLE = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Surrogate}/gu
/** The beginning of the spelling spreadsheets use for it: where it is meant as it stands, it is spelt out itself. */
const LITERAL = /_(?=x[0-9A-Fa-f]{4}_)/g
const SPELT = /_x([0-9A-Fa-f]{4})_/g
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** For text and attributes; what XML cannot carry goes. */
export const escapeXml = (text: string): string =>
  text.replaceAll(UNWRITABLE, '').replaceAll(/[&<>"]/g, (c) => ENTITIES[c] ?? c)

/** A cell's text: characters XML cannot carry are spelt `_xHHHH_`. */
export const encodeCellText = (text: string): string =>
  escapeXml(text.replaceAll(LITERAL, spelt).replaceAll(UNWRITABLE, spelt))
const spelt = (c: string): string => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`

/** A cell's text as it was before `encodeCellText` (after XML entities were resolved). */
export const decodeCellText = (text: string): string =>
  text.includes('_x') ? text.replaceAll(SPELT, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text
