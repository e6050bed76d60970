import type { Reader, Writer } from './database.ts'

/**
 * What a move of a sheet to another edition changes: an answer (by item; the whole record, null = taken out), the item of a nonconformity (by its id),
 * the items of a picture (by hash), the list of witnessed tests (id ''). `doc` as it was when the sheet left the edition, `became`
 * as the move left it, both JSON text: while it still reads so, nobody has touched it since.
 */
export type MovedRecord = {
  kind: 'answer' | 'nonconformity' | 'witnessTests' | 'media'
  id: string
  doc: string
  became: string
}

/** Keeps what left an edition in the place of what left it before. */
export function keepMoved(tx: Writer, taskId: string, templateSha256: string, records: readonly MovedRecord[]): void {
  tx.run('DELETE FROM moved_record WHERE taskId = ? AND templateSha256 = ?', [taskId, templateSha256])
  for (const { kind, id, doc, became } of records) {
    tx.run('INSERT INTO moved_record (taskId, templateSha256, kind, id, doc, became) VALUES (?, ?, ?, ?, ?, ?)', [
      taskId,
      templateSha256,
      kind,
      id,
      doc,
      became,
    ])
  }
}

/** What was kept when the sheet left an edition, by kind and id; [] when it never did. */
export function listMoved(db: Reader, taskId: string, templateSha256: string): MovedRecord[] {
  return db.all<MovedRecord>(
    'SELECT kind, id, doc, became FROM moved_record WHERE taskId = ? AND templateSha256 = ? ORDER BY kind, id',
    [taskId, templateSha256],
  )
}
