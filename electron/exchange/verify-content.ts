import type { Problem } from '../../shared/domain/problem.ts'
import { parseResult } from '../../shared/domain/result.ts'
import { parseSheet } from '../../shared/domain/sheet.ts'
import { checkTaskAgainst, parseTask, type Task } from '../../shared/domain/task.ts'
import { parseTemplate, type Template } from '../../shared/domain/template.ts'
import { jcs } from '../../shared/package/jcs.ts'
import { checkLog, type LogLine } from '../../shared/package/log.ts'
import { countsOf, listedMedia, type PackageDocuments } from '../../shared/package/payload.ts'
import type { Statement } from '../../shared/package/statement.ts'
import type { Container } from './container.ts'
import { sha256 } from './crypto.ts'
import { isStrongKey, keyIdOf } from './public-key.ts'
import { isRefusal, refuse, type Refusal } from './refusal.ts'
import { checkSheetContent, readJson, within } from './verify-document.ts'
import { readEmbedded, type CheckedSheet } from './verify-embedded.ts'
import { checkResultContent } from './verify-result.ts'
import type { ProjectTrust } from './trust.ts'
import type { Authentic, Read } from './verify-seal.ts'

/** Everything a package says, checked to be consistent with itself: not yet that its author may say it. */
export type Content = {
  documents: PackageDocuments
  /** SHA-256 of the document of the kind. */
  documentSha256: string
  log: LogLine[]
  /** SHA-256 of each line of the log. */
  logHashes: string[]
  sheets: CheckedSheet[]
}

/** Schemas, canonical form, references, log, counts, evidence, and every number that can be recomputed: invalidContent, tooNew. */
export async function checkContent(
  container: Container,
  read: Read,
  { statement, signer, lines }: Authentic,
  trust: ProjectTrust,
): Promise<Content | Refusal> {
  const base = await readTaskAndTemplate(container, read, statement)
  if (isRefusal(base)) return base
  const log = await readLog(read, statement)
  if (isRefusal(log)) return log
  const kindFile = `data/${statement.kind}.json`
  const stray = [...container.files.keys()].find((name) => isStray(name, statement.kind))
  if (stray !== undefined) return refuse('invalidContent', stray, 'unexpected')
  // The task inside a result is signed by whoever signed the result: if that is its lead, its field enrolments count too.
  const isByLead = base.task.team.some((m) => m.role === 'lead' && m.personId === signer.personId)
  const wider = isByLead ? { ...trust, tasks: [...trust.tasks, base.task] } : trust
  const sheets = statement.kind === 'result' ? await readEmbedded(container, read, statement, wider) : []
  if (isRefusal(sheets)) return sheets
  const documents = await readDocuments(read, statement, base, sheets)
  if (isRefusal(documents)) return documents
  const problems = [
    ...checkIdentity(documents, statement),
    ...checkKindContent(documents, container),
    ...checkMedia(container, documents, statement),
  ]
  const counted = countsOf(documents, log.lines.length)
  if (jcs(counted) !== jcs(statement.counts))
    problems.push({ path: 'statement.json#counts', code: 'counts', message: jcs(counted) })
  if (problems.length > 0) return { verdict: 'invalidContent', problems }
  const documentSha256 = lines.find((l) => l.path === kindFile)?.sha256 ?? ''
  return { documents, documentSha256, log: log.lines, logHashes: log.hashes, sheets }
}

function isStray(name: string, kind: Statement['kind']): boolean {
  if (name === 'data/sheet.json') return kind !== 'sheet'
  if (name === 'data/result.json') return kind !== 'result'
  return kind !== 'result' && /^data\/(sheets\/|report-)/.test(name)
}

type TaskAndTemplate = { task: Task; template: Template }

async function readTaskAndTemplate(
  container: Container,
  read: Read,
  statement: Statement,
): Promise<TaskAndTemplate | Refusal> {
  const task = await readJson(read, 'data/task.json', parseTask)
  if (isRefusal(task)) return task
  const templateName = [...container.files.keys()].find((name) => name.startsWith('data/template-')) ?? 'data/template-'
  const template = await readJson(read, templateName, parseTemplate)
  if (isRefusal(template)) return template
  const problems: Problem[] = []
  const same = (path: string, isSame: boolean) => {
    if (!isSame) problems.push({ path, code: 'reference', message: '' })
  }
  same('statement.json#taskSha256', statement.taskSha256 === task.sha256)
  same('statement.json#templateSha256', statement.templateSha256 === template.sha256)
  same(templateName, templateName === `data/template-${template.sha256}.json`)
  same('data/task.json#templateSha256', task.value.templateSha256 === template.sha256)
  problems.push(...within('data/task.json', checkTaskAgainst(task.value, template.value)))
  for (const e of task.value.fieldEnrolments) {
    const isSound = isStrongKey(e.spki) && keyIdOf(e.spki) === e.keyId
    if (!isSound)
      problems.push({ path: `data/task.json#fieldEnrolments.${e.personId}`, code: 'weakKey', message: e.keyId })
  }
  return problems.length > 0 ? { verdict: 'invalidContent', problems } : { task: task.value, template: template.value }
}

