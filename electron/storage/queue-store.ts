import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { QueueEntry } from '../../shared/contract/views.ts'
import { columnList, fromRow, integer, putRow, word, wordOrNull, type Columns } from './columns.ts'
import type { Reader, SqlRow, Writer } from './database.ts'

/**
 * One package on its way to the centre. `offset`/`size` in bytes, `uploadUrl` null before the server gave one, `nextTryAt` null
 * when no further try is planned, `failure` the last try's code.
 */
export type Upload = {
  digest: string
  state: QueueEntry['state']
  uploadUrl: string | null
  offset: number
  size: number
  tries: number
  nextTryAt: string | null
  failure: string | null
  queuedAt: string
}

const COLUMNS = {
  digest: word(),
  state: word(),
  uploadUrl: wordOrNull(),
  offset: integer,
  size: integer,
  tries: integer,
  nextTryAt: wordOrNull(),
  failure: wordOrNull(),
  queuedAt: word(),
} satisfies Columns<Upload>

const SELECT = `SELECT ${columnList(COLUMNS)} FROM upload_queue`

/** Everything that was ever queued, in the order it was asked for. */
export function listUploads(db: Reader): Upload[] {
  return db.all<SqlRow>(`${SELECT} ORDER BY queuedAt, digest`).map((row) => fromRow<Upload>(COLUMNS, row))
}

export function findUpload(db: Reader, digest: string): Upload | null {
  const row = db.get<SqlRow>(`${SELECT} WHERE digest = ?`, [digest])
  return row === undefined ? null : fromRow<Upload>(COLUMNS, row)
}

/** Queues a held package, or queues it again after it was refused or stopped; one under way stays as it is. Fails with notFound. */
export function queueUpload(tx: Writer, digest: string, at: string): Outcome<Upload> {
  const size = tx.get<{ size: number }>('SELECT size FROM package WHERE digest = ?', [digest])?.size
  if (size === undefined) return fail('notFound')
  const held = findUpload(tx, digest)
  if (held !== null && held.state !== 'refused' && held.state !== 'stopped') return ok(held)
  const upload: Upload = {
    digest,
    state: 'queued',
    uploadUrl: null,
    offset: 0,
    size,
    tries: 0,
    nextTryAt: at,
    failure: null,
    queuedAt: at,
  }
  putRow<Upload>(tx, 'upload_queue', COLUMNS, {}, upload)
  return ok(upload)
}

/** Records how an upload goes on. Fails with notFound. */
export function updateUpload(
  tx: Writer,
  digest: string,
  change: Partial<Omit<Upload, 'digest' | 'queuedAt' | 'size'>>,
): Outcome<Upload> {
  const held = findUpload(tx, digest)
  if (held === null) return fail('notFound')
  const upload = { ...held, ...change }
  putRow<Upload>(tx, 'upload_queue', COLUMNS, {}, upload)
  return ok(upload)
}
