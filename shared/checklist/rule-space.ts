import { isScored, templateItems, type Template, type When } from '../domain/template.ts'
import { fullMicro, gradesOf, gradeScore } from '../scoring/answer.ts'
import type { Facts } from '../scoring/conclusion.ts'

/** No rate at all, as the total and the conformity items can have: it reaches no line. */
const NONE = -1
/** The lowest section where nothing is applicable: every line counts as passed. */
const BEYOND = 10_001
/** More nonconformities than any rule names. */
const MANY = Number.MAX_SAFE_INTEGER

/** One case a merge can come to, as far as rules can ask. Rates in bp (NONE, BEYOND), the rest counts; flags are 0 and 1. */
export type Case = {
  vetoFail: number
  vetoPending: number
  gateNo: number
  total: number
  conformity: number
  section: number
  zero: number
  belowTop: number
  major: number
  minor: number
}

/** The tests of a rule: flags that must be so (null: either), rates at least, counts at most. */
export type Bounds = Omit<Case, 'vetoFail' | 'vetoPending' | 'gateNo'> & {
  vetoFail: number | null
  vetoPending: number | null
  gateNo: number | null
}

/** The tests of a rule as bounds; what it does not ask for passes everything. */
export function boundsOf(when: When): Bounds {
  const flag = (need: boolean | undefined) => (need === undefined ? null : Number(need))
  // A line of 0 is still not reached by a missing rate.
  const line = (need: number | undefined) => (need === undefined ? NONE : Math.max(0, Math.ceil(need)))
  const most = (need: number | undefined) => (need === undefined ? MANY : Math.floor(need))
  return {
    vetoFail: flag(when.anyVetoFail),
    vetoPending: flag(when.anyVetoPending),
    gateNo: flag(when.anyGateNo),
    total: line(when.totalRateAtLeast_bp),
    conformity: line(when.conformityRateAtLeast_bp),
    section: line(when.sectionRateAtLeast_bp),
    zero: most(when.conformity?.zeroAtMost),
    belowTop: most(when.conformity?.belowTopAtMost),
    major: most(when.openNonconformities?.major),
    minor: most(when.openNonconformities?.minor),
  }
}

/** Whether a rule with these tests takes a case. */
export function takes(b: Bounds, c: Case): boolean {
  const isSo = (need: number | null, have: number) => need === null || need === have
  return (
    isSo(b.vetoFail, c.vetoFail) &&
    isSo(b.vetoPending, c.vetoPending) &&
    isSo(b.gateNo, c.gateNo) &&
    c.total >= b.total &&
    c.conformity >= b.conformity &&
    c.section >= b.section &&
    c.zero <= b.zero &&
    c.belowTop <= b.belowTop &&
    c.major <= b.major &&
    c.minor <= b.minor
  )
}

/** What a checklist lets happen at all: which flags can be raised, and how its sums hang together. */
export type Space = {
  sections: string[]
  vetoes: number
  hasGate: boolean
  hasScored: boolean
  /** Conformity items in the sums. */
  graded: number
  /** Nothing else is scored: both rates are one. */
  isGradedOnly: boolean
  /** One section holds everything scored: its rate is the total's. */
  isOneSection: boolean
  /** The best grade is worth something everywhere, so that a zero is below the top; or full marks. */
  isTopWorth: boolean
  isTopFull: boolean
}

/** What vetoes, gates, sections and grades of a checklist can bring about together. */
export function spaceOf(template: Template): Space {
  const items = templateItems(template)
  const scored = items.filter((i) => isScored(i) && !i.bonus)
  const graded = scored.flatMap((i) => (i.type === 'conformity' ? [i] : []))
  const tops = graded.map((i) => (gradesOf(i, template).length === 0 ? null : gradeScore(i, 0, template)))
  return {
    sections: template.sections.map((s) => s.id),
    vetoes: items.filter((i) => i.type === 'veto').length,
    hasGate: items.some((i) => i.type === 'gate'),
    hasScored: scored.length > 0,
    graded: graded.length,
    isGradedOnly: graded.length === scored.length,
    isOneSection: template.sections.filter((s) => s.items.some((i) => isScored(i) && !i.bonus)).length === 1,
    isTopWorth: tops.every((top) => top !== null && top > 0),
    isTopFull: graded.every((i, n) => tops[n] === fullMicro(i)),
  }
}

