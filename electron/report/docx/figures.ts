import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  ImageRun,
  LeaderType,
  PageBreak,
  Paragraph,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type FileChild,
  type ITableCellBorders,
} from 'docx'
import { create } from 'qrcode'
import { crc32 } from 'node:zlib'
import { zlibSync } from 'fflate'
import type { PhotoFigure } from '../../../shared/report/model.ts'
import type { Of } from '../pdf/blocks.ts'
import { LOGO_BOX, PHOTO_BOX, STAMP } from '../pdf/figures.ts'
import { WIDTH } from '../pdf/flow.ts'
import type { PrintPhoto } from '../photos.ts'
import { COLOR, FACES, SIZE, exactly, pixels, run, twips } from './style.ts'
import { NO_LINES, cellOf, fillOf, space, tableOf } from './tables.ts'
import { paragraphOf, runsOf } from './text.ts'

/** Print copies by hash; their bytes are put in when the file is written. */
export type Photos = ReadonlyMap<string, PrintPhoto>

const centred = (
  text: string,
  size: number,
  more: { before?: number; after?: number; color?: string; bold?: boolean } = {},
) =>
  text === ''
    ? []
    : [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { before: twips(more.before ?? 0), after: twips(more.after ?? 0) },
          children: runsOf(
            text,
            run(size, { font: FACES.hei, color: more.color ?? COLOR.ink, bold: more.bold ?? false }),
          ),
        }),
      ]

/** The first page: mark, organiser, title, enterprise, facts, date. Latin titles are bold, 黑体 is by itself. */
export function cover(block: Of<'cover'>, photos: Photos, isChinese: boolean): FileChild[] {
  const bold = !isChinese
  const rule = { bottom: { style: BorderStyle.SINGLE, size: 4, color: COLOR.grid } }
  const rows = block.facts.map(
    ({ label, value }) =>
      new TableRow({
        cantSplit: true,
        children: [
          coverCell(label, 100, run(11, { font: FACES.hei, color: COLOR.muted }), {}),
          coverCell(value, 280, run(11.5), rule),
        ],
      }),
  )
  return [
    ...centred(block.mark, 11, { color: COLOR.accent }),
    ...logoOf(block, photos),
    ...centred(block.organiser, 14, { before: block.logo === null ? 28 : 12, color: COLOR.muted }),
    ...centred(block.title, SIZE.title, { before: 44, bold }),
    ...centred(block.subtitle, 14, { before: 10, color: COLOR.accent, bold }),
    ...centred(block.enterprise, SIZE.cover, { before: 48, after: 60, bold: true }),
    ...(rows.length === 0 ? [] : [tableOf([100, 280], rows, NO_LINES)]),
    ...centred(block.date, 14, { before: 60 }),
  ]
}

function logoOf({ logo, organiser }: Of<'cover'>, photos: Photos): Paragraph[] {
  if (logo === null || !photos.has(logo.sha256)) return []
  const scale = Math.min(LOGO_BOX.width / logo.width, LOGO_BOX.height / logo.height)
  const picture = new ImageRun({
    type: 'jpg',
    data: Buffer.from(logo.sha256),
    transformation: { width: pixels(logo.width * scale), height: pixels(logo.height * scale) },
    altText: { name: organiser, description: organiser },
  })
  return [new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: twips(16) }, children: [picture] })]
}

function coverCell(
  text: string,
  width: number,
  options: ReturnType<typeof run>,
  borders: ITableCellBorders,
): TableCell {
  return new TableCell({
    width: { size: twips(width), type: WidthType.DXA },
    borders,
    children: [new Paragraph({ spacing: { before: 60, after: 20 }, children: runsOf(text, options) })],
  })
}

/** Two photos a row, number and caption below. */
export function photoSheet(block: Of<'photoSheet'>, photos: Photos): FileChild[] {
  const half = WIDTH / 2
  const rows: TableRow[] = []
  for (let n = 0; n < block.photos.length; n += 2) {
    const pair = block.photos.slice(n, n + 2)
    const cells = pair.map((photo) => photoCell(photo, photos.get(photo.sha256), block.missing, half))
    if (cells.length === 1) cells.push(cellOf('', { width: half }))
    rows.push(new TableRow({ cantSplit: true, children: cells }))
  }
  return rows.length === 0 ? [] : [tableOf([half, half], rows, NO_LINES), space()]
}

function photoCell(figure: PhotoFigure, photo: PrintPhoto | undefined, missing: string, width: number): TableCell {
  const title = `${figure.figure}  ${figure.caption}`
  const picture = photo ? [picturePart(figure, photo)] : runsOf(missing, run(SIZE.small, { color: COLOR.muted }))
  return new TableCell({
    width: { size: twips(width), type: WidthType.DXA },
    children: [
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 60 }, children: picture }),
      new Paragraph({ style: 'Cell', children: runsOf(title, { bold: true }) }),
      ...figure.lines.map((line) => paragraphOf(line, 'Note', { spacing: { ...exactly(12), after: 0 } })),
    ],
  })
}

/** The library keeps what it is given until the file is made: it gets the hash, and the writer puts the picture in its place. */
function picturePart({ sha256, figure, caption }: PhotoFigure, { width, height }: PrintPhoto): ImageRun {
  const scale = Math.min((PHOTO_BOX.width - 8) / width, PHOTO_BOX.height / height)
  return new ImageRun({
    type: 'jpg',
    data: Buffer.from(sha256),
    transformation: { width: pixels(width * scale), height: pixels(height * scale) },
    altText: { name: figure, description: `${figure} ${caption}`.trim() },
  })
}

const BOX = { style: BorderStyle.SINGLE, size: 4, color: COLOR.grid }
const FRAME: ITableCellBorders = { top: BOX, bottom: BOX, left: BOX, right: BOX }

