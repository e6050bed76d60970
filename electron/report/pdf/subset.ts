import { viewOf, type TrueType } from './truetype.ts'

/** Tables a PDF viewer needs for glyphs addressed by number; hinting tables are kept when the font has them. */
const COPIED = ['cvt ', 'fpgm', 'prep'] as const
const ARGS_ARE_WORDS = 0x0001
const HAS_SCALE = 0x0008
const MORE_COMPONENTS = 0x0020
const HAS_XY_SCALE = 0x0040
const HAS_MATRIX = 0x0080

/**
 * A TrueType file holding `glyphs` in this order: new glyph n is `glyphs[n]`, parts of composite glyphs follow at the end.
 * The first must be 0 (.notdef). A glyph may appear twice, so that two characters sharing an outline stay apart. Inside a PDF
 * no further tables are needed; `more` adds those a file of its own has.
 */
export function subsetTrueType(
  font: TrueType,
  glyphs: readonly number[],
  more: readonly [string, Uint8Array][] = [],
): Uint8Array {
  const order = [...glyphs]
  const places = new Map<number, number>()
  order.forEach((glyph, place) => {
    if (!places.has(glyph)) places.set(glyph, place)
  })
  const outlines: Uint8Array[] = []
  for (let n = 0; n < order.length; n++) outlines.push(remapParts(font.outlineOf(order[n] ?? 0), order, places))

  const loca = new Uint8Array((order.length + 1) * 4)
  const hmtx = new Uint8Array(order.length * 4)
  const glyf = new Uint8Array(outlines.reduce((sum, outline) => sum + padded(outline.length), 0))
  const [offsets, metrics] = [viewOf(loca), viewOf(hmtx)]
  const sideBearings = sideBearingReader(font)
  let offset = 0
  outlines.forEach((outline, n) => {
    glyf.set(outline, offset)
    offsets.setUint32(n * 4, offset)
    metrics.setUint16(n * 4, font.advanceOf(order[n] ?? 0))
    metrics.setInt16(n * 4 + 2, sideBearings(order[n] ?? 0))
    offset += padded(outline.length)
  })
  offsets.setUint32(order.length * 4, offset)

  const head = tableOf(font, 'head').slice()
  viewOf(head).setUint32(8, 0)
  viewOf(head).setInt16(50, 1)
  const hhea = tableOf(font, 'hhea').slice()
  viewOf(hhea).setUint16(34, order.length)
  const maxp = tableOf(font, 'maxp').slice()
  viewOf(maxp).setUint16(4, order.length)
  const tables: [string, Uint8Array][] = [
    ['glyf', glyf],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', hmtx],
    ['loca', loca],
    ['maxp', maxp],
    ...more,
  ]
  for (const tag of COPIED) {
    const table = font.table(tag)
    if (table) tables.push([tag, table])
  }
  return assemble(tables.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const padded = (length: number): number => (length + 3) & ~3

function tableOf(font: TrueType, tag: string): Uint8Array {
  const table = font.table(tag)
  if (!table) throw new Error(`font without ${tag}`)
  return table
}

function sideBearingReader(font: TrueType): (glyph: number) => number {
  const hmtx = viewOf(tableOf(font, 'hmtx'))
  const metricCount = viewOf(tableOf(font, 'hhea')).getUint16(34)
  return (glyph) =>
    glyph < metricCount ? hmtx.getInt16(glyph * 4 + 2) : hmtx.getInt16(metricCount * 4 + (glyph - metricCount) * 2)
}

/** A composite outline with its part numbers rewritten; parts not yet taken are appended to `order`. */
function remapParts(outline: Uint8Array, order: number[], places: Map<number, number>): Uint8Array {
  // A negative number of contours.
  if (outline.length < 10 || ((outline[0] ?? 0) & 0x80) === 0) return outline
  const copy = outline.slice()
  const view = viewOf(copy)
  for (let at = 10; ;) {
    const flags = view.getUint16(at)
    const part = view.getUint16(at + 2)
    let place = places.get(part)
    if (place === undefined) {
      place = order.push(part) - 1
      places.set(part, place)
    }
    view.setUint16(at + 2, place)
    at += flags & ARGS_ARE_WORDS ? 8 : 6
    if (flags & HAS_SCALE) at += 2
    else if (flags & HAS_XY_SCALE) at += 4
    else if (flags & HAS_MATRIX) at += 8
    if (!(flags & MORE_COMPONENTS)) return copy
  }
}

function assemble(tables: readonly [string, Uint8Array][]): Uint8Array {
  const start = 12 + tables.length * 16
  const file = new Uint8Array(tables.reduce((end, [, table]) => end + padded(table.length), start))
  const view = viewOf(file)
  const power = 2 ** Math.floor(Math.log2(tables.length))
  view.setUint32(0, 0x00010000)
  view.setUint16(4, tables.length)
  view.setUint16(6, power * 16)
  view.setUint16(8, Math.log2(power))
  view.setUint16(10, tables.length * 16 - power * 16)
  let offset = start
  tables.forEach(([tag, table], n) => {
    const at = 12 + n * 16
    for (let c = 0; c < 4; c++) file[at + c] = tag.charCodeAt(c)
    file.set(table, offset)
    view.setUint32(at + 4, checksum(view, offset, padded(table.length)))
    view.setUint32(at + 8, offset)
    view.setUint32(at + 12, table.length)
    offset += padded(table.length)
  })
  return file
}

function checksum(view: DataView, from: number, length: number): number {
  let sum = 0
  for (let at = from; at < from + length; at += 4) sum = (sum + view.getUint32(at)) >>> 0
  return sum
}
