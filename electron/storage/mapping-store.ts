import { checklistMapping, type ChecklistMapping } from '../../shared/contract/template-methods.ts'
import type { Reader, Writer } from './database.ts'

/** Remembers how tables with this head are read; `head` = SHA-256 of its words. The latest wins. */
export function saveMapping(tx: Writer, head: string, mapping: ChecklistMapping, usedAt: string): void {
  tx.run('INSERT OR REPLACE INTO import_mapping (head, mapping, usedAt) VALUES (?, ?, ?)', [
    head,
    JSON.stringify(mapping),
    usedAt,
  ])
}

/** The mapping used last for a head; null when there is none, or none this version understands. */
export function findMapping(db: Reader, head: string): ChecklistMapping | null {
  const row = db.get<{ mapping: string }>('SELECT mapping FROM import_mapping WHERE head = ?', [head])
  const parsed = checklistMapping.safeParse(row === undefined ? null : JSON.parse(row.mapping))
  return parsed.success ? parsed.data : null
}
