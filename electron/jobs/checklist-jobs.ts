import { findings } from '../../shared/checklist/findings.ts'
import type { Finding } from '../../shared/checklist/finding.ts'
import { ok, type Outcome } from '../../shared/contract/errors.ts'
import type { TemplateDraftCard } from '../../shared/contract/template-methods.ts'
import { countItems, type Template } from '../../shared/domain/template.ts'
import type { StoredDraftText } from '../storage/template-store.ts'

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
