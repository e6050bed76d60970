import { z } from 'zod'
import { duplicates, parseWith, type Problem } from './problem.ts'
import { personId } from './task.ts'
import { templateItems, type Template } from './template.ts'
import {
  count,
  day,
  decimal,
  filledLine,
  freeText,
  hash,
  id,
  int,
  isRealTime,
  line,
  time,
  uuid,
  uuid7,
} from './text.ts'

export const ANSWER_STATES = ['answered', 'na', 'abstain'] as const
export const NONCONFORMITY_KINDS = ['major', 'minor', 'observation'] as const
export const NONCONFORMITY_STATES = [
  'draft',
  'opened',
  'confirmed',
  'corrected',
  'evidence',
  'verified',
  'closed',
  'returned',
  'overdue',
] as const
const PICTURE_EXTENSIONS = ['jpg', 'png', 'webp', 'heic'] as const
export const MEDIA_EXTENSIONS = [...PICTURE_EXTENSIONS, 'pdf', 'mp4', 'm4a'] as const
/** A photo or scan; other evidence is documents, films and sound. */
export const isPicture = ({ ext }: { ext: (typeof MEDIA_EXTENSIONS)[number] }): boolean =>
  (PICTURE_EXTENSIONS as readonly string[]).includes(ext)
export const MEDIA_ROADS = ['files', 'drop', 'paste', 'camera', 'folder', 'card', 'scan', 'import'] as const

/** A score in micro-points: 1 point = 1 000 000 µp. */
export const micro = int
/** veto/gate word, grade id, percent, µp, bp, deduction counts, or null (na, abstain, repeated items). */
export const answerValue = z.union([
  line.max(64),
  int,
  z.array(z.strictObject({ id, count: z.int().min(1) })),
  z.null(),
])
export type AnswerValue = z.infer<typeof answerValue>

export const answer = z.strictObject({
  item: id,
  state: z.enum(ANSWER_STATES),
  value: answerValue,
  score: micro.nullable(),
  reason: freeText,
  note: freeText,
  facts: freeText,
  pending: z.strictObject({ who: line, due: day.nullable() }).nullable(),
  documents: z.array(z.strictObject({ name: line, number: line, date: line })),
  people: z.array(line),
  units: z.array(z.strictObject({ id, name: line, value: answerValue, score: micro.nullable(), note: freeText })),
  samples: z.array(z.strictObject({ population: line, how: line, id: line, result: line, media: z.array(hash) })),
  indicators: z.array(
    z.strictObject({ row: id, measured: z.strictObject({ op: z.enum(['=', '<', '>']), v: decimal }) }),
  ),
  noEvidence: freeText,
  media: z.array(hash),
  updatedAt: time,
})
/** One expert's record for one item. An assigned item without a record is unanswered 未判定. */
export type Answer = z.infer<typeof answer>

export const sectionSummary = z.strictObject({
  section: id,
  facts: freeText,
  strengths: freeText,
  gaps: freeText,
  suggestions: freeText,
})
export type SectionSummary = z.infer<typeof sectionSummary>

export const nonconformityFields = {
  id,
  item: id.nullable(),
  kind: z.enum(NONCONFORMITY_KINDS),
  requirement: freeText,
  evidence: freeText,
  where: line,
  when: line,
  sample: line,
  media: z.array(hash),
  confirmedBy: line,
  state: z.enum(NONCONFORMITY_STATES),
}
export const nonconformity = z.strictObject(nonconformityFields)
export type Nonconformity = z.infer<typeof nonconformity>

export const witnessTest = z.strictObject({
  item: id,
  what: line,
  method: line,
  result: freeText,
  media: z.array(hash),
})
export const carryOverFinding = z.strictObject({ id, finding: freeText, media: z.array(hash) })

export const MEETING_KINDS = ['opening', 'closing', 'team'] as const
export const meeting = z.strictObject({
  kind: z.enum(MEETING_KINDS),
  at: time,
  place: line,
  clockNote: line,
  attendance: z.array(z.strictObject({ name: line, post: line, side: z.enum(['team', 'enterprise', 'observer']) })),
  media: z.array(hash),
  minutes: freeText,
})
export type Meeting = z.infer<typeof meeting>

export const media = z.strictObject({
  sha256: hash,
  ext: z.enum(MEDIA_EXTENSIONS),
  size: count,
  width: count.nullable(),
  height: count.nullable(),
  exifAt: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/)
    .refine((v) => isRealTime(`${v}.000Z`), 'time')
    .nullable(),
  exifOffset: z
    .string()
    .regex(/^[+-]\d{2}:\d{2}$/)
    .nullable(),
  fileAt: time.nullable(),
  importedAt: time,
  road: z.enum(MEDIA_ROADS),
  device: line,
  gps: z
    .strictObject({
      lat_e7: int.min(-900_000_000).max(900_000_000),
      lon_e7: int.min(-1_800_000_000).max(1_800_000_000),
    })
    .nullable(),
  caption: freeText,
  items: z.array(id),
  name: line,
  inReport: z.boolean(),
  derivedFrom: hash.nullable(),
})
/** One piece of evidence 佐证; the bytes are named by `sha256` and never change. */
export type Media = z.infer<typeof media>

