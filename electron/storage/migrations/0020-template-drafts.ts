import type { Step } from '../migrate.ts'

/** Checklists in the making, each kept as one text as it was typed. */
export const templateDrafts: Step = {
  number: 20,
  up: (connection) =>
    void connection.exec(`CREATE TABLE template_draft (
  draftId TEXT NOT NULL PRIMARY KEY,
  doc TEXT NOT NULL,
  updatedAt TEXT NOT NULL
) STRICT;`),
}
