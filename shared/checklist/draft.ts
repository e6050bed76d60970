import { z } from 'zod'
import { CATEGORIES, item, template, when, type Item, type Template } from '../domain/template.ts'
import { parseWith, type Parsed } from '../domain/problem.ts'
import { cleanLine, cleanText } from '../domain/text.ts'

const LIST = 2000
const s = z.string().max(20_000)
const n = z.number()
const anyText = z.strictObject({ zh: s, en: s })
const texts = z.array(anyText).max(LIST)
const list = <T extends z.ZodType>(of: T) => z.array(of).max(LIST)

const anyRow = z.strictObject({
  id: s,
  name: anyText,
  unit: s,
  kind: z.enum(['basic', 'core', 'innovative']),
  direction: z.enum(['higher', 'lower', 'within']),
  weight: n,
  base: s.nullable(),
  average: s.nullable(),
  advanced: s.nullable(),
  low: s.nullable(),
  high: s.nullable(),
  promised: s.nullable(),
  source: s,
})

const anyCommon = {
  id: s,
  code: s,
  title: anyText,
  basis: s,
  evidence: anyText,
  guidance: anyText,
  methods: item.options[0].shape.methods.max(20),
  starred: z.boolean(),
  allowNA: z.boolean(),
  bonus: z.boolean(),
  repeat: z.strictObject({ what: anyText, min: n, max: n }).nullable(),
  demand: z.strictObject({
    minPhotos: n,
    minSamples: n,
    noteAtOrBelow_bp: n.nullable(),
    noteAtFull: z.boolean(),
    evidenceAtOrBelow_bp: n.nullable(),
    evidenceAtFull: z.boolean(),
    perExpert: z.boolean(),
  }),
}
const points = { ...anyCommon, full_cp: n }
const words = { ...anyCommon, full_cp: z.null() }
const of = <T extends Item['type']>(type: T) => z.literal(type)

const anyItem = z.discriminatedUnion('type', [
  z.strictObject({ ...words, type: of('veto'), spec: z.strictObject({}) }),
  z.strictObject({
    ...words,
    type: of('gate'),
    spec: z.strictObject({ outcome: z.enum(['stop', 'supplementary']) }),
  }),
  z.strictObject({
    ...points,
    type: of('conformity'),
    spec: z.strictObject({ gradeSet: s, points_cp: list(n).nullable() }),
  }),
  z.strictObject({
    ...points,
    type: of('maturity'),
    spec: z.strictObject({ model: z.enum(['ADLI', 'LeTCI']) }),
  }),
  z.strictObject({ ...points, type: of('points'), spec: z.strictObject({ step_cp: n, anchors: texts }) }),
  z.strictObject({
    ...points,
    type: of('deduction'),
    spec: z.strictObject({
      list: list(z.strictObject({ id: s, label: anyText, points_cp: n, maxCount: n.nullable() })),
    }),
  }),
  z.strictObject({
    ...points,
    type: of('indicator'),
    spec: z.strictObject({ rowsFrom: z.enum(['template', 'task']), rows: list(anyRow) }),
  }),
])

const anyWhen = when.extend({
  totalRateAtLeast_bp: n.optional(),
  conformityRateAtLeast_bp: n.optional(),
  conformity: z.strictObject({ zeroAtMost: n, belowTopAtMost: n }).optional(),
  sectionRateAtLeast_bp: n.optional(),
  openNonconformities: z.strictObject({ major: n, minor: n }).optional(),
})

const { merge, profiles } = template.shape
const anyProfile = profiles.shape.committee.extend({ sections: list(n) })
const anyRemedy = z.strictObject({ days: n, verify: z.enum(['document', 'onsite']) })

/**
 * A checklist in the making: the shape of a template without its rules, so that every half-typed state is kept. Ids and codes may
 * be anything, numbers any number; only kinds of things are closed lists.
 */
