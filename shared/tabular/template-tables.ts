import type { Item, ItemOf, Row, Section, Template, When } from '../domain/template.ts'
import { templateItems } from '../domain/template.ts'
import type { Column } from './table.ts'
import {
  DIRECTION_WORDS,
  METHOD_WORDS,
  MODEL_WORDS,
  NAMES_WORDS,
  OUTCOME_WORDS,
  ROWS_FROM_WORDS,
  ROW_KIND_WORDS,
  TYPE_WORDS,
  YES_NO,
} from './words.ts'

/** Names of the sheets of a checklist's workbook; reader and writer share them and the heads below. */
export const SHEETS = {
  info: '说明',
  items: '评价细则',
  grades: '等级',
  bands: '成熟度',
  indicators: '指标',
  deductions: '扣分',
  conclusions: '结论',
  rules: '规则',
  profiles: '报告版本',
  texts: '承诺与议程',
  layers: '叠加细则',
} as const

/** What the type column says of a section. */
export const SECTION_WORD = '章节'
export const ANCHOR_PERCENTS = [100, 80, 60, 40, 0] as const

/** Points from centi-points, per cent from basis points. */
export const hundredth = (value: number | null): number | null => (value === null ? null : value / 100)
const yes = (value: boolean): string => (value ? YES_NO.yes : '')
const list = (words: Readonly<Record<string, string>>): string[] => Object.values(words)
const FLAG = [YES_NO.yes, YES_NO.no]

/** A line of the item table: a section's heading or an item. */
export type Line = { section: Section; item: null } | { section: null; item: Item }

export const linesOf = (t: Template): Line[] =>
  t.sections.flatMap((section): Line[] => [
    { section, item: null },
    ...section.items.map((item): Line => ({ section: null, item })),
  ])

const own = (line: Line): Section | Item => line.section ?? line.item
/** A column only items of one type fill. */
const of =
  <T extends Item['type']>(type: T, value: (item: ItemOf<T>) => string | number | null) =>
  ({ item }: Line) =>
    item?.type === type ? value(item as ItemOf<T>) : null
const ofItem =
  (value: (item: Item) => string | number | null) =>
  ({ item }: Line) =>
    item === null ? null : value(item)

const anchor = (n: number, language: 'zh' | 'en') => of('points', (i) => i.spec.anchors[n]?.[language] ?? null)

/** `gradeSets`: the ids a person may pick. */
export const itemColumns = (gradeSets: readonly string[]): Column<Line>[] => [
  { head: '编号', width: 9, of: (l) => own(l).code },
  {
    head: '类型',
    width: 10,
    of: (l) => (l.item ? TYPE_WORDS[l.item.type] : SECTION_WORD),
    choices: [SECTION_WORD, ...list(TYPE_WORDS)],
  },
  { head: '名称', width: 46, of: (l) => own(l).title.zh },
  { head: '满分', width: 8, of: ofItem((i) => hundredth(i.full_cp)) },
  { head: '评价依据', width: 22, of: ofItem((i) => i.basis) },
  { head: '评价要点', width: 46, of: ofItem((i) => i.guidance.zh) },
  { head: '证据期望', width: 32, of: ofItem((i) => i.evidence.zh) },
  { head: '评价方法', width: 14, of: ofItem((i) => i.methods.map((m) => METHOD_WORDS[m]).join('、')) },
  { head: '关键项', width: 8, of: ofItem((i) => yes(i.starred)), choices: FLAG },
  { head: '可不适用', width: 9, of: ofItem((i) => yes(i.allowNA)), choices: FLAG },
  { head: '加分项', width: 8, of: ofItem((i) => yes(i.bonus)), choices: FLAG },
  { head: '不满足时', width: 11, of: of('gate', (i) => OUTCOME_WORDS[i.spec.outcome]), choices: list(OUTCOME_WORDS) },
  { head: '等级组', width: 12, of: of('conformity', (i) => i.spec.gradeSet), choices: gradeSets },
  {
    head: '各等级分值',
    width: 13,
    of: of('conformity', (i) => i.spec.points_cp?.map((p) => p / 100).join(' / ') ?? null),
  },
  { head: '成熟度模型', width: 11, of: of('maturity', (i) => i.spec.model), choices: list(MODEL_WORDS) },
  { head: '评分步长', width: 9, of: of('points', (i) => hundredth(i.spec.step_cp)) },
  { head: '分档说明', width: 9, of: of('points', (i) => (i.spec.anchors.length > 0 ? '有' : '')), choices: ['有'] },
  ...ANCHOR_PERCENTS.map((p, n) => ({ head: `${p}%档`, width: 26, of: anchor(n, 'zh') })),
  {
    head: '指标来源',
    width: 9,
    of: of('indicator', (i) => ROWS_FROM_WORDS[i.spec.rowsFrom]),
    choices: list(ROWS_FROM_WORDS),
  },
  { head: '重复对象', width: 12, of: ofItem((i) => i.repeat?.what.zh ?? null) },
  { head: '最少重复', width: 9, of: ofItem((i) => i.repeat?.min ?? null) },
  { head: '最多重复', width: 9, of: ofItem((i) => i.repeat?.max ?? null) },
  { head: '最少照片', width: 9, of: ofItem((i) => i.demand.minPhotos) },
  { head: '最少样本', width: 9, of: ofItem((i) => i.demand.minSamples) },
  { head: '须说明得分率（%）', width: 11, of: ofItem((i) => hundredth(i.demand.noteAtOrBelow_bp)) },
  { head: '满分须说明', width: 9, of: ofItem((i) => yes(i.demand.noteAtFull)), choices: FLAG },
  { head: '须佐证得分率（%）', width: 11, of: ofItem((i) => hundredth(i.demand.evidenceAtOrBelow_bp)) },
  { head: '满分须佐证', width: 9, of: ofItem((i) => yes(i.demand.evidenceAtFull)), choices: FLAG },
  { head: '每位专家佐证', width: 9, of: ofItem((i) => yes(i.demand.perExpert)), choices: FLAG },
  { head: '章节说明线（%）', width: 11, of: (l) => hundredth(l.section?.justifyBelow_bp ?? null) },
  { head: '名称（英文）', width: 40, of: (l) => own(l).title.en },
  { head: '评价要点（英文）', width: 40, of: ofItem((i) => i.guidance.en) },
  { head: '证据期望（英文）', width: 30, of: ofItem((i) => i.evidence.en) },
  ...ANCHOR_PERCENTS.map((p, n) => ({ head: `${p}%档（英文）`, width: 24, of: anchor(n, 'en') })),
  { head: '重复对象（英文）', width: 12, of: ofItem((i) => i.repeat?.what.en ?? null) },
  { head: '标识', width: 14, of: (l) => own(l).id },
]

