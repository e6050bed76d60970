import { z } from 'zod'
import { personId } from '../domain/task.ts'
import { count, filledLine, hash, line, time } from '../domain/text.ts'
import { jcs, jcsBytes } from './jcs.ts'
import { parseCanonical } from './json.ts'
import { MAX_LOG_VALUE_BYTES } from './limits.ts'
import { utf8 } from './utf8.ts'

/** Everything that is written to the chain of a task on one device. */
export const LOG_ACTIONS = [
  'chainStarted', // first line; object = digest or head hash of an older chain it goes on from, else the task id
  'taskIssued',
  'taskRevised',
  'taskAccepted',
  'declarationAccepted',
  'rosterAccepted',
  'answerSet',
  'answerCleared',
  'sectionWritten',
  'carryOverAnswered',
  'witnessTestsRecorded',
  'meetingsRecorded',
  'nonconformitySet',
  'nonconformityRemoved',
  'proxyEntered',
  'mediaAdded',
  'mediaChanged',
  'mediaDiscarded',
  'mediaRestored',
  'mediaWithdrawn',
  'sealed',
  'revisionOpened',
  'sheetMoved', // to another edition of its checklist; before and after = revision of the task
  'sheetMovedBack',
  'exported',
  'verified',
  'received',
  'receiptGiven',
  'imported',
  'refused',
  'excluded',
  'included',
  'decided',
  'undecided',
  'concluded',
  'textWritten',
  'confirmed',
  'signed',
  'closed',
  'reopened',
  'reportMade',
  'backupRestored',
] as const
export type LogAction = (typeof LOG_ACTIONS)[number]

const logValue = z.union([
  z.null(),
  z.strictObject({ v: z.json().refine((v) => jcsBytes(v).length <= MAX_LOG_VALUE_BYTES, 'tooLong') }),
  z.strictObject({ h: hash }),
])
/** null = nothing there; `v` a value whose JCS is ≤ 256 bytes; `h` the SHA-256 of a longer one's JCS. */
export type LogValue = z.infer<typeof logValue>

export const logLine = z.strictObject({
  n: z.int().min(1),
  prev: hash,
  at: time,
  mono: count,
  actor: personId,
  device: filledLine.max(64),
  action: z.enum(LOG_ACTIONS),
  object: line,
  before: logValue,
  after: logValue,
})
/** One change. `prev` = SHA-256 of the line before (its bytes without LF), 64 zeros for the first; `mono` ms since boot. */
export type LogLine = z.infer<typeof logLine>

/** State of a chain: number of lines, hash of the last without LF. */
export type LogHead = { size: number; sha256: string }
export const EMPTY_LOG: LogHead = { size: 0, sha256: '0'.repeat(64) }

type Hash = (bytes: Uint8Array) => string

/** What a change says of itself; the chain adds `n` and `prev`. */
export type LogEvent = Omit<LogLine, 'n' | 'prev'>

/** The next line of a chain: its bytes without LF, and the head after it. Throws when the event is not one the schema allows. */
export function nextLogLine(head: LogHead, event: LogEvent, sha256: Hash): { text: string; head: LogHead } {
  const text = jcs(logLine.parse({ n: head.size + 1, prev: head.sha256, ...event }))
  return { text, head: { size: head.size + 1, sha256: sha256(utf8(text)) } }
}

/** How a value is kept in the log: whole when short, else its hash; null and undefined are null. */
export function toLogValue(value: unknown, sha256: Hash): LogValue {
  if (value === null || value === undefined) return null
  const bytes = jcsBytes(value)
  if (bytes.length > MAX_LOG_VALUE_BYTES) return { h: sha256(bytes) }
  return logValue.parse({ v: value })
}

/** `log.jsonl` of the given lines (each without LF). */
export function logBytes(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  return utf8(lines.map((text) => `${text}\n`).join(''))
}

export const LOG_PROBLEMS = ['lineEnd', 'form', 'schema', 'number', 'chain', 'empty'] as const
export type LogProblem = (typeof LOG_PROBLEMS)[number]

/** `hashes[i]` is the SHA-256 of line i+1 without LF. */
export type CheckedLog =
  | { ok: true; lines: LogLine[]; hashes: string[]; head: LogHead }
  | { ok: false; line: number; code: LogProblem }

/** Length and end of a chain as it stands, unchecked: whoever reads the package checks it. */
export function headOfLog(bytes: Uint8Array, sha256: Hash): LogHead {
  let size = 0
  let start = 0
  let head = EMPTY_LOG.sha256
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    size += 1
    if (end === bytes.length - 1) head = sha256(bytes.subarray(start, end))
    start = end + 1
  }
  return { size, sha256: head }
}

/** Reads a whole chain from its first line: canonical lines, closed schema, `n` and `prev` without a gap. */
export function checkLog(bytes: Uint8Array, sha256: Hash): CheckedLog {
  const lines: LogLine[] = []
  const hashes: string[] = []
  let head = EMPTY_LOG
  let start = 0
  while (start < bytes.length) {
    const problem = (code: LogProblem): CheckedLog => ({ ok: false, line: head.size + 1, code })
    const end = bytes.indexOf(0x0a, start)
    if (end < 0) return problem('lineEnd')
    const row = bytes.subarray(start, end)
    const json = parseCanonical(row)
    if (!json.ok) return problem('form')
    const parsed = logLine.safeParse(json.value)
    if (!parsed.success) return problem('schema')
    if (parsed.data.n !== head.size + 1) return problem('number')
    if (parsed.data.prev !== head.sha256) return problem('chain')
    head = { size: head.size + 1, sha256: sha256(row) }
    lines.push(parsed.data)
    hashes.push(head.sha256)
    start = end + 1
  }
  return head.size === 0 ? { ok: false, line: 1, code: 'empty' } : { ok: true, lines, hashes, head }
}