export const totals = z.strictObject({
  base: micro,
  bonus: micro,
  got: micro,
  applicable: micro,
  totalFull: micro,
  rate_bp: z.int().nullable(),
  converted: micro.nullable(),
})
export type Totals = z.infer<typeof totals>

export const sheet = z.strictObject({
  type: z.literal('urn:youpin-onsite:sheet'),
  version: z.literal(1),
  projectId: uuid,
  taskId: uuid7,
  taskSha256: hash,
  templateSha256: hash,
  expert: z.strictObject({ personId, name: filledLine }),
  revision: z.int().min(1),
  reason: freeText,
  declaration: z.strictObject({ text: freeText, acceptedAt: time }),
  proxy: z.strictObject({ enteredBy: personId, checkedBy: personId, scans: z.array(hash) }).nullable(),
  answers: z.array(answer),
  sections: z.array(sectionSummary),
  carryOver: z.array(carryOverFinding),
  witnessTests: z.array(witnessTest),
  nonconformities: z.array(nonconformity),
  meetings: z.array(meeting),
  media: z.array(media),
  withdrawn: z.array(z.strictObject({ sha256: hash, reason: freeText, at: time })),
  totals,
})
/** One expert's sealed answers for one task. */
export type Sheet = z.infer<typeof sheet>

/** Every media hash a sheet's records point at, sorted, once each; the items a picture itself names are not among them. */
export function referencedMedia(
  s: Pick<Sheet, 'answers' | 'carryOver' | 'witnessTests' | 'nonconformities' | 'meetings'> & {
    proxy?: Sheet['proxy']
  },
): string[] {
  const all = [
    ...s.answers.flatMap((a) => [...a.media, ...a.samples.flatMap((x) => x.media)]),
    ...s.carryOver.flatMap((c) => c.media),
    ...s.witnessTests.flatMap((w) => w.media),
    ...s.nonconformities.flatMap((n) => n.media),
    ...s.meetings.flatMap((m) => m.media),
    ...(s.proxy?.scans ?? []),
  ]
  return [...new Set(all)].toSorted()
}

/** What the shape of a sheet cannot say on its own: order, unique ids, references into its own media list. */
export function checkSheet(s: Sheet): Problem[] {
  const problems: Problem[] = []
  const add = (path: string, code: string, message = '') => problems.push({ path, code, message })
  if (s.revision > 1 !== (s.reason.trim() !== '')) add('reason', 'reasonOfRevision')
  for (const d of duplicates(s.answers.map((a) => a.item))) add(`answers.${d}`, 'duplicateId', d)
  for (const d of duplicates(s.nonconformities.map((n) => n.id))) add(`nonconformities.${d}`, 'duplicateId', d)
  const names = s.media.map((m) => m.sha256)
  if (names.some((n, i) => i > 0 && n <= (names[i - 1] ?? ''))) add('media', 'order')
  const present = new Set([...names, ...s.withdrawn.map((w) => w.sha256)])
  for (const m of referencedMedia(s)) if (!present.has(m)) add('media', 'unknownMedia', m)
  for (const m of s.media) {
    if (m.derivedFrom !== null && !present.has(m.derivedFrom)) add(`media.${m.sha256}`, 'unknownMedia', m.derivedFrom)
  }
  for (const a of s.answers) {
    if (a.state !== 'answered' && (a.value !== null || a.score !== null)) add(`answers.${a.item}`, 'valueOfNa')
    if (a.state !== 'answered' && a.reason.trim() === '') add(`answers.${a.item}`, 'reason')
  }
  return problems
}

/** References of a sheet into its template: known items and sections, template order. */
export function checkSheetAgainst(s: Sheet, t: Template): Problem[] {
  const problems: Problem[] = []
  const add = (path: string, code: string, message = '') => problems.push({ path, code, message })
  const position = new Map(templateItems(t).map((i, n) => [i.id, n]))
  const sections = new Set(t.sections.map((x) => x.id))
  let last = -1
  for (const a of s.answers) {
    const at = position.get(a.item)
    if (at === undefined) add(`answers.${a.item}`, 'unknownItem', a.item)
    else if (at <= last) add(`answers.${a.item}`, 'order', a.item)
    last = Math.max(last, at ?? last)
  }
  const itemReferences = [
    ...s.media.flatMap((m) => m.items),
    ...s.witnessTests.map((w) => w.item),
    ...s.nonconformities.flatMap((n) => (n.item === null ? [] : [n.item])),
  ]
  for (const r of itemReferences) if (!position.has(r)) add('items', 'unknownItem', r)
  for (const x of s.sections) if (!sections.has(x.section)) add(`sections.${x.section}`, 'unknownSection', x.section)
  return problems
}

export const parseSheet = parseWith<Sheet>(sheet, checkSheet)
