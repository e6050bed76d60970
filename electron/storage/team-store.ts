import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type {
  ChosenConclusion,
  Confirmation,
  Decision,
  Exclusion,
  MergedNonconformity,
  ReportText,
} from '../../shared/domain/result.ts'
import type { LogAction } from '../../shared/package/log.ts'
import { columnList, fromRow, integer, json, putRow, word, wordOrNull, type Columns } from './columns.ts'
import type { Reader, SqlRow, Writer } from './database.ts'
import { record, type Stamp } from './log-store.ts'
import { NONCONFORMITY } from './sheet-store.ts'

/** What the lead settles for a task. `changeNote` is empty in revision 1; null parts were not written yet. */
export type TeamWork = {
  revision: number
  changeNote: string
  state: 'open' | 'closed'
  text: ReportText | null
  conclusion: ChosenConclusion | null
  confirmation: Confirmation | null
}

const WORK = {
  revision: integer,
  changeNote: word(),
  state: word(),
  text: json(),
  conclusion: json(),
  confirmation: json(),
} satisfies Columns<TeamWork>

const EXCLUSION = { personId: word(), sheet: wordOrNull(), reason: word() } satisfies Columns<Exclusion>

const MERGED_NONCONFORMITY = {
  ...NONCONFORMITY,
  sources: json(),
  deadline: wordOrNull(),
  verify: word(),
  history: json(),
} satisfies Columns<MergedNonconformity>

const EMPTY: TeamWork = { revision: 1, changeNote: '', state: 'open', text: null, conclusion: null, confirmation: null }

/** Open revision 1 without any part when nothing was written yet. */
export function readTeamWork(db: Reader, taskId: string): TeamWork {
  const row = db.get<SqlRow>(`SELECT ${columnList(WORK)} FROM team_work WHERE taskId = ?`, [taskId])
  return row === undefined ? EMPTY : fromRow<TeamWork>(WORK, row)
}

/** Live and stale decisions alike, by item. */
export function listDecisions(db: Reader, taskId: string): Decision[] {
  return db
    .all<{ doc: string }>('SELECT doc FROM decision WHERE taskId = ? ORDER BY item', [taskId])
    .map((row) => JSON.parse(row.doc) as Decision)
}

/** By personId. */
export function listExclusions(db: Reader, taskId: string): Exclusion[] {
  return db
    .all<SqlRow>(`SELECT ${columnList(EXCLUSION)} FROM exclusion WHERE taskId = ? ORDER BY personId`, [taskId])
    .map((row) => fromRow<Exclusion>(EXCLUSION, row))
}

/** By id. */
export function listMergedNonconformities(db: Reader, taskId: string): MergedNonconformity[] {
  return db
    .all<SqlRow>(`SELECT ${columnList(MERGED_NONCONFORMITY)} FROM merged_nonconformity WHERE taskId = ? ORDER BY id`, [
      taskId,
    ])
    .map((row) => fromRow<MergedNonconformity>(MERGED_NONCONFORMITY, row))
}

/** One decision an item; null takes it back. Fails with closed. */
export function saveDecision(
  tx: Writer,
  stamp: Stamp,
  taskId: string,
  item: string,
  after: Decision | null,
): Outcome<null> {
  const before = listDecisions(tx, taskId).find((d) => d.item === item) ?? null
  const action = after === null ? 'undecided' : 'decided'
  return changeTeam(tx, stamp, { taskId, action, object: item, before, after }, () => {
    if (after === null) tx.run('DELETE FROM decision WHERE taskId = ? AND item = ?', [taskId, item])
    else
      tx.run('INSERT OR REPLACE INTO decision (taskId, item, doc) VALUES (?, ?, ?)', [
        taskId,
        item,
        JSON.stringify(after),
      ])
  })
}

