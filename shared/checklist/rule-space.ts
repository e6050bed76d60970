import { isScored, templateItems, type Template, type When } from '../domain/template.ts'
import { gradesOf, gradeScore, fullMicro } from '../scoring/answer.ts'
import type { Facts } from '../scoring/conclusion.ts'

/**
 * Everything a conclusion rule can ask, as whole numbers. Booleans are 0 and 1. A missing rate is NONE for the total and the
 * conformity items (it reaches no line) and BEYOND for the lowest section (a line is passed where nothing is applicable).
 */
export const DIMENSIONS = [
  'vetoFail',
  'vetoPending',
  'gateNo',
  'total',
  'conformity',
  'section',
  'zero',
  'belowTop',
  'major',
  'minor',
] as const
export type Dimension = (typeof DIMENSIONS)[number]

const NONE = -1
const BEYOND = 10_001
/** More nonconformities than any rule can name. */
const MANY = Number.MAX_SAFE_INTEGER

/** Both ends included; empty when `min` > `max`. */
type Range = { min: number; max: number }
export type Box = { readonly [D in Dimension]: Range }
type Point = { [D in Dimension]: number }

/** What a checklist lets happen at all, beyond the ranges: how the sums hang together. */
export type Space = {
  box: Box
  /** A fail and a pending one are two items. */
  vetoes: number
  sections: string[]
  /** Every scored item is a conformity item: both rates are one. */
  isConformityOnly: boolean
  /** One section holds everything scored: its rate is the total's. */
  isOneSection: boolean
  /** The best grade is worth something everywhere, so that a zero is below the top; or worth full marks. */
  isTopWorth: boolean
  isTopFull: boolean
}

/** The cases a checklist can come to, an unfinished merge included. */
export function spaceOf(template: Template): Space {
  const items = templateItems(template)
  const scored = items.filter((i) => isScored(i) && !i.bonus)
  const conformity = scored.flatMap((i) => (i.type === 'conformity' ? [i] : []))
  const vetoes = items.filter((i) => i.type === 'veto').length
  const inSections = template.sections.filter((s) => s.items.some((i) => isScored(i) && !i.bonus))
  const tops = conformity.map((i) => (gradesOf(i, template).length === 0 ? null : gradeScore(i, 0, template)))
  const rates = (has: boolean): Range => ({ min: NONE, max: has ? 10_000 : NONE })
  return {
    box: {
      vetoFail: { min: 0, max: Math.min(1, vetoes) },
      vetoPending: { min: 0, max: Math.min(1, vetoes) },
      gateNo: { min: 0, max: items.some((i) => i.type === 'gate') ? 1 : 0 },
      total: rates(scored.length > 0),
      conformity: rates(conformity.length > 0),
      section: { min: scored.length > 0 ? 0 : BEYOND, max: BEYOND },
      zero: { min: 0, max: conformity.length },
      belowTop: { min: 0, max: conformity.length },
      major: { min: 0, max: MANY },
      minor: { min: 0, max: MANY },
    },
    vetoes,
    sections: template.sections.map((s) => s.id),
    isConformityOnly: scored.length > 0 && conformity.length === scored.length,
    isOneSection: inSections.length === 1,
    isTopWorth: tops.every((top) => top !== null && top > 0),
    isTopFull: conformity.every((i, n) => tops[n] === fullMicro(i)),
  }
}

/** One half-line: what a single test asks of a single dimension. */
export type Atom = { dimension: Dimension; range: Range }

const exactly = (dimension: Dimension, need: boolean): Atom => ({
  dimension,
  range: { min: Number(need), max: Number(need) },
})
const from = (dimension: Dimension, min: number): Atom => ({ dimension, range: { min, max: Infinity } })
const upTo = (dimension: Dimension, max: number): Atom => ({ dimension, range: { min: -Infinity, max } })

/** The tests of a rule as half-lines; all of them must hold. */
export function atomsOf(when: When): Atom[] {
  const atoms: Atom[] = []
  if (when.anyVetoFail !== undefined) atoms.push(exactly('vetoFail', when.anyVetoFail))
  if (when.anyVetoPending !== undefined) atoms.push(exactly('vetoPending', when.anyVetoPending))
  if (when.anyGateNo !== undefined) atoms.push(exactly('gateNo', when.anyGateNo))
  // A line of 0 is still not reached by a missing rate.
  if (when.totalRateAtLeast_bp !== undefined) atoms.push(from('total', Math.max(0, when.totalRateAtLeast_bp)))
  if (when.conformityRateAtLeast_bp !== undefined) {
    atoms.push(from('conformity', Math.max(0, when.conformityRateAtLeast_bp)))
  }
  if (when.sectionRateAtLeast_bp !== undefined) atoms.push(from('section', when.sectionRateAtLeast_bp))
  if (when.conformity !== undefined) {
    atoms.push(upTo('zero', when.conformity.zeroAtMost), upTo('belowTop', when.conformity.belowTopAtMost))
  }
  if (when.openNonconformities !== undefined) {
    atoms.push(upTo('major', when.openNonconformities.major), upTo('minor', when.openNonconformities.minor))
  }
  return atoms
}