/** Blank areas to be signed by hand, two a row; the dashed box shows where the stamp goes. */
export function signatures(block: Of<'signature'>): FileChild[] {
  const gap = 14
  const width = (WIDTH - gap) / 2
  const rows: TableRow[] = []
  for (let n = 0; n < block.areas.length; n += 2) {
    const cells = block.areas.slice(n, n + 2).map((area) => signatureCell(area, width))
    const between = cellOf('', { width: gap })
    rows.push(
      new TableRow({ cantSplit: true, children: [cells[0] ?? between, between, cells[1] ?? cellOf('', { width })] }),
      new TableRow({
        height: { value: twips(gap), rule: HeightRule.EXACT },
        children: [cellOf('', { width }), cellOf('', { width: gap }), cellOf('', { width })],
      }),
    )
  }
  const note = block.note === '' ? [] : [paragraphOf(block.note, 'Text', { keepNext: true })]
  return [...note, ...(rows.length === 0 ? [] : [tableOf([width, gap, width], rows, NO_LINES), space()])]
}

function signatureCell({ label, lines, seal }: Of<'signature'>['areas'][number], width: number): TableCell {
  return new TableCell({
    width: { size: twips(width), type: WidthType.DXA },
    borders: FRAME,
    children: [
      new Paragraph({ style: 'CellHead', shading: fillOf(COLOR.pale), spacing: exactly(20), children: runsOf(label) }),
      ...lines.map(
        (line) =>
          new Paragraph({
            style: 'Cell',
            spacing: { ...exactly(20), before: 120 },
            tabStops: [{ type: TabStopType.RIGHT, position: twips(width - 14), leader: LeaderType.UNDERSCORE }],
            children: [...runsOf(line), new TextRun({ children: ['\t'], color: COLOR.grid })],
          }),
      ),
      ...(seal === null ? [space()] : [space(), sealBox(seal, width), space()]),
    ],
  })
}

function sealBox(seal: string, width: number) {
  const { side } = STAMP
  const dashed = { style: BorderStyle.DASHED, size: 4, color: COLOR.grid }
  return tableOf(
    [width - side - 24, side],
    [
      new TableRow({
        height: { value: twips(side), rule: HeightRule.EXACT },
        children: [
          cellOf('', { width: width - side - 24 }),
          new TableCell({
            width: { size: twips(side), type: WidthType.DXA },
            verticalAlign: VerticalAlignTable.CENTER,
            borders: { top: dashed, bottom: dashed, left: dashed, right: dashed },
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: runsOf(seal, run(SIZE.small, { color: COLOR.muted })),
              }),
            ],
          }),
        ],
      }),
    ],
    NO_LINES,
  )
}

const QR_POINTS = 100

/** The check code, large and as QR, over the table of full codes. */
export function integrity(block: Of<'integrity'>): FileChild[] {
  const codeWidth = WIDTH - QR_POINTS - 28
  const words = new TableCell({
    width: { size: twips(codeWidth), type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    children: [
      new Paragraph({ children: runsOf(block.label, run(10, { font: FACES.hei, color: COLOR.muted })) }),
      new Paragraph({ spacing: { after: 120 }, children: runsOf(block.checkCode, run(20, { font: FACES.hei })) }),
      paragraphOf(block.note, 'Cell'),
    ],
  })
  const symbol = new TableCell({
    width: { size: twips(QR_POINTS + 28), type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [qrPart(block.qr, QR_POINTS)],
      }),
    ],
  })
  const outer = tableOf([codeWidth, QR_POINTS + 28], [new TableRow({ cantSplit: true, children: [words, symbol] })], {
    ...NO_LINES,
    top: BOX,
    bottom: BOX,
    left: BOX,
    right: BOX,
  })
  const codes = block.codes.map(
    ({ label, code }) =>
      new TableRow({
        cantSplit: true,
        children: [cellOf(label, { width: 106 }), cellOf(code, { width: WIDTH - 106, style: 'Code' })],
      }),
  )
  return [outer, space(), ...(codes.length === 0 ? [] : [tableOf([106, WIDTH - 106], codes)])]
}

/** A QR symbol in a square of that side (points). */
export function qrPart(text: string, side: number): ImageRun {
  return new ImageRun({
    type: 'png',
    data: qrPicture(text),
    transformation: { width: pixels(side), height: pixels(side) },
    altText: { name: 'QR', description: text },
  })
}

const MODULE_PIXELS = 8

/** The symbol as a PNG of one bit a pixel, with the quiet zone around. */
function qrPicture(text: string): Buffer {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const side = (modules.size + 8) * MODULE_PIXELS
  const rowBytes = Math.ceil(side / 8)
  const raw = new Uint8Array(side * (rowBytes + 1)).fill(0xff)
  for (let y = 0; y < side; y++) {
    raw[y * (rowBytes + 1)] = 0
    const row = Math.floor(y / MODULE_PIXELS) - 4
    for (let column = 0; column < modules.size; column++) {
      // A module is a byte wide: eight pixels of one bit.
      if (row >= 0 && row < modules.size && modules.get(row, column)) raw[y * (rowBytes + 1) + 1 + column + 4] = 0
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head[8] = 1
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', head),
    pngChunk('IDAT', zlibSync(raw, { level: 9 })),
    pngChunk('IEND', new Uint8Array()),
  ])
}

function pngChunk(kind: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(kind, 4, 'latin1')
  chunk.set(data, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}

/** Its own line is 2 points high, so that it never spills onto a page. */
export const pageBreak = (): Paragraph => new Paragraph({ children: [new PageBreak()], spacing: exactly(2) })
