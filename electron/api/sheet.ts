import { setImmediate } from 'node:timers/promises'
import type { Api } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { SealedView, SheetView } from '../../shared/contract/views.ts'
import { parseSheet, referencedMedia, type Answer, type SectionSummary, type Sheet } from '../../shared/domain/sheet.ts'
import { assignedItems, indicatorRows, type Task } from '../../shared/domain/task.ts'
import { templateItems, type Item, type Template } from '../../shared/domain/template.ts'
import { judgeAnswer } from '../../shared/scoring/answer.ts'
import { sheetProblems } from '../../shared/scoring/demands.ts'
import { sheetTotals } from '../../shared/scoring/totals.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { KeyPair } from '../exchange/keys.ts'
import { documentEntries } from '../exchange/seal.ts'
import { checkSheetContent } from '../exchange/verify-document.ts'
import { write, writesOf, type Writer } from '../storage/database.ts'
import { listMedia, listWithdrawn, mediaDocument, mediaView } from '../storage/evidence-store.ts'
import type { Stamp } from '../storage/log-store.ts'
import { deliveryOf, entryBytes, listPackages } from '../storage/package-store.ts'
import {
  acceptDeclaration,
  answerHistory,
  openSheetRevision,
  readSheetParts,
  readSheetWork,
  removeNonconformity,
  saveAnswer,
  saveCarryOver,
  saveMeetings,
  saveNonconformity,
  saveSection,
  saveWitnessTests,
  sealSheetWork,
  type SheetParts,
} from '../storage/sheet-store.ts'
import { findTask } from '../storage/task-store.ts'
import { asJob, stillUnlocked, type Context } from './context.ts'
import { openSheetDesk, type Desk } from './desk.ts'
import { bringSheetAlong, movePlan, moveSheet, moveSheetBack } from './move.ts'
import { sealInto } from './sealing.ts'
import { confirmPassphrase, type Session } from './session.ts'

type SheetApi = Pick<Api, Extract<keyof Api, `sheet.${string}`>>
type Saved = Outcome<{ savedAt: string }>

