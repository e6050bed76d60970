import { planMove, type KeptAnswer, type MovePlan as AnswerPlan } from '../../shared/checklist/move.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { MovedItem, MovePlan } from '../../shared/contract/views.ts'
import type { Answer, Sheet } from '../../shared/domain/sheet.ts'
import { assignedItems } from '../../shared/domain/task.ts'
import type { Visit } from '../../shared/domain/task-change.ts'
import { templateItems, type Item } from '../../shared/domain/template.ts'
import { jcs } from '../../shared/package/jcs.ts'
import type { Reader, Writer } from '../storage/database.ts'
import { listMedia, updateMedia, type StoredMedia } from '../storage/evidence-store.ts'
import type { Stamp } from '../storage/log-store.ts'
import { keepMoved, listMoved, type MovedRecord } from '../storage/move-store.ts'
import {
  followTask,
  moveSheetWork,
  openSheetWork,
  readSheetParts,
  saveAnswer,
  saveNonconformity,
  saveWitnessTests,
} from '../storage/sheet-store.ts'
import { findTask, findTaskRevision, type StoredTask } from '../storage/task-store.ts'
import { findTemplate } from '../storage/template-store.ts'
import { taskOfSheet, type Desk } from './desk.ts'

/** What moving the open sheet to the edition in force would do. Fails with notFound, sealed, or stale (nothing to move to). */
export function movePlan(desk: Desk): Outcome<MovePlan> {
  const target = targetOf(desk.session.store, desk)
  return target.ok ? ok(planOf(desk, target.value)) : target
}

/** Moves the open sheet to the edition in force. Fails as `movePlan` does, and with stale when that is not `toRevision`. */
export function moveSheet(tx: Writer, desk: Desk, toRevision: number): Outcome<null> {
  const target = targetOf(tx, desk)
  if (!target.ok) return target
  if (target.value.task.revision !== toRevision) return fail('stale')
  return move(tx, desk, target.value, desk.stored.task.revision)
}

/** Undoes the last move of the open sheet. Fails with notFound, sealed, or stale (it was not moved). */
export function moveSheetBack(tx: Writer, desk: Desk): Outcome<null> {
  const { taskId } = desk.stored.task
  const work = openSheetWork(tx, taskId)
  if (!work.ok) return work
  const { movedFrom } = work.value
  const before = movedFrom === null ? null : visitOf(tx, findTaskRevision(tx, taskId, movedFrom))
  return before === null ? fail('stale') : move(tx, desk, before, null)
}

/** The task in force when it has another edition than the open sheet. Fails with notFound, sealed, or stale (nothing to move to). */
function targetOf(db: Reader, { stored }: Desk): Outcome<Visit> {
  const { taskId, templateSha256 } = stored.task
  const open = openSheetWork(db, taskId)
  if (!open.ok) return open
  const target = visitOf(db, findTask(db, taskId))
  if (target === null || target.task.templateSha256 === templateSha256) return fail('stale')
  return ok(target)
}

function visitOf(db: Reader, stored: StoredTask | null): Visit | null {
  const template = stored === null ? null : findTemplate(db, stored.task.templateSha256)
  return stored === null || template === null ? null : { task: stored.task, template: template.template }
}

/** What of the sheet would be kept, looked at again, dropped and new, in the order of the edition it goes to; the dropped last. */
function planOf(desk: Desk, to: Visit): MovePlan {
  const { session, stored, template, me } = desk
  const from = { task: stored.task, template }
  const mine = (visit: Visit): Item[] => {
    const member = visit.task.team.find((m) => m.personId === me.personId)
    return member === undefined ? [] : assignedItems(member, visit.template)
  }
  const [had, has] = [mine(from), mine(to)]
  const before = new Set(had.map((i) => i.id))
  const there = new Set(has.map((i) => i.id))
  const answers = readSheetParts(session.store, from.task.taskId).answers.filter((a) => before.has(a.item))
  const plan = plannedAnswers(answers, from, to, memoryOf(session.store, to))
  const media = listMedia(session.store, from.task.taskId).filter((m) => m.discardedAt === null)
  const named = ({ id, code, title }: Item) => {
    const photos = media.filter((m) => m.items.includes(id)).length
    return { item: id, code, title, photos, answer: null, before: null, after: null, fields: [], why: null }
  }
  const stays = has.flatMap((item): MovedItem[] => {
    const kept = plan.kept.get(item.id)
    if (kept !== undefined) {
      const outcome = kept.needsLook ? 'look' : 'kept'
      const fields = [...new Set(kept.changes.map((c) => c.field))]
      return [{ ...named(item), ...pick(kept), outcome, fields }]
    }
    const isNew = !before.has(item.id) || answers.some((a) => a.item === item.id)
    return isNew ? [{ ...named(item), outcome: 'new' }] : []
  })
  const dropped = had.flatMap((item): MovedItem[] => {
    const lost = plan.dropped.find((d) => d.item === item.id)
    const answer = lost?.answer ?? answers.find((a) => a.item === item.id) ?? null
    const shown = { ...named(item), answer, before: answer?.score ?? null }
    if (lost !== undefined) return [{ ...shown, outcome: 'dropped', why: lost.why }]
    const isGone = !there.has(item.id) && (answer !== null || shown.photos > 0)
    return isGone ? [{ ...shown, outcome: 'dropped', why: 'notAssigned' }] : []
  })
  const known = new Set(templateItems(to.template).map((i) => i.id))
  return {
    from: editionOf(from),
    to: editionOf(to),
    items: [...stays, ...dropped],
    toTray: media.filter((m) => m.items.length > 0 && !m.items.some((i) => known.has(i))).length,
  }
}

