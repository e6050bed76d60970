import { z } from 'zod'
import { duplicates, parseWith, type Problem } from './problem.ts'
import { CATEGORIES, ROLES, checkRow, row, templateItems, type Row, type Template } from './template.ts'
import { count, day, filledLine, freeText, hash, id, line, text, time, uuid, uuid7 } from './text.ts'
import { isUscc } from './uscc.ts'

/** A person within one project. */
export const personId = id
export const SUITES = ['ed25519'] as const

export const fieldEnrolment = z.strictObject({
  personId,
  keyId: hash,
  spki: line,
  name: filledLine,
  unit: line,
  by: personId,
  at: time,
  reason: freeText,
})

export const member = z.strictObject({
  personId,
  name: filledLine,
  unit: line,
  role: z.enum(ROLES),
  kind: z.enum(['quality', 'industry']),
  assigned: z.array(id).nullable(),
  owns: z.array(id),
})
/** One person of the team. `assigned` null means every item of the template; observers score nothing. */
export type Member = z.infer<typeof member>

export const enterprise = z.strictObject({
  name: filledLine,
  uscc: z.string().refine(isUscc, 'uscc'),
  address: line,
  contact: line,
  phone: line,
})

export const task = z.strictObject({
  type: z.literal('urn:youpin-onsite:task'),
  version: z.literal(1),
  projectId: uuid,
  taskId: uuid7,
  revision: z.int().min(1),
  sample: z.boolean(),
  number: filledLine,
  batch: line,
  visitType: z.enum(['initial', 'surveillance', 'reassessment', 'supplementary']),
  supplements: uuid7.nullable(),
  reportNumber: filledLine,
  organiser: text,
  enterprise,
  scope: z.strictObject({
    products: freeText,
    sites: z.array(z.strictObject({ id, name: filledLine, address: line })),
    boundary: freeText,
  }),
  category: z.enum(CATEGORIES),
  period: z.strictObject({ from: day, to: day }),
  dates: z.strictObject({ from: day, to: day }),
  schedule: z.array(
    z.strictObject({ day, from: line, to: line, what: line, who: z.array(personId), site: id.nullable() }),
  ),
  team: z.array(member).min(1),
  templateSha256: hash,
  indicators: z.array(z.strictObject({ item: id, rows: z.array(row) })),
  carryOver: z.array(z.strictObject({ id, question: freeText, source: line })),
  prefill: z.strictObject({
    profile: z.array(z.strictObject({ label: line, value: freeText })),
    certificates: z.array(z.strictObject({ name: line, number: line, until: day.nullable() })),
    selfScores: z.array(z.strictObject({ item: id, score: count })),
    registry: z.array(z.strictObject({ item: id, finding: freeText, source: line, at: line })),
  }),
  attachments: z.array(hash),
  rules: z.strictObject({
    gps: z.enum(['off', 'meetings', 'plots']),
    importPhotos: z.boolean(),
    proxyEntry: z.boolean(),
    requiredSuites: z.array(z.enum(SUITES)).min(1),
    passphraseMinLength: z.int().min(1).max(128),
    rectifyBy: day.nullable(),
  }),
  fieldEnrolments: z.array(fieldEnrolment),
  issuedBy: personId,
  issuedAt: time,
})
/** One visit to one enterprise by one team. */
export type Task = z.infer<typeof task>

/** What the shape of a task cannot say on its own (without its template). */
export function checkTask(t: Task): Problem[] {
  const problems: Problem[] = []
  const add = (path: string, code: string, message = '') => problems.push({ path, code, message })
  const people = t.team.map((m) => m.personId)
  for (const d of duplicates(people)) add(`team.${d}`, 'duplicateId', d)
  for (const d of duplicates(t.scope.sites.map((s) => s.id))) add(`scope.sites.${d}`, 'duplicateId', d)
  for (const d of duplicates(t.carryOver.map((c) => c.id))) add(`carryOver.${d}`, 'duplicateId', d)
  if (t.dates.from > t.dates.to) add('dates', 'dateOrder')
  if (t.period.from > t.period.to) add('period', 'dateOrder')
  if (t.team.filter((m) => m.role === 'lead').length !== 1) add('team', 'oneLead')
  return problems
}

/** The rules that tie a task to its template: template hash is checked by the caller. */
export function checkTaskAgainst(t: Task, template: Template): Problem[] {
  const problems: Problem[] = []
  const add = (path: string, code: string, message = '') => problems.push({ path, code, message })
  const items = templateItems(template)
  const known = new Set(items.map((i) => i.id))
  const scorers = t.team.filter((m) => m.role !== 'observer')
  if (t.category !== template.category) add('category', 'categoryDiffers', template.category)
  for (const m of t.team) {
    for (const i of [...(m.assigned ?? []), ...m.owns]) if (!known.has(i)) add(`team.${m.personId}`, 'unknownItem', i)
    const assigned = new Set(assignedItems(m, template).map((i) => i.id))
    for (const i of m.owns) if (!assigned.has(i)) add(`team.${m.personId}.owns`, 'ownsNotAssigned', i)
  }
  for (const d of duplicates(t.team.flatMap((m) => m.owns))) add('team', 'twoOwners', d)
  const assignments = scorers.map((m) => (m.assigned === null ? null : new Set(m.assigned)))
  for (const i of items) {
    const assignees = assignments.filter((set) => set === null || set.has(i.id)).length
    const needed = i.type === 'veto' ? Math.min(2, scorers.length) : 1
    if (assignees < needed) add('team', 'tooFewAssignees', i.code)
    if (i.type === 'indicator' && i.spec.rowsFrom === 'task' && indicatorRows(t, i).length === 0) {
      add(`indicators.${i.id}`, 'missingRows', i.code)
    }
  }
  for (const entry of t.indicators) {
    const target = items.find((i) => i.id === entry.item)
    if (target?.type !== 'indicator' || target.spec.rowsFrom !== 'task') add(`indicators.${entry.item}`, 'unknownItem')
    for (const d of duplicates(entry.rows.map((r) => r.id))) add(`indicators.${entry.item}.${d}`, 'duplicateId', d)
    for (const r of entry.rows) problems.push(...checkRow(r, `indicators.${entry.item}`))
  }
  return problems
}

/** The items a member answers, in template order; none for observers. */
export function assignedItems(m: Member, template: Template) {
  if (m.role === 'observer') return []
  const wanted = m.assigned === null ? null : new Set(m.assigned)
  return templateItems(template).filter((i) => wanted === null || wanted.has(i.id))
}

/** The rows an indicator item is measured by: its own, or the task's for it. */
export function indicatorRows(t: Pick<Task, 'indicators'>, i: Template['sections'][number]['items'][number]): Row[] {
  if (i.type !== 'indicator') return []
  return i.spec.rowsFrom === 'template' ? i.spec.rows : (t.indicators.find((e) => e.item === i.id)?.rows ?? [])
}

export const parseTask = parseWith<Task>(task, checkTask)
