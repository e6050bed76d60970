import { say as inLanguage } from '../../shared/domain/text.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { VERDICT_TEXT, type KnownPackage, type Verdict } from '../../shared/package/verdict.ts'
import { findReport } from '../exchange/report-match.ts'
import type { ProjectTrust } from '../exchange/trust.ts'
import { peekPackage, verifyPackage, type Verification } from '../exchange/verify.ts'
import { fileSha256 } from '../storage/files.ts'
import { readTrust } from './trust-files.ts'
import { UsageError, readArguments, readKeyId, say, userLanguage } from './usage.ts'

/** One line of output; null where the file could not be read far enough to believe it. */
export type VerifyLine = {
  file: string
  verdict: Verdict
  digest: string | null
  kind: string | null
  projectId: string | null
  taskId: string | null
  author: string | null
  keyId: string | null
  revision: number | null
  counts: object | null
  problems: Problem[]
}

/** `onsite verify`: packages in the order given, each judged with those before it known; or one report against its result. */
export async function verifyCommand(args: string[]): Promise<number> {
  const { values, positionals: files } = readArguments(args, {
    roster: { type: 'string' },
    root: { type: 'string' },
    as: { type: 'string' },
    result: { type: 'string' },
    json: { type: 'boolean' },
  })
  if (files.length === 0) throw new UsageError('no FILE 没有文件')
  const print = values.json ? (line: VerifyLine) => say(JSON.stringify(line)) : printPlainly
  if (values.result !== undefined) return verifyReports(files, values.result, values, print)
  const trust = readTrust(values.roster, values.root)
  const selfKeyId = values.as === undefined ? null : readKeyId('as', values.as)
  const lines = await verifyFiles(files, trust, selfKeyId)
  lines.forEach(print)
  return lines.every((line) => line.verdict === 'ok') ? 0 : 1
}

/** Tasks first, because their field enrolments count for the sheets; the lines come in the order of the arguments. */
async function verifyFiles(
  files: readonly string[],
  trust: ProjectTrust | null,
  selfKeyId: string | null,
): Promise<VerifyLine[]> {
  const kinds = await Promise.all(files.map(kindOf))
  const order = [...files.keys()].toSorted((a, b) => Number(kinds[b] === 'task') - Number(kinds[a] === 'task') || a - b)
  const lines: VerifyLine[] = []
  const known: KnownPackage[] = []
  const at = new Date().toISOString()
  let wider = trust
  for (const index of order) {
    const file = files[index] ?? ''
    const outcome = await verifyPackage({ file, fileSha256: null, trust: wider, known, selfKeyId, at, depth: 'full' })
    if (!outcome.ok) {
      lines[index] = unreadable(file, outcome.failure.code)
      continue
    }
    lines[index] = lineOf(file, outcome.value)
    const { verdict, facts, documents } = outcome.value
    if (verdict !== 'ok' || facts === null || documents === null) continue
    known.push({ ...facts, acceptedAt: at })
    if (documents.kind === 'task' && wider !== null) wider = { ...wider, tasks: [...wider.tasks, documents.task] }
  }
  return lines
}

async function kindOf(file: string): Promise<string | null> {
  const peeked = await peekPackage(file)
  return peeked.ok ? (peeked.value?.kind ?? null) : null
}

/** What one file turned out to be, as it is printed. */
export function lineOf(file: string, { verdict, digest, statement, keyId, problems }: Verification): VerifyLine {
  return {
    file,
    verdict,
    digest,
    keyId,
    kind: statement?.kind ?? null,
    projectId: statement?.projectId ?? null,
    taskId: statement?.taskId ?? null,
    author: statement?.author.personId ?? null,
    revision: statement?.revision ?? null,
    counts: statement?.counts ?? null,
    problems,
  }
}

function unreadable(file: string, code: string): VerifyLine {
  return {
    file,
    verdict: 'damaged',
    digest: null,
    kind: null,
    projectId: null,
    taskId: null,
    author: null,
    keyId: null,
    revision: null,
    counts: null,
    problems: [{ path: '', code, message: '' }],
  }
}

function printPlainly(line: VerifyLine): void {
  const { file, verdict, kind, revision, author, problems } = line
  const about = kind === null ? '' : ` (${kind} ${author}, ${revision})`
  say(`${verdict}  ${file}${about}  ${inLanguage(VERDICT_TEXT[verdict], userLanguage())}`)
  for (const p of problems) say(`    ${[p.path, p.code, p.message].filter((part) => part !== '').join('  ')}`)
}

type TrustOptions = { roster?: string | undefined; root?: string | undefined }

/** Without a roster the result's own signature is not judged, and the line says so. */
async function verifyReports(
  files: readonly string[],
  result: string,
  { roster, root }: TrustOptions,
  print: (line: VerifyLine) => void,
): Promise<number> {
  const trust = roster === undefined ? null : readTrust(roster, root)
  const at = new Date().toISOString()
  const depth = roster === undefined ? 'seal' : 'full'
  const outcome = await verifyPackage({ file: result, fileSha256: null, trust, known: [], selfKeyId: null, at, depth })
  if (!outcome.ok) throw new UsageError(`cannot read 无法读取: ${result}`)
  const isUnsigned = roster === undefined && outcome.value.verdict === 'unknownSigner'
  let isAllWell = true
  for (const file of files) {
    const line = lineOf(file, outcome.value)
    const found = await findReport(result, await fileSha256(file))
    if (line.verdict === 'ok' || isUnsigned) {
      line.verdict = found === null ? 'invalidContent' : 'ok'
      line.problems = isUnsigned ? [{ path: result, code: 'signatureNotChecked', message: '' }] : []
      if (found === null) line.problems.push({ path: file, code: 'notOfResult', message: '' })
    }
    isAllWell &&= line.verdict === 'ok'
    print(line)
  }
  return isAllWell ? 0 : 1
}
