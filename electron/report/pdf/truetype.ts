import { openSync, readSync } from 'node:fs'

/** A parsed TrueType file (glyf outlines). Parse once per process. */
export type TrueType = {
  name: string
  unitsPerEm: number
  bbox: [number, number, number, number]
  ascent: number
  descent: number
  capHeight: number
  glyphCount: number
  /** Glyph of a code point, 0 = none. */
  glyphOf: (codePoint: number) => number
  advanceOf: (glyph: number) => number
  /** Outline bytes, empty for blank glyphs; not to be written to. */
  outlineOf: (glyph: number) => Uint8Array
  /** A whole table, undefined when the file has none. */
  table: (tag: string) => Uint8Array | undefined
}

/** Tables asked for again and again. */
const KEPT = new Set(['head', 'hhea', 'hmtx', 'loca', 'maxp'])
/** Code points above this are taken from the sparse map; below from a flat table. */
const FLAT_LIMIT = 0x10000

/** Bytes of the file from one place to before another; the whole glyf table is never asked for at once. */
type Read = (from: number, to: number) => Uint8Array

/** A font in memory. Throws on anything that is not a static TrueType file with a Unicode character map: shipped fonts are our own business. */
export function parseTrueType(file: Uint8Array): TrueType {
  // Not a Buffer: its `slice` shares memory, and a subset would then write into the font.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
  return trueTypeOf((from, to) => bytes.subarray(from, to))
}

/** A font on disk, of which outlines are read when they are first used: a Chinese font is ten megabytes of them. The file stays open. */
export function openTrueType(path: string): TrueType {
  const file = openSync(path, 'r')
  return trueTypeOf((from, to) => {
    const bytes = new Uint8Array(to - from)
    if (to > from) readSync(file, bytes, 0, to - from, from)
    return bytes
  })
}

function trueTypeOf(read: Read): TrueType {
  const version = viewOf(read(0, 4)).getUint32(0)
  if (version !== 0x00010000 && version !== 0x74727565) throw new Error('not a TrueType file with glyf outlines')
  const places = readDirectory(read)
  const kept = new Map<string, Uint8Array>()
  const table = (tag: string): Uint8Array | undefined => {
    const place = places.get(tag)
    const found = kept.get(tag) ?? (place && read(place.from, place.to))
    if (found && KEPT.has(tag)) kept.set(tag, found)
    return found
  }
  const need = (tag: string): Uint8Array => {
    const found = table(tag)
    if (!found) throw new Error(`font without ${tag}`)
    return found
  }
  const head = viewOf(need('head'))
  const hhea = viewOf(need('hhea'))
  const hmtx = viewOf(need('hmtx'))
  const loca = viewOf(need('loca'))
  const outlines = places.get('glyf')
  if (!outlines) throw new Error('font without glyf')
  const os2 = table('OS/2')
  const glyphCount = viewOf(need('maxp')).getUint16(4)
  const metricCount = hhea.getUint16(34)
  const hasLongOffsets = head.getInt16(50) === 1
  const taken = new Map<number, Uint8Array>()
  const outlineOf = (glyph: number): Uint8Array => {
    const before = taken.get(glyph)
    if (before) return before
    const outline = read(outlines.from + offsetOf(glyph), outlines.from + offsetOf(glyph + 1))
    taken.set(glyph, outline)
    return outline
  }
  const offsetOf = (glyph: number) => (hasLongOffsets ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2)
  return {
    name: postScriptName(table('name')),
    unitsPerEm: head.getUint16(18),
    bbox: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    capHeight: os2 && os2.length >= 90 ? viewOf(os2).getInt16(88) : hhea.getInt16(4),
    glyphCount,
    glyphOf: readCharacterMap(need('cmap')),
    advanceOf: (glyph) => hmtx.getUint16(Math.min(glyph, metricCount - 1) * 4),
    outlineOf,
    table,
  }
}

/** Numbers of a part of a file, from its own first byte. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function readDirectory(read: Read): Map<string, { from: number; to: number }> {
  const count = viewOf(read(4, 6)).getUint16(0)
  const directory = read(12, 12 + count * 16)
  const view = viewOf(directory)
  const places = new Map<string, { from: number; to: number }>()
  for (let at = 0; at < directory.length; at += 16) {
    const from = view.getUint32(at + 8)
    const tag = String.fromCharCode(...directory.subarray(at, at + 4))
    places.set(tag, { from, to: from + view.getUint32(at + 12) })
  }
  return places
}

/** Reads the format 12 subtable of the full Unicode repertoire. */
function readCharacterMap(cmap: Uint8Array): (codePoint: number) => number {
  const view = viewOf(cmap)
  let start = -1
  for (let i = 0; i < view.getUint16(2); i++) {
    const platform = view.getUint16(4 + i * 8)
    const offset = view.getUint32(8 + i * 8)
    if ((platform === 0 || platform === 3) && view.getUint16(offset) === 12) start = offset
  }
  if (start < 0) throw new Error('font without a full Unicode character map')
  const flat = new Uint16Array(FLAT_LIMIT)
  const sparse = new Map<number, number>()
  const groups = view.getUint32(start + 12)
  for (let g = 0; g < groups; g++) {
    const at = start + 16 + g * 12
    const first = view.getUint32(at)
    const last = view.getUint32(at + 4)
    const glyph = view.getUint32(at + 8)
    for (let c = first; c <= last; c++) {
      if (c < FLAT_LIMIT) flat[c] = glyph + c - first
      else sparse.set(c, glyph + c - first)
    }
  }
  return (codePoint) => (codePoint < FLAT_LIMIT ? flat[codePoint] : sparse.get(codePoint)) ?? 0
}

function postScriptName(name: Uint8Array | undefined): string {
  if (!name) return 'Font'
  const view = viewOf(name)
  const strings = view.getUint16(4)
  for (let i = 0; i < view.getUint16(2); i++) {
    const at = 6 + i * 12
    if (view.getUint16(at) !== 3 || view.getUint16(at + 6) !== 6) continue
    const offset = strings + view.getUint16(at + 10)
    const raw = name.subarray(offset, offset + view.getUint16(at + 8))
    return String.fromCharCode(...raw.filter((_, n) => n % 2 === 1)).replaceAll(/[^A-Za-z0-9-]/g, '')
  }
  return 'Font'
}
