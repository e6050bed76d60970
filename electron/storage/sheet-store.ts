import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { AnswerChange } from '../../shared/contract/views.ts'
import type { Answer, Meeting, Nonconformity, SectionSummary, Sheet } from '../../shared/domain/sheet.ts'
import type { LogAction } from '../../shared/package/log.ts'
import { columnList, fromRow, integer, integerOrNull, json, putRow, word, wordOrNull, type Columns } from './columns.ts'
import type { Reader, SqlRow, Writer } from './database.ts'
import { record, type Stamp } from './log-store.ts'
import { findTask, findTaskRevision } from './task-store.ts'

type CarryOver = Sheet['carryOver'][number]
type WitnessTest = Sheet['witnessTests'][number]

/**
 * One's own work on a task. `reason` is empty in revision 1; `declaration` null until accepted. `taskRevision`: the revision of
 * the task it is made under; `movedFrom`: the one it was moved from to another edition and can be moved back to, null for none.
 */
export type SheetWork = {
  taskId: string
  revision: number
  reason: string
  declaration: Sheet['declaration'] | null
  state: 'open' | 'sealed'
  taskRevision: number
  movedFrom: number | null
}

const WORK = {
  taskId: word(),
  revision: integer,
  reason: word(),
  declaration: json(),
  state: word(),
  taskRevision: integer,
  movedFrom: integerOrNull,
} satisfies Columns<SheetWork>

const SECTION = {
  section: word(),
  facts: word(),
  strengths: word(),
  gaps: word(),
  suggestions: word(),
} satisfies Columns<SectionSummary>

/** Shared with the team's merged nonconformities, which have all these fields. */
export const NONCONFORMITY = {
  id: word(),
  item: wordOrNull(),
  kind: word(),
  requirement: word(),
  evidence: word(),
  where: word(),
  when: word(),
  sample: word(),
  media: json(),
  confirmedBy: word(),
  state: word(),
} satisfies Columns<Nonconformity>

const CARRY_OVER = { id: word(), finding: word(), media: json() } satisfies Columns<CarryOver>

const WITNESS_TEST = {
  item: word(),
  what: word(),
  method: word(),
  result: word(),
  media: json(),
} satisfies Columns<WitnessTest>

const MEETING = {
  kind: word(),
  at: word(),
  place: word(),
  clockNote: word(),
  attendance: json(),
  media: json(),
  minutes: word(),
} satisfies Columns<Meeting>

/** Null before the declaration was accepted for the first time. */
export function readSheetWork(db: Reader, taskId: string): SheetWork | null {
  const row = db.get<SqlRow>(`SELECT ${columnList(WORK)} FROM sheet_work WHERE taskId = ?`, [taskId])
  return row === undefined ? null : fromRow<SheetWork>(WORK, row)
}

/** The work as long as it may be changed; fails with notFound (declaration not accepted yet) or sealed. */
export function openSheetWork(db: Reader, taskId: string): Outcome<SheetWork> {
  const work = readSheetWork(db, taskId)
  if (work === null) return fail('notFound')
  return work.state === 'open' ? ok(work) : fail('sealed')
}

/** Accepts the declaration; the first time this starts revision 1 under the task in force. Fails with sealed. */
export function acceptDeclaration(tx: Writer, stamp: Stamp, taskId: string, text: string): Outcome<SheetWork> {
  const held = readSheetWork(tx, taskId)
  if (held?.state === 'sealed') return fail('sealed')
  const taskRevision = findTask(tx, taskId)?.task.revision ?? 1
  const fresh = { taskId, revision: 1, reason: '', declaration: null, state: 'open' as const }
  const before: SheetWork = held ?? { ...fresh, taskRevision, movedFrom: null }
  const work = { ...before, declaration: { text, acceptedAt: stamp.at } }
  saveWork(tx, work)
  record(tx, stamp, {
    taskId,
    action: 'declarationAccepted',
    object: taskId,
    before: before.declaration,
    after: work.declaration,
  })
  return ok(work)
}

/** Freezes the work; call it in the transaction that stores the package and logs `sealed`. Fails with notFound or sealed. */
export function sealSheetWork(tx: Writer, taskId: string): Outcome<SheetWork> {
  const open = openSheetWork(tx, taskId)
  if (!open.ok) return open
  const work = { ...open.value, state: 'sealed' as const, movedFrom: null }
  saveWork(tx, work)
  return ok(work)
}

/**
 * Brings open work under the task in force as long as the checklist is the same; under another edition it stays as it is until it
 * is moved. Answers whether it came under another revision.
 */
export function followTask(tx: Writer, taskId: string): boolean {
  const work = readSheetWork(tx, taskId)
  const newest = findTask(tx, taskId)
  if (work?.state !== 'open' || newest === null || work.taskRevision >= newest.task.revision) return false
  const own = findTaskRevision(tx, taskId, work.taskRevision)
  if (own?.task.templateSha256 !== newest.task.templateSha256) return false
  saveWork(tx, { ...work, taskRevision: newest.task.revision })
  return true
}

