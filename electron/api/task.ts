import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import type { Api } from '../../shared/contract/api.ts'
import { taskContent, type TaskContent, type TaskDraft } from '../../shared/contract/drafts.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { DraftView, TaskCard } from '../../shared/contract/views.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { RosterMember } from '../../shared/domain/roster.ts'
import { assignedItems, checkTaskAgainst, parseTask, type Task } from '../../shared/domain/task.ts'
import { templateItems, type Template } from '../../shared/domain/template.ts'
import { cleanText } from '../../shared/domain/text.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { sha256 } from '../exchange/crypto.ts'
import { write, type Reader } from '../storage/database.ts'
import { deliveryOf, newestMade, type StoredPackage } from '../storage/package-store.ts'
import { findProject, newestRoster } from '../storage/project-store.ts'
import { countAnswers, readSheetWork } from '../storage/sheet-store.ts'
import {
  addTask,
  findDraft,
  findTask,
  listDrafts,
  listTasks,
  removeDraft,
  saveDraft,
  type StoredTask,
} from '../storage/task-store.ts'
import { readTeamWork } from '../storage/team-store.ts'
import { findTemplate, listTemplates } from '../storage/template-store.ts'
import { unlocked, type Context } from './context.ts'
import { deskOf, type Desk } from './desk.ts'
import { sealInto } from './sealing.ts'
import { confirmPassphrase, myself, projectOf, type Session } from './session.ts'

const SAMPLE_TEMPLATE = 'YP-SAMPLE-GY-2026'

type TaskApi = Pick<Api, Extract<keyof Api, `task.${string}`>>

/** Tasks: what is to be done on this machine, and making a new one without an office. */
export function taskApi(context: Context): TaskApi {
  return {
    'task.list': async () => {
      const session = unlocked(context)
      if (!session.ok) return session
      return ok(listTasks(session.value.store).map((stored) => taskCard(context, session.value, stored)))
    },
    'task.drafts': async () => {
      const session = unlocked(context)
      if (!session.ok) return session
      return ok(
        listDrafts(session.value.store).map(({ draft, updatedAt }) => ({
          draftId: draft.draftId,
          projectId: draft.projectId,
          number: draft.content.number,
          enterprise: draft.content.enterprise.name,
          updatedAt,
        })),
      )
    },
    'task.draft': async ({ draftId }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const found = findDraft(session.value.store, draftId)
      return found === null ? fail('notFound') : ok(draftView(context, session.value, found.draft, found.updatedAt))
    },
    'task.newDraft': async ({ projectId, templateSha256, fromSample }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const project = projectOf(session.value, projectId)
      if (!project.ok) return project
      const { store } = session.value
      const found = fromSample ? sampleTemplate(store) : findTemplate(store, templateSha256)
      if (found === null) return fail('notFound')
      const people =
        newestRoster(session.value.store, projectId)?.roster.members.filter(
          (m) => m.role === 'lead' || m.role === 'expert',
        ) ?? []
      const me = myself(session.value, projectId)
      const ordered = [...people].toSorted((a, b) => Number(b.keyId === me?.keyId) - Number(a.keyId === me?.keyId))
      const content = fromSample
        ? sampleContent(context, ordered, found.template)
        : emptyContent(ordered, found.template, context.now())
      return keepDraft(context, session.value, { draftId: uuidv7(), projectId, templateSha256: found.sha256, content })
    },
    'task.saveDraft': async ({ draft }) => {
      const session = unlocked(context)
      return session.ok ? keepDraft(context, session.value, draft) : session
    },
    'task.removeDraft': async ({ draftId }) => {
      const session = unlocked(context)
      return session.ok ? write(session.value.store, (tx) => removeDraft(tx, draftId)) : session
    },
    'task.issue': async ({ draftId, passphrase }) => {
      const session = unlocked(context)
      return session.ok ? await issue(context, session.value, draftId, passphrase) : session
    },
  }
}

function keepDraft(context: Context, session: Session, draft: TaskDraft): Outcome<DraftView> {
  const updatedAt = context.now().toISOString()
  return write(session.store, (tx) => {
    // A draft is gone once it was issued: what a window saves late must not bring it back.
    if (findTask(tx, draft.draftId) !== null) return fail('stale')
    if (findProject(tx, draft.projectId) === null) return fail('notFound')
    saveDraft(tx, draft, updatedAt)
    return ok(draftView(context, session, draft, updatedAt))
  })
}

