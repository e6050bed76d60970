import type { Answer, AnswerValue, Totals } from '../../shared/domain/sheet.ts'
import { indicatorRows } from '../../shared/domain/task.ts'
import type { Item, Row, Template, When } from '../../shared/domain/template.ts'
import type { TeamWork } from './scoring-arbitraries.ts'
import type { Visit } from './scoring-factories.ts'
import { Fraction, type NaiveItem } from './scoring-naive.ts'

const of = (n: number) => new Fraction(n)
const atLeast = (a: Fraction, b: Fraction) => a.n * b.d >= b.n * a.d
const minus = (a: Fraction, b: Fraction) => a.plus(b.times(of(-1)))
const absolute = (a: Fraction) => (a.n < 0n ? a.times(of(-1)) : a)

/** A decimal as people write it: digits, a point, digits. */
function decimal(text: string): Fraction {
  const [whole = '0', digits = ''] = text.split('.')
  return new Fraction(BigInt(whole + digits), 10n ** BigInt(digits.length))
}

type Measured = Answer['indicators'][number]['measured']

/** One row in bp, read off the rules sentence by sentence. */
function naiveRow(row: Row, { op, v }: Measured, { method, level_bp }: Template['indicator']): number {
  const value = decimal(v)
  if (row.direction === 'within') {
    const isIn = op === '=' && atLeast(value, decimal(row.low ?? '0')) && atLeast(decimal(row.high ?? '0'), value)
    return isIn ? level_bp.advanced : level_bp.below
  }
  const isHigher = row.direction === 'higher'
  // A bound on the wrong side proves nothing: the base is not reached.
  const isShown = op === '=' || op === (isHigher ? '>' : '<')
  const reaches = (limit: string | null) =>
    isShown && limit !== null && (isHigher ? atLeast(value, decimal(limit)) : atLeast(decimal(limit), value))
  if (method === 'level') {
    if (reaches(row.advanced)) return level_bp.advanced
    if (reaches(row.average)) return level_bp.average
    return reaches(row.base) ? level_bp.base : level_bp.below
  }
  if (!reaches(row.base)) return 0
  const base = decimal(row.base ?? '0')
  const share = absolute(minus(value, base)).over(absolute(minus(decimal(row.advanced ?? '0'), base)))
  return Math.min(10_000, 4000 + of(6000).times(share).halfUp())
}

/** An indicator's rate from its rows; null without rows or with one not measured. */
export function naiveRate(item: Item, answer: Answer, { template, task }: Visit): number | null {
  const rows = item.type === 'indicator' && item.repeat === null ? indicatorRows(task, item) : []
  if (rows.length === 0 || answer.state !== 'answered') return null
  let sum = of(0)
  let weights = 0
  for (const row of rows) {
    const measured = answer.indicators.find((m) => m.row === row.id)?.measured
    if (measured === undefined) return null
    sum = sum.plus(of(row.weight * naiveRow(row, measured, template.indicator)))
    weights += row.weight
  }
  return sum.over(of(weights)).halfUp()
}

/** What one value is worth in µp: points × 1 000 000 × share, as a fraction that comes out even. */
export function naiveWorth(item: Item, value: AnswerValue, template: Template): number | null {
  const full = of((item.full_cp ?? 0) * 10_000)
  switch (item.type) {
    case 'veto':
    case 'gate':
      return null
    case 'conformity': {
      const grades = template.gradeSets.find((g) => g.id === item.spec.gradeSet)?.grades ?? []
      const place = grades.findIndex((g) => g.id === value)
      const own = item.spec.points_cp?.[place]
      return own === undefined ? even(full.times(new Fraction(grades[place]?.bp ?? 0, 10_000))) : own * 10_000
    }
    case 'maturity':
      return even(full.times(new Fraction(Number(value), 100)))
    case 'points':
      return Number(value)
    case 'indicator':
      return even(full.times(new Fraction(Number(value), 10_000)))
    case 'deduction': {
      const given = Array.isArray(value) ? value : []
      const lost = given.map((d) => (item.spec.list.find((l) => l.id === d.id)?.points_cp ?? 0) * d.count)
      const left = (item.full_cp - lost.reduce((a, b) => a + b, 0)) * 10_000
      return left < 0 ? 0 : left
    }
  }
}

function even({ n, d }: Fraction): number {
  if (n % d !== 0n) throw new Error(`${n}/${d} is no whole number of micro-points`)
  return Number(n / d)
}

/** Unit scores and the score of one record. */
export function naiveScore(item: Item, answer: Answer, template: Template) {
  const units = answer.units.map((u) => naiveWorth(item, u.value, template) ?? 0)
  if (answer.state !== 'answered' || item.full_cp === null) return { units, score: null }
  if (item.repeat === null) return { units, score: naiveWorth(item, answer.value, template) }
  const sum = units.reduce((total, unit) => total.plus(of(unit)), of(0))
  return { units, score: sum.over(of(units.length)).halfUp() }
}

