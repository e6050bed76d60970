import { rmSync } from 'node:fs'
import { ok, type FailureCode, type Outcome } from '../../shared/contract/errors.ts'
import type { QueueEntry } from '../../shared/contract/views.ts'
import { write, type Store, type Writer } from '../storage/database.ts'
import { record } from '../storage/log-store.ts'
import { findPackage, setFileSha256, type StoredPackage } from '../storage/package-store.ts'
import { findProject, newestRoster, updateProject } from '../storage/project-store.ts'
import { findUpload, listUploads, updateUpload, type Upload } from '../storage/queue-store.ts'
import { addReceipt } from '../storage/receipt-store.ts'
import type { KeyPair } from './keys.ts'
import { meetCentre, type Call, type Net } from './sync-client.ts'
import { deliver, outboxPath, packageFile, type DeliveryEnd } from './sync-delivery.ts'
import { queueEntries } from './sync-queue.ts'
import type { WriteRequest, WrittenPackage } from './write.ts'

const BASE_MS = 1_000
const CAP_MS = 300_000
const LEAST_MS = 50
/** Nothing waits longer than this, whatever a server or a clock that jumped says. */
const LONGEST_MS = 900_000

export type SenderOptions = {
  store: Store
  /** Evidence files, and the folder for files on their way. */
  folders: { media: string; outbox: string }
  keys: KeyPair
  net: Net
  /** Milliseconds since boot, for the log. */
  mono: () => number
  /** Jitter, in [0, 1). */
  random: () => number
  /** Writes a package file: `writePackageFile`, or a job that runs it. */
  writeFile: (request: WriteRequest) => Promise<Outcome<WrittenPackage>>
  /** The queue has changed. */
  tell: (entries: QueueEntry[]) => void
  /** A bug: sending stops until the next kick. */
  report: (error: unknown) => void
}

export type Sender = {
  /** Tries everything that waits, now. */
  kick: () => void
  /** Cuts a transfer under way and marks the upload as stopped; a later `queueUpload` starts it anew. */
  cancel: (digest: string) => void
  /** After the call nothing is written any more; resolves when the last request has ended. */
  stop: () => Promise<void>
  entries: () => QueueEntry[]
}

/** One sender at work. `current` = the upload under way; `isForced` = the next pass asks not how long to wait. */
type Line = {
  options: SenderOptions
  stopped: AbortController
  current: { digest: string; cut: AbortController } | null
  isForced: boolean
  save: Save
}
/** False when nothing was written: the sender has stopped, or the disk does not take it. */
type Save = (digest: string, change: Parameters<typeof updateUpload>[2], more?: (tx: Writer) => void) => boolean

/**
 * Works off the upload queue, one package at a time, for as long as the identity is open. The rows are the only state: killed
 * anywhere, the next sender goes on from them. Nothing is removed but the temporary copy of a file whose receipt is held.
 */
export function createSender(options: SenderOptions): Sender {
  const stopped = new AbortController()
  const line: Line = { options, stopped, current: null, isForced: false, save: makeSave(options, stopped.signal) }
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let isWoken = false

  const work = async (): Promise<void> => {
    try {
      while (isWoken && !stopped.signal.aborted) {
        isWoken = false
        await pass(line)
      }
      const wait = stopped.signal.aborted ? null : shortestWait(options)
      if (wait !== null) timer = setTimeout(wake, wait).unref()
    } catch (error) {
      if (!stopped.signal.aborted) options.report(error)
    }
    running = null
    if (isWoken && !stopped.signal.aborted) wake()
  }
  const wake = (): void => {
    clearTimeout(timer)
    isWoken = true
    if (running === null && !stopped.signal.aborted) running = Promise.resolve().then(work)
  }
  return {
    kick: () => {
      line.isForced = true
      wake()
    },
    cancel: (digest) => {
      line.save(digest, { state: 'stopped', nextTryAt: null })
      if (line.current?.digest === digest) line.current.cut.abort()
    },
    stop: async () => {
      clearTimeout(timer)
      stopped.abort()
      await running
    },
    entries: () => queueEntries(options.store),
  }
}

function makeSave({ store, tell }: SenderOptions, stopped: AbortSignal): Save {
  return (digest, change, more) => {
    if (stopped.aborted) return false
    const saved = write(store, (tx) => {
      more?.(tx)
      return updateUpload(tx, digest, change)
    })
    if (saved.ok) tell(queueEntries(store))
    return saved.ok
  }
}

/** Everything due, each on its own; a centre that does not answer is asked once for all. */
async function pass(line: Line): Promise<void> {
  const { options, stopped, isForced } = line
  const { store } = options
  const calls = new Map<string, Outcome<Call>>()
  const due = listUploads(store).filter((row) => isActive(row) && (isForced || waitOf(options, row) <= 0))
  line.isForced = false
  for (const { digest } of due) {
    const row = stopped.signal.aborted ? null : findUpload(store, digest)
    const stored = row === null || !isActive(row) ? null : findPackage(store, digest)
    if (row === null || stored === null) continue
    const call = calls.get(stored.projectId) ?? (await callFor(options, stored.projectId, stopped.signal))
    calls.set(stored.projectId, call)
    if (call.ok) await attempt(line, row, stored, call.value)
    else postpone(line, row, call.failure.code, null)
  }
}

