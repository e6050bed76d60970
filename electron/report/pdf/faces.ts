import { join } from 'node:path'
import { keepAt, newByCode, valueAt, type ByCode } from './characters.ts'
import { openTrueType, type TrueType } from './truetype.ts'

/** Faces a report is set in; `FALLBACK` lists further files asked, in order, for characters none of them has. */
export const FACE_FILES = {
  body: 'NotoSerifSC-Regular.ttf',
  bold: 'NotoSerifSC-Bold.ttf',
  head: 'NotoSansSC-Bold.ttf',
} as const
const FALLBACK: readonly string[] = ['RareHanA.ttf', 'RareHanB.ttf']

export type Face = keyof typeof FACE_FILES
/** `width` in thousandths of an em. */
export type Glyph = { font: TrueType; glyph: number; width: number }
/** Finds the glyph of a code point in a face or, failing that, in the other faces; null = nowhere. */
export type Faces = (face: Face, codePoint: number) => Glyph | null

const parsed = new Map<string, Faces>()

/** The shipped faces, parsed once per process and folder. */
export function loadFaces(folder: string): Faces {
  const known = parsed.get(folder)
  if (known) return known
  const load = (file: string) => openTrueType(join(folder, file))
  const own = { body: load(FACE_FILES.body), bold: load(FACE_FILES.bold), head: load(FACE_FILES.head) }
  const faces = facesOf(own, () => FALLBACK.map(load))
  parsed.set(folder, faces)
  return faces
}

/** `loadFallback` is called once, when the first character none of the own faces has is asked for. */
export function facesOf(own: Record<Face, TrueType>, loadFallback: () => readonly TrueType[]): Faces {
  const chains: Record<Face, TrueType[]> = {
    body: [own.body, own.bold, own.head],
    bold: [own.bold, own.body, own.head],
    head: [own.head, own.bold, own.body],
  }
  let fallback: readonly TrueType[] | null = null
  const known: Record<Face, ByCode<Glyph | null>> = { body: newByCode(), bold: newByCode(), head: newByCode() }
  return (face, codePoint) => {
    // Asked for every character of a report: a property chosen by name is slower than three comparisons.
    const own = face === 'body' ? known.body : face === 'bold' ? known.bold : known.head
    const found = valueAt(own, codePoint)
    if (found !== undefined) return found
    const glyph = findGlyph(chains[face], codePoint) ?? findGlyph((fallback ??= loadFallback()), codePoint)
    keepAt(own, codePoint, glyph)
    return glyph
  }
}

function findGlyph(chain: readonly TrueType[], codePoint: number): Glyph | null {
  for (const font of chain) {
    const glyph = font.glyphOf(codePoint)
    if (glyph !== 0) return { font, glyph, width: (font.advanceOf(glyph) * 1000) / font.unitsPerEm }
  }
  return null
}
