import type { Catalogue } from './catalogue.ts'

/** The checklists on this machine: issued editions and drafts. */
export const templates = {
  category_agriculture: { zh: '农业', en: 'Agriculture' },
  category_industry: { zh: '工业', en: 'Industry' },
  category_service: { zh: '服务业', en: 'Service' },
  category_region: { zh: '区域', en: 'Regional' },

  templatesTitle: { zh: '评价细则', en: 'Templates' },
  templatesText: {
    zh: '细则签发后不再变动；任务冻结使用其中一版。',
    en: 'An issued template never changes; a task freezes one edition.',
  },
  templateEdition: { zh: '第 {{n}} 版', en: 'Edition {{n}}' },
  templateCounts: {
    zh: '{{scored}} 条计分 · {{veto}} 条否决 · {{gate}} 条前置 · 满分 {{full}} 分',
    en: 'Scored items: {{scored}} · vetoes: {{veto}} · gates: {{gate}} · points: {{full}}',
  },
  templateSearch: { zh: '查找条目', en: 'Find items' },
  templateNone: { zh: '没有符合的条目', en: 'No item matches' },
  itemBasis: { zh: '依据', en: 'Basis' },
  itemEvidence: { zh: '应查证据', en: 'Evidence' },
  itemGuidance: { zh: '评定说明', en: 'Guidance' },
  starred: { zh: '重点', en: 'Starred' },
  bonus: { zh: '加分', en: 'Bonus' },
  type_veto: { zh: '否决', en: 'Veto' },
  type_gate: { zh: '前置', en: 'Gate' },
  type_conformity: { zh: '符合性', en: 'Conformity' },
  type_maturity: { zh: '成熟度', en: 'Maturity' },
  type_points: { zh: '评分', en: 'Points' },
  type_indicator: { zh: '指标', en: 'Indicator' },
  type_deduction: { zh: '扣分', en: 'Deduction' },
} satisfies Catalogue
