import type { Api, Args } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { TeamView } from '../../shared/contract/views.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import {
  parseResult,
  type Decision,
  type MergedNonconformity,
  NO_TEXT,
  type Result,
} from '../../shared/domain/result.ts'
import { templateItems } from '../../shared/domain/template.ts'
import { jcs } from '../../shared/package/jcs.ts'
import { checkCodeOf } from '../../shared/report/model.ts'
import { checkConclusion } from '../../shared/scoring/conclusion.ts'
import { basisOf, checkDecision, decidedScore } from '../../shared/scoring/decision.ts'
import { isBlocking } from '../../shared/scoring/propose.ts'
import { sha256 } from '../exchange/crypto.ts'
import type { KeyPair } from '../exchange/keys.ts'
import { embeddedSheet } from '../exchange/seal.ts'
import { checkResultContent } from '../exchange/verify-result.ts'
import { write, type Reader, type Writer } from '../storage/database.ts'
import { listWithdrawn } from '../storage/evidence-store.ts'
import { record, type Stamp } from '../storage/log-store.ts'
import { entryBytes, findStoredFile } from '../storage/package-store.ts'
import { usedReportTemplate } from '../storage/report-template-store.ts'
import {
  closeTeam,
  reopenTeam,
  saveConclusion,
  saveConfirmation,
  saveDecision,
  saveExclusion,
  saveMergedNonconformity,
  saveTeamText,
} from '../storage/team-store.ts'
import { asJob, type Context } from './context.ts'
import { openDesk, openLeadDesk, type Desk } from './desk.ts'
import { renderReports, type MadeReport } from './report.ts'
import { sealInto } from './sealing.ts'
import { confirmPassphrase } from './session.ts'
import { sealedViews } from './sheet.ts'
import { toMerge } from './team-sheets.ts'
import {
  contentHash,
  issuedResult,
  mayLook,
  readSheetsAhead,
  readTeamInputs,
  readTeamState,
  resultContent,
  type TeamState,
} from './team-work.ts'

type TeamApi = Pick<Api, Extract<keyof Api, `team.${string}`>>

/** The lead's desk: what the sheets say together, what the team settles, closing. */
export function teamApi(context: Context): TeamApi {
  /** One change by the lead, then the desk as it is after it. */
  const change = (
    taskId: string,
    apply: (tx: Writer, stamp: Stamp, desk: Desk) => Outcome<unknown>,
  ): Outcome<TeamView> => {
    const desk = openLeadDesk(context, taskId)
    if (!desk.ok) return desk
    if (!mayLook(desk.value)) return fail('ownSheetFirst')
    const changed = write(desk.value.session.store, (tx) => apply(tx, desk.value.stamp(), desk.value))
    return changed.ok ? ok(teamView(desk.value)) : changed
  }
  return {
    'team.open': async ({ taskId }) => {
      const found = openLeadDesk(context, taskId)
      if (!found.ok) return found
      await readSheetsAhead(context, found.value)
      const desk = openLeadDesk(context, taskId)
      return desk.ok ? ok(teamView(desk.value)) : desk
    },
    'team.decide': async (args) => change(args.taskId, (tx, stamp, desk) => decide(tx, stamp, desk, args)),
    'team.exclude': async ({ taskId, personId, reason }) =>
      change(taskId, (tx, stamp, desk) => {
        if (!desk.stored.task.team.some((m) => m.personId === personId)) return fail('notFound')
        if (reason.trim() === '') return saveExclusion(tx, stamp, taskId, personId, null)
        const sheet =
          readTeamInputs(desk).sheets.find((s) => s.sheet.expert.personId === personId)?.stored.digest ?? null
        return saveExclusion(tx, stamp, taskId, personId, { personId, sheet, reason })
      }),
    'team.saveNonconformity': async ({ taskId, nonconformity }) =>
      change(taskId, (tx, stamp, desk) => {
        const problems = pointerProblems(tx, desk, nonconformity)
        return problems.length > 0
          ? fail('invalid', { problems })
          : saveMergedNonconformity(tx, stamp, taskId, nonconformity)
      }),
    'team.saveText': async ({ taskId, text }) => {
      const desk = openLeadDesk(context, taskId)
      if (!desk.ok) return desk
      // The text begins as colleagues' words: neither shown nor kept before one's own sheet is sealed.
      if (!mayLook(desk.value)) return fail('ownSheetFirst')
      const stamp = desk.value.stamp()
      return write(desk.value.session.store, (tx) => {
        const saved = saveTeamText(tx, stamp, taskId, text)
        return saved.ok ? ok({ savedAt: stamp.at }) : saved
      })
    },
    'team.conclude': async ({ taskId, conclusion }) =>
      change(taskId, (tx, stamp, desk) => {
        const { outcome } = readTeamState(desk)
        const codes = checkConclusion(desk.template, outcome.merge, conclusion, outcome.voters)
        if (codes.length > 0)
          return fail('invalid', { problems: codes.map((code) => ({ path: 'conclusion', code, message: '' })) })
        return saveConclusion(tx, stamp, taskId, conclusion)
      }),
    'team.confirm': async ({ taskId, confirmation }) =>
      change(taskId, (tx, stamp) => saveConfirmation(tx, stamp, taskId, { ...confirmation, at: stamp.at })),
    'team.close': async ({ taskId, passphrase, job }) => {
      const desk = openLeadDesk(context, taskId)
      if (!desk.ok) return desk
      return await asJob(context, job, async (signal, progress) => {
        const keys = await confirmPassphrase(desk.value.session, passphrase)
        if (!keys.ok) return keys
        const closed = await close(context, desk.value, keys.value, signal, progress)
        keys.value.pkcs8.fill(0)
        return closed
      })
    },
    'team.reopen': async ({ taskId, changeNote }) => {
      const inForce = openDesk(context, taskId)
      if (inForce.ok && !inForce.value.isLead) return fail('notPermitted')
      if (changeNote.trim() === '')
        return fail('invalid', { problems: [{ path: 'changeNote', code: 'required', message: '' }] })
      return change(taskId, (tx, stamp) => reopenTeam(tx, stamp, taskId, changeNote))
    },
  }
}