function draftView(context: Context, session: Session, draft: TaskDraft, updatedAt: string): DraftView {
  const built = buildTask(context, session, draft)
  return { draft, problems: built.ok ? [] : (built.failure.problems ?? []), updatedAt }
}

/** The task a draft would become now; `invalid` with every problem when it would not be one. Dates and ids come with issuing. */
function buildTask(context: Context, session: Session, draft: TaskDraft): Outcome<{ task: Task; template: Template }> {
  const found = findTemplate(session.store, draft.templateSha256)
  const me = myself(session, draft.projectId)
  if (found === null) return fail('notFound')
  if (me === null || (me.role !== 'lead' && me.role !== 'office')) return fail('notPermitted')
  const content = cleaned(draft.content)
  const built = parseTask({
    ...content,
    type: 'urn:youpin-onsite:task',
    version: 1,
    projectId: draft.projectId,
    taskId: draft.draftId,
    revision: 1,
    supplements: null,
    category: found.template.category,
    templateSha256: draft.templateSha256,
    attachments: [],
    prefill: { ...content.prefill, selfScores: content.prefill.selfScores.map(inMicro) },
    rules: { ...content.rules, requiredSuites: ['ed25519'] },
    fieldEnrolments: [],
    issuedBy: me.personId,
    issuedAt: context.now().toISOString(),
  })
  if (!built.ok) return fail('invalid', { problems: built.problems })
  const problems = [...checkTaskAgainst(built.value, found.template), ...checkPeople(session, built.value)]
  return problems.length === 0 ? ok({ task: built.value, template: found.template }) : fail('invalid', { problems })
}

/** A lead types points; documents hold micro-points. */
const inMicro = ({ item, score }: { item: string; score: number }) => ({ item, score: Math.round(score * 1_000_000) })

/** Everybody in the team is on the roster under the same name: signatures are checked against it. */
function checkPeople(session: Session, task: Task): Problem[] {
  const members = newestRoster(session.store, task.projectId)?.roster.members ?? []
  return task.team
    .filter((t) => !members.some((m) => m.personId === t.personId && m.name === t.name))
    .map((t) => ({ path: `team.${t.personId}`, code: 'notOnRoster', message: t.name }))
}

async function issue(
  context: Context,
  session: Session,
  draftId: string,
  passphrase: string,
): Promise<Outcome<TaskCard>> {
  const draft = findDraft(session.store, draftId)
  if (draft === null) return fail('notFound')
  const built = buildTask(context, session, draft.draft)
  if (!built.ok) return built
  const keys = await confirmPassphrase(session, passphrase)
  if (!keys.ok) return keys
  // What was typed while the passphrase was checked must not be lost with the draft.
  if (findDraft(session.store, draftId)?.updatedAt !== draft.updatedAt) return fail('stale')
  const { task, template } = built.value
  const me = myself(session, task.projectId)
  if (me === null) return fail('notPermitted')
  const doc = jcsBytes(task)
  const stored: StoredTask = { sha256: sha256(doc), doc, packageDigest: null, storedAt: task.issuedAt, task }
  const issued = write(session.store, (tx) => {
    const order = {
      documents: { kind: 'task' as const, task, template },
      action: 'taskIssued' as const,
      object: task.taskId,
    }
    const sealed = sealInto(tx, context, session, me, keys.value, order)
    if (!sealed.ok) return sealed
    const added = addTask(tx, { ...stored, packageDigest: sealed.value.digest })
    if (!added.ok) return added
    const removed = removeDraft(tx, draftId)
    return removed.ok ? ok(taskCard(context, session, stored)) : removed
  })
  keys.value.pkcs8.fill(0)
  return issued
}

export function taskCard(context: Context, session: Session, stored: StoredTask): TaskCard {
  const { task } = stored
  const desk = deskOf(context, session, stored)
  const member = desk.ok ? desk.value.member : null
  const template = findTemplate(session.store, task.templateSha256)
  const assigned = member === null || template === null ? 0 : assignedItems(member, template.template).length
  const made = (kind: StoredPackage['kind']) => {
    const found = newestMade(session.store, task.taskId, kind)
    return found === null
      ? null
      : { ...deliveryOf(session.store, found), digest: found.digest, revision: found.revision }
  }
  const sheet = made('sheet')
  const result = made('result')
  return {
    taskId: task.taskId,
    projectId: task.projectId,
    revision: task.revision,
    number: task.number,
    enterprise: task.enterprise.name,
    category: task.category,
    dates: task.dates,
    sample: task.sample,
    role: member?.role ?? null,
    templateTitle: template?.template.title ?? { zh: '', en: '' },
    progress: { answered: countAnswers(session.store, task.taskId), assigned },
    next: nextStep(desk.ok ? desk.value : null, sheet, result),
    sheet,
    result,
    taskPackage: made('task'),
  }
}

