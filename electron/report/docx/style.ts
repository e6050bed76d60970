import {
  AlignmentType,
  LevelFormat,
  LineRuleType,
  type IFontAttributesProperties,
  type IParagraphStyleOptions,
  type IRunPropertiesOptions,
  type IStylesOptions,
  type INumberingOptions,
} from 'docx'
import type { Color } from '../pdf/display.ts'
import { ACCENT_DARK, GRID, GROUP_FILL, HEAD_FILL, INK, MUTED } from '../pdf/display.ts'

/** Twentieths of a point. */
export const twips = (points: number): number => Math.round(points * 20)
/** Word counts drawings in pixels of 96 to the inch. */
export const pixels = (points: number): number => (points * 4) / 3

const hex = (color: Color): string =>
  color
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')
    .toUpperCase()
export const COLOR = {
  ink: hex(INK),
  muted: hex(MUTED),
  accent: hex(ACCENT_DARK),
  grid: hex(GRID),
  pale: hex(HEAD_FILL),
  group: hex(GROUP_FILL),
  paper: 'FFFFFF',
}

/** Fonts every Chinese office has, by the names Word knows them under. */
const SONG: IFontAttributesProperties = {
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  eastAsia: '宋体',
  cs: 'Times New Roman',
  hint: 'eastAsia',
}
const HEI: IFontAttributesProperties = {
  ascii: 'Arial',
  hAnsi: 'Arial',
  eastAsia: '黑体',
  cs: 'Arial',
  hint: 'eastAsia',
}
export const FACES = { song: SONG, hei: HEI }

/** 小二, 小三, 小四, 五号, 小五 … in points. */
export const SIZE = { title: 26, cover: 18, h1: 15, h2: 12, h3: 10.5, body: 10.5, small: 9, dense: 8.5, foot: 8 }

/** `size` in points. */
export const run = (size: number, more: IRunPropertiesOptions = {}): IRunPropertiesOptions => ({
  size: `${size}pt`,
  ...more,
})
/** Line height in points, whatever stands in the line. */
export const exactly = (points: number) => ({ line: twips(points), lineRule: LineRuleType.EXACT })

const HEADINGS = {
  1: { size: SIZE.h1, before: 18, after: 9 },
  2: { size: SIZE.h2, before: 12, after: 6 },
  3: { size: SIZE.h3, before: 9, after: 4 },
} as const

/** 黑体 is bold by itself; the Latin letters of other languages are not. */
const heading = (level: 1 | 2 | 3, bold: boolean) => ({
  run: run(HEADINGS[level].size, { font: HEI, bold, color: COLOR.ink }),
  paragraph: {
    keepNext: true,
    keepLines: true,
    outlineLevel: level - 1,
    spacing: { before: twips(HEADINGS[level].before), after: twips(HEADINGS[level].after) },
    ...(level === 1
      ? {
          border: { left: { style: 'single' as const, size: 24, space: 6, color: COLOR.accent } },
          indent: { left: 120 },
        }
      : {}),
  },
})

const style = (
  id: string,
  name: string,
  runOptions: IRunPropertiesOptions,
  paragraph: IParagraphStyleOptions['paragraph'],
): IParagraphStyleOptions => ({ id, name, basedOn: 'Normal', run: runOptions, paragraph: paragraph ?? {} })

/** Everything looks as it does because of a style, so that an office can change it in one place. */
export function styles(isChinese: boolean): IStylesOptions {
  const bold = !isChinese
  return {
    default: {
      document: {
        run: { ...run(SIZE.body, { font: SONG, color: COLOR.ink }), language: language(isChinese) },
        paragraph: { spacing: { after: 0 } },
      },
      heading1: heading(1, bold),
      heading2: heading(2, bold),
      heading3: heading(3, bold),
      caption: {
        run: run(SIZE.small + 0.5, { bold: true, font: SONG, italics: false, color: COLOR.ink }),
        paragraph: { keepNext: true, spacing: { before: 120, after: 60 } },
      },
    },
    paragraphStyles: [
      style('Text', '正文段落', run(SIZE.body), {
        alignment: AlignmentType.BOTH,
        spacing: { ...exactly(18), after: 120 },
        ...(isChinese ? { indent: { firstLine: twips(2 * SIZE.body) } } : {}),
      }),
      style('Label', '段落标签', run(SIZE.body, { bold: true, color: COLOR.accent }), {
        keepNext: true,
        spacing: exactly(17),
      }),
      style('Labelled', '标签下正文', run(SIZE.body), {
        spacing: { ...exactly(17), after: 140 },
        indent: { left: 240 },
      }),
      style('Item', '编号列项', run(SIZE.body), { spacing: { ...exactly(18), after: 40 } }),
      style('Note', '注', run(SIZE.small, { color: COLOR.muted }), { spacing: { ...exactly(14), after: 120 } }),
      style('Cell', '表格文字', run(SIZE.small), { spacing: exactly(14) }),
      style('Code', '校验码全文', run(7), { spacing: exactly(14) }),
      style('Dense', '密排表格文字', run(SIZE.dense), { spacing: exactly(13) }),
      style('CellHead', '表头', run(SIZE.small, { font: HEI, bold }), { spacing: exactly(14) }),
      style('Verdict', '结论', run(SIZE.h1, { font: HEI, bold }), { spacing: { before: 120, after: 120 } }),
      style('Space', '表后间隔', run(4), { spacing: exactly(9) }),
      style('TocTitle', '目录标题', run(SIZE.cover, { font: HEI, bold }), {
        alignment: AlignmentType.CENTER,
        spacing: { after: 240 },
      }),
      style('TOC1', 'toc 1', run(SIZE.body, { font: HEI, bold }), { spacing: { ...exactly(16), before: 60 } }),
      style('TOC2', 'toc 2', run(SIZE.body), { spacing: exactly(15), indent: { left: 360 } }),
      style('Foot', '页眉页脚', run(SIZE.foot, { color: COLOR.muted }), {}),
    ],
  }
}

const language = (isChinese: boolean) =>
  isChinese ? { value: 'zh-CN', eastAsia: 'zh-CN' } : { value: 'en-US', eastAsia: 'zh-CN' }

export const NUMBERED = 'items'
export const numbering: INumberingOptions = {
  config: [
    {
      reference: NUMBERED,
      levels: [
        {
          level: 0,
          format: LevelFormat.DECIMAL,
          text: '%1.',
          alignment: AlignmentType.LEFT,
          style: { paragraph: { indent: { left: 480, hanging: 400 } }, run: { color: COLOR.accent } },
        },
      ],
    },
  ],
}
