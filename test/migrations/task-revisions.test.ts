import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate, STEPS } from '../../electron/storage/migrate.ts'

test('sheets that were there belong to the newest revision of their task, drafts to none', () => {
  const db = new Database(':memory:')
  const upTo = (number: number) => STEPS.filter((s) => s.number <= number)
  migrate(db, upTo(30))
  db.exec(`
    INSERT INTO project VALUES ('p', 'n', 'k', 's', 1, NULL, NULL, NULL, 't');
    INSERT INTO template VALUES ('h', x'00', 't');
    INSERT INTO task VALUES ('a', 1, 'a1', 'p', 'h', x'00', NULL, 't'), ('a', 2, 'a2', 'p', 'h', x'00', NULL, 't');
    INSERT INTO sheet_work VALUES ('a', 1, '', NULL, 'open'), ('b', 1, '', NULL, 'sealed');
    INSERT INTO task_draft VALUES ('d', '{}', 't')`)
  migrate(db, upTo(40))
  expect(db.prepare('SELECT taskId, taskRevision, movedFrom FROM sheet_work ORDER BY taskId').all()).toEqual([
    { taskId: 'a', taskRevision: 2, movedFrom: null },
    { taskId: 'b', taskRevision: 1, movedFrom: null },
  ])
  expect(db.prepare('SELECT revises, fromRevision FROM task_draft').all()).toEqual([
    { revises: null, fromRevision: null },
  ])
})
