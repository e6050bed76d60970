import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
  type FileChild,
  type ITableBordersOptions,
} from 'docx'
import type { Fact, TableRow as ModelRow } from '../../../shared/report/model.ts'
import type { Of } from '../pdf/blocks.ts'
import { WIDTH } from '../pdf/flow.ts'
import { COLOR, twips } from './style.ts'
import { paragraphOf, runsOf } from './text.ts'

const LINE = { style: BorderStyle.SINGLE, size: 4, color: COLOR.grid }
export const GRID_LINES: ITableBordersOptions = {
  top: LINE,
  bottom: LINE,
  left: LINE,
  right: LINE,
  insideHorizontal: LINE,
  insideVertical: LINE,
}
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' }
export const NO_LINES: ITableBordersOptions = {
  top: NONE,
  bottom: NONE,
  left: NONE,
  right: NONE,
  insideHorizontal: NONE,
  insideVertical: NONE,
}
/** Inside every cell, in twentieths of a point. */
export const MARGINS = { top: 50, bottom: 50, left: 80, right: 80 }
/** Word shows a row kept whole that is higher than a page only in part. */
const LONGEST_KEPT = 900

const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const

export const fillOf = (color: string) => ({ type: ShadingType.CLEAR, fill: color, color: 'auto' })
/** Two tables in a row would become one. */
export const space = (): Paragraph => new Paragraph({ style: 'Space' })

/** A table of fixed widths in points. */
export function tableOf(
  widths: readonly number[],
  rows: TableRow[],
  borders: ITableBordersOptions = GRID_LINES,
): Table {
  return new Table({
    width: { size: twips(widths.reduce((sum, w) => sum + w, 0)), type: WidthType.DXA },
    columnWidths: widths.map(twips),
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    margins: MARGINS,
    borders,
    rows,
  })
}

type CellOptions = {
  width: number
  span?: number
  fill?: string
  style?: string
  align?: 'left' | 'center' | 'right'
  isBold?: boolean
  /** Its row stays on the page of the row below. */
  isTied?: boolean
}

export function cellOf(text: string, options: CellOptions): TableCell {
  const { width, span = 1, fill, style = 'Cell', align = 'left', isBold = false, isTied = false } = options
  return new TableCell({
    width: { size: twips(width), type: WidthType.DXA },
    columnSpan: span,
    verticalAlign: VerticalAlignTable.CENTER,
    ...(fill === undefined ? {} : { shading: fillOf(fill) }),
    children: [
      new Paragraph({
        style,
        alignment: ALIGN[align],
        keepNext: isTied,
        children: runsOf(text, isBold ? { bold: true } : {}),
      }),
    ],
  })
}

const isKept = (texts: readonly string[]): boolean => texts.every((text) => text.length <= LONGEST_KEPT)

/** Heads repeat on every page and rows stay whole. */
export function table(block: Of<'table'>): FileChild[] {
  const shares = block.columns.reduce((sum, c) => sum + c.share, 0)
  const widths = block.columns.map((c) => (c.share / shares) * WIDTH)
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: block.columns.map((c, n) =>
      cellOf(c.title, { width: widths[n] ?? 0, style: 'CellHead', align: 'center', fill: COLOR.pale }),
    ),
  })
  const rows = block.rows.map((row) => tableRow(block, row, widths))
  const caption = block.caption === '' ? [] : [paragraphOf(block.caption, 'Caption')]
  return [...caption, tableOf(widths, [head, ...rows]), space()]
}

function tableRow(block: Of<'table'>, row: ModelRow, widths: readonly number[]): TableRow {
  const isPlain = row.kind === 'row'
  const last = row.cells.length - 1
  const children = row.cells.map((text, n) =>
    cellOf(text, {
      width: widths[n] ?? 0,
      span: n === last ? widths.length - n : 1,
      align: row.kind === 'group' ? 'left' : (block.columns[n]?.align ?? 'left'),
      isBold: !isPlain,
      style: block.dense ? 'Dense' : 'Cell',
      ...(isPlain ? {} : { fill: COLOR.group }),
    }),
  )
  const height = heightOf(block.rowHeight)
  return new TableRow({ cantSplit: isKept(row.cells), children, ...height })
}

/** At least so high (points), for what is written in by hand. */
const heightOf = (points: number | undefined) =>
  points === undefined ? {} : { height: { value: twips(points), rule: HeightRule.ATLEAST } }

/** A row of a form nobody has filled in. */
const FORM_ROW = 24
const LABEL = 84
/** Characters a value in a half-width cell may have: two lines. */
const SHORT = 28

/** Characters facts may have to stay together on a page. */
const LONGEST_WHOLE = 700

/** Facts as label and value, two short ones a row where the block says so. */
export function keyValue(block: Of<'keyValue'>): FileChild[] {
  const half = WIDTH / 2 - LABEL
  const pairs: Fact[][] = []
  for (const fact of block.rows) {
    const open = pairs.at(-1)
    const fits = block.columns === 2 && [fact, ...(open ?? [])].every((f) => f.value.length <= SHORT)
    if (open?.length === 1 && fits) open.push(fact)
    else pairs.push([fact])
  }
  const isWhole = block.rows.reduce((sum, f) => sum + f.value.length, 0) <= LONGEST_WHOLE
  const rows = pairs.map((pair, n) => {
    const isSingle = pair.length === 1
    const isTied = isWhole && n < pairs.length - 1
    const children = pair.flatMap((fact) => [
      cellOf(fact.label, { width: LABEL, style: 'CellHead', fill: COLOR.pale, isTied }),
      cellOf(
        fact.value === '' && block.isForm !== true ? '—' : fact.value,
        isSingle ? { width: WIDTH - LABEL, span: 3, isTied } : { width: half, isTied },
      ),
    ])
    const height = heightOf(block.isForm === true && pair.some((f) => f.value === '') ? FORM_ROW : undefined)
    return new TableRow({ cantSplit: isKept(pair.map((f) => f.value)), children, ...height })
  })
  return rows.length === 0 ? [] : [tableOf([LABEL, half, LABEL, half], rows), space()]
}