type GradeSet = Template['gradeSets'][number]
export type GradeLine = { set: GradeSet; grade: GradeSet['grades'][number] }
export const gradeColumns: Column<GradeLine>[] = [
  { head: '等级组', width: 14, of: (l) => l.set.id },
  { head: '等级', width: 14, of: (l) => l.grade.label.zh },
  { head: '得分比例（%）', width: 12, of: (l) => hundredth(l.grade.bp) },
  { head: '判定说明', width: 60, of: (l) => l.grade.text.zh },
  { head: '等级（英文）', width: 18, of: (l) => l.grade.label.en },
  { head: '判定说明（英文）', width: 60, of: (l) => l.grade.text.en },
  { head: '标识', width: 14, of: (l) => l.grade.id },
]

export const bandColumns: Column<Template['bands'][number]>[] = [
  { head: '成熟度模型', width: 12, of: (b) => b.model, choices: list(MODEL_WORDS) },
  { head: '从（%）', width: 9, of: (b) => b.from },
  { head: '到（%）', width: 9, of: (b) => b.to },
  { head: '说明', width: 70, of: (b) => b.text.zh },
  { head: '说明（英文）', width: 70, of: (b) => b.text.en },
]

export type RowLine = { item: Item; row: Row }
export const rowLines = (t: Template): RowLine[] =>
  templateItems(t).flatMap((item) => (item.type === 'indicator' ? item.spec.rows.map((row) => ({ item, row })) : []))
/** Decimals are texts: 1.50 stays 1.50. */
export const THRESHOLDS = [
  ['base', '基准值'],
  ['average', '平均值'],
  ['advanced', '先进值'],
  ['low', '下限'],
  ['high', '上限'],
  ['promised', '承诺值'],
] as const satisfies (readonly [keyof Row, string])[]
export const rowColumns: Column<RowLine>[] = [
  { head: '条目编号', width: 10, of: (l) => l.item.code },
  { head: '指标名称', width: 30, of: (l) => l.row.name.zh },
  { head: '单位', width: 9, of: (l) => l.row.unit },
  { head: '类别', width: 8, of: (l) => ROW_KIND_WORDS[l.row.kind], choices: list(ROW_KIND_WORDS) },
  { head: '方向', width: 10, of: (l) => DIRECTION_WORDS[l.row.direction], choices: list(DIRECTION_WORDS) },
  { head: '权重', width: 8, of: (l) => l.row.weight },
  ...THRESHOLDS.map(([key, head]) => ({ head, width: 10, of: (l: RowLine) => l.row[key] })),
  { head: '来源', width: 24, of: (l) => l.row.source },
  { head: '指标名称（英文）', width: 30, of: (l) => l.row.name.en },
  { head: '标识', width: 14, of: (l) => l.row.id },
]

export type DeductionLine = { item: Item; entry: ItemOf<'deduction'>['spec']['list'][number] }
export const deductionLines = (t: Template): DeductionLine[] =>
  templateItems(t).flatMap((item) =>
    item.type === 'deduction' ? item.spec.list.map((entry) => ({ item, entry })) : [],
  )
