import { existsSync, statfsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Roster, SignedDocument } from '../../shared/domain/roster.ts'
import { MAX_PACKAGE_BYTES } from '../../shared/package/limits.ts'
import type { Verdict } from '../../shared/package/verdict.ts'
import { sha256 } from '../exchange/crypto.ts'
import { signDocument, toWire } from '../exchange/documents.ts'
import type { KeyPair } from '../exchange/keys.ts'
import { makeReceipt } from '../exchange/receipts.ts'
import { HELLO_TYPE, type Hello, type ListedPackage } from '../exchange/sync-protocol.ts'
import { findSigner, newestRoster, standingAt, type Signer } from '../exchange/trust.ts'
import type { JobPool } from '../jobs/pool.ts'
import { publishFile } from '../storage/files.ts'
import { judgeArrival, type Judgement } from './judge.ts'
import type { Accepted, CentreRecord, IntakeStore } from './store.ts'

/** Kept free on the disk, so that the index can always be written. */
const RESERVE_BYTES = 512 * 1024 * 1024

/** What became of a file: its receipt, or why it was refused. */
export type Answered = { receipt: SignedDocument } | { verdict: Verdict; problems: Problem[] }

/** `receive` fails with diskFull, storageFailed, busy … when the file could not be judged now; ask again later. */
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
export function createIntake({ store, centre, keys, pool, now, report }: IntakeOptions) {
  const underWay = new Map<string, Promise<Outcome<Answered>>>()
  const roster = (): Roster | null => newestRoster(store.rosters())
  const receiptOf = (digest: string): SignedDocument | null => {
    const stored = store.receipt(digest)
    return stored === null ? null : toWire({ ...stored, keyId: keys.keyId })
  }
  const answerFor = (of: string, digest: string | null, sender: string): Answered | null => {
    const receipt = digest === null ? null : receiptOf(digest)
    if (receipt !== null) return { receipt }
    const refusal = store.refusal(of, sender)
    return refusal === null ? null : { verdict: refusal.verdict, problems: refusal.problems }
  }
  const packagePath = (digest: string): string => join(store.folder, 'packages', `${digest}.evp`)

  const judge = async (file: string, fileSha256: string, sender: string): Promise<Outcome<Answered>> => {
    const at = now().toISOString()
    const judged = await judgeArrival(pool, store, { file, fileSha256, selfKeyId: keys.keyId, at })
    if (!judged.ok) return judged
    const judgement = judged.value
    if (judgement.outcome === 'again') {
      store.addFile(fileSha256, judgement.digest)
      const receipt = receiptOf(judgement.digest)
      return receipt === null ? fail('storageFailed') : ok({ receipt })
    }
    if (judgement.outcome === 'refused') {
      const { digest, verdict, problems } = judgement
      store.refuse({ fileSha256, sender, digest, verdict, problems, at })
      return ok({ verdict, problems })
    }
    const receipt = keep(judgement)
    if (receipt !== null) return ok({ receipt })
    await rm(judgement.copy, { force: true })
    return judge(file, fileSha256, sender)
  }
  /** File first, then index and receipt in one transaction: a file without an entry is nothing, an entry always has its file. */
  const keep = ({ copy, entry, counts, seen }: Extract<Judgement, { outcome: 'accept' }>): SignedDocument | null => {
    const rosterSeq = roster()?.rosterSeq ?? 0
    const isHeld = store.byDigest(entry.digest) !== null
    if (isHeld) return null
    publishFile(copy, packagePath(entry.digest))
    const receipt = store.accept(entry, seen, (previous) =>
      makeReceipt(keys, {
        package: entry.digest,
        fileSha256: entry.fileSha256,
        octets: entry.octets,
        counts,
        receivedAt: entry.acceptedAt,
        rosterSeq,
        prevReceipt: previous === null ? null : sha256(previous),
      }),
    )
    return receipt === null ? null : toWire(receipt)
  }

  return {
    store,
    keyId: keys.keyId,
    now,
    report,
    /** Whether this key is on the newest roster as a centre: before that nothing is accepted. */
    isReady: (): boolean => {
      const self = roster()?.members.find((m) => m.keyId === keys.keyId)
      return self !== undefined && self.role === 'centre' && standingAt(self, now().toISOString()) === 'valid'
    },
    hello: (nonce: string): SignedDocument => {
      const hello: Hello = {
        type: HELLO_TYPE,
        version: 1,
        nonce,
        centreKeyId: keys.keyId,
        time: now().toISOString(),
        limits: { packageBytes: MAX_PACKAGE_BYTES },
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
    /** By file hash; refusals only of the asking sender's own uploads. */
    answerForFile: (fileSha256: string, sender: string) => answerFor(fileSha256, store.digestOf(fileSha256), sender),
    answerForPackage: (digest: string, sender: string) => answerFor(digest, digest, sender),
    /** Room for one more file of this size, twice (upload and copy). */
    hasRoomFor: (octets: number): boolean => {
      const { bavail, bsize } = statfsSync(store.folder)
      return bavail * bsize > 2 * octets + RESERVE_BYTES
    },
    /**
     * Judges a whole upload; the same file under way twice is judged once. What it answers is durable. Accepted means: verified
     * whole, filed, indexed and receipted.
     */
    receive: (file: string, fileSha256: string, sender: string): Promise<Outcome<Answered>> => {
      const name = `${fileSha256}-${sender}`
      const running = underWay.get(name) ?? judge(file, fileSha256, sender).finally(() => underWay.delete(name))
      underWay.set(name, running)
      return running
    },
    isUnderWay: (fileSha256: string, sender: string): boolean => underWay.has(`${fileSha256}-${sender}`),
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
      return entry !== null && maySee(caller, entry) && existsSync(packagePath(digest))
        ? { path: packagePath(digest), octets: entry.octets }
        : null
    },
    metrics: (): string => {
      const { packages, octets, refusals } = store.totals()
      return [
        `intake_packages_total ${packages}`,
        `intake_octets_total ${octets}`,
        `intake_refusals ${refusals}`,
        `intake_judging ${underWay.size}`,
        '',
      ].join('\n')
    },
  }
}

function signerOf(store: IntakeStore, projectId: string, keyId: string): Signer | null {
  const trust = { projectId, rosters: store.rosters(), tasks: [] }
  const member = findSigner(trust, null, keyId)
  if (member !== null) return member
  const tasks = store.tasks()
  const task = tasks.find((t) => t.fieldEnrolments.some((e) => e.keyId === keyId))
  return task === undefined ? null : findSigner({ ...trust, tasks }, task.taskId, keyId)
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
