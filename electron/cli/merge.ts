import { resolve } from 'node:path'
import { parseWith } from '../../shared/domain/problem.ts'
import { checkSettled, inputs as inputsSchema, NO_TEXT, type Inputs, type Result } from '../../shared/domain/result.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { Task } from '../../shared/domain/task.ts'
import { whyNotCounted } from '../../shared/domain/task-change.ts'
import { templateItems, type Template } from '../../shared/domain/template.ts'
import { jcs, jcsBytes } from '../../shared/package/jcs.ts'
import { listedSheet } from '../../shared/package/payload.ts'
import { parseLoose } from '../../shared/package/json.ts'
import { checkConclusion } from '../../shared/scoring/conclusion.ts'
import { checkDecision } from '../../shared/scoring/decision.ts'
import { mergeSheets, type MergeOutcome } from '../../shared/scoring/merge.ts'
import { teamWorkbook } from '../../shared/tabular/team-workbook.ts'
import { sha256 } from '../exchange/crypto.ts'
import type { ProjectTrust } from '../exchange/trust.ts'
import { verifyPackage, type Verification } from '../exchange/verify.ts'
import { writeWhole } from '../storage/files.ts'
import { writeWorkbook } from '../tabular/write.ts'
import { readInput, readTrust } from './trust-files.ts'
import { UsageError, complain, readArguments, readLanguage, say } from './usage.ts'
import { lineOf } from './verify.ts'

type GivenInputs = Omit<Inputs, 'sheets'>
const parseInputs = parseWith<GivenInputs>(inputsSchema.omit({ sheets: true }), checkSettled)
const NO_INPUTS: GivenInputs = {
  excluded: [],
  decisions: [],
  nonconformities: [],
  conclusion: { chosen: null, reason: '', votes: [], opinion: '' },
}

type Arrived = { digest: string; sheet: Sheet; task: Task; createdAt: string }

/** `onsite merge`: the same bytes whatever the order of the sheets. Prints `merge.status`; 0 closed, 1 open or refused. */
export async function mergeCommand(args: string[]): Promise<number> {
  const { values, positionals: files } = readArguments(args, {
    task: { type: 'string' },
    roster: { type: 'string' },
    root: { type: 'string' },
    inputs: { type: 'string' },
    output: { type: 'string', short: 'o' },
    xlsx: { type: 'string' },
    why: { type: 'string' },
    language: { type: 'string', default: 'zh' },
  })
  const language = readLanguage(values.language)
  if (values.task === undefined) throw new UsageError('--task is missing 缺少 --task')
  if (values.output === undefined) throw new UsageError('-o is missing 缺少 -o')
  const given = values.inputs === undefined ? NO_INPUTS : readInputs(values.inputs)
  const trust = readTrust(values.roster, values.root)
  const opened = await openVisit(values.task, files, trust)
  if (opened === null) return 1
  const sheets = newestOf(opened.sheets)
  if (sheets === null) return 1

  const { task, template } = opened
  const position = new Map(templateItems(template).map((item, n) => [item.id, n]))
  const sorted: GivenInputs = {
    ...given,
    excluded: given.excluded.toSorted((a, b) => (a.personId < b.personId ? -1 : 1)),
    decisions: given.decisions.toSorted((a, b) => (position.get(a.item) ?? -1) - (position.get(b.item) ?? -1)),
  }
  const outcome = mergeSheets({ task, template, sheets, inputs: sorted, hash: sha256 })
  warn(outcome, sorted, template)
  const result = resultOf(task, sheets, sorted, outcome)
  writeWhole(resolve(values.output), jcsBytes(result))
  if (values.why !== undefined) writeWhole(resolve(values.why), jcsBytes(outcome.why))
  if (values.xlsx !== undefined) {
    const counted = sheets.map((s) => s.sheet).filter((s) => outcome.counted.includes(s.expert.personId))
    const workbook = teamWorkbook({ task, template, sheets: counted, inputs: result.inputs, outcome }, language)
    writeWhole(resolve(values.xlsx), await writeWorkbook(workbook))
  }
  say(result.merge.status)
  return result.merge.status === 'closed' ? 0 : 1
}

function readInputs(path: string): GivenInputs {
  const json = parseLoose(readInput(path))
  if (!json.ok) throw new UsageError(`--inputs: ${json.code}`)
  const parsed = parseInputs(json.value)
  if (parsed.ok) return parsed.value
  throw new UsageError(`--inputs: ${parsed.problems.map((p) => `${p.path} ${p.code}`).join(', ')}`)
}

