import { setImmediate } from 'node:timers/promises'
import type { MergedNonconformity, ReportText, Result, Inputs, Decision } from '../../shared/domain/result.ts'
import { assignedItems, type Task } from '../../shared/domain/task.ts'
import { whyNotCounted } from '../../shared/domain/task-change.ts'
import type { Template } from '../../shared/domain/template.ts'
import { templateItems } from '../../shared/domain/template.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { signedContent } from '../../shared/package/payload.ts'
import type { ItemProblem } from '../../shared/scoring/demands.ts'
import type { MergeOutcome, Merger } from '../../shared/scoring/merge.ts'
import { sha256 } from '../exchange/crypto.ts'
import type { Reader } from '../storage/database.ts'
import { entryBytes, listPackages, newestMade, type StoredPackage } from '../storage/package-store.ts'
import { listTaskRevisions, type StoredTask } from '../storage/task-store.ts'
import {
  listDecisions,
  listExclusions,
  listMergedNonconformities,
  readTeamWork,
  type TeamWork,
} from '../storage/team-store.ts'
import type { UncountedSheet } from '../../shared/contract/views.ts'
import { stillUnlocked, type Context } from './context.ts'
import type { Desk } from './desk.ts'
import { listSheets, mergerFor, readSheet, type HeldSheet } from './team-sheets.ts'

/** What the lead's desk is derived from, before anything is merged. */
export type TeamInputs = {
  work: TeamWork
  /** The newest revision of each expert's sheet, by personId; superseded ones apart. */
  sheets: HeldSheet[]
  superseded: StoredPackage[]
  /** Newest sheets made under an earlier revision of the task that said otherwise. */
  uncounted: UncountedSheet[]
  inputs: Inputs
  merger: Merger
  /** Proof the team still owes together. */
  proof: readonly ItemProblem[]
}

/** Everything on the lead's desk, read and merged once. */
export type TeamState = TeamInputs & { outcome: MergeOutcome; text: ReportText }

/** Whether colleagues' sheets may be seen: an expert's own sheet is sealed first, under the task as it is now. */
export function mayLook({ session, stored, template, member }: Desk): boolean {
  const { task } = stored
  const scores = member !== null && assignedItems(member, template).length > 0
  if (!scores) return true
  const own = newestMade(session.store, task.taskId, 'sheet')
  if (own === null) return false
  const { taskSha256 } = readSheet(session.store, own)
  return whyUncounted(listTaskRevisions(session.store, task.taskId), task, taskSha256, member.personId) === null
}

/** Null: the sheet counts under `task`. A revision that is not held here is taken for the same; the merge recomputes every score. */
function whyUncounted(
  revisions: readonly StoredTask[],
  task: Task,
  taskSha256: string,
  personId: string,
): UncountedSheet['why'] | null {
  const own = revisions.find((t) => t.sha256 === taskSha256)?.task ?? task
  return whyNotCounted(own, task, personId)
}

/** The result issued last from here, with its package; null before the first. */
export function issuedResult({
  session,
  stored,
}: Pick<Desk, 'session' | 'stored'>): { digest: string; result: Result } | null {
  const newest = newestMade(session.store, stored.task.taskId, 'result')
  const bytes = newest === null ? null : entryBytes(session.store, newest.digest, 'data/result.json')
  if (newest === null || bytes === null) return null
  return { digest: newest.digest, result: JSON.parse(Buffer.from(bytes).toString('utf8')) as Result }
}

/** While closed, the sheets the issued result was made of: what arrives later waits for a correction to be opened. */
function frozenSheets(desk: Desk, work: TeamWork): ReadonlySet<string> | null {
  const issued = work.state === 'closed' ? issuedResult(desk) : null
  if (issued === null) return null
  const { sheets, excluded } = issued.result.inputs
  return new Set([...sheets.map((s) => s.digest), ...excluded.flatMap((e) => e.sheet ?? [])])
}

/** Reads and merges; show of it only what `mayLook` allows. Pure in everything it reads. */
export function readTeamState(desk: Desk): TeamState {
  const read = readTeamInputs(desk)
  const { task } = desk.stored
  const { template } = desk
  const { work, inputs } = read
  const used = withoutExcluded(read.sheets, inputs.excluded)
  return {
    ...read,
    outcome: read.merger.settle(inputs),
    text: work.text === null ? firstWords(used, task, template) : fitText(work.text, template),
  }
}

