import { v7 as uuidv7 } from 'uuid'
import type { Api } from '../../shared/contract/api.ts'
import type { TaskDraft } from '../../shared/contract/drafts.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { DraftView, TaskCard } from '../../shared/contract/views.ts'
import { assignedItems } from '../../shared/domain/task.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { sha256 } from '../exchange/crypto.ts'
import { write, type Reader } from '../storage/database.ts'
import { deliveryOf, newestMade, type StoredPackage } from '../storage/package-store.ts'
import { findProject } from '../storage/project-store.ts'
import { countAnswers, readSheetWork } from '../storage/sheet-store.ts'
import {
  addTask,
  findDraft,
  findRevisionDraft,
  findTask,
  listDrafts,
  listTasks,
  removeDraft,
  saveDraft,
  type Revises,
  type StoredTask,
} from '../storage/task-store.ts'
import { readTeamWork } from '../storage/team-store.ts'
import { findTemplate, listTemplates } from '../storage/template-store.ts'
import { unlocked, type Context } from './context.ts'
import { deskOf, openDesk, taskOfSheet, type Desk } from './desk.ts'
import { bringSheetAlong } from './move.ts'
import { sealInto } from './sealing.ts'
import { confirmPassphrase, myself, projectOf, stampOf, type Session } from './session.ts'
import { sheetFate, taskStanding } from './standing.ts'
import { buildTask, contentOf, draftView, emptyContent, peopleOf, revisionRights, sampleContent } from './task-draft.ts'

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
        listDrafts(session.value.store).map(({ draft, revises, updatedAt }) => ({
          draftId: draft.draftId,
          projectId: draft.projectId,
          number: draft.content.number,
          enterprise: draft.content.enterprise.name,
          revision: revises === null ? null : revises.fromRevision + 1,
          updatedAt,
        })),
      )
    },
    'task.draft': async ({ draftId }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const found = findDraft(session.value.store, draftId)
      return found === null ? fail('notFound') : ok(draftView(context, session.value, found))
    },
    'task.newDraft': async ({ projectId, templateSha256, fromSample }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const project = projectOf(session.value, projectId)
      if (!project.ok) return project
      const { store } = session.value
      const chosen = findTemplate(store, templateSha256)
      // The sample visit has a checklist of its own; one's own checklist is practised with as it is.
      const found = fromSample && chosen?.template.sample !== false ? sampleTemplate(store) : chosen
      if (found === null) return fail('notFound')
      const ordered = peopleOf(session.value, projectId)
      const content = fromSample
        ? sampleContent(context, ordered, found.template)
        : emptyContent(ordered, found.template, context.now())
      const draft = { draftId: uuidv7(), projectId, templateSha256: found.sha256, content }
      return keepDraft(context, session.value, draft, { isNew: true, revises: null })
    },
    'task.saveDraft': async ({ draft }) => {
      const session = unlocked(context)
      return session.ok ? keepDraft(context, session.value, draft, { isNew: false, revises: null }) : session
    },
    'task.removeDraft': async ({ draftId }) => {
      const session = unlocked(context)
      return session.ok ? write(session.value.store, (tx) => removeDraft(tx, draftId)) : session
    },
    'task.issue': async ({ draftId, passphrase }) => {
      const session = unlocked(context)
      return session.ok ? await issue(context, session.value, draftId, passphrase) : session
    },
    'task.revise': async ({ taskId }) => {
      const session = unlocked(context)
      return session.ok ? reviseTask(context, session.value, taskId) : session
    },
    'task.standing': async ({ taskId }) => {
      const desk = openDesk(context, taskId)
      return desk.ok ? ok(taskStanding(desk.value)) : desk
    },
  }
}

