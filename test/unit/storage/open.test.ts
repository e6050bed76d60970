import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { write } from '../../../electron/storage/database.ts'
import { lockProfile } from '../../../electron/storage/lock.ts'
import { readMeta, writeMeta } from '../../../electron/storage/meta-store.ts'
import { copyDatabase, openReader, openStore } from '../../../electron/storage/open.ts'
import { acceptDeclaration, readSheetParts } from '../../../electron/storage/sheet-store.ts'
import { TASK, done, stamp, tempFolder, tempStore, valueOf } from '../../support/storage-factories.ts'

const WRITER = join(import.meta.dirname, 'answer-writer.ts')
const STORAGE = join(import.meta.dirname, '../../../electron/storage')

describe('settings', () => {
  test('every commit is synced; the library alone would not', () => {
    const { paths, store } = tempStore()
    const settings = ['synchronous', 'journal_mode', 'foreign_keys', 'trusted_schema', 'cell_size_check', 'temp_store']
    const read = settings.map((name) => Object.values(store.get<Record<string, unknown>>(`PRAGMA ${name}`) ?? {})[0])
    expect(read).toEqual([2, 'wal', 1, 0, 1, 2])

    const careless = new Database(join(paths.folder, 'careless.db'))
    careless.pragma('journal_mode = WAL')
    careless.exec('CREATE TABLE t (a)')
    expect(careless.pragma('synchronous', { simple: true })).toBe(1)
    careless.close()
  })

  test('a reader cannot write, and sees what was committed', () => {
    const { paths, store, change } = tempStore()
    change(done((tx) => writeMeta(tx, 'lastBackupAt', 'then')))
    const reader = openReader(paths.database)
    expect(readMeta(reader, 'lastBackupAt')).toBe('then')
    const raw = new Database(paths.database, { readonly: true })
    expect(() => raw.exec('DELETE FROM meta')).toThrow(/readonly/)
    raw.close()
    reader.close()
    expect(readMeta(store, 'deviceId')).toBe('device-1')
  })
})

describe('transactions', () => {
  test('a failing outcome and a throw roll everything back', () => {
    const { store } = tempStore()
    const failed = write(store, (tx) => {
      writeMeta(tx, 'lastBackupAt', 'x')
      return { ok: false, failure: { code: 'stale' } }
    })
    expect(failed).toEqual({ ok: false, failure: { code: 'stale' } })
    const bug = (): unknown =>
      write(store, (tx) => {
        writeMeta(tx, 'lastBackupAt', 'y')
        throw new Error('bug')
      })
    expect(bug).toThrow('bug')
    expect(readMeta(store, 'lastBackupAt')).toBeNull()
    expect(
      write(
        store,
        done((tx) => writeMeta(tx, 'lastBackupAt', 'z')),
      ).ok,
    ).toBe(true)
    expect(readMeta(store, 'lastBackupAt')).toBe('z')
  })

  test('a broken constraint is a bug and throws', () => {
    const { store } = tempStore()
    expect(() =>
      write(
        store,
        done((tx) => tx.run("INSERT INTO answer VALUES ('t', 'i', '{}', 'x')")),
      ),
    ).toThrow(/FOREIGN KEY/)
  })
})

describe('unclean ends', () => {
  test('a torn page is found after a crash; after a clean close the same page is not looked for', () => {
    const damage = (path: string): void => {
      const bytes = readFileSync(path)
      bytes.fill(0xee, 3 * 4096, 4 * 4096)
      writeFileSync(path, bytes)
    }
    const [crashed, closed] = [tempFolder(), tempFolder()]
    for (const folder of [crashed, closed]) tempStore(folder).store.close()
    const reopen = (folder: string) => openStore({ path: join(folder, 'onsite.db'), copies: null, deviceId: 'd' })
    const raw = new Database(join(crashed, 'onsite.db'))
    raw.exec("UPDATE meta SET value = 'no' WHERE key = 'wasClosed'")
    raw.close()
    valueOf(reopen(crashed)).close()
    const again = new Database(join(crashed, 'onsite.db'))
    again.exec("UPDATE meta SET value = 'no' WHERE key = 'wasClosed'")
    again.close()
    damage(join(crashed, 'onsite.db'))
    const before = readFileSync(join(crashed, 'onsite.db'))
    expect(reopen(crashed)).toMatchObject({ ok: false, failure: { code: 'storageFailed' } })
    expect(readFileSync(join(crashed, 'onsite.db')).equals(before)).toBe(true)
    damage(join(closed, 'onsite.db'))
    const unchecked = reopen(closed)
    if (unchecked.ok) unchecked.value.close()
    expect(unchecked.ok).toBe(true)
  })

  test('a file that is not a database is refused and kept', () => {
    const path = join(tempFolder(), 'onsite.db')
    writeFileSync(path, 'these are somebody’s letters, not a database '.repeat(200))
    const before = readFileSync(path)
    expect(openStore({ path, copies: null, deviceId: 'd' })).toMatchObject({
      ok: false,
      failure: { code: 'storageFailed' },
    })
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('answers acknowledged before SIGKILL are there', async () => {
    const folder = tempFolder()
    const child = spawn(process.execPath, [WRITER, folder, '100000'], { stdio: ['ignore', 'pipe', 'inherit'] })
    let acknowledged = 0
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (text: Buffer) => {
        acknowledged += text.toString().split('\n').length - 1
        if (acknowledged >= 200 && child.exitCode === null) child.kill('SIGKILL')
      })
      child.on('close', () => resolve())
    })
    expect(child.signalCode).toBe('SIGKILL')
    const { store } = tempStore(folder)
    const { answers } = readSheetParts(store, TASK)
    expect(answers.length).toBeGreaterThanOrEqual(acknowledged)
    expect(store.get<{ n: number }>('SELECT count(*) AS n FROM answer_history')?.n).toBe(answers.length)
    expect(store.get<{ n: number }>('SELECT count(*) AS n FROM log_line')?.n).toBe(answers.length + 2)
  })
})

