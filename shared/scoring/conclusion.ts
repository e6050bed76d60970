import type { ChosenConclusion, Merge, MergedNonconformity } from '../domain/result.ts'
import { isScored, type Item, type Template, type When } from '../domain/template.ts'
import { fullMicro, gradesOf, gradeScore, isBlank } from './answer.ts'
import { rateOf } from './totals.ts'

export type Outcome = Merge['items'][number]['outcome']
export type Settled = { outcome: Outcome; value: Merge['items'][number]['value']; score: number | null }

/** The sums a conclusion looks at; bonus items are in none of them. µp and counts. */
export type Facts = {
  vetoFail: number
  vetoPending: number
  gateNo: number
  total: { base: number; applicable: number }
  conformity: { base: number; applicable: number; zero: number; belowTop: number }
  sections: { section: string; base: number; applicable: number }[]
  open: { major: number; minor: number }
}

export type TestName = keyof When
/** What a test asked and what it met; `have` of section tests is the lowest section, null when nothing is applicable. */
export type TestResult = {
  test: TestName
  need: boolean | number | { [name: string]: number }
  have: boolean | number | null | { [name: string]: number }
  /** The deciding section of `sectionRateAtLeast_bp`. */
  section: string | null
  holds: boolean
}

/** Facts with nothing in them yet but the merged register; every state but `closed` is open. */
export function emptyFacts(
  template: Template,
  register: readonly Pick<MergedNonconformity, 'kind' | 'state'>[],
): Facts {
  const open = (kind: string) => register.filter((n) => n.kind === kind && n.state !== 'closed').length
  return {
    vetoFail: 0,
    vetoPending: 0,
    gateNo: 0,
    total: { base: 0, applicable: 0 },
    conformity: { base: 0, applicable: 0, zero: 0, belowTop: 0 },
    sections: template.sections.map((s) => ({ section: s.id, base: 0, applicable: 0 })),
    open: { major: open('major'), minor: open('minor') },
  }
}

/** Adds (sign 1) or takes back (sign −1) what one settled item contributes. `section` = index in the template. */
export function contribute(
  facts: Facts,
  item: Item,
  section: number,
  settled: Settled,
  template: Template,
  sign: 1 | -1,
): void {
  if (item.type === 'veto') {
    if (settled.outcome === 'fail') facts.vetoFail += sign
    if (settled.outcome === 'pending') facts.vetoPending += sign
  }
  if (item.type === 'gate' && settled.outcome === 'no') facts.gateNo += sign
  if (!isScored(item) || item.bonus || settled.score === null) return
  const base = sign * settled.score
  const applicable = sign * fullMicro(item)
  add(facts.total, base, applicable)
  add(facts.sections[section], base, applicable)
  if (item.type !== 'conformity') return
  add(facts.conformity, base, applicable)
  if (settled.score === 0) facts.conformity.zero += sign
  const isTop =
    item.repeat === null
      ? gradesOf(item, template)[0]?.id === settled.value
      : settled.score >= gradeScore(item, 0, template)
  if (!isTop) facts.conformity.belowTop += sign
}

function add(sums: { base: number; applicable: number } | undefined, base: number, applicable: number): void {
  if (sums === undefined) return
  sums.base += base
  sums.applicable += applicable
}

type Needs = { [K in TestName]-?: NonNullable<When[K]> }
type Tester<T> = (need: T, facts: Facts) => Pick<TestResult, 'have' | 'holds'> & { section?: string | null }

