import type { Item, ItemOf, Row } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import { gradesOf } from '../../../shared/scoring/answer.ts'
import { formatBp, formatMicro } from '../../../shared/scoring/numbers.ts'
import { whyAnswer, type ScoreRule, type WhyAnswer, type WhyRow } from '../../../shared/scoring/why-sheet.ts'
import { Fold } from '../../ui/fold.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { useAnswer, useJudgedSheet } from './judged-sheet.ts'

/** The open item's score, folded: rule, what goes into it, result. */
export function WhyItem({ item }: { item: Item }) {
  const t = useText('why')
  return (
    <Fold title={t('itemTitle')}>
      <ItemWhy item={item} />
    </Fold>
  )
}

/** The same for an item anywhere; it follows the record as it changes. */
export function ItemWhy({ item }: { item: Item }) {
  const t = useText('why')
  const store = useJudgedSheet()
  const answer = useAnswer(item.id)
  const rows = store.rows(item)
  const explained = whyAnswer(item, answer, rows, store.view.template)
  return (
    <div className="why">
      {explained.rule === null ? (
        <p>{t(`state_${explained.state}`, { reason: explained.reason || t('noReason') })}</p>
      ) : (
        <RuleLines item={item} rule={explained.rule} score={explained.score} rows={rows} explained={explained} />
      )}
      {explained.isBonus ? <p className="quiet">{t('bonusItem')}</p> : null}
    </div>
  )
}

type RuleProps = {
  item: Item
  rule: ScoreRule
  score: number | null
  rows: readonly Row[]
  explained: Pick<WhyAnswer, 'full' | 'reason'>
}

function RuleLines({ item, rule, score, rows, explained }: RuleProps) {
  const t = useText('why')
  const language = useLanguage()
  const { template } = useJudgedSheet().view
  const points = { full: formatMicro(explained.full ?? 0), score: score === null ? '—' : formatMicro(score) }
  const gradeName = (id: string) => {
    const grade = item.type === 'conformity' ? gradesOf(item, template).find((one) => one.id === id) : undefined
    return grade === undefined ? id : say(grade.label, language)
  }
  switch (rule.by) {
    case 'grade':
      return <p>{t('by_grade', { ...points, grade: gradeName(rule.grade), rate: formatBp(rule.bp) })}</p>
    case 'gradePoints':
      return <p>{t('by_gradePoints', { ...points, grade: gradeName(rule.grade) })}</p>
    case 'percent':
      return <p>{t('by_percent', { ...points, rate: formatBp(rule.percent * 100) })}</p>
    case 'points':
      return <p>{t('by_points', { ...points, step: formatMicro(rule.step) })}</p>
    case 'rate':
      return <p>{t('by_rate', { ...points, rate: formatBp(rule.bp) })}</p>
    case 'deductions':
      return item.type === 'deduction' ? <Deductions item={item} rule={rule} points={points} /> : null
    case 'rows':
      return <Rows rule={rule} rows={rows} points={points} reason={explained.reason} />
    case 'units':
      return <Units item={item} rule={rule} points={points} explained={explained} />
  }
}

type Points = { full: string; score: string }
type RuleBy<B extends ScoreRule['by']> = Extract<ScoreRule, { by: B }>

function Deductions({ item, rule, points }: { item: ItemOf<'deduction'>; rule: RuleBy<'deductions'>; points: Points }) {
  const t = useText('why')
  const language = useLanguage()
  const lost = formatMicro(rule.lost)
  return (
    <>
      {rule.found.length === 0 ? <p>{t('nothingDeducted')}</p> : null}
      {rule.found.map(({ id, each, count, lost: part }) => {
        const label = item.spec.list.find((one) => one.id === id)?.label
        const what = label === undefined ? id : say(label, language)
        return <p key={id}>{t('deducted', { what, count, each: formatMicro(each), lost: formatMicro(part) })}</p>
      })}
      <p>{t(rule.lost > item.full_cp * 10_000 ? 'by_deductionsFloor' : 'by_deductions', { ...points, lost })}</p>
    </>
  )
}

function Rows(props: { rule: RuleBy<'rows'>; rows: readonly Row[]; points: Points; reason: string }) {
  const { rule, rows, points, reason } = props
  const t = useText('why')
  const { computed_bp: computed, used_bp: used } = rule
  return (
    <>
      {rule.rows.map((one) => (
        <RowLine key={one.row} one={one} row={rows.find((row) => row.id === one.row)} />
      ))}
      {computed === null ? null : <p>{t('computed', { rate: formatBp(computed) })}</p>}
      {rule.isOverridden && computed !== null && used !== null ? (
        <p>
          {t('overridden', { computed: formatBp(computed), used: formatBp(used), reason: reason || t('noReason') })}
        </p>
      ) : null}
      <p>{computed === null || used === null ? t('by_rowsOpen') : t('by_rows', { ...points, rate: formatBp(used) })}</p>
    </>
  )
}

function RowLine({ one, row }: { one: WhyRow; row: Row | undefined }) {
  const t = useText('why')
  const ask = useText('checklist')
  const language = useLanguage()
  const name = row === undefined ? one.row : say(row.name, language)
  const { weight, measured, level, bp } = one
  if (measured === null || level === null || bp === null) return <p>{t('rowOpen', { name, weight })}</p>
  const op = measured.op === '=' ? '' : measured.op
  const told = { name, weight, op, v: measured.v, unit: row?.unit ?? '', level: ask(`level_${level}`) }
  return (
    <p>
      {t('row', { ...told, rate: formatBp(bp) })}
      {one.isWorseThanPromised ? <strong className="broken-promise">{ask('worseThanPromised')}</strong> : null}
    </p>
  )
}

function Units(props: { item: Item; rule: RuleBy<'units'>; points: Points; explained: RuleProps['explained'] }) {
  const { item, rule, points, explained } = props
  const t = useText('why')
  return (
    <>
      {rule.units.map((unit, n) => (
        <div key={unit.id} className="why-unit">
          <strong>{unit.name === '' ? String(n + 1) : unit.name}</strong>
          {unit.rule === null ? (
            <p>{t('unitOpen', { name: unit.name === '' ? String(n + 1) : unit.name })}</p>
          ) : (
            <RuleLines item={item} rule={unit.rule} score={unit.score} rows={[]} explained={explained} />
          )}
        </div>
      ))}
      <p>
        {points.score === '—'
          ? t('by_unitsOpen', { min: rule.min, max: rule.max })
          : t('by_units', { n: rule.units.length, score: points.score })}
      </p>
    </>
  )
}
