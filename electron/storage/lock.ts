import { join } from 'node:path'
import Database from 'better-sqlite3'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { makeFolder } from './files.ts'

export type ProfileLock = { release: () => void }

/**
 * Takes the profile folder for this process alone; `busy` when another instance holds it. The lock is SQLite's own file lock:
 * the system lets it go when the process dies, so nothing stale is left and no process number can be mistaken.
 */
export function lockProfile(profile: string): Outcome<ProfileLock> {
  makeFolder(profile)
  const db = new Database(join(profile, 'profile.lock'), { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return fail('busy')
    throw error
  }
  return ok({ release: () => void db.close() })
}
