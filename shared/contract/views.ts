import type { DroppedAnswer } from '../checklist/move.ts'
import type { Problem } from '../domain/problem.ts'
import type { Confirmation, Inputs, ReportText } from '../domain/result.ts'
import type { Counts, RosterRole } from '../domain/roster.ts'
import type { Answer, Media, Meeting, Nonconformity, SectionSummary, Sheet } from '../domain/sheet.ts'
import type { Member, Task } from '../domain/task.ts'
import type { TaskChange } from '../domain/task-change.ts'
import type { ProfileName, Template } from '../domain/template.ts'
import type { Verdict } from '../package/verdict.ts'
import type { Filing } from '../report/documents/filing.ts'
import type { ItemProblem } from '../scoring/demands.ts'
import type { MergeOutcome } from '../scoring/merge.ts'
import type { TaskDraft } from './drafts.ts'

export type AppInfo = {
  version: string
  electron: string
  platform: string
  /** Fallback Electron taken from a registry: development and tests only. */
  isDevelopment: boolean
}

/** `textSize` in percent of the body size. */
export type Settings = {
  language: 'zh' | 'en'
  theme: 'light' | 'dark' | 'system'
  textSize: 100 | 115 | 130 | 150
  touch: boolean
}

/** `digits`: the key's 8 groups of 5 digits, to compare by voice or on paper. */
export type IdentityView = {
  keyId: string
  digits: string
  name: string
  unit: string
  number: string
  createdAt: string
}

/** `recoveryCode` is shown once; together with the kit file it opens the key without the passphrase. */
export type NewIdentity = { identity: IdentityView; recoveryCode: string }

export type RosterPerson = {
  keyId: string
  digits: string
  personId: string
  name: string
  unit: string
  role: RosterRole
  isRevoked: boolean
}

export type ProjectView = {
  projectId: string
  name: string
  rootDigits: string
  isRoot: boolean
  rosterSeq: number
  members: RosterPerson[]
  me: RosterPerson | null
  centreUrl: string | null
}

export type RequestPreview = {
  token: string
  name: string
  unit: string
  number: string
  digits: string
  isKnown: boolean
  /** Somebody of the roster under the same name, who may come with another key. */
  samePerson: RosterPerson | null
}

export type InvitationPreview = {
  token: string
  projectId: string
  projectName: string
  rootDigits: string
  rosterSeq: number
  members: RosterPerson[]
  me: RosterPerson | null
  /** The roster is an update of a project already joined; digits were confirmed before. */
  isUpdate: boolean
}

export type TemplateCard = {
  sha256: string
  number: string
  edition: number
  category: Template['category']
  title: Template['title']
  sample: boolean
  counts: { scored: number; veto: number; gate: number }
  totalFull_cp: number
}

/** Where a package is: four different facts, never one word for two of them. Times are ISO instants or null. */
export type Delivery = {
  savedAt: string
  exportedAt: string | null
  verifiedAt: string | null
  receivedAt: string | null
}

export const TASK_STEPS = [
  'declare',
  'move',
  'sealAgain',
  'score',
  'seal',
  'exportSheet',
  'collect',
  'settle',
  'confirm',
  'close',
  'exportResult',
  'done',
  'observe',
] as const

export type TaskCard = {
  taskId: string
  projectId: string
  revision: number
  number: string
  enterprise: string
  category: Task['category']
  dates: Task['dates']
  sample: boolean
  role: Member['role'] | null
  templateTitle: Template['title']
  progress: { answered: number; assigned: number }
  /** What the person should do next. */
  next: (typeof TASK_STEPS)[number]
  sheet: (Delivery & { digest: string; revision: number }) | null
  result: (Delivery & { digest: string; revision: number }) | null
  taskPackage: (Delivery & { digest: string }) | null
}

/** `revision`: the number an issued task will have when this draft of its next revision is issued; null for a new task. */
export type DraftCard = {
  draftId: string
  projectId: string
  number: string
  enterprise: string
  revision: number | null
  updatedAt: string
}
export type DraftView = { draft: TaskDraft; problems: Problem[]; revises: RevisionDraft | null; updatedAt: string }

