import { open, type FileHandle } from 'node:fs/promises'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { parseLoose } from '../../shared/package/json.ts'
import type { LogLine } from '../../shared/package/log.ts'
import type { MediaExtension } from '../../shared/package/media-type.ts'
import type { PackageDocuments } from '../../shared/package/payload.ts'
import { readClaims, type Claims, type Statement } from '../../shared/package/statement.ts'
import { orderVerdict, type KnownPackage, type PackageFacts, type Verdict } from '../../shared/package/verdict.ts'
import { fileFailure } from '../storage/files.ts'
import { peekStatement, readContainer, type Container } from './container.ts'
import { sha256 } from './crypto.ts'
import { isRefusal, refuse, type Refusal } from './refusal.ts'
import type { SealFiles } from './seal.ts'
import type { ProjectTrust } from './trust.ts'
import { checkContent, type Content } from './verify-content.ts'
import type { CheckedSheet } from './verify-embedded.ts'
import { checkRights } from './verify-rights.ts'
import { PackageChanged, checkSeal, readerOf, type Authentic } from './verify-seal.ts'
import type { LongRun } from './write.ts'

/** Plain data, so that it travels to worker threads. */
export type VerifyRequest = {
  /** Only a private copy or a file nobody else writes: it is read twice. */
  file: string
  /** What `quarantineFile` said of the copy; null when the file was not copied. */
  fileSha256: string | null
  /** The project the package claims (`peekPackage`); null when there is none of that id here. */
  trust: ProjectTrust | null
  /** Packages of the project accepted before. */
  known: readonly KnownPackage[]
  /** Own key, for the audience; null = not asked. */
  selfKeyId: string | null
  /** This instant: keys of packages seen for the first time are judged at it. */
  at: string
  /** `seal`: container, signature, hashes, statement, enough to say that an export arrived whole. `full`: everything. */
  depth: 'seal' | 'full'
}

/** A piece of evidence in the file: its bytes lie at `offset`, `size` long, already hashed. */
export type ContainedMedia = { sha256: string; ext: MediaExtension; size: number; offset: number }

/**
 * What a package turned out to be. `digest`, `fileSha256`: null when the container was refused. `statement`, `keyId`, `files`:
 * null until the signature and all hashes hold. `documents` and what follows: null (or empty) until the content is consistent.
 */
export type Verification = {
  verdict: Verdict
  problems: Problem[]
  fileSha256: string | null
  octets: number
  digest: string | null
  keyId: string | null
  statement: Statement | null
  files: SealFiles | null
  documents: PackageDocuments | null
  facts: PackageFacts | null
  log: LogLine[]
  sheets: CheckedSheet[]
  media: ContainedMedia[]
}

/**
 * Judges one package file; the first failed check is the verdict. Writes nothing. Fails with fileMissing, storageFailed,
 * notWritable (no right to read) or cancelled when the file cannot be read.
 */
export async function verifyPackage(request: VerifyRequest, run: LongRun = {}): Promise<Outcome<Verification>> {
  return withFile(request.file, run, async (file) => ok(await verifyFile(file, request, run)))
}

/** Who and what a package claims to be, unverified: only to choose the project to verify it against. Null = not readable so far. */
export async function peekPackage(path: string, run: LongRun = {}): Promise<Outcome<Claims | null>> {
  return withFile(path, run, async (file) => {
    const statement = await peekStatement(file)
    const loose = parseLoose(statement ?? new Uint8Array())
    return ok(loose.ok ? readClaims(loose.value) : null)
  })
}

async function withFile<T>(
  path: string,
  run: LongRun,
  work: (file: FileHandle) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    const file = await open(path, 'r')
    try {
      return await work(file)
    } finally {
      await file.close()
    }
  } catch (error) {
    return run.signal?.aborted ? fail('cancelled') : fileFailure(error)
  }
}