/** Leaves a person's sheet out of the merge; null takes that back. Fails with closed. */
export function saveExclusion(
  tx: Writer,
  stamp: Stamp,
  taskId: string,
  personId: string,
  after: Exclusion | null,
): Outcome<null> {
  const before = listExclusions(tx, taskId).find((e) => e.personId === personId) ?? null
  const action = after === null ? 'included' : 'excluded'
  return changeTeam(tx, stamp, { taskId, action, object: personId, before, after }, () => {
    if (after === null) tx.run('DELETE FROM exclusion WHERE taskId = ? AND personId = ?', [taskId, personId])
    else putRow<Exclusion>(tx, 'exclusion', EXCLUSION, { taskId }, after)
  })
}

/** Adds a nonconformity or replaces the one with its id. Fails with closed. */
export function saveMergedNonconformity(
  tx: Writer,
  stamp: Stamp,
  taskId: string,
  after: MergedNonconformity,
): Outcome<null> {
  const before = listMergedNonconformities(tx, taskId).find((n) => n.id === after.id) ?? null
  return changeTeam(tx, stamp, { taskId, action: 'nonconformitySet', object: after.id, before, after }, () =>
    putRow<MergedNonconformity>(tx, 'merged_nonconformity', MERGED_NONCONFORMITY, { taskId }, after),
  )
}

/** The lead's edit of the experts' words. Fails with closed. */
export function saveTeamText(tx: Writer, stamp: Stamp, taskId: string, text: ReportText): Outcome<null> {
  return savePart(tx, stamp, taskId, 'textWritten', 'text', { text })
}

/** Fails with closed. */
export function saveConclusion(tx: Writer, stamp: Stamp, taskId: string, conclusion: ChosenConclusion): Outcome<null> {
  return savePart(tx, stamp, taskId, 'concluded', 'conclusion', { conclusion })
}

/** The enterprise's statement. Fails with closed. */
export function saveConfirmation(tx: Writer, stamp: Stamp, taskId: string, confirmation: Confirmation): Outcome<null> {
  return savePart(tx, stamp, taskId, 'confirmed', 'confirmation', { confirmation })
}

/** Freezes the result; call it in the transaction that stores its package. Fails with closed. */
export function closeTeam(tx: Writer, stamp: Stamp, taskId: string): Outcome<null> {
  const { revision } = readTeamWork(tx, taskId)
  return changeTeam(tx, stamp, { taskId, action: 'closed', object: taskId, before: null, after: revision }, () =>
    saveWork(tx, taskId, { ...readTeamWork(tx, taskId), state: 'closed' }),
  )
}

/** Opens the next revision of a closed result; the enterprise's statement is void and must be taken again. Fails with mergeOpen. */
export function reopenTeam(tx: Writer, stamp: Stamp, taskId: string, changeNote: string): Outcome<null> {
  const held = readTeamWork(tx, taskId)
  if (held.state === 'open') return fail('mergeOpen')
  const revision = held.revision + 1
  saveWork(tx, taskId, { ...held, revision, changeNote, state: 'open', confirmation: null })
  record(tx, stamp, { taskId, action: 'reopened', object: taskId, before: held.revision, after: revision })
  return ok(null)
}

function savePart<K extends 'text' | 'conclusion' | 'confirmation'>(
  tx: Writer,
  stamp: Stamp,
  taskId: string,
  action: LogAction,
  name: K,
  part: Pick<TeamWork, K>,
): Outcome<null> {
  const before = readTeamWork(tx, taskId)
  return changeTeam(tx, stamp, { taskId, action, object: name, before: before[name], after: part[name] }, () =>
    saveWork(tx, taskId, { ...before, ...part }),
  )
}

function saveWork(tx: Writer, taskId: string, work: TeamWork): void {
  putRow<TeamWork>(tx, 'team_work', WORK, { taskId }, work)
}

type TeamChange = { taskId: string; action: LogAction; object: string; before: unknown; after: unknown }

function changeTeam(tx: Writer, stamp: Stamp, change: TeamChange, apply: () => void): Outcome<null> {
  if (readTeamWork(tx, change.taskId).state === 'closed') return fail('closed')
  apply()
  record(tx, stamp, change)
  return ok(null)
}
