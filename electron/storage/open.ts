import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { makeStore, storageFailure, type Reader, type Store } from './database.ts'
import { fileFailure, makeFolder, publishFile } from './files.ts'
import { migrate, newestVersion, STEPS, versionOf, type Step } from './migrate.ts'

/** Older ones can lose commits or corrupt the file when two connections share a write-ahead log. */
const OLDEST_SQLITE = [3, 51, 3] as const
const SET_META = 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'

export type OpenOptions = {
  path: string
  /** Folder for the copy taken before a migration, made when needed; null takes none (the file is a copy itself). */
  copies: string | null
  /** Goes into a new database; one that exists keeps its own. */
  deviceId: string
  /** All migrations; tests pass fewer or more. */
  steps?: readonly Step[]
}

/**
 * Opens a person's database for writing, or makes it: settings asserted, checked after an unclean end, copied before it is
 * migrated. Fails with tooNew (a newer app wrote it), storageFailed (damaged; nothing was changed), diskFull, notWritable, busy.
 */
export function openStore({ path, copies, deviceId, steps = STEPS }: OpenOptions): Outcome<Store> {
  let connection: Database.Database | null = null
  try {
    connection = connect(path)
    const version = versionOf(connection)
    if (version > newestVersion(steps)) {
      connection.close()
      return fail('tooNew', { detail: path })
    }
    settle(connection)
    if (copies !== null && version > 0 && version < newestVersion(steps)) {
      makeFolder(copies)
      copyDatabase(path, join(copies, `onsite-v${version}.db`))
    }
    migrate(connection, steps)
    connection.prepare('INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)').run('deviceId', deviceId)
    markInUse(connection)
    return ok(
      makeStore({
        path,
        connection,
        connect: () => markInUse(settle(connect(path))),
        beforeClose: (last) => void last.prepare(SET_META).run('wasClosed', 'yes'),
      }),
    )
  } catch (error) {
    connection?.close()
    const code = storageFailure(error)
    return code === null ? fileFailure(error) : fail(code, { detail: error instanceof Error ? error.message : '' })
  }
}

/** Opens a database only to read it, from any thread, while its writer works. Throws when it is not there. */
export function openReader(path: string): Reader & { close: () => void } {
  const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 })
  connection.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY')
  const { get, all, close } = makeStore({ path, connection, connect: () => connection, beforeClose: () => {} })
  return { get, all, close } as Reader & { close: () => void }
}

/** A consistent copy of a database in use, checked and durable under `target` (replaced). Throws SQLite and file errors. */
export function copyDatabase(path: string, target: string): void {
  const temporary = `${target}.part`
  rmSync(temporary, { force: true })
  const source = new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 })
  try {
    source.prepare('VACUUM INTO ?').run(temporary)
  } finally {
    source.close()
  }
  checkDatabase(temporary)
  publishFile(temporary, target)
}

/** Reads a whole database file and its foreign keys; throws SQLITE_CORRUPT or SQLITE_NOTADB when anything is wrong. */
export function checkDatabase(path: string): void {
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  try {
    assertSound(connection, 'integrity_check')
    if (connection.prepare('PRAGMA foreign_key_check').all().length > 0) throw damaged('foreign keys')
  } finally {
    connection.close()
  }
}

function connect(path: string): Database.Database {
  const connection = new Database(path, { timeout: 5000 })
  try {
    assertVersion(connection)
    if (versionOf(connection) > 0 && !wasClosed(connection)) assertSound(connection, 'quick_check')
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * Opens or makes a database of another kind with the same promises. `begin` makes the first write of the connection, after which
 * it is asserted that commits are synced. Throws, leaving nothing open.
 */
export function openDurable(path: string, begin: (connection: Database.Database) => void): Database.Database {
  const connection = new Database(path, { timeout: 5000 })
  try {
    assertVersion(connection)
    settle(connection)
    begin(connection)
    assertSynced(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

function settle(connection: Database.Database): Database.Database {
  const mode = connection.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal') throw new Error(`no write-ahead log here: ${String(mode)}`)
  connection.exec(`
    PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
    PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
    PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 1000; PRAGMA temp_store = MEMORY`)
  return connection
}

/** The first write of a session; the library drops to NORMAL at that moment unless told otherwise, so it is asserted after it. */
function markInUse(connection: Database.Database): Database.Database {
  connection.prepare(SET_META).run('wasClosed', 'no')
  assertSynced(connection)
  return connection
}

function assertSynced(connection: Database.Database): void {
  const level = connection.pragma('synchronous', { simple: true })
  if (level !== 2) throw new Error(`commits would not be durable: synchronous = ${String(level)}`)
}

function wasClosed(connection: Database.Database): boolean {
  return connection.prepare("SELECT value FROM meta WHERE key = 'wasClosed'").pluck().get() === 'yes'
}

function assertSound(connection: Database.Database, check: 'quick_check' | 'integrity_check'): void {
  const found = connection.prepare(`PRAGMA ${check}`).pluck().all()
  if (found.length !== 1 || found[0] !== 'ok') throw damaged(String(found[0]))
}

const damaged = (what: string): Error => new Database.SqliteError(what, 'SQLITE_CORRUPT')

function assertVersion(connection: Database.Database): void {
  const version = String(connection.prepare('SELECT sqlite_version()').pluck().get())
  const parts = version.split('.').map(Number)
  const at = OLDEST_SQLITE.findIndex((n, i) => parts[i] !== n)
  if (at !== -1 && (parts[at] ?? 0) < (OLDEST_SQLITE[at] ?? 0)) throw new Error(`SQLite ${version} is too old`)
}
