import { freshId } from '../../../../shared/checklist/edits.ts'

export const EMPTY = { zh: '', en: '' }

/** An id for a new entry of a list. */
export const idFor = (prefix: string, entries: readonly { id: string }[]): string =>
  freshId(
    prefix,
    entries.map((entry) => entry.id),
  )
