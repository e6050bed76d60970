import { formatBp } from '../scoring/numbers.ts'
import type { TestResult } from '../scoring/conclusion.ts'
import type { WhyItem, WhyRule, WhySection } from '../scoring/why.ts'
import { team } from '../text/team.ts'
import { valueText } from '../text/value.ts'
import { pointsCell, rateCell } from './score-cells.ts'
import { listSheet, outcomeText, type TeamContext } from './team-context.ts'
import { cells, type Cell, type Worksheet } from './workbook.ts'

/** Why the total is what it is, one line a step: total, rules, sections, items, answers. */
export function whyRows(c: TeamContext): Worksheet {
  const { why } = c.outcome
  const { w, t } = c
  const rows: Cell[][] = [
    [
      ...cells([t('level_total'), '', w.mergeMethods[why.method]], 'total'),
      pointsCell(why.totals.totalFull, 'total'),
      ...cells([''], 'total'),
      pointsCell(why.totals.converted, 'total'),
      rateCell(why.totals.rate_bp, 'total'),
      ...cells([why.notes.map((n) => team[`note_${n}`][c.language]).join(w.stop), '', ''], 'total'),
    ],
    ...why.converted.map((e): Cell[] => [
      ...cells([t('level_answer'), '', c.name(e.personId), '', '']),
      pointsCell(e.converted),
      ...cells(['', e.dropped ? t('dropped') : '', '', '']),
    ]),
    ...why.conclusion.rules.map((rule) => ruleRow(c, rule)),
    ...why.sections.flatMap((section) => sectionRows(c, section)),
  ]
  const heads = [
    t('level'),
    t('code'),
    t('name'),
    w.full,
    w.result,
    w.got,
    t('percentOf', { what: w.rate }),
    t('howScored'),
    t('hint'),
    t('decision'),
  ]
  return listSheet(c, t('why'), heads, rows, [10, 9, 44, 10, 14, 12, 12, 34, 24, 44], 3)
}

function ruleRow(c: TeamContext, rule: WhyRule): Cell[] {
  const { template, outcome, t, language } = c
  const found = template.conclusions.find((x) => x.id === rule.conclusion)
  const label = found === undefined ? rule.conclusion : c.say(found.label)
  const isTaken = outcome.why.conclusion.rule === rule.rule
  const tests = rule.tests.map(
    (one) =>
      t('test', {
        what: team[`test_${one.test}`][language],
        need: valueOf(c, one, 'need'),
        have: valueOf(c, one, 'have'),
      }) + (one.holds ? ' ✓' : ' ✗'),
  )
  return cells(
    [t('level_rule'), rule.rule + 1, label, '', '', '', '', tests.join('\n'), isTaken ? t('taken') : '', ''],
    'group',
  )
}

/** Counts of a test in the order its sentence names them: a stored document sorts its keys. */
const COUNTS = ['zeroAtMost', 'zero', 'belowTopAtMost', 'belowTop', 'major', 'minor'] as const

/** What a test needs or met, as people write it: yes, per cent, counts. */
function valueOf({ w, t }: TeamContext, test: TestResult, which: 'need' | 'have'): string {
  const value = test[which]
  if (value === null) return w.dash
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'number') return `${formatBp(value)}%`
  return COUNTS.flatMap((name) => value[name] ?? []).join(' / ')
}

function sectionRows(c: TeamContext, s: WhySection): Cell[][] {
  const { w, t } = c
  const { code = '', title } = c.template.sections.find((x) => x.id === s.section) ?? {}
  const notes = [s.naHeavy ? w.sectionNaHeavy : '', s.justify ? t('mustJustify') : '']
  const head: Cell[] = [
    ...cells([t('level_section'), code, title === undefined ? '' : c.say(title)], 'group'),
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
  const { t } = c
  const { decision } = why
  const use = decision === null ? '' : t(`use_${decision.use}`)
  const flags = why.flags
    .map((f) => (f.blocking ? t('blocking', { flag: c.w.flags[f.flag] }) : c.w.flags[f.flag]))
    .join(c.w.joint)
  const head: Cell[] = [
    ...cells([t('level_item'), item.code, c.say(item.title)]),
    pointsCell(why.full),
    ...cells([outcomeText(c, item, why)]),
    pointsCell(why.score),
    ...cells([
      '',
      team[`rule_${why.rule}`][c.language],
      flags,
      decision === null ? '' : `${use}${c.w.colon}${decision.decision.reason}`,
    ]),
  ]
  const answers = why.answers.map((a): Cell[] => {
    const remarks = [
      a.isOwner ? t('owner') : '',
      a.weight === 1 ? '' : t('weight', { n: a.weight }),
      a.counts ? '' : t('notCounted'),
    ]
    return [
      ...cells([t('level_answer'), '', c.name(a.personId), '', valueText(item, a, c.template, c.language)], 'note'),
      pointsCell(a.score, 'note'),
      ...cells(['', remarks.filter((r) => r !== '').join(c.w.joint), '', ''], 'note'),
    ]
  })
  return [head, ...answers]
}
