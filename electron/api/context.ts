import { randomUUID } from 'node:crypto'
import { fail, type Outcome } from '../../shared/contract/errors.ts'
import type { AppEvent, Settings } from '../../shared/contract/views.ts'
import { speaker } from '../../shared/text/catalogue.ts'
import { dialogs } from '../../shared/text/dialogs.ts'
import type { Net } from '../exchange/sync-client.ts'
import type { JobPool } from '../jobs/pool.ts'
import type { OpenedCopy } from './backup.ts'
import type { Arrival } from './package.ts'
import type { Invited, Requested } from './project.ts'
import type { OpenedFile } from '../tabular/jobs.ts'
import type { Session } from './session.ts'

export type FileFilter = { name: string; extensions: string[] }

/** The operating system's dialogs; null when the person closed one. */
export type Dialogs = {
  open: (ask: { title: string; filters: FileFilter[]; many: boolean }) => Promise<string[] | null>
  save: (ask: { title: string; filters: FileFilter[]; name: string }) => Promise<string | null>
  folder: (ask: { title: string }) => Promise<string | null>
}

export type BackupPlan = { folder: string; everyMinutes: number }

/** What the app remembers besides data. */
export type Preferences = {
  settings: () => Settings
  saveSettings: (settings: Settings) => void
  backupPlan: (keyId: string) => BackupPlan | null
  saveBackupPlan: (keyId: string, plan: BackupPlan) => void
}

/** Everything the operations need from outside; a test gives its own clock and dialogs. */
export type Context = {
  profile: string
  assets: string
  version: string
  electron: string
  isDevelopment: boolean
  dialogs: Dialogs
  preferences: Preferences
  now: () => Date
  /** Milliseconds since boot. */
  mono: () => number
  tell: (event: AppEvent) => void
  /** For the log: something a support person must see. */
  report: (what: string, detail: unknown) => void
  /** How the network is reached. */
  net: Net
  session: SessionHolder
  tokens: Tokens
  pool: JobPool
  running: RunningJobs
}

/** The language the window is in. */
export const languageOf = (context: Context): Settings['language'] => context.preferences.settings().language

/** What the system's dialogs and the file names they propose say, in the window's language. */
export const dialogWords = (context: Context) => speaker(dialogs, languageOf(context))

export type SessionHolder = { current: Session | null }

/** The unlocked identity, or the failure every operation answers without one. */
export function unlocked(context: Context): Outcome<Session> {
  const { current } = context.session
  return current === null ? fail('locked') : { ok: true, value: current }
}

/**
 * Things read from a file and shown, waiting for the person's yes. Each was judged by what one unlocked person knows, so it waits
 * for that session only (null: for whoever is at the machine) and is forgotten with it.
 */
export type Tokens = {
  put: (owner: Session | null, value: Waiting) => string
  find: <K extends Waiting['kind']>(
    owner: Session | null,
    kind: K,
    token: string,
  ) => Extract<Waiting, { kind: K }> | null
  forget: (token: string) => void
  /** Forgets everything that waits for a session, and answers it. */
  drop: (owner: Session) => Waiting[]
}
export type Waiting =
  | { kind: 'request'; member: Requested }
  | { kind: 'invitation'; invitation: Invited }
  | { kind: 'package'; arrival: Arrival }
  | { kind: 'draftCopy'; copy: OpenedCopy }
  | { kind: 'workbook'; file: OpenedFile }

export function makeTokens(): Tokens {
  const waiting = new Map<string, { owner: Session | null; value: Waiting }>()
  return {
    put: (owner, value) => {
      const token = randomUUID()
      waiting.set(token, { owner, value })
      return token
    },
    find: (owner, kind, token) => {
      const found = waiting.get(token)
      if (found?.owner !== owner || found.value.kind !== kind) return null
      return found.value as Extract<Waiting, { kind: typeof kind }>
    },
    forget: (token) => void waiting.delete(token),
    drop: (owner) => {
      const dropped = [...waiting].filter(([, held]) => held.owner === owner)
      for (const [token] of dropped) waiting.delete(token)
      return dropped.map(([, held]) => held.value)
    },
  }
}

/** The session a person began with, as long as it is still the one: a dialog can stay open over a lock or a switch of person. */
export function stillUnlocked(context: Context, session: Session): Outcome<Session> {
  return context.session.current === session ? { ok: true, value: session } : fail('locked')
}

/** Long operations under way, by the name the window gave them. */
export type RunningJobs = Map<string, AbortController>

/** Runs `work` under the window's name for it: progress goes to the window, `job.cancel` aborts. Fails with busy when the name is taken. */
export async function asJob<T>(
  context: Context,
  job: string,
  work: (
    signal: AbortSignal,
    progress: (phase: string, done: number, total: number | null) => void,
  ) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  if (context.running.has(job)) return fail('busy')
  const controller = new AbortController()
  context.running.set(job, controller)
  try {
    return await work(controller.signal, (phase, done, total) =>
      context.tell({ type: 'progress', progress: { job, phase, done, total } }),
    )
  } finally {
    context.running.delete(job)
  }
}
