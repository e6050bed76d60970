import { z } from 'zod'
import { duplicates, parseWith, type Problem } from './problem.ts'
import { bp, count, day, decimal, filledLine, hash, id, int, line, text } from './text.ts'

export const CATEGORIES = ['agriculture', 'industry', 'service', 'region'] as const
export const ITEM_TYPES = ['veto', 'gate', 'conformity', 'maturity', 'points', 'indicator', 'deduction'] as const
export const METHODS = ['document', 'observe', 'interview', 'test', 'witness', 'open', 'covert'] as const
export const MERGE_METHODS = ['consensus', 'owner', 'mean', 'median', 'weighted', 'trimmedTotal'] as const
export const PROFILES = ['committee', 'archive', 'enterprise'] as const
export const ROLES = ['lead', 'expert', 'observer'] as const
export type ProfileName = (typeof PROFILES)[number]
export type ItemType = (typeof ITEM_TYPES)[number]
export type MergeMethod = (typeof MERGE_METHODS)[number]

/** Full marks in centi-points: 1 point = 100 cp. */
const cp = z.int().min(0).max(100_000_000)

export const row = z.strictObject({
  id,
  name: text,
  unit: line,
  kind: z.enum(['basic', 'core', 'innovative']),
  direction: z.enum(['higher', 'lower', 'within']),
  weight: z.int().min(1).max(10_000),
  base: decimal.nullable(),
  average: decimal.nullable(),
  advanced: decimal.nullable(),
  low: decimal.nullable(),
  high: decimal.nullable(),
  promised: decimal.nullable(),
  source: line,
})
export type Row = z.infer<typeof row>

const spec = z.union([
  z.strictObject({}),
  z.strictObject({ outcome: z.enum(['stop', 'supplementary']) }),
  z.strictObject({ gradeSet: id, points_cp: z.array(cp).nullable() }),
  z.strictObject({ model: z.enum(['ADLI', 'LeTCI']) }),
  z.strictObject({ step_cp: z.int().min(1), anchors: z.array(text) }),
  z.strictObject({
    list: z.array(z.strictObject({ id, label: text, points_cp: cp, maxCount: z.int().min(1).nullable() })),
  }),
  z.strictObject({ rowsFrom: z.enum(['template', 'task']), rows: z.array(row) }),
])

const demand = z.strictObject({
  minPhotos: count,
  minSamples: count,
  noteAtOrBelow_bp: bp.nullable(),
  noteAtFull: z.boolean(),
  evidenceAtOrBelow_bp: bp.nullable(),
  evidenceAtFull: z.boolean(),
  perExpert: z.boolean(),
})

const itemCommon = {
  id,
  code: filledLine,
  title: text,
  basis: line,
  evidence: text,
  guidance: text,
  methods: z.array(z.enum(METHODS)),
  starred: z.boolean(),
  allowNA: z.boolean(),
  bonus: z.boolean(),
  repeat: z.strictObject({ what: text, min: z.int().min(1), max: z.int().min(1) }).nullable(),
  demand,
}
const scored = { full_cp: z.int().min(1).max(100_000_000) }
const unscored = { full_cp: z.null() }

export const item = z.discriminatedUnion('type', [
  z.strictObject({ ...itemCommon, ...unscored, type: z.literal('veto'), spec: spec.options[0] }),
  z.strictObject({ ...itemCommon, ...unscored, type: z.literal('gate'), spec: spec.options[1] }),
  z.strictObject({ ...itemCommon, ...scored, type: z.literal('conformity'), spec: spec.options[2] }),
  z.strictObject({ ...itemCommon, ...scored, type: z.literal('maturity'), spec: spec.options[3] }),
  z.strictObject({ ...itemCommon, ...scored, type: z.literal('points'), spec: spec.options[4] }),
  z.strictObject({ ...itemCommon, ...scored, type: z.literal('deduction'), spec: spec.options[5] }),
  z.strictObject({ ...itemCommon, ...scored, type: z.literal('indicator'), spec: spec.options[6] }),
])
/** One checklist line. `full_cp` is null exactly for veto and gate items. */
export type Item = z.infer<typeof item>
export type ItemOf<T extends ItemType> = Extract<Item, { type: T }>
export type ScoredItem = Exclude<Item, { type: 'veto' | 'gate' }>

