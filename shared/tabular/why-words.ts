import type { Item, Row, Template } from '../domain/template.ts'
import { gradesOf } from '../scoring/answer.ts'
import { formatBp, formatMicro } from '../scoring/numbers.ts'
import type { ScoreRule, WhyAnswer } from '../scoring/why-sheet.ts'
import { measuredText } from '../report/values.ts'
import type { Tongue } from './language.ts'

type Reader = Tongue & { template: Template }

/** How a score came about, as a sum a person can follow; `rows` = the item's indicator rows; '' where there is no formula. */
export function scoreReason(c: Reader, item: Item, why: WhyAnswer, rows: readonly Row[]): string {
  if (why.rule === null || why.full === null) return ''
  const full = formatMicro(why.full)
  return why.rule.by === 'rows' ? rowsText(c, why.rule, rows, full) : ruleText(c, item, why.rule, full)
}

function ruleText(c: Reader, item: Item, rule: Exclude<ScoreRule, { by: 'rows' }>, full: string): string {
  const { w, t } = c
  switch (rule.by) {
    case 'grade':
      return `${full} × ${gradeLabel(c, item, rule.grade)} ${formatBp(rule.bp)}%`
    case 'gradePoints':
      return `${gradeLabel(c, item, rule.grade)}${w.colon}${formatMicro(rule.points)}`
    case 'percent':
      return `${full} × ${rule.percent}%`
    case 'points':
      return t('stepPoints', { step: formatMicro(rule.step) })
    case 'rate':
      return `${full} × ${formatBp(rule.bp)}%`
    case 'deductions':
      return rule.found.length === 0
        ? full
        : [full, ...rule.found.map((f) => `${deductionLabel(c, item, f.id)} ${formatMicro(f.each)} × ${f.count}`)].join(
            ' − ',
          )
    case 'units':
      return t('meanOf', {
        units: rule.units.map((u) => `${u.name} ${u.score === null ? w.dash : formatMicro(u.score)}`).join(w.stop),
      })
  }
}

function gradeLabel({ template, say }: Reader, item: Item, grade: string): string {
  const found = item.type === 'conformity' ? gradesOf(item, template).find((g) => g.id === grade) : undefined
  return found === undefined ? grade : say(found.label)
}

function deductionLabel({ say }: Reader, item: Item, id: string): string {
  const found = item.type === 'deduction' ? item.spec.list.find((d) => d.id === id) : undefined
  return found === undefined ? id : say(found.label)
}

function rowsText(
  { w, t, say }: Reader,
  rule: Extract<ScoreRule, { by: 'rows' }>,
  of: readonly Row[],
  full: string,
): string {
  const names = new Map(of.map((r) => [r.id, say(r.name)]))
  const rows = rule.rows.map((r) => {
    const level = r.level === null ? w.dash : w.levels[r.level]
    const rate = r.bp === null ? '' : ` ${formatBp(r.bp)}%`
    return t('rowResult', {
      name: names.get(r.row) ?? r.row,
      measured: r.measured === null ? w.dash : measuredText(r.measured),
      level: `${level}${rate}`,
      weight: r.weight,
    })
  })
  const used = rule.used_bp === null ? '' : `${full} × ${formatBp(rule.used_bp)}%`
  return [...rows, used + (rule.isOverridden ? t('overridden') : '')].filter((part) => part !== '').join(w.stop)
}
