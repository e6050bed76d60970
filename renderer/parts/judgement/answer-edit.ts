import type { Answer, AnswerValue } from '../../../shared/domain/sheet.ts'
import type { Item, ItemOf, Row, Template } from '../../../shared/domain/template.ts'
import { fullMicro, gradesOf, judgeAnswer, judgeValue } from '../../../shared/scoring/answer.ts'
import { MICRO_PER_CP } from '../../../shared/scoring/numbers.ts'

export type Edit = (answer: Answer) => Answer

export function blankAnswer(item: string, at: string): Answer {
  return {
    item,
    state: 'answered',
    value: null,
    score: null,
    reason: '',
    note: '',
    facts: '',
    pending: null,
    documents: [],
    people: [],
    units: [],
    samples: [],
    indicators: [],
    noEvidence: '',
    media: [],
    updatedAt: at,
  }
}

/** A record that says nothing at all: clearing it back to 未判定 loses nothing. */
export function saysNothing(a: Answer): boolean {
  const lists = [a.documents, a.people, a.units, a.samples, a.indicators, a.media]
  const texts = [a.reason, a.note, a.facts, a.noEvidence]
  return (
    a.state === 'answered' &&
    a.value === null &&
    a.pending === null &&
    lists.every((list) => list.length === 0) &&
    texts.every((text) => text === '')
  )
}

/** Gives the value; leaving N/A or abstention drops the reason that belonged to it. */
export const withValue =
  (value: AnswerValue): Edit =>
  (a) => ({
    ...a,
    state: 'answered',
    value,
    reason: a.state === 'answered' ? a.reason : '',
    pending: value === 'pending' ? (a.pending ?? { who: '', due: null }) : null,
  })

/** N/A or abstention: value, units and measured rows leave, notes and records stay. */
export const withState =
  (state: 'na' | 'abstain'): Edit =>
  (a) => ({
    ...a,
    state,
    value: null,
    score: null,
    reason: a.state === 'answered' ? '' : a.reason,
    pending: null,
    units: [],
    indicators: [],
  })

/** Puts a measured value in (null takes it out) and lets the rate follow the rows unless the person has overridden it. */
export const withMeasured =
  (
    item: ItemOf<'indicator'>,
    row: string,
    measured: Answer['indicators'][number]['measured'] | null,
    rows: readonly Row[],
    template: Template,
  ): Edit =>
  (a) => {
    const before = judgeAnswer(item, a, rows, template).computed_bp
    const isOverridden = a.value !== null && a.value !== before
    const byRow = new Map(a.indicators.map((entry) => [entry.row, entry.measured]))
    if (measured === null) byRow.delete(row)
    else byRow.set(row, measured)
    const indicators = rows.flatMap((r) => {
      const value = byRow.get(r.id)
      return value === undefined ? [] : [{ row: r.id, measured: value }]
    })
    const next: Answer = { ...a, state: 'answered', reason: a.state === 'answered' ? a.reason : '', indicators }
    const computed = judgeAnswer(item, next, rows, template).computed_bp
    return { ...next, value: isOverridden ? a.value : computed }
  }

/** The found deductions after setting one count; 0 takes it out. Order follows the template. */
export function countsWith(item: ItemOf<'deduction'>, value: AnswerValue, id: string, count: number): AnswerValue {
  const counts = new Map((Array.isArray(value) ? value : []).map((entry) => [entry.id, entry.count]))
  counts.set(id, count)
  return item.spec.list.flatMap((entry) => {
    const n = counts.get(entry.id) ?? 0
    return n > 0 ? [{ id: entry.id, count: n }] : []
  })
}

/** The same record with the score its value earns; what the main process will compute too. */
export function withScore(item: Item, answer: Answer, rows: readonly Row[], template: Template): Answer {
  const judged = judgeAnswer(item, answer, rows, template)
  const units = answer.units.map((unit, n) => ({ ...unit, score: judged.units[n] ?? null }))
  return { ...answer, score: judged.score, units }
}

const ANCHOR_PERCENT = [100, 80, 60, 40, 0]