/** Reads the sheets one by one and merges them, so that a first look at many holds nothing else up; stops when it is locked. */
export async function readSheetsAhead(context: Context, desk: Desk): Promise<void> {
  const { session, stored } = desk
  const sheets = listPackages(session.store, stored.task.taskId).filter((p) => p.kind === 'sheet')
  const reads = [...sheets.map((p) => () => readSheet(session.store, p)), () => readTeamInputs(desk)]
  for (const read of reads) {
    if (!stillUnlocked(context, session).ok) return
    read()
    await setImmediate()
  }
}

/** Reads without merging. */
export function readTeamInputs(desk: Desk): TeamInputs {
  const { session, stored, template } = desk
  const { task } = stored
  const db = session.store
  const work = readTeamWork(db, task.taskId)
  const { newest, superseded, uncounted } = newestSheets(db, task, frozenSheets(desk, work))
  const people = new Set(task.team.map((m) => m.personId))
  const excluded = listExclusions(db, task.taskId).filter((e) => people.has(e.personId))
  const used = withoutExcluded(newest, excluded)
  const inputs: Inputs = {
    sheets: listSheets(used),
    excluded,
    decisions: inTemplateOrder(listDecisions(db, task.taskId), template),
    nonconformities: register(used, listMergedNonconformities(db, task.taskId), task, template),
    conclusion: work.conclusion ?? { chosen: null, reason: '', votes: [], opinion: '' },
  }
  return {
    work,
    sheets: newest,
    superseded,
    uncounted,
    inputs,
    ...mergerFor(desk, used, excluded),
  }
}

const withoutExcluded = (sheets: readonly HeldSheet[], excluded: Inputs['excluded']): HeldSheet[] =>
  sheets.filter((s) => !excluded.some((e) => e.personId === s.sheet.expert.personId))

/** The lead's words as the checklist in force has room for them: its own sections in its own order. */
function fitText(text: ReportText, template: Template): ReportText {
  const items = new Set(templateItems(template).map((i) => i.id))
  const bySection = new Map(text.sections.map((s) => [s.section, s]))
  return {
    ...text,
    sections: template.sections.map(
      ({ id }) => bySection.get(id) ?? { section: id, facts: '', strengths: '', gaps: '', suggestions: '' },
    ),
    witnessTests: text.witnessTests.filter((t) => items.has(t.item)),
  }
}

/** The result as it would be issued at `issuedAt`, without `closing`. */
export function resultContent({ stored }: Desk, state: TeamState, issuedAt: string): Result {
  const { task, sha256: taskSha256 } = stored
  return {
    type: 'urn:youpin-onsite:result',
    version: 1,
    projectId: task.projectId,
    taskId: task.taskId,
    taskSha256,
    templateSha256: task.templateSha256,
    revision: state.work.revision,
    reportNumber: task.reportNumber,
    issuedAt,
    inputs: state.inputs,
    merge: state.outcome.merge,
    text: state.text,
    closing: null,
  }
}

/** `contentSha256`: what the reports' check code and every signature are over. */
export const contentHash = (result: Result): string => sha256(jcsBytes(signedContent(result)))

function newestSheets(
  db: Reader,
  task: Task,
  frozen: ReadonlySet<string> | null,
): { newest: HeldSheet[]; superseded: StoredPackage[]; uncounted: UncountedSheet[] } {
  const packages = listPackages(db, task.taskId).filter((p) => p.kind === 'sheet' && p.subject !== null)
  const newestOf = new Map<string, StoredPackage>()
  for (const p of frozen === null ? packages : packages.filter((held) => frozen.has(held.digest))) {
    const held = newestOf.get(p.subject ?? '')
    if (held === undefined || p.revision > held.revision) newestOf.set(p.subject ?? '', p)
  }
  const newest: HeldSheet[] = []
  const uncounted: UncountedSheet[] = []
  const revisions = listTaskRevisions(db, task.taskId)
  for (const stored of newestOf.values()) {
    const sheet = readSheet(db, stored)
    const { personId, name } = sheet.expert
    const why = whyUncounted(revisions, task, sheet.taskSha256, personId)
    if (why === null) newest.push({ stored, sheet })
    else {
      const taskRevision = revisions.find((t) => t.sha256 === sheet.taskSha256)?.task.revision ?? task.revision
      uncounted.push({ digest: stored.digest, personId, name, revision: sheet.revision, taskRevision, why })
    }
  }
  const isOlder = (p: StoredPackage) => p.revision < (newestOf.get(p.subject ?? '')?.revision ?? 0)
  return { newest, superseded: packages.filter(isOlder), uncounted }
}

