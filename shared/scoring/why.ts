import type { Decision, Flag, Merge, Merged } from '../domain/result.ts'
import type { Totals } from '../domain/sheet.ts'
import type { TestResult } from './conclusion.ts'
import type { ItemAnswer, ProposalRule } from './propose.ts'

/** A note that belongs to the totals. `trimFallback`: fewer than five experts, plain mean. `trimInvalid`: not everyone was assigned every scored item, so the total is converted as for `mean`. */
export const TOTAL_NOTES = ['trimFallback', 'trimInvalid'] as const
export type TotalNote = (typeof TOTAL_NOTES)[number]

/** Why the total is what it is, down to each answer: keys and numbers, no words. Points in µp, rates in bp. */
export type WhyTree = {
  method: Merge['method']
  totals: Totals
  /** Each counted expert's own converted total under `trimmedTotal`, by personId; else []. */
  converted: { personId: string; converted: number | null; dropped: boolean }[]
  notes: TotalNote[]
  conclusion: Merge['conclusion'] & { rules: WhyRule[] }
  sections: WhySection[]
}

/** Rules up to and including the first that matched. */
export type WhyRule = { rule: number; conclusion: string; tests: TestResult[]; holds: boolean }

export type WhySection = Merge['sections'][number] & { justify: boolean; items: WhyItem[] }

/** `full` null for veto and gate. `weight` is the role's under `weighted`, else 1. `decision` keeps a stale or unusable one as history. */
export type WhyItem = {
  item: string
  full: number | null
  answers: (ItemAnswer & { letter: string; isOwner: boolean; weight: number; counts: boolean })[]
  rule: ProposalRule
  proposal: Merged['proposal']
  flags: { flag: Flag; blocking: boolean }[]
  decision: { use: 'applied' | 'stale' | 'unusable'; decision: Decision } | null
  outcome: Merged['outcome']
  value: Merged['value']
  score: number | null
}