/** Adds a draft (`revises` says of what) or keeps what was typed into one. */
function keepDraft(
  context: Context,
  session: Session,
  draft: TaskDraft,
  as: { isNew: boolean; revises: Revises | null },
): Outcome<DraftView> {
  const updatedAt = context.now().toISOString()
  return write(session.store, (tx) => {
    const held = findDraft(tx, draft.draftId)
    // A draft is gone once it was issued: what a window saves late must not bring it back.
    if (!as.isNew && held === null) return fail('stale')
    if (findProject(tx, draft.projectId) === null) return fail('notFound')
    saveDraft(tx, draft, updatedAt, as.revises)
    return ok(draftView(context, session, { draft, revises: held?.revises ?? as.revises, updatedAt }))
  })
}

/** The draft of the next revision of the task in force; one begun from an earlier revision is begun anew. */
function reviseTask(context: Context, session: Session, taskId: string): Outcome<DraftView> {
  const inForce = findTask(session.store, taskId)
  if (inForce === null) return fail('notFound')
  if (revisionRights(session, taskId) === null) return fail('notPermitted')
  const { task } = inForce
  const begun = findRevisionDraft(session.store, taskId)
  if (begun?.revises?.fromRevision === task.revision) return ok(draftView(context, session, begun))
  if (begun !== null) write(session.store, (tx) => removeDraft(tx, begun.draft.draftId))
  const { projectId, templateSha256 } = task
  const draft = { draftId: uuidv7(), projectId, templateSha256, content: contentOf(task) }
  return keepDraft(context, session, draft, { isNew: true, revises: { taskId, fromRevision: task.revision } })
}

async function issue(
  context: Context,
  session: Session,
  draftId: string,
  passphrase: string,
): Promise<Outcome<TaskCard>> {
  const draft = findDraft(session.store, draftId)
  if (draft === null) return fail('notFound')
  const { revises } = draft
  const built = buildTask(context, session, draft.draft, revises)
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
      action: revises === null ? ('taskIssued' as const) : ('taskRevised' as const),
      object: task.taskId,
    }
    // Another revision may have come in while the passphrase was checked.
    if ((findTask(tx, task.taskId)?.task.revision ?? 0) !== task.revision - 1) return fail('stale')
    const sealed = sealInto(tx, context, session, me, keys.value, order)
    if (!sealed.ok) return sealed
    const added = addTask(tx, { ...stored, packageDigest: sealed.value.digest })
    if (!added.ok) return added
    bringSheetAlong(tx, stampOf(context, me.personId), task.taskId)
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
    progress: progressOf(context, session, stored),
    next: nextStep(desk.ok ? desk.value : null, sheet, result),
    sheet,
    result,
    taskPackage: made('task'),
  }
}

/** Of the sheet as it is: under its own revision of the task. */
function progressOf(context: Context, session: Session, { task }: StoredTask): TaskCard['progress'] {
  const own = taskOfSheet(session.store, task.taskId)
  const desk = own === null ? null : deskOf(context, session, own)
  const items = desk?.ok && desk.value.member !== null ? assignedItems(desk.value.member, desk.value.template) : []
  return { answered: countAnswers(session.store, task.taskId, items), assigned: items.length }
}

function nextStep(desk: Desk | null, sheet: TaskCard['sheet'], result: TaskCard['result']): TaskCard['next'] {
  if (desk === null || desk.member === null || desk.member.role === 'observer') return 'observe'
  const { store } = desk.session
  const { taskId } = desk.stored.task
  const work = readSheetWork(store, taskId)
  const items = assignedItems(desk.member, desk.template)
  if (items.length > 0) {
    if (work === null) return 'declare'
    const fate = sheetFate(store, desk.stored.task, desk.me.personId)
    if (fate === 'move' || fate === 'sealAgain') return fate
    if (work.state === 'open') return countAnswers(store, taskId, items) < items.length ? 'score' : 'seal'
    if (!desk.isLead) return sheet?.exportedAt ? 'done' : 'exportSheet'
  }
  const team = readTeamWork(store, taskId)
  if (team.state === 'closed') return result?.exportedAt ? 'done' : 'exportResult'
  return team.confirmation === null ? 'settle' : 'close'
}

/** The checklist the sample visit was made for. */
const sampleTemplate = (db: Reader) => listTemplates(db).find((t) => t.template.number === SAMPLE_TEMPLATE) ?? null
