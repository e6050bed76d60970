import type { Problem } from '../../../../shared/domain/problem.ts'

export const PARTS = [
  'enterprise',
  'scope',
  'dates',
  'team',
  'work',
  'indicators',
  'carryOver',
  'prefill',
  'rules',
  'issue',
] as const
export type Part = (typeof PARTS)[number]

const WORK_CODES = new Set(['tooFewAssignees', 'everybodyNeeded', 'ownsNotAssigned', 'twoOwners', 'unknownItem'])

/** The part of the editor in which a problem can be put right. */
export function partOf({ path, code }: Problem): Part {
  const [root] = path.split('.')
  if (root === 'revision') return 'issue'
  if (root === 'team') return WORK_CODES.has(code) || /\.(assigned|owns)\b/.test(path) ? 'work' : 'team'
  if (root === 'scope') return 'scope'
  if (root === 'dates' || root === 'period' || root === 'schedule') return 'dates'
  if (root === 'indicators' || root === 'carryOver' || root === 'prefill' || root === 'rules') return root
  return root === 'category' || root === 'templateSha256' ? 'rules' : 'enterprise'
}
