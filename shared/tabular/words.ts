import type { ItemType, MergeMethod, ProfileName, Template } from '../domain/template.ts'

type Words<K extends string> = Readonly<Record<K, string>>

/** The words a checklist's tables use for its own terms: Chinese whatever the language of the window, so that they read back. */
export const TYPE_WORDS = {
  veto: '否决项',
  gate: '前置条件',
  conformity: '符合性',
  maturity: '成熟度',
  points: '评分',
  indicator: '指标',
  deduction: '扣分',
} as const satisfies Words<ItemType>

export const CATEGORY_WORDS = {
  agriculture: '农业',
  industry: '工业',
  service: '服务业',
  region: '区域',
} as const satisfies Words<Template['category']>

export const METHOD_WORDS = {
  document: '查阅',
  observe: '观察',
  interview: '访谈',
  test: '检测',
  witness: '见证',
  open: '公开',
  covert: '暗访',
} as const

export const MERGE_WORDS = {
  consensus: '集体评议',
  owner: '主评复核',
  mean: '平均',
  median: '中位数',
  weighted: '加权平均',
  trimmedTotal: '去最高最低平均',
} as const satisfies Words<MergeMethod>

export const PROFILE_WORDS = {
  committee: '委员会版',
  archive: '归档版',
  enterprise: '企业反馈版',
} as const satisfies Words<ProfileName>

export const ROLE_WORDS = { lead: '组长', expert: '专家', observer: '观察员' } as const
export const OUTCOME_WORDS = { stop: '终止评价', supplementary: '补充评价' } as const
export const ROWS_FROM_WORDS = { template: '细则', task: '任务' } as const
export const ROW_KIND_WORDS = { basic: '基础', core: '核心', innovative: '创新' } as const
export const DIRECTION_WORDS = { higher: '越高越好', lower: '越低越好', within: '区间内' } as const
export const VERIFY_WORDS = { document: '书面验证', onsite: '现场验证' } as const
export const INDICATOR_WORDS = { level: '按水平', interpolate: '按插值' } as const
export const NAMES_WORDS = { names: '姓名', letters: '字母', none: '不显示' } as const
export const MODEL_WORDS = { ADLI: 'ADLI', LeTCI: 'LeTCI' } as const
export const YES_NO = { yes: '是', no: '否' } as const

/** The key of a word; null when no key has it. */
export function keyOf<K extends string>(words: Words<K>, word: string): K | null {
  const found = (Object.entries(words) as [K, string][]).find(([, w]) => w === word.trim())
  return found?.[0] ?? null
}
