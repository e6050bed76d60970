import type { RosterMember } from '../../shared/domain/roster.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { Task } from '../../shared/domain/task.ts'
import { whyNotCounted } from '../../shared/domain/task-change.ts'
import { jcs, jcsBytes } from '../../shared/package/jcs.ts'
import type { Statement } from '../../shared/package/statement.ts'
import type { KnownPackage } from '../../shared/package/verdict.ts'
import { sha256 } from './crypto.ts'
import { refuse, type Refusal } from './refusal.ts'
import { newestRoster, standingAt, type ProjectTrust, type Signer } from './trust.ts'
import type { Content } from './verify-content.ts'

type Asking = { statement: Statement; signer: Signer }

/** Whether the author may say this: task by office or lead, sheet by its expert (or declared proxy), result by the task's lead. */
export function checkRights(
  asking: Asking,
  content: Content,
  trust: ProjectTrust,
  known: readonly KnownPackage[],
  at: string,
): Refusal | null {
  const { statement, signer } = asking
  const { documents } = content
  if (statement.author.personId !== signer.personId)
    return refuse('notPermitted', 'statement.json#author.personId', 'otherPerson')
  if (documents.kind === 'task') return checkTaskRights(signer, documents.task, trust)
  if (isForeignTask(documents.task, trust)) return refuse('notPermitted', 'data/task.json', 'foreignTask')
  if (documents.kind === 'sheet') return checkSheetRights('data/sheet.json', signer, documents.sheet, documents.task)
  const lead = documents.task.team.find((m) => m.role === 'lead')
  if (lead?.personId !== signer.personId) return refuse('notPermitted', 'data/result.json', 'notTheLead')
  return checkCarriedTask(signer, documents.task, trust) ?? checkEmbeddedRights(content, trust, known, at)
}

/** Where revisions of the task were accepted, the one carried along must be one of them: its own package was signed, this copy was not. */
function isForeignTask(task: Task, trust: ProjectTrust): boolean {
  const held = trust.tasks.filter((t) => t.taskId === task.taskId && t.revision === task.revision)
  const bytes = jcs(task)
  return held.length > 0 && !held.some((t) => jcs(t) === bytes)
}

function checkTaskRights(signer: Signer, task: Task, trust: ProjectTrust): Refusal | null {
  const name = 'data/task.json'
  if (task.issuedBy !== signer.personId) return refuse('notPermitted', `${name}#issuedBy`, 'otherPerson')
  if (signer.role === 'office') return null
  if (signer.role !== 'lead') return refuse('notPermitted', name, 'notOfficeOrLead')
  const objection = revisionObjection(signer, task, trust)
  if (objection === null) return null
  const { before, why } = objection
  // What the revisions in between changed, and who was lead in them, is not known here.
  if (before < task.revision - 1)
    return refuse('notPermitted', name, 'revisionMissing', missingBetween(before, task.revision))
  return refuse('notPermitted', name, why)
}

/** Why a lead could not have made this of the revision held before it (`before` its number); null: could, or none is held. */
function revisionObjection(
  lead: Signer,
  task: Task,
  trust: ProjectTrust,
): { before: number; why: 'leadRevision' | 'notTheLead' } | null {
  const earlier = trust.tasks
    .filter((t) => t.taskId === task.taskId && t.revision < task.revision)
    .toSorted((a, b) => b.revision - a.revision)
  const [before] = earlier
  if (before === undefined || isFirstIssuer(lead.personId, earlier, newestRoster(trust.rosters)?.members ?? []))
    return null
  const wasLead = before.team.some((m) => m.role === 'lead' && m.personId === lead.personId)
  if (wasLead && fixedPart(before) === fixedPart(task)) return null
  return { before: before.revision, why: wasLead ? 'leadRevision' : 'notTheLead' }
}

/**
 * A result brings along a later revision than any held: nobody but its own signer vouches for that copy, so it may say no more
 * than the lead could have changed. Who led before is known from what is held.
 */
function checkCarriedTask(signer: Signer, task: Task, trust: ProjectTrust): Refusal | null {
  const isHeld = trust.tasks.some((t) => t.taskId === task.taskId && t.revision === task.revision)
  const objection = isHeld || signer.role === 'office' ? null : revisionObjection(signer, task, trust)
  if (objection === null) return null
  return refuse(
    'notPermitted',
    'data/task.json',
    'revisionMissing',
    missingBetween(objection.before, task.revision + 1),
  )
}