/** Scores in µp the five anchors of an item stand for, best first; [] for an item without anchors. */
export function anchorPlaces(item: ItemOf<'points'>): number[] {
  if (item.spec.anchors.length === 0) return []
  const step = item.spec.step_cp * MICRO_PER_CP
  return ANCHOR_PERCENT.map((percent) => Math.round((fullMicro(item) * percent) / 100 / step) * step)
}

/** The value a band or anchor of the item stands for, in the order they are listed (and of the letters A, B, …). */
export function bandValues(item: Item, { bands }: Template): number[] {
  if (item.type === 'points') return anchorPlaces(item)
  if (item.type !== 'maturity') return []
  return bands
    .filter((band) => band.model === item.spec.model)
    .map((band) => Math.min(100, Math.round((band.from + band.to) / 10) * 5))
}

export type Unit = Answer['units'][number]

/** The unit a key judges: the one chosen, else the first without a value, else the last; null when there is none. */
export function unitInHand(units: readonly Unit[], chosen: string | null): Unit | null {
  return units.find((unit) => unit.id === chosen) ?? units.find((unit) => unit.value === null) ?? units.at(-1) ?? null
}

/** One more unit, named by nobody yet; none beyond the most that are allowed. */
export const withUnit =
  (max: number): Edit =>
  (a) => {
    const taken = new Set(a.units.map((unit) => unit.id))
    let n = a.units.length + 1
    while (taken.has(`u${n}`)) n += 1
    const unit: Unit = { id: `u${n}`, name: '', value: null, score: null, note: '' }
    return a.units.length >= max ? a : { ...a, state: 'answered', value: null, units: [...a.units, unit] }
  }

/** Changes one unit. */
export const withUnitPart =
  (id: string, part: Partial<Unit>): Edit =>
  (a) => ({ ...a, state: 'answered', value: null, units: a.units.map((u) => (u.id === id ? { ...u, ...part } : u)) })

/** The values of a short choice, in the order of the digit keys. */
export function choicesOf(item: Item, template: Template): string[] {
  if (item.type === 'veto') return ['pass', 'fail', 'pending']
  if (item.type === 'gate') return ['yes', 'no']
  return item.type === 'conformity' ? gradesOf(item, template).map((grade) => grade.id) : []
}

/** Step of a value that is typed or stepped: 5 % for maturity, the item's own step in µp for points. */
export function stepOf(item: Item): number | null {
  if (item.type === 'maturity') return 5
  return item.type === 'points' ? item.spec.step_cp * MICRO_PER_CP : null
}

export function maxOf(item: Item): number {
  if (item.type === 'maturity') return 100
  return (item.full_cp ?? 0) * MICRO_PER_CP
}

/** The typed digits as a value of the item (percent or points), or null when they are not a valid step. */
export function typedValue(item: Item, typed: string, template: Template): number | null {
  if (!/^\d{1,6}(\.\d{1,2})?$/.test(typed)) return null
  const [whole = '0', fraction = ''] = typed.split('.')
  const hundredths = Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
  const value = item.type === 'maturity' ? (fraction === '' ? Number(whole) : Number.NaN) : hundredths * MICRO_PER_CP
  return judgeValue(item, value, template).problems.length === 0 ? value : null
}

export function stepped(item: Item, value: AnswerValue, direction: 1 | -1): number | null {
  const step = stepOf(item)
  if (step === null) return null
  const from = typeof value === 'number' ? value : direction === 1 ? -step : maxOf(item) + step
  return Math.min(maxOf(item), Math.max(0, from + direction * step))
}

/** The step nearest to the typed digits, never beyond full marks; null where they are no number or the item has no steps. */
export function nearestStep(item: Item, typed: string): number | null {
  const step = stepOf(item)
  const number = Number.parseFloat(typed)
  if (step === null || Number.isNaN(number)) return null
  const value = item.type === 'maturity' ? number : Math.round(number * 100) * MICRO_PER_CP
  return Math.min(maxOf(item), Math.round(value / step) * step)
}