/** The tests of a conclusion rule; an absent test is not tested (scoring rules, "Conclusion"). */
export const when = z.strictObject({
  anyVetoFail: z.boolean().optional(),
  anyVetoPending: z.boolean().optional(),
  anyGateNo: z.boolean().optional(),
  totalRateAtLeast_bp: bp.optional(),
  conformityRateAtLeast_bp: bp.optional(),
  conformity: z.strictObject({ zeroAtMost: count, belowTopAtMost: count }).optional(),
  sectionRateAtLeast_bp: bp.optional(),
  openNonconformities: z.strictObject({ major: count, minor: count }).optional(),
})
export type When = z.infer<typeof when>

const profile = z.strictObject({
  scores: z.boolean(),
  personalScores: z.boolean(),
  names: z.enum(['names', 'letters', 'none']),
  conclusion: z.boolean(),
  faces: z.boolean(),
  gps: z.boolean(),
  sections: z.array(z.int().min(0).max(16)),
})
export type Profile = z.infer<typeof profile>

const remedy = z.strictObject({ days: z.int().min(0).max(3650), verify: z.enum(['document', 'onsite']) })

const section = z.strictObject({
  id,
  code: filledLine,
  title: text,
  justifyBelow_bp: bp.nullable(),
  items: z.array(item),
})
export type Section = z.infer<typeof section>

export const template = z.strictObject({
  type: z.literal('urn:youpin-onsite:template'),
  version: z.literal(1),
  number: filledLine,
  edition: z.int().min(1),
  category: z.enum(CATEGORIES),
  sample: z.boolean(),
  title: text,
  effectiveDate: day.nullable(),
  previous: hash.nullable(),
  layers: z.array(z.strictObject({ number: filledLine, edition: z.int().min(1), sha256: hash })),
  totalFull_cp: cp,
  bonusCap_cp: cp.nullable(),
  gradeSets: z.array(z.strictObject({ id, grades: z.array(z.strictObject({ id, label: text, text, bp })).min(2) })),
  bands: z.array(z.strictObject({ model: z.enum(['ADLI', 'LeTCI']), from: z.int(), to: z.int(), text })),
  indicator: z.strictObject({
    method: z.enum(['level', 'interpolate']),
    level_bp: z.strictObject({ advanced: bp, average: bp, base: bp, below: bp }),
  }),
  merge: z.strictObject({
    method: z.enum(MERGE_METHODS),
    divergence: z.strictObject({ maturityPercent: int, bp, minSpread_cp: cp }),
    singleScorerFrom_cp: cp,
    weights: z.array(z.strictObject({ role: z.enum(ROLES), weight: z.int().min(1) })),
  }),
  nonconformity: z.strictObject({ major: remedy, minor: remedy }),
  declarations: z.array(text),
  openingAgenda: z.array(text),
  closingAgenda: z.array(text),
  conclusions: z.array(z.strictObject({ id, label: text })),
  rules: z.array(z.strictObject({ when, then: id })),
  profiles: z.strictObject({ committee: profile, archive: profile, enterprise: profile }),
  sections: z.array(section).min(1),
})
/** A frozen checklist with its scoring, merge and conclusion rules. Its identity is the SHA-256 of its JCS bytes. */
export type Template = z.infer<typeof template>

export const templateItems = (t: Template): Item[] => t.sections.flatMap((s) => s.items)
export const isScored = (i: Item): i is ScoredItem => i.type !== 'veto' && i.type !== 'gate'
/** Full marks of items together, centi-points; bonus items are not part of it. */
export const fullOf = (items: readonly Item[]): number =>
  items.reduce((sum, i) => sum + (isScored(i) && !i.bonus ? i.full_cp : 0), 0)

/** How many items there are of each use. */
export function countItems(t: Template): { scored: number; veto: number; gate: number } {
  const items = templateItems(t)
  return {
    scored: items.filter(isScored).length,
    veto: items.filter((i) => i.type === 'veto').length,
    gate: items.filter((i) => i.type === 'gate').length,
  }
}

