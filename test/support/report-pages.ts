import type { Block, Language, ReportModel } from '../../shared/report/model.ts'
import { modelOf } from './report-model.ts'

type Both = { zh: string; en: string }
/** Content of every kind of page, in the order of the pages. Texts are fixed here, so that only the drawing is compared. */
export const PAGE_NAMES = [
  'cover',
  'summary',
  'contents',
  'text',
  'tables',
  'charts',
  'spread',
  'photos',
  'signatures',
  'integrity',
] as const

const HASH = '0123456789abcdef'.repeat(4)

/** One report with a page of every kind, showing these photos and one that is missing. */
export function pagesModel(language: Language, shown: readonly string[]): ReportModel {
  const say = (zh: string, en: string): string => ({ zh, en })[language]
  const say2 = (text: Both): string => text[language]
  const blocks = [
    cover(say),
    ...summary(say),
    { kind: 'pageBreak' as const },
    { kind: 'toc' as const, title: say('目录', 'Contents') },
    ...pages([
      running(say),
      tables(say),
      charts(say, say2),
      spread(say, say2),
      photos(say, shown),
      signatures(say),
      integrity(say),
    ]),
  ]
  const footer = say('第 {page} 页  共 {pages} 页', 'Page {page} of {pages}')
  return modelOf(blocks, {
    language,
    title: say('现场评价报告', 'On-site evaluation report'),
    contentSha256: HASH,
    checkCode: '0123-4567-89AB',
    header: {
      left: say('现场评价报告 · 某泵业有限公司', 'On-site evaluation report · A pump maker'),
      right: say('归档版', 'Archive copy'),
    },
    footer: {
      left: say('报告编号 T-2026-01', 'Report no. T-2026-01'),
      page: footer,
      right: say('校验码 0123-4567-89AB', 'Check code 0123-4567-89AB'),
    },
  })
}

type Say = (zh: string, en: string) => string
type Say2 = (text: Both) => string
const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
const pages = (groups: Block[][]): Block[] => groups.flatMap((blocks) => [{ kind: 'pageBreak' } as const, ...blocks])

const cover = (say: Say): Block => ({
  kind: 'cover',
  mark: say('样例 · 仅供演示', 'SAMPLE · for demonstration'),
  logo: null,
  organiser: say('某省品牌评定办公室', 'An office of brands'),
  title: say('现场评价报告', 'On-site evaluation report'),
  subtitle: say('归档版 · 第 1 版', 'Archive copy · edition 1'),
  enterprise: say('某泵业有限公司', 'A pump maker'),
  date: say('2026年11月25日', '2026-11-25'),
  facts: [
    { label: say('报告编号', 'Report no.'), value: 'T-2026-01' },
    {
      label: say('申报产品', 'Products'),
      value: say(
        '石油化工流程离心泵：CZX50-200、CZX80-250 与 CZX100-315 三个型号',
        'Centrifugal pumps CZX50-200, CZX80-250 and CZX100-315',
      ),
    },
  ],
})

const summary = (say: Say): Block[] => [
  heading(1, say('现场评价结果一览表', 'Results at a glance')),
  {
    kind: 'keyValue',
    columns: 2,
    rows: [
      { label: say('企业名称', 'Enterprise'), value: say('某泵业有限公司', 'A pump maker') },
      { label: say('评价类型', 'Visit'), value: say('首次评价', 'Initial') },
      {
        label: say('现场边界', 'Site boundary'),
        value: say(
          '覆盖设计、采购、机械加工、装配、检验试验、包装发货与售后；铸造与热处理为外协，按 6.5 核查其控制。',
          'Design, purchasing, machining, assembly, inspection, packing and service; casting and heat treatment are outsourced and judged by 6.5.',
        ),
      },
    ],
  },
  {
    kind: 'verdict',
    label: say('推荐意见', 'Recommendation'),
    text: say('整改验证后推荐', 'Recommended after verified corrections'),
  },
  {
    kind: 'labelled',
    label: say('主要优势', 'Main strengths'),
    text: say(
      '1. 核心指标优于国家标准。\n2. 出厂检验自主完成。',
      '1. Core indicators beat the national standard.\n2. Release tests are done in house.',
    ),
  },
]

const running = (say: Say): Block[] => [
  heading(1, say('一、文字', '1. Text')),
  heading(2, say('段落', 'Paragraphs')),
  {
    kind: 'paragraph',
    tone: 'body',
    text: say(
      '评价组抽查了“出厂检验记录”（近 12 个月），重点核对“耐压试验”的判定值（≤ 0.5 mA）与标准《离心泵技术条件》（GB/T 12241-2021）；发现3处涂改：（一）首检记录，（二）“巡检”记录。负责人说：“已整改。”',
      'The team’s sample of “release records” covers twelve months; the limit (≤ 0.5 mA) agrees with GB/T 12241-2021, and three entries had been altered.',
    ).repeat(2),
  },
  {
    kind: 'paragraph',
    tone: 'strong',
    text: say('重点：张𠮷、李𬭎提供原件。', 'Important: 张𠮷 brought the originals.'),
  },
  { kind: 'paragraph', tone: 'note', text: say('本结论不是评定决定。', 'This is not the award decision.') },
  heading(3, say('建议', 'Suggestions')),
  {
    kind: 'list',
    items: [
      say('提高对供应商的现场审核频次。', 'Audit suppliers more often.'),
      say('把投诉与设计变更关联起来。', 'Tie complaints to design changes.'),
    ],
  },
]

