import type { Roster } from '../../shared/domain/roster.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { columnList, flag, fromRow, integerOrNull, putRow, word, wordOrNull, type Columns } from './columns.ts'
import type { Reader, SqlRow, Writer } from './database.ts'
import { documentOf } from './documents.ts'

/** A project joined or founded here. `rootKeyId` is pinned for ever; `clockOffsetMs` = server time − ours when last measured. */
export type Project = {
  projectId: string
  name: string
  rootKeyId: string
  rootSpki: string
  isRoot: boolean
  centreUrl: string | null
  centreKeyId: string | null
  clockOffsetMs: number | null
  createdAt: string
}

const COLUMNS = {
  projectId: word(),
  name: word(),
  rootKeyId: word(),
  rootSpki: word(),
  isRoot: flag,
  centreUrl: wordOrNull(),
  centreKeyId: wordOrNull(),
  clockOffsetMs: integerOrNull,
  createdAt: word(),
} satisfies Columns<Project>

/** A roster as signed: the exact bytes, the root's signature over them, and what they say. */
export type StoredRoster = { doc: Uint8Array; sig: Uint8Array; roster: Roster }

/** Projects in the order they were joined. */
export function listProjects(db: Reader): Project[] {
  return db
    .all<SqlRow>(`SELECT ${columnList(COLUMNS)} FROM project ORDER BY createdAt, projectId`)
    .map((row) => fromRow<Project>(COLUMNS, row))
}

export function findProject(db: Reader, projectId: string): Project | null {
  const row = db.get<SqlRow>(`SELECT ${columnList(COLUMNS)} FROM project WHERE projectId = ?`, [projectId])
  return row === undefined ? null : fromRow<Project>(COLUMNS, row)
}

/** Adds a project. Fails with rootConflict when the same project is pinned to another root, alreadyExists when it is held. */
export function addProject(tx: Writer, project: Project): Outcome<null> {
  const held = findProject(tx, project.projectId)
  if (held !== null) return fail(held.rootKeyId === project.rootKeyId ? 'alreadyExists' : 'rootConflict')
  putRow<Project>(tx, 'project', COLUMNS, {}, project)
  return ok(null)
}

/** What the person may change of a project; its root is not among it. */
export function updateProject(
  tx: Writer,
  projectId: string,
  change: Partial<Pick<Project, 'name' | 'centreUrl' | 'centreKeyId' | 'clockOffsetMs'>>,
): Outcome<null> {
  const names = Object.keys(change)
  if (names.length === 0) return ok(null)
  const changed = tx.run(
    `UPDATE project SET ${names.map((n) => `${n} = @${n}`).join(', ')} WHERE projectId = @projectId`,
    {
      ...change,
      projectId,
    },
  )
  return changed === 0 ? fail('notFound') : ok(null)
}

/**
 * Keeps a roster whose signature was verified. The highest `rosterSeq` counts: rosterOld for a lower one; the same one again is
 * accepted when its bytes are the same, else refused as rosterOld too.
 */
export function addRoster(tx: Writer, { doc, sig, roster }: StoredRoster, storedAt: string): Outcome<null> {
  const held = newestRoster(tx, roster.projectId)
  if (held !== null && roster.rosterSeq <= held.roster.rosterSeq) {
    const isSame = roster.rosterSeq === held.roster.rosterSeq && Buffer.compare(doc, held.doc) === 0
    return isSame ? ok(null) : fail('rosterOld')
  }
  tx.run('INSERT INTO roster (projectId, rosterSeq, doc, sig, storedAt) VALUES (?, ?, ?, ?, ?)', [
    roster.projectId,
    roster.rosterSeq,
    doc,
    sig,
    storedAt,
  ])
  return ok(null)
}

/** The roster in force, or null for a project without one. */
export function newestRoster(db: Reader, projectId: string): StoredRoster | null {
  const row = db.get<{ doc: Uint8Array; sig: Uint8Array }>(
    'SELECT doc, sig FROM roster WHERE projectId = ? ORDER BY rosterSeq DESC LIMIT 1',
    [projectId],
  )
  return row === undefined ? null : { ...row, roster: documentOf<Roster>(row.doc) }
}

/** Every roster a project has had here, oldest first. */
export function rostersOf(db: Reader, projectId: string): Roster[] {
  return db
    .all<{ doc: Uint8Array }>('SELECT doc FROM roster WHERE projectId = ? ORDER BY rosterSeq', [projectId])
    .map((row) => documentOf<Roster>(row.doc))
}
