import type { Catalogue, Phrase } from './catalogue.ts'
import type { FindingCode } from '../checklist/finding.ts'

/** What is wrong with a checklist in the making, and what to do. `detail` is the finding's message; points in points. */
export const findings = {
  required: { zh: '还没有填写', en: 'Fill this in' },
  text: { zh: '含有不能保存的字符，请重新输入', en: 'Has characters that cannot be stored; type it again' },
  tooLong: { zh: '内容太长，请精简', en: 'Too long; shorten it' },
  id: { zh: '内部编号不符合规则，请删除后重新添加', en: 'Its internal name breaks a rule; remove it and add it again' },
  day: { zh: '日期不对，请按 2026-01-31 填写', en: 'No such day; write it as 2026-01-31' },
  decimal: { zh: '请填写数字，例如 12.5', en: 'Enter a number such as 12.5' },
  hash: { zh: '上一版的校验码不完整', en: 'The check code of the previous edition is incomplete' },
  number: { zh: '请填写数字', en: 'Enter a number' },
  range: { zh: '数值超出允许范围', en: 'The number is out of range' },
  choice: { zh: '请从列表中选择（{{detail}}）', en: 'Choose from the list ({{detail}})' },
  empty: { zh: '至少要有一项', en: 'At least one is needed' },
  totalFull: {
    zh: '满分与条目合计不一致，条目合计 {{detail}} 分',
    en: 'The total does not match the items, which sum to {{detail}}',
  },
  duplicateId: {
    zh: '内部编号重复，请删除后重新添加',
    en: 'Its internal name is used twice; remove it and add it again',
  },
  duplicateCode: { zh: '编号 {{detail}} 重复，请改用别的编号', en: 'Code {{detail}} is used twice; choose another' },
  codesAlike: {
    zh: '编号只差大小写、全角半角或空格，看上去一样（{{detail}}），请改成明显不同的',
    en: 'Codes that differ only by case, width or spaces look the same ({{detail}}); make them clearly different',
  },
  tooLarge: { zh: '细则太大，请精简说明文字', en: 'The checklist is too large; shorten its texts' },
  noScored: { zh: '还没有计分条目', en: 'There are no scored items yet' },
  sectionEmpty: { zh: '这一章还没有条目', en: 'This section has no items yet' },
  englishMissing: {
    zh: '没有英文，英文报告中将显示中文',
    en: 'No English text; the English report will show the Chinese',
  },
  declarationMissing: {
    zh: '没有公正性声明，专家开始工作前将无可确认',
    en: 'No declaration: experts will have nothing to accept before they begin',
  },
  justifyIdle: {
    zh: '这一章没有计分条目，说明线不起作用',
    en: 'The section has no scored items, so its line has no effect',
  },
  bonusUncapped: { zh: '有加分条目但没有加分上限，请设置上限', en: 'There are bonus items but no cap; set one' },
  bonusCapIdle: { zh: '没有加分条目，加分上限不起作用', en: 'There are no bonus items, so the cap has no effect' },
  pointsMissing: { zh: '请填写满分，须大于 0', en: 'Enter full marks above 0' },
  bonusType: { zh: '否决、前置和扣分条目不能作为加分', en: 'Veto, gate and deduction items cannot be a bonus' },
  repeat: { zh: '抽样单元的最少数应不大于最多数', en: 'The least number of units is above the most' },
  unknownGradeSet: { zh: '请选择档次组', en: 'Choose a grade set' },
  gradePoints: {
    zh: '各档分值应逐档不增、不超过满分，并与档次数一致',
    en: 'One value per grade, none above the one before it or above full marks',
  },
  topPointsNotFull: { zh: '最高档的分值低于满分，无人能得满分', en: 'The top grade gives less than full marks' },
  step: {
    zh: '满分不是每档分值（{{detail}} 分）的整数倍',
    en: 'Full marks are not a multiple of the step ({{detail}})',
  },
  anchors: { zh: '评分说明应为五档，现在有 {{detail}} 档', en: 'Five descriptions are needed, {{detail}} given' },
  anchorsMissing: {
    zh: '没有五档评分说明，不同专家的尺度可能不一',
    en: 'No descriptions for the five levels; experts may judge by different yardsticks',
  },
  anchorBlank: { zh: '这一档还没有评分说明', en: 'This level has no description yet' },
  missingBands: {
    zh: '“{{detail}}”还没有分档说明，请先在整体设置中填写',
    en: '{{detail}} has no bands; fill them in first',
  },
  bandBlank: { zh: '这一段还没有说明文字', en: 'This band has no text yet' },
  bandGap: { zh: '分档没有覆盖到：{{detail}}%', en: 'The bands leave out {{detail}}%' },
  bandOverlap: { zh: '分档重叠：{{detail}}%', en: 'Bands overlap at {{detail}}%' },
  deductionsMissing: { zh: '还没有扣分情形', en: 'No deductions are listed yet' },
  deductionTooSmall: {
    zh: '全部扣完也扣不到 0 分，请确认',
    en: 'All deductions together do not reach full marks; check this',
  },
  rowsMissing: { zh: '还没有指标', en: 'No indicators are listed yet' },
  rowsFromTask: {
    zh: '指标由任务提供时，细则里不应再列指标',
    en: 'When the task supplies the indicators, none may be listed here',
  },
  rowThresholds: { zh: '比对界线没有填齐', en: 'Thresholds are missing' },
  rowOrder: { zh: '比对界线的大小顺序与方向不符', en: 'The thresholds are out of order for this direction' },
  guidanceMissing: { zh: '没有评定说明，建议写一两句看什么', en: 'No guidance; a line on what to look at helps' },
  methodsMissing: { zh: '没有选评价方法', en: 'No method is chosen' },
  proofMissing: {
    zh: '没有佐证要求：任何评分都不要求说明、照片、样本或佐证',
    en: 'Nothing must be shown: no judgement asks for a note, photos, samples or evidence',
  },
  manyPhotos: { zh: '要求 {{detail}} 张照片，请确认是否过多', en: '{{detail}} photos are demanded; is that too many?' },
  manySamples: {
    zh: '要求 {{detail}} 个样本，请确认是否过多',
    en: '{{detail}} samples are demanded; is that too many?',
  },
  demandIdle: {
    zh: '没有要求佐证，“每位专家都要有”不起作用',
    en: 'No evidence is demanded, so “from every expert” has no effect',
  },
  gradesFew: { zh: '至少要有两档', en: 'At least two grades are needed' },
  gradesNotDescending: { zh: '档次应从高到低排列', en: 'Grades must go from best to worst' },
  topGradeNotFull: {
    zh: '最高档不是 100%，无人能得满分',
    en: 'The top grade is below 100%, so nobody can get full marks',
  },
  unknownConclusion: { zh: '请选择一个结论', en: 'Choose a conclusion' },
  lastRuleIsElse: {
    zh: '只有最后一条可以、也必须没有条件（“否则”）',
    en: 'Only the last rule may be, and must be, without conditions (“otherwise”)',
  },
  caseUndecided: { zh: '有的情况没有任何一条规则给出结论', en: 'In some cases no rule gives a conclusion' },
  ruleWithoutVeto: {
    zh: '这条规则要看否决项，但细则里没有否决项，所以永远用不到；不影响签发，也可以去掉它',
    en: 'This rule asks for a veto item and the checklist has none, so it is never used; it may stay or go',
  },
  ruleWithoutGate: {
    zh: '这条规则要看前置条件，但细则里没有前置条件，所以永远用不到；不影响签发，也可以去掉它',
    en: 'This rule asks for a gate item and the checklist has none, so it is never used; it may stay or go',
  },
  ruleImpossible: { zh: '这条规则的条件不可能同时成立', en: 'The conditions of this rule can never hold together' },
  ruleShadowed: {
    zh: '这条规则永远轮不到：前面第 {{detail}} 条已经包括了它',
    en: 'This rule is never reached: rule {{detail}} before it takes all its cases',
  },
  conclusionUnreached: { zh: '没有一条规则会得出这个结论', en: 'No rule ever gives this conclusion' },
  scoreOnly: {
    zh: '没有结论规则：只给出分数，不给推荐意见',
    en: 'There are no rules: scores only, no recommendation',
  },
  vetoWithoutRule: {
    zh: '有否决项，但没有规则用到“否决项不符合”',
    en: 'There are veto items, but no rule asks for a failed one',
  },
  pendingWithoutRule: {
    zh: '有否决项，但没有规则用到“否决项待核实”',
    en: 'There are veto items, but no rule asks for one still to be verified',
  },
  gateWithoutRule: {
    zh: '有前置条件，但没有规则用到“前置条件不满足”',
    en: 'There are gate items, but no rule asks for one not met',
  },
  ownersNeeded: {
    zh: '这种方式要求任务里每个条目都有主评',
    en: 'This method needs an owner for every item in the task',
  },
  everybodyNeeded: {
    zh: '这种方式要求每位专家都评全部计分条目',
    en: 'This method needs every expert to judge every scored item',
  },
  weightMissing: { zh: '还没有为这个角色设权重：{{detail}}', en: 'No weight for this role: {{detail}}' },
  duplicateRole: { zh: '同一角色设了两次权重：{{detail}}', en: 'Two weights for one role: {{detail}}' },
} satisfies Catalogue & Record<FindingCode, Phrase>
