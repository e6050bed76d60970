import { isPicture, type Answer, type Media, type Sheet } from '../domain/sheet.ts'
import { assignedItems, indicatorRows, type Member, type Task } from '../domain/task.ts'
import { isScored, templateItems, type Item, type Row, type Template } from '../domain/template.ts'
import { ANSWER_PROBLEMS, fullMicro, gradesOf, isBlank, judgeAnswer, type AnswerProblem } from './answer.ts'
import { isWorseThanPromised, measuredRows } from './indicator.ts'
import { sheetTotals } from './totals.ts'

/**
 * Closed list of what keeps a sheet from being sealed. Beyond a record's own problems: `notAssigned` a record of an item that is
 * not the member's; the rest is missing proof or text.
 */
export const SHEET_PROBLEMS = [
  ...ANSWER_PROBLEMS,
  'notAssigned',
  'note',
  'photos',
  'samples',
  'evidence',
  'nonconformityMissing',
  'promiseNotMet',
] as const
export type SheetProblem = (typeof SHEET_PROBLEMS)[number]
export type ItemProblem = { item: string; problem: SheetProblem }

/** The proof of one item: its records of one or several experts, with what else of theirs points at it. */
export type Proof = {
  answers: readonly Answer[]
  /** Distinct pictures; an annotated copy counts as its original. */
  photos: number
  /** Any other file, or a witnessed act. */
  hasOther: boolean
}

/** The parts of a sheet that demands look at. */
export type SheetParts = Pick<Sheet, 'answers' | 'nonconformities' | 'witnessTests'> & {
  media: readonly Pick<Media, 'sha256' | 'ext' | 'items' | 'derivedFrom'>[]
}

/** Tells whether proof of an item is asked of the team together, at the merge, rather than of each expert's sheet. */
function makeProofShared({ team }: Pick<Task, 'team'>): (item: Item) => boolean {
  const scorers = team.filter((m) => m.role !== 'observer')
  const forAll = scorers.filter((m) => m.assigned === null).length
  const assignees = new Map<string, number>()
  for (const m of scorers) for (const id of new Set(m.assigned)) assignees.set(id, (assignees.get(id) ?? 0) + 1)
  return (item) => !item.demand.perExpert && forAll + (assignees.get(item.id) ?? 0) > 1
}

/** Pictures, files and witnessed acts of every item of one sheet, one pass over its media. */
function proofByItem(parts: SheetParts): Map<string, { photos: Set<string>; hasOther: boolean }> {
  const byItem = new Map<string, { photos: Set<string>; hasOther: boolean }>()
  const at = (item: string) => {
    const known = byItem.get(item) ?? { photos: new Set<string>(), hasOther: false }
    byItem.set(item, known)
    return known
  }
  const files = new Map(parts.media.map((m) => [m.sha256, m]))
  const attach = (item: string, hash: string) => {
    const file = files.get(hash)
    if (!file) return
    if (isPicture(file)) at(item).photos.add(file.derivedFrom ?? hash)
    else at(item).hasOther = true
  }
  for (const m of parts.media) for (const item of m.items) attach(item, m.sha256)
  for (const a of parts.answers) {
    for (const hash of [...a.media, ...a.samples.flatMap((s) => s.media)]) attach(a.item, hash)
  }
  for (const w of parts.witnessTests) {
    at(w.item).hasOther = true
    for (const hash of w.media) attach(w.item, hash)
  }
  return byItem
}

/** Share of full marks an answered record stands at: bounds of "at or below" and "full marks". Words stand at nothing or all. */
function isAtOrBelow(item: Item, answer: Pick<Answer, 'value'>, score: number | null, bp: number | null): boolean {
  if (bp === null) return false
  if (!isScored(item)) return !isAtFull(item, answer, score)
  return score !== null && score <= bp * item.full_cp
}

function isAtFull(item: Item, answer: Pick<Answer, 'value'>, score: number | null): boolean {
  if (!isScored(item)) return answer.value === 'pass' || answer.value === 'yes'
  return score !== null && score >= fullMicro(item)
}

/** Photos and evidence still missing for one item. 企业不允许拍照/复制 with its reason stands for both. */
function missingProof(item: Item, proof: Proof, scoreOf: (a: Answer) => number | null): SheetProblem[] {
  const answered = proof.answers.filter((a) => a.state === 'answered')
  const isForbidden = answered.some((a) => !isBlank(a.noEvidence))
  if (answered.length === 0 || isForbidden) return []
  const { demand } = item
  const problems: SheetProblem[] = []
  if (proof.photos < demand.minPhotos) problems.push('photos')
  const isDemanded = answered.some(
    (a) =>
      isAtOrBelow(item, a, scoreOf(a), demand.evidenceAtOrBelow_bp) ||
      (demand.evidenceAtFull && isAtFull(item, a, scoreOf(a))),
  )
  const hasDocument = answered.some((a) => a.documents.some((d) => ![d.name, d.number, d.date].some(isBlank)))
  if (isDemanded && proof.photos === 0 && !proof.hasOther && !hasDocument) problems.push('evidence')
  return problems
}

/** Grades below the best, of the record or any of its units. */
function isBelowTopGrade(item: Item, answer: Answer, template: Template): boolean {
  if (item.type !== 'conformity') return false
  const top = gradesOf(item, template)[0]?.id
  const given = item.repeat === null ? [answer.value] : answer.units.map((u) => u.value)
  return given.some((value) => value !== null && value !== top)
}

/**
 * What an answered record still owes beside a valid value: note, samples, proof, a nonconformity or reason. `proof` null = proof
 * is the team's to show. A reason stands for a missing nonconformity. na and abstain owe nothing more.
 */
