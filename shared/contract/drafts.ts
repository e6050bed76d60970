import { z } from 'zod'
import { ROLES, row } from '../domain/template.ts'
import { hash, uuid } from '../domain/text.ts'

const s = z.string().max(20_000)
const anyText = z.strictObject({ zh: s, en: s })

/** What a lead types while making a task: the shape of a task without its rules, so that half-filled work is kept. */
export const taskContent = z.strictObject({
  sample: z.boolean(),
  number: s,
  batch: s,
  visitType: z.enum(['initial', 'surveillance', 'reassessment', 'supplementary']),
  reportNumber: s,
  organiser: anyText,
  enterprise: z.strictObject({ name: s, uscc: s, address: s, contact: s, phone: s }),
  scope: z.strictObject({
    products: s,
    sites: z.array(z.strictObject({ id: s, name: s, address: s })),
    boundary: s,
  }),
  period: z.strictObject({ from: s, to: s }),
  dates: z.strictObject({ from: s, to: s }),
  schedule: z.array(z.strictObject({ day: s, from: s, to: s, what: s, who: z.array(s), site: s.nullable() })),
  team: z.array(
    z.strictObject({
      personId: s,
      name: s,
      unit: s,
      role: z.enum(ROLES),
      kind: z.enum(['quality', 'industry']),
      assigned: z.array(s).nullable(),
      owns: z.array(s),
    }),
  ),
  indicators: z.array(
    z.strictObject({
      item: s,
      rows: z.array(
        row.extend({
          id: s,
          name: anyText,
          unit: s,
          weight: z.number(),
          source: s,
          base: s.nullable(),
          average: s.nullable(),
          advanced: s.nullable(),
          low: s.nullable(),
          high: s.nullable(),
          promised: s.nullable(),
        }),
      ),
    }),
  ),
  carryOver: z.array(z.strictObject({ id: s, question: s, source: s })),
  prefill: z.strictObject({
    profile: z.array(z.strictObject({ label: s, value: s })),
    certificates: z.array(z.strictObject({ name: s, number: s, until: s.nullable() })),
    selfScores: z.array(z.strictObject({ item: s, score: z.number() })),
    registry: z.array(z.strictObject({ item: s, finding: s, source: s, at: s })),
  }),
  rules: z.strictObject({
    gps: z.enum(['off', 'meetings', 'plots']),
    importPhotos: z.boolean(),
    proxyEntry: z.boolean(),
    passphraseMinLength: z.number(),
    rectifyBy: s.nullable(),
  }),
})
export type TaskContent = z.infer<typeof taskContent>

export const taskDraft = z.strictObject({ draftId: uuid, projectId: uuid, templateSha256: hash, content: taskContent })
export type TaskDraft = z.infer<typeof taskDraft>
