import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { Template } from '../../shared/domain/template.ts'
import type { Reader, Writer } from './database.ts'
import { documentOf } from './documents.ts'

/** A frozen checklist: `sha256` of its exact bytes `doc`. */
export type StoredTemplate = { sha256: string; doc: Uint8Array; template: Template }

/** Adds a parsed template; one that is held stays as it is. */
export function addTemplate(tx: Writer, sha256: string, doc: Uint8Array, storedAt: string): void {
  tx.run('INSERT OR IGNORE INTO template (sha256, doc, storedAt) VALUES (?, ?, ?)', [sha256, doc, storedAt])
}

/** All templates by number, newest edition first. */
export function listTemplates(db: Reader): StoredTemplate[] {
  return db
    .all<{ sha256: string }>('SELECT sha256 FROM template ORDER BY sha256')
    .flatMap(({ sha256 }) => findTemplate(db, sha256) ?? [])
    .toSorted((a, b) => byEdition({ ...a.template, sha256: a.sha256 }, { ...b.template, sha256: b.sha256 }))
}

type Edition = { number: string; edition: number; sha256: string }

/** By number, newest edition first. */
export const byEdition = (a: Edition, b: Edition): number =>
  compare(a.number, b.number) || b.edition - a.edition || compare(a.sha256, b.sha256)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Parsed once per connection: the bytes behind a hash never change, and every saved answer asks for its checklist. */
const parsed = new WeakMap<Reader, Map<string, StoredTemplate>>()

/** An issued checklist by the hash of its document; null when it is not held. */
export function findTemplate(db: Reader, sha256: string): StoredTemplate | null {
  const held = parsed.get(db) ?? new Map<string, StoredTemplate>()
  parsed.set(db, held)
  const known = held.get(sha256)
  if (known !== undefined) return known
  const row = db.get<{ doc: Uint8Array }>('SELECT doc FROM template WHERE sha256 = ?', [sha256])
  if (row === undefined) return null
  const found = { sha256, doc: row.doc, template: documentOf<Template>(row.doc) }
  held.set(sha256, found)
  return found
}

/** The first checklists as they are stored, but those named. */
export function templateDocs(
  db: Reader,
  without: ReadonlySet<string>,
  most: number,
): Omit<StoredTemplate, 'template'>[] {
  return db
    .all<{ sha256: string }>('SELECT sha256 FROM template ORDER BY sha256')
    .filter(({ sha256 }) => !without.has(sha256))
    .slice(0, most)
    .flatMap(
      ({ sha256 }) =>
        db.get<Omit<StoredTemplate, 'template'>>('SELECT sha256, doc FROM template WHERE sha256 = ?', [sha256]) ?? [],
    )
}

/** A checklist in the making; its content may break every rule. */
export type StoredTemplateDraft = { draftId: string; content: Template; updatedAt: string }

/** The same as it is stored: `doc` is the content as JSON. */
export type StoredDraftText = { draftId: string; doc: string; updatedAt: string }

/** Drafts of checklists, the one worked on last first. */
export function listDraftTexts(db: Reader): StoredDraftText[] {
  return db.all<StoredDraftText>('SELECT draftId, doc, updatedAt FROM template_draft ORDER BY updatedAt DESC, draftId')
}

/** Null when it was issued or removed. */
export function findTemplateDraft(db: Reader, draftId: string): StoredTemplateDraft | null {
  const row = db.get<StoredDraftText>('SELECT draftId, doc, updatedAt FROM template_draft WHERE draftId = ?', [draftId])
  if (row === undefined) return null
  return { draftId, content: JSON.parse(row.doc) as Template, updatedAt: row.updatedAt }
}

/** When a draft was last changed; null when there is none. */
export function templateDraftTime(db: Reader, draftId: string): string | null {
  return (
    db.get<{ updatedAt: string }>('SELECT updatedAt FROM template_draft WHERE draftId = ?', [draftId])?.updatedAt ??
    null
  )
}

/** Adds a draft or replaces it as a whole. */
export function saveTemplateDraft(tx: Writer, { draftId, doc, updatedAt }: StoredDraftText): void {
  tx.run('INSERT OR REPLACE INTO template_draft (draftId, doc, updatedAt) VALUES (?, ?, ?)', [draftId, doc, updatedAt])
}

/** Fails with notFound. */
export function removeTemplateDraft(tx: Writer, draftId: string): Outcome<null> {
  return tx.run('DELETE FROM template_draft WHERE draftId = ?', [draftId]) === 0 ? fail('notFound') : ok(null)
}
