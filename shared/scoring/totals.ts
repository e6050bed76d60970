import type { Totals } from '../domain/sheet.ts'
import { assignedItems, type Member } from '../domain/task.ts'
import { isScored, type Item, type Template } from '../domain/template.ts'
import { fullMicro } from './answer.ts'
import { MICRO_PER_CP, mulRoundDiv } from './numbers.ts'

/** What an item contributes: its state (merged: outcome) and its score in µp. */
export type Scored = { item: string; state: string; score: number | null }

/** Totals of one section, µp; `bonus` is uncapped (the cap acts at the total only). `rate_bp` null = nothing applicable. */
export type SectionTotals = {
  section: string
  base: number
  bonus: number
  applicable: number
  full: number
  rate_bp: number | null
  naHeavy: boolean
}

/** base ÷ applicable in bp, half up; null when nothing is applicable. */
export const rateOf = (base: number, applicable: number): number | null =>
  applicable === 0 ? null : mulRoundDiv(base, 10_000, applicable)

/** Sums per section over `items` (the assigned ones, or all for a merge); sections without such an item come with zeros. */
export function totalsBySection(
  template: Template,
  records: Iterable<Scored>,
  isCounted: (item: Item) => boolean,
): SectionTotals[] {
  const byItem = new Map<string, Scored>()
  for (const record of records) if (!byItem.has(record.item)) byItem.set(record.item, record)
  return template.sections.map((section) => {
    const t: SectionTotals = {
      section: section.id,
      base: 0,
      bonus: 0,
      applicable: 0,
      full: 0,
      rate_bp: null,
      naHeavy: false,
    }
    let na = 0
    for (const item of section.items) {
      if (!isScored(item) || !isCounted(item)) continue
      const record = byItem.get(item.id)
      const score = record?.score ?? null
      if (item.bonus) {
        t.bonus += score ?? 0
        continue
      }
      t.full += fullMicro(item)
      if (record?.state === 'na') na += fullMicro(item)
      if (score === null) continue
      t.base += score
      t.applicable += fullMicro(item)
    }
    t.rate_bp = rateOf(t.base, t.applicable)
    t.naHeavy = 2 * na > t.full
    return t
  })
}

/** Adds section sums up to the document's totals; the bonus cap acts here. `totalFull` keeps na and abstain in. */
export function addSections(sections: readonly SectionTotals[], template: Template): Totals {
  let base = 0
  let bonus = 0
  let applicable = 0
  let totalFull = 0
  for (const section of sections) {
    base += section.base
    bonus += section.bonus
    applicable += section.applicable
    totalFull += section.full
  }
  if (template.bonusCap_cp !== null) bonus = Math.min(bonus, template.bonusCap_cp * MICRO_PER_CP)
  const converted = applicable === 0 ? null : mulRoundDiv(base, totalFull, applicable) + bonus
  return { base, bonus, got: base + bonus, applicable, totalFull, rate_bp: rateOf(base, applicable), converted }
}

/** Section sums of one expert's answers over the items assigned to them. Scores are taken as stored. */
export function sectionTotals(template: Template, member: Member, answers: Iterable<Scored>): SectionTotals[] {
  const assigned = new Set(assignedItems(member, template).map((item) => item.id))
  return totalsBySection(template, answers, (item) => assigned.has(item.id))
}

/** `sheet.totals`: sums over the items assigned to the member. Scores are taken as stored (judge them first). */
export function sheetTotals(template: Template, member: Member, answers: Iterable<Scored>): Totals {
  return addSections(sectionTotals(template, member, answers), template)
}