/** `all`: by the office or whoever made the task; `onSite`: by its lead, people, work, dates, schedule and sites only. */
export type RevisionRights = 'all' | 'onSite'
/** A draft of a task's next revision; `changes` against the task in force, [] while nothing differs or the draft is no task yet. */
export type RevisionDraft = { taskId: string; fromRevision: number; rights: RevisionRights; changes: TaskChange[] }

/**
 * How one's own sheet stands to the task in force. `none`: not begun; `current`: made under it; `stands`: sealed under an earlier
 * one and still counts; `move`: open under another edition of the checklist; `sealAgain`: sealed and does not count any more;
 * `removed`: one does not score any more.
 */
export const SHEET_FATES = ['none', 'current', 'stands', 'move', 'sealAgain', 'removed'] as const
export type SheetFate = (typeof SHEET_FATES)[number]

/** `mayRevise` null: not this person. `changes`: from the sheet's revision (`sheetRevision`) to the one in force. */
export type TaskStanding = {
  task: Task
  template: Template
  me: Member | null
  mayRevise: RevisionRights | null
  revisionDraft: string | null
  fate: SheetFate
  sheetRevision: number | null
  changes: TaskChange[]
  canMoveBack: boolean
}

export const MOVE_OUTCOMES = ['kept', 'look', 'dropped', 'new'] as const
export type MoveOutcome = (typeof MOVE_OUTCOMES)[number]

/**
 * One item of a move. `code` and `title` as the edition it goes to calls it (dropped: the one it leaves); `answer` as it will be
 * (dropped: as it was), null for none; `before` and `after`: its score in µp; `fields`: what of the item is not the same, as
 * `FieldChange.field`; `why` it cannot go on.
 */
export type MovedItem = {
  item: string
  outcome: MoveOutcome
  code: string
  title: Template['title']
  answer: Answer | null
  before: number | null
  after: number | null
  photos: number
  fields: string[]
  why: DroppedAnswer['why'] | null
}
export type MovePlan = {
  from: { revision: number; number: string; edition: number }
  to: { revision: number; number: string; edition: number }
  items: MovedItem[]
  /** Photos left without an item, which go to the tray. */
  toTray: number
}

/** A revision of a task held here, as it arrives: what it changes, and what becomes of one's own sheet. */
export type RevisionArrival = { fromRevision: number; changes: TaskChange[]; fate: SheetFate; personId: string }

/** `preview` false: no picture can be shown (PDF, video, damaged); the file itself is kept all the same. */
export type MediaView = Media & { preview: boolean; discardedAt: string | null }

/** What the codes in a picture did to it, and where it stood until then. */
export type CodeFiling = Filing & {
  medium: MediaView
  before: { items: string[]; meetings: Meeting['kind'][]; caption: string }
}

export type SealedView = Delivery & { digest: string; revision: number; reason: string }

/** One expert's work on one task, open or sealed. `sheetState` open with `revision` > 1 is a correction in the making. */
export type SheetView = {
  task: Task
  taskSha256: string
  template: Template
  me: Member | null
  sheetState: 'open' | 'sealed'
  revision: number
  reason: string
  declaration: { text: string; acceptedAt: string } | null
  answers: Answer[]
  sections: SectionSummary[]
  carryOver: Sheet['carryOver']
  witnessTests: Sheet['witnessTests']
  nonconformities: Nonconformity[]
  meetings: Meeting[]
  media: MediaView[]
  withdrawn: Sheet['withdrawn']
  sealed: SealedView[]
}

export type AnswerChange = { at: string; before: Answer | null; after: Answer | null }

export type PackagePreview = {
  token: string
  fileName: string
  size: number
  verdict: Verdict
  problems: Problem[]
  /** Null when the package could not be read far enough to say. */
  about: {
    digest: string
    kind: 'task' | 'sheet' | 'result'
    projectName: string
    author: { name: string; personId: string; digits: string }
    enterprise: string
    taskNumber: string
    templateTitle: Template['title']
    revision: number
    createdAt: string
    counts: Counts
    /** Null unless it is a later revision of a task held here. */
    revises: RevisionArrival | null
  } | null
}

