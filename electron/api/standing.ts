import type { RevisionArrival, SheetFate, TaskStanding } from '../../shared/contract/views.ts'
import { taskChanges, whyNotCounted, type TaskChange, type Visit } from '../../shared/domain/task-change.ts'
import type { Task } from '../../shared/domain/task.ts'
import type { Template } from '../../shared/domain/template.ts'
import type { Reader } from '../storage/database.ts'
import { readSheetWork } from '../storage/sheet-store.ts'
import { findRevisionDraft, findTask, type StoredTask } from '../storage/task-store.ts'
import { findTemplate } from '../storage/template-store.ts'
import { taskOfSheet, type Desk } from './desk.ts'
import { myself, type Session } from './session.ts'
import { revisionRights } from './task-draft.ts'

/** How a person's own sheet stands to a revision of its task, the one in force or one that may be accepted. */
export function sheetFate(db: Reader, task: Task, personId: string): SheetFate {
  const work = readSheetWork(db, task.taskId)
  const own = taskOfSheet(db, task.taskId)
  if (work === null || own === null) return 'none'
  const member = task.team.find((m) => m.personId === personId)
  if (member === undefined || member.role === 'observer') return 'removed'
  if (own.task.revision === task.revision) return 'current'
  if (work.state === 'open') return own.task.templateSha256 === task.templateSha256 ? 'current' : 'move'
  return whyNotCounted(own.task, task, personId) === null ? 'stands' : 'sealAgain'
}

/** The task in force with the person's own sheet beside it. `desk`: of the task in force. */
export function taskStanding({ session, stored, template, me, member }: Desk): TaskStanding {
  const { store } = session
  const { task } = stored
  const work = readSheetWork(store, task.taskId)
  const own = work === null ? null : taskOfSheet(store, task.taskId)
  const draft = findRevisionDraft(store, task.taskId)
  const mayRevise = revisionRights(session, task.taskId)
  return {
    task,
    template,
    me: member,
    mayRevise,
    revisionDraft: mayRevise === null ? null : (draft?.draft.draftId ?? null),
    fate: sheetFate(store, task, me.personId),
    sheetRevision: own?.task.revision ?? null,
    changes: own === null ? [] : changesBetween(store, own, { task, template }),
    canMoveBack: work?.state === 'open' && work.movedFrom !== null,
  }
}

/** What an arriving revision would change here; null when it is no later revision of a task held. */
export function revisionArrival(session: Session, task: Task, template: Template): RevisionArrival | null {
  const held = findTask(session.store, task.taskId)
  const me = myself(session, task.projectId)
  if (held === null || me === null || held.task.revision >= task.revision) return null
  return {
    fromRevision: held.task.revision,
    changes: changesBetween(session.store, held, { task, template }),
    fate: sheetFate(session.store, task, me.personId),
    personId: me.personId,
  }
}

function changesBetween(db: Reader, { task }: StoredTask, after: Visit): TaskChange[] {
  const template = findTemplate(db, task.templateSha256)
  return template === null ? [] : taskChanges({ task, template: template.template }, after)
}
