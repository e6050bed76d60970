import type { Step } from '../migrate.ts'

/** Report templates of one's own: frozen editions by the hash of their bytes, one draft each, and which is used for a category. */
export const reportTemplates: Step = {
  number: 50,
  up: (connection) =>
    void connection.exec(`CREATE TABLE report_template (
  sha256 TEXT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  edition INTEGER NOT NULL,
  category TEXT NOT NULL,
  doc TEXT NOT NULL,
  savedAt TEXT NOT NULL,
  UNIQUE (id, edition)
) STRICT;
CREATE TABLE report_template_draft (
  id TEXT NOT NULL PRIMARY KEY,
  doc TEXT NOT NULL,
  updatedAt TEXT NOT NULL
) STRICT;
CREATE TABLE report_template_use (
  category TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES report_template (sha256)
) STRICT;`),
}
