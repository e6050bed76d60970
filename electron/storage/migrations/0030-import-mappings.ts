import type { Step } from '../migrate.ts'

/** How a person had tables with a certain head read, for the next file of the same make. */
export const importMappings: Step = {
  number: 30,
  up: (connection) =>
    void connection.exec(`CREATE TABLE import_mapping (
  head TEXT NOT NULL PRIMARY KEY,
  mapping TEXT NOT NULL,
  usedAt TEXT NOT NULL
) STRICT;`),
}
