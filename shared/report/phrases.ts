import type { ReportText } from '../domain/result.ts'
import type { Text } from '../domain/text.ts'

/** Which text a standard phrase is meant for. */
export const PHRASE_PARTS = ['facts', 'strengths', 'gaps', 'suggestions', 'sampling', 'carryOver'] as const
export type PhrasePart = (typeof PHRASE_PARTS)[number]

const phrase = (zh: string, en: string): Text => ({ zh, en })

const BLANK = '××'

/** Blanks of standard phrases nobody has filled in: how many, and in which sections (ids, as the text has them). */
export function blanksIn(text: ReportText): { count: number; sections: string[] } {
  const countIn = (part: unknown): number => JSON.stringify(part).split(BLANK).length - 1
  return { count: countIn(text), sections: text.sections.filter((s) => countIn(s) > 0).map((s) => s.section) }
}

/** Standard phrases 常用语; `××` stands for what only the writer knows. */
export const PHRASES: Record<PhrasePart, readonly Text[]> = {
  facts: [
    phrase(
      '查阅了××年××月至××月的××记录，共××份，记录完整、可追溯。',
      'Records of ×× from ×× to ×× (×× in all) were read; they are complete and traceable.',
    ),
    phrase(
      '现场抽取××批次××型号产品，核对铭牌、标签与说明书，与申报一致。',
      '×× batches of model ×× were drawn on site; nameplate, label and manual agree with the application.',
    ),
    phrase(
      '现场见证了××试验，方法符合××标准，结果为××。',
      'Test ×× was witnessed; the method follows standard ××; the result was ××.',
    ),
    phrase(
      '与××岗位人员面谈，对岗位要求和操作规程能够准确说明。',
      'Staff at ×× were interviewed and could explain requirements and procedures correctly.',
    ),
    phrase(
      '××设备校准证书有效期至××，现场状态标识清晰。',
      'The calibration certificate of ×× is valid until ××; the status label is legible.',
    ),
    phrase(
      '企业建立了××制度，现行版本为××，各部门使用版本一致。',
      'The enterprise has a procedure for ×× (edition ××), used in the same edition everywhere.',
    ),
  ],
  strengths: [
    phrase(
      '核心指标优于国家标准，并有第三方检验报告佐证。',
      'Core indicators exceed the national standard, as third-party reports confirm.',
    ),
    phrase(
      '关键过程实现在线监测，数据自动采集，异常自动报警。',
      'Key processes are monitored on line, with automatic data collection and alarms.',
    ),
    phrase(
      '质量目标层层分解，按月考核，改进措施闭环。',
      'Quality objectives are broken down and reviewed monthly, and improvements are followed through.',
    ),
    phrase(
      '可由成品追溯到原辅料批次和供应商，演练用时××分钟。',
      'A product can be traced back to batches and suppliers; the drill took ×× minutes.',
    ),
    phrase(
      '顾客满意度连续三年提升，投诉处理及时。',
      'Customer satisfaction has risen three years in a row and complaints are handled in time.',
    ),
  ],
  gaps: [
    phrase(
      '制度有规定，但执行记录不完整，××月缺××记录。',
      'The procedure exists but is not fully recorded: ×× is missing for ××.',
    ),
    phrase(
      '对供应商的现场审核频次偏低，未覆盖××类关键件。',
      'On-site audits of suppliers are rare and do not cover key parts of kind ××.',
    ),
    phrase(
      '数据统计停留在结果汇总，缺少趋势和对比分析。',
      'Figures are totalled but not analysed for trends or against others.',
    ),
    phrase('××检验项目未按文件规定的频次实施。', 'Inspection ×× is not made as often as the document requires.'),
    phrase('改进措施未验证有效性即关闭。', 'Corrective actions were closed without verifying that they work.'),
  ],
  suggestions: [
    phrase(
      '建议按年度计划对关键件供应商开展现场审核，并保存记录。',
      'Audit suppliers of key parts on site under a yearly plan and keep the records.',
    ),
    phrase(
      '建议补充趋势图和标杆对比，用数据支持改进决策。',
      'Add trend charts and benchmarks so that data support improvement.',
    ),
    phrase(
      '建议完善××作业指导书，并对相关人员再培训。',
      'Complete work instruction ×× and train the people concerned again.',
    ),
    phrase('建议把顾客反馈与设计改进关联，形成闭环。', 'Link customer feedback to design changes and close the loop.'),
    phrase(
      '建议定期开展追溯演练，记录用时和问题。',
      'Hold traceability drills regularly; record time taken and problems.',
    ),
  ],
  sampling: [
    phrase(
      '抽取近 12 个月生产批次××批、型号××个，覆盖主要申报产品。',
      '×× batches and ×× models of the last 12 months were drawn, covering the main products.',
    ),
    phrase(
      '因××未生产，未能抽样，结论不覆盖该产品。',
      '×× was not in production and could not be sampled; the conclusion does not cover it.',
    ),
    phrase(
      '样本由评价组在成品库随机抽取，企业未参与选择。',
      'The team drew the samples at random from the finished store; the enterprise took no part in the choice.',
    ),
  ],
  carryOver: [
    phrase('经现场核实，情况与申报一致，问题关闭。', 'Verified on site; it agrees with the application. Closed.'),
    phrase('企业已提供××佐证，经核对有效。', 'The enterprise provided ×× as evidence; it was checked and is valid.'),
    phrase(
      '现场未能核实，原因是××，请企业于××前补充材料。',
      'Could not be verified because ××; the enterprise is to provide material by ××.',
    ),
  ],
}