async function readLog(read: Read, statement: Statement) {
  const name = 'data/log.jsonl'
  const log = checkLog((await read(name)) ?? new Uint8Array(), sha256)
  if (!log.ok) return refuse('invalidContent', `${name}#${log.line}`, log.code)
  if (log.head.size !== statement.logHead.size || log.head.sha256 !== statement.logHead.sha256) {
    return refuse('invalidContent', 'statement.json#logHead', 'reference')
  }
  const { deviceId, personId } = statement.author
  const foreign = log.lines.find((l) => l.device !== deviceId || l.actor !== personId)
  return foreign === undefined ? log : refuse('invalidContent', `${name}#${foreign.n}`, 'foreignLine')
}

async function readDocuments(
  read: Read,
  { kind }: Statement,
  base: TaskAndTemplate,
  sheets: readonly CheckedSheet[],
): Promise<PackageDocuments | Refusal> {
  if (kind === 'task') return { ...base, kind }
  if (kind === 'sheet') {
    const sheet = await readJson(read, 'data/sheet.json', parseSheet)
    return isRefusal(sheet) ? sheet : { ...base, kind, sheet: sheet.value }
  }
  const result = await readJson(read, 'data/result.json', parseResult)
  return isRefusal(result) ? result : { ...base, kind, result: result.value, sheets }
}

/** Project, task, template and revision are the same in the statement and in every document. */
function checkIdentity(documents: PackageDocuments, statement: Statement): Problem[] {
  const { kind, task } = documents
  const main = kind === 'task' ? task : kind === 'sheet' ? documents.sheet : documents.result
  const pairs: [string, unknown, unknown][] = [
    ['data/task.json#projectId', task.projectId, statement.projectId],
    ['data/task.json#taskId', task.taskId, statement.taskId],
    [`data/${kind}.json#projectId`, main.projectId, statement.projectId],
    [`data/${kind}.json#taskId`, main.taskId, statement.taskId],
    [`data/${kind}.json#revision`, main.revision, statement.revision],
    [`data/${kind}.json#templateSha256`, main.templateSha256, statement.templateSha256],
  ]
  if ('taskSha256' in main) pairs.push([`data/${kind}.json#taskSha256`, main.taskSha256, statement.taskSha256])
  return pairs.filter(([, a, b]) => a !== b).map(([path]) => ({ path, code: 'reference', message: '' }))
}

function checkKindContent(documents: PackageDocuments, container: Container): Problem[] {
  if (documents.kind === 'task') return []
  if (documents.kind === 'sheet') return checkSheetContent('data/sheet.json', documents.sheet, documents)
  return checkResultContent(documents, container)
}

/** Evidence in the package is exactly what the documents list, each file of the type its name says. */
function checkMedia(container: Container, documents: PackageDocuments, statement: Statement): Problem[] {
  const problems: Problem[] = []
  const listed = new Map(listedMedia(documents).map((m) => [m.sha256, m]))
  const files = [...container.files.values()].filter((f) => f.name.startsWith('data/media/'))
  for (const file of files) {
    const add = (code: string) => problems.push({ path: file.name, code, message: '' })
    const ext = file.name.slice(file.name.lastIndexOf('.') + 1)
    const media = listed.get(file.sha256)
    if (!file.name.includes(file.sha256)) add('mediaName')
    else if (media === undefined || statement.media === 'referenced') add('unlistedMedia')
    else if ((media.ext ?? ext) !== ext || (media.size ?? file.size) !== file.size) add('mediaDiffers')
    if (file.sniffed !== ext) add('mediaType')
  }
  const present = new Set(files.map((f) => f.sha256))
  if (statement.media === 'included') {
    for (const hash of listed.keys())
      if (!present.has(hash)) problems.push({ path: 'data/media', code: 'missingMedia', message: hash })
  }
  return problems
}
