type Pair = readonly [string, string]

/** What the visit that never was says. */
export type SpecimenWords = {
  people: readonly { name: string; unit: string; role: 'lead' | 'expert' | 'observer' }[]
  /** Day, from, to, what. */
  schedule: readonly (readonly [string, string, string, string])[]
  /** Name and unit. */
  indicators: readonly Pair[]
  /** Label and value. */
  profile: readonly Pair[]
  sites: readonly string[]
  questions: readonly string[]
  certificates: readonly string[]
  strengths: readonly string[]
  findings: readonly { requirement: string; evidence: string; where: string }[]
} & Record<
  | 'batch'
  | 'organiser'
  | 'enterprise'
  | 'address'
  | 'contact'
  | 'products'
  | 'boundary'
  | 'source'
  | 'declaration'
  | 'fact'
  | 'strength'
  | 'gap'
  | 'suggestion'
  | 'unit'
  | 'document'
  | 'post'
  | 'population'
  | 'drawn'
  | 'sampleResult'
  | 'confirmed'
  | 'verified'
  | 'sampling'
  | 'opinion',
  string
>

const zh: SpecimenWords = {
  people: [
    { name: '张组长', unit: '示例质量研究院', role: 'lead' },
    { name: '李专家', unit: '示例检验中心', role: 'expert' },
    { name: '王专家', unit: '示例大学', role: 'expert' },
    { name: '赵观察', unit: '示例主管部门', role: 'observer' },
  ],
  batch: '示例批次',
  organiser: '示例主办单位',
  enterprise: '示例企业有限公司',
  address: '示例市示例区示例路 1 号',
  contact: '陈经理',
  products: '示例产品（A 型、B 型）',
  sites: ['一号场所', '二号场所'],
  boundary: '覆盖申报范围内的全部环节。',
  schedule: [
    ['2026-03-18', '08:30', '09:00', '首次会议'],
    ['2026-03-18', '09:00', '17:00', '现场评价'],
    ['2026-03-19', '09:00', '15:00', '补充核查与组内评议'],
    ['2026-03-19', '15:30', '16:30', '末次会议'],
  ],
  indicators: [
    ['核心指标示例', '%'],
    ['创新性指标示例', '%'],
  ],
  questions: ['资质评价遗留问题示例：说明材料与现场是否一致。'],
  source: '资质评价',
  profile: [
    ['成立时间', '2008 年'],
    ['职工人数', '326 人'],
  ],
  certificates: ['质量管理体系认证证书'],
  declaration: '本人与被评价企业无利害关系，并对评价中知悉的信息保密。',
  fact: '查阅有关文件和记录，现场查看并与有关人员交谈；抽查记录完整，与实际一致。',
  strength: '方法系统、展开充分，结果保持良好趋势。',
  gap: '对标分析的频次和深度不足。',
  suggestion: '建议每年至少开展一次对标分析，并跟踪改进。',
  strengths: ['核心指标达到先进水平。', '过程控制规范，记录可追溯。', '顾客意见处理及时。'],
  unit: '抽样单位',
  document: '管理手册',
  post: '质量负责人',
  population: '近 12 个月 120 份记录',
  drawn: '随机抽取 5 份',
  sampleResult: '5 份均符合要求',
  findings: [
    {
      requirement: '测量设备应在校准有效期内使用。',
      evidence: '编号 SB-07 的设备校准标签显示有效期至 2026-02-28，现场仍在使用。',
      where: '一号场所',
    },
    { requirement: '标识应清晰、完整。', evidence: '二号场所部分区域标识褪色。', where: '二号场所' },
  ],
  confirmed: '企业代表现场确认',
  verified: '经现场核实，情况属实。',
  sampling: '按细则规定抽样。',
  opinion: '评价组认为该企业管理基础扎实；建议在完成整改并经验证后，提请主办单位审议。',
}

const en: SpecimenWords = {
  people: [
    { name: 'Alex Zhang', unit: 'Specimen Quality Institute', role: 'lead' },
    { name: 'Lee Li', unit: 'Specimen Test Centre', role: 'expert' },
    { name: 'Wei Wang', unit: 'Specimen University', role: 'expert' },
    { name: 'Ren Zhao', unit: 'Specimen Authority', role: 'observer' },
  ],
  batch: 'Specimen batch',
  organiser: 'Specimen organiser',
  enterprise: 'Specimen Enterprise Co., Ltd.',
  address: '1 Specimen Road, Specimen City',
  contact: 'Manager Chen',
  products: 'Specimen product (models A and B)',
  sites: ['Site one', 'Site two'],
  boundary: 'All that the application covers.',
  schedule: [
    ['2026-03-18', '08:30', '09:00', 'Opening meeting'],
    ['2026-03-18', '09:00', '17:00', 'Evaluation on site'],
    ['2026-03-19', '09:00', '15:00', 'Further checks, team meeting'],
    ['2026-03-19', '15:30', '16:30', 'Closing meeting'],
  ],
  indicators: [
    ['Specimen core indicator', '%'],
    ['Specimen innovative indicator', '%'],
  ],
  questions: ['A question left open: do the papers agree with what is found on site?'],
  source: 'Desk review',
  profile: [
    ['Founded', '2008'],
    ['Staff', '326'],
  ],
  certificates: ['Quality management certificate'],
  declaration: 'I have no interest in the enterprise and keep secret what I learn.',
  fact: 'Documents and records were seen, the site was visited, staff were asked; the records drawn are complete and agree with the facts.',
  strength: 'A systematic method, well deployed, with good trends.',
  gap: 'Comparison with others is rare and shallow.',
  suggestion: 'Compare with the best at least once a year and follow up.',
  strengths: [
    'Core indicators are advanced.',
    'Processes are controlled and traceable.',
    'Complaints are settled promptly.',
  ],
  unit: 'Sampled unit',
  document: 'Management manual',
  post: 'Head of quality',
  population: '120 records of 12 months',
  drawn: '5 drawn at random',
  sampleResult: 'All 5 meet the requirement',
  findings: [
    {
      requirement: 'Measuring equipment is used within its calibration period.',
      evidence: 'The label of device SB-07 was valid until 2026-02-28; it was in use.',
      where: 'Site one',
    },
    { requirement: 'Marks are clear and complete.', evidence: 'Some marks at site two have faded.', where: 'Site two' },
  ],
  confirmed: 'Confirmed by the enterprise on site',
  verified: 'Verified on site; found so.',
  sampling: 'Sampled as the checklist says.',
  opinion: 'The team finds sound management and proposes the case to the organiser after verified corrections.',
}

/** What a specimen says in one language. */
export const specimenWords = (language: 'zh' | 'en'): SpecimenWords => (language === 'zh' ? zh : en)