const pick = ({ answer, before, after }: KeptAnswer) => ({ answer, before, after })
const editionOf = ({ task, template }: Visit): MovePlan['from'] => ({
  revision: task.revision,
  number: template.number,
  edition: template.edition,
})

/**
 * Puts the sheet under another edition. Answers to items it does not have stay stored out of sight; what has to change is kept as it
 * was, and is given back when the sheet returns to the edition it left, unless it was touched in between.
 */
function move(tx: Writer, desk: Desk, to: Visit, movedFrom: number | null): Outcome<null> {
  const { stored, template } = desk
  const from = { task: stored.task, template }
  const { taskId } = from.task
  const stamp = desk.stamp()
  const memory = memoryOf(tx, to)
  const done: Done = { tx, stamp, taskId, kept: [] }
  const moved =
    firstFailure([
      () => moveAnswers(done, from, to, memory),
      () => moveRecords(done, from, to, memory),
      () => moveMedia(done, from, to, memory),
    ]) ?? moveSheetWork(tx, stamp, taskId, { taskRevision: to.task.revision, movedFrom })
  if (!moved.ok) return moved
  keepMoved(tx, taskId, from.task.templateSha256, done.kept)
  return ok(null)
}

type Memory = (kind: MovedRecord['kind'], id: string) => MovedRecord | null

/** What was kept when the sheet left the edition it now comes to. */
function memoryOf(db: Reader, { task }: Visit): Memory {
  const held = listMoved(db, task.taskId, task.templateSha256)
  return (kind, id) => held.find((r) => r.kind === kind && r.id === id) ?? null
}

type Done = { tx: Writer; stamp: Stamp; taskId: string; kept: MovedRecord[] }
type Failed = { ok: false } & Outcome<never>

function firstFailure(steps: readonly (() => Failed | null)[]): Failed | null {
  for (const step of steps) {
    const failed = step()
    if (failed !== null) return failed
  }
  return null
}

type Planned = { kept: Map<string, KeptAnswer>; dropped: AnswerPlan['dropped'] }

/**
 * Answers under another edition: those that can go on, fitted to it, and those it has no place for. What was changed or taken out when
 * the sheet left that edition is given back where nobody has touched it since.
 */
function plannedAnswers(answers: readonly Answer[], from: Visit, to: Visit, memory: Memory): Planned {
  const here = new Set(templateItems(from.template).map((i) => i.id))
  const plan = planMove(
    answers.filter((a) => here.has(a.item)),
    from,
    to,
  )
  // Out of sight in the edition that is left, so nobody can have touched them there.
  const hidden = planMove(
    answers.filter((a) => !here.has(a.item)),
    to,
    to,
  )
  const kept = new Map([...plan.kept, ...hidden.kept].map((k) => [k.item, k]))
  for (const { id } of templateItems(to.template)) {
    const record = memory('answer', id)
    if (record === null) continue
    const became = JSON.parse(record.became) as Answer | null
    const isUntouched = said(became) === said(answers.find((a) => a.item === id) ?? null)
    // Judged anew in between, in a way this edition has no place for: what there was before comes back.
    if (!isUntouched && !plan.dropped.some((d) => d.item === id)) continue
    // The same edition again: only the task's own rows can be others than they were.
    const [back] = planMove([JSON.parse(record.doc) as Answer], to, to).kept
    if (back !== undefined) kept.set(id, back)
  }
  return { kept, dropped: plan.dropped.filter((d) => !kept.has(d.item)) }
}

function moveAnswers({ tx, stamp, taskId, kept }: Done, from: Visit, to: Visit, memory: Memory): Failed | null {
  const { answers } = readSheetParts(tx, taskId)
  const held = new Map(answers.map((a) => [a.item, a]))
  const plan = plannedAnswers(answers, from, to, memory)
  for (const { id } of templateItems(to.template)) {
    const before = held.get(id) ?? null
    const next = plan.kept.get(id)?.answer ?? null
    if (said(next) === said(before)) continue
    const after = next === null ? null : { ...next, updatedAt: stamp.at }
    const saved = saveAnswer(tx, stamp, taskId, id, after)
    if (!saved.ok) return saved
    if (before !== null) kept.push({ kind: 'answer', id, doc: JSON.stringify(before), became: JSON.stringify(after) })
  }
  return null
}

