import { tidied } from '../../shared/checklist/draft.ts'
import { findings, isIssuable } from '../../shared/checklist/findings.ts'
import type { Finding } from '../../shared/checklist/finding.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { TemplateDraftCard } from '../../shared/contract/template-methods.ts'
import type { TemplateCard } from '../../shared/contract/views.ts'
import { countItems, parseTemplate, type Template } from '../../shared/domain/template.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { sha256 } from '../exchange/crypto.ts'
import { documentOf } from '../storage/documents.ts'
import type { StoredDraftText, StoredTemplate } from '../storage/template-store.ts'

/** Everything wrong with a checklist in the making. */
export async function draftFindingsJob({ content }: { content: Template }): Promise<Outcome<Finding[]>> {
  return ok(findings(content))
}

/** Cards of drafts in their order, each with its number of errors. */
export async function draftCardsJob({
  drafts,
}: {
  drafts: readonly StoredDraftText[]
}): Promise<Outcome<TemplateDraftCard[]>> {
  return ok(drafts.map(cardOf))
}

function cardOf({ draftId, doc, updatedAt }: StoredDraftText): TemplateDraftCard {
  const content = JSON.parse(doc) as Template
  const { number, edition, category, title, totalFull_cp } = content
  const errors = findings(content).filter((f) => f.severity === 'error').length
  return { draftId, number, edition, category, title, counts: countItems(content), totalFull_cp, errors, updatedAt }
}

/** A draft as the checklist it would be for ever: its bytes and its card. Fails with invalid (errors among the findings). */
export async function issueDraftJob({
  content,
}: {
  content: Template
}): Promise<Outcome<{ doc: Uint8Array; card: TemplateCard }>> {
  const found = findings(content)
  if (!isIssuable(found)) return fail('invalid', { problems: found.filter((f) => f.severity === 'error') })
  const parsed = parseTemplate(tidied(content))
  if (!parsed.ok) return fail('invalid', { problems: parsed.problems })
  const doc = jcsBytes(parsed.value)
  return ok({ doc, card: templateCard(sha256(doc), parsed.value) })
}

/** Cards of issued checklists, in the order given. */
export async function templateCardsJob({
  docs,
}: {
  docs: readonly Omit<StoredTemplate, 'template'>[]
}): Promise<Outcome<TemplateCard[]>> {
  return ok(docs.map(({ sha256: hash, doc }) => templateCard(hash, documentOf<Template>(doc))))
}

/** What lists of checklists show; `hash` = its identity. */
export function templateCard(hash: string, template: Template): TemplateCard {
  const { number, edition, category, title, sample, totalFull_cp } = template
  return { sha256: hash, number, edition, category, title, sample, counts: countItems(template), totalFull_cp }
}
