import type { Template } from '../domain/template.ts'
import type { Facts } from '../scoring/conclusion.ts'
import { boundsOf, factsOf, spaceOf, takes, worstCases, type Bounds, type Space } from './rule-space.ts'

/**
 * What can happen to one rule. `example` = the worst case it decides, null when there is none. Then `shadowedBy` are earlier rules
 * (indexes from 0) that take all its cases, empty when its own tests exclude each other or ask for what the checklist lacks.
 */
export type RuleReach = { example: Facts | null; shadowedBy: number[] }

export type RuleReport = {
  rules: RuleReach[]
  /** A case no rule decides; null when every case ends in exactly one conclusion. Null also without any rule (score only). */
  undecided: Facts | null
  /** Conclusions no case ends in, in their order. */
  unreached: string[]
}

/**
 * Proves over all cases of a checklist what its rules decide. Every test but the flags passes whatever is better, so a rule decides
 * something exactly when one of the worst cases it takes escapes all rules before it.
 */
export function inspectRules(template: Template): RuleReport {
  const space = spaceOf(template)
  const rules = template.rules.map((r) => boundsOf(r.when))
  const reach = rules.map((bounds, index) => reachOf(bounds, rules.slice(0, index), space))
  const reached = new Set(template.rules.flatMap((r, i) => (reach[i]?.example ? [r.then] : [])))
  return {
    rules: reach,
    undecided: rules.length === 0 ? null : reachOf(boundsOf({}), rules, space).example,
    unreached: rules.length === 0 ? [] : template.conclusions.map((c) => c.id).filter((c) => !reached.has(c)),
  }
}

function reachOf(bounds: Bounds, earlier: readonly Bounds[], space: Space): RuleReach {
  const cases = worstCases(bounds, space)
  const takers = cases.map((c) => earlier.findIndex((rule) => takes(rule, c)))
  const free = cases[takers.indexOf(-1)]
  if (free) return { example: factsOf(free, space), shadowedBy: [] }
  // One rule that takes them all, if there is one, says more than several that share them.
  const one = cases.length === 0 ? -1 : earlier.findIndex((rule) => cases.every((c) => takes(rule, c)))
  return { example: null, shadowedBy: one >= 0 ? [one] : [...new Set(takers)].toSorted((a, b) => a - b) }
}
