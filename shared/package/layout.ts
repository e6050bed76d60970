import {
  MAX_DOCUMENT_BYTES,
  MAX_LOG_BYTES,
  MAX_MANIFEST_BYTES,
  MAX_NAME_BYTES,
  MAX_PACKAGE_BYTES,
  MAX_PHOTO_BYTES,
  MAX_STATEMENT_BYTES,
  MAX_TAG_FILE_BYTES,
} from './limits.ts'

const NAME = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/
const HEX = '[0-9a-f]{64}'

/** Places of a package in their fixed order; `max` in bytes. Within one place entries are sorted bytewise. */
const PLACES: readonly { pattern: RegExp; max: number }[] = [
  { pattern: /^mimetype$/, max: MAX_TAG_FILE_BYTES },
  { pattern: /^bagit\.txt$/, max: MAX_TAG_FILE_BYTES },
  { pattern: /^bag-info\.txt$/, max: MAX_TAG_FILE_BYTES },
  { pattern: /^statement\.json$/, max: MAX_STATEMENT_BYTES },
  { pattern: /^manifest-sha256\.txt$/, max: MAX_MANIFEST_BYTES },
  { pattern: /^tagmanifest-sha256\.txt$/, max: MAX_TAG_FILE_BYTES },
  { pattern: /^signatures\/author\.sig$/, max: MAX_TAG_FILE_BYTES },
  { pattern: /^signatures\/author\.sm2\.sig$/, max: MAX_TAG_FILE_BYTES },
  { pattern: /^signatures\/roster\.json$/, max: MAX_DOCUMENT_BYTES },
  { pattern: /^signatures\/roster\.sig$/, max: MAX_TAG_FILE_BYTES },
  { pattern: /^signatures\/time\.tsr$/, max: MAX_TAG_FILE_BYTES },
  { pattern: /^data\/(sheet|result)\.json$/, max: MAX_DOCUMENT_BYTES },
  { pattern: /^data\/task\.json$/, max: MAX_DOCUMENT_BYTES },
  { pattern: new RegExp(`^data/template-${HEX}\\.json$`), max: MAX_DOCUMENT_BYTES },
  { pattern: /^data\/log\.jsonl$/, max: MAX_LOG_BYTES },
  {
    pattern: new RegExp(
      `^data/sheets/${HEX}/(author\\.sig|(manifest|tagmanifest)-sha256\\.txt|(sheet|statement)\\.json)$`,
    ),
    max: MAX_DOCUMENT_BYTES,
  },
  { pattern: /^data\/report-(archive|committee|enterprise)\.pdf$/, max: MAX_PACKAGE_BYTES },
  { pattern: new RegExp(`^data/media/${HEX}\\.(jpg|png|webp|heic|pdf|mp4|m4a)$`), max: MAX_PACKAGE_BYTES },
]

const IS_PHOTO = /\.(jpg|png|webp|heic)$/
const SINGLE_PLACES = 15

/** The six files before the signature, in entry order. */
export const TAG_FILES = [
  'mimetype',
  'bagit.txt',
  'bag-info.txt',
  'statement.json',
  'manifest-sha256.txt',
  'tagmanifest-sha256.txt',
] as const
export const SIGNATURE_FILE = 'signatures/author.sig'
export const EMBEDDED_FILES = [
  'author.sig',
  'manifest-sha256.txt',
  'sheet.json',
  'statement.json',
  'tagmanifest-sha256.txt',
] as const
export type EmbeddedFile = (typeof EMBEDDED_FILES)[number]

/** Whether a name keeps the grammar: lower-case ASCII parts, no `..`, no Windows device, no trailing dot, ≤ 120 bytes. */
export function isSafeName(name: string): boolean {
  if (name.length > MAX_NAME_BYTES || !NAME.test(name) || name.includes('..')) return false
  return name.split('/').every((part) => !part.endsWith('.') && !DEVICE.test(part))
}

/** Position of a name in the fixed order, or −1 when version 1 has no such place. */
export function placeOf(name: string): number {
  return isSafeName(name) ? PLACES.findIndex((place) => place.pattern.test(name)) : -1
}

/** Entry order: by place, then bytewise. Both names must have a place. */
export function compareEntries(a: string, b: string): number {
  const byPlace = placeOf(a) - placeOf(b)
  return byPlace !== 0 ? byPlace : a < b ? -1 : a > b ? 1 : 0
}

/** Most bytes an entry of this name may have. */
export function maxBytesOf(name: string): number {
  const max = PLACES[placeOf(name)]?.max ?? 0
  if (name.startsWith('data/media/') && IS_PHOTO.test(name)) return MAX_PHOTO_BYTES
  if (name.endsWith('/statement.json')) return MAX_STATEMENT_BYTES
  if (name.endsWith('/manifest-sha256.txt')) return MAX_MANIFEST_BYTES
  return max
}

export type LayoutProblem = { path: string; code: 'name' | 'order' | 'duplicateName' | 'size' | 'missing' }

/** The first rule of the layout a list of entries breaks, or null. A missing signature is not a matter of layout. */
export function checkLayout(entries: readonly { name: string; size: number }[]): LayoutProblem | null {
  const seen = new Set<string>()
  let last = -1
  let lastName = ''
  for (const { name, size } of entries) {
    const place = placeOf(name)
    if (place < 0) return { path: name, code: 'name' }
    if (seen.has(name) || (place === last && place < SINGLE_PLACES)) return { path: name, code: 'duplicateName' }
    if (place < last || (place === last && name < lastName)) return { path: name, code: 'order' }
    if (size > maxBytesOf(name)) return { path: name, code: 'size' }
    seen.add(name)
    last = place
    lastName = name
  }
  const missing = TAG_FILES.find((name) => !seen.has(name))
  return missing === undefined ? null : { path: missing, code: 'missing' }
}
