import type { Catalogue } from './catalogue.ts'

/** Why a number on one's own sheet is what it is. */
export const why = {
  title: { zh: '得分由来', en: 'Where the score comes from' },
  itemTitle: { zh: '本条得分由来', en: 'How this score comes about' },
  open: { zh: '查看得分由来', en: 'See where the score comes from' },
  hint: {
    zh: '由判定值按细则规则算出，与封存、报告用的是同一算法。点章节看每一条。',
    en: 'Worked out from your judgements by the checklist’s rules, the same that sealing and the report use. Open a section to see each item.',
  },
  score: { zh: '{{score}} 分', en: '{{score}} points' },
  noScore: { zh: '不计分', en: 'No score' },
  by_grade: {
    zh: '满分 {{full}} × {{grade}} {{rate}}% = {{score}}',
    en: 'Full marks {{full}} × {{grade}} {{rate}}% = {{score}}',
  },
  by_gradePoints: { zh: '{{grade}}：本条规定得 {{score}} 分', en: '{{grade}}: this item gives {{score}} points' },
  by_percent: { zh: '满分 {{full}} × {{rate}}% = {{score}}', en: 'Full marks {{full}} × {{rate}}% = {{score}}' },
  by_points: {
    zh: '直接给分 {{score}}（步长 {{step}}，满分 {{full}}）',
    en: '{{score}} given (steps of {{step}}, full marks {{full}})',
  },
  by_rate: { zh: '满分 {{full}} × {{rate}}% = {{score}}', en: 'Full marks {{full}} × {{rate}}% = {{score}}' },
  by_deductions: { zh: '满分 {{full}} − 扣 {{lost}} = {{score}}', en: 'Full marks {{full}} − {{lost}} = {{score}}' },
  by_deductionsFloor: {
    zh: '满分 {{full}} − 扣 {{lost}}，扣完为止 = {{score}}',
    en: 'Full marks {{full}} − {{lost}}, not below zero = {{score}}',
  },
  deducted: { zh: '{{what}}：{{each}} × {{count}} 次 = −{{lost}}', en: '{{what}}: {{each}} × {{count}} = −{{lost}}' },
  nothingDeducted: { zh: '未发现扣分情形', en: 'Nothing to deduct' },
  by_rows: { zh: '满分 {{full}} × {{rate}}% = {{score}}', en: 'Full marks {{full}} × {{rate}}% = {{score}}' },
  by_rowsOpen: { zh: '还有指标未测，暂不计分', en: 'Not all rows are measured; no score yet' },
  computed: { zh: '各行按权重平均 {{rate}}%', en: 'Rows average {{rate}}% by weight' },
  overridden: {
    zh: '计算得 {{computed}}%，采用 {{used}}%。理由：{{reason}}',
    en: 'Computed {{computed}}%, used {{used}}%. Reason: {{reason}}',
  },
  row: {
    zh: '{{name}}：实测 {{op}}{{v}} {{unit}} → {{level}} {{rate}}%，权重 {{weight}}',
    en: '{{name}}: measured {{op}}{{v}} {{unit}} → {{level}} {{rate}}%, weight {{weight}}',
  },
  rowOpen: { zh: '{{name}}：未测，权重 {{weight}}', en: '{{name}}: not measured, weight {{weight}}' },
  by_units: { zh: '{{n}} 个抽样单元得分的平均 = {{score}}', en: 'Mean of {{n}} sampled units = {{score}}' },
  by_unitsOpen: {
    zh: '抽样单元应为 {{min}}–{{max}} 个且全部打分，暂不计分',
    en: '{{min}}–{{max}} units, all scored, are needed; no score yet',
  },
  unitOpen: { zh: '{{name}}：未打分', en: '{{name}}: not scored' },
  state_unanswered: { zh: '未判定，不计入', en: 'Not judged; counts in nothing' },
  state_na: { zh: '不适用，不计入分母。理由：{{reason}}', en: 'N/A; leaves the denominator. Reason: {{reason}}' },
  state_abstain: { zh: '回避，不计入。理由：{{reason}}', en: 'Recused; counts in nothing. Reason: {{reason}}' },
  state_answered: { zh: '只作判定，不计分', en: 'Judged; carries no points' },
  noReason: { zh: '（尚未填写）', en: '(not given yet)' },
  bonusItem: { zh: '加分项，不进分母', en: 'Bonus: stays out of the denominator' },

  total_base: { zh: '基本得分（不含加分）', en: 'Points without bonus' },
  total_applicable: { zh: '适用满分', en: 'Applicable full marks' },
  total_rate: { zh: '得分率', en: 'Rate' },
  total_rateRule: { zh: '{{base}} ÷ {{applicable}} = {{rate}}%', en: '{{base}} ÷ {{applicable}} = {{rate}}%' },
  total_bonus: { zh: '加分', en: 'Bonus' },
  total_bonusRule: {
    zh: '得 {{earned}}，上限 {{cap}}，计入 {{counted}}',
    en: '{{earned}} earned, at most {{cap}}, {{counted}} counted',
  },
  total_bonusFree: { zh: '得 {{earned}}，无上限', en: '{{earned}} earned, no limit' },
  total_converted: { zh: '折算总分', en: 'Converted total' },
  total_convertedRule: {
    zh: '{{base}} × {{totalFull}} ÷ {{applicable}} + 加分 {{bonus}} = {{converted}}',
    en: '{{base}} × {{totalFull}} ÷ {{applicable}} + bonus {{bonus}} = {{converted}}',
  },
  total_left: { zh: '不计入的满分', en: 'Full marks left out' },
  total_leftRule: {
    zh: '不适用 {{na}}，回避 {{abstain}}，未判定 {{unanswered}}',
    en: 'N/A {{na}}, recused {{abstain}}, not judged {{unanswered}}',
  },
  notYet: { zh: '还没有可计分的条目', en: 'Nothing scored yet' },
  section: { zh: '{{base}} ÷ {{applicable}} = {{rate}}', en: '{{base}} ÷ {{applicable}} = {{rate}}' },
  sectionBonus: { zh: '另加分 {{bonus}}', en: 'plus bonus {{bonus}}' },
  sectionOthers: { zh: '另有 {{n}} 条由他人评', en: '{{n}} more are judged by others' },
  naHeavy: { zh: '本章一半以上分值不适用', en: 'More than half of its points are N/A' },
} satisfies Catalogue