export type PackageView = Delivery & {
  digest: string
  kind: 'task' | 'sheet' | 'result'
  origin: 'made' | 'imported'
  personId: string
  name: string
  revision: number
  size: number
  isSuperseded: boolean
}

export const QUEUE_STATES = ['queued', 'sending', 'sentUnconfirmed', 'received', 'refused', 'stopped'] as const
/** `offset` and `size` in bytes; `failure` is the last try's code, `nextTryAt` null when no further try is planned. */
export type QueueEntry = {
  digest: string
  kind: 'task' | 'sheet' | 'result'
  label: string
  state: (typeof QUEUE_STATES)[number]
  offset: number
  size: number
  failure: string | null
  nextTryAt: string | null
  receivedAt: string | null
}

export type CentreView = { projectId: string; url: string; digits: string; clockOffsetMs: number | null }

export type BackupStatus = {
  folder: string | null
  everyMinutes: number
  lastAt: string | null
  lastFailure: string | null
  media: number
}

export type RestorePreview = { token: string; name: string; unit: string; digits: string; at: string; hasMedia: number }

/** A colleague's sheet as the lead holds it. */
export type TeamSheet = {
  digest: string
  personId: string
  revision: number
  importedAt: string
  isMine: boolean
  sheet: Sheet
}

/** A sheet held that does not count under the task in force. */
export type UncountedSheet = {
  digest: string
  personId: string
  name: string
  revision: number
  taskRevision: number
  why: 'template' | 'indicators' | 'assigned' | 'notInTeam'
}

/** The lead's desk. `sheets` is empty and `merge` null until the lead's own sheet is sealed (if the lead scores). */
export type TeamView = {
  task: Task
  taskSha256: string
  template: Template
  state: 'ownSheetFirst' | 'open' | 'closed'
  sheets: TeamSheet[]
  /** Whose newest sheet is held, also while it may not be looked at. */
  arrived: string[]
  superseded: { digest: string; personId: string; revision: number }[]
  /** Newest sheets that do not count, and why: made under an earlier revision of the task that said otherwise. */
  uncounted: UncountedSheet[]
  inputs: Inputs
  outcome: MergeOutcome | null
  /** Photos and evidence the team together still owes, in template order; closing asks for them. */
  proof: ItemProblem[]
  text: ReportText
  confirmation: Confirmation | null
  revision: number
  changeNote: string
  results: SealedView[]
  checkCode: string | null
}

export type Exported = { path: string; exportedAt: string; verifiedAt: string | null; size: number }
export const REPORT_FORMATS = ['pdf', 'docx', 'zip'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]
/** `isDraft`: made before the result was issued, and marked so; `missing`: pieces of evidence that are not on this machine;
 * `leftOut`: those not for this copy, because they may name author or place. */
export type ReportFile = {
  profile: ProfileName
  format: ReportFormat
  path: string
  size: number
  sha256: string
  isDraft: boolean
  missing: number
  leftOut: number
}

/** A report as a result lists it; `newest` is the newest revision of that result held here. */
export type KnownReport = {
  profile: ProfileName
  version: number
  changeNote: string
  reportNumber: string
  enterprise: string
  checkCode: string
  issuedAt: string
  newest: number
}
/**
 * Whether a PDF is one we know. `same`: byte for byte. `changed`: it carries the check code of a result held here but other bytes.
 * `unknown`: none of the results held here.
 */
export type ReportCheck = { fileName: string; sha256: string } & (
  | { verdict: 'same'; report: KnownReport }
  | { verdict: 'changed'; report: Omit<KnownReport, 'profile' | 'changeNote'> }
  | { verdict: 'unknown' }
)

/** Progress of a long operation the window started with `job`; `total` null when unknown. */
export type JobProgress = { job: string; phase: string; done: number; total: number | null }

/** What the main process tells the window without being asked. */
export type AppEvent =
  | { type: 'progress'; progress: JobProgress }
  | { type: 'queue'; entries: QueueEntry[] }
  | { type: 'backup'; status: BackupStatus }
  | { type: 'locked' }
