import type { Template } from '../domain/template.ts'
import type { Facts } from '../scoring/conclusion.ts'
import {
  DIMENSIONS,
  atomsOf,
  factsOf,
  outside,
  pointIn,
  spaceOf,
  within,
  type Atom,
  type Box,
  type Space,
} from './rule-space.ts'

/**
 * What can happen to one rule. `example` = a case it decides, null when there is none. Then `shadowedBy` are the earlier rules
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
 * Proves over all cases of a checklist what its rules decide. Every rule is a box of half-lines; a rule decides what is in its box
 * and in none before. The search splits on the tests an earlier rule fails by, so it is exact and ends.
 */
export function inspectRules(template: Template): RuleReport {
  const space = spaceOf(template)
  const rules = template.rules.map((r) => atomsOf(r.when))
  const reach = rules.map((atoms, index): RuleReach => {
    const box = boxOf(atoms, space.box)
    const example = box && escape(box, rules, 0, index, space, new Set())
    return { example, shadowedBy: example === null && box !== null ? shadows(box, rules, index, space) : [] }
  })
  const reached = new Set(template.rules.flatMap((r, i) => (reach[i]?.example ? [r.then] : [])))
  return {
    rules: reach,
    undecided: rules.length === 0 ? null : escape(space.box, rules, 0, rules.length, space, new Set()),
    unreached: rules.length === 0 ? [] : template.conclusions.map((c) => c.id).filter((c) => !reached.has(c)),
  }
}

function boxOf(atoms: readonly Atom[], whole: Box): Box | null {
  let box: Box | null = whole
  for (const atom of atoms) box = box && within(box, atom)
  return box
}

/** A case of `box` that none of the rules `next … end − 1` takes. `dead` remembers what was searched in vain. */
function escape(
  box: Box,
  rules: readonly Atom[][],
  next: number,
  end: number,
  space: Space,
  dead: Set<string>,
): Facts | null {
  let index = next
  // Rules that cannot take anything of this box are passed at once.
  while (index < end && boxOf(rules[index] ?? [], box) === null) index += 1
  if (index === end) {
    const point = pointIn(box, space)
    return point && factsOf(point, space)
  }
  const key = `${index} ${DIMENSIONS.map((d) => `${box[d].min},${box[d].max}`).join(' ')}`
  if (dead.has(key)) return null
  for (const atom of rules[index] ?? []) {
    const rest = outside(box, atom)
    const found = rest && escape(rest, rules, index + 1, end, space, dead)
    if (found) return found
  }
  dead.add(key)
  return null
}

/** One earlier rule that takes the whole box if there is one, else all that take part of it. */
function shadows(box: Box, rules: readonly Atom[][], index: number, space: Space): number[] {
  const touching = rules.slice(0, index).flatMap((atoms, j) => (boxOf(atoms, box) === null ? [] : [j]))
  const one = touching.find((j) => escape(box, rules, j, j + 1, space, new Set()) === null)
  return one === undefined ? touching : [one]
}