describe('full disk', () => {
  test('is a failure, keeps what was saved, and goes on when there is room', (context) => {
    const folder = tempFolder()
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk])
    if (mounted.status !== 0) {
      console.info(`no small disk here: ${mounted.stderr?.toString().trim() || 'mount needs root'}`)
      context.skip()
    }
    try {
      const { store } = tempStore(disk)
      const big = 'x'.repeat(100_000)
      const add = (name: string) =>
        write(
          store,
          done((tx) => tx.run('INSERT INTO task_draft (draftId, doc, updatedAt) VALUES (?, ?, ?)', [name, big, 't'])),
        )
      let saved = 0
      let outcome = add('d0')
      while (outcome.ok && saved < 100) {
        saved += 1
        outcome = add(`d${saved}`)
      }
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'diskFull' } })
      const count = (): number => store.get<{ n: number }>('SELECT count(*) AS n FROM task_draft')?.n ?? 0
      expect(count()).toBe(saved)
      spawnSync('mount', ['-o', 'remount,size=8m', disk])
      expect(add('last').ok).toBe(true)
      expect(count()).toBe(saved + 1)
      store.close()
    } finally {
      spawnSync('umount', [disk])
    }
  })
})

describe('failing fsync', () => {
  test('is not called saved, and the next write goes on from what is on the disk', (context) => {
    const probe = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=fsync', '/bin/true'])
    if (probe.status !== 0) {
      console.info(`no fault injection here: ${probe.stderr?.toString().trim() || 'strace is not installed'}`)
      context.skip()
    }
    const run = (inject: string[]): string[] => {
      const folder = tempFolder()
      const args = [
        '-f',
        '-o',
        '/dev/null',
        '-e',
        'trace=fsync,fdatasync',
        ...inject,
        process.execPath,
        WRITER,
        folder,
        '12',
      ]
      const ran = spawnSync('strace', args, { encoding: 'utf8' })
      expect(ran.status, ran.stderr).toBe(0)
      return ran.stdout.trim().split('\n')
    }
    const healthy = run([])
    expect(healthy).toEqual(Array.from({ length: 12 }, () => 'ok'))
    const hurt = run(['-e', 'inject=fsync,fdatasync:error=EIO:when=16'])
    expect(hurt.filter((line) => line === 'storageFailed')).toHaveLength(1)
    expect(hurt.filter((line) => line === 'ok')).toHaveLength(11)
    expect(hurt.at(-1)).toBe('ok')
  })
})

describe('copies', () => {
  test('a copy taken in the middle of work is whole; copying the file alone is not', () => {
    const { paths, store, change } = tempStore()
    change((tx) => acceptDeclaration(tx, stamp(), TASK, 'x'))
    const target = join(paths.folder, 'copy.db')
    copyDatabase(paths.database, target)
    const rows = (path: string): unknown => {
      const db = new Database(path, { readonly: true })
      try {
        return db.prepare('SELECT count(*) FROM sheet_work').pluck().get()
      } catch {
        return 'no table'
      } finally {
        db.close()
      }
    }
    expect(rows(target)).toBe(1)
    const bare = join(paths.folder, 'bare.db')
    writeFileSync(bare, readFileSync(paths.database))
    expect(rows(bare)).not.toBe(1)
    expect(existsSync(`${target}.part`)).toBe(false)
    store.close()
  })
})

describe('profile lock', () => {
  test('a second instance is told so, in this process and in another; it may enter after the first has gone or died', async () => {
    const profile = tempFolder()
    const first = valueOf(lockProfile(profile))
    expect(lockProfile(profile)).toMatchObject({ ok: false, failure: { code: 'busy' } })
    const code = `
      const { lockProfile } = await import(${JSON.stringify(join(STORAGE, 'lock.ts'))})
      const lock = lockProfile(${JSON.stringify(profile)})
      console.log(lock.ok ? 'mine' : lock.failure.code)
      if (lock.ok) setInterval(() => {}, 1000)`
    const other = (): string =>
      spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', timeout: 20_000 }).stdout
    expect(other().trim()).toBe('busy')
    first.release()
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    expect(lockProfile(profile).ok).toBe(false)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    valueOf(lockProfile(profile)).release()
  })
})
