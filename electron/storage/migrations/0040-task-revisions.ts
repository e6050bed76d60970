import type { Step } from '../migrate.ts'

/**
 * Which revision of the task a sheet is made under (`movedFrom`: the one it can be moved back to), what a move to another
 * edition of the checklist changed, and which task revision a draft revises. Until now every sheet followed the
 * newest revision.
 */
export const taskRevisions: Step = {
  number: 40,
  up: (connection) =>
    void connection.exec(`
ALTER TABLE sheet_work ADD COLUMN taskRevision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sheet_work ADD COLUMN movedFrom INTEGER;
UPDATE sheet_work SET taskRevision =
  coalesce((SELECT max(revision) FROM task WHERE task.taskId = sheet_work.taskId), 1);
ALTER TABLE task_draft ADD COLUMN revises TEXT;
ALTER TABLE task_draft ADD COLUMN fromRevision INTEGER;
CREATE TABLE moved_record (
  taskId TEXT NOT NULL REFERENCES sheet_work,
  templateSha256 TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('answer', 'nonconformity', 'witnessTests', 'media')),
  id TEXT NOT NULL,
  doc TEXT NOT NULL,
  became TEXT NOT NULL,
  PRIMARY KEY (taskId, templateSha256, kind, id)
) STRICT;`),
}
