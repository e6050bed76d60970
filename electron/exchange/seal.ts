import { crc32 } from 'node:zlib'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { BAGIT_TXT, bagInfo, manifestBytes } from '../../shared/package/bag.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import {
  SIGNATURE_FILE,
  TAG_FILES,
  compareEntries,
  maxBytesOf,
  type EmbeddedFile,
} from '../../shared/package/layout.ts'
import { MAX_ENTRIES, MAX_PACKAGE_BYTES } from '../../shared/package/limits.ts'
import { headOfLog } from '../../shared/package/log.ts'
import { countsOf, listedMedia, type PackageDocuments } from '../../shared/package/payload.ts'
import { MIMETYPE, PACKAGE_TYPE, parseStatement, type Statement } from '../../shared/package/statement.ts'
import { utf8 } from '../../shared/package/utf8.ts'
import { archiveBytes, placeEntries } from '../../shared/package/zip.ts'
import { readDocument } from './documents.ts'
import { sha256, signBytes } from './crypto.ts'

/** One file of a package, from memory or from a file on disk whose hash, size and CRC-32 have been known since capture. */
export type PackageEntry = {
  name: string
  size: number
  sha256: string
  crc32: number
  from: { bytes: Uint8Array } | { path: string }
}

/** The four files that make a package what it is, for ever: store them durably; exports copy these bytes. */
export type SealFiles = {
  statement: Uint8Array
  manifest: Uint8Array
  tagManifest: Uint8Array
  signature: Uint8Array
}

/** A sealed sheet as it lies in a result: its seal files and its document. */
export type EmbeddedSheet = { digest: string; files: Readonly<Record<EmbeddedFile, Uint8Array>> }

/** A stored file: `crc32` unsigned. */
export type StoredFile = { path: string; size: number; sha256: string; crc32: number }

/** What sealing takes from the caller; the rest of the statement follows from the content. */
export type SealClaims = Pick<
  Statement,
  | 'packageId'
  | 'author'
  | 'audience'
  | 'seq'
  | 'prev'
  | 'supersedes'
  | 'createdAt'
  | 'clock'
  | 'rosterSeq'
  | 'app'
  | 'media'
>

export type SealRequest = {
  claims: SealClaims
  documents: PackageDocuments
  /** What `documentEntries` made of the documents before. */
  written?: readonly PackageEntry[] | undefined
  /** Every line of the chain so far, the sealing itself included. */
  log: Uint8Array
  /** Results only: one for each of the documents' sheets. */
  embedded: readonly EmbeddedSheet[]
  /** Results only. */
  reports: readonly (StoredFile & { profile: string })[]
  /** Evidence the documents list; may hold more. */
  media: readonly (StoredFile & { ext: string })[]
  pkcs8: Uint8Array
}

export type SealedPackage = {
  digest: string
  statement: Statement
  files: SealFiles
  /** Whole package in entry order, ready for `writePackageFile`. */
  entries: PackageEntry[]
  /** Size of the package file. */
  octets: number
}

/** A package file from memory. */
export function bytesEntry(name: string, bytes: Uint8Array): PackageEntry {
  return { name, size: bytes.length, sha256: sha256(bytes), crc32: crc32(bytes), from: { bytes } }
}

/** A package file from disk. */
export function fileEntry(name: string, file: StoredFile): PackageEntry {
  return { name, size: file.size, sha256: file.sha256, crc32: file.crc32, from: { path: file.path } }
}

/**
 * Builds statement, manifests and signature once. Pure: nothing is read or written. Fails with `fileMissing` (detail: hash of
 * evidence that was not given) or `fileTooLarge` (the whole: offer `media: "referenced"`; one file: detail = its name). Throws
 * when the content contradicts itself.
 */
export function sealPackage(request: SealRequest): Outcome<SealedPackage> {
  const payload = payloadEntries(request)
  if (!payload.ok) return payload
  const manifest = manifestBytes(payload.value.map((e) => ({ sha256: e.sha256, path: e.name })))
  const statement = makeStatement(request, payload.value, manifest)
  const statementBytes = jcsBytes(statement)
  const tagManifest = manifestBytes(
    tagFiles(statement, statementBytes, manifest).map((e) => ({ sha256: e.sha256, path: e.name })),
  )
  const files = { statement: statementBytes, manifest, tagManifest, signature: signBytes(request.pkcs8, tagManifest) }
  const entries = packageEntries(files, payload.value)
  const octets = packageOctets(entries)
  if (octets > MAX_PACKAGE_BYTES || entries.length > MAX_ENTRIES)
    return fail('fileTooLarge', { detail: String(octets) })
  // Whoever receives it would refuse the whole package.
  const long = entries.find((e) => e.size > maxBytesOf(e.name))
  if (long !== undefined) return fail('fileTooLarge', { detail: long.name })
  return ok({ digest: sha256(tagManifest), statement, files, entries, octets })
}

