import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  HeadingLevel,
  LeaderType,
  Paragraph,
  TabStopType,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type FileChild,
} from 'docx'
import type { Of } from '../pdf/blocks.ts'
import { WIDTH } from '../pdf/flow.ts'
import { qrPart } from './figures.ts'
import { COLOR, FACES, exactly, run, twips } from './style.ts'
import { NO_LINES, space, tableOf } from './tables.ts'
import { paragraphOf, runsOf } from './text.ts'

const LINE_STEP = 28

/** Title of a separate document: issuer, name and number, centred over a double rule. */
export function documentTitle({ mark, title, number }: Of<'documentTitle'>, anchor: string): FileChild[] {
  const centred = { alignment: AlignmentType.CENTER }
  const small = (text: string) =>
    text === ''
      ? []
      : [new Paragraph({ ...centred, children: runsOf(text, run(11, { font: FACES.hei, color: COLOR.muted })) })]
  const rule = { bottom: { style: BorderStyle.DOUBLE, size: 6, color: COLOR.accent, space: 6 } }
  return [
    ...small(mark),
    new Paragraph({
      ...centred,
      heading: HeadingLevel.HEADING_1,
      indent: { left: 0 },
      border: { left: { style: BorderStyle.NONE } },
      children: [new Bookmark({ id: anchor, children: runsOf(title, run(21)) })],
    }),
    ...small(number),
    new Paragraph({ border: rule, spacing: { ...exactly(6), after: 200 } }),
  ]
}

/** A label over ruled lines. */
export function writing({ label, lines }: Of<'writing'>): FileChild[] {
  return [...(label === '' ? [] : [paragraphOf(label, 'Label')]), ...ruled(lines), space()]
}

const ruled = (count: number): Paragraph[] =>
  Array.from({ length: count }, () => fillIn('', { ...exactly(LINE_STEP), before: 0 }))

/** Words with a line after them up to the right margin. */
function fillIn(text: string, spacing: { before: number }): Paragraph {
  return new Paragraph({
    spacing,
    tabStops: [{ type: TabStopType.RIGHT, position: twips(WIDTH), leader: LeaderType.UNDERSCORE }],
    children: [...runsOf(text), new TextRun({ children: ['\t'], color: COLOR.grid })],
  })
}

const SYMBOL = 62

/** One checklist line: what it is beside its QR, boxes to tick, fields and lines to write. */
export function pocketItem(block: Of<'pocketItem'>): FileChild[] {
  const large = run(14)
  const widths = [WIDTH - SYMBOL - 14, SYMBOL + 14] as const
  const words = new TableCell({
    width: { size: twips(widths[0]), type: WidthType.DXA },
    children: [
      new Paragraph({ children: runsOf(`${block.code}  ${block.title}`, run(14, { font: FACES.hei })) }),
      new Paragraph({ children: runsOf(block.marks, large) }),
    ],
  })
  const symbol = new TableCell({
    width: { size: twips(widths[1]), type: WidthType.DXA },
    children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: [qrPart(block.qr, SYMBOL)] })],
  })
  const head = tableOf(widths, [new TableRow({ cantSplit: true, children: [words, symbol] })], {
    ...NO_LINES,
    top: { style: BorderStyle.SINGLE, size: 10, color: COLOR.ink },
  })
  const boxes = block.boxes.map((text) => `☐ ${text}`).join('    ')
  return [
    head,
    ...block.hints.map((hint) => paragraphOf(hint, 'Note')),
    ...(boxes === '' ? [] : [new Paragraph({ children: runsOf(boxes, large) })]),
    ...block.fields.map((field) => fillIn(field, { before: 120 })),
    ...ruled(block.lines),
    space(),
  ]
}
