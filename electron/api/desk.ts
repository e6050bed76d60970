import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { RosterMember } from '../../shared/domain/roster.ts'
import type { Member } from '../../shared/domain/task.ts'
import type { Template } from '../../shared/domain/template.ts'
import type { ProjectTrust } from '../exchange/trust.ts'
import { rostersOf } from '../storage/project-store.ts'
import { readSheetWork } from '../storage/sheet-store.ts'
import { findTask, findTaskRevision, listTaskRevisions, listTasks, type StoredTask } from '../storage/task-store.ts'
import { readTeamWork } from '../storage/team-store.ts'
import { findTemplate } from '../storage/template-store.ts'
import type { Reader } from '../storage/database.ts'
import { unlocked, type Context } from './context.ts'
import { myself, stampOf, type Session } from './session.ts'
import type { Stamp } from '../storage/log-store.ts'
import { issuedResult } from './team-work.ts'

/**
 * One revision of a task as the unlocked person stands to it: the one in force, or (`openSheetDesk`) the one the person's own sheet
 * is made under. `member` null: on the roster but not in this team.
 */
export type Desk = {
  session: Session
  stored: StoredTask
  template: Template
  templateDoc: Uint8Array
  me: RosterMember
  member: Member | null
  isLead: boolean
  stamp: () => Stamp
}

/** The task in force. Fails with locked, notFound (no such task here) or notPermitted (the key is not on the project's roster). */
export function openDesk(context: Context, taskId: string): Outcome<Desk> {
  const session = unlocked(context)
  if (!session.ok) return session
  const stored = findTask(session.value.store, taskId)
  if (stored === null) return fail('notFound')
  return deskOf(context, session.value, stored)
}

/** The task as the person's own sheet knows it: under another edition of the checklist a sheet stays until it is moved. */
export function openSheetDesk(context: Context, taskId: string): Outcome<Desk> {
  const session = unlocked(context)
  if (!session.ok) return session
  const stored = taskOfSheet(session.value.store, taskId)
  return stored === null ? fail('notFound') : deskOf(context, session.value, stored)
}

/** The revision a person's sheet is made under; before there is a sheet, the one in force. Null: no such task here. */
export function taskOfSheet(db: Reader, taskId: string): StoredTask | null {
  const work = readSheetWork(db, taskId)
  return (work === null ? null : findTaskRevision(db, taskId, work.taskRevision)) ?? findTask(db, taskId)
}

export function deskOf(context: Context, session: Session, stored: StoredTask): Outcome<Desk> {
  const { task } = stored
  const template = findTemplate(session.store, task.templateSha256)
  const me = myself(session, task.projectId)
  if (template === null) return fail('notFound')
  if (me === null) return fail('notPermitted')
  const member = task.team.find((m) => m.personId === me.personId) ?? null
  return ok({
    session,
    stored,
    template: template.template,
    templateDoc: template.doc,
    me,
    member,
    isLead: member?.role === 'lead',
    stamp: () => stampOf(context, me.personId),
  })
}

/** The desk of the team's lead; notPermitted for everybody else. A closed result stays with the revision it was issued under. */
export function openLeadDesk(context: Context, taskId: string): Outcome<Desk> {
  const inForce = openDesk(context, taskId)
  if (!inForce.ok) return inForce
  const { session } = inForce.value
  const issued = readTeamWork(session.store, taskId).state === 'closed' ? issuedResult(inForce.value) : null
  const under = listTaskRevisions(session.store, taskId).find((t) => t.sha256 === issued?.result.taskSha256)
  const desk = under === undefined ? inForce : deskOf(context, session, under)
  return desk.ok && !desk.value.isLead ? fail('notPermitted') : desk
}

/** What verification may believe about a project: its rosters and its tasks held here. */
export function trustOf(db: Reader, projectId: string): ProjectTrust {
  const taskIds = listTasks(db)
    .filter((t) => t.task.projectId === projectId)
    .map((t) => t.task.taskId)
  return {
    projectId,
    rosters: rostersOf(db, projectId),
    tasks: taskIds.flatMap((id) => listTaskRevisions(db, id).map((t) => t.task)),
  }
}