/**
 * Who made the task in the office's place may change all of it: known from revision 1, or, where that is not held, from all that
 * is held in a project without an office. `earlier` is not empty, newest first.
 */
export function isFirstIssuer(
  personId: string,
  earlier: readonly Task[],
  roster: readonly Pick<RosterMember, 'role'>[],
): boolean {
  const first = earlier.at(-1)
  if (first?.revision === 1) return first.issuedBy === personId
  return !roster.some((m) => m.role === 'office') && earlier.every((t) => t.issuedBy === personId)
}

const missingBetween = (held: number, arrived: number): string =>
  Array.from({ length: arrived - held - 1 }, (_, n) => held + 1 + n).join(', ')

/** What a lead on the spot may not change: everything but team, assignments, dates, sites and emergency enrolments. */
function fixedPart(task: Task): string {
  const {
    revision: _r,
    team: _t,
    dates: _d,
    schedule: _s,
    fieldEnrolments: _f,
    issuedBy: _b,
    issuedAt: _a,
    scope,
    ...rest
  } = task
  return jcs({ ...rest, products: scope.products, boundary: scope.boundary })
}

/** `name` is the entry the sheet lies in. Role and kind come from the task's team, never from the sheet. */
function checkSheetRights(name: string, signer: Signer, sheet: Sheet, task: Task): Refusal | null {
  const isScorer = (personId: string) => task.team.some((m) => m.personId === personId && m.role !== 'observer')
  const { expert, proxy } = sheet
  if (!isScorer(expert.personId)) return refuse('notPermitted', `${name}#expert`, 'notInTeam', expert.personId)
  if (proxy === null) {
    if (expert.personId !== signer.personId)
      return refuse('notPermitted', `${name}#expert`, 'otherPerson', expert.personId)
    return signer.names.includes(expert.name)
      ? null
      : refuse('notPermitted', `${name}#expert.name`, 'otherName', expert.name)
  }
  const isDeclared =
    task.rules.proxyEntry &&
    proxy.enteredBy === signer.personId &&
    proxy.enteredBy !== expert.personId &&
    proxy.checkedBy !== proxy.enteredBy &&
    isScorer(proxy.enteredBy) &&
    task.team.some((m) => m.personId === proxy.checkedBy)
  const isNamed = task.team.some((m) => m.personId === expert.personId && m.name === expert.name)
  return isDeclared && isNamed ? null : refuse('notPermitted', `${name}#proxy`, 'proxy')
}

/** A key revoked since counts for sheets accepted before; otherwise it is judged now. */
function checkEmbeddedRights(
  { documents, sheets }: Content,
  trust: ProjectTrust,
  known: readonly KnownPackage[],
  at: string,
): Refusal | null {
  for (const { digest, signer, statement, sheet } of sheets) {
    const folder = `data/sheets/${digest}`
    const seenAt = known.find((k) => k.digest === digest)?.acceptedAt ?? at
    const standing = standingAt(signer, seenAt)
    if (standing === 'revoked') return refuse('revoked', folder, 'revoked', signer.keyId)
    if (standing === 'early') return refuse('unknownSigner', folder, 'notYetValid', signer.keyId)
    if (statement.author.personId !== signer.personId) return refuse('notPermitted', folder, 'otherPerson')
    const refusal =
      checkSheetRights(`${folder}/sheet.json`, signer, sheet, documents.task) ??
      checkEarlierTask(`${folder}/sheet.json`, sheet, documents.task, trust)
    if (refusal !== null) return refusal
  }
  return null
}

/** A sheet made under an earlier task revision counts only if its template, indicators and its own assignment are unchanged. */
function checkEarlierTask(name: string, sheet: Sheet, task: Task, trust: ProjectTrust): Refusal | null {
  if (sheet.taskSha256 === sha256(jcsBytes(task))) return null
  const earlier = trust.tasks.find((t) => sha256(jcsBytes(t)) === sheet.taskSha256)
  if (earlier === undefined) return null
  const why = whyNotCounted(earlier, task, sheet.expert.personId)
  return why === null ? null : refuse('invalidContent', `${name}#taskSha256`, 'taskChanged', why)
}