/** The part of a box where a half-line holds; null when there is none. */
export function within(box: Box, { dimension, range }: Atom): Box | null {
  const held = box[dimension]
  const min = Math.max(held.min, range.min)
  const max = Math.min(held.max, range.max)
  if (min > max) return null
  return min === held.min && max === held.max ? box : { ...box, [dimension]: { min, max } }
}

/** The part of a box where a half-line does not hold. Half-lines and single booleans leave one range. */
export function outside(box: Box, { dimension, range }: Atom): Box | null {
  const held = box[dimension]
  const isLower = range.min > held.min
  const rest = isLower
    ? { min: held.min, max: Math.ceil(range.min) - 1 }
    : { min: Math.floor(range.max) + 1, max: held.max }
  return within(box, { dimension, range: rest })
}

/**
 * A case of the box that the checklist's sums allow, or null. Exact: the rates' ties are tried as equalities and orders of ranges,
 * so no case is missed and none is invented.
 */
export function pointIn(box: Box, space: Space): Point | null {
  const veto = vetoPoint(box, space)
  const counts = ratesAndCounts(box, space)
  if (veto === null || counts === null) return null
  return { ...veto, gateNo: box.gateNo.min, ...counts, major: box.major.min, minor: box.minor.min }
}

function vetoPoint({ vetoFail, vetoPending }: Box, { vetoes }: Space): Pick<Point, 'vetoFail' | 'vetoPending'> | null {
  const point = { vetoFail: vetoFail.min, vetoPending: vetoPending.min }
  return point.vetoFail + point.vetoPending > vetoes ? null : point
}

type Sums = Pick<Point, 'total' | 'conformity' | 'section' | 'zero' | 'belowTop'>

function ratesAndCounts(box: Box, space: Space): Sums | null {
  return scoredSums(box, space) ?? emptySums(box)
}

/** Nothing applicable at all: no rate anywhere and nothing below the top. */
function emptySums({ total, conformity, section, zero, belowTop }: Box): Sums | null {
  const isAllowed =
    total.min <= NONE && conformity.min <= NONE && section.max >= BEYOND && zero.min <= 0 && belowTop.min <= 0
  return isAllowed ? { total: NONE, conformity: NONE, section: BEYOND, zero: 0, belowTop: 0 } : null
}

function scoredSums(box: Box, space: Space): Sums | null {
  for (const counts of [gradedCounts(box, space, true), gradedCounts(box, space, false), noneGraded(box)]) {
    if (counts === null) continue
    const total = rateRange(box.total)
    const section = { min: Math.max(0, box.section.min), max: Math.min(10_000, box.section.max) }
    const conformity = counts.conformity
    if (space.isConformityOnly) {
      if (conformity === null) continue
      meet(total, conformity)
      meet(conformity, total)
    }
    if (space.isOneSection) {
      meet(total, section)
      meet(section, total)
    }
    const isEmpty = [total, section, ...(conformity ? [conformity] : [])].some((r) => r.min > r.max)
    // The total is a mean of the sections: it is at least the lowest of them.
    if (isEmpty || total.max < section.min) continue
    const high = total.max
    return {
      total: high,
      section: space.isOneSection ? high : section.min,
      conformity: conformity === null ? NONE : space.isConformityOnly ? high : conformity.max,
      zero: counts.zero,
      belowTop: counts.belowTop,
    }
  }
  return null
}

type GradedCounts = { conformity: Range | null; zero: number; belowTop: number }

/** Some conformity item is scored: all at the top, or some below it. */
function gradedCounts(box: Box, { isTopFull, isTopWorth }: Space, isAllTop: boolean): GradedCounts | null {
  const conformity = rateRange(box.conformity)
  const below: Range = isAllTop ? { min: 0, max: 0 } : { min: 1, max: Infinity }
  meet(below, box.belowTop)
  if (isAllTop && isTopFull) meet(conformity, { min: 10_000, max: 10_000 })
  if (below.min > below.max || conformity.min > conformity.max) return null
  const belowTop = Math.max(below.min, isTopWorth ? box.zero.min : 0)
  if (belowTop > below.max) return null
  return { conformity, zero: box.zero.min, belowTop }
}

/** Others are scored, no conformity item is. */
function noneGraded({ conformity, zero, belowTop }: Box): GradedCounts | null {
  return conformity.min <= NONE && zero.min <= 0 && belowTop.min <= 0
    ? { conformity: null, zero: 0, belowTop: 0 }
    : null
}

const rateRange = (range: Range): Range => ({ min: Math.max(0, range.min), max: range.max })

function meet(range: Range, other: Range): void {
  range.min = Math.max(range.min, other.min)
  range.max = Math.min(range.max, other.max)
}

/** A case as the sums a conclusion looks at. */
export function factsOf(point: Point, { sections }: Space): Facts {
  const rate = (value: number) => (value === NONE || value === BEYOND ? none() : { base: value, applicable: 10_000 })
  return {
    vetoFail: point.vetoFail,
    vetoPending: point.vetoPending,
    gateNo: point.gateNo,
    total: rate(point.total),
    conformity: { ...rate(point.conformity), zero: point.zero, belowTop: point.belowTop },
    sections: sections.map((section, n) => ({ section, ...(n === 0 ? rate(point.section) : none()) })),
    open: { major: point.major, minor: point.minor },
  }
}

const none = () => ({ base: 0, applicable: 0 })