const draftContent = z.strictObject({
  type: z.literal('urn:youpin-onsite:template'),
  version: z.literal(1),
  number: s,
  edition: n,
  category: z.enum(CATEGORIES),
  sample: z.boolean(),
  title: anyText,
  effectiveDate: s.nullable(),
  previous: s.nullable(),
  layers: list(z.strictObject({ number: s, edition: n, sha256: s })),
  totalFull_cp: n,
  bonusCap_cp: n.nullable(),
  gradeSets: list(
    z.strictObject({ id: s, grades: list(z.strictObject({ id: s, label: anyText, text: anyText, bp: n })) }),
  ),
  bands: list(z.strictObject({ model: z.enum(['ADLI', 'LeTCI']), from: n, to: n, text: anyText })),
  indicator: z.strictObject({
    method: z.enum(['level', 'interpolate']),
    level_bp: z.strictObject({ advanced: n, average: n, base: n, below: n }),
  }),
  merge: z.strictObject({
    method: merge.shape.method,
    divergence: z.strictObject({ maturityPercent: n, bp: n, minSpread_cp: n }),
    singleScorerFrom_cp: n,
    weights: list(z.strictObject({ role: merge.shape.weights.element.shape.role, weight: n })),
  }),
  nonconformity: z.strictObject({ major: anyRemedy, minor: anyRemedy }),
  declarations: texts,
  openingAgenda: texts,
  closingAgenda: texts,
  conclusions: list(z.strictObject({ id: s, label: anyText })),
  rules: list(z.strictObject({ when: anyWhen, then: s })),
  profiles: z.strictObject({ committee: anyProfile, archive: anyProfile, enterprise: anyProfile }),
  sections: list(
    z.strictObject({
      id: s,
      code: s,
      title: anyText,
      justifyBelow_bp: n.nullable(),
      items: z.array(anyItem).max(5000),
    }),
  ),
}) satisfies z.ZodType<Template>

export const parseDraft = parseWith<Template>(draftContent)

/** A checklist in the making from its JSON text; `json` when it is none. */
export function readDraft(json: string): Parsed<Template> {
  try {
    return parseDraft(JSON.parse(json))
  } catch {
    return { ok: false, problems: [{ path: '', code: 'json', message: '' }] }
  }
}

/**
 * An empty checklist that can be filled at once: grades, bands, rules, profiles, declarations and agendas of `model` (a checklist
 * of the wanted category), one section without items, no number and no title.
 */
export function blankContent(model: Template): Template {
  const empty = { zh: '', en: '' }
  return {
    ...ownContent(model),
    title: empty,
    totalFull_cp: 0,
    bonusCap_cp: null,
    sections: [{ id: 's1', code: '1', title: empty, justifyBelow_bp: 6000, items: [] }],
  }
}

/** The next edition of an issued checklist: `sha256` is that edition's identity. It takes effect on a day still to be set. */
export function nextEdition(issued: Template, sha256: string): Template {
  return { ...issued, edition: issued.edition + 1, previous: sha256, effectiveDate: null }
}

/** A checklist of its own with the content of another: the number is still to be given, nothing came before it. */
export function ownContent(issued: Template): Template {
  return { ...issued, number: '', edition: 1, sample: false, effectiveDate: null, previous: null, layers: [] }
}

/** Keys whose strings are one line; every other string may have several. */
const LINES: ReadonlySet<string> = new Set(['number', 'code', 'basis', 'unit', 'source'])

/** Content (or a part of it) as it would be issued: NFC, no control characters, no blanks around texts, an empty day or limit is none. */
export function tidied<T>(content: T): T {
  return tidy(content, '') as T
}

/** Keeps every part that needs nothing, so that unchanged items stay the same objects. */
function tidy(value: unknown, key: string): unknown {
  if (typeof value === 'string') {
    const clean = LINES.has(key) ? cleanLine(value) : cleanText(value).trim()
    return clean === '' && NULLABLE.has(key) ? null : clean
  }
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    let list: unknown[] = value
    for (const [at, part] of value.entries()) {
      const clean = tidy(part, key)
      if (clean !== part) list = list.with(at, clean)
    }
    return list
  }
  let record = value as Record<string, unknown>
  for (const [name, part] of Object.entries(value)) {
    const clean = tidy(part, name)
    if (clean !== part) record = { ...record, [name]: clean }
  }
  return record
}

const NULLABLE: ReadonlySet<string> = new Set([
  'effectiveDate',
  'previous',
  'base',
  'average',
  'advanced',
  'low',
  'high',
  'promised',
])