/** One's own sheet: declare, score, write, seal, revise. */
export function sheetApi(context: Context): SheetApi {
  /** Saves one change of the open sheet; answers when it is durable. What it points at must exist. */
  const save = (taskId: string, pointsAt: PointsAt, change: (tx: Writer, stamp: Stamp) => Outcome<unknown>): Saved => {
    const desk = openSheetDesk(context, taskId)
    if (!desk.ok) return desk
    const problems = pointerProblems(desk.value, pointsAt)
    if (problems.length > 0) return fail('invalid', { problems })
    const stamp = desk.value.stamp()
    return write(desk.value.session.store, (tx) => {
      const changed = change(tx, stamp)
      return changed.ok ? ok({ savedAt: stamp.at }) : changed
    })
  }
  /** A change that may put the sheet under another revision of its task; answers the sheet as it is after it. */
  const rebase = (taskId: string, change: (tx: Writer, desk: Desk) => Outcome<unknown>): Outcome<SheetView> => {
    const desk = openSheetDesk(context, taskId)
    if (!desk.ok) return desk
    const changed = write(desk.value.session.store, (tx) => change(tx, desk.value))
    const after = changed.ok ? openSheetDesk(context, taskId) : changed
    return after.ok ? ok(sheetView(after.value)) : after
  }
  return {
    'sheet.open': async ({ taskId }) => {
      const desk = openSheetDesk(context, taskId)
      return desk.ok ? ok(sheetView(desk.value)) : desk
    },
    'sheet.accept': async ({ taskId }) => {
      const desk = openSheetDesk(context, taskId)
      if (!desk.ok) return desk
      if (!isScorer(desk.value)) return fail('notPermitted')
      const text = desk.value.template.declarations.map((d) => d.zh).join('\n')
      const accepted = write(desk.value.session.store, (tx) => acceptDeclaration(tx, desk.value.stamp(), taskId, text))
      return accepted.ok ? ok(sheetView(desk.value)) : accepted
    },
    'sheet.saveAnswer': async ({ taskId, item, answer }) => {
      const desk = openSheetDesk(context, taskId)
      return desk.ok ? storeAnswer(desk.value, item, answer) : desk
    },
    'sheet.history': async ({ taskId, item }) => {
      const desk = openSheetDesk(context, taskId)
      return desk.ok ? ok(answerHistory(desk.value.session.store, taskId, item)) : desk
    },
    'sheet.saveSection': async ({ taskId, summary }) =>
      save(taskId, { sections: [summary.section] }, (tx, stamp) => saveSection(tx, stamp, taskId, summary)),
    'sheet.saveNonconformity': async ({ taskId, nonconformity }) =>
      save(taskId, { items: nonconformity.item === null ? [] : [nonconformity.item] }, (tx, stamp) =>
        saveNonconformity(tx, stamp, taskId, nonconformity),
      ),
    'sheet.removeNonconformity': async ({ taskId, id }) =>
      save(taskId, {}, (tx, stamp) => removeNonconformity(tx, stamp, taskId, id)),
    'sheet.saveCarryOver': async ({ taskId, finding }) =>
      save(taskId, { questions: [finding.id] }, (tx, stamp) => saveCarryOver(tx, stamp, taskId, finding)),
    'sheet.saveMeetings': async ({ taskId, meetings }) =>
      save(taskId, {}, (tx, stamp) => saveMeetings(tx, stamp, taskId, meetings)),
    'sheet.saveWitnessTests': async ({ taskId, witnessTests }) =>
      save(taskId, { items: witnessTests.map((w) => w.item) }, (tx, stamp) =>
        saveWitnessTests(tx, stamp, taskId, witnessTests),
      ),
    'sheet.seal': async ({ taskId, passphrase, job }) => {
      const desk = openSheetDesk(context, taskId)
      if (!desk.ok) return desk
      return await asJob(context, job, async (signal) => {
        const { session } = desk.value
        const keys = await confirmPassphrase(session, passphrase)
        if (!keys.ok) return keys
        try {
          return await seal(context, { session, taskId }, keys.value, signal)
        } finally {
          keys.value.pkcs8.fill(0)
        }
      })
    },
    'sheet.revise': async ({ taskId, reason }) => {
      if (reason.trim() === '')
        return fail('invalid', { problems: [{ path: 'reason', code: 'required', message: '' }] })
      return rebase(taskId, (tx, desk) => {
        const stamp = desk.stamp()
        const work = openSheetRevision(tx, stamp, taskId, reason)
        if (work.ok) bringSheetAlong(tx, stamp, taskId)
        return work
      })
    },
    'sheet.movePlan': async ({ taskId }) => {
      const desk = openSheetDesk(context, taskId)
      return desk.ok ? movePlan(desk.value) : desk
    },
    'sheet.move': async ({ taskId, toRevision }) => rebase(taskId, (tx, desk) => moveSheet(tx, desk, toRevision)),
    'sheet.moveBack': async ({ taskId }) => rebase(taskId, moveSheetBack),
  }
}

type PointsAt = { items?: string[]; sections?: string[]; questions?: string[] }

/** A record that points nowhere would be found only when the sheet is sealed, or by whoever verifies it. */
function pointerProblems(
  { template, stored }: Desk,
  { items = [], sections = [], questions = [] }: PointsAt,
): Problem[] {
  const missing = (path: string, code: string, named: string[], known: string[]): Problem[] =>
    named.filter((n) => !known.includes(n)).map((message) => ({ path, code, message }))
  return [
    ...missing(
      'item',
      'unknownItem',
      items,
      templateItems(template).map((i) => i.id),
    ),
    ...missing(
      'section',
      'unknownSection',
      sections,
      template.sections.map((s) => s.id),
    ),
    ...missing(
      'id',
      'unknownQuestion',
      questions,
      stored.task.carryOver.map((c) => c.id),
    ),
  ]
}

const isScorer = ({ member, template }: Desk): boolean => member !== null && assignedItems(member, template).length > 0

/** Judges the answer again and stores it; a record that is only half done is stored too, its score null. */
function storeAnswer(
  desk: Desk,
  itemId: string,
  answer: Answer | null,
): Outcome<{ answer: Answer | null; savedAt: string }> {
  const { member, template, stored } = desk
  const item = member === null ? undefined : assignedItems(member, template).find((i) => i.id === itemId)
  if (item === undefined) return fail('notPermitted')
  const stamp = desk.stamp()
  const judged = answer === null ? null : judgedAnswer({ ...answer, item: itemId, updatedAt: stamp.at }, item, desk)
  return write(desk.session.store, (tx) => {
    const saved = saveAnswer(tx, stamp, stored.task.taskId, itemId, judged)
    return saved.ok ? ok({ answer: judged, savedAt: stamp.at }) : saved
  })
}