/** Puts open work under another revision of its task. Fails with notFound or sealed. */
export function moveSheetWork(
  tx: Writer,
  stamp: Stamp,
  taskId: string,
  { taskRevision, movedFrom }: Pick<SheetWork, 'taskRevision' | 'movedFrom'>,
): Outcome<SheetWork> {
  const open = openSheetWork(tx, taskId)
  if (!open.ok) return open
  const work = { ...open.value, taskRevision, movedFrom }
  saveWork(tx, work)
  const action = movedFrom === null ? 'sheetMovedBack' : 'sheetMoved'
  record(tx, stamp, { taskId, action, object: taskId, before: open.value.taskRevision, after: taskRevision })
  return ok(work)
}

/** Opens the next revision of a sealed sheet; its answers go on from the sealed ones. Fails with notFound, or stale when it is open. */
export function openSheetRevision(tx: Writer, stamp: Stamp, taskId: string, reason: string): Outcome<SheetWork> {
  const held = readSheetWork(tx, taskId)
  if (held === null) return fail('notFound')
  if (held.state === 'open') return fail('stale')
  const work = { ...held, revision: held.revision + 1, reason, state: 'open' as const }
  saveWork(tx, work)
  record(tx, stamp, { taskId, action: 'revisionOpened', object: taskId, before: held.revision, after: work.revision })
  return ok(work)
}

function saveWork(tx: Writer, work: SheetWork): void {
  tx.run(
    `INSERT INTO sheet_work (taskId, revision, reason, declaration, state, taskRevision, movedFrom)
     VALUES (@taskId, @revision, @reason, @declaration, @state, @taskRevision, @movedFrom)
     ON CONFLICT (taskId) DO UPDATE SET revision = excluded.revision, reason = excluded.reason,
       declaration = excluded.declaration, state = excluded.state, taskRevision = excluded.taskRevision,
       movedFrom = excluded.movedFrom`,
    { ...work, declaration: WORK.declaration.toSql(work.declaration) },
  )
}

/** Records an answer (null clears the item to unanswered) with its history and log line. Fails with notFound or sealed. */
export function saveAnswer(
  tx: Writer,
  stamp: Stamp,
  taskId: string,
  item: string,
  answer: Answer | null,
): Outcome<null> {
  const open = openSheetWork(tx, taskId)
  if (!open.ok) return open
  const before = findAnswer(tx, taskId, item)
  if (before === null && answer === null) return ok(null)
  if (answer === null) tx.run('DELETE FROM answer WHERE taskId = ? AND item = ?', [taskId, item])
  else {
    tx.run('INSERT OR REPLACE INTO answer (taskId, item, doc, updatedAt) VALUES (?, ?, ?, ?)', [
      taskId,
      item,
      JSON.stringify(answer),
      answer.updatedAt,
    ])
  }
  tx.run('INSERT INTO answer_history (taskId, item, at, before, after) VALUES (?, ?, ?, ?, ?)', [
    taskId,
    item,
    stamp.at,
    toText(before),
    toText(answer),
  ])
  record(tx, stamp, {
    taskId,
    action: answer === null ? 'answerCleared' : 'answerSet',
    object: item,
    before,
    after: answer,
  })
  return ok(null)
}

const toText = (answer: Answer | null): string | null => (answer === null ? null : JSON.stringify(answer))
const fromText = (text: string | null): Answer | null => (text === null ? null : (JSON.parse(text) as Answer))

/** Null = unanswered. */
export function findAnswer(db: Reader, taskId: string, item: string): Answer | null {
  return fromText(
    db.get<{ doc: string }>('SELECT doc FROM answer WHERE taskId = ? AND item = ?', [taskId, item])?.doc ?? null,
  )
}

/** Every change of one item's answer, oldest first; it goes on over revisions. */
export function answerHistory(db: Reader, taskId: string, item: string): AnswerChange[] {
  return db
    .all<{ at: string; before: string | null; after: string | null }>(
      'SELECT at, before, after FROM answer_history WHERE taskId = ? AND item = ? ORDER BY n',
      [taskId, item],
    )
    .map((row) => ({ at: row.at, before: fromText(row.before), after: fromText(row.after) }))
}

/** Fails with notFound or sealed. */
export function saveSection(tx: Writer, stamp: Stamp, taskId: string, summary: SectionSummary): Outcome<null> {
  const before = sectionsOf(tx, taskId).find((s) => s.section === summary.section) ?? null
  return changeWork(
    tx,
    stamp,
    { taskId, action: 'sectionWritten', object: summary.section, before, after: summary },
    () => putRow<SectionSummary>(tx, 'section_summary', SECTION, { taskId }, summary),
  )
}

