import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openIntakeStore } from '../../../electron/intake/store.ts'
import { openDurable } from '../../../electron/storage/open.ts'

const STORE = join(import.meta.dirname, '../../../electron/intake/store.ts')
const CALLS = 12

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'durable-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const levelOf = (db: Database.Database) => db.pragma('synchronous', { simple: true })
const begin = (db: Database.Database): void => void db.exec('PRAGMA user_version = 1')

test('a connection whose commits are not synced is not opened, at the first time or later', () => {
  const path = join(folder, 'some.db')
  const lower = (db: Database.Database): void => {
    begin(db)
    db.exec('PRAGMA synchronous = NORMAL')
  }
  for (let n = 0; n < 2; n += 1) {
    expect(() => openDurable(path, lower)).toThrow('commits would not be durable')
    const db = openDurable(path, begin)
    expect([levelOf(db), db.pragma('journal_mode', { simple: true })]).toEqual([2, 'wal'])
    expect(db.pragma('cell_size_check', { simple: true })).toBe(1)
    db.close()
  }
  const careless = new Database(path)
  begin(careless)
  expect(levelOf(careless)).toBe(1)
  careless.close()
})

test('every commit of a centre reaches the disk before it answers, also when its folder is opened again', (context) => {
  const probe = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=fsync', '/bin/true'])
  if (probe.status !== 0) {
    console.info(`no counting of syncs here: ${probe.stderr?.toString().trim() || 'strace is not installed'}`)
    context.skip()
  }
  const at = join(folder, 'centre')
  openIntakeStore(at).close()
  const syncs = (calls: number): number => {
    const code = `
      const { openIntakeStore } = await import(${JSON.stringify(STORE)})
      const store = openIntakeStore(${JSON.stringify(at)})
      for (let n = 0; n < ${calls}; n += 1) store.useToken('token-${calls}-' + n, 4e9, 1)
      process.exit(0)`
    const args = ['-f', '-e', 'trace=fsync,fdatasync', process.execPath, '--input-type=module', '-e', code]
    const ran = spawnSync('strace', args, { encoding: 'utf8' })
    expect(ran.status, ran.stderr).toBe(0)
    return ran.stderr.match(/\b(fsync|fdatasync)\(\d/g)?.length ?? 0
  }
  expect(syncs(CALLS) - syncs(0)).toBeGreaterThanOrEqual(CALLS)
})
