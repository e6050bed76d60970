import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { TaskDraft } from '../../shared/contract/drafts.ts'
import type { Task } from '../../shared/domain/task.ts'
import type { Reader, Writer } from './database.ts'
import { documentOf } from './documents.ts'

/** One issued revision of a task: `sha256` of its exact bytes; `packageDigest` null while its package is not held. */
export type StoredTask = { sha256: string; doc: Uint8Array; packageDigest: string | null; storedAt: string; task: Task }
/** `revises`: the issued task this draft is to become the next revision of, and the revision it was made from; null = a new task. */
export type StoredDraft = { draft: TaskDraft; revises: Revises | null; updatedAt: string }
export type Revises = { taskId: string; fromRevision: number }

const FIELDS = 'sha256, doc, packageDigest, storedAt'
const withTask = (row: Omit<StoredTask, 'task'>): StoredTask => ({ ...row, task: documentOf<Task>(row.doc) })

/** Adds a task revision; project and template must be held. Fails with alreadyExists for a revision held already. */
export function addTask(tx: Writer, { task, sha256, doc, packageDigest, storedAt }: StoredTask): Outcome<null> {
  if (findTaskRevision(tx, task.taskId, task.revision) !== null) return fail('alreadyExists')
  tx.run(
    `INSERT INTO task (taskId, revision, sha256, projectId, templateSha256, doc, packageDigest, storedAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [task.taskId, task.revision, sha256, task.projectId, task.templateSha256, doc, packageDigest, storedAt],
  )
  return ok(null)
}

/** The newest revision of every task, newest visit first. */
export function listTasks(db: Reader): StoredTask[] {
  return db
    .all<Omit<StoredTask, 'task'>>(
      `SELECT ${FIELDS} FROM task AS t
       WHERE revision = (SELECT max(revision) FROM task WHERE taskId = t.taskId) ORDER BY taskId`,
    )
    .map(withTask)
    .toSorted((a, b) => (a.task.dates.from < b.task.dates.from ? 1 : a.task.dates.from > b.task.dates.from ? -1 : 0))
}

/** The newest revision, which is the one in force. */
export function findTask(db: Reader, taskId: string): StoredTask | null {
  const row = db.get<Omit<StoredTask, 'task'>>(
    `SELECT ${FIELDS} FROM task WHERE taskId = ? ORDER BY revision DESC LIMIT 1`,
    [taskId],
  )
  return row === undefined ? null : withTask(row)
}

export function findTaskRevision(db: Reader, taskId: string, revision: number): StoredTask | null {
  const row = db.get<Omit<StoredTask, 'task'>>(`SELECT ${FIELDS} FROM task WHERE taskId = ? AND revision = ?`, [
    taskId,
    revision,
  ])
  return row === undefined ? null : withTask(row)
}

/** All revisions of a task, oldest first. */
export function listTaskRevisions(db: Reader, taskId: string): StoredTask[] {
  return db
    .all<Omit<StoredTask, 'task'>>(`SELECT ${FIELDS} FROM task WHERE taskId = ? ORDER BY revision`, [taskId])
    .map(withTask)
}

/** Drafts of tasks, the one worked on last first. */
export function listDrafts(db: Reader): StoredDraft[] {
  return db.all<DraftRow>(`SELECT ${DRAFT} FROM task_draft ORDER BY updatedAt DESC, draftId`).map(draftOf)
}

type DraftRow = { doc: string; revises: string | null; fromRevision: number | null; updatedAt: string }
const DRAFT = 'doc, revises, fromRevision, updatedAt'
const draftOf = ({ doc, revises, fromRevision, updatedAt }: DraftRow): StoredDraft => ({
  draft: JSON.parse(doc) as TaskDraft,
  revises: revises === null || fromRevision === null ? null : { taskId: revises, fromRevision },
  updatedAt,
})

export function findDraft(db: Reader, draftId: string): StoredDraft | null {
  const row = db.get<DraftRow>(`SELECT ${DRAFT} FROM task_draft WHERE draftId = ?`, [draftId])
  return row === undefined ? null : draftOf(row)
}

/** The draft of a task's next revision, or null. */
export function findRevisionDraft(db: Reader, taskId: string): StoredDraft | null {
  const row = db.get<DraftRow>(`SELECT ${DRAFT} FROM task_draft WHERE revises = ? ORDER BY updatedAt DESC`, [taskId])
  return row === undefined ? null : draftOf(row)
}

/** Adds a draft, or replaces its content; what it revises is said when it is added and stays. */
export function saveDraft(tx: Writer, draft: TaskDraft, updatedAt: string, revises: Revises | null = null): void {
  tx.run(
    `INSERT INTO task_draft (draftId, doc, updatedAt, revises, fromRevision) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (draftId) DO UPDATE SET doc = excluded.doc, updatedAt = excluded.updatedAt`,
    [draft.draftId, JSON.stringify(draft), updatedAt, revises?.taskId ?? null, revises?.fromRevision ?? null],
  )
}

/** Fails with notFound. */
export function removeDraft(tx: Writer, draftId: string): Outcome<null> {
  return tx.run('DELETE FROM task_draft WHERE draftId = ?', [draftId]) === 0 ? fail('notFound') : ok(null)
}