/** Task and sheets, each verified by itself; null (said on stderr) when one is refused or made for other conditions. */
async function openVisit(taskFile: string, files: readonly string[], trust: ProjectTrust | null) {
  const first = await verifyAs('task', taskFile, trust)
  if (first?.documents?.kind !== 'task' || trust === null) return null
  const { task, template } = first.documents
  const wider = { ...trust, tasks: [task] }
  const sheets: Arrived[] = []
  for (const file of files) {
    const verified = await verifyAs('sheet', file, wider)
    if (verified?.documents?.kind !== 'sheet' || verified.digest === null || verified.statement === null) return null
    const { sheet, task: own } = verified.documents
    if (own.taskId !== task.taskId || whyNotCounted(own, task, sheet.expert.personId) !== null) {
      complain(
        JSON.stringify({
          file,
          verdict: 'invalidContent',
          problems: [{ path: 'data/task.json', code: 'taskChanged', message: '' }],
        }),
      )
      return null
    }
    sheets.push({ digest: verified.digest, sheet, task: own, createdAt: verified.statement.createdAt })
  }
  return { task, template, sheets }
}

async function verifyAs(
  kind: 'task' | 'sheet',
  file: string,
  trust: ProjectTrust | null,
): Promise<Verification | null> {
  const at = new Date().toISOString()
  const outcome = await verifyPackage({ file, fileSha256: null, trust, known: [], selfKeyId: null, at, depth: 'full' })
  if (!outcome.ok) throw new UsageError(`cannot read 无法读取: ${file}`)
  const isFine = outcome.value.verdict === 'ok' && outcome.value.documents?.kind === kind
  if (!isFine) complain(JSON.stringify({ ...lineOf(file, outcome.value), expected: kind }))
  return isFine ? outcome.value : null
}

/** The newest revision of each expert, by digest; null (said on stderr) when one revision comes with two contents. */
function newestOf(arrived: readonly Arrived[]): Arrived[] | null {
  const newest = new Map<string, Arrived>()
  for (const one of arrived.toSorted((a, b) => a.sheet.revision - b.sheet.revision || (a.digest < b.digest ? 1 : -1))) {
    const { personId } = one.sheet.expert
    const before = newest.get(personId)
    if (before?.sheet.revision === one.sheet.revision && jcs(before.sheet) !== jcs(one.sheet)) {
      complain(JSON.stringify({ verdict: 'conflictingTwin', personId, digests: [before.digest, one.digest] }))
      return null
    }
    newest.set(personId, one)
  }
  return [...newest.values()].toSorted((a, b) => (a.digest < b.digest ? -1 : 1))
}

/** Decisions and conclusions that may not stand make a result package invalid: say so now. */
function warn({ merge, voters, missingMembers }: MergeOutcome, given: GivenInputs, template: Template): void {
  const items = new Map(templateItems(template).map((i) => [i.id, i]))
  for (const decision of given.decisions) {
    const item = items.get(decision.item)
    const merged = merge.items.find((m) => m.item === decision.item)
    const codes = item && merged ? checkDecision(item, decision, merged, voters, template) : ['unknownItem']
    if (codes.length > 0) complain(`inputs.decisions.${decision.item}: ${codes.join(', ')}`)
  }
  const codes = checkConclusion(template, merge, given.conclusion, voters)
  if (codes.length > 0) complain(`inputs.conclusion: ${codes.join(', ')}`)
  for (const person of missingMembers) complain(`missing sheet 缺少评分表: ${person}`)
}

/** A draft of the result: first revision, no text yet, dated by its newest ingredient, so that it depends on them alone. */
function resultOf(
  task: Task,
  sheets: readonly Arrived[],
  given: GivenInputs,
  { merge, counted }: MergeOutcome,
): Result {
  const used = sheets.filter((s) => counted.includes(s.sheet.expert.personId))
  const issuedAt = [task.issuedAt, ...used.map((s) => s.createdAt)].toSorted().at(-1) ?? task.issuedAt
  return {
    type: 'urn:youpin-onsite:result',
    version: 1,
    projectId: task.projectId,
    taskId: task.taskId,
    taskSha256: sha256(jcsBytes(task)),
    templateSha256: task.templateSha256,
    revision: 1,
    reportNumber: task.reportNumber,
    issuedAt,
    inputs: {
      sheets: used.map((s) => listedSheet(s, sha256)),
      ...given,
    },
    merge,
    text: NO_TEXT,
    closing: null,
  }
}
