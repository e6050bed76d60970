import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Outcome } from '../../shared/contract/errors.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Counts } from '../../shared/domain/roster.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import type { Verdict } from '../../shared/package/verdict.ts'
import { refuse, type Refusal } from '../exchange/refusal.ts'
import type { JobPool } from '../jobs/pool.ts'
import type { Accepted, IntakeStore } from './store.ts'

/** `fileSha256` = what the sender said the file hashes to; `selfKeyId` = the centre's key; `at` = now. */
export type JudgeRequest = { file: string; fileSha256: string; selfKeyId: string; at: string }

/**
 * `accept`: the verified copy in quarantine and its entry, right as long as nothing related is accepted after `seen`. `again`:
 * this very package is held. Otherwise refused; then no copy is left.
 */
export type Judgement =
  | { outcome: 'accept'; copy: string; entry: Omit<Accepted, 'ordinal'>; counts: Counts; seen: number }
  | { outcome: 'again'; digest: string }
  | ({ outcome: 'refused'; digest: string | null } & Refused)
type Refused = { verdict: Exclude<Verdict, 'ok'>; problems: Problem[] }

/** Copies an upload into quarantine and judges it as a whole, in worker threads. Fails as their jobs do; then no copy is left. */
export async function judgeArrival(
  pool: JobPool,
  store: IntakeStore,
  request: JudgeRequest,
): Promise<Outcome<Judgement>> {
  const taken = await pool.run('takePackage', { source: request.file, folder: join(store.folder, 'quarantine') })
  if (!taken.ok) return taken
  const { file, claims } = taken.value
  const judged =
    file.fileSha256 === request.fileSha256
      ? await judgeCopy(pool, store, request, file.path, claims)
      : ok(refused(null, refuse('damaged', '', 'upload', file.fileSha256)))
  if (!judged.ok || judged.value.outcome !== 'accept') await rm(file.path, { force: true })
  return judged
}

async function judgeCopy(
  pool: JobPool,
  store: IntakeStore,
  { fileSha256, selfKeyId, at }: JudgeRequest,
  copy: string,
  claims: { taskId: string | null; keyId: string | null } | null,
): Promise<Outcome<Judgement>> {
  const { trust, known, seen, isPractice } = store.evidence(claims?.taskId ?? '', claims?.keyId ?? '')
  const verified = await pool.run('verifyPackage', {
    file: copy,
    fileSha256,
    trust,
    known,
    selfKeyId,
    at,
    depth: 'full',
  })
  if (!verified.ok) return verified
  const { verdict, problems, digest, facts, statement, documents, octets } = verified.value
  if (verdict === 'duplicate' && digest !== null && known.some((k) => k.digest === digest))
    return ok({ outcome: 'again', digest })
  if (verdict !== 'ok') return ok(refused(digest, { verdict, problems }))
  if (facts === null || statement === null || documents === null) throw new Error('verified without content')
  const { task } = documents
  if (task.sample && !isPractice) return ok(refused(digest, refuse('notPermitted', 'data/task.json#sample', 'sample')))
  const entry = {
    ...facts,
    fileSha256,
    octets,
    personId: statement.author.personId,
    team: task.team.map((m) => m.personId),
    leadId: task.team.find((m) => m.role === 'lead')?.personId ?? '',
    audience: statement.audience,
    task: documents.kind === 'task' ? jcsBytes(task) : null,
    acceptedAt: at,
  }
  return ok({ outcome: 'accept', copy, entry, counts: statement.counts, seen })
}

const refused = (digest: string | null, { verdict, problems }: Refusal): Judgement => ({
  outcome: 'refused',
  digest,
  verdict,
  problems,
})