/** Everything an answer says, without when. */
function said(answer: Answer | null): string {
  if (answer === null) return 'null'
  const { updatedAt: _at, ...rest } = answer
  return jcs(rest)
}

function moveRecords({ tx, stamp, taskId, kept }: Done, from: Visit, to: Visit, memory: Memory): Failed | null {
  const known = new Set(templateItems(to.template).map((i) => i.id))
  const left = new Set(templateItems(from.template).map((i) => i.id))
  const { nonconformities, witnessTests } = readSheetParts(tx, taskId)
  for (const n of nonconformities) {
    const before = memory('nonconformity', n.id)
    const item = n.item === null ? (before === null ? null : (JSON.parse(before.doc) as string)) : n.item
    const next = item !== null && known.has(item) ? item : null
    if (next === n.item) continue
    const saved = saveNonconformity(tx, stamp, taskId, { ...n, item: next })
    if (!saved.ok) return saved
    if (n.item !== null) kept.push({ kind: 'nonconformity', id: n.id, doc: JSON.stringify(n.item), became: 'null' })
  }
  const before = memory('witnessTests', '')
  const remembered = before === null ? [] : (JSON.parse(before.doc) as Sheet['witnessTests'])
  const isUntouched = before !== null && before.became === JSON.stringify(witnessTests)
  const next = isUntouched
    ? remembered
    : [...witnessTests.filter((t) => known.has(t.item)), ...remembered.filter((t) => !left.has(t.item))]
  if (jcs(next) === jcs(witnessTests)) return null
  const saved = saveWitnessTests(tx, stamp, taskId, next)
  if (!saved.ok) return saved
  kept.push({ kind: 'witnessTests', id: '', doc: JSON.stringify(witnessTests), became: JSON.stringify(next) })
  return null
}

function moveMedia({ tx, stamp, taskId, kept }: Done, from: Visit, to: Visit, memory: Memory): Failed | null {
  const known = new Set(templateItems(to.template).map((i) => i.id))
  const left = new Set(templateItems(from.template).map((i) => i.id))
  for (const media of listMedia(tx, taskId)) {
    const before = memory('media', media.sha256)
    const items = itemsOf(
      media,
      before,
      (item) => known.has(item),
      (item) => left.has(item),
    )
    if (jcs(items) === jcs(media.items)) continue
    const { caption, inReport } = media
    const saved = updateMedia(tx, stamp, taskId, media.sha256, { caption, inReport, items })
    if (!saved.ok) return saved
    kept.push({
      kind: 'media',
      id: media.sha256,
      doc: JSON.stringify(media.items),
      became: JSON.stringify(items),
    })
  }
  return null
}

/** Where a picture belongs in the edition it comes to: where it was, or what is left of it, with what it lost on the way out. */
function itemsOf(
  media: StoredMedia,
  before: MovedRecord | null,
  isKnown: (item: string) => boolean,
  wasHere: (item: string) => boolean,
): string[] {
  const remembered = before === null ? [] : (JSON.parse(before.doc) as string[])
  if (before !== null && before.became === JSON.stringify(media.items)) return remembered
  return [...new Set([...media.items.filter(isKnown), ...remembered.filter((item) => !wasHere(item) && isKnown(item))])]
}

/** Brings an open sheet under the task in force where its checklist is the same, and judges what it is measured by anew. */
export function bringSheetAlong(tx: Writer, stamp: Stamp, taskId: string): void {
  const from = visitOf(tx, taskOfSheet(tx, taskId))
  if (!followTask(tx, taskId)) return
  const to = visitOf(tx, taskOfSheet(tx, taskId))
  if (from === null || to === null) return
  const { answers } = readSheetParts(tx, taskId)
  const plan = planMove(answers, from, to)
  const keep = (before: Answer, after: Answer) => {
    if (said(before) !== said(after)) saveAnswer(tx, stamp, taskId, after.item, { ...after, updatedAt: stamp.at })
  }
  for (const { item, answer } of plan.kept) keep(answers.find((a) => a.item === item) ?? answer, answer)
  for (const { answer, why } of plan.dropped) if (why === 'invalid') keep(answer, withoutValue(answer, to))
}

/** A record whose rows the task has changed so far that it gives no rate any more: what is still asked for stays, to be completed. */
function withoutValue(answer: Answer, { task }: Visit): Answer {
  const rows = new Set(task.indicators.find((e) => e.item === answer.item)?.rows.map((r) => r.id))
  return { ...answer, value: null, score: null, indicators: answer.indicators.filter((i) => rows.has(i.row)) }
}
