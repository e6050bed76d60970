import { existsSync, statfsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { SignedDocument } from '../../shared/domain/roster.ts'
import { MAX_PACKAGE_BYTES } from '../../shared/package/limits.ts'
import type { Verdict } from '../../shared/package/verdict.ts'
import { sha256 } from '../exchange/crypto.ts'
import { signDocument, toWire } from '../exchange/documents.ts'
import type { KeyPair } from '../exchange/keys.ts'
import { makeReceipt } from '../exchange/receipts.ts'
import { HELLO_TYPE, uploadId, type Hello, type ListedPackage } from '../exchange/sync-protocol.ts'
import { findSigner, newestRoster, standingAt, type Signer } from '../exchange/trust.ts'
import type { JobPool } from '../jobs/pool.ts'
import { publishFile } from '../storage/files.ts'
import { judgeArrival, type Judgement } from './judge.ts'
import type { Accepted, CentreRecord, IntakeStore } from './store.ts'

/** Kept free on the disk, so that the index can always be written. */
const RESERVE_BYTES = 512 * 1024 * 1024

/** What became of a file: its receipt, or why it was refused. */
export type Answered = { receipt: SignedDocument } | { verdict: Verdict; problems: Problem[] }

export type Intake = ReturnType<typeof createIntake>

export type IntakeOptions = {
  store: IntakeStore
  centre: CentreRecord
  keys: KeyPair
  pool: JobPool
  now: () => Date
  /** Bugs and disk failures, for the operator. */
  report: (error: unknown) => void
}

/** The receiving side without a wire: who may send, what is accepted, receipts, what is held. */
export function createIntake(options: IntakeOptions) {
  const { store, keys, now, report } = options
  return {
    store,
    keyId: keys.keyId,
    now,
    report,
    ...standing(options),
    ...answers(options),
    ...judging(options),
    ...lists(options),
  }
}

const packagePath = (store: IntakeStore, digest: string): string => join(store.folder, 'packages', `${digest}.evp`)

function standing({ store, centre, keys, now }: IntakeOptions) {
  return {
    /** Whether this key is on the newest roster as a centre: before that nothing is accepted. */
    isReady: (): boolean => {
      const self = newestRoster(store.rosters())?.members.find((m) => m.keyId === keys.keyId)
      return self !== undefined && self.role === 'centre' && standingAt(self, now().toISOString()) === 'valid'
    },
    hello: (nonce: string): SignedDocument => {
      const limits = { packageBytes: MAX_PACKAGE_BYTES }
      const hello: Hello = {
        type: HELLO_TYPE,
        version: 1,
        nonce,
        centreKeyId: keys.keyId,
        time: now().toISOString(),
        limits,
      }
      return toWire(signDocument(hello, keys))
    },
    roster: (): SignedDocument | null => {
      const newest = store.newestRoster()
      return newest === null ? null : toWire(newest)
    },
    /** The person behind a key that may call now: on the newest roster, or enrolled in the field by an accepted task. */
    findCaller: (keyId: string): Signer | null => {
      const signer = signerOf(store, centre.projectId, keyId)
      return signer !== null && standingAt(signer, now().toISOString()) === 'valid' ? signer : null
    },
  }
}

function receiptOf({ store, keys }: IntakeOptions, digest: string): SignedDocument | null {
  const stored = store.receipt(digest)
  return stored === null ? null : toWire({ ...stored, keyId: keys.keyId })
}

function answers(options: IntakeOptions) {
  const { store } = options
  const answerFor = (of: string, digest: string | null, sender: string): Answered | null => {
    const receipt = digest === null ? null : receiptOf(options, digest)
    if (receipt !== null) return { receipt }
    const refusal = store.refusal(of, sender)
    return refusal === null ? null : { verdict: refusal.verdict, problems: refusal.problems }
  }
  return {
    /** By file hash; refusals only of the asking sender's own uploads. */
    answerForFile: (fileSha256: string, sender: string) => answerFor(fileSha256, store.digestOf(fileSha256), sender),
    answerForPackage: (digest: string, sender: string) => answerFor(digest, digest, sender),
  }
}

function judging(options: IntakeOptions) {
  const { store, keys, pool, now } = options
  const underWay = new Map<string, Promise<Outcome<Answered>>>()
  const judge = async (file: string, fileSha256: string, sender: string): Promise<Outcome<Answered>> => {
    const at = now().toISOString()
    const judged = await judgeArrival(pool, store, { file, fileSha256, selfKeyId: keys.keyId, at })
    if (!judged.ok) return judged
    const judgement = judged.value
    if (judgement.outcome === 'refused') {
      const { digest, verdict, problems } = judgement
      store.refuse({ fileSha256, sender, digest, verdict, problems, at })
      return ok({ verdict, problems })
    }
    if (judgement.outcome === 'again') {
      store.addFile(fileSha256, judgement.digest)
      const receipt = receiptOf(options, judgement.digest)
      return receipt === null ? fail('storageFailed') : ok({ receipt })
    }
    const receipt = keep(options, judgement)
    if (receipt !== null) return ok({ receipt })
    await rm(judgement.copy, { force: true })
    return judge(file, fileSha256, sender)
  }
  return {
    /**
     * Judges a whole upload; the same one under way twice is judged once. What it answers is durable; accepted means verified
     * whole, filed, indexed and receipted. Fails with diskFull, storageFailed, busy … when it could not be judged now.
     */
    receive: (file: string, fileSha256: string, sender: string): Promise<Outcome<Answered>> => {
      const name = uploadId(fileSha256, sender)
      const running = underWay.get(name) ?? judge(file, fileSha256, sender).finally(() => underWay.delete(name))
      underWay.set(name, running)
      return running
    },
    isUnderWay: (fileSha256: string, sender: string): boolean => underWay.has(uploadId(fileSha256, sender)),
    /** Room for one more file of this size, twice (upload and copy). */
    hasRoomFor: (octets: number): boolean => {
      const { bavail, bsize } = statfsSync(store.folder)
      return bavail * bsize > 2 * octets + RESERVE_BYTES
    },
    metrics: (): string => {
      const { packages, octets, refusals } = store.totals()
      const lines = { packages_total: packages, octets_total: octets, refusals, judging: underWay.size }
      return Object.entries(lines)
        .map(([name, value]) => `intake_${name} ${value}\n`)
        .join('')
    },
  }
}

/** File first, then index and receipt in one transaction: a file without an entry is nothing, an entry always has its file. */
function keep(
  { store, keys }: IntakeOptions,
  judgement: Extract<Judgement, { outcome: 'accept' }>,
): SignedDocument | null {
  const { copy, entry, counts, seen } = judgement
  if (store.byDigest(entry.digest) !== null) return null
  publishFile(copy, packagePath(store, entry.digest))
  const receipt = store.accept(entry, seen, (previous) =>
    makeReceipt(keys, {
      package: entry.digest,
      fileSha256: entry.fileSha256,
      octets: entry.octets,
      counts,
      receivedAt: entry.acceptedAt,
      rosterSeq: newestRoster(store.rosters())?.rosterSeq ?? 0,
      prevReceipt: previous === null ? null : sha256(previous),
    }),
  )
  return receipt === null ? null : toWire(receipt)
}

function lists({ store }: IntakeOptions) {
  return {
    /** Task packages meant for a caller, newer than the cursor. */
    tasksFor: (caller: Signer, since: number) => {
      const tasks = store.tasksSince(since).filter((p) => maySee(caller, p))
      return { cursor: tasks.at(-1)?.ordinal ?? since, tasks: tasks.map(listed) }
    },
    /** What has arrived, for office (all) and leads (their tasks); null for others. */
    arrivals: (caller: Signer, taskId: string | null) => {
      if (caller.role !== 'office' && caller.role !== 'lead') return null
      const found = taskId === null ? store.all() : store.byTask(taskId)
      return { packages: found.filter((p) => maySee(caller, p)).map(listed) }
    },
    fileFor: (caller: Signer, digest: string): { path: string; octets: number } | null => {
      const entry = store.byDigest(digest)
      const path = packagePath(store, digest)
      return entry !== null && maySee(caller, entry) && existsSync(path) ? { path, octets: entry.octets } : null
    },
  }
}

function signerOf(store: IntakeStore, projectId: string, keyId: string): Signer | null {
  const trust = { projectId, rosters: store.rosters(), tasks: [] }
  const member = findSigner(trust, null, keyId)
  if (member !== null) return member
  const tasks = store.tasks()
  const taskIds = new Set(tasks.filter((t) => t.fieldEnrolments.some((e) => e.keyId === keyId)).map((t) => t.taskId))
  const enrolled = [...taskIds].flatMap((taskId) => findSigner({ ...trust, tasks }, taskId, keyId) ?? [])
  return enrolled.find((s) => s.revokedAt === null) ?? enrolled[0] ?? null
}

/** Office sees all, a lead the packages of own tasks, everyone own packages and the tasks of teams they are in; an audience limits. */
function maySee(caller: Signer, p: Accepted): boolean {
  if (p.keyId === caller.keyId || caller.role === 'office') return true
  if (p.audience.length > 0 && !p.audience.includes(caller.keyId)) return false
  return p.leadId === caller.personId || (p.kind === 'task' && p.team.includes(caller.personId))
}

const listed = ({
  digest,
  fileSha256,
  octets,
  kind,
  taskId,
  personId,
  revision,
  acceptedAt,
}: Accepted): ListedPackage => ({
  digest,
  fileSha256,
  octets,
  kind,
  taskId,
  personId,
  revision,
  receivedAt: acceptedAt,
})
