import { zipSync, type Zippable } from 'fflate'
import {
  LISTS_SHEET,
  cellName,
  cells,
  worksheet,
  type Cell,
  type Merge,
  type Workbook,
  type Worksheet,
} from '../../shared/tabular/workbook.ts'
import { MAIN_NAMESPACE, XML_HEAD, formatOf, packageParts, quotedName, stylesXml } from './xlsx-parts.ts'
import { rowHeights } from './row-heights.ts'
import { encodeCellText, escapeXml } from './xml-text.ts'

/** What every entry of the archive is dated, in local time as the archive writes it: the same content is the same file anywhere. */
const EPOCH = new Date(1980, 0, 1)
const NAME_LENGTH = 31
const INLINE_LIST_LENGTH = 255
/** Old Excel shows a text cell longer than this as ####. */
const TEXT_FORMAT_LENGTH = 255

/**
 * The bytes of an XLSX file. Texts are always text cells, whatever they begin with. Sheet names are shortened and made different
 * as Excel asks; a choice list that does not fit its rule goes to a hidden sheet. Same workbook, same bytes, on every machine.
 */
export async function writeWorkbook(workbook: Workbook): Promise<Uint8Array> {
  const lists = new Lists()
  const strings = new Strings()
  const names = sheetNames(workbook.sheets.map((s) => s.name))
  const visible = workbook.sheets.map((sheet) => sheetXml(sheet, strings, lists))
  const hidden = lists.rows.length > 0 ? [sheetXml(worksheet(LISTS_SHEET, lists.rows), strings, lists)] : []
  const parts = {
    ...packageParts([
      ...workbook.sheets.map((s, n) => ({ name: names[n] ?? '', isHidden: false, repeatRows: s.page.repeatRows })),
      ...hidden.map(() => ({ name: LISTS_SHEET, isHidden: true, repeatRows: 0 })),
    ]),
    ...Object.fromEntries([...visible, ...hidden].map((xml, n) => [`xl/worksheets/sheet${n + 1}.xml`, xml])),
    'xl/sharedStrings.xml': strings.xml(),
    'xl/styles.xml': stylesXml(),
  }
  const utf8 = new TextEncoder()
  const entries: Zippable = Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, utf8.encode(xml)]))
  return zipSync(entries, { mtime: EPOCH, level: 6 })
}

/** Every text once, in the order of first use. */
class Strings {
  readonly #index = new Map<string, number>()
  #uses = 0

  add(text: string): number {
    this.#uses += 1
    const known = this.#index.get(text)
    if (known !== undefined) return known
    this.#index.set(text, this.#index.size)
    return this.#index.size - 1
  }

  xml(): string {
    const entries = [...this.#index.keys()].map(
      (text) => `<si><t xml:space="preserve">${encodeCellText(text)}</t></si>`,
    )
    return `${XML_HEAD}<sst xmlns="${MAIN_NAMESPACE}" count="${this.#uses}" uniqueCount="${this.#index.size}">${entries.join('')}</sst>`
  }
}

/** Choice lists that a rule cannot hold itself, one a row of a hidden sheet. */
class Lists {
  readonly rows: Cell[][] = []

