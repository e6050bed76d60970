import { CELL_STYLES, type CellStyle } from '../../shared/tabular/workbook.ts'
import { escapeXml } from './xml-text.ts'

/** The first line of every part. */
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
/** Of sheets, styles and texts. */
export const MAIN_NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEET_TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** What the workbook's own parts need to know of a sheet. `repeatRows` 0 = none. */
export type SheetPart = { name: string; isHidden: boolean; repeatRows: number }

/** Everything but the sheets, their texts and styles, by name in the archive. */
export function packageParts(sheets: readonly SheetPart[]): Record<string, string> {
  const numbers = sheets.map((_, n) => n + 1)
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${SHEET_TYPES}.${type}+xml"/>`
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}.xml"/>`
  const relations = (inner: string) =>
    `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`
  const count = sheets.length
  return {
    '[Content_Types].xml':
      `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/>${override('workbook', 'sheet.main')}` +
      numbers.map((n) => override(`worksheets/sheet${n}`, 'worksheet')).join('') +
      `${override('styles', 'styles')}${override('sharedStrings', 'sharedStrings')}</Types>`,
    '_rels/.rels': relations(relation(1, 'officeDocument', 'xl/workbook')),
    'xl/workbook.xml': workbookXml(sheets),
    'xl/_rels/workbook.xml.rels': relations(
      numbers.map((n) => relation(n, 'worksheet', `worksheets/sheet${n}`)).join('') +
        relation(count + 1, 'styles', 'styles') +
        relation(count + 2, 'sharedStrings', 'sharedStrings'),
    ),
  }
}

function workbookXml(sheets: readonly SheetPart[]): string {
  const list = sheets.map(({ name, isHidden }, n) => {
    const state = isHidden ? ' state="hidden"' : ''
    return `<sheet name="${escapeXml(name)}" sheetId="${n + 1}"${state} r:id="rId${n + 1}"/>`
  })
  const titles = sheets.flatMap(({ name, repeatRows }, n) =>
    repeatRows === 0
      ? []
      : `<definedName name="_xlnm.Print_Titles" localSheetId="${n}">${escapeXml(quotedName(name))}!$1:$${repeatRows}</definedName>`,
  )
  const names = titles.length > 0 ? `<definedNames>${titles.join('')}</definedNames>` : ''
  return (
    `${XML_HEAD}<workbook xmlns="${MAIN_NAMESPACE}" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews>` +
    `<sheets>${list.join('')}</sheets>${names}</workbook>`
  )
}

/** A sheet's name as formulas write it. */
export const quotedName = (name: string): string => `'${name.replaceAll("'", "''")}'`

type Look = { font: number; fill: number; border: number; align: string }
const TOP = 'vertical="top" wrapText="1"'
const LOOKS: Record<CellStyle, Look> = {
  plain: { font: 0, fill: 0, border: 1, align: TOP },
  title: {
    font: 3,
    fill: 0,
    border: 0,
    align: 'horizontal="center" vertical="center" wrapText="1"',
  },
  head: {
    font: 1,
    fill: 2,
    border: 1,
    align: 'horizontal="center" vertical="center" wrapText="1"',
  },
  group: { font: 1, fill: 3, border: 1, align: TOP },
  total: { font: 1, fill: 4, border: 2, align: TOP },
  note: { font: 2, fill: 0, border: 0, align: TOP },
  input: { font: 0, fill: 5, border: 1, align: TOP },
  problem: { font: 4, fill: 6, border: 1, align: TOP },
}
const FILLS = ['DCE6F2', 'EEF2F7', 'F4F4F0', 'FFFBE8', 'FDECEA']

/** Number formats each look comes in; as text, so that what is typed over a text stays text. */
const FORMATS = { general: 0, text: 49, hundredths: 2 } as const
export type NumberFormat = keyof typeof FORMATS

/** Index of a cell format: every look in every number format. */
export const formatOf = (style: CellStyle, format: NumberFormat): number =>
  CELL_STYLES.indexOf(style) * Object.keys(FORMATS).length + Object.keys(FORMATS).indexOf(format)

/** The styles part: every cell style in every number format, in the order of `formatOf`. */
export function stylesXml(): string {
  const font = (size: number, more = '') =>
    `<font>${more.includes('<b/>') ? '<b/>' : ''}<sz val="${size}"/>${more.replace('<b/>', '')}<name val="Microsoft YaHei"/><family val="2"/></font>`
  const fonts = [
    font(10.5),
    font(10.5, '<b/>'),
    font(9.5, '<color rgb="FF5B6470"/>'),
    font(15, '<b/>'),
    font(10.5, '<color rgb="FF9B1C1C"/>'),
  ]
  const solid = (rgb: string) =>
    `<fill><patternFill patternType="solid"><fgColor rgb="FF${rgb}"/><bgColor indexed="64"/></patternFill></fill>`
  const fills = ['none', 'gray125']
    .map((t) => `<fill><patternFill patternType="${t}"/></fill>`)
    .concat(FILLS.map(solid))
  const side = (name: string, style: string) => `<${name} style="${style}"><color rgb="FFB8BFC8"/></${name}>`
  const box = (top: string) =>
    `<border>${side('left', 'thin')}${side('right', 'thin')}${side('top', top)}${side('bottom', 'thin')}<diagonal/></border>`
  const borders = ['<border><left/><right/><top/><bottom/><diagonal/></border>', box('thin'), box('medium')]
  const formats = CELL_STYLES.flatMap((style) => {
    const { font: f, fill, border, align } = LOOKS[style]
    // An attribute that stands twice makes the whole file unreadable.
    const right = `${align.replace(/horizontal="\w+" /, '')} horizontal="right" indent="1"`
    return Object.values(FORMATS).map(
      (format) =>
        `<xf numFmtId="${format}" fontId="${f}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment ${format === FORMATS.hundredths ? right : align}/></xf>`,
    )
  })
  const counted = (tag: string, list: readonly string[]) => `<${tag} count="${list.length}">${list.join('')}</${tag}>`
  return (
    `${XML_HEAD}<styleSheet xmlns="${MAIN_NAMESPACE}">${counted('fonts', fonts)}${counted('fills', fills)}${counted('borders', borders)}` +
    `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>${counted('cellXfs', formats)}` +
    `<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
  )
}