function inTemplateOrder(decisions: readonly Decision[], template: Template): Decision[] {
  const byItem = new Map(decisions.map((d) => [d.item, d]))
  return templateItems(template).flatMap((i) => byItem.get(i.id) ?? [])
}

/**
 * The merged register: what the lead has edited, and every nonconformity of the sheets that is in no entry yet. An entry is known
 * by the expert and the expert's own number, so it survives a revised sheet; one the expert has taken back does not count any more.
 */
function register(
  used: readonly HeldSheet[],
  edited: readonly MergedNonconformity[],
  task: Task,
  template: Template,
): MergedNonconformity[] {
  const fresh = used.flatMap(({ stored, sheet }) =>
    sheet.nonconformities.map((n) => {
      const remedy = n.kind === 'observation' ? null : template.nonconformity[n.kind]
      return {
        ...n,
        id: entryId(sheet.expert.personId, n.id),
        state: n.state === 'draft' ? ('opened' as const) : n.state,
        sources: [{ digest: stored.digest, id: n.id }],
        deadline: remedy === null ? null : daysAfter(task.dates.to, remedy.days),
        verify: remedy?.verify ?? 'document',
        history: [],
      }
    }),
  )
  const freshIds = new Map(fresh.map((n) => [n.id, n]))
  const standing = edited.filter((n) => n.sources.length === 0 || freshIds.has(n.id))
  const items = new Set(templateItems(template).map((i) => i.id))
  const kept = standing.map((n) => ({
    ...n,
    // The checklist in force may not have the item any more.
    item: n.item !== null && items.has(n.item) ? n.item : null,
    sources: freshIds.get(n.id)?.sources ?? [],
  }))
  const keptIds = new Set(kept.map((n) => n.id))
  return [...kept, ...fresh.filter((n) => !keptIds.has(n.id))].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Short enough for an id whatever the expert's own number was. */
function entryId(personId: string, id: string): string {
  const whole = `${personId}.${id}`
  return whole.length <= 32 ? whole : `n-${sha256(Buffer.from(whole)).slice(0, 24)}`
}

/** Calendar days after a day. */
function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Chapters begin with the experts' own words, the section's owner first, so that nobody starts from an empty page. */
function firstWords(used: readonly HeldSheet[], task: Task, template: Template): ReportText {
  const sheets = used.map((s) => s.sheet)
  const lead = task.team.find((m) => m.role === 'lead')?.personId
  const sections = template.sections.map((section) => {
    const ids = new Set(section.items.map((i) => i.id))
    const owned = (person: string) =>
      task.team.find((m) => m.personId === person)?.owns.filter((i) => ids.has(i)).length ?? 0
    const said = sheets
      .toSorted((a, b) => owned(b.expert.personId) - owned(a.expert.personId))
      .flatMap((s) => s.sections.filter((x) => x.section === section.id))
    const joined = (key: 'facts' | 'strengths' | 'gaps' | 'suggestions') =>
      [...new Set(said.map((x) => x[key].trim()).filter((x) => x !== ''))].join('\n')
    return {
      section: section.id,
      facts: joined('facts'),
      strengths: joined('strengths'),
      gaps: joined('gaps'),
      suggestions: joined('suggestions'),
    }
  })
  const lines = (key: 'strengths' | 'suggestions') =>
    sections
      .flatMap((s) => s[key].split('\n'))
      .filter((l) => l.trim() !== '')
      .slice(0, 3)
  return {
    sections,
    strengths: lines('strengths'),
    suggestions: lines('suggestions'),
    carryOver: task.carryOver.flatMap(({ id }) => {
      const found = sheets.flatMap((s) => s.carryOver.filter((c) => c.id === id && c.finding.trim() !== ''))
      if (found.length === 0) return []
      return [
        { id, finding: found.map((c) => c.finding).join('\n'), media: [...new Set(found.flatMap((c) => c.media))] },
      ]
    }),
    witnessTests: sheets.flatMap((s) => s.witnessTests),
    meetings:
      sheets
        .toSorted((a, b) => Number(b.expert.personId === lead) - Number(a.expert.personId === lead))
        .find((s) => s.meetings.length > 0)?.meetings ?? [],
    sampling: '',
    distribution: [],
  }
}
