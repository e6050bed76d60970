import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { Delivery } from '../../shared/contract/views.ts'
import type { PackageKind } from '../../shared/package/statement.ts'
import type { KnownPackage } from '../../shared/package/verdict.ts'
import { columnList, fromRow, integer, word, wordOrNull, type Columns } from './columns.ts'
import type { Reader, SqlRow, Writer } from './database.ts'
import { mediaPath } from './paths.ts'

/**
 * A sealed or accepted package. `subject` = whose sheet it is (null for task and result), `documentSha256` = hash of the
 * document of its kind, `size` = bytes of the whole file, `fileSha256` null until it was once written, `storedAt` = when it was
 * sealed or accepted here.
 */
export type StoredPackage = {
  digest: string
  kind: PackageKind
  origin: 'made' | 'imported'
  projectId: string
  taskId: string
  authorKeyId: string
  personId: string
  displayName: string
  deviceId: string
  seq: number
  subject: string | null
  revision: number
  supersedes: string | null
  documentSha256: string
  logSize: number
  logSha256: string
  createdAt: string
  storedAt: string
  fileSha256: string | null
  size: number
}

/** One file of a package; `path` points into the media store, where it lies under its hash. */
export type StoredEntry = {
  name: string
  size: number
  sha256: string
  crc32: number
  from: { bytes: Uint8Array } | { path: string }
}
export type PackageExport = { path: string; exportedAt: string; verifiedAt: string | null }

const COLUMNS = {
  digest: word(),
  kind: word(),
  origin: word(),
  projectId: word(),
  taskId: word(),
  authorKeyId: word(),
  personId: word(),
  displayName: word(),
  deviceId: word(),
  seq: integer,
  subject: wordOrNull(),
  revision: integer,
  supersedes: wordOrNull(),
  documentSha256: word(),
  logSize: integer,
  logSha256: word(),
  createdAt: word(),
  storedAt: word(),
  fileSha256: wordOrNull(),
  size: integer,
} satisfies Columns<StoredPackage>

const SELECT = `SELECT ${columnList(COLUMNS)} FROM package`
const toPackage = (row: SqlRow): StoredPackage => fromRow<StoredPackage>(COLUMNS, row)

/**
 * Stores a package with all its entries in their order; files must lie in the media store already. For one made here this
 * consumes its `seq` for ever. Fails with alreadyExists (same digest), or refused (conflictingTwin) when an arrival has the key,
 * device and seq of another package; made here, that is a bug and throws.
 */
export function addPackage(tx: Writer, sealed: StoredPackage, entries: readonly StoredEntry[]): Outcome<null> {
  if (findPackage(tx, sealed.digest) !== null) return fail('alreadyExists')
  if (sealed.origin === 'imported' && hasPlace(tx, sealed)) return fail('refused', { detail: 'conflictingTwin' })
  const names = Object.keys(sealed)
  tx.run(`INSERT INTO package (${names.join(', ')}) VALUES (${names.map((n) => `@${n}`).join(', ')})`, sealed)
  entries.forEach(({ name, size, sha256, crc32, from }, position) =>
    tx.run(
      'INSERT INTO package_entry (digest, position, name, bytes, size, sha256, crc32) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [sealed.digest, position, name, 'bytes' in from ? from.bytes : null, size, sha256, crc32],
    ),
  )
  return ok(null)
}

function hasPlace(db: Reader, { authorKeyId, deviceId, seq }: StoredPackage): boolean {
  const place = [authorKeyId, deviceId, seq]
  return db.get('SELECT 1 FROM package WHERE authorKeyId = ? AND deviceId = ? AND seq = ?', place) !== undefined
}

export function findPackage(db: Reader, digest: string): StoredPackage | null {
  const row = db.get<SqlRow>(`${SELECT} WHERE digest = ?`, [digest])
  return row === undefined ? null : toPackage(row)
}

/** A task's packages: tasks, sheets, results; within a kind by person, then revision. */
export function listPackages(db: Reader, taskId: string): StoredPackage[] {
  return db
    .all<SqlRow>(
      `${SELECT} WHERE taskId = ?
       ORDER BY CASE kind WHEN 'task' THEN 0 WHEN 'sheet' THEN 1 ELSE 2 END, personId, revision, digest`,
      [taskId],
    )
    .map(toPackage)
}

/** The newest revision made here of a kind for a task, or null. */
export function newestMade(db: Reader, taskId: string, kind: PackageKind): StoredPackage | null {
  const row = db.get<SqlRow>(
    `${SELECT} WHERE taskId = ? AND kind = ? AND origin = 'made' ORDER BY revision DESC, seq DESC LIMIT 1`,
    [taskId, kind],
  )
  return row === undefined ? null : toPackage(row)
}

