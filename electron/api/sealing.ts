import { v7 as uuidv7 } from 'uuid'
import { fail, type Outcome } from '../../shared/contract/errors.ts'
import { logBytes, type LogAction } from '../../shared/package/log.ts'
import type { PackageDocuments } from '../../shared/package/payload.ts'
import { listedMedia } from '../../shared/package/payload.ts'
import type { RosterMember } from '../../shared/domain/roster.ts'
import type { KeyPair } from '../exchange/keys.ts'
import { entryHash, sealPackage, type EmbeddedSheet, type SealRequest, type SealedPackage } from '../exchange/seal.ts'
import type { Writer } from '../storage/database.ts'
import { logLines, record } from '../storage/log-store.ts'
import { readMeta } from '../storage/meta-store.ts'
import { addPackage, findStoredFile, newestMade, nextPlace, type StoredPackage } from '../storage/package-store.ts'
import { mediaPath } from '../storage/paths.ts'
import { newestRoster } from '../storage/project-store.ts'
import { lastReceiptAt } from '../storage/receipt-store.ts'
import { stampOf, type Session } from './session.ts'
import type { Context } from './context.ts'

export type SealOrder = {
  documents: PackageDocuments
  written?: SealRequest['written']
  /** What the log calls it, and of what. */
  action: LogAction
  object: string
  embedded?: readonly EmbeddedSheet[]
  reports?: SealRequest['reports']
}

/**
 * Seals a document within the transaction that freezes it: the log line, the signature and every byte of the package become
 * durable together, consuming one `seq`. Fails with fileMissing (evidence is gone), fileTooLarge, or notPermitted (no roster).
 */
export function sealInto(
  tx: Writer,
  context: Context,
  session: Session,
  me: RosterMember,
  keys: KeyPair,
  order: SealOrder,
): Outcome<SealedPackage> {
  const { documents } = order
  const { task } = documents
  const stamp = stampOf(context, me.personId)
  const roster = newestRoster(tx, task.projectId)
  if (roster === null) return fail('notPermitted')
  record(tx, stamp, { taskId: task.taskId, action: order.action, object: order.object, before: null, after: null })
  const files = listedMedia(documents).flatMap(({ sha256: hash, ext }) => {
    const file = findStoredFile(tx, hash)
    return file === null
      ? []
      : [{ ...file, ext: ext ?? file.ext, sha256: hash, path: mediaPath(session.paths.media, hash) }]
  })
  const sealed = sealPackage({
    claims: {
      packageId: uuidv7(),
      author: {
        keyId: keys.keyId,
        personId: me.personId,
        deviceId: session.deviceId,
        displayName: displayName(me.name),
      },
      audience: [],
      ...nextPlace(tx, keys.keyId, session.deviceId),
      supersedes: newestMade(tx, task.taskId, documents.kind)?.digest ?? null,
      createdAt: stamp.at,
      clock: { lastReceiptAt: lastReceiptAt(tx), rollbackSeen: readMeta(tx, 'rollbackSeen') !== null },
      rosterSeq: roster.roster.rosterSeq,
      app: { name: 'youpin-onsite', version: context.version },
      media: 'included',
    },
    documents,
    written: order.written,
    log: logBytes(logLines(tx, task.taskId)),
    embedded: order.embedded ?? [],
    reports: order.reports ?? [],
    media: files,
    pkcs8: keys.pkcs8,
  })
  if (!sealed.ok) return sealed
  const stored = addPackage(tx, storedPackage(sealed.value, documents, keys.keyId, stamp.at), sealed.value.entries)
  return stored.ok ? sealed : stored
}

/** At most 64 UTF-16 units and never half a character. */
function displayName(name: string): string {
  let shown = ''
  for (const character of name.trim()) {
    if (shown.length + character.length > 64) break
    shown += character
  }
  return shown.trim()
}

function storedPackage(
  { statement, octets, digest, entries }: SealedPackage,
  documents: PackageDocuments,
  authorKeyId: string,
  storedAt: string,
): StoredPackage {
  const { author, kind, projectId, taskId, seq, revision, supersedes, createdAt, logHead } = statement
  return {
    digest,
    kind,
    origin: 'made',
    projectId,
    taskId,
    authorKeyId,
    personId: author.personId,
    displayName: author.displayName,
    deviceId: author.deviceId,
    seq,
    subject: documents.kind === 'sheet' ? documents.sheet.expert.personId : null,
    revision,
    supersedes,
    documentSha256: entryHash(entries, `data/${kind}.json`),
    logSize: logHead.size,
    logSha256: logHead.sha256,
    createdAt,
    storedAt,
    fileSha256: null,
    size: octets,
  }
}

/** The document a package is about. */
export function documentOfKind(documents: PackageDocuments): unknown {
  switch (documents.kind) {
    case 'task':
      return documents.task
    case 'sheet':
      return documents.sheet
    case 'result':
      return documents.result
  }
}
