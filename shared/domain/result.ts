import { z } from 'zod'
import { duplicates, parseWith, type Problem } from './problem.ts'
import {
  NONCONFORMITY_STATES,
  answerValue,
  carryOverFinding,
  meeting,
  micro,
  nonconformityFields,
  sectionSummary,
  totals,
  witnessTest,
} from './sheet.ts'
import { personId } from './task.ts'
import { MERGE_METHODS, PROFILES } from './template.ts'
import { count, day, filledLine, freeText, hash, id, int, line, time, uuid, uuid7 } from './text.ts'

export const OUTCOMES = ['value', 'na', 'pass', 'fail', 'pending', 'yes', 'no'] as const
export const FLAGS = [
  'unscored',
  'naConflict',
  'ownerMissing',
  'gradesDiffer',
  'divergent',
  'vetoFail',
  'vetoPending',
  'gateNo',
  'singleScorer',
  'staleDecision',
] as const
export type Flag = (typeof FLAGS)[number]

export const vote = z.strictObject({
  personId,
  vote: z.enum(['pass', 'fail', 'pending', 'yes', 'no', 'for', 'against', 'abstain']),
})
export const decision = z.strictObject({
  item: id,
  outcome: z.enum(OUTCOMES),
  value: answerValue,
  score: micro.nullable(),
  reason: freeText,
  dissent: z.array(z.strictObject({ personId, text: freeText })),
  votes: z.array(vote),
  basis: hash,
  decidedAt: time,
})
/** The team's settled value for one item; live while `basis` still fits the answers. */
export type Decision = z.infer<typeof decision>

export const mergedNonconformity = z.strictObject({
  ...nonconformityFields,
  sources: z.array(z.strictObject({ digest: hash, id })),
  deadline: day.nullable(),
  verify: z.enum(['document', 'onsite']),
  history: z.array(
    z.strictObject({ state: z.enum(NONCONFORMITY_STATES), at: time, by: line, note: freeText, media: z.array(hash) }),
  ),
})
export type MergedNonconformity = z.infer<typeof mergedNonconformity>

export const exclusion = z.strictObject({ personId, sheet: hash.nullable(), reason: freeText })
export type Exclusion = z.infer<typeof exclusion>

export const chosenConclusion = z.strictObject({
  chosen: id.nullable(),
  reason: freeText,
  votes: z.array(vote),
  opinion: freeText,
})
export type ChosenConclusion = z.infer<typeof chosenConclusion>

export const inputs = z.strictObject({
  sheets: z.array(z.strictObject({ digest: hash, sheetSha256: hash, personId, revision: z.int().min(1) })),
  excluded: z.array(exclusion),
  decisions: z.array(decision),
  nonconformities: z.array(mergedNonconformity),
  conclusion: chosenConclusion,
})
/** Everything the merge is a pure function of, besides task, template and the sheets themselves. */
export type Inputs = z.infer<typeof inputs>

export const merged = z.strictObject({
  item: id,
  answers: z.array(
    z.strictObject({
      personId,
      state: z.enum(['answered', 'na', 'abstain']),
      value: answerValue,
      score: micro.nullable(),
    }),
  ),
  proposal: z.strictObject({ value: answerValue, score: micro.nullable(), na: z.boolean() }),
  notes: z.array(line),
  flags: z.array(z.enum(FLAGS)),
  decided: z.boolean(),
  outcome: z.enum([...OUTCOMES, 'open']),
  value: answerValue,
  score: micro.nullable(),
})
export type Merged = z.infer<typeof merged>

export const mergedSection = z.strictObject({
  section: id,
  base: micro,
  bonus: micro,
  applicable: micro,
  full: micro,
  rate_bp: z.int().nullable(),
  naHeavy: z.boolean(),
})

