import { parseReportTemplate, type ReportTemplate } from '../../shared/report/template.ts'
import type { Reader, Writer } from './database.ts'

/** A frozen edition: `json` is its stored form (JCS), `sha256` the hash of that. Editions are never changed. */
export type ReportTemplateEdition = { sha256: string; template: ReportTemplate; json: string; savedAt: string }
/** One in the making; it may break every rule but its shape. */
export type ReportTemplateDraft = { template: ReportTemplate; updatedAt: string }

type EditionRow = { sha256: string; doc: string; savedAt: string }
const edition = ({ sha256, doc, savedAt }: EditionRow): ReportTemplateEdition => ({
  sha256,
  template: JSON.parse(doc) as ReportTemplate,
  json: doc,
  savedAt,
})

/** Every edition, by template, newest first. */
export const listReportTemplates = (db: Reader): ReportTemplateEdition[] =>
  db
    .all<EditionRow>('SELECT sha256, doc, savedAt FROM report_template ORDER BY id, edition DESC')
    .map(edition)
    .filter((e) => parseReportTemplate(e.template).ok)

export function findReportTemplate(db: Reader, sha256: string): ReportTemplateEdition | null {
  const row = db.get<EditionRow>('SELECT sha256, doc, savedAt FROM report_template WHERE sha256 = ?', [sha256])
  return row === undefined ? null : edition(row)
}

/** Adds an edition; one that is held stays as it is. */
export function addReportTemplate(tx: Writer, { sha256, template, json, savedAt }: ReportTemplateEdition): void {
  tx.run(
    'INSERT OR IGNORE INTO report_template (sha256, id, edition, category, doc, savedAt) VALUES (?, ?, ?, ?, ?, ?)',
    [sha256, template.id, template.edition, template.category, json, savedAt],
  )
}

/** Drafts, the one worked on last first. */
export const listReportTemplateDrafts = (db: Reader): ReportTemplateDraft[] =>
  db
    .all<{ doc: string; updatedAt: string }>(
      'SELECT doc, updatedAt FROM report_template_draft ORDER BY updatedAt DESC, id',
    )
    .map(({ doc, updatedAt }) => ({ template: JSON.parse(doc) as ReportTemplate, updatedAt }))

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