export function teamView(desk: Desk): TeamView {
  const { task, sha256: taskSha256 } = desk.stored
  const isVisible = mayLook(desk)
  const state = readTeamState(desk)
  const results = sealedViews(desk, 'result')
  const blank = {
    sheets: [],
    excluded: [],
    decisions: [],
    nonconformities: [],
    conclusion: { chosen: null, reason: '', votes: [], opinion: '' },
  }
  return {
    task,
    taskSha256,
    template: desk.template,
    state: isVisible ? state.work.state : 'ownSheetFirst',
    sheets: isVisible
      ? state.sheets.map(({ stored, sheet }) => ({
          digest: stored.digest,
          personId: sheet.expert.personId,
          revision: sheet.revision,
          importedAt: stored.storedAt,
          isMine: stored.origin === 'made',
          sheet,
        }))
      : [],
    arrived: state.sheets.map(({ sheet }) => sheet.expert.personId),
    superseded: state.superseded.map((p) => ({ digest: p.digest, personId: p.subject ?? '', revision: p.revision })),
    uncounted: state.uncounted,
    inputs: isVisible ? state.inputs : blank,
    outcome: isVisible ? state.outcome : null,
    proof: isVisible ? [...state.proof] : [],
    text: isVisible ? state.text : NO_TEXT,
    confirmation: state.work.confirmation,
    revision: state.work.revision,
    changeNote: state.work.changeNote,
    results,
    checkCode: checkCodeOfNewest(desk, state),
  }
}

/** The check code printed on the issued reports; null while nothing is issued or a correction is under way. */
function checkCodeOfNewest(desk: Desk, { work }: TeamState): string | null {
  const issued = work.state === 'closed' ? issuedResult(desk) : null
  return issued === null ? null : checkCodeOf(contentHash(issued.result))
}

/** An entry of the register that points nowhere would be found only by whoever verifies the result. */
function pointerProblems(db: Reader, desk: Desk, { item, media }: MergedNonconformity): Problem[] {
  const { template, stored } = desk
  const isUnknown = item !== null && !templateItems(template).some((i) => i.id === item)
  // Withdrawn on the enterprise's wish, here or by a colleague: that gap is allowed.
  const withdrawn = [
    ...listWithdrawn(db, stored.task.taskId),
    ...readTeamInputs(desk).sheets.flatMap((s) => s.sheet.withdrawn),
  ]
  const gone = new Set(withdrawn.map((w) => w.sha256))
  const lost = media.filter((hash) => !gone.has(hash) && findStoredFile(db, hash) === null)
  return [
    ...(isUnknown ? [{ path: 'item', code: 'unknownItem', message: item }] : []),
    ...lost.map((message) => ({ path: 'media', code: 'unknownMedia', message })),
  ]
}

/** Settles one item, or withdraws that. Fails with invalid and the decision's problems. */
function decide(tx: Writer, stamp: Stamp, desk: Desk, args: Args<'team.decide'>): Outcome<null> {
  const { taskId, item: itemId, outcome, value, reason, dissent, votes } = args
  if (outcome === 'open') return saveDecision(tx, stamp, taskId, itemId, null)
  const item = templateItems(desk.template).find((i) => i.id === itemId)
  const { inputs, merger } = readTeamInputs(desk)
  const merged = merger.item(itemId, inputs.decisions.find((d) => d.item === itemId) ?? null)
  if (item === undefined || merged === null) return fail('notFound')
  const { score } = decidedScore(item, { outcome, value, score: args.score }, desk.template)
  const basis = basisOf(itemId, merged.answers, sha256)
  const decision: Decision = { item: itemId, outcome, value, score, reason, dissent, votes, basis, decidedAt: stamp.at }
  const codes = checkDecision(item, decision, merged, merger.voters, desk.template)
  if (codes.length > 0) return fail('invalid', { problems: codes.map((code) => ({ path: code, code, message: '' })) })
  return saveDecision(tx, stamp, taskId, itemId, decision)
}