export function judgedAnswer(
  answer: Answer,
  item: Item,
  { template, stored }: Pick<Desk, 'template' | 'stored'>,
): Answer {
  const { score, units } = judgeAnswer(item, answer, indicatorRows(stored.task, item), template)
  return { ...answer, score, units: answer.units.map((unit, n) => ({ ...unit, score: units[n] ?? null })) }
}

export function sheetView(desk: Desk): SheetView {
  const { session, stored, template, member } = desk
  const { task, sha256 } = stored
  const work = readSheetWork(session.store, task.taskId)
  const parts = partsUnder(desk)
  return {
    task,
    taskSha256: sha256,
    template,
    me: member,
    sheetState: work?.state ?? 'open',
    revision: work?.revision ?? 1,
    reason: work?.reason ?? '',
    declaration: work?.declaration ?? null,
    ...parts,
    media: listMedia(session.store, task.taskId).map(mediaView),
    withdrawn: listWithdrawn(session.store, task.taskId),
    sealed: sealedViews(desk, 'sheet'),
  }
}

/**
 * What was recorded as the task of this desk has room for it, in template order: answers to items that are assigned, summaries of its
 * sections, findings on its questions. What has no room any more stays stored and comes back with the next revision that has it.
 */
function partsUnder({ session, stored, template, member }: Desk): SheetParts {
  const parts = readSheetParts(session.store, stored.task.taskId)
  const mine = new Set(member === null ? [] : assignedItems(member, template).map((i) => i.id))
  const questions = new Set(stored.task.carryOver.map((c) => c.id))
  return {
    ...parts,
    answers: inOrder(
      parts.answers.filter((a) => mine.has(a.item)),
      template,
    ),
    sections: sectionsInOrder(parts.sections, template),
    carryOver: parts.carryOver.filter((c) => questions.has(c.id)),
  }
}

/** The packages of a kind this person has sealed for the task, oldest first. */
export function sealedViews({ session, stored }: Desk, kind: 'sheet' | 'result'): SealedView[] {
  return listPackages(session.store, stored.task.taskId)
    .filter((p) => p.kind === kind && p.origin === 'made')
    .map((p) => {
      const document = entryBytes(session.store, p.digest, `data/${kind}.json`)
      const reason =
        document === null
          ? ''
          : ((JSON.parse(Buffer.from(document).toString('utf8')) as { reason?: string }).reason ?? '')
      return { ...deliveryOf(session.store, p), digest: p.digest, revision: p.revision, reason }
    })
}

function inOrder(answers: readonly Answer[], template: SheetView['template']): Answer[] {
  const byItem = new Map(answers.map((a) => [a.item, a]))
  return templateItems(template).flatMap((i) => byItem.get(i.id) ?? [])
}

function sectionsInOrder(sections: readonly SectionSummary[], template: SheetView['template']): SectionSummary[] {
  const bySection = new Map(sections.map((s) => [s.section, s]))
  return template.sections.flatMap((s) => bySection.get(s.id) ?? [])
}

/** So often a sheet that changes while it is sealed is begun anew before it is sealed at one stretch. */
const SEAL_IN_TURNS = 3

/**
 * Checks and writes the sheet in turns, then freezes it and signs its package in one transaction; begins anew when anything was
 * stored meanwhile, and in the end lets nothing be. Fails with incomplete (every problem listed), sealed, notPermitted, cancelled.
 */