type Sums = Pick<Case, 'total' | 'conformity' | 'section' | 'zero' | 'belowTop'>

/**
 * The worst of all cases a rule's tests let through: lowest rates, highest counts, for every mix of flags and every way the sums
 * can hang together. Every other case the rule takes is as good as one of these in everything; and since a rule that takes a case
 * takes all better ones, what holds for these holds for all.
 */
export function worstCases(b: Bounds, space: Space): Case[] {
  const sums = [nothingScored(b), ...(space.hasScored ? someScored(b, space) : [])].flatMap((s) => s ?? [])
  const flags = (need: number | null, can: boolean) =>
    [0, ...(can ? [1] : [])].filter((f) => need === null || need === f)
  return flags(b.vetoFail, space.vetoes > 0).flatMap((vetoFail) =>
    // A fail and a pending one are two items.
    flags(b.vetoPending, space.vetoes > vetoFail).flatMap((vetoPending) =>
      flags(b.gateNo, space.hasGate).flatMap((gateNo) =>
        b.major < 0 || b.minor < 0
          ? []
          : sums.map((s) => ({ vetoFail, vetoPending, gateNo, ...s, major: b.major, minor: b.minor })),
      ),
    ),
  )
}

/** Nothing is applicable (yet): no rate anywhere, nothing below the top. */
function nothingScored(b: Bounds): Sums | null {
  const isLetThrough = b.total <= NONE && b.conformity <= NONE && b.zero >= 0 && b.belowTop >= 0
  return isLetThrough ? { total: NONE, conformity: NONE, section: BEYOND, zero: 0, belowTop: 0 } : null
}

type Graded = { rate: { min: number; max: number }; zero: number; belowTop: number }

/** Something is: no conformity item, or all of them at the top, or some below it. */
function someScored(b: Bounds, space: Space): (Sums | null)[] {
  const { graded, isTopFull, isTopWorth } = space
  const zero = Math.min(b.zero, graded)
  const belowTop = Math.min(b.belowTop, graded)
  const rate = { min: Math.max(0, b.conformity), max: 10_000 }
  const none = { rate: { min: NONE, max: NONE }, zero: Math.min(0, zero), belowTop: Math.min(0, belowTop) }
  const atTop = {
    rate: isTopFull ? { min: 10_000, max: 10_000 } : rate,
    zero: isTopWorth ? Math.min(0, zero) : zero,
    belowTop: Math.min(0, belowTop),
  }
  const below = { rate, zero: isTopWorth ? Math.min(zero, belowTop) : zero, belowTop }
  return [
    space.isGradedOnly || b.conformity > NONE ? null : withRates(none, b, space),
    graded === 0 || atTop.rate.min < b.conformity ? null : withRates(atTop, b, space),
    belowTop < 1 ? null : withRates(below, b, space),
  ]
}

/** The lowest rates that go together: the total is a mean of the sections, so at least the lowest of them. */
function withRates({ rate, zero, belowTop }: Graded, b: Bounds, space: Space): Sums | null {
  const section = Math.max(0, b.section)
  const total = Math.max(0, b.total, section, space.isGradedOnly ? rate.min : 0)
  const conformity = space.isGradedOnly ? total : rate.min
  const isPossible = zero >= 0 && belowTop >= 0 && total <= 10_000 && conformity <= rate.max
  return isPossible ? { total, conformity, section: space.isOneSection ? total : section, zero, belowTop } : null
}

/** A case as the sums a conclusion looks at. */
export function factsOf(c: Case, { sections }: Space): Facts {
  const none = { base: 0, applicable: 0 }
  const sums = (rate: number) => (rate === NONE || rate === BEYOND ? none : { base: rate, applicable: 10_000 })
  return {
    vetoFail: c.vetoFail,
    vetoPending: c.vetoPending,
    gateNo: c.gateNo,
    total: sums(c.total),
    conformity: { ...sums(c.conformity), zero: c.zero, belowTop: c.belowTop },
    sections: sections.map((section, n) => ({ section, ...(n === 0 ? sums(c.section) : none) })),
    open: { major: c.major, minor: c.minor },
  }
}
