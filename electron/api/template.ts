import { v7 as uuidv7 } from 'uuid'
import type { Api, Args } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { AddOnCard, TemplateDraftCard, TemplateDraftView } from '../../shared/contract/template-methods.ts'
import type { TemplateCard } from '../../shared/contract/views.ts'
import { blankContent, nextEdition, ownContent, tidied } from '../../shared/checklist/draft.ts'
import { finding, type Finding } from '../../shared/checklist/finding.ts'
import { findings, isIssuable } from '../../shared/checklist/findings.ts'
import { applyLayer, type AddOn, type Layered } from '../../shared/domain/layers.ts'
import { isScored, parseTemplate, templateItems, type Template } from '../../shared/domain/template.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { sha256 } from '../exchange/crypto.ts'
import { write, type Reader, type Writer } from '../storage/database.ts'
import {
  addTemplate,
  findTemplate,
  findTemplateDraft,
  listTemplateDrafts,
  listTemplates,
  removeTemplateDraft,
  saveTemplateDraft,
  type StoredTemplate,
  type StoredTemplateDraft,
} from '../storage/template-store.ts'
import { builtInAddOns, builtInTemplates } from './built-in.ts'
import { unlocked, type Context } from './context.ts'
import type { Session } from './session.ts'

type TemplateApi = Pick<Api, Extract<keyof Api, `template.${string}`>>

/** Bytes of a whole checklist; more is refused everywhere. */
const MOST_BYTES = 16 * 1024 * 1024

/** Checklists: frozen ones, those in the making, and general ones with what a product adds. */
export function templateApi(context: Context): TemplateApi {
  /** Runs `work` for whoever is unlocked. */
  const run = <T>(work: (session: Session) => Outcome<T>): Outcome<T> => {
    const session = unlocked(context)
    return session.ok ? work(session.value) : session
  }
  return {
    'template.list': async () => run(({ store }) => ok(listTemplates(store).map(templateCard))),
    'template.get': async ({ sha256: hash }) =>
      run(({ store }) => {
        const found = findTemplate(store, hash)
        return found === null ? fail('notFound') : ok(found.template)
      }),
    'template.drafts': async () => run(({ store }) => ok(listTemplateDrafts(store).map(draftCard))),
    'template.draft': async ({ draftId }) =>
      run(({ store }) => {
        const draft = findTemplateDraft(store, draftId)
        return draft === null ? fail('notFound') : ok(draftView(draft))
      }),
    'template.newDraft': async ({ from }) => run((session) => newDraft(context, session, from)),
    'template.saveDraft': async ({ draftId, content }) =>
      run(({ store }) => {
        const updatedAt = context.now().toISOString()
        return write(store, (tx) => {
          // Issued or removed meanwhile: what a window saves late must not bring it back.
          if (findTemplateDraft(tx, draftId) === null) return fail('stale')
          saveTemplateDraft(tx, { draftId, content, updatedAt })
          return ok({ savedAt: updatedAt })
        })
      }),
    'template.removeDraft': async ({ draftId }) =>
      run(({ store }) => write(store, (tx) => removeTemplateDraft(tx, draftId))),
    'template.issue': async ({ draftId }) => run((session) => issue(context, session, draftId)),
    'template.addOns': async () =>
      run(() => ok(builtInAddOns(context.assets).map(({ sha256: hash, document }) => addOnCard(hash, document)))),
    'template.layer': async (args) => run(({ store }) => layer(context, store, args)),
    'template.adoptLayered': async (args) =>
      run(({ store }) => {
        const layered = layer(context, store, args)
        if (!layered.ok) return layered
        if (!layered.value.ok) return fail('invalid', { problems: layered.value.conflicts })
        const { template } = layered.value
        return write(store, (tx) => freeze(tx, template, context.now().toISOString()))
      }),
  }
}

function newDraft(
  context: Context,
  { store }: Session,
  from: Args<'template.newDraft'>['from'],
): Outcome<TemplateDraftView> {
  const content = firstContent(context, store, from)
  return content.ok ? addTemplateDraft(context, store, content.value) : content
}