export function answerDemands(
  item: Item,
  answer: Answer,
  context: {
    score: number | null
    rows: readonly Row[]
    template: Template
    hasNonconformity: boolean
    proof: Proof | null
  },
): SheetProblem[] {
  if (answer.state !== 'answered') return []
  const { score, rows, template, hasNonconformity, proof } = context
  const { demand } = item
  const problems: SheetProblem[] = []
  const isNoteDemanded =
    isAtOrBelow(item, answer, score, demand.noteAtOrBelow_bp) || (demand.noteAtFull && isAtFull(item, answer, score))
  if (isNoteDemanded && isBlank(answer.note) && isBlank(answer.facts)) problems.push('note')
  if (proof) problems.push(...missingProof(item, proof, () => score))
  if (answer.samples.length < demand.minSamples) problems.push('samples')
  const isExplained = hasNonconformity || !isBlank(answer.reason)
  if (isBelowTopGrade(item, answer, template) && !isExplained) problems.push('nonconformityMissing')
  const measured = measuredRows(answer.indicators)
  const isPromiseBroken = rows.some((row) => {
    const value = measured.get(row.id)
    return value !== undefined && isWorseThanPromised(row, value)
  })
  if (isPromiseBroken && !isExplained) problems.push('promiseNotMet')
  return problems
}

/**
 * Everything that keeps one expert's sheet from being sealed, in template order: for counters while scoring and as the sealing
 * gate. Proof an item's assignees show together is not asked here (see `teamProblems`).
 */
export function sheetProblems(
  input: SheetParts & { template: Template; task: Pick<Task, 'team' | 'indicators'>; member: Member },
): ItemProblem[] {
  const { template, task, member } = input
  const assigned = new Set(assignedItems(member, template).map((i) => i.id))
  const records = new Map(input.answers.map((a) => [a.item, a]))
  const linked = new Set(input.nonconformities.map((n) => n.item))
  const proofs = proofByItem(input)
  const isProofShared = makeProofShared(task)
  return templateItems(template).flatMap((item) => {
    const answer = records.get(item.id)
    const found = (problems: readonly SheetProblem[]): ItemProblem[] =>
      problems.map((problem) => ({ item: item.id, problem }))
    if (!assigned.has(item.id)) return found(answer ? ['notAssigned'] : [])
    if (!answer) return found(['unanswered'])
    const rows = indicatorRows(task, item)
    const { score, problems } = judgeAnswer(item, answer, rows, template)
    const shown = proofs.get(item.id)
    const proof: Proof | null = isProofShared(item)
      ? null
      : { answers: [answer], photos: shown?.photos.size ?? 0, hasOther: shown?.hasOther ?? false }
    const hasNonconformity = linked.has(item.id)
    return found([...problems, ...answerDemands(item, answer, { score, rows, template, hasNonconformity, proof })])
  })
}

/** Proof the team still owes together, over the sheets that count, in template order: `photos` and `evidence` only. */
export function teamProblems(
  task: Pick<Task, 'team'>,
  template: Template,
  sheets: readonly SheetParts[],
): ItemProblem[] {
  const parts = sheets.map((sheet) => ({
    answers: new Map(sheet.answers.map((a) => [a.item, a])),
    proofs: proofByItem(sheet),
  }))
  const isProofShared = makeProofShared(task)
  return templateItems(template).flatMap((item) => {
    if (!isProofShared(item)) return []
    const photos = new Set(parts.flatMap((p) => [...(p.proofs.get(item.id)?.photos ?? [])]))
    const proof: Proof = {
      answers: parts.flatMap((p) => p.answers.get(item.id) ?? []),
      photos: photos.size,
      hasOther: parts.some((p) => p.proofs.get(item.id)?.hasOther ?? false),
    }
    return missingProof(item, proof, (a) => a.score).map((problem) => ({ item: item.id, problem }))
  })
}

export type ScoreProblem = { path: string; code: 'scoreDiffers' | 'notAssigned' | AnswerProblem }

/**
 * Whether a sealed sheet's stored scores, unit scores and totals are the ones its values give, every value is one that may be
 * given and every record is of an assigned item. Paths as in the document (`answers.<item>`, `totals.<key>`). [] = it recomputes.
 */
export function recomputeSheet(
  template: Template,
  task: Pick<Task, 'indicators'>,
  member: Member,
  sheet: Pick<Sheet, 'answers' | 'totals'>,
): ScoreProblem[] {
  const items = new Map(assignedItems(member, template).map((i) => [i.id, i]))
  const problems: ScoreProblem[] = []
  const judged = sheet.answers.map((answer) => {
    const path = `answers.${answer.item}`
    const item = items.get(answer.item)
    if (!item) {
      problems.push({ path, code: 'notAssigned' })
      return answer
    }
    const judgement = judgeAnswer(item, answer, indicatorRows(task, item), template)
    problems.push(...judgement.problems.map((code) => ({ path, code })))
    const areUnitsRight = answer.units.every((unit, n) => unit.score === (judgement.units[n] ?? null))
    if (answer.score !== judgement.score || !areUnitsRight) problems.push({ path, code: 'scoreDiffers' })
    return { ...answer, score: judgement.score }
  })
  const totals = sheetTotals(template, member, judged)
  for (const key of Object.keys(totals) as (keyof typeof totals)[]) {
    if (totals[key] !== sheet.totals[key]) problems.push({ path: `totals.${key}`, code: 'scoreDiffers' })
  }
  return problems
}
