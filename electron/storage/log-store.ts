import {
  EMPTY_LOG,
  nextLogLine,
  toLogValue,
  type LogAction,
  type LogEvent,
  type LogHead,
} from '../../shared/package/log.ts'
import { utf8 } from '../../shared/package/utf8.ts'
import { sha256 } from '../exchange/crypto.ts'
import type { Reader, Writer } from './database.ts'
import { deviceIdOf, writeMeta } from './meta-store.ts'

/** Backward steps of the clock up to this many ms are ordinary corrections. */
const CLOCK_TOLERANCE = 120_000

/** Who acts and when: `actor` = personId, `at` = wall clock, `mono` = ms since boot. */
export type Stamp = { actor: string; at: string; mono: number }
/** What was changed: `object` names it (item, hash, digest); values over 256 bytes are kept as their hash. */
export type Change = { taskId: string; action: LogAction; object: string; before: unknown; after: unknown }

/**
 * Writes a change into the task's chain; call it in the transaction of the change. The first line of a chain is `chainStarted`;
 * when the data came from another device, it names that device's last line.
 */
export function record(tx: Writer, stamp: Stamp, { taskId, action, object, before, after }: Change): void {
  const device = deviceIdOf(tx)
  let head = logHead(tx, taskId)
  if (head.size === 0) {
    const older = lastLineElsewhere(tx, taskId, device)
    head = append(tx, taskId, head, {
      ...stamp,
      device,
      action: 'chainStarted',
      object: older ?? taskId,
      before: null,
      after: null,
    })
  } else if (runsBack(tx, taskId, device, head, stamp.at)) writeMeta(tx, 'rollbackSeen', 'yes')
  append(tx, taskId, head, {
    ...stamp,
    device,
    action,
    object,
    before: toLogValue(before, sha256),
    after: toLogValue(after, sha256),
  })
}

/** After the data came to a new device: every task's chain goes on here, its first line naming the old one's last. */
export function continueLogs(tx: Writer, { at, mono, copyAt }: { at: string; mono: number; copyAt: string }): void {
  const chains = tx.all<{ taskId: string; actor: string }>(
    `SELECT taskId, json_extract(CAST(line AS TEXT), '$.actor') AS actor, max(rowid) FROM log_line GROUP BY taskId ORDER BY taskId`,
  )
  for (const { taskId, actor } of chains) {
    record(tx, { actor, at, mono }, { taskId, action: 'backupRestored', object: copyAt, before: null, after: null })
  }
}

/** The chain this device writes for a task; `EMPTY_LOG` before its first line. */
export function logHead(db: Reader, taskId: string): LogHead {
  const last = db.get<{ n: number; sha256: string }>(
    'SELECT n, sha256 FROM log_line WHERE deviceId = ? AND taskId = ? ORDER BY n DESC LIMIT 1',
    [deviceIdOf(db), taskId],
  )
  return last === undefined ? EMPTY_LOG : { size: last.n, sha256: last.sha256 }
}

/** This device's lines for a task, in order, each without LF. */
export function logLines(db: Reader, taskId: string): string[] {
  return db
    .all<{ line: Buffer }>('SELECT line FROM log_line WHERE deviceId = ? AND taskId = ? ORDER BY n', [
      deviceIdOf(db),
      taskId,
    ])
    .map((row) => row.line.toString('utf8'))
}

function append(tx: Writer, taskId: string, head: LogHead, event: LogEvent): LogHead {
  const next = nextLogLine(head, event, sha256)
  tx.run('INSERT INTO log_line (deviceId, taskId, n, line, sha256) VALUES (?, ?, ?, ?, ?)', [
    event.device,
    taskId,
    next.head.size,
    utf8(next.text),
    next.head.sha256,
  ])
  return next.head
}

function lastLineElsewhere(tx: Reader, taskId: string, device: string): string | null {
  const last = tx.get<{ sha256: string }>(
    'SELECT sha256 FROM log_line WHERE taskId = ? AND deviceId <> ? ORDER BY rowid DESC LIMIT 1',
    [taskId, device],
  )
  return last?.sha256 ?? null
}

function runsBack(tx: Reader, taskId: string, device: string, head: LogHead, at: string): boolean {
  const last = tx.get<{ at: string }>(
    "SELECT json_extract(CAST(line AS TEXT), '$.at') AS at FROM log_line WHERE deviceId = ? AND taskId = ? AND n = ?",
    [device, taskId, head.size],
  )
  return last !== undefined && Date.parse(at) < Date.parse(last.at) - CLOCK_TOLERANCE
}