/** Keeps content as a new draft. */
export function addTemplateDraft(
  context: Context,
  store: Session['store'],
  content: Template,
): Outcome<TemplateDraftView> {
  const draft = { draftId: uuidv7(), content, updatedAt: context.now().toISOString() }
  return write(store, (tx) => {
    saveTemplateDraft(tx, draft)
    return ok(draftView(draft))
  })
}

function firstContent(context: Context, db: Reader, from: Args<'template.newDraft'>['from']): Outcome<Template> {
  if (from.kind === 'blank') {
    const model = builtInTemplates(context.assets).find((b) => b.document.category === from.category)
    return model === undefined ? fail('notFound') : ok(blankContent(model.document))
  }
  const found = findTemplate(db, from.sha256)
  if (found === null) return fail('notFound')
  return ok(from.kind === 'edition' ? nextEdition(found.template, found.sha256) : ownContent(found.template))
}

/** The draft as one frozen checklist, and the draft gone. */
function issue(context: Context, { store }: Session, draftId: string): Outcome<TemplateCard> {
  const at = context.now().toISOString()
  return write(store, (tx) => {
    const draft = findTemplateDraft(tx, draftId)
    if (draft === null) return fail('notFound')
    const found = findings(draft.content)
    if (!isIssuable(found)) return fail('invalid', { problems: found.filter((f) => f.severity === 'error') })
    const parsed = parseTemplate(tidied(draft.content))
    if (!parsed.ok) return fail('invalid', { problems: parsed.problems })
    const frozen = freeze(tx, parsed.value, at)
    if (!frozen.ok) return frozen
    const removed = removeTemplateDraft(tx, draftId)
    return removed.ok ? frozen : removed
  })
}

/** Stores a checklist for ever. Fails with alreadyExists when its number and edition are taken, invalid when it is too large. */
function freeze(tx: Writer, template: Template, storedAt: string): Outcome<TemplateCard> {
  const { number, edition } = template
  const isTaken = listTemplates(tx).some((t) => t.template.number === number && t.template.edition === edition)
  if (isTaken) return fail('alreadyExists', { detail: `${number} ${edition}` })
  const doc = jcsBytes(template)
  if (doc.length > MOST_BYTES) return fail('invalid', { problems: [finding('', 'tooLarge', String(doc.length))] })
  const hash = sha256(doc)
  addTemplate(tx, hash, doc, storedAt)
  return ok(templateCard({ sha256: hash, doc, template }))
}

function layer(context: Context, db: Reader, { base, addOn }: Args<'template.layer'>): Outcome<Layered> {
  const below = findTemplate(db, base)
  const above = builtInAddOns(context.assets).find((a) => a.sha256 === addOn)
  if (below === null || above === undefined) return fail('notFound')
  return ok(applyLayer(below.template, above.document, (document) => sha256(jcsBytes(document))))
}

function templateCard({ sha256: hash, template }: StoredTemplate): TemplateCard {
  const { number, edition, category, title, sample, totalFull_cp } = template
  return { sha256: hash, number, edition, category, title, sample, counts: countsOf(template), totalFull_cp }
}

function countsOf(template: Template): TemplateCard['counts'] {
  const items = templateItems(template)
  return {
    scored: items.filter(isScored).length,
    veto: items.filter((i) => i.type === 'veto').length,
    gate: items.filter((i) => i.type === 'gate').length,
  }
}

function draftView(draft: StoredTemplateDraft): TemplateDraftView {
  return { ...draft, findings: findings(draft.content) }
}

function draftCard({ draftId, content, updatedAt }: StoredTemplateDraft): TemplateDraftCard {
  const { number, edition, category, title, totalFull_cp } = content
  const errors = findings(content).filter((f: Finding) => f.severity === 'error').length
  return { draftId, number, edition, category, title, counts: countsOf(content), totalFull_cp, errors, updatedAt }
}

function addOnCard(
  hash: string,
  { number, edition, category, title, sample, base, moves, sections, additions }: AddOn,
): AddOnCard {
  const items = [...sections, ...additions].reduce((sum, s) => sum + s.items.length, 0)
  return {
    sha256: hash,
    number,
    edition,
    category,
    title,
    sample,
    base: { number: base.number, edition: base.edition },
    counts: { moves: moves.length, sections: sections.length, items },
  }
}