const tables = (say: Say): Block[] => [
  heading(1, say('二、表格', '2. Tables')),
  {
    kind: 'table',
    caption: say('各章得分', 'Scores by section'),
    dense: true,
    columns: [
      { title: say('条目', 'Item'), share: 8, align: 'center' },
      { title: say('评价内容', 'What is judged'), share: 60, align: 'left' },
      { title: say('得分', 'Score'), share: 12, align: 'right' },
    ],
    rows: [
      { kind: 'group', cells: [say('1 标准先进性', '1 Advancedness of the standard')] },
      ...Array.from({ length: 14 }, (_, n) => ({
        kind: 'row' as const,
        cells: [
          `1.${n + 1}`,
          say('执行标准核心指标与国家标准的比对', 'Core indicators against the national standard').repeat(1 + (n % 3)),
          `${n + 5}.00`,
        ],
      })),
      { kind: 'total', cells: [say('合计', 'Total'), '', '161.00'] },
    ],
  },
]

const SECTIONS: Both[] = [
  { zh: '1 标准先进性', en: '1 Standards' },
  { zh: '2 实物质量与一致性', en: '2 Product quality' },
  { zh: '3 领导与战略', en: '3 Leadership' },
  { zh: '4 资源保障', en: '4 Resources' },
  { zh: '5 研发设计与创新', en: '5 R&D, design, innovation' },
  { zh: '6 采购控制', en: '6 Purchasing' },
]

function charts(say: Say, say2: Say2): Block[] {
  const axes = SECTIONS.map((label, n) => ({ label: say2(label), value: `${95 - n * 9}.00%`, bp: 9500 - n * 900 }))
  const bars = axes.map((a, n) => ({
    ...a,
    value: `${90 - n * 5} / 100`,
    bp: 9000 - n * 500,
    fullBp: 10_000 - n * 400,
  }))
  return [
    heading(1, say('三、图', '3. Charts')),
    { kind: 'chart', caption: say('各章得分率', 'Rates'), alt: '', chart: { form: 'radar', axes } },
    {
      kind: 'chart',
      caption: say('各章得分', 'Scores'),
      alt: '',
      chart: { form: 'bars', bars, legend: [say('得分', 'score'), say('满分', 'full')] },
    },
  ]
}

function spread(say: Say, say2: Say2): Block[] {
  const rows = SECTIONS.map((label, n) => ({
    label: say2(label),
    value: `-${n}% … +${n * 2}%`,
    points: [-n * 100, n * 40, n * 200],
  }))
  return [
    heading(2, say('评分偏差', 'Deviation')),
    {
      kind: 'chart',
      caption: say('各章偏差', 'Deviation by section'),
      alt: '',
      chart: {
        form: 'spread',
        rows,
        reachBp: 2000,
        ends: ['-20%', say('合并结果', 'merge'), '+20%'],
        legend: [say('单个专家', 'one expert'), say('最低到最高', 'range')],
      },
    },
  ]
}

const photos = (say: Say, shown: readonly string[]): Block[] => [
  heading(1, say('四、照片', '4. Photos')),
  {
    kind: 'photoSheet',
    missing: say('本机没有这张照片', 'This photo is not on this machine'),
    photos: [...shown, 'c'.repeat(64)].map((sha256, n) => ({
      sha256,
      figure: say(`图${n + 1}`, `Fig. ${n + 1}`),
      caption: say('出厂检验台，耐压测试仪 NY-07', 'Test bench, tester NY-07'),
      lines: [say('条目 7.4', 'Item 7.4')],
    })),
  },
]

const signatures = (say: Say): Block[] => [
  heading(1, say('五、签字', '5. Signatures')),
  {
    kind: 'signature',
    note: say('以纸质签字盖章件为准。', 'The signed paper counts.'),
    areas: [
      {
        label: say('评价组组长', 'Team lead'),
        lines: [say('签字：', 'Signature:'), say('日期：', 'Date:')],
        seal: null,
      },
      {
        label: say('企业代表', 'Enterprise'),
        lines: [say('签字：', 'Signature:'), say('日期：', 'Date:')],
        seal: say('（企业盖章）', '(seal)'),
      },
    ],
  },
]

const integrity = (say: Say): Block[] => [
  heading(1, say('完整性说明', 'Integrity')),
  {
    kind: 'integrity',
    label: say('校验码', 'Check code'),
    checkCode: '0123-4567-89AB',
    qr: `T-2026-01 ${HASH}`,
    note: say(
      '校验码由结果的全部内容计算得出，任何改动都会得到不同的校验码。',
      'The check code is computed from the whole content of the result.',
    ),
    codes: [{ label: say('评价结果', 'Result'), code: HASH.toUpperCase().match(/.{8}/g)?.join(' ') ?? '' }],
  },
]