function nextStep(desk: Desk | null, sheet: TaskCard['sheet'], result: TaskCard['result']): TaskCard['next'] {
  if (desk === null || desk.member === null || desk.member.role === 'observer') return 'observe'
  const { store } = desk.session
  const { taskId } = desk.stored.task
  const work = readSheetWork(store, taskId)
  const assigned = assignedItems(desk.member, desk.template).length
  if (assigned > 0) {
    if (work === null) return 'declare'
    if (work.state === 'open') return countAnswers(store, taskId) < assigned ? 'score' : 'seal'
    if (!desk.isLead) return sheet?.exportedAt ? 'done' : 'exportSheet'
  }
  const team = readTeamWork(store, taskId)
  if (team.state === 'closed') return result?.exportedAt ? 'done' : 'exportResult'
  return team.confirmation === null ? 'settle' : 'close'
}

/** Strings as they may be stored; an empty date of a certificate is none. */
function cleaned(content: TaskContent): TaskContent {
  const tidy = (value: unknown): unknown => {
    if (typeof value === 'string') return cleanText(value).trim()
    if (Array.isArray(value)) return value.map(tidy)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, tidy(part)]))
  }
  return taskContent.parse(tidy(content))
}

/** The checklist the sample visit was made for. */
const sampleTemplate = (db: Reader) => listTemplates(db).find((t) => t.template.number === SAMPLE_TEMPLATE) ?? null

/**
 * The sample visit with this project's own people in its places. With fewer people than places, places are shared out in turn and
 * everybody judges the veto items, which need two.
 */
function sampleContent(context: Context, people: readonly RosterMember[], template: Template): TaskContent {
  const sample = taskContent.parse(JSON.parse(readFileSync(join(context.assets, 'sample', 'task-draft.json'), 'utf8')))
  const places = sample.team
  const vetoes = templateItems(template).flatMap((i) => (i.type === 'veto' ? [i.id] : []))
  const personOf = new Map(places.map((place, n) => [place.personId, people[n % Math.max(1, people.length)]]))
  const team = people.slice(0, places.length).flatMap((person) => {
    const held = places.filter((place) => personOf.get(place.personId) === person)
    const [first] = held
    if (first === undefined) return []
    const shared = people.length < places.length ? vetoes : []
    const assigned = [...new Set([...held.flatMap((place) => place.assigned ?? []), ...shared])]
    const owns = [...new Set(held.flatMap((place) => place.owns))]
    return [{ ...first, personId: person.personId, name: person.name, unit: person.unit, assigned, owns }]
  })
  const schedule = sample.schedule.map((entry) => ({
    ...entry,
    who: [...new Set(entry.who.map((key) => personOf.get(key)?.personId ?? ''))].filter((id) => id !== ''),
  }))
  return { ...sample, team, schedule }
}

function emptyContent(people: readonly RosterMember[], template: Template, now: Date): TaskContent {
  const today = now.toISOString().slice(0, 10)
  const team = people.map((person, n) => ({
    personId: person.personId,
    name: person.name,
    unit: person.unit,
    role: n === 0 ? ('lead' as const) : ('expert' as const),
    kind: 'quality' as const,
    assigned: null,
    owns: [],
  }))
  return {
    sample: template.sample,
    number: '',
    batch: '',
    visitType: 'initial',
    reportNumber: '',
    organiser: { zh: '', en: '' },
    enterprise: { name: '', uscc: '', address: '', contact: '', phone: '' },
    scope: { products: '', sites: [], boundary: '' },
    period: { from: today, to: today },
    dates: { from: today, to: today },
    schedule: [],
    team,
    indicators: [],
    carryOver: [],
    prefill: { profile: [], certificates: [], selfScores: [], registry: [] },
    rules: { gps: 'off', importPhotos: true, proxyEntry: false, passphraseMinLength: 8, rectifyBy: null },
  }
}
