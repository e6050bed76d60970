import { keepAt, newByCode, valueAt, type ByCode } from './characters.ts'
import type { Faces, Face } from './faces.ts'
import type { RawPdf } from './document.ts'
import { subsetTrueType } from './subset.ts'
import type { TrueType } from './truetype.ts'

/** A font of one document: codes are given to characters in the order they are first drawn. */
type Embedded = { id: string; font: TrueType; codes: Map<number, number>; glyphs: number[]; widths: number[] }
/** `code`: two bytes in a string of a content stream. */
export type Encoded = { id: string; code: number }
/** Turns characters into font and code while pages are painted, and writes the used parts of the fonts at the end. */
export type FontBook = {
  encode: (face: Face, codePoint: number) => Encoded
  write: (pdf: RawPdf) => Map<string, number>
}

/** `encode` throws on a character no face has: missing glyphs are reported before anything is painted. */
export function newFontBook(faces: Faces): FontBook {
  const fonts = new Map<TrueType, Embedded>()
  const known: Record<Face, ByCode<Encoded>> = { body: newByCode(), bold: newByCode(), head: newByCode() }
  return {
    encode: (face, codePoint) => {
      const own = face === 'body' ? known.body : face === 'bold' ? known.bold : known.head
      const encoded = valueAt(own, codePoint)
      if (encoded) return encoded
      const found = faces(face, codePoint)
      if (!found) throw new Error(`no glyph for U+${codePoint.toString(16)}`)
      let font = fonts.get(found.font)
      if (!font) {
        font = { id: `F${fonts.size + 1}`, font: found.font, codes: new Map(), glyphs: [0], widths: [1000] }
        fonts.set(found.font, font)
      }
      let code = font.codes.get(codePoint)
      if (code === undefined) {
        code = font.glyphs.push(found.glyph) - 1
        font.codes.set(codePoint, code)
        font.widths.push(Math.round(found.width))
      }
      const fresh = { id: font.id, code }
      keepAt(own, codePoint, fresh)
      return fresh
    },
    write: (pdf) => new Map([...fonts.values()].map((font) => [font.id, writeFont(pdf, font)])),
  }
}

function writeFont(pdf: RawPdf, { font, codes, glyphs, widths }: Embedded): number {
  const bytes = subsetTrueType(font, glyphs)
  const name = `${subsetTag([...codes.keys()])}+${font.name}`
  const file = pdf.deflated(`/Length1 ${bytes.length}`, bytes)
  const unicode = pdf.deflated('', Buffer.from(toUnicode(codes), 'latin1'))
  const scale = (value: number) => Math.round((value * 1000) / font.unitsPerEm)
  const descriptor = pdf.object(
    `/Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [${font.bbox.map(scale).join(' ')}] /ItalicAngle 0 ` +
      `/Ascent ${scale(font.ascent)} /Descent ${scale(font.descent)} /CapHeight ${scale(font.capHeight)} ` +
      `/StemV ${font.name.includes('Bold') ? 140 : 80} /FontFile2 ${file} 0 R`,
  )
  const descendant = pdf.object(
    `/Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) ` +
      `/Supplement 0 >> /FontDescriptor ${descriptor} 0 R /CIDToGIDMap /Identity /DW 1000 /W [${widthArray(widths)}]`,
  )
  return pdf.object(
    `/Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${unicode} 0 R`,
  )
}

/** Runs of the widths that are not a full em. */
function widthArray(widths: readonly number[]): string {
  const runs: string[] = []
  for (let n = 0; n < widths.length; n++) {
    if (widths[n] === 1000) continue
    const from = n
    while (n + 1 < widths.length && widths[n + 1] !== 1000) n++
    runs.push(`${from} [${widths.slice(from, n + 1).join(' ')}]`)
  }
  return runs.join(' ')
}

/** The six letters that mark a subset, from the characters in it (FNV-1a). */
function subsetTag(codePoints: readonly number[]): string {
  let hash = 0x811c9dc5
  for (const c of codePoints) hash = Math.imul(hash ^ c, 0x01000193) >>> 0
  return Array.from({ length: 6 }, (_, i) => String.fromCharCode(65 + (Math.floor(hash / 26 ** i) % 26))).join('')
}

const hex4 = (value: number): string => value.toString(16).padStart(4, '0')

const utf16 = (codePoint: number): string =>
  codePoint < 0x10000
    ? `<${hex4(codePoint)}>`
    : `<${hex4(0xd7c0 + (codePoint >> 10))}${hex4(0xdc00 + (codePoint & 0x3ff))}>`

function toUnicode(codes: ReadonlyMap<number, number>): string {
  // Codes were given one after the other; a range has one first byte.
  const texts = ['', ...Array.from(codes.keys(), utf16)]
  const ranges: string[] = []
  for (let first = 0; first < texts.length; first += 0x100) {
    const from = Math.max(1, first)
    const own = texts.slice(from, first + 0x100)
    ranges.push(`<${hex4(from)}> <${hex4(from + own.length - 1)}> [${own.join(' ')}]`)
  }
  const blocks: string[] = []
  for (let n = 0; n < ranges.length; n += 100) {
    const block = ranges.slice(n, n + 100)
    blocks.push(`${block.length} beginbfrange\n${block.join('\n')}\nendbfrange`)
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000> <ffff>',
    'endcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n')
}
