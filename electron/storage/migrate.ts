import type Database from 'better-sqlite3'
import { initial } from './migrations/0010-initial.ts'
import { templateDrafts } from './migrations/0020-template-drafts.ts'
import { importMappings } from './migrations/0030-import-mappings.ts'
import { taskRevisions } from './migrations/0040-task-revisions.ts'
import { reportTemplates } from './migrations/0050-report-templates.ts'

/** One change of the schema. `number` rises in tens and becomes `user_version`; a released step is frozen. */
export type Step = {
  number: number
  up: (connection: Database.Database) => void
  /** The step rebuilds tables others point at: foreign keys are off while it runs and checked before it is committed. */
  rebuildsTables?: true
}

export const STEPS: readonly Step[] = [initial, templateDrafts, importMappings, taskRevisions, reportTemplates]

/** Schema version of a database file; 0 for a new one. */
export function versionOf(connection: Database.Database): number {
  return connection.pragma('user_version', { simple: true }) as number
}

export function newestVersion(steps: readonly Step[]): number {
  return steps.at(-1)?.number ?? 0
}

/** Brings a database to the newest step, one transaction a step: a kill leaves the old version or the new one. Throws on any error. */
export function migrate(connection: Database.Database, steps: readonly Step[]): void {
  steps.forEach((step, i) => {
    if (step.number % 10 !== 0 || step.number <= (steps[i - 1]?.number ?? 0)) {
      throw new Error(`migration numbers must rise in tens: ${step.number}`)
    }
  })
  for (const step of steps) if (step.number > versionOf(connection)) runStep(connection, step)
}

function runStep(connection: Database.Database, step: Step): void {
  // Foreign keys cannot be switched inside a transaction; there the pragma silently does nothing.
  if (step.rebuildsTables) connection.pragma('foreign_keys = OFF')
  try {
    connection
      .transaction(() => {
        step.up(connection)
        const broken = connection.pragma('foreign_key_check') as unknown[]
        if (broken.length > 0) throw new Error(`migration ${step.number} breaks ${broken.length} references`)
        connection.pragma(`user_version = ${step.number}`)
      })
      .exclusive()
  } finally {
    connection.pragma('foreign_keys = ON')
  }
}
