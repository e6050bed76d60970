import { parseSheet, type Sheet } from '../../shared/domain/sheet.ts'
import { parseManifest } from '../../shared/package/bag.ts'
import { EMBEDDED_FILES, type EmbeddedFile } from '../../shared/package/layout.ts'
import type { Statement } from '../../shared/package/statement.ts'
import type { Container } from './container.ts'
import { isSignedBy, sha256 } from './crypto.ts'
import { isRefusal, refuse, type Refusal } from './refusal.ts'
import { tagFiles, type EmbeddedSheet } from './seal.ts'
import { findSigner, type ProjectTrust, type Signer } from './trust.ts'
import { readJson } from './verify-document.ts'
import { readStatement, type Read } from './verify-seal.ts'

/** A sheet inside a result: its own seal verified, its document read. Whether its author may be believed is judged later. */
export type CheckedSheet = {
  digest: string
  sheetSha256: string
  sheet: Sheet
  statement: Statement
  signer: Signer
  files: EmbeddedSheet['files']
}

/**
 * The sheets under data/sheets/, by digest: each author's signature over its tag manifest, and from there every hash down to the
 * sheet. Refuses as unknownSigner, notAuthentic, damaged or invalidContent. Revocation is judged with the permissions.
 */
export async function readEmbedded(
  container: Container,
  read: Read,
  result: Statement,
  trust: ProjectTrust,
): Promise<CheckedSheet[] | Refusal> {
  const names = [...container.files.keys()].filter((name) => name.startsWith('data/sheets/'))
  const digests = [...new Set(names.map((name) => name.split('/')[2] ?? ''))].toSorted()
  const sheets: CheckedSheet[] = []
  for (const digest of digests) {
    const checked = await readOne(read, digest, result, trust)
    if (isRefusal(checked)) return checked
    sheets.push(checked)
  }
  return sheets
}

async function readOne(
  read: Read,
  digest: string,
  result: Statement,
  trust: ProjectTrust,
): Promise<CheckedSheet | Refusal> {
  const folder = `data/sheets/${digest}`
  const files: Partial<Record<EmbeddedFile, Uint8Array>> = {}
  for (const name of EMBEDDED_FILES) {
    const bytes = await read(`${folder}/${name}`)
    if (bytes === null) return refuse('invalidContent', `${folder}/${name}`, 'missing')
    files[name] = bytes
  }
  const whole = files as Record<EmbeddedFile, Uint8Array>
  if (sha256(whole['tagmanifest-sha256.txt']) !== digest) return refuse('invalidContent', folder, 'digest')
  const statement = readStatement(whole['statement.json'])
  if (isRefusal(statement))
    return { ...statement, problems: statement.problems.map((p) => ({ ...p, path: `${folder}/${p.path}` })) }
  const signer = findSigner(trust, statement.taskId, statement.author.keyId)
  if (signer === null) return refuse('unknownSigner', folder, 'unknownKey', statement.author.keyId)
  if (!isSignedBy(signer.spki, whole['tagmanifest-sha256.txt'], whole['author.sig'])) {
    return refuse('notAuthentic', `${folder}/author.sig`, 'signature')
  }
  const broken = brokenLink(whole, statement, result)
  if (broken !== null) return refuse('invalidContent', `${folder}/${broken}`, 'reference')
  const sheet = await readJson(read, `${folder}/sheet.json`, parseSheet)
  if (isRefusal(sheet)) return sheet
  const { value } = sheet
  const isSameVisit =
    value.projectId === result.projectId &&
    value.taskId === result.taskId &&
    value.templateSha256 === result.templateSha256
  const isSameSheet = value.taskSha256 === statement.taskSha256 && value.revision === statement.revision
  if (!isSameVisit || !isSameSheet) return refuse('invalidContent', `${folder}/sheet.json`, 'reference')
  return { digest, sheetSha256: sheet.sha256, sheet: value, statement, signer, files: whole }
}

/** The first file that is not what the author signed, or null: tag manifest → statement and manifest → sheet. */
function brokenLink(files: EmbeddedSheet['files'], statement: Statement, result: Statement): string | null {
  const tags = parseManifest(files['tagmanifest-sha256.txt'])
  const expected = tagFiles(statement, files['statement.json'], files['manifest-sha256.txt'])
  const areTagsRight =
    tags?.length === expected.length &&
    expected.every((e) => tags.some((t) => t.path === e.name && t.sha256 === e.sha256))
  if (!areTagsRight) return 'tagmanifest-sha256.txt'
  const isOfResult =
    statement.kind === 'sheet' &&
    statement.projectId === result.projectId &&
    statement.taskId === result.taskId &&
    statement.templateSha256 === result.templateSha256 &&
    statement.payload.manifestSha256 === sha256(files['manifest-sha256.txt'])
  if (!isOfResult) return 'statement.json'
  const lines = new Map(parseManifest(files['manifest-sha256.txt'])?.map((l) => [l.path, l.sha256]))
  const areLinesRight =
    lines.get('data/task.json') === statement.taskSha256 &&
    lines.get(`data/template-${statement.templateSha256}.json`) === statement.templateSha256
  if (!areLinesRight) return 'manifest-sha256.txt'
  return lines.get('data/sheet.json') === sha256(files['sheet.json']) ? null : 'sheet.json'
}
