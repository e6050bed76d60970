import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../../electron/storage/open.ts'
import { migrate, newestVersion, STEPS, versionOf, type Step } from '../../electron/storage/migrate.ts'

const MIGRATIONS = join(import.meta.dirname, '../../electron/storage/migrations')
const SNAPSHOT = join(import.meta.dirname, '../../electron/storage/schema.snapshot.sql')

/** Released steps are frozen: a mistake in one is repaired by the next. Add the hash of a step's file when it is released. */
const RELEASED: Readonly<Record<string, string>> = {}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onsite-migrations-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (steps?: readonly Step[]) =>
  openStore({
    path: join(folder, 'onsite.db'),
    copies: join(folder, 'copies'),
    deviceId: 'device-1',
    ...(steps ? { steps } : {}),
  })

const NEXT = newestVersion(STEPS) + 10
const addNote: Step = { number: NEXT, up: (db) => void db.exec('ALTER TABLE project ADD COLUMN note TEXT') }

describe('schema', () => {
  test('is what the snapshot says', async () => {
    const db = new Database(':memory:')
    migrate(db, STEPS)
    const rows = db
      .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name")
      .pluck()
      .all() as string[]
    const text = `-- user_version ${versionOf(db)}\n${rows.map((sql) => `${sql};`).join('\n\n')}\n`
    await expect(text).toMatchFileSnapshot(SNAPSHOT)
  })

  test('has only strict tables', () => {
    const db = new Database(':memory:')
    migrate(db, STEPS)
    const loose = db
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0")
      .pluck()
      .all() as string[]
    expect(loose.filter((name) => !name.startsWith('sqlite_'))).toEqual([])
  })

  test('every step is a file of its number, and released ones are unchanged', () => {
    const files = readdirSync(MIGRATIONS)
      .filter((name) => /^\d{4}-/.test(name))
      .toSorted()
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(STEPS.map((s) => s.number))
    for (const [name, hash] of Object.entries(RELEASED)) {
      expect(
        createHash('sha256')
          .update(readFileSync(join(MIGRATIONS, name)))
          .digest('hex'),
        name,
      ).toBe(hash)
    }
  })
})

describe('runner', () => {
  test('refuses numbers that do not rise in tens', () => {
    const step = (number: number): Step => ({ number, up: () => {} })
    expect(() => migrate(new Database(':memory:'), [step(20), step(10)])).toThrow(/rise/)
    expect(() => migrate(new Database(':memory:'), [step(15)])).toThrow(/rise/)
    expect(() => migrate(new Database(':memory:'), [step(10), step(20)])).not.toThrow()
  })

  test('a failing step leaves the version before it, tables included', () => {
    const breaks: Step = {
      number: NEXT,
      up: (db) => {
        db.exec('CREATE TABLE half (a INTEGER) STRICT')
        throw new Error('stops half way')
      },
    }
    const db = new Database(join(folder, 'onsite.db'))
    expect(() => migrate(db, [...STEPS, breaks])).toThrow('stops half way')
    expect(versionOf(db)).toBe(NEXT - 10)
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0)
  })

  test('a step that rebuilds a table others point at keeps them, and one that breaks a reference is refused', () => {
    const db = new Database(join(folder, 'onsite.db'))
    db.pragma('foreign_keys = ON')
    migrate(db, STEPS)
    db.exec(`
      INSERT INTO project VALUES ('p', 'n', 'k', 's', 1, NULL, NULL, NULL, 't');
      INSERT INTO roster VALUES ('p', 1, x'00', x'00', 't')`)
    const rebuild = (keep: boolean): Step => ({
      number: NEXT,
      rebuildsTables: true,
      up: (c) => {
        const old = c.prepare("SELECT sql FROM sqlite_schema WHERE name = 'project'").pluck().get() as string
        c.exec(old.replace('TABLE project', 'TABLE project_new'))
        if (keep) c.exec('INSERT INTO project_new SELECT * FROM project')
        c.exec('DROP TABLE project; ALTER TABLE project_new RENAME TO project')
      },
    })
    expect(() => migrate(db, [...STEPS, rebuild(false)])).toThrow(/references/)
    expect(db.prepare('SELECT count(*) FROM project').pluck().get()).toBe(1)
    migrate(db, [...STEPS, rebuild(true)])
    expect([versionOf(db), db.pragma('foreign_keys', { simple: true })]).toEqual([NEXT, 1])
  })
})

describe('steps', () => {
  test('drafts of checklists come empty to a database of the first release, which keeps what it had', () => {
    const db = new Database(join(folder, 'onsite.db'))
    migrate(db, STEPS.slice(0, 1))
    db.exec("INSERT INTO template VALUES ('h', x'7b7d', 't'); INSERT INTO task_draft VALUES ('d', '{}', 't')")
    migrate(db, STEPS)
    const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
    expect([count('template'), count('task_draft'), count('template_draft')]).toEqual([1, 1, 0])
  })
})

describe('opening', () => {
  test('copies the database before it migrates it; a database that needs nothing is not copied', () => {
    const first = open()
    if (!first.ok) throw new Error(first.failure.code)
    first.value.close()
    const again = open()
    if (!again.ok) throw new Error(again.failure.code)
    again.value.close()
    expect(existsSync(join(folder, 'copies'))).toBe(false)
    const newer = open([...STEPS, addNote])
    if (!newer.ok) throw new Error(newer.failure.code)
    newer.value.close()
    const copy = new Database(join(folder, 'copies', `onsite-v${NEXT - 10}.db`), { readonly: true })
    expect(versionOf(copy)).toBe(NEXT - 10)
    expect(copy.prepare("SELECT value FROM meta WHERE key = 'deviceId'").pluck().get()).toBe('device-1')
    copy.close()
  })

  test('refuses a newer database and leaves its bytes alone', () => {
    const newer = open([...STEPS, addNote])
    if (!newer.ok) throw new Error(newer.failure.code)
    newer.value.close()
    const before = readFileSync(join(folder, 'onsite.db'))
    expect(open()).toMatchObject({ ok: false, failure: { code: 'tooNew' } })
    expect(readFileSync(join(folder, 'onsite.db')).equals(before)).toBe(true)
  })
})
