import type { CellProblem, CellProblemCode } from '../../shared/contract/template-methods.ts'
import { LIMITS } from '../../shared/tabular/limits.ts'
import type { ReadSheet, ReadWorkbook } from '../../shared/tabular/workbook.ts'
import { entryText, openArchive, type Entry, type Inflating } from './archive.ts'
import { Refusal } from './refusal.ts'
import { decodeCellText } from './xml-text.ts'
import { XmlReader } from './xml.ts'
import { sheetReader } from './xlsx-sheet.ts'
import { stylesReader } from './xlsx-styles.ts'

/** `progress` in bytes inflated, of those the archive declares. */
export type ReadRun = { signal: AbortSignal; progress: (done: number, total: number) => void }
/** A text as long as a cell may hold and one more, every character spelt out. */
const LONGEST_SPELT = (LIMITS.text + 1) * 7
type Listed = { name: string; relation: string; isHidden: boolean }

/** The values of an XLSX or XLSM file. Macros, links to other files and formulas are never followed; what was there is reported. Throws Refusal. */
export async function readXlsx(file: Buffer, { signal, progress }: ReadRun): Promise<ReadWorkbook> {
  const entries = openArchive(file)
  refuseOtherKinds(entries)
  const problems: CellProblem[] = []
  const problem = (found: CellProblem): void => {
    if (problems.length < LIMITS.problems) problems.push(found)
    else if (problems.length === LIMITS.problems) problems.push({ ...found, cell: '', code: 'moreProblems', value: '' })
  }
  const total = [...entries.values()].filter((e) => e.name.endsWith('.xml')).reduce((sum, e) => sum + e.size, 0)
  let done = 0
  const run: Inflating = {
    signal,
    left: { bytes: LIMITS.inflatedBytes },
    onBytes: (count) => progress((done += count), total),
  }
  const feed = async (path: string, reader: XmlReader): Promise<boolean> => {
    const entry = entries.get(path.toLowerCase())
    if (entry === undefined) return false
    for await (const text of entryText(file, entry, run)) reader.push(text)
    reader.end()
    return true
  }
  const root = await relations(feed, '_rels/.rels', '')
  const main = [...root.values()].find((r) => r.type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
  const { sheets: listed, calendar } = await readListing(feed, main)
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const parts = await relations(feed, `${folder}_rels/${main.slice(folder.length)}.rels`, folder)
  const partOf = (type: string) => [...parts.values()].find((r) => r.type.endsWith(type))?.target
  const strings = await readStrings(feed, partOf('/sharedStrings'))
  const styles = stylesReader()
  const stylesPath = partOf('/styles')
  if (stylesPath !== undefined) await feed(stylesPath, styles.reader)
  reportExtras(entries, problem)
  const reading = {
    strings,
    looks: styles.looks,
    calendar,
    left: { cells: LIMITS.cells, characters: LIMITS.characters },
    problem,
  }
  const sheets: ReadSheet[] = []
  for (const { name, relation, isHidden } of listed) {
    const path = parts.get(relation)
    if (path?.type.endsWith('/worksheet') !== true) continue
    const { reader, finish } = sheetReader(name, isHidden, reading)
    if (!(await feed(path.target, reader))) throw new Refusal('damaged')
    sheets.push(finish())
  }
  if (sheets.length === 0) throw new Refusal('notAWorkbook')
  return { sheets, problems }
}

type Feed = (path: string, reader: XmlReader) => Promise<boolean>

function refuseOtherKinds(entries: ReadonlyMap<string, Entry>): void {
  if (entries.has('xl/workbook.bin')) throw new Refusal('xlsb')
  if (entries.has('encryptedpackage') || entries.has('encryptioninfo')) throw new Refusal('encrypted')
  if (entries.has('content.xml') && entries.has('mimetype')) throw new Refusal('ods')
  if (!entries.has('[content_types].xml')) throw new Refusal('notAWorkbook')
}

function reportExtras(entries: ReadonlyMap<string, Entry>, problem: (found: CellProblem) => void): void {
  const report = (code: CellProblemCode, value: string) =>
    problem({ sheet: '', cell: '', code, value, severity: 'warning' })
  const names = [...entries.keys()]
  const links = names.filter((name) => /\/externallinks\/[^/]+\.xml$/.test(name))
  if (links.length > 0) report('externalLinks', String(links.length))
  if (names.some((name) => name.endsWith('vbaproject.bin'))) report('macros', '')
  const pictures = names.filter((name) => name.includes('/media/'))
  if (pictures.length > 0) report('pictures', String(pictures.length))
}

/** The targets inside the file by relation id; a target outside it is no target. */
async function relations(
  feed: Feed,
  path: string,
  folder: string,
): Promise<Map<string, { type: string; target: string }>> {
  const found = new Map<string, { type: string; target: string }>()
  await feed(
    path,
    new XmlReader({
      open: (name, attribute) => {
        if (name !== 'Relationship' || attribute('TargetMode') === 'External' || found.size > LIMITS.entries) return
        found.set(attribute('Id'), { type: attribute('Type'), target: resolvePath(folder, attribute('Target')) })
      },
      close: () => {},
      text: () => {},
    }),
  )
  return found
}

function resolvePath(folder: string, target: string): string {
  const parts: string[] = []
  for (const part of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

async function readListing(feed: Feed, path: string): Promise<{ sheets: Listed[]; calendar: 1900 | 1904 }> {
  const sheets: Listed[] = []
  let calendar: 1900 | 1904 = 1900
  const isThere = await feed(
    path,
    new XmlReader({
      open: (name, attribute) => {
        if (name === 'workbookPr' && ['1', 'true'].includes(attribute('date1904'))) calendar = 1904
        if (name !== 'sheet') return
        if (sheets.length >= LIMITS.sheets) throw new Refusal('tooLarge')
        const isHidden = attribute('state') === 'hidden' || attribute('state') === 'veryHidden'
        sheets.push({ name: attribute('name').slice(0, 100), relation: attribute('r:id') || attribute('id'), isHidden })
      },
      close: () => {},
      text: () => {},
    }),
  )
  if (!isThere) throw new Refusal('notAWorkbook')
  return { sheets, calendar }
}

/** The texts cells point at, runs of one text joined, readings of characters left out. */
async function readStrings(feed: Feed, path: string | undefined): Promise<string[]> {
  const strings: string[] = []
  if (path === undefined) return strings
  let [text, characters] = ['', 0]
  let [isText, isPhonetic] = [false, false]
  await feed(
    path,
    new XmlReader({
      open: (name) => {
        if (name === 'si') text = ''
        else if (name === 'rPh') isPhonetic = true
        else if (name === 't') isText = !isPhonetic
      },
      close: (name) => {
        if (name === 't') isText = false
        else if (name === 'rPh') isPhonetic = false
        else if (name === 'si') strings.push(decodeCellText(text.slice(0, LONGEST_SPELT)).slice(0, LIMITS.text + 1))
        if (strings.length > LIMITS.cells) throw new Refusal('tooManyCells')
      },
      text: (piece) => {
        if (!isText) return
        text += piece
        characters += piece.length
        if (characters > LIMITS.characters) throw new Refusal('tooManyCells')
      },
    }),
  )
  return strings
}