  /** The list as the rule's formula. */
  formula(values: readonly string[]): string {
    const inline = values.join(',')
    const fits =
      inline.length <= INLINE_LIST_LENGTH && values.every((v) => !/[,"\n]/.test(v) && v === v.trim() && v !== '')
    if (fits) return `"${inline}"`
    const row = cells(values)
    const key = JSON.stringify(row)
    let at = this.rows.findIndex((known) => JSON.stringify(known) === key)
    if (at === -1) at = this.rows.push(row) - 1
    const last = cellName(at, values.length - 1).replace(/\d+$/, '')
    return `${quotedName(LISTS_SHEET)}!$A$${at + 1}:$${last}$${at + 1}`
  }
}

/** Names as Excel takes them: at most 31 characters, without []:*?/\, no two alike. */
function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set([LISTS_SHEET])
  return wanted.map((name) => {
    const clean =
      name
        .replaceAll(/[[\]:*?/\\\p{Cc}]/gu, ' ')
        .replaceAll(/^'+|'+$/g, '')
        .trim() || 'Sheet'
    let free = [...clean].slice(0, NAME_LENGTH).join('').slice(0, NAME_LENGTH)
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${clean.slice(0, NAME_LENGTH - 5)} (${n})`
    taken.add(free.toLowerCase())
    return free
  })
}

/** One sheet; the order of the elements is the schema's. */
function sheetXml(sheet: Worksheet, strings: Strings, lists: Lists): string {
  const { landscape, header, footer } = sheet.page
  const heights = rowHeights(sheet)
  const rows = sheet.rows.map((row, r) => {
    const xml = row.map((cell, c) => cellXml(cell, cellName(r, c), strings)).join('')
    return xml === '' ? '' : `<row r="${r + 1}" ht="${heights[r]}">${xml}</row>`
  })
  const widths = sheet.widths
    .map((w, n) => `<col min="${n + 1}" max="${n + 1}" width="${w}" customWidth="1"/>`)
    .join('')
  const merges = sheet.merges.map((m) => `<mergeCell ref="${areaName(m)}"/>`).join('')
  const rules = sheet.choices
    .filter((c) => c.values.length > 0)
    .map(
      ({ area, values }) =>
        `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${areaName(area)}"><formula1>${escapeXml(lists.formula(values))}</formula1></dataValidation>`,
    )
  const texts = [element('oddHeader', printed(header)), element('oddFooter', printed(footer))].join('')
  return [
    `${XML_HEAD}<worksheet xmlns="${MAIN_NAMESPACE}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
    viewXml(sheet.frozen),
    '<sheetFormatPr defaultRowHeight="16"/>',
    element('cols', widths),
    `<sheetData>${rows.join('')}</sheetData>`,
    merges && `<mergeCells count="${sheet.merges.length}">${merges}</mergeCells>`,
    rules.length > 0 && `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`,
    '<printOptions horizontalCentered="1"/><pageMargins left="0.5" right="0.5" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="9" orientation="${landscape ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/>`,
    element('headerFooter', texts),
    '</worksheet>',
  ]
    .filter(Boolean)
    .join('')
}

const element = (tag: string, inner: string): string => (inner === '' ? '' : `<${tag}>${inner}</${tag}>`)

function cellXml({ value, style, format }: Cell, name: string, strings: Strings): string {
  const isText = typeof value === 'string' && value.length <= TEXT_FORMAT_LENGTH
  const at = `r="${name}" s="${formatOf(style, isText ? 'text' : (format ?? 'general'))}"`
  if (value === null || value === '') return `<c ${at}/>`
  if (typeof value === 'string') return `<c ${at} t="s"><v>${strings.add(value)}</v></c>`
  if (!Number.isFinite(value)) throw new RangeError(`${name}: ${value}`)
  return `<c ${at}><v>${value}</v></c>`
}

/** A frozen part of the view; the rest scrolls. */
function viewXml({ rows, columns }: Worksheet['frozen']): string {
  if (rows === 0 && columns === 0) return '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
  const pane = rows > 0 && columns > 0 ? 'bottomRight' : rows > 0 ? 'bottomLeft' : 'topRight'
  const split = `${columns > 0 ? ` xSplit="${columns}"` : ''}${rows > 0 ? ` ySplit="${rows}"` : ''}`
  return (
    `<sheetViews><sheetView workbookViewId="0"><pane${split} topLeftCell="${cellName(rows, columns)}" activePane="${pane}" state="frozen"/>` +
    `<selection pane="${pane}"/></sheetView></sheetViews>`
  )
}

const areaName = ({ top, left, bottom, right }: Merge): string => {
  const [from, to] = [cellName(top, left), cellName(bottom, right)]
  return from === to ? from : `${from}:${to}`
}

/** Header or footer in the spreadsheet's own code, centred. */
const printed = (text: string): string =>
  text === '' ? '' : escapeXml(`&C${text.replaceAll('&', '&&').replaceAll('{page}', '&P').replaceAll('{pages}', '&N')}`)
