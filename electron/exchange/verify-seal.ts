import type { FileHandle } from 'node:fs/promises'
import { BAGIT_TXT, bagInfo, parseManifest, type ManifestLine } from '../../shared/package/bag.ts'
import { parseCanonical, parseLoose } from '../../shared/package/json.ts'
import { SIGNATURE_FILE, TAG_FILES } from '../../shared/package/layout.ts'
import { parseStatement, readClaims, type Claims, type Statement } from '../../shared/package/statement.ts'
import { utf8 } from '../../shared/package/utf8.ts'
import { readContained, type Container } from './container.ts'
import { isSignedBy, sha256 } from './crypto.ts'
import { isRefusal, refuse, type Refusal } from './refusal.ts'
import type { SealFiles } from './seal.ts'
import { findSigner, newestRoster, standingAt, type ProjectTrust, type Signer } from './trust.ts'

const LISTED_TAG_FILES = TAG_FILES.filter((name) => name !== 'tagmanifest-sha256.txt').toSorted()

/** The file is not what it was a moment ago. */
export class PackageChanged extends Error {}

/** Bytes of entries of one package; a stage asks by name. Null when the entry is not there. */
export type Read = (name: string) => Promise<Uint8Array | null>

/** Reads entries of an open package, each compared with its hash; a file that changed under us throws. */
export function readerOf(file: FileHandle, container: Container): Read {
  return async (name) => {
    const entry = container.files.get(name)
    if (entry === undefined) return null
    const bytes = await readContained(file, entry)
    if (bytes === null) throw new PackageChanged(name)
    return bytes
  }
}

/** A package whose signature, hashes and statement hold: its bytes are the author's. */
export type Authentic = {
  statement: Statement
  signer: Signer
  files: SealFiles
  /** Payload manifest. */
  lines: ManifestLine[]
}

/**
 * Signature, then hashes, then the statement: tooNew, unknownSigner, revoked, notAuthentic, damaged, invalidContent. The
 * unverified statement is read only to find the key. `at` = the instant the key is judged at.
 */
export async function checkSeal(
  container: Container,
  read: Read,
  trust: ProjectTrust | null,
  at: string,
): Promise<Authentic | Refusal> {
  const files = await readSealFiles(read)
  const claims = claimsOf(files)
  if (isRefusal(claims)) return claims
  const signer = signerOf(claims, trust, at)
  if (isRefusal(signer)) return signer
  if (!isSignedBy(signer.spki, files.tagManifest, files.signature)) {
    return refuse('notAuthentic', SIGNATURE_FILE, files.signature.length === 0 ? 'missing' : 'signature')
  }
  const lines = checkHashes(container, files)
  if (isRefusal(lines)) return lines
  const statement = checkStatement(container, files, lines)
  return isRefusal(statement) ? statement : { statement, signer, files, lines }
}

async function readSealFiles(read: Read): Promise<SealFiles> {
  const bytesOf = async (name: string) => (await read(name)) ?? new Uint8Array()
  return {
    statement: await bytesOf('statement.json'),
    manifest: await bytesOf('manifest-sha256.txt'),
    tagManifest: await bytesOf('tagmanifest-sha256.txt'),
    signature: await bytesOf(SIGNATURE_FILE),
  }
}

/** A statement that names no key cannot be checked: damaged when it is not even the bytes the tag manifest lists. */
function claimsOf(files: SealFiles): (Claims & { keyId: string }) | Refusal {
  const loose = parseLoose(files.statement)
  const claims = readClaims(loose.ok ? loose.value : null)
  if (claims.isTooNew) return refuse('tooNew', 'statement.json', 'tooNew')
  if (claims.keyId !== null) return { ...claims, keyId: claims.keyId }
  const listed = parseManifest(files.tagManifest)?.find((l) => l.path === 'statement.json')
  return listed?.sha256 === sha256(files.statement)
    ? refuse('invalidContent', 'statement.json', loose.ok ? 'author' : loose.code)
    : refuse('damaged', 'statement.json', 'hash')
}

function signerOf(claims: Claims & { keyId: string }, trust: ProjectTrust | null, at: string): Signer | Refusal {
  const path = 'statement.json#author.keyId'
  if (trust === null)
    return refuse('unknownSigner', 'statement.json#projectId', 'unknownProject', claims.projectId ?? '')
  const signer = findSigner(trust, claims.taskId, claims.keyId)
  if (signer === null) {
    const isRosterOld = claims.rosterSeq > (newestRoster(trust.rosters)?.rosterSeq ?? 0)
    return refuse('unknownSigner', path, isRosterOld ? 'rosterOld' : 'unknownKey', claims.keyId)
  }
  const standing = standingAt(signer, at)
  if (standing === 'revoked')
    return refuse('revoked', path, signer.revokedAt === null ? 'expired' : 'revoked', signer.keyId)
  return standing === 'early' ? refuse('unknownSigner', path, 'notYetValid', signer.keyId) : signer
}

function checkHashes(container: Container, files: SealFiles): ManifestLine[] | Refusal {
  const tags = parseManifest(files.tagManifest)
  if (tags === null || tags.map((l) => l.path).join() !== LISTED_TAG_FILES.join()) {
    return refuse('invalidContent', 'tagmanifest-sha256.txt', 'manifest')
  }
  const torn = tags.find((l) => container.files.get(l.path)?.sha256 !== l.sha256)
  if (torn !== undefined) return refuse('damaged', torn.path, 'hash')
  const lines = parseManifest(files.manifest)
  if (lines === null || lines.some((l) => !l.path.startsWith('data/'))) {
    return refuse('invalidContent', 'manifest-sha256.txt', 'manifest')
  }
  for (const { path, sha256: hash } of lines) {
    const file = container.files.get(path)
    if (file?.sha256 !== hash) return refuse('damaged', path, file === undefined ? 'missing' : 'hash')
  }
  const listed = new Set(lines.map((l) => l.path))
  const unlisted = [...container.files.keys()].find((name) => name.startsWith('data/') && !listed.has(name))
  return unlisted === undefined ? lines : refuse('damaged', unlisted, 'unlisted')
}

function checkStatement(container: Container, files: SealFiles, lines: readonly ManifestLine[]): Statement | Refusal {
  const statement = readStatement(files.statement)
  if (isRefusal(statement)) return statement
  const derived = { 'bagit.txt': BAGIT_TXT, 'bag-info.txt': bagInfo(statement) }
  for (const [name, text] of Object.entries(derived)) {
    if (container.files.get(name)?.sha256 !== sha256(utf8(text))) return refuse('invalidContent', name, 'notDerived')
  }
  const octets = lines.reduce((sum, l) => sum + (container.files.get(l.path)?.size ?? 0), 0)
  const { payload } = statement
  const isPayloadRight =
    payload.files === lines.length && payload.octets === octets && payload.manifestSha256 === sha256(files.manifest)
  return isPayloadRight ? statement : refuse('invalidContent', 'statement.json#payload', 'payload')
}

/** A canonical statement of version 1. */
export function readStatement(bytes: Uint8Array): Statement | Refusal {
  const json = parseCanonical(bytes)
  if (!json.ok) return refuse('invalidContent', 'statement.json', json.code)
  const parsed = parseStatement(json.value)
  if (parsed.ok) return parsed.value
  return {
    verdict: 'invalidContent',
    problems: parsed.problems.map((p) => ({ ...p, path: `statement.json#${p.path}` })),
  }
}