async function verifyFile(file: FileHandle, request: VerifyRequest, run: LongRun): Promise<Verification> {
  const report: Verification = {
    verdict: 'ok',
    problems: [],
    fileSha256: null,
    octets: (await file.stat()).size,
    digest: null,
    keyId: null,
    statement: null,
    files: null,
    documents: null,
    facts: null,
    log: [],
    sheets: [],
    media: [],
  }
  try {
    const refusal = await judge(file, request, run, report)
    return refusal === null ? report : { ...report, ...refusal }
  } catch (error) {
    if (error instanceof PackageChanged) return { ...report, ...refuse('damaged', error.message, 'changed') }
    throw error
  }
}

/** Runs the stages in their order and writes what each has proved into the report. */
async function judge(
  file: FileHandle,
  request: VerifyRequest,
  run: LongRun,
  report: Verification,
): Promise<Refusal | null> {
  const container = await readContainer(file, run)
  if (isRefusal(container)) return container
  report.fileSha256 = container.fileSha256
  report.digest = container.files.get('tagmanifest-sha256.txt')?.sha256 ?? null
  if (request.fileSha256 !== null && request.fileSha256 !== container.fileSha256) return refuse('damaged', '', 'copy')

  const { trust, known } = request
  const read = readerOf(file, container)
  const at = known.find((k) => k.digest === report.digest)?.acceptedAt ?? request.at
  const authentic = await checkSeal(container, read, trust, at)
  if (isRefusal(authentic)) return authentic
  report.statement = authentic.statement
  report.keyId = authentic.signer.keyId
  report.files = authentic.files
  report.media = mediaOf(container)
  if (request.depth === 'seal' || trust === null) return null

  const content = await checkContent(container, read, authentic, trust)
  if (isRefusal(content)) return content
  report.documents = content.documents
  report.log = content.log
  report.sheets = content.sheets
  const facts = factsOf(authentic, content)
  report.facts = facts
  return (
    checkRights(authentic, content, trust, known, at) ??
    checkAudience(authentic.statement, trust, request.selfKeyId) ??
    checkOrder(facts, content, known)
  )
}

function mediaOf(container: Container): ContainedMedia[] {
  return [...container.files.values()].flatMap(({ name, sha256: hash, size, offset, sniffed }) =>
    name.startsWith('data/media/') && sniffed !== null ? [{ sha256: hash, ext: sniffed, size, offset }] : [],
  )
}

function factsOf({ statement, files }: Authentic, { documents, documentSha256 }: Content): PackageFacts {
  const { kind, taskId, author, seq, revision, logHead } = statement
  return {
    digest: sha256(files.tagManifest),
    kind,
    taskId,
    keyId: author.keyId,
    deviceId: author.deviceId,
    seq,
    subject: documents.kind === 'sheet' ? documents.sheet.expert.personId : null,
    revision,
    documentSha256,
    logHead,
  }
}

function checkAudience(statement: Statement, trust: ProjectTrust, selfKeyId: string | null): Refusal | null {
  if (statement.projectId !== trust.projectId)
    return refuse('wrongAudience', 'statement.json#projectId', 'otherProject')
  const isForUs = statement.audience.length === 0 || selfKeyId === null || statement.audience.includes(selfKeyId)
  return isForUs ? null : refuse('wrongAudience', 'statement.json#audience', 'otherPeople')
}

function checkOrder(facts: PackageFacts, content: Content, known: readonly KnownPackage[]): Refusal | null {
  const order = orderVerdict(facts, known)
  if (order === 'duplicate') return refuse(order, '', order)
  const forked = known.find(
    (k) => isEarlierOnChain(k, facts) && content.logHashes[k.logHead.size - 1] !== k.logHead.sha256,
  )
  if (forked !== undefined) return refuse('conflictingTwin', 'data/log.jsonl', 'logFork', forked.digest)
  return order === 'ok' ? null : refuse(order, '', order)
}

/** A package accepted before that grew from the same chain: its head must still be in this log. */
const isEarlierOnChain = (k: KnownPackage, facts: PackageFacts): boolean =>
  k.taskId === facts.taskId && k.keyId === facts.keyId && k.deviceId === facts.deviceId && k.seq < facts.seq