async function seal(
  context: Context,
  { session, taskId }: { session: Session; taskId: string },
  keys: KeyPair,
  signal: AbortSignal,
): Promise<Outcome<SealedView>> {
  for (let attempt = 1; ; attempt += 1) {
    const rest = async () => (attempt > SEAL_IN_TURNS ? undefined : await setImmediate())
    const current = stillUnlocked(context, session)
    if (!current.ok) return current
    const writes = writesOf(session.store)
    const desk = openSheetDesk(context, taskId)
    if (!desk.ok) return desk
    const { stored, template, me } = desk.value
    const { task } = stored
    const assembled = assembleSheet(desk.value)
    if (!assembled.ok) return assembled
    await rest()
    const sheet = checkedSheet(assembled.value, { task, template })
    if (!sheet.ok) return sheet
    await rest()
    const documents = { kind: 'sheet' as const, sheet: sheet.value, task, template }
    const written = documentEntries(documents)
    await rest()
    if (signal.aborted) return fail('cancelled')
    if (writesOf(session.store) !== writes) continue
    return write(session.store, (tx) => {
      const frozen = sealSheetWork(tx, taskId)
      if (!frozen.ok) return frozen
      const order = { documents, written, action: 'sealed' as const, object: taskId }
      const sealed = sealInto(tx, context, session, me, keys, order)
      if (!sealed.ok) return sealed
      const { digest, statement } = sealed.value
      const delivery = { savedAt: statement.createdAt, exportedAt: null, verifiedAt: null, receivedAt: null }
      return ok({ ...delivery, digest, revision: statement.revision, reason: sheet.value.reason })
    })
  }
}

/** Nothing may be frozen that a reader would refuse afterwards. */
function checkedSheet(sheet: Sheet, under: { task: Task; template: Template }): Outcome<Sheet> {
  const parsed = parseSheet(sheet)
  const refused = parsed.ok ? checkSheetContent('sheet', parsed.value, under) : parsed.problems
  return parsed.ok && refused.length === 0 ? ok(parsed.value) : fail('incomplete', { problems: refused })
}

/** The sheet document as it would be sealed now. Fails with incomplete and every problem (`path` = item id, or `media` for the tray). */
function assembleSheet(desk: Desk): Outcome<Sheet> {
  const { session, stored, template, member, me } = desk
  const { task, sha256 } = stored
  const work = readSheetWork(session.store, task.taskId)
  if (member === null || !isScorer(desk)) return fail('notPermitted')
  if (work === null || work.declaration === null) {
    return fail('incomplete', { problems: [{ path: 'declaration', code: 'declaration', message: '' }] })
  }
  // Under an edition that is no longer in force it could not count: the way is to move it, or to wait for another revision.
  const inForce = findTask(session.store, task.taskId)
  if (inForce !== null && inForce.task.templateSha256 !== task.templateSha256) {
    return fail('incomplete', { problems: [{ path: 'task', code: 'olderEdition', message: '' }] })
  }
  const kept = listMedia(session.store, task.taskId).filter((m) => m.discardedAt === null)
  const media = kept.map(mediaDocument)
  const withdrawn = listWithdrawn(session.store, task.taskId)
  const there = new Set([...media, ...withdrawn].map((m) => m.sha256))
  const parts = withoutDiscarded(partsUnder(desk), there)
  const answers = parts.answers.map((a) => ({
    ...a,
    media: media.filter((m) => m.items.includes(a.item) || a.media.includes(m.sha256)).map((m) => m.sha256),
  }))
  const sheet: Sheet = {
    type: 'urn:youpin-onsite:sheet',
    version: 1,
    projectId: task.projectId,
    taskId: task.taskId,
    taskSha256: sha256,
    templateSha256: task.templateSha256,
    expert: { personId: me.personId, name: me.name },
    revision: work.revision,
    reason: work.reason,
    declaration: work.declaration,
    proxy: null,
    ...parts,
    answers,
    media,
    withdrawn,
    totals: sheetTotals(template, member, answers),
  }
  const used = new Set(referencedMedia(sheet))
  const tray = media.filter((m) => m.items.length === 0 && !used.has(m.sha256))
  const problems = [
    ...sheetProblems({ ...sheet, task, template, member }).map((p) => ({ path: p.item, code: p.problem, message: '' })),
    ...tray.map((m) => ({ path: 'media', code: 'tray', message: m.name })),
  ]
  return problems.length > 0 ? fail('incomplete', { problems }) : ok(sheet)
}

/** Records without the pictures that were set aside after they had been named; taken back, they are named again. */
function withoutDiscarded(parts: SheetParts, there: ReadonlySet<string>): SheetParts {
  const kept = <T extends { media: string[] }>(records: readonly T[]): T[] =>
    records.map((r) => ({ ...r, media: r.media.filter((hash) => there.has(hash)) }))
  return {
    ...parts,
    answers: parts.answers.map((a) => ({ ...a, samples: kept(a.samples) })),
    carryOver: kept(parts.carryOver),
    witnessTests: kept(parts.witnessTests),
    nonconformities: kept(parts.nonconformities),
    meetings: kept(parts.meetings),
  }
}