const TESTS: { [K in keyof Needs]: Tester<Needs[K]> } = {
  anyVetoFail: (need, f) => matches(need, f.vetoFail > 0),
  anyVetoPending: (need, f) => matches(need, f.vetoPending > 0),
  anyGateNo: (need, f) => matches(need, f.gateNo > 0),
  totalRateAtLeast_bp: (need, f) => reaches(need, rateOf(f.total.base, f.total.applicable)),
  conformityRateAtLeast_bp: (need, f) => reaches(need, rateOf(f.conformity.base, f.conformity.applicable)),
  conformity: (need, { conformity: { zero, belowTop } }) => ({
    have: { zero, belowTop },
    holds: zero <= need.zeroAtMost && belowTop <= need.belowTopAtMost,
  }),
  sectionRateAtLeast_bp: (need, f) => {
    let lowest: { section: string; rate: number } | null = null
    for (const s of f.sections) {
      const rate = rateOf(s.base, s.applicable)
      if (rate !== null && (lowest === null || rate < lowest.rate)) lowest = { section: s.section, rate }
    }
    return {
      have: lowest?.rate ?? null,
      section: lowest?.section ?? null,
      holds: lowest === null || lowest.rate >= need,
    }
  },
  openNonconformities: (need, f) => ({
    have: { ...f.open },
    holds: f.open.major <= need.major && f.open.minor <= need.minor,
  }),
}

const matches = (need: boolean, have: boolean) => ({ have, holds: need === have })
const reaches = (need: number, have: number | null) => ({ have, holds: have !== null && have >= need })

function runTest<K extends TestName>(
  test: K,
  when: { [T in TestName]?: Needs[T] | undefined },
  facts: Facts,
): TestResult | null {
  const need = when[test]
  if (need === undefined) return null
  const tester: Tester<Needs[K]> = TESTS[test]
  return { test, need, section: null, ...tester(need, facts) }
}

const TEST_NAMES = Object.keys(TESTS) as TestName[]

/** Every test of one rule with what it met, in the fixed order of the tests. */
export function testRule(when: When, facts: Facts): TestResult[] {
  return TEST_NAMES.flatMap((test) => runTest(test, when, facts) ?? [])
}

/** First rule whose tests all hold; both null when the template has no rules (score only). `rule` = index from 0. */
export function conclude(template: Template, facts: Facts): Merge['conclusion'] {
  const index = template.rules.findIndex((rule) =>
    (Object.keys(rule.when) as TestName[]).every((test) => runTest(test, rule.when, facts)?.holds ?? true),
  )
  const rule = template.rules[index]
  return rule ? { computed: rule.then, rule: index } : { computed: null, rule: null }
}

export const CONCLUSION_PROBLEMS = [
  'unknownConclusion',
  'notOffered',
  'reason',
  'votes',
  'vetoConfirmed',
  'voteUnknown',
  'voteTwice',
] as const
export type ConclusionProblem = (typeof CONCLUSION_PROBLEMS)[number]

/** −1 milder, 0 same, 1 stricter than computed: `template.conclusions` is ordered best first. Null when either is unknown. */
export function strictness(template: Template, computed: string | null, chosen: string | null): -1 | 0 | 1 | null {
  const place = (id: string | null) => template.conclusions.findIndex((c) => c.id === id)
  const from = place(computed)
  const to = place(chosen)
  if (from < 0 || to < 0) return null
  return to < from ? -1 : to > from ? 1 : 0
}

/**
 * Whether the team may choose this conclusion: stricter with a reason, milder with a reason and every voter's named vote, never
 * past a confirmed veto. `chosen` null leaves the computed one.
 */
export function checkConclusion(
  template: Template,
  merge: Pick<Merge, 'conclusion' | 'items'>,
  choice: ChosenConclusion,
  voters: readonly string[],
): ConclusionProblem[] {
  const { computed } = merge.conclusion
  if (choice.chosen === null || choice.chosen === computed) return []
  if (!template.conclusions.some((c) => c.id === choice.chosen)) return ['unknownConclusion']
  const direction = strictness(template, computed, choice.chosen)
  if (direction === null) return ['notOffered']
  const problems: ConclusionProblem[] = isBlank(choice.reason) ? ['reason'] : []
  if (direction === 1) return problems
  const voted = choice.votes.map((v) => v.personId)
  if (voters.some((voter) => !voted.includes(voter))) problems.push('votes')
  if (voted.some((person) => !voters.includes(person))) problems.push('voteUnknown')
  if (new Set(voted).size < voted.length) problems.push('voteTwice')
  if (merge.items.some((i) => i.outcome === 'fail')) problems.push('vetoConfirmed')
  return problems
}