export const deviation = z.strictObject({
  experts: z.array(
    z.strictObject({
      personId,
      horizontal_bp: int.nullable(),
      sections: z.array(z.strictObject({ section: id, horizontal_bp: int.nullable() })),
      vertical: z.strictObject({ rate_bp: int.nullable(), range_bp: int.nullable() }),
    }),
  ),
  agreement: z.strictObject({ agreed: count, compared: count }),
})
export type Deviation = z.infer<typeof deviation>

export const merge = z.strictObject({
  status: z.enum(['open', 'closed']),
  method: z.enum(MERGE_METHODS),
  items: z.array(merged),
  sections: z.array(mergedSection),
  totals,
  deviation,
  conclusion: z.strictObject({ computed: id.nullable(), rule: count.nullable() }),
})
export type Merge = z.infer<typeof merge>

export const reportText = z.strictObject({
  sections: z.array(sectionSummary),
  strengths: z.array(freeText),
  suggestions: z.array(freeText),
  carryOver: z.array(carryOverFinding),
  witnessTests: z.array(witnessTest),
  meetings: z.array(meeting),
  sampling: freeText,
  distribution: z.array(line),
})
/** The lead's edit of the experts' words. */
export type ReportText = z.infer<typeof reportText>
/** A report nobody has written anything for. */
export const NO_TEXT: ReportText = {
  sections: [],
  strengths: [],
  suggestions: [],
  carryOver: [],
  witnessTests: [],
  meetings: [],
  sampling: '',
  distribution: [],
}

export const confirmation = z.strictObject({
  statement: z.enum(['agree', 'reservations', 'refused']),
  text: freeText,
  representative: line,
  post: line,
  at: time,
  witnesses: z.array(line),
})
export type Confirmation = z.infer<typeof confirmation>

export const closing = z.strictObject({
  confirmation,
  signatures: z.array(
    z.strictObject({
      who: filledLine,
      role: line,
      contentSha256: hash,
      drawn: hash.nullable(),
      keyId: hash.nullable(),
      sig: line.nullable(),
      at: time,
    }),
  ),
  reports: z.array(
    z.strictObject({ profile: z.enum(PROFILES), sha256: hash, version: z.int().min(1), changeNote: freeText }),
  ),
  scans: z.array(hash),
})

export const result = z.strictObject({
  type: z.literal('urn:youpin-onsite:result'),
  version: z.literal(1),
  projectId: uuid,
  taskId: uuid7,
  taskSha256: hash,
  templateSha256: hash,
  revision: z.int().min(1),
  reportNumber: filledLine,
  issuedAt: time,
  inputs,
  merge,
  text: reportText,
  closing: closing.nullable(),
})
/** What a team settled. Its `contentSha256` is the SHA-256 of JCS of this without `closing`. */
export type Result = z.infer<typeof result>

/** What the shape of a result cannot say: sorted inputs, one decision an item. */
export function checkResult(r: Result): Problem[] {
  const problems: Problem[] = []
  const sorted = (values: string[], path: string) => {
    if (values.some((v, i) => i > 0 && v < (values[i - 1] ?? ''))) problems.push({ path, code: 'order', message: '' })
  }
  sorted(
    r.inputs.sheets.map((s) => s.digest),
    'inputs.sheets',
  )
  sorted(
    r.inputs.excluded.map((e) => e.personId),
    'inputs.excluded',
  )
  problems.push(...checkSettled(r.inputs).map((p) => ({ ...p, path: `inputs.${p.path}` })))
  return problems
}

/** One decision an item, one entry of the register an id. */
export function checkSettled({ decisions, nonconformities }: Pick<Inputs, 'decisions' | 'nonconformities'>): Problem[] {
  const once = (list: string, ids: string[]) =>
    duplicates(ids).map((d): Problem => ({ path: `${list}.${d}`, code: 'duplicateId', message: d }))
  return [
    ...once(
      'decisions',
      decisions.map((d) => d.item),
    ),
    ...once(
      'nonconformities',
      nonconformities.map((n) => n.id),
    ),
  ]
}

export const parseResult = parseWith<Result>(result, checkResult)
