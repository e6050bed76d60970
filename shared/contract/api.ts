import { z } from 'zod'
import { OUTCOMES, chosenConclusion, confirmation, mergedNonconformity, reportText, vote } from '../domain/result.ts'
import { ROSTER_ROLES } from '../domain/roster.ts'
import {
  MEETING_KINDS,
  answer,
  answerValue,
  carryOverFinding,
  meeting,
  micro,
  nonconformity,
  sectionSummary,
  witnessTest,
} from '../domain/sheet.ts'
import type { Answer, Meeting } from '../domain/sheet.ts'
import { personId } from '../domain/task.ts'
import { PROFILES } from '../domain/template.ts'
import { freeText, hash, id, line, time, uuid } from '../domain/text.ts'
import { DOCUMENT_KINDS } from '../report/documents/kinds.ts'
import type { ReportModel } from '../report/model.ts'
import { method, none, returns, type Method } from './method.ts'
import { taskDraft } from './drafts.ts'
import { documentMethods } from './document-methods.ts'
import { reportTemplateMethods } from './report-template-methods.ts'
import { templateMethods, workbookMethods } from './template-methods.ts'
import { REPORT_FORMATS } from './views.ts'
import type {
  AnswerChange,
  AppEvent,
  AppInfo,
  BackupStatus,
  CentreView,
  CodeFiling,
  DraftCard,
  DraftView,
  Exported,
  IdentityView,
  InvitationPreview,
  MediaView,
  MovePlan,
  NewIdentity,
  PackagePreview,
  PackageView,
  ProjectView,
  QueueEntry,
  ReportCheck,
  ReportFile,
  RequestPreview,
  RestorePreview,
  SealedView,
  Settings,
  SheetView,
  TaskCard,
  TaskStanding,
  TeamView,
} from './views.ts'
import type { Outcome } from './errors.ts'

const namedPage = z.strictObject({
  document: z.enum(DOCUMENT_KINDS),
  page: z.int().min(1),
  pages: z.int().min(1),
  code: line,
})
const byTask = z.strictObject({ taskId: uuid })
const token = z.strictObject({ token: uuid })
/** Name of a long operation, made by the window, for its progress and for cancelling it. */
const job = uuid
const secret = z.string().min(1).max(1024)

