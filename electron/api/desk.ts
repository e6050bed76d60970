import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { RosterMember } from '../../shared/domain/roster.ts'
import type { Member } from '../../shared/domain/task.ts'
import type { Template } from '../../shared/domain/template.ts'
import type { ProjectTrust } from '../exchange/trust.ts'
import { rostersOf } from '../storage/project-store.ts'
import { findTask, listTaskRevisions, listTasks, type StoredTask } from '../storage/task-store.ts'
import { findTemplate } from '../storage/template-store.ts'
import type { Reader } from '../storage/database.ts'
import { unlocked, type Context } from './context.ts'
import { myself, stampOf, type Session } from './session.ts'
import type { Stamp } from '../storage/log-store.ts'

/** One task as the unlocked person stands to it. `member` null: on the roster but not in this team. */
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

/** Fails with locked, notFound (no such task here) or notPermitted (the key is not on the project's roster). */
export function openDesk(context: Context, taskId: string): Outcome<Desk> {
  const session = unlocked(context)
  if (!session.ok) return session
  const stored = findTask(session.value.store, taskId)
  if (stored === null) return fail('notFound')
  return deskOf(context, session.value, stored)
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

/** The desk of the team's lead; notPermitted for everybody else. */
export function openLeadDesk(context: Context, taskId: string): Outcome<Desk> {
  const desk = openDesk(context, taskId)
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
