import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ok, fail, type FailureCode, type Outcome } from '../../shared/contract/errors.ts'
import type { Receipt } from '../../shared/domain/roster.ts'
import type { Verdict } from '../../shared/package/verdict.ts'
import { makeFolder } from '../storage/files.ts'
import { packageEntries, type StoredPackage } from '../storage/package-store.ts'
import type { Reader } from '../storage/database.ts'
import type { SealedDocument } from './documents.ts'
import { openReceipt } from './receipts.ts'
import { askAboutFile, centreTime, statusFailure, tokenFor, type Call, type CallFailure } from './sync-client.ts'
import type { TransferEnd } from './sync-upload.ts'
import type { ProjectTrust } from './trust.ts'
import type { WriteRequest, WrittenPackage } from './write.ts'

/** One package on its way. `onUrl` null: the server has forgotten the upload. */
export type Delivery = {
  call: Call
  trust: ProjectTrust
  file: WrittenPackage
  about: Pick<StoredPackage, 'digest' | 'kind' | 'taskId'>
  uploadUrl: string | null
  onUrl: (url: string | null) => void
  onOffset: (offset: number) => void
  /** Every byte is there; the receipt is not. */
  onSent: () => void
  signal: AbortSignal
}

/** How far a delivery came. `waiting` is tried again (`code` null: nothing is wrong, the receipt is not there yet). */
export type DeliveryEnd =
  | { is: 'received'; document: SealedDocument; receipt: Receipt }
  | { is: 'refused'; verdict: Verdict }
  | { is: 'stopped'; code: FailureCode }
  | { is: 'waiting'; code: FailureCode | null; retryAfterMs: number | null }

/**
 * Brings one package file to a centre and asks for its receipt: asks first, so that nothing is sent twice; goes on where an
 * earlier try was cut. `received` only with a receipt that names this package and is signed by a centre (or lead) of the project.
 */
export async function deliver(delivery: Delivery): Promise<DeliveryEnd> {
  const before = await ask(delivery, delivery.uploadUrl !== null)
  if (before !== null) return before
  const sent = await send(delivery)
  if (!sent.done) {
    const failure = sent.status === null ? null : statusFailure(sent.status, sent.retryAfterMs)
    return failure === null ? { is: 'waiting', code: 'offline', retryAfterMs: null } : endOf(failure)
  }
  delivery.onSent()
  return (await ask(delivery, true)) ?? { is: 'waiting', code: null, retryAfterMs: null }
}

const endOf = ({ code, retryAfterMs, stop }: CallFailure): DeliveryEnd =>
  stop ? { is: 'stopped', code } : { is: 'waiting', code, retryAfterMs }

/** What the centre says of the file by now; null when there is nothing to go by. A refusal counts only for what this upload sent. */
async function ask(delivery: Delivery, hasSent: boolean): Promise<DeliveryEnd | null> {
  const { call, file, about, trust } = delivery
  const answer = await askAboutFile(call, file.fileSha256)
  if (!answer.ok) return endOf(answer.failure)
  const said = answer.value
  if (said.is === 'receipt') {
    const opened = openReceipt(said.receipt, trust, about.digest, centreTime(call).toISOString())
    const isOurs = opened.ok && (opened.value.fileSha256 !== file.fileSha256 || opened.value.octets === file.octets)
    // Somebody in between, or a key that no longer counts: never a receipt.
    if (!isOurs) return { is: 'waiting', code: 'unauthorised', retryAfterMs: null }
    return { is: 'received', document: said.receipt, receipt: opened.value }
  }
  if (said.is === 'unknown' || !hasSent) return null
  const isBrokenUpload = said.verdict === 'damaged' && said.problems.some((p) => p.code === 'upload')
  if (!isBrokenUpload) return { is: 'refused', verdict: said.verdict }
  // Our file is sound, what arrived is not: from the beginning.
  delivery.onUrl(null)
  return { is: 'waiting', code: 'damagedFile', retryAfterMs: null }
}

/** One transfer; once more when the server has forgotten the upload, or stands elsewhere than we thought. */
async function send(delivery: Delivery): Promise<TransferEnd> {
  const { call, file, about, onOffset, signal } = delivery
  // The upload library is loaded when something is sent, not at the app's start.
  const { transfer } = await import('./sync-upload.ts')
  let { uploadUrl } = delivery
  const once = (): Promise<TransferEnd> =>
    transfer({
      path: file.path,
      size: file.octets,
      base: `${call.centre.url}/v1/uploads`,
      uploadUrl,
      metadata: { fileSha256: file.fileSha256, kind: about.kind, taskId: about.taskId },
      authorise: () => tokenFor(call),
      onUrl: (url) => {
        uploadUrl = url
        delivery.onUrl(url)
      },
      onOffset,
      signal,
    })
  const first = await once()
  if (first.done || signal.aborted || uploadUrl === null) return first
  if (first.status === 409) return once()
  if (first.status !== 404 && first.status !== 410) return first
  uploadUrl = null
  delivery.onUrl(null)
  return once()
}

/** Where the file to be sent lies until its receipt is held. */
export const outboxPath = (outbox: string, digest: string): string => join(outbox, `${digest}.evp`)

/**
 * The package as a file in the outbox, written anew unless an earlier try left it there. Fails as `writePackageFile`;
 * damagedFile also when the bytes are not those of earlier exports.
 */
export async function packageFile(
  db: Reader,
  { digest, fileSha256, size }: StoredPackage,
  folders: { media: string; outbox: string },
  writeFile: (request: WriteRequest) => Promise<Outcome<WrittenPackage>>,
): Promise<Outcome<WrittenPackage>> {
  const path = outboxPath(folders.outbox, digest)
  if (fileSha256 !== null && existsSync(path) && statSync(path).size === size)
    return ok({ path, octets: size, fileSha256 })
  makeFolder(folders.outbox)
  const written = await writeFile({ target: path, entries: packageEntries(db, digest, folders.media), replace: true })
  if (!written.ok) return written
  const isSame = fileSha256 === null || fileSha256 === written.value.fileSha256
  return isSame ? written : fail('damagedFile', { detail: digest })
}
