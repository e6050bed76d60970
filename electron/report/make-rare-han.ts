import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FACE_FILES } from './pdf/faces.ts'
import { subsetTrueType } from './pdf/subset.ts'
import { parseTrueType } from './pdf/truetype.ts'

/*
 * Prepares the fonts for rare Han: `node electron/report/make-rare-han.ts <folder with HanaMinA.ttf and HanaMinB.ttf> <folder with
 * the Unihan_*.txt files> <assets/fonts>`. The same input gives the same files. Where the input comes from: assets/fonts/README.md.
 */

const SOURCES = [
  { file: 'HanaMinA.ttf', target: 'RareHanA.ttf' },
  { file: 'HanaMinB.ttf', target: 'RareHanB.ttf' },
] as const
const PROPERTY_FILES = ['IRGSources', 'OtherMappings', 'DictionaryLikeData', 'Readings', 'RadicalStrokeCounts'] as const
/** Chinese sources that are only dictionaries or collections of other scripts and old bronzes. */
const ONLY_LISTED = /^(GKX|GHZ|GHZR|GHC|G4K|GZJW|GZ|GCY|GCYY|GFC|GXHZ|GZFY)-/

type Properties = ReadonlyMap<string, string>

/** In use somewhere a person or place could have its name from: has a reading, a common core, registers, Japanese and Taiwanese sets. */
function isInUse(properties: Properties): boolean {
  const source = properties.get('kIRG_GSource')
  return (
    ['kMandarin', 'kUnihanCore2020', 'kTGH', 'kJIS0213', 'kRSAdobe_Japan1_6'].some((key) => properties.has(key)) ||
    (source !== undefined && !ONLY_LISTED.test(source))
  )
}

function readUnihan(folder: string): Map<number, Map<string, string>> {
  const all = new Map<number, Map<string, string>>()
  for (const name of PROPERTY_FILES) {
    for (const line of readFileSync(join(folder, `Unihan_${name}.txt`), 'utf8').split('\n')) {
      const [code = '', key = '', value = ''] = line.split('\t')
      if (!code.startsWith('U+')) continue
      const codePoint = Number.parseInt(code.slice(2), 16)
      const properties = all.get(codePoint) ?? new Map<string, string>()
      all.set(codePoint, properties.set(key, value))
    }
  }
  return all
}

/** A character map in format 12: glyph n + 1 for the n-th code point. */
function characterMap(codePoints: readonly number[]): Uint8Array {
  const cmap = Buffer.alloc(12 + 16 + codePoints.length * 12)
  cmap.writeUInt16BE(1, 2)
  cmap.writeUInt16BE(3, 4)
  cmap.writeUInt16BE(10, 6)
  cmap.writeUInt32BE(12, 8)
  cmap.writeUInt16BE(12, 12)
  cmap.writeUInt32BE(cmap.length - 12, 16)
  cmap.writeUInt32BE(codePoints.length, 24)
  codePoints.forEach((codePoint, n) => {
    ;[codePoint, codePoint, n + 1].forEach((value, field) => cmap.writeUInt32BE(value, 28 + n * 12 + field * 4))
  })
  return cmap
}

/** A name table in Windows Unicode English: the makers reserve their own names for unchanged files. */
function nameTable(family: string): Uint8Array {
  const strings: [number, string][] = [
    [0, 'Copyright 2008-2017 GlyphWiki Project. Subset.'],
    [1, family],
    [2, 'Regular'],
    [3, family],
    [4, family],
    [6, family],
    [13, 'Hanazono Font License'],
    [14, 'http://fonts.jp/hanazono/'],
  ]
  const texts = strings.map(([, text]) => Buffer.from(text, 'utf16le').swap16())
  const head = Buffer.alloc(6 + strings.length * 12)
  head.writeUInt16BE(strings.length, 2)
  head.writeUInt16BE(head.length, 4)
  let offset = 0
  strings.forEach(([id], n) => {
    const length = texts[n]?.length ?? 0
    ;[3, 1, 0x409, id, length, offset].forEach((value, field) => head.writeUInt16BE(value, 6 + n * 12 + field * 2))
    offset += length
  })
  return Buffer.concat([head, ...texts])
}

function make(fonts: string, unihan: string, target: string): void {
  const shipped = Object.values(FACE_FILES).map((file) => parseTrueType(readFileSync(join(target, file))))
  const taken = new Set<number>()
  const inUse = [...readUnihan(unihan)]
    .flatMap(([codePoint, p]) => (isInUse(p) ? [codePoint] : []))
    .toSorted((a, b) => a - b)
  for (const source of SOURCES) {
    const font = parseTrueType(readFileSync(join(fonts, source.file)))
    const wanted = inUse.filter(
      (c) => !taken.has(c) && font.glyphOf(c) !== 0 && !shipped.some((f) => f.glyphOf(c) !== 0),
    )
    for (const c of wanted) taken.add(c)
    const glyphs = [0, ...wanted.map((c) => font.glyphOf(c))]
    const bytes = subsetTrueType(font, glyphs, [
      ['cmap', characterMap(wanted)],
      ['name', nameTable(source.target.replace('.ttf', ''))],
    ])
    writeFileSync(join(target, source.target), bytes)
    process.stdout.write(`${source.target}: ${wanted.length} characters, ${bytes.length} bytes\n`)
  }
}

const [fonts, unihan, target] = process.argv.slice(2)
if (fonts === undefined || unihan === undefined || target === undefined)
  throw new Error('fonts folder, Unihan folder, assets/fonts')
make(fonts, unihan, target)
