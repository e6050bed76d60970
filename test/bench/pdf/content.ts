import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Block, ReportModel } from '../../../shared/report/model.ts'
import { randomFrom } from '../../support/random.ts'
import { modelOf } from '../../support/report-model.ts'

export const SIZES = {
  S: { items: 60, photos: 20 },
  M: { items: 300, photos: 0 },
  L: { items: 300, photos: 100 },
  XL: { items: 300, photos: 200 },
} as const
export type Size = keyof typeof SIZES
export const SIZE_NAMES: readonly Size[] = ['S', 'M', 'L', 'XL']

const SECTIONS = 10
const RARE = ['䶮', '𬭎', '㑇']
const PIECES = [
  '，',
  '，',
  '、',
  '；',
  '“',
  '”',
  '（',
  '）',
  '《',
  '》',
  '12.5 mm',
  '≤ 0.5 mA',
  'GB/T 19580-2012',
  '2026年',
  '85%',
]
/** About as many different Han as a real report of this length has, the commonest of the standard table. */
const HAN = [
  ...readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'standard-han.txt'), 'utf8').replaceAll('\n', ''),
].slice(0, 1310)

/** A report of a size; another seed gives other text of the same length. Photos are named by their hashes. */
export function benchModel(size: Size, seed: number, photos: readonly string[]): ReportModel {
  const random = randomFrom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const text = (length: number): string =>
    `${Array.from({ length }, (_, n) => (n % 9 === 8 ? pick(PIECES) : random() < 0.002 ? pick(RARE) : pick(HAN))).join('')}。`
  const { items, photos: photoCount } = SIZES[size]
  const rates = Array.from({ length: SECTIONS }, (_, n) => ({
    label: `${n + 1} 第${n + 1}章`,
    value: `${60 + n * 3}.00%`,
    bp: 6000 + n * 300,
  }))
  const blocks: Block[] = [
    {
      kind: 'cover',
      logo: null,
      mark: '样例',
      organiser: '某办公室',
      title: '现场评价报告',
      subtitle: '归档版',
      enterprise: `某企业${seed}`,
      date: '2026年11月25日',
      facts: [{ label: '报告编号', value: `B-${seed}` }],
    },
    { kind: 'pageBreak' },
    { kind: 'toc', title: '目录' },
    { kind: 'heading', level: 1, text: '评价结论' },
    { kind: 'paragraph', tone: 'body', text: text(300) },
    {
      kind: 'chart',
      caption: '各章得分率',
      alt: '各章得分率',
      chart: { form: 'bars', bars: rates.map((r) => ({ ...r, fullBp: 10_000 })), legend: ['得分', '满分'] },
    },
  ]
  for (let s = 0; s < SECTIONS; s++) {
    const own = Array.from({ length: items / SECTIONS }, (_, n) => [
      `${s + 1}.${n + 1}`,
      text(62),
      pick(['符合', '基本符合', '70%']),
      '20.00',
      '15.50',
      text(90),
    ])
    blocks.push(
      { kind: 'pageBreak' },
      { kind: 'heading', level: 1, text: `${s + 1} 第${s + 1}章评价` },
      { kind: 'paragraph', tone: 'body', text: text(240) },
      {
        kind: 'table',
        caption: '',
        dense: true,
        columns: (['条目', '要求', '结果', '满分', '得分', '说明'] as const).map((title, n) => ({
          title,
          share: [8, 34, 10, 9, 9, 40][n] ?? 1,
          align: n === 1 || n === 5 ? 'left' : 'center',
        })),
        rows: own.map((cells) => ({ kind: 'row', cells })),
      },
    )
  }
  const shown = photos
    .slice(0, photoCount)
    .map((sha256, n) => ({ sha256, figure: `图${n + 1}`, caption: text(20), lines: [`条目 ${(n % SECTIONS) + 1}.1`] }))
  if (shown.length > 0)
    blocks.push(
      { kind: 'pageBreak' },
      { kind: 'heading', level: 1, text: '现场照片' },
      { kind: 'photoSheet', photos: shown, missing: '缺' },
    )
  blocks.push(
    { kind: 'heading', level: 1, text: '签字' },
    { kind: 'signature', note: '以纸质件为准。', areas: [{ label: '组长', lines: ['签字：', '日期：'], seal: null }] },
  )
  return modelOf(blocks, { title: `现场评价报告${seed}` })
}

/** The long cells of a report: what a reader must get out again, whole. */
export const requirementsOf = (model: ReportModel): string[] =>
  model.blocks.flatMap((b) => (b.kind === 'table' ? b.rows.map((r) => r.cells[1] ?? '') : []))