/** Adds a nonconformity or replaces the one with its id. Fails with notFound or sealed. */
export function saveNonconformity(tx: Writer, stamp: Stamp, taskId: string, after: Nonconformity): Outcome<null> {
  const before = nonconformitiesOf(tx, taskId).find((n) => n.id === after.id) ?? null
  return changeWork(tx, stamp, { taskId, action: 'nonconformitySet', object: after.id, before, after }, () =>
    putRow<Nonconformity>(tx, 'nonconformity', NONCONFORMITY, { taskId }, after),
  )
}

/** Fails with notFound (also for an unknown id) or sealed. */
export function removeNonconformity(tx: Writer, stamp: Stamp, taskId: string, id: string): Outcome<null> {
  const before = nonconformitiesOf(tx, taskId).find((n) => n.id === id)
  if (before === undefined) return fail('notFound')
  return changeWork(tx, stamp, { taskId, action: 'nonconformityRemoved', object: id, before, after: null }, () =>
    tx.run('DELETE FROM nonconformity WHERE taskId = ? AND id = ?', [taskId, id]),
  )
}

/** Fails with notFound or sealed. */
export function saveCarryOver(tx: Writer, stamp: Stamp, taskId: string, after: CarryOver): Outcome<null> {
  const before = carryOverOf(tx, taskId).find((c) => c.id === after.id) ?? null
  return changeWork(tx, stamp, { taskId, action: 'carryOverAnswered', object: after.id, before, after }, () =>
    putRow<CarryOver>(tx, 'carry_over', CARRY_OVER, { taskId }, after),
  )
}

/** Replaces the whole list, order kept. Fails with notFound or sealed. */
export function saveWitnessTests(tx: Writer, stamp: Stamp, taskId: string, after: WitnessTest[]): Outcome<null> {
  const before = witnessTestsOf(tx, taskId)
  return changeWork(tx, stamp, { taskId, action: 'witnessTestsRecorded', object: taskId, before, after }, () => {
    tx.run('DELETE FROM witness_test WHERE taskId = ?', [taskId])
    after.forEach((t, position) => putRow<WitnessTest>(tx, 'witness_test', WITNESS_TEST, { taskId, position }, t))
  })
}

/** Replaces the whole list, order kept. Fails with notFound or sealed. */
export function saveMeetings(tx: Writer, stamp: Stamp, taskId: string, after: Meeting[]): Outcome<null> {
  const before = meetingsOf(tx, taskId)
  return changeWork(tx, stamp, { taskId, action: 'meetingsRecorded', object: taskId, before, after }, () => {
    tx.run('DELETE FROM meeting WHERE taskId = ?', [taskId])
    after.forEach((m, position) => putRow<Meeting>(tx, 'meeting', MEETING, { taskId, position }, m))
  })
}

type WorkChange = { taskId: string; action: LogAction; object: string; before: unknown; after: unknown }

function changeWork(tx: Writer, stamp: Stamp, change: WorkChange, apply: () => void): Outcome<null> {
  const open = openSheetWork(tx, change.taskId)
  if (!open.ok) return open
  apply()
  record(tx, stamp, change)
  return ok(null)
}

/** The parts of a sheet that were recorded here, besides its evidence: answers by item id, lists in their own order, rest by id. */
export type SheetParts = Pick<
  Sheet,
  'answers' | 'sections' | 'carryOver' | 'witnessTests' | 'nonconformities' | 'meetings'
>

export function readSheetParts(db: Reader, taskId: string): SheetParts {
  return {
    answers: db
      .all<{ doc: string }>('SELECT doc FROM answer WHERE taskId = ? ORDER BY item', [taskId])
      .map((row) => JSON.parse(row.doc) as Answer),
    sections: sectionsOf(db, taskId),
    carryOver: carryOverOf(db, taskId),
    witnessTests: witnessTestsOf(db, taskId),
    nonconformities: nonconformitiesOf(db, taskId),
    meetings: meetingsOf(db, taskId),
  }
}

/** How many of these items are answered (any state), without reading the answers. */
export function countAnswers(db: Reader, taskId: string, items: readonly { id: string }[]): number {
  const answered = db.all<{ item: string }>('SELECT item FROM answer WHERE taskId = ?', [taskId])
  const there = new Set(answered.map((row) => row.item))
  return items.filter((item) => there.has(item.id)).length
}

const listOf =
  <T>(table: string, columns: Columns<T>, order: string) =>
  (db: Reader, taskId: string): T[] =>
    db
      .all<SqlRow>(`SELECT ${columnList(columns)} FROM ${table} WHERE taskId = ? ORDER BY ${order}`, [taskId])
      .map((row) => fromRow(columns, row))

const sectionsOf = listOf<SectionSummary>('section_summary', SECTION, 'section')
const nonconformitiesOf = listOf<Nonconformity>('nonconformity', NONCONFORMITY, 'id')
const carryOverOf = listOf<CarryOver>('carry_over', CARRY_OVER, 'id')
const witnessTestsOf = listOf<WitnessTest>('witness_test', WITNESS_TEST, 'position')
const meetingsOf = listOf<Meeting>('meeting', MEETING, 'position')