/** What still keeps the result from being issued; [] = it may be. */
function closingProblems(desk: Desk, { work, outcome, inputs, proof }: TeamState) {
  const { merge } = outcome
  const items = merge.items
    .filter((m) => m.outcome === 'open')
    .map((m) => ({ path: m.item, code: m.flags.find((f) => isBlocking(f, merge.method)) ?? 'open', message: '' }))
  const missing = outcome.missingMembers.map((person) => ({
    path: `team.${person}`,
    code: 'missingSheet',
    message: person,
  }))
  const conclusion = checkConclusion(desk.template, merge, inputs.conclusion, outcome.voters)
  return [
    ...items,
    ...missing,
    ...proof.map(({ item, problem }) => ({ path: item, code: problem, message: '' })),
    ...conclusion.map((code) => ({ path: 'conclusion', code, message: '' })),
    ...(work.confirmation === null ? [{ path: 'confirmation', code: 'required', message: '' }] : []),
  ]
}

/** Makes the reports, then freezes and signs the result in one transaction. Fails with mergeOpen, closed, missingGlyph, cancelled. */
async function close(
  context: Context,
  desk: Desk,
  keys: KeyPair,
  signal: AbortSignal,
  progress: (phase: string, done: number, total: number | null) => void,
): Promise<Outcome<TeamView>> {
  if (!mayLook(desk)) return fail('ownSheetFirst')
  const state = readTeamState(desk)
  if (state.work.state === 'closed') return fail('closed')
  const problems = closingProblems(desk, state)
  const { confirmation, revision, changeNote } = state.work
  if (problems.length > 0 || confirmation === null) return fail('mergeOpen', { problems })
  const content = resultContent(desk, state, context.now().toISOString())
  const draft: Result = { ...content, closing: { confirmation, signatures: [], reports: [], scans: [] } }
  const reports = await renderReports(
    context,
    desk,
    {
      result: draft,
      sheets: usedSheets(state).map(toMerge),
      changeNote,
      template: usedReportTemplate(desk.session.store, desk.stored.task.category),
    },
    signal,
    progress,
  )
  if (!reports.ok) return reports
  const listed = reports.value.map(({ profile, sha256: hash }) => ({
    profile,
    sha256: hash,
    version: revision,
    changeNote,
  }))
  const result: Result = { ...content, closing: { confirmation, signatures: [], reports: listed, scans: [] } }
  const closed = write(desk.session.store, (tx) => issue(tx, context, desk, keys, state, result, reports.value))
  return closed.ok ? ok(teamView(desk)) : closed
}

const usedSheets = ({ sheets, inputs }: TeamState) => {
  const digests = new Set(inputs.sheets.map((s) => s.digest))
  return sheets
    .filter((s) => digests.has(s.stored.digest))
    .toSorted((a, b) => (a.stored.digest < b.stored.digest ? -1 : 1))
}

function issue(
  tx: Writer,
  context: Context,
  desk: Desk,
  keys: KeyPair,
  state: TeamState,
  result: Result,
  reports: readonly MadeReport[],
): Outcome<null> {
  const { session, stored, template, me } = desk
  // The reports took time to make: a change of what was settled meanwhile must not be issued under them.
  const current = readTeamState(desk)
  if (contentHash(resultContent(desk, current, result.issuedAt)) !== contentHash(result)) return fail('stale')
  if (jcs(current.work.confirmation) !== jcs(state.work.confirmation)) return fail('stale')
  const closed = closeTeam(tx, desk.stamp(), stored.task.taskId)
  if (!closed.ok) return closed
  const used = usedSheets(state)
  const { taskId } = stored.task
  for (const { profile, sha256: hash } of reports) {
    record(tx, desk.stamp(), { taskId, action: 'reportMade', object: profile, before: null, after: hash })
  }
  const documents = { kind: 'result' as const, result, task: stored.task, template, sheets: used.map(toMerge) }
  const sealed = sealInto(tx, context, session, me, keys, {
    documents,
    action: 'signed',
    object: taskId,
    embedded: used.map((s) => embeddedOf(tx, s.stored.digest)),
    reports,
  })
  if (!sealed.ok) return sealed
  // Nothing may be issued that a reader would refuse afterwards.
  const parsed = parseResult(result)
  const files = new Map(sealed.value.entries.map((e) => [e.name, e]))
  const problems = parsed.ok ? checkResultContent(documents, { files }) : parsed.problems
  return problems.length === 0 ? ok(null) : fail('mergeOpen', { problems })
}

/** The files of a held sheet package that a result carries. */
function embeddedOf(db: Reader, digest: string) {
  const file = (name: string): Uint8Array => {
    const bytes = entryBytes(db, digest, name)
    if (bytes === null) throw new Error(`package ${digest} without ${name}`)
    return bytes
  }
  const seal = {
    statement: file('statement.json'),
    manifest: file('manifest-sha256.txt'),
    tagManifest: file('tagmanifest-sha256.txt'),
    signature: file('signatures/author.sig'),
  }
  return embeddedSheet(digest, seal, file('data/sheet.json'))
}