/** Size of the package file these entries make. */
export function packageOctets(entries: readonly PackageEntry[]): number {
  return archiveBytes(placeEntries(entries))
}

/**
 * All entries of a sealed package in their order, from its stored seal files and payload: an export makes the same bytes every
 * time. Throws when the stored statement is not one.
 */
export function packageEntries(files: SealFiles, payload: readonly PackageEntry[]): PackageEntry[] {
  const statement = readDocument(files.statement, parseStatement)
  if (statement === null) throw new Error('packageEntries: stored statement is damaged')
  return [
    ...tagFiles(statement, files.statement, files.manifest),
    bytesEntry('tagmanifest-sha256.txt', files.tagManifest),
    bytesEntry(SIGNATURE_FILE, files.signature),
    ...payload,
  ].toSorted((a, b) => compareEntries(a.name, b.name))
}

/** The five files the tag manifest lists; three of them follow from the statement. */
export function tagFiles(statement: Statement, statementBytes: Uint8Array, manifest: Uint8Array): PackageEntry[] {
  const contents = [utf8(MIMETYPE), utf8(BAGIT_TXT), utf8(bagInfo(statement)), statementBytes, manifest]
  return contents.map((bytes, i) => bytesEntry(TAG_FILES[i] ?? '', bytes))
}

/** The files of a sealed sheet that a result embeds. */
export function embeddedSheet(digest: string, files: SealFiles, sheet: Uint8Array): EmbeddedSheet {
  return {
    digest,
    files: {
      'author.sig': files.signature,
      'manifest-sha256.txt': files.manifest,
      'sheet.json': sheet,
      'statement.json': files.statement,
      'tagmanifest-sha256.txt': files.tagManifest,
    },
  }
}

/** The documents as they are written: the kind's own document first, task, template. */
export function documentEntries(documents: PackageDocuments): PackageEntry[] {
  const template = jcsBytes(documents.template)
  const common = [
    bytesEntry('data/task.json', jcsBytes(documents.task)),
    bytesEntry(`data/template-${sha256(template)}.json`, template),
  ]
  if (documents.kind === 'task') return common
  if (documents.kind === 'sheet') return [bytesEntry('data/sheet.json', jcsBytes(documents.sheet)), ...common]
  return [bytesEntry('data/result.json', jcsBytes(documents.result)), ...common]
}

function payloadEntries(request: SealRequest): Outcome<PackageEntry[]> {
  const { documents, log, embedded, reports, media, claims } = request
  const entries = [...(request.written ?? documentEntries(documents)), bytesEntry('data/log.jsonl', log)]
  for (const { digest, files } of embedded) {
    for (const [name, bytes] of Object.entries(files)) {
      entries.push(bytesEntry(`data/sheets/${digest}/${name}`, bytes))
    }
  }
  for (const report of reports) entries.push(fileEntry(`data/report-${report.profile}.pdf`, report))
  if (claims.media === 'included') {
    const given = new Map(media.map((m) => [m.sha256, m]))
    for (const { sha256: hash } of listedMedia(documents)) {
      const file = given.get(hash)
      if (file === undefined) return fail('fileMissing', { detail: hash })
      entries.push(fileEntry(`data/media/${hash}.${file.ext}`, file))
    }
  }
  return ok(entries.toSorted((a, b) => compareEntries(a.name, b.name)))
}

/** Hash of the first entry whose name begins so; throws when there is none. */
export function entryHash(entries: readonly PackageEntry[], start: string): string {
  const entry = entries.find((e) => e.name.startsWith(start))
  if (entry === undefined) throw new Error(`no entry ${start}`)
  return entry.sha256
}

function makeStatement(request: SealRequest, payload: readonly PackageEntry[], manifest: Uint8Array): Statement {
  const { claims, documents, log } = request
  const { task, kind } = documents
  const logHead = headOfLog(log, sha256)
  const statement = parseStatement({
    ...claims,
    type: PACKAGE_TYPE,
    version: 1,
    critical: [],
    suite: 'ed25519',
    kind,
    projectId: task.projectId,
    taskId: task.taskId,
    taskSha256: entryHash(payload, 'data/task.json'),
    templateSha256: entryHash(payload, 'data/template-'),
    revision:
      kind === 'sheet' ? documents.sheet.revision : kind === 'result' ? documents.result.revision : task.revision,
    counts: countsOf(documents, logHead.size),
    payload: {
      files: payload.length,
      octets: payload.reduce((sum, e) => sum + e.size, 0),
      manifestSha256: sha256(manifest),
    },
    logHead,
  })
  if (!statement.ok) throw new Error(`sealPackage: ${JSON.stringify(statement.problems)}`)
  return statement.value
}