/** All the window may ask for. Dialogs are opened by the main process; a null value means the person closed the dialog. */
export const methods = {
  'app.info': method(none, returns<AppInfo>()),
  'app.settings': method(none, returns<Settings>()),
  'app.saveSettings': method(
    z.strictObject({
      language: z.enum(['zh', 'en']),
      theme: z.enum(['light', 'dark', 'system']),
      textSize: z.union([z.literal(100), z.literal(115), z.literal(130), z.literal(150)]),
      touch: z.boolean(),
    }),
    returns<Settings>(),
  ),
  'job.cancel': method(z.strictObject({ job }), returns<null>()),

  'identity.list': method(none, returns<IdentityView[]>()),
  'identity.current': method(none, returns<IdentityView | null>()),
  'identity.create': method(
    z.strictObject({ name: line, unit: line, number: line, passphrase: secret }),
    returns<NewIdentity>(),
  ),
  'identity.unlock': method(z.strictObject({ keyId: hash, passphrase: secret }), returns<IdentityView>()),
  'identity.lock': method(none, returns<null>()),
  'identity.saveRequest': method(none, returns<Exported | null>()),
  'identity.saveRecoveryKit': method(none, returns<Exported | null>()),
  'identity.recover': method(
    z.strictObject({ recoveryCode: secret, passphrase: secret }),
    returns<IdentityView | null>(),
  ),

  'project.list': method(none, returns<ProjectView[]>()),
  'project.found': method(z.strictObject({ name: line, passphrase: secret }), returns<ProjectView>()),
  'project.openRequest': method(z.strictObject({ projectId: uuid }), returns<RequestPreview | null>()),
  'project.enrol': method(
    z.strictObject({
      projectId: uuid,
      token: uuid,
      role: z.enum(ROSTER_ROLES),
      /** Somebody of the roster who comes with another key; absent: somebody new. */
      personId: personId.optional(),
      digitsCompared: z.literal(true),
      passphrase: secret,
    }),
    returns<ProjectView>(),
  ),
  /** Withdraws a key from now on; what it signed and was accepted before stays. The founder's own cannot be withdrawn. */
  'project.revoke': method(
    z.strictObject({ projectId: uuid, keyId: hash, passphrase: secret }),
    returns<ProjectView>(),
  ),
  'project.saveInvitation': method(z.strictObject({ projectId: uuid }), returns<Exported | null>()),
  'project.openInvitation': method(none, returns<InvitationPreview | null>()),
  'project.join': method(z.strictObject({ token: uuid, digitsCompared: z.literal(true) }), returns<ProjectView>()),
  /** An empty address forgets the centre and answers null. */
  'project.setCentre': method(
    z.strictObject({ projectId: uuid, url: z.string().max(500) }),
    returns<CentreView | null>(),
  ),

  ...templateMethods,
  ...workbookMethods,
  ...documentMethods,
  ...reportTemplateMethods,

  'task.list': method(none, returns<TaskCard[]>()),
  'task.drafts': method(none, returns<DraftCard[]>()),
  'task.draft': method(z.strictObject({ draftId: uuid }), returns<DraftView>()),
  'task.newDraft': method(
    z.strictObject({ projectId: uuid, templateSha256: hash, fromSample: z.boolean() }),
    returns<DraftView>(),
  ),
  'task.saveDraft': method(z.strictObject({ draft: taskDraft }), returns<DraftView>()),
  'task.removeDraft': method(z.strictObject({ draftId: uuid }), returns<null>()),
  'task.issue': method(z.strictObject({ draftId: uuid, passphrase: secret }), returns<TaskCard>()),
  /** The draft of the next revision of an issued task: the one under way, or a new one filled from the task in force. */
  'task.revise': method(byTask, returns<DraftView>()),
  /** The task in force, and how the person's own sheet stands to it. */
  'task.standing': method(byTask, returns<TaskStanding>()),

  'sheet.open': method(byTask, returns<SheetView>()),
  'sheet.accept': method(byTask, returns<SheetView>()),
  /** `answer` null clears the item back to unanswered. The score in it is recomputed, never trusted. */
  'sheet.saveAnswer': method(
    z.strictObject({ taskId: uuid, item: id, answer: answer.nullable() }),
    returns<{ answer: Answer | null; savedAt: string }>(),
  ),
  'sheet.history': method(z.strictObject({ taskId: uuid, item: id }), returns<AnswerChange[]>()),
  'sheet.saveSection': method(
    z.strictObject({ taskId: uuid, summary: sectionSummary }),
    returns<{ savedAt: string }>(),
  ),
  'sheet.saveNonconformity': method(z.strictObject({ taskId: uuid, nonconformity }), returns<{ savedAt: string }>()),
  'sheet.removeNonconformity': method(z.strictObject({ taskId: uuid, id }), returns<{ savedAt: string }>()),
  'sheet.saveCarryOver': method(
    z.strictObject({ taskId: uuid, finding: carryOverFinding }),
    returns<{ savedAt: string }>(),
  ),
  'sheet.saveMeetings': method(
    z.strictObject({ taskId: uuid, meetings: z.array(meeting) }),
    returns<{ savedAt: string }>(),
  ),
  'sheet.saveWitnessTests': method(
    z.strictObject({ taskId: uuid, witnessTests: z.array(witnessTest) }),
    returns<{ savedAt: string }>(),
  ),
  'sheet.seal': method(z.strictObject({ taskId: uuid, passphrase: secret, job }), returns<SealedView>()),
  'sheet.revise': method(z.strictObject({ taskId: uuid, reason: freeText }), returns<SheetView>()),
  /** What moving the open sheet to the edition in force would do. Fails with stale when there is nothing to move to. */
  'sheet.movePlan': method(byTask, returns<MovePlan>()),
  /** `toRevision` is the plan's: fails with stale when another revision came in between. Nothing is lost by it. */
  'sheet.move': method(z.strictObject({ taskId: uuid, toRevision: z.int().min(1) }), returns<SheetView>()),
  /** Undoes the last move as long as the sheet is not sealed. Fails with stale when there is none. */
  'sheet.moveBack': method(byTask, returns<SheetView>()),

  'evidence.choose': method(z.strictObject({ taskId: uuid, items: z.array(id), job }), returns<Ingested | null>()),
  'evidence.add': method(
    z.strictObject({
      taskId: uuid,
      items: z.array(id),
      /** `camera`: taken in the window just now, the only pictures a task without `importPhotos` takes in. */
      road: z.enum(['drop', 'paste', 'camera']),
      files: z
        .array(z.strictObject({ name: z.string().max(1000), bytes: z.instanceof(Uint8Array), fileAt: time.nullable() }))
        .max(200),
      job,
    }),
    returns<Ingested>(),
  ),
  'evidence.update': method(
    z.strictObject({ taskId: uuid, sha256: hash, caption: freeText, items: z.array(id), inReport: z.boolean() }),
    returns<MediaView>(),
  ),
  /** Reads the QR codes in pictures held already and files each by itself. Answers what it looked at, in the order asked. */
  'evidence.fileByCode': method(
    z.strictObject({ taskId: uuid, sha256s: z.array(hash).min(1).max(2000), job }),
    returns<{ filings: CodeFiling[]; meetings: Meeting[] }>(),
  ),
  /** Undoes one filing: takes the picture out of these items and meetings; `pages`: those its codes named, whose names it may bear as caption. */
  'evidence.unfile': method(
    z.strictObject({
      taskId: uuid,
      sha256: hash,
      items: z.array(id),
      meetings: z.array(z.enum(MEETING_KINDS)),
      pages: z.array(namedPage),
    }),
    returns<{ medium: MediaView; meetings: Meeting[] }>(),
  ),
  /** Takes a picture out of the sheet; the file stays on this machine for 30 days and can be taken back. */
  'evidence.discard': method(
    z.strictObject({ taskId: uuid, sha256: hash, discarded: z.boolean() }),
    returns<MediaView>(),
  ),
  /** 企业要求撤回: destroys the bytes, keeps hash and reason. */
  'evidence.withdraw': method(z.strictObject({ taskId: uuid, sha256: hash, reason: freeText }), returns<null>()),

  'package.list': method(byTask, returns<PackageView[]>()),
  'package.open': method(z.strictObject({ job }), returns<PackagePreview[] | null>()),
  'package.accept': method(token, returns<{ kind: PackageView['kind']; taskId: string }>()),
  'package.dismiss': method(token, returns<null>()),
  'package.export': method(z.strictObject({ digest: hash, job }), returns<Exported | null>()),
  'package.send': method(z.strictObject({ digest: hash }), returns<QueueEntry[]>()),
  'package.queue': method(none, returns<QueueEntry[]>()),
  'package.stopSending': method(z.strictObject({ digest: hash }), returns<QueueEntry[]>()),

  'team.open': method(byTask, returns<TeamView>()),
  /** Outcome `open` withdraws the decision. The score follows from the value; only a repeated item has none and says `score`, in µp. */
  'team.decide': method(
    z.strictObject({
      taskId: uuid,
      item: id,
      outcome: z.enum([...OUTCOMES, 'open']),
      value: answerValue,
      score: micro.nullable(),
      reason: freeText,
      dissent: z.array(z.strictObject({ personId, text: freeText })),
      votes: z.array(vote),
    }),
    returns<TeamView>(),
  ),
  /** An empty reason takes the exclusion back. */
  'team.exclude': method(z.strictObject({ taskId: uuid, personId, reason: freeText }), returns<TeamView>()),
  'team.saveNonconformity': method(
    z.strictObject({ taskId: uuid, nonconformity: mergedNonconformity }),
    returns<TeamView>(),
  ),
  'team.saveText': method(z.strictObject({ taskId: uuid, text: reportText }), returns<{ savedAt: string }>()),
  'team.conclude': method(z.strictObject({ taskId: uuid, conclusion: chosenConclusion }), returns<TeamView>()),
  'team.confirm': method(z.strictObject({ taskId: uuid, confirmation }), returns<TeamView>()),
  'team.close': method(z.strictObject({ taskId: uuid, passphrase: secret, job }), returns<TeamView>()),
  'team.reopen': method(z.strictObject({ taskId: uuid, changeNote: freeText }), returns<TeamView>()),

  'report.model': method(
    z.strictObject({ taskId: uuid, profile: z.enum(PROFILES), language: z.enum(['zh', 'en']) }),
    returns<ReportModel>(),
  ),
  /** The issued PDF as it is; everything else is made of the issued result, or marked as a draft before there is one. */
  'report.export': method(
    z.strictObject({
      taskId: uuid,
      profile: z.enum(PROFILES),
      format: z.enum(REPORT_FORMATS),
      language: z.enum(['zh', 'en']),
      job,
    }),
    returns<ReportFile | null>(),
  ),
  /** Opens a PDF and looks for it among the results held here. */
  'report.check': method(none, returns<ReportCheck | null>()),

  'backup.status': method(none, returns<BackupStatus>()),
  'backup.chooseFolder': method(none, returns<BackupStatus | null>()),
  'backup.setInterval': method(z.strictObject({ everyMinutes: z.int().min(1).max(120) }), returns<BackupStatus>()),
  'backup.now': method(z.strictObject({ job }), returns<BackupStatus>()),
  'backup.openCopy': method(z.strictObject({ passphrase: secret, job }), returns<RestorePreview | null>()),
  'backup.restore': method(z.strictObject({ token: uuid, passphrase: secret, job }), returns<IdentityView>()),
} as const

/** Files taken in, and those that were not with the reason; a file already held counts as `known`. */
export type Ingested = {
  added: MediaView[]
  known: MediaView[]
  refused: {
    name: string
    code:
      | 'unsupportedFile'
      | 'importNotAllowed'
      | 'damagedFile'
      | 'fileTooLarge'
      | 'diskFull'
      | 'fileMissing'
      | 'storageFailed'
  }[]
}

export type MethodName = keyof typeof methods
export type Args<M extends MethodName> = z.infer<(typeof methods)[M]['args']>
export type Returns<M extends MethodName> = (typeof methods)[M] extends Method<z.ZodType, infer R> ? R : never

/** What the main process implements: one function a method. */
export type Api = { [M in MethodName]: (args: Args<M>) => Promise<Outcome<Returns<M>>> }
/** The same functions as the window has them; each answers its outcome as JSON text: an object would be handed over part by part. */
export type Calls = { [M in MethodName]: (args: Args<M>) => Promise<string> }
/** What the preload puts into the window: the functions, and one way to listen. */
export type Bridge = Calls & { listen: (onEvent: (event: AppEvent) => void) => () => void }
export const METHOD_NAMES = Object.keys(methods) as MethodName[]
