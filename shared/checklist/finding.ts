import type { z } from 'zod'
import type { Problem } from '../domain/problem.ts'

/**
 * Everything that can be found wrong with a checklist in the making, and how much it matters: an `error` forbids issuing, a
 * `warning` asks to look again. What `message` holds is said beside each; it is data for the sentence, never the sentence.
 */
export const FINDINGS = {
  // one field
  required: 'error',
  text: 'error',
  tooLong: 'error',
  id: 'error',
  day: 'error',
  decimal: 'error',
  hash: 'error',
  number: 'error',
  range: 'error',
  choice: 'error',
  // the whole
  empty: 'error',
  totalFull: 'error', // the sum of the items in centi-points
  duplicateId: 'error', // the id
  duplicateCode: 'error', // the code
  codesAlike: 'warning', // the code ≈ the one it looks like
  tooLarge: 'error',
  noScored: 'warning',
  sectionEmpty: 'warning',
  englishMissing: 'warning',
  declarationMissing: 'warning',
  justifyIdle: 'warning',
  bonusUncapped: 'warning',
  bonusCapIdle: 'warning',
  // items
  pointsMissing: 'error',
  bonusType: 'error',
  repeat: 'error',
  unknownGradeSet: 'error', // the grade set's id
  gradePoints: 'error',
  topPointsNotFull: 'warning',
  step: 'error', // step in centi-points
  anchors: 'error', // how many there are
  anchorsMissing: 'warning',
  anchorBlank: 'warning',
  missingBands: 'error', // the model
  bandBlank: 'warning',
  bandGap: 'warning', // model and first percentage without a text
  bandOverlap: 'warning', // model and first percentage with two texts
  deductionsMissing: 'error',
  deductionTooSmall: 'warning',
  rowsMissing: 'error',
  rowsFromTask: 'error',
  rowThresholds: 'error', // the row's id
  rowOrder: 'error', // the row's id
  guidanceMissing: 'warning',
  methodsMissing: 'warning',
  proofMissing: 'warning',
  manyPhotos: 'warning', // how many
  manySamples: 'warning', // how many
  demandIdle: 'warning',
  // grades
  gradesFew: 'error',
  gradesNotDescending: 'error',
  topGradeNotFull: 'warning',
  // rules and merging
  unknownConclusion: 'error', // the conclusion's id
  lastRuleIsElse: 'error',
  caseUndecided: 'error',
  ruleImpossible: 'warning',
  ruleWithoutVeto: 'warning',
  ruleWithoutGate: 'warning',
  ruleShadowed: 'warning', // numbers of the rules that take its cases, from 1, joined by a comma
  conclusionUnreached: 'warning',
  scoreOnly: 'warning',
  vetoWithoutRule: 'warning',
  pendingWithoutRule: 'warning',
  gateWithoutRule: 'warning',
  ownersNeeded: 'warning',
  everybodyNeeded: 'warning',
  weightMissing: 'warning', // the role
  duplicateRole: 'error', // the role
} as const satisfies Record<string, 'error' | 'warning'>
export type FindingCode = keyof typeof FINDINGS

/** `path` as in Problem, with ids in place of places: `items.<id>.…`, `sections.<id>.…`, `rules.<n>.…` (from 0). */
export type Finding = Problem & { code: FindingCode; severity: 'error' | 'warning' }

/** A finding with the severity its code has. */
export function finding(path: string, code: FindingCode, message = ''): Finding {
  return { path, code, message, severity: FINDINGS[code] }
}

type Issue = z.core.$ZodIssue

/** What a schema complains about, in our codes; `at` is put before the path. */
export function schemaFinding(at: string, issue: Issue): Finding {
  const path = [...(at === '' ? [] : [at]), ...issue.path.map(String)].join('.')
  return finding(path, codeOf(issue))
}

function codeOf(issue: Issue): FindingCode {
  const field = String(issue.path.at(-1) ?? '')
  switch (issue.code) {
    case 'custom':
      return issue.message in FINDINGS ? (issue.message as FindingCode) : 'text'
    case 'too_small':
      if (field === 'full_cp') return 'pointsMissing'
      if (field === 'grades') return 'gradesFew'
      return issue.origin === 'array' ? 'empty' : 'range'
    case 'too_big':
      return issue.origin === 'string' ? 'tooLong' : 'range'
    case 'invalid_format':
      return formatCode(field)
    case 'invalid_type':
      return 'number'
    default:
      return 'choice'
  }
}

const DECIMALS: ReadonlySet<string> = new Set(['base', 'average', 'advanced', 'low', 'high', 'promised'])

function formatCode(field: string): FindingCode {
  if (DECIMALS.has(field)) return 'decimal'
  if (field === 'effectiveDate') return 'day'
  return field === 'previous' || field === 'sha256' ? 'hash' : 'id'
}