/** What the shape of a template cannot say: totals, references, unique ids, last rule, rows and steps. */
export function checkTemplate(t: Template): Problem[] {
  const items = templateItems(t)
  const total = fullOf(items)
  const gradeSets = new Map(t.gradeSets.map((g) => [g.id, g]))
  const conclusions = new Set(t.conclusions.map((c) => c.id))
  const problems: Problem[] = []
  const add = (path: string, code: string, message: string) => problems.push({ path, code, message })

  if (total !== t.totalFull_cp) add('totalFull_cp', 'totalFull', `items sum to ${total}`)
  for (const d of duplicates(t.gradeSets.map((g) => g.id))) add(`gradeSets.${d}`, 'duplicateId', d)
  for (const d of duplicates(t.conclusions.map((c) => c.id))) add(`conclusions.${d}`, 'duplicateId', d)
  for (const d of duplicates(t.sections.map((s) => s.id))) add(`sections.${d}`, 'duplicateId', d)
  for (const d of duplicates(items.map((i) => i.id))) add(`items.${d}`, 'duplicateId', d)
  for (const d of duplicates(items.map((i) => i.code))) add(`items.${d}`, 'duplicateCode', d)
  t.gradeSets.forEach((g) => {
    const rising = g.grades.some((x, i) => i > 0 && x.bp > (g.grades[i - 1]?.bp ?? 0))
    if (rising) add(`gradeSets.${g.id}`, 'gradesNotDescending', g.id)
    for (const d of duplicates(g.grades.map((x) => x.id))) add(`gradeSets.${g.id}.${d}`, 'duplicateId', d)
  })
  t.rules.forEach((r, i) => {
    if (!conclusions.has(r.then)) add(`rules.${i}.then`, 'unknownConclusion', r.then)
    const isEmpty = Object.keys(r.when).length === 0
    if (isEmpty !== (i === t.rules.length - 1)) add(`rules.${i}.when`, 'lastRuleIsElse', String(i))
  })
  for (const i of items) problems.push(...checkItem(i, gradeSets, t))
  return problems
}

function checkItem(i: Item, gradeSets: Map<string, Template['gradeSets'][number]>, t: Template): Problem[] {
  const problem = (code: string, message = ''): Problem => ({ path: `items.${i.id}`, code, message })
  const problems: Problem[] = []
  if (i.bonus && (!isScored(i) || i.type === 'deduction')) problems.push(problem('bonusType', i.type))
  if (i.repeat && (!isScored(i) || i.repeat.min > i.repeat.max)) problems.push(problem('repeat'))
  if (i.type === 'conformity') {
    const set = gradeSets.get(i.spec.gradeSet)
    if (!set) problems.push(problem('unknownGradeSet', i.spec.gradeSet))
    const pts = i.spec.points_cp
    if (pts && set && (pts.length !== set.grades.length || pts.some((p, n) => p > (pts[n - 1] ?? i.full_cp)))) {
      problems.push(problem('gradePoints', pts.join()))
    }
  }
  if (i.type === 'points') {
    if (i.full_cp % i.spec.step_cp !== 0) problems.push(problem('step', String(i.spec.step_cp)))
    if (![0, 5].includes(i.spec.anchors.length)) problems.push(problem('anchors', String(i.spec.anchors.length)))
  }
  if (i.type === 'maturity' && !t.bands.some((b) => b.model === i.spec.model)) {
    problems.push(problem('missingBands', i.spec.model))
  }
  if (i.type === 'indicator') {
    if (i.spec.rowsFrom === 'task' && i.spec.rows.length > 0) problems.push(problem('rowsFromTask'))
    for (const r of i.spec.rows) problems.push(...checkRow(r, `items.${i.id}.rows`))
  }
  const parts = i.type === 'deduction' ? i.spec.list : i.type === 'indicator' ? i.spec.rows : []
  for (const d of duplicates(parts.map((part) => part.id))) problems.push(problem('duplicateId', d))
  return problems
}

/** Thresholds of an indicator row: present where its direction needs them, and in order. */
export function checkRow(r: Row, path: string): Problem[] {
  const problem = (code: string): Problem[] => [{ path: `${path}.${r.id}`, code, message: r.id }]
  if (r.direction === 'within') {
    if (r.low === null || r.high === null) return problem('rowThresholds')
    return compareDecimals(r.low, r.high) <= 0 ? [] : problem('rowOrder')
  }
  if (r.base === null || r.advanced === null) return problem('rowThresholds')
  const sign = r.direction === 'higher' ? 1 : -1
  const mid = r.average ?? r.base
  const isOrdered =
    sign * compareDecimals(r.base, mid) <= 0 &&
    sign * compareDecimals(mid, r.advanced) <= 0 &&
    sign * compareDecimals(r.base, r.advanced) < 0
  return isOrdered ? [] : problem('rowOrder')
}

/** A decimal string as an exact integer of 10⁻⁹ units. */
export function decimalToNano(value: string): bigint {
  const negative = value.startsWith('-')
  const [whole = '0', fraction = ''] = (negative ? value.slice(1) : value).split('.')
  const nano = BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))
  return negative ? -nano : nano
}

function compareDecimals(a: string, b: string): number {
  const difference = decimalToNano(a) - decimalToNano(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const parseTemplate = parseWith<Template>(template, checkTemplate)