export const deductionColumns: Column<DeductionLine>[] = [
  { head: '条目编号', width: 10, of: (l) => l.item.code },
  { head: '扣分情形', width: 50, of: (l) => l.entry.label.zh },
  { head: '每次扣分', width: 10, of: (l) => hundredth(l.entry.points_cp) },
  { head: '最多次数', width: 10, of: (l) => l.entry.maxCount },
  { head: '扣分情形（英文）', width: 50, of: (l) => l.entry.label.en },
  { head: '标识', width: 14, of: (l) => l.entry.id },
]

export const conclusionColumns: Column<Template['conclusions'][number]>[] = [
  { head: '结论', width: 30, of: (c) => c.label.zh },
  { head: '结论（英文）', width: 40, of: (c) => c.label.en },
  { head: '标识', width: 16, of: (c) => c.id },
]

/** How a rule names a conclusion: by its words where these are nobody else's, else by its id. */
export function conclusionName(conclusions: Template['conclusions'], id: string): string {
  const label = conclusions.find((c) => c.id === id)?.label.zh.trim() ?? ''
  const isPlain = label !== '' && !/[\n\t]/.test(label) && !conclusions.some((c) => c.id === label)
  const bearers = conclusions.filter((c) => c.label.zh.trim() === label)
  return isPlain && bearers.length === 1 ? label : id
}

const flag = (value: boolean | undefined): string | null =>
  value === undefined ? null : value ? YES_NO.yes : YES_NO.no
/** Tests of a rule that are yes or no, and those that are a rate. */
export const WHEN_FLAGS = [
  ['anyVetoFail', '有否决项不符合'],
  ['anyVetoPending', '有否决项待核实'],
  ['anyGateNo', '有前置条件不满足'],
] as const satisfies (readonly [keyof When, string])[]
export const WHEN_RATES = [
  ['totalRateAtLeast_bp', '总得分率不低于（%）'],
  ['conformityRateAtLeast_bp', '符合性得分率不低于（%）'],
  ['sectionRateAtLeast_bp', '每章得分率不低于（%）'],
] as const satisfies (readonly [keyof When, string])[]
export const ruleColumns = (conclusions: Template['conclusions']): Column<Template['rules'][number]>[] => [
  {
    head: '结论',
    width: 26,
    of: (r) => conclusionName(conclusions, r.then),
    choices: conclusions.map((c) => conclusionName(conclusions, c.id)),
  },
  ...WHEN_FLAGS.map(([key, head]) => ({
    head,
    width: 12,
    of: (r: Template['rules'][number]) => flag(r.when[key]),
    choices: FLAG,
  })),
  ...WHEN_RATES.map(([key, head]) => ({
    head,
    width: 14,
    of: (r: Template['rules'][number]) => hundredth(r.when[key] ?? null),
  })),
  { head: '符合性零分条目至多', width: 12, of: (r) => r.when.conformity?.zeroAtMost ?? null },
  { head: '符合性未达最高等级条目至多', width: 14, of: (r) => r.when.conformity?.belowTopAtMost ?? null },
  { head: '未关闭严重不符合至多', width: 13, of: (r) => r.when.openNonconformities?.major ?? null },
  { head: '未关闭一般不符合至多', width: 13, of: (r) => r.when.openNonconformities?.minor ?? null },
]

export type ProfileLine = { name: string; profile: Template['profiles']['committee'] }
export const profileColumns: Column<ProfileLine>[] = [
  { head: '报告版本', width: 14, of: (l) => l.name },
  { head: '得分', width: 9, of: (l) => yes(l.profile.scores), choices: FLAG },
  { head: '个人评分', width: 9, of: (l) => yes(l.profile.personalScores), choices: FLAG },
  { head: '专家称呼', width: 10, of: (l) => NAMES_WORDS[l.profile.names], choices: list(NAMES_WORDS) },
  { head: '评价结论', width: 9, of: (l) => yes(l.profile.conclusion), choices: FLAG },
  { head: '照片人脸', width: 9, of: (l) => yes(l.profile.faces), choices: FLAG },
  { head: '位置', width: 9, of: (l) => yes(l.profile.gps), choices: FLAG },
  { head: '章节序号', width: 40, of: (l) => l.profile.sections.join('、') },
]

export const TEXT_KINDS = {
  declarations: '承诺',
  openingAgenda: '首次会议议程',
  closingAgenda: '末次会议议程',
} as const
export type TextLine = { kind: keyof typeof TEXT_KINDS; text: Template['title'] }
export const textLines = (t: Template): TextLine[] =>
  (Object.keys(TEXT_KINDS) as TextLine['kind'][]).flatMap((kind) => t[kind].map((text) => ({ kind, text })))
export const textColumns: Column<TextLine>[] = [
  { head: '类别', width: 16, of: (l) => TEXT_KINDS[l.kind], choices: list(TEXT_KINDS) },
  { head: '内容', width: 70, of: (l) => l.text.zh },
  { head: '内容（英文）', width: 70, of: (l) => l.text.en },
]

export const layerColumns: Column<Template['layers'][number]>[] = [
  { head: '编号', width: 24, of: (l) => l.number },
  { head: '版次', width: 8, of: (l) => l.edition },
  { head: '校验码', width: 70, of: (l) => l.sha256 },
]
