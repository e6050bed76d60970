import type { Deviation } from '../domain/result.ts'
import { isScored, type Template } from '../domain/template.ts'
import { fullMicro } from './answer.ts'
import { roundDiv, sroundDiv } from './numbers.ts'
import { spread, type ItemAnswer } from './propose.ts'

/** Experts agree on an item when their spread is at most this share of its full marks. */
const AGREEMENT_BP = 500

/** What the deviation of one item needs: every counted answer, the scores that count, the merged score (null = none). */
export type DeviationItem = { answers: readonly ItemAnswer[]; scores: readonly number[]; score: number | null }

/** `rates` = each counted expert's own rate_bp, sorted by personId: that is the order of `experts`. Bonus items are included. */
export function deviationOf(
  template: Template,
  items: ReadonlyMap<string, DeviationItem>,
  rates: readonly { personId: string; rate_bp: number | null }[],
): Deviation {
  const experts = new Map(rates.map((r) => [r.personId, blankTally(template.sections.length)]))
  let agreed = 0
  let compared = 0
  template.sections.forEach((section, index) => {
    for (const item of section.items) {
      const merged = items.get(item.id)
      if (!isScored(item) || !merged) continue
      if (merged.scores.length >= 2) {
        compared += 1
        if (spread(merged.scores) <= AGREEMENT_BP * item.full_cp) agreed += 1
      }
      for (const answer of merged.answers) {
        const tally = experts.get(answer.personId)
        if (!tally || answer.state !== 'answered' || answer.score === null) continue
        const rate = roundDiv(answer.score, item.full_cp)
        tally.low = Math.min(tally.low ?? rate, rate)
        tally.high = Math.max(tally.high ?? rate, rate)
        if (merged.score === null) continue
        for (const sums of [tally.total, tally.sections[index]]) {
          if (!sums) continue
          sums.difference += answer.score - merged.score
          sums.full += fullMicro(item)
        }
      }
    }
  })
  return {
    experts: rates.map(({ personId, rate_bp }) => {
      const tally = experts.get(personId) ?? blankTally(template.sections.length)
      const range_bp = tally.low === null || tally.high === null ? null : tally.high - tally.low
      return {
        personId,
        horizontal_bp: horizontal(tally.total),
        sections: template.sections.map((section, index) => ({
          section: section.id,
          horizontal_bp: horizontal(tally.sections[index]),
        })),
        vertical: { rate_bp, range_bp },
      }
    }),
    agreement: { agreed, compared },
  }
}

type Sums = { difference: number; full: number }

function blankTally(sections: number) {
  return {
    total: { difference: 0, full: 0 },
    sections: Array.from({ length: sections }, (): Sums => ({ difference: 0, full: 0 })),
    low: null as number | null,
    high: null as number | null,
  }
}

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
