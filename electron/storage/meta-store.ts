import type { Reader, Writer } from './database.ts'

/**
 * `deviceId` is made once per copy of a person's data; `rollbackSeen` says the clock once ran backwards; `documentWords` and
 * `phrases` are JSON.
 */
export type MetaKey = 'deviceId' | 'rollbackSeen' | 'lastBackupAt' | 'lastBackupFailure' | 'documentWords' | 'phrases'

/** Null when nothing was written under that key. */
export function readMeta(db: Reader, key: MetaKey): string | null {
  return db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', [key])?.value ?? null
}

/** Null removes the key. */
export function writeMeta(tx: Writer, key: MetaKey, value: string | null): void {
  if (value === null) tx.run('DELETE FROM meta WHERE key = ?', [key])
  else tx.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', [key, value])
}

/** Names this copy of the data in log chains and statements. */
export function deviceIdOf(db: Reader): string {
  const id = readMeta(db, 'deviceId')
  if (id === null) throw new Error('a database without a device id')
  return id
}