/** Sums over items with a state and a score, µp. `items` are those that count at all. */
export function naiveSums(
  items: readonly Item[],
  records: ReadonlyMap<string, NaiveRecord>,
  cap_cp: number | null,
): Totals {
  let [base, bonus, applicable, totalFull] = [0n, 0n, 0n, 0n]
  for (const item of items) {
    if (item.full_cp === null) continue
    const full = BigInt(item.full_cp) * 10_000n
    const score = records.get(item.id)?.score ?? null
    if (!item.bonus) totalFull += full
    if (score === null) continue
    if (item.bonus) bonus += BigInt(score)
    else {
      base += BigInt(score)
      applicable += full
    }
  }
  const cap = cap_cp === null ? bonus : BigInt(cap_cp) * 10_000n
  if (bonus > cap) bonus = cap
  const isNone = applicable === 0n
  return {
    base: Number(base),
    bonus: Number(bonus),
    got: Number(base + bonus),
    applicable: Number(applicable),
    totalFull: Number(totalFull),
    rate_bp: isNone ? null : new Fraction(base * 10_000n, applicable).halfUp(),
    converted: isNone ? null : new Fraction(base * totalFull, applicable).halfUp() + Number(bonus),
  }
}

type NaiveRecord = { state: string; score: number | null }

/** The merged sections; `naHeavy`: more than half of a section's points are na. */
export function naiveSections({ sections }: Template, items: readonly NaiveItem[]) {
  const records = new Map(items.map((i) => [i.item, { state: i.outcome, score: i.score }]))
  return sections.map((section) => {
    const { base, bonus, applicable, totalFull: full, rate_bp } = naiveSums(section.items, records, null)
    const na = section.items
      .filter((i) => !i.bonus && records.get(i.id)?.state === 'na')
      .reduce((sum, i) => sum + (i.full_cp ?? 0) * 10_000, 0)
    return { section: section.id, base, bonus, applicable, full, rate_bp, naHeavy: 2 * na > full }
  })
}

/** The first rule all of whose tests hold, every test spelt out over the merged items. */
export function naiveConclusion(
  { visit, nonconformities }: TeamWork,
  items: readonly (NaiveItem & { value: AnswerValue })[],
) {
  const { template } = visit
  const all = template.sections.flatMap((s) => s.items)
  const of_ = (item: Item) => items.find((i) => i.item === item.id)
  const scored = all.filter((i) => i.full_cp !== null && !i.bonus && typeof of_(i)?.score === 'number')
  const graded = scored.filter((i) => i.type === 'conformity')
  const rate = (list: Item[]) => {
    const base = list.reduce((sum, i) => sum + BigInt(of_(i)?.score ?? 0), 0n)
    const full = list.reduce((sum, i) => sum + BigInt(i.full_cp ?? 0) * 10_000n, 0n)
    return full === 0n ? null : new Fraction(base * 10_000n, full).halfUp()
  }
  const isBelowTop = (item: Item) => {
    if (item.type !== 'conformity') return false
    const best = template.gradeSets.find((g) => g.id === item.spec.gradeSet)?.grades[0]?.id ?? ''
    const now = of_(item)
    return item.repeat === null ? now?.value !== best : (now?.score ?? 0) < (naiveWorth(item, best, template) ?? 0)
  }
  const open = (kind: string) => nonconformities.filter((n) => n.kind === kind && n.state !== 'closed').length
  const any = (outcome: string) => items.some((i) => i.outcome === outcome)
  const reaches = (line: number, list: Item[]) => (rate(list) ?? -1) >= line
  const holds = (when: When): boolean => {
    if (when.anyVetoFail !== undefined && when.anyVetoFail !== any('fail')) return false
    if (when.anyVetoPending !== undefined && when.anyVetoPending !== any('pending')) return false
    if (when.anyGateNo !== undefined && when.anyGateNo !== any('no')) return false
    if (when.totalRateAtLeast_bp !== undefined && !reaches(when.totalRateAtLeast_bp, scored)) return false
    if (when.conformityRateAtLeast_bp !== undefined && !reaches(when.conformityRateAtLeast_bp, graded)) return false
    if (when.conformity !== undefined) {
      if (graded.filter((i) => of_(i)?.score === 0).length > when.conformity.zeroAtMost) return false
      if (graded.filter(isBelowTop).length > when.conformity.belowTopAtMost) return false
    }
    if (when.sectionRateAtLeast_bp !== undefined) {
      const line = when.sectionRateAtLeast_bp
      const own = template.sections
        .map((s) => scored.filter((i) => s.items.includes(i)))
        .filter((list) => list.length > 0)
      if (own.some((list) => !reaches(line, list))) return false
    }
    const limits = when.openNonconformities
    return limits === undefined || (open('major') <= limits.major && open('minor') <= limits.minor)
  }
  const rule = template.rules.findIndex((r) => holds(r.when))
  return rule < 0 ? { computed: null, rule: null } : { computed: template.rules[rule]?.then ?? null, rule }
}

/** Signed mean distance of an expert's scores from the merged ones, bp, halves away from zero. */
export function naiveHorizontal(
  items: readonly Item[],
  own: ReadonlyMap<string, number>,
  merged: readonly NaiveItem[],
) {
  let [difference, full] = [0n, 0n]
  for (const item of items) {
    const score = own.get(item.id)
    const now = merged.find((m) => m.item === item.id)?.score ?? null
    if (score === undefined || now === null) continue
    difference += BigInt(score) - BigInt(now)
    full += BigInt(item.full_cp ?? 0) * 10_000n
  }
  if (full === 0n) return null
  const size = new Fraction((difference < 0n ? -difference : difference) * 10_000n, full).halfUp()
  return difference < 0n && size > 0 ? -size : size
}
