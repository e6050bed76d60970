import type { Item, Row, Template } from '../domain/template.ts'
import { gradesOf } from '../scoring/answer.ts'
import { formatBp, formatMicro } from '../scoring/numbers.ts'
import type { ScoreRule, WhyAnswer } from '../scoring/why-sheet.ts'
import { wordsOf } from '../report/words.ts'
import { measuredText } from '../report/values.ts'

/** How a score came about, as a sum a person can follow; `rows` = the item's indicator rows; '' where there is no formula. */
export function scoreReason(item: Item, why: WhyAnswer, rows: readonly Row[], t: Template): string {
  if (why.rule === null || why.full === null) return ''
  const full = formatMicro(why.full)
  return why.rule.by === 'rows' ? rowsText(why.rule, rows, full) : ruleText(item, why.rule, full, t)
}

function ruleText(item: Item, rule: Exclude<ScoreRule, { by: 'rows' }>, full: string, t: Template): string {
  switch (rule.by) {
    case 'grade':
      return `${full} × ${gradeLabel(item, rule.grade, t)} ${formatBp(rule.bp)}%`
    case 'gradePoints':
      return `${gradeLabel(item, rule.grade, t)}：${formatMicro(rule.points)}`
    case 'percent':
      return `${full} × ${rule.percent}%`
    case 'points':
      return `直接评分，每 ${formatMicro(rule.step)} 分一档`
    case 'rate':
      return `${full} × ${formatBp(rule.bp)}%`
    case 'deductions':
      return rule.found.length === 0
        ? full
        : [full, ...rule.found.map((f) => `${deductionLabel(item, f.id)} ${formatMicro(f.each)} × ${f.count}`)].join(
            ' − ',
          )
    case 'units':
      return `${rule.units.map((u) => `${u.name} ${u.score === null ? '—' : formatMicro(u.score)}`).join('；')}；取平均`
  }
}

const gradeLabel = (item: Item, grade: string, t: Template): string =>
  item.type === 'conformity' ? (gradesOf(item, t).find((g) => g.id === grade)?.label.zh ?? grade) : grade

const deductionLabel = (item: Item, id: string): string =>
  item.type === 'deduction' ? (item.spec.list.find((d) => d.id === id)?.label.zh ?? id) : id

function rowsText(rule: Extract<ScoreRule, { by: 'rows' }>, of: readonly Row[], full: string): string {
  const w = wordsOf('zh')
  const names = new Map(of.map((r) => [r.id, r.name.zh]))
  const rows = rule.rows.map((r) => {
    const level = r.level === null ? w.dash : w.levels[r.level]
    const rate = r.bp === null ? '' : ` ${formatBp(r.bp)}%`
    return `${names.get(r.row) ?? r.row} ${r.measured === null ? w.dash : measuredText(r.measured)}（${level}${rate}，权重 ${r.weight}）`
  })
  const used = rule.used_bp === null ? '' : `${full} × ${formatBp(rule.used_bp)}%`
  return [...rows, used + (rule.isOverridden ? '（评分人改定）' : '')].filter((part) => part !== '').join('；')
}
