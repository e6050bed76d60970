import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { write } from '../../electron/storage/database.ts'
import { findMapping, saveMapping } from '../../electron/storage/mapping-store.ts'
import { migrate, STEPS } from '../../electron/storage/migrate.ts'
import { openStore } from '../../electron/storage/open.ts'
import type { ChecklistMapping } from '../../shared/contract/template-methods.ts'
import { ok } from '../../shared/contract/errors.ts'

const MAPPING: ChecklistMapping = {
  sheet: 'S',
  headRow: 1,
  firstRow: 2,
  lastRow: null,
  columns: { title: 2, points: 3 },
  sections: 'rows',
  type: 'points',
  category: 'industry',
  number: '',
  title: '',
}

test('a database of the release before gets the table empty and keeps the rest', () => {
  const db = new Database(':memory:')
  migrate(
    db,
    STEPS.filter((s) => s.number <= 20),
  )
  db.exec("INSERT INTO template_draft VALUES ('d', '{}', 't')")
  migrate(
    db,
    STEPS.filter((s) => s.number <= 30),
  )
  expect(db.prepare('SELECT count(*) FROM import_mapping').pluck().get()).toBe(0)
  expect(db.prepare('SELECT draftId FROM template_draft').pluck().all()).toEqual(['d'])
})

test('the latest mapping of a head is found again; one no longer understood is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mappings-'))
  const opened = openStore({ path: join(folder, 'onsite.db'), copies: join(folder, 'copies'), deviceId: 'd' })
  if (!opened.ok) throw new Error(opened.failure.code)
  const store = opened.value
  const save = (mapping: ChecklistMapping) => write(store, (tx) => ok(saveMapping(tx, 'h', mapping, 't')))
  expect(findMapping(store, 'h')).toBeNull()
  save(MAPPING)
  save({ ...MAPPING, headRow: 5 })
  expect(findMapping(store, 'h')).toEqual({ ...MAPPING, headRow: 5 })
  expect(findMapping(store, 'other')).toBeNull()
  write(store, (tx) => ok(tx.run('UPDATE import_mapping SET mapping = \'{"old":1}\'', [])))
  expect(findMapping(store, 'h')).toBeNull()
  store.close()
  rmSync(folder, { recursive: true, force: true })
})