/** What a new arrival is judged against: everything held of its project. By digest. */
export function knownPackages(db: Reader, projectId: string): KnownPackage[] {
  return db
    .all<SqlRow>(`${SELECT} WHERE projectId = ? ORDER BY digest`, [projectId])
    .map(toPackage)
    .map((p) => ({
      digest: p.digest,
      kind: p.kind,
      taskId: p.taskId,
      keyId: p.authorKeyId,
      deviceId: p.deviceId,
      seq: p.seq,
      subject: p.subject,
      revision: p.revision,
      documentSha256: p.documentSha256,
      logHead: { size: p.logSize, sha256: p.logSha256 },
      acceptedAt: p.storedAt,
    }))
}

/** Where a key and device stand: the next free `seq` and the digest the next package names as `prev`. */
export function nextPlace(db: Reader, authorKeyId: string, deviceId: string): { seq: number; prev: string | null } {
  const last = db.get<{ seq: number; digest: string }>(
    'SELECT seq, digest FROM package WHERE authorKeyId = ? AND deviceId = ? ORDER BY seq DESC LIMIT 1',
    [authorKeyId, deviceId],
  )
  return last === undefined ? { seq: 1, prev: null } : { seq: last.seq + 1, prev: last.digest }
}

/** All entries in the file's order, ready to be written as the identical file; evidence is named by its path under `media`. */
export function packageEntries(db: Reader, digest: string, media: string): StoredEntry[] {
  return db
    .all<Omit<StoredEntry, 'from'> & { bytes: Uint8Array | null }>(
      'SELECT name, size, sha256, crc32, bytes FROM package_entry WHERE digest = ? ORDER BY position',
      [digest],
    )
    .map(({ bytes, ...entry }) => ({
      ...entry,
      from: bytes === null ? { path: mediaPath(media, entry.sha256) } : { bytes },
    }))
}

/** Bytes of one entry; null when there is none of that name or it lies in the media store. */
export function entryBytes(db: Reader, digest: string, name: string): Uint8Array | null {
  const row = db.get<{ bytes: Uint8Array | null }>('SELECT bytes FROM package_entry WHERE digest = ? AND name = ?', [
    digest,
    name,
  ])
  return row?.bytes ?? null
}

/** Remembers the hash of the whole file when it was first written; every later export must give the same. */
export function setFileSha256(tx: Writer, digest: string, fileSha256: string): void {
  tx.run('UPDATE package SET fileSha256 = ? WHERE digest = ? AND fileSha256 IS NULL', [fileSha256, digest])
}

/** A written and synced copy outside; the same path again replaces what was said of it. */
export function addExport(tx: Writer, digest: string, { path, exportedAt, verifiedAt }: PackageExport): void {
  tx.run('INSERT OR REPLACE INTO package_export (digest, path, exportedAt, verifiedAt) VALUES (?, ?, ?, ?)', [
    digest,
    path,
    exportedAt,
    verifiedAt,
  ])
}

/** The four facts about where a package is: latest export, latest verified export, first receipt. */
export function deliveryOf(db: Reader, { digest, storedAt }: Pick<StoredPackage, 'digest' | 'storedAt'>): Delivery {
  const exported = db.get<{ exportedAt: string | null; verifiedAt: string | null }>(
    'SELECT max(exportedAt) AS exportedAt, max(verifiedAt) AS verifiedAt FROM package_export WHERE digest = ?',
    [digest],
  )
  const received = db.get<{ receivedAt: string | null }>(
    'SELECT min(receivedAt) AS receivedAt FROM receipt WHERE digest = ?',
    [digest],
  )
  return {
    savedAt: storedAt,
    exportedAt: exported?.exportedAt ?? null,
    verifiedAt: exported?.verifiedAt ?? null,
    receivedAt: received?.receivedAt ?? null,
  }
}

/** What is known of a file in the media store since it was taken in or accepted; null when no row names it. `crc32` unsigned. */
export function findStoredFile(db: Reader, sha256: string): { size: number; crc32: number; ext: string } | null {
  const own = db.get<{ size: number; crc32: number; ext: string }>(
    'SELECT size, crc32, ext FROM media WHERE sha256 = ? LIMIT 1',
    [sha256],
  )
  if (own !== undefined) return own
  const held = db.get<{ size: number; crc32: number; name: string }>(
    "SELECT size, crc32, name FROM package_entry WHERE sha256 = ? AND bytes IS NULL AND name LIKE 'data/media/%' LIMIT 1",
    [sha256],
  )
  return held === undefined
    ? null
    : { size: held.size, crc32: held.crc32, ext: held.name.slice(held.name.lastIndexOf('.') + 1) }
}
