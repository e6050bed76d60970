import type { Template } from '../domain/template.ts'
import type { Text } from '../domain/text.ts'
import type { Column } from './table.ts'
import { hundredth } from './template-tables.ts'
import type { Cell } from './workbook.ts'
import { CATEGORY_WORDS, INDICATOR_WORDS, MERGE_WORDS, ROLE_WORDS, VERIFY_WORDS, YES_NO } from './words.ts'

/** First field of the first sheet: how our own workbooks are known again. The number is the layout's. */
export const FORMAT_FIELD = '文件格式'
const INTRODUCTION = [
  '请保留这一行：软件靠它认出本文件。可以改动、增删其余各表的行，导入后成为新的草稿。',
  '表名、表头和选项固定用中文，与界面语言无关：这样导回时一字不差。',
  'Keep this line. Sheet names, heads and choices are in Chinese whatever the language of the app, so that the file comes back exactly as it was.',
].join('\n')
export const FORMAT = '优品现场评价 · 评价细则 · 1'

/** One line of the first sheet; `group` heads the lines under it. */
export type InfoLine = { label: string; value: Cell['value']; english: string; hint: string; group: boolean }
export const infoColumns: Column<InfoLine>[] = [
  { head: '项目', width: 26, of: (l) => l.label },
  { head: '内容', width: 52, of: (l) => l.value },
  { head: '英文', width: 52, of: (l) => l.english },
  { head: '怎么填', width: 64, of: (l) => l.hint },
]

/** What does not fit a table: the checklist's own data and the parameters of scoring, merging and rectification. */
export function infoLines(t: Template): InfoLine[] {
  const group = (label: string): InfoLine => ({ label, value: null, english: '', hint: '', group: true })
  const line = (label: string, value: Cell['value'], hint = '', english = ''): InfoLine => ({
    label,
    value,
    english,
    hint,
    group: false,
  })
  const text = (label: string, value: Text, hint: string) => line(label, value.zh, hint, value.en)
  const words = (list: Readonly<Record<string, string>>) => `填：${Object.values(list).join('、')}`
  const { level_bp: level } = t.indicator
  const { divergence } = t.merge
  return [
    line(FORMAT_FIELD, FORMAT, INTRODUCTION),
    group('基本信息'),
    line('编号', t.number),
    line('版次', t.edition, '从 1 起的整数。'),
    line('品牌类别', CATEGORY_WORDS[t.category], words(CATEGORY_WORDS)),
    text('标题', t.title, ''),
    line('样例', t.sample ? YES_NO.yes : YES_NO.no, '“是”表示仅供演示。'),
    line('生效日期', t.effectiveDate, '如 2026-01-31，可空。'),
    line('上一版校验码', t.previous, '由软件填写，可空。'),
    line('总满分', hundredth(t.totalFull_cp), '导入时按各条目满分重新计算；不一致会提示。'),
    line('加分上限', hundredth(t.bonusCap_cp), '可空，空表示不设上限。'),
    group('指标计分'),
    line('指标计分方法', INDICATOR_WORDS[t.indicator.method], words(INDICATOR_WORDS)),
    line('先进水平得分比例（%）', hundredth(level.advanced)),
    line('平均水平得分比例（%）', hundredth(level.average)),
    line('基准水平得分比例（%）', hundredth(level.base)),
    line('未达基准得分比例（%）', hundredth(level.below)),
    group('合并'),
    line('合并方式', MERGE_WORDS[t.merge.method], words(MERGE_WORDS)),
    line('成熟度分差界限（百分点）', divergence.maturityPercent, '超过即提示分差较大。'),
    line('其他条目分差界限（满分的 %）', hundredth(divergence.bp), '与下一行同时满足才提示。'),
    line('最小分差（分）', hundredth(divergence.minSpread_cp)),
    line('单人评分提示线（分）', hundredth(t.merge.singleScorerFrom_cp), '满分达到此值的条目应由两人以上评分。'),
    line(
      '权重',
      t.merge.weights.map((w) => `${ROLE_WORDS[w.role]} ${w.weight}`).join('、'),
      '只用于加权平均，如：组长 3、专家 2。',
    ),
    group('不符合项整改'),
    line('严重不符合整改天数', t.nonconformity.major.days),
    line('严重不符合验证方式', VERIFY_WORDS[t.nonconformity.major.verify], words(VERIFY_WORDS)),
    line('一般不符合整改天数', t.nonconformity.minor.days),
    line('一般不符合验证方式', VERIFY_WORDS[t.nonconformity.minor.verify], words(VERIFY_WORDS)),
  ]
}
