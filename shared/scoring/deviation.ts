import type { Deviation } from '../domain/result.ts'
import { isScored, type Item, type Template } from '../domain/template.ts'
import { fullMicro } from './answer.ts'
import { roundDiv, sroundDiv } from './numbers.ts'
import { spread, type ItemAnswer } from './propose.ts'

/** Experts agree on an item when their spread is at most this share of its full marks. */
const AGREEMENT_BP = 500

/** What an item's answers alone say: every counted answer, and the scores that count. */
type AnsweredItem = { item: Item; section: number; answers: readonly ItemAnswer[]; scores: readonly number[] }
/** One expert's score of one item, µp. `expert` and `section` are places. */
type Given = { expert: number; section: number; score: number; full: number }

/** What stays of the deviation whatever is decided. `given` per item, in the order of the items. */
export type DeviationBase = {
  template: Template
  experts: { personId: string; vertical: Deviation['experts'][number]['vertical'] }[]
  agreement: Deviation['agreement']
  given: Given[][]
}

/** `rates` = each counted expert's own rate_bp, sorted by personId: that is the order of `experts`. Bonus items are included. */
export function deviationBase(
  template: Template,
  items: readonly AnsweredItem[],
  rates: readonly { personId: string; rate_bp: number | null }[],
): DeviationBase {
  const places = new Map(rates.map((r, n) => [r.personId, n]))
  const ranges = rates.map(() => ({ low: Infinity, high: -Infinity }))
  const agreement = { agreed: 0, compared: 0 }
  const given = items.map(({ item, section, answers, scores }): Given[] => {
    if (!isScored(item)) return []
    if (scores.length >= 2) {
      agreement.compared += 1
      if (spread(scores) <= AGREEMENT_BP * item.full_cp) agreement.agreed += 1
    }
    return answers.flatMap(({ personId, state, score }) => {
      const expert = places.get(personId)
      const range = expert === undefined ? undefined : ranges[expert]
      if (expert === undefined || range === undefined || state !== 'answered' || score === null) return []
      const rate = roundDiv(score, item.full_cp)
      range.low = Math.min(range.low, rate)
      range.high = Math.max(range.high, rate)
      return [{ expert, section, score, full: fullMicro(item) }]
    })
  })
  const experts = rates.map(({ personId, rate_bp }, n) => {
    const { low, high } = ranges[n] ?? { low: 0, high: -1 }
    return { personId, vertical: { rate_bp, range_bp: low > high ? null : high - low } }
  })
  return { template, experts, agreement, given }
}

/** How far each expert is from the merge. `scores` = the merged score of every item in order, null where it has none. */
export function deviationOf(
  { template, experts, agreement, given }: DeviationBase,
  scores: readonly (number | null)[],
): Deviation {
  const tallies = experts.map(() => ({
    total: { difference: 0, full: 0 },
    sections: template.sections.map((): Sums => ({ difference: 0, full: 0 })),
  }))
  given.forEach((answers, n) => {
    const merged = scores[n] ?? null
    if (merged === null) return
    for (const { expert, section, score, full } of answers) {
      const own = tallies[expert]?.sections[section]
      if (own === undefined) continue
      own.difference += score - merged
      own.full += full
    }
  })
  for (const { total, sections } of tallies) {
    for (const { difference, full } of sections) {
      total.difference += difference
      total.full += full
    }
  }
  return {
    experts: experts.map(({ personId, vertical }, n) => ({
      personId,
      horizontal_bp: horizontal(tallies[n]?.total),
      sections: template.sections.map((section, index) => ({
        section: section.id,
        horizontal_bp: horizontal(tallies[n]?.sections[index]),
      })),
      vertical: { ...vertical },
    })),
    agreement: { ...agreement },
  }
}

type Sums = { difference: number; full: number }

function horizontal(sums: Sums | undefined): number | null {
  if (!sums || sums.full === 0) return null
  return sroundDiv(BigInt(sums.difference) * 10_000n, BigInt(sums.full))
}

/** A, B, … Z, AA, AB … per person, by personId: pass everybody who may score, so that a late sheet shifts no letter. */
export function lettersFor(people: readonly string[]): Map<string, string> {
  return new Map([...new Set(people)].toSorted().map((person, index) => [person, letter(index)]))
}

function letter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last
}