async function attempt(line: Line, row: Upload, stored: StoredPackage, call: Call): Promise<void> {
  const { options, stopped, save } = line
  const { digest } = row
  const cut = new AbortController()
  line.current = { digest, cut }
  const end = await deliverRow(options, save, row, stored, call, AbortSignal.any([stopped.signal, cut.signal]))
  line.current = null
  const now = stopped.signal.aborted ? null : findUpload(options.store, digest)
  if (now === null || !isActive(now) || cut.signal.aborted) return
  if (end.is === 'received') keepReceipt(options, save, stored, end)
  else if (end.is === 'refused') save(digest, { state: 'refused', failure: end.verdict, nextTryAt: null })
  else if (end.is === 'stopped') save(digest, { state: 'stopped', failure: end.code, nextTryAt: null })
  else postpone(line, now, end.code, end.retryAfterMs)
}

/** Full jitter: any time up to a limit that doubles with every try. */
function postpone({ options, save }: Line, row: Upload, code: FailureCode | null, retryAfterMs: number | null): void {
  const wait = retryAfterMs ?? options.random() * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(row.tries, 16))
  const at = options.net.now().getTime() + Math.min(LONGEST_MS, Math.max(wait, LEAST_MS))
  save(row.digest, { tries: row.tries + 1, failure: code, nextTryAt: new Date(at).toISOString() })
}

/** Milliseconds until a row is due; one that would wait longer than anything may is the work of a clock that jumped. */
function waitOf({ net }: SenderOptions, { nextTryAt }: Upload): number {
  const wait = nextTryAt === null ? 0 : Date.parse(nextTryAt) - net.now().getTime()
  return wait > LONGEST_MS ? 0 : wait
}

/** Until the next row is due; null when none waits. A row that could not be written is due at once: not faster than this. */
function shortestWait(options: SenderOptions): number | null {
  const waits = listUploads(options.store)
    .filter(isActive)
    .map((row) => waitOf(options, row))
  return waits.length === 0 ? null : Math.max(BASE_MS / 4, Math.min(...waits))
}

const isActive = ({ state }: Upload): boolean =>
  state === 'queued' || state === 'sending' || state === 'sentUnconfirmed'

/** The project's centre, proved by a signed answer; its clock is remembered. Fails with notFound when the project has none. */
async function callFor(
  { store, net, keys }: SenderOptions,
  projectId: string,
  signal: AbortSignal,
): Promise<Outcome<Call>> {
  const project = findProject(store, projectId)
  const roster = newestRoster(store, projectId)?.roster
  if (project === null || project.centreUrl === null || roster === undefined)
    return { ok: false, failure: { code: 'notFound' } }
  const met = await meetCentre(project.centreUrl, roster, net)
  if (!met.ok) return met
  const { keyId, clockOffsetMs } = met.value
  if (!signal.aborted) write(store, (tx) => updateProject(tx, projectId, { centreKeyId: keyId, clockOffsetMs }))
  return ok({ net, keys, centre: { url: project.centreUrl, keyId, clockOffsetMs } })
}

async function deliverRow(
  options: SenderOptions,
  save: Save,
  row: Upload,
  stored: StoredPackage,
  call: Call,
  signal: AbortSignal,
): Promise<DeliveryEnd> {
  const { store, folders } = options
  const { digest } = row
  const file = await packageFile(store, stored, folders, options.writeFile)
  if (signal.aborted) return { is: 'waiting', code: null, retryAfterMs: null }
  if (!file.ok) {
    const { code } = file.failure
    const isHopeless = code === 'fileMissing' || code === 'damagedFile'
    return isHopeless ? { is: 'stopped', code } : { is: 'waiting', code, retryAfterMs: null }
  }
  const { fileSha256, octets } = file.value
  save(digest, { state: row.state === 'queued' ? 'sending' : row.state, nextTryAt: null, failure: null }, (tx) =>
    setFileSha256(tx, digest, fileSha256),
  )
  const roster = newestRoster(store, stored.projectId)?.roster
  let known = row.offset
  return deliver({
    call,
    trust: { projectId: stored.projectId, rosters: roster === undefined ? [] : [roster], tasks: [] },
    file: file.value,
    about: stored,
    uploadUrl: row.uploadUrl,
    onUrl: (uploadUrl) =>
      void save(
        digest,
        uploadUrl === null ? { uploadUrl, offset: 0, state: 'sending' } : { uploadUrl, state: 'sending' },
      ),
    // More has arrived than before: the line works, so the next failure waits shortly again.
    onOffset: (offset) => {
      if (offset !== known) save(digest, offset > known ? { offset, tries: 0 } : { offset })
      known = offset
    },
    onSent: () => void save(digest, { state: 'sentUnconfirmed', offset: octets }),
    signal,
  })
}

/** Receipt, log line and state in one transaction; only then the temporary copy goes. */
function keepReceipt(
  { store, keys, net, mono, folders }: SenderOptions,
  save: Save,
  stored: StoredPackage,
  { document, receipt }: Extract<DeliveryEnd, { is: 'received' }>,
): void {
  const { digest, projectId, taskId, size } = stored
  const me = newestRoster(store, projectId)?.roster.members.find((m) => m.keyId === keys.keyId)
  const stamp = { actor: me?.personId ?? stored.personId, at: net.now().toISOString(), mono: mono() }
  const after = { by: document.keyId, receivedAt: receipt.receivedAt }
  const isKept = save(digest, { state: 'received', offset: size, failure: null, nextTryAt: null }, (tx) => {
    addReceipt(tx, { keyId: document.keyId, doc: document.bytes, sig: document.sig, receipt })
    record(tx, stamp, { taskId, action: 'received', object: digest, before: null, after })
  })
  if (isKept) rmSync(outboxPath(folders.outbox, digest), { force: true })
}
