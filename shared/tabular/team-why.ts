import { wordsOf } from '../report/words.ts'
import { formatBp } from '../scoring/numbers.ts'
import type { TestResult } from '../scoring/conclusion.ts'
import type { WhyItem, WhyRule, WhySection } from '../scoring/why.ts'
import { team } from '../text/team.ts'
import { valueText } from '../text/value.ts'
import { pointsCell, rateCell } from './score-cells.ts'
import { listSheet, outcomeText, type TeamContext } from './team-context.ts'
import { cells, type Cell, type Worksheet } from './workbook.ts'

const LEVELS = { total: '总分', rule: '结论规则', section: '章节', item: '条目', answer: '专家' } as const

/** Why the total is what it is, one line a step: total, rules, sections, items, answers. */
export function whyRows(c: TeamContext): Worksheet {
  const { why } = c.outcome
  const { w } = c
  const rows: Cell[][] = [
    [
      ...cells([LEVELS.total, '', w.mergeMethods[why.method]], 'total'),
      pointsCell(why.totals.totalFull, 'total'),
      ...cells([''], 'total'),
      pointsCell(why.totals.converted, 'total'),
      rateCell(why.totals.rate_bp, 'total'),
      ...cells([why.notes.map((n) => team[`note_${n}`].zh).join(w.stop), '', ''], 'total'),
    ],
    ...why.converted.map((e): Cell[] => [
      ...cells([LEVELS.answer, '', c.name(e.personId), '', '']),
      pointsCell(e.converted),
      ...cells(['', e.dropped ? '最高或最低，不计' : '', '', '']),
    ]),
    ...why.conclusion.rules.map((rule) => ruleRow(c, rule)),
    ...why.sections.flatMap((section) => sectionRows(c, section)),
  ]
  const heads = ['层级', '编号', '名称', w.full, w.result, w.got, `${w.rate}（%）`, '计分方式', '提示', '评议']
  return listSheet(c, '得分由来', heads, rows, [10, 9, 44, 10, 14, 12, 12, 34, 24, 44], 3)
}

function ruleRow({ template, outcome, w }: TeamContext, rule: WhyRule): Cell[] {
  const label = template.conclusions.find((x) => x.id === rule.conclusion)?.label.zh ?? rule.conclusion
  const isTaken = outcome.why.conclusion.rule === rule.rule
  const tests = rule.tests.map(
    (t) =>
      `${team[`test_${t.test}`].zh}${w.colon}${valueOf(t, 'need')}，实际 ${valueOf(t, 'have')}${t.holds ? ' ✓' : ' ✗'}`,
  )
  return cells(
    [LEVELS.rule, rule.rule + 1, label, '', '', '', '', tests.join('\n'), isTaken ? '采用' : '', ''],
    'group',
  )
}

/** Counts of a test in the order its sentence names them: a stored document sorts its keys. */
const COUNTS = ['zeroAtMost', 'zero', 'belowTopAtMost', 'belowTop', 'major', 'minor'] as const

/** What a test needs or met, as people write it: yes, per cent, counts. */
function valueOf(test: TestResult, which: 'need' | 'have'): string {
  const value = test[which]
  if (value === null) return wordsOf('zh').dash
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return `${formatBp(value)}%`
  return COUNTS.flatMap((name) => value[name] ?? []).join(' / ')
}

function sectionRows(c: TeamContext, s: WhySection): Cell[][] {
  const { w } = c
  const { code = '', title } = c.template.sections.find((x) => x.id === s.section) ?? {}
  const notes = [s.naHeavy ? w.sectionNaHeavy : '', s.justify ? '低于说明线，须说明' : '']
  const head: Cell[] = [
    ...cells([LEVELS.section, code, title?.zh ?? ''], 'group'),
    pointsCell(s.full, 'group'),
    ...cells([''], 'group'),
    pointsCell(s.base, 'group'),
    rateCell(s.rate_bp, 'group'),
    ...cells(['', notes.filter((n) => n !== '').join(w.stop), ''], 'group'),
  ]
  return [head, ...s.items.flatMap((item) => itemRows(c, item))]
}

function itemRows(c: TeamContext, why: WhyItem): Cell[][] {
  const item = c.items.get(why.item)
  if (item === undefined) return []
  const { decision } = why
  const use = decision === null ? '' : { applied: '已采用', stale: '已过期', unusable: '不能采用' }[decision.use]
  const flags = why.flags.map((f) => `${c.w.flags[f.flag]}${f.blocking ? '（须评议）' : ''}`).join(c.w.joint)
  const head: Cell[] = [
    ...cells([LEVELS.item, item.code, item.title.zh]),
    pointsCell(why.full),
    ...cells([outcomeText(c, item, why)]),
    pointsCell(why.score),
    ...cells([
      '',
      team[`rule_${why.rule}`].zh,
      flags,
      decision === null ? '' : `${use}${c.w.colon}${decision.decision.reason}`,
    ]),
  ]
  const answers = why.answers.map((a): Cell[] => {
    const remarks = [a.isOwner ? '主评' : '', a.weight === 1 ? '' : `权重 ${a.weight}`, a.counts ? '' : '不计入']
    return [
      ...cells([LEVELS.answer, '', c.name(a.personId), '', valueText(item, a, c.template, 'zh')], 'note'),
      pointsCell(a.score, 'note'),
      ...cells(['', remarks.filter((r) => r !== '').join(c.w.joint), '', ''], 'note'),
    ]
  })
  return [head, ...answers]
}
