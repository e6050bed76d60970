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

/** Fails with what stopped the queue from being written. */
type Save = (digest: string, change: Parameters<typeof updateUpload>[2], more?: (tx: Writer) => void) => boolean

/**
 * Works off the upload queue, one package at a time, for as long as the identity is open. The rows are the only state: killed
 * anywhere, the next sender goes on from them. Nothing is removed but the temporary copy of a file whose receipt is held.
 */
export function createSender(options: SenderOptions): Sender {
  const { store, net, tell, report } = options
  const stopped = new AbortController()
  let current: { digest: string; cut: AbortController } | null = null
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let isKicked = false
  let isForced = false

  const save: Save = (digest, change, more) => {
    if (stopped.signal.aborted) return false
    const saved = write(store, (tx) => {
      more?.(tx)
      return updateUpload(tx, digest, change)
    })
    if (saved.ok) tell(queueEntries(store))
    return saved.ok
  }
  const isDue = (row: Upload): boolean => {
    const wait = row.nextTryAt === null ? 0 : Date.parse(row.nextTryAt) - net.now().getTime()
    return isActive(row) && (isForced || wait <= 0 || wait > LONGEST_MS)
  }
  const postpone = (row: Upload, code: FailureCode | null, retryAfterMs: number | null): void => {
    const wait = retryAfterMs ?? options.random() * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(row.tries, 16))
    const at = net.now().getTime() + Math.min(LONGEST_MS, Math.max(wait, 50))
    save(row.digest, { tries: row.tries + 1, failure: code, nextTryAt: new Date(at).toISOString() })
  }
  const attempt = async (row: Upload, stored: StoredPackage, call: Call): Promise<void> => {
    current = { digest: row.digest, cut: new AbortController() }
    const signal = AbortSignal.any([stopped.signal, current.cut.signal])
    const end = await deliverRow(options, save, row, stored, call, signal)
    current = null
    const now = stopped.signal.aborted ? null : findUpload(store, row.digest)
    if (now === null || !isActive(now)) return
    if (end.is === 'received') keepReceipt(options, save, stored, end)
    else if (end.is === 'refused') save(row.digest, { state: 'refused', failure: end.verdict, nextTryAt: null })
    else if (end.is === 'stopped') save(row.digest, { state: 'stopped', failure: end.code, nextTryAt: null })
    else postpone(now, end.code, end.retryAfterMs)
  }
  /** Everything due, each on its own; a centre that does not answer is asked once for all. */
  const pass = async (): Promise<void> => {
    const calls = new Map<string, Outcome<Call>>()
    const due = listUploads(store).filter(isDue)
    isForced = false
    for (const { digest } of due) {
      const row = stopped.signal.aborted ? null : findUpload(store, digest)
      const stored = row === null || !isActive(row) ? null : findPackage(store, digest)
      if (row === null || stored === null) continue
      const call = calls.get(stored.projectId) ?? (await callFor(options, stored.projectId, stopped.signal))
      calls.set(stored.projectId, call)
      if (call.ok) await attempt(row, stored, call.value)
      else if (call.failure.code === 'unauthorised')
        save(digest, { state: 'stopped', failure: 'unauthorised', nextTryAt: null })
      else postpone(row, call.failure.code, null)
    }
  }
  const schedule = (): void => {
    if (stopped.signal.aborted) return
    const waits = listUploads(store)
      .filter(isActive)
      .map((row) => (row.nextTryAt === null ? BASE_MS : Date.parse(row.nextTryAt) - net.now().getTime()))
    if (waits.length === 0) return
    timer = setTimeout(wake, Math.min(LONGEST_MS, Math.max(50, Math.min(...waits))))
    timer.unref()
  }
  const wake = (): void => {
    clearTimeout(timer)
    isKicked = true
    if (running !== null || stopped.signal.aborted) return
    running = (async () => {
      while (isKicked && !stopped.signal.aborted) {
        isKicked = false
        await pass()
      }
    })()
      .then(schedule)
      .catch((error: unknown) => {
        if (!stopped.signal.aborted) report(error)
      })
      .finally(() => {
        running = null
      })
  }
  return {
    kick: () => {
      isForced = true
      wake()
    },
    cancel: (digest) => {
      save(digest, { state: 'stopped', nextTryAt: null })
      if (current?.digest === digest) current.cut.abort()
    },
    stop: async () => {
      clearTimeout(timer)
      stopped.abort()
      await running
    },
    entries: () => queueEntries(store),
  }
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
  if (project?.centreUrl == null || roster === undefined) return { ok: false, failure: { code: 'notFound' } }
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
