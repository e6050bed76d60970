import { zipSync } from 'fflate'

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

const relationship = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`

type Raw = {
  /** What stands inside `sheetData`. */
  data?: string
  /** What stands after it: merged areas and so on. */
  after?: string
  /** What stands before it: hidden columns. */
  before?: string
  /** `si` elements. */
  strings?: string
  /** `numFmts` and `cellXfs`. */
  styles?: string
  workbook?: string
  /** More entries, or instead of the usual ones. */
  parts?: Record<string, string | Uint8Array>
}

/** An XLSX file by hand, so that it can say what no honest program writes. */
export function rawXlsx({
  data = '',
  after = '',
  before = '',
  strings = '',
  styles = '',
  workbook,
  parts = {},
}: Raw): Uint8Array {
  const usual: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}">${relationship('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml':
      workbook ??
      `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${relationship('r1', 'worksheet', 'worksheets/sheet1.xml')}${relationship('r2', 'sharedStrings', 'sharedStrings.xml')}${relationship('r3', 'styles', 'styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst ${MAIN}>${strings}</sst>`,
    'xl/styles.xml': `<styleSheet ${MAIN}>${styles}</styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${MAIN}>${before}<sheetData>${data}</sheetData>${after}</worksheet>`,
  }
  const utf8 = new TextEncoder()
  const entries = Object.entries({ ...usual, ...parts }).map(([name, content]) => [
    name,
    typeof content === 'string' ? utf8.encode(content) : content,
  ])
  return zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>, { mtime: new Date(1980, 0, 1) })
}

/** The bytes with a field of the directory entry of `name` changed; `offset` from the entry's start. */
export function inDirectory(bytes: Uint8Array, name: string, change: (view: DataView, at: number) => void): Uint8Array {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  const wanted = new TextEncoder().encode(name)
  for (let at = 0; at + 46 + wanted.length <= copy.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue
    if (wanted.every((byte, n) => copy[at + 46 + n] === byte)) {
      change(view, at)
      return copy
    }
  }
  throw new Error(`no entry ${name}`)
}
