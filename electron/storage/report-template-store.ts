import { parseReportTemplate, type ReportTemplate } from '../../shared/report/template.ts'
import type { Reader, Writer } from './database.ts'

/** A frozen edition: `json` is its stored form (JCS), `sha256` the hash of that. Editions are never changed. */
export type ReportTemplateEdition = { sha256: string; template: ReportTemplate; json: string; savedAt: string }
/** One in the making; it may break every rule but its shape. */
export type ReportTemplateDraft = { template: ReportTemplate; updatedAt: string }

type EditionRow = { sha256: string; doc: string; savedAt: string }

/** Null for what this version of the app does not understand: reports are made without it. */
function read(row: EditionRow | undefined): ReportTemplateEdition | null {
  if (row === undefined) return null
  const { sha256, doc, savedAt } = row
  const parsed = parseReportTemplate(JSON.parse(doc))
  return parsed.ok ? { sha256, template: parsed.value, json: doc, savedAt } : null
}

/** Every edition, by template, newest first. */
export const listReportTemplates = (db: Reader): ReportTemplateEdition[] =>
  db
    .all<EditionRow>('SELECT sha256, doc, savedAt FROM report_template ORDER BY id, edition DESC')
    .flatMap((row) => read(row) ?? [])

/** An edition by its hash. */
export const findReportTemplate = (db: Reader, sha256: string): ReportTemplateEdition | null =>
  read(db.get<EditionRow>('SELECT sha256, doc, savedAt FROM report_template WHERE sha256 = ?', [sha256]))

/** An edition by its number; null for the number: the newest. */
export const findReportTemplateEdition = (
  db: Reader,
  id: string,
  edition: number | null,
): ReportTemplateEdition | null =>
  read(
    db.get<EditionRow>(
      'SELECT sha256, doc, savedAt FROM report_template WHERE id = ? AND edition = coalesce(?, edition) ORDER BY edition DESC',
      [id, edition],
    ),
  )

/** Adds an edition; one that is held stays as it is. */
export function addReportTemplate(tx: Writer, { sha256, template, json, savedAt }: ReportTemplateEdition): void {
  tx.run(
    'INSERT INTO report_template (sha256, id, edition, category, doc, savedAt) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING',
    [sha256, template.id, template.edition, template.category, json, savedAt],
  )
}

type DraftRow = { doc: string; updatedAt: string }
const draft = ({ doc, updatedAt }: DraftRow): ReportTemplateDraft => ({
  template: JSON.parse(doc) as ReportTemplate,
  updatedAt,
})

/** Drafts, the one worked on last first. */
export const listReportTemplateDrafts = (db: Reader): ReportTemplateDraft[] =>
  db.all<DraftRow>('SELECT doc, updatedAt FROM report_template_draft ORDER BY updatedAt DESC, id').map(draft)

/** Null when nothing is unsaved as an edition. */
export function findReportTemplateDraft(db: Reader, id: string): ReportTemplateDraft | null {
  const row = db.get<DraftRow>('SELECT doc, updatedAt FROM report_template_draft WHERE id = ?', [id])
  return row === undefined ? null : draft(row)
}

export function saveReportTemplateDraft(tx: Writer, { template, updatedAt }: ReportTemplateDraft): void {
  tx.run('INSERT OR REPLACE INTO report_template_draft (id, doc, updatedAt) VALUES (?, ?, ?)', [
    template.id,
    JSON.stringify(template),
    updatedAt,
  ])
}

export function removeReportTemplateDraft(tx: Writer, id: string): void {
  tx.run('DELETE FROM report_template_draft WHERE id = ?', [id])
}

/** Removes a template with all its editions; categories that used one fall back to the built-in. */
export function removeReportTemplate(tx: Writer, id: string): void {
  removeReportTemplateDraft(tx, id)
  tx.run('DELETE FROM report_template_use WHERE sha256 IN (SELECT sha256 FROM report_template WHERE id = ?)', [id])
  tx.run('DELETE FROM report_template WHERE id = ?', [id])
}

/** The edition used for a category; null for the built-in one. */
export function usedReportTemplate(db: Reader, category: string): ReportTemplateEdition | null {
  const row = db.get<{ sha256: string }>('SELECT sha256 FROM report_template_use WHERE category = ?', [category])
  return row === undefined ? null : findReportTemplate(db, row.sha256)
}

/** Null takes the built-in one. */
export function useReportTemplate(tx: Writer, category: string, sha256: string | null): void {
  if (sha256 === null) tx.run('DELETE FROM report_template_use WHERE category = ?', [category])
  else tx.run('INSERT OR REPLACE INTO report_template_use (category, sha256) VALUES (?, ?)', [category, sha256])
}
