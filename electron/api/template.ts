import { v7 as uuidv7 } from 'uuid'
import type { Api, Args } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { AddOnCard, TemplateDraftCard, TemplateDraftView } from '../../shared/contract/template-methods.ts'
import type { TemplateCard } from '../../shared/contract/views.ts'
import { blankContent, nextEdition, ownContent, readDraft } from '../../shared/checklist/draft.ts'
import { finding } from '../../shared/checklist/finding.ts'
import { applyLayer, type AddOn, type Layered } from '../../shared/domain/layers.ts'
import type { Template } from '../../shared/domain/template.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { sha256 } from '../exchange/crypto.ts'
import { templateCard } from '../jobs/checklist-jobs.ts'
import { write, type Reader, type Writer } from '../storage/database.ts'
import {
  addTemplate,
  findTemplate,
  findTemplateDraft,
  listDraftTexts,
  byEdition,
  removeTemplateDraft,
  saveTemplateDraft,
  templateDocs,
  templateDraftTime,
  type StoredDraftText,
} from '../storage/template-store.ts'
import { builtInAddOns, builtInTemplates } from './built-in.ts'
import { stillUnlocked, unlocked, type Context } from './context.ts'
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
    'template.list': async () => {
      const session = unlocked(context)
      return session.ok ? await templateCards(context, session.value) : session
    },
    'template.get': async ({ sha256: hash }) =>
      run(({ store }) => {
        const found = findTemplate(store, hash)
        return found === null ? fail('notFound') : ok(found.template)
      }),
    'template.drafts': async () => {
      const session = unlocked(context)
      return session.ok ? await draftCards(context, session.value.store) : session
    },
    'template.draft': async ({ draftId }) => {
      const draft = run(({ store }) => ok(findTemplateDraft(store, draftId)))
      if (!draft.ok) return draft
      return draft.value === null ? fail('notFound') : await checked(context, draft.value)
    },
    'template.newDraft': async ({ from }) => {
      const made = run(({ store }) => {
        const content = firstContent(context, store, from)
        return content.ok ? keepDraft(context, store, content.value) : content
      })
      return made.ok ? await checked(context, made.value) : made
    },
    'template.saveDraft': async ({ draftId, json }) =>
      run(({ store }) => {
        const read = readDraft(json)
        if (!read.ok) return fail('invalid', { problems: read.problems })
        const updatedAt = context.now().toISOString()
        return write(store, (tx) => {
          // Issued or removed meanwhile: what a window saves late must not bring it back.
          if (templateDraftTime(tx, draftId) === null) return fail('stale')
          saveTemplateDraft(tx, { draftId, doc: json, updatedAt })
          return ok({ savedAt: updatedAt })
        })
      }),
    'template.removeDraft': async ({ draftId }) =>
      run(({ store }) => write(store, (tx) => removeTemplateDraft(tx, draftId))),
    'template.issue': async ({ draftId }) => {
      const session = unlocked(context)
      return session.ok ? await issue(context, session.value, draftId) : session
    },
    'template.addOns': async () =>
      run(() => ok(builtInAddOns(context.assets).map(({ sha256: hash, document }) => addOnCard(hash, document)))),
    'template.layer': async (args) => run(({ store }) => layer(context, store, args)),
    'template.adoptLayered': async (args) => {
      const layered = run(({ store }) => layer(context, store, args))
      if (!layered.ok) return layered
      if (!layered.value.ok) return fail('invalid', { problems: layered.value.conflicts })
      const session = unlocked(context)
      if (!session.ok) return session
      const doc = jcsBytes(layered.value.template)
      const frozen = { doc, card: templateCard(sha256(doc), layered.value.template) }
      return await freeze(context, session.value, frozen, () => ok(null))
    },
  }
}

/** Keeps content as a new draft. */
export async function addTemplateDraft(
  context: Context,
  store: Session['store'],
  content: Template,
): Promise<Outcome<TemplateDraftView>> {
  const draft = keepDraft(context, store, content)
  return draft.ok ? await checked(context, draft.value) : draft
}

function keepDraft(context: Context, store: Session['store'], content: Template): Outcome<Unchecked> {
  const draft = { draftId: uuidv7(), content, updatedAt: context.now().toISOString() }
  return write(store, (tx) => {
    saveTemplateDraft(tx, { ...draft, doc: JSON.stringify(content) })
    return ok(draft)
  })
}

type Unchecked = Omit<TemplateDraftView, 'findings'>

/** With what is wrong with it, found in a worker: a long checklist takes too long for this process. */
async function checked(context: Context, draft: Unchecked): Promise<Outcome<TemplateDraftView>> {
  const found = await context.pool.run('draftFindings', { content: draft.content })
  return found.ok ? ok({ ...draft, findings: found.value }) : found
}

/** Cards made before, by draft: a draft not touched since needs no second look. */
const known = new WeakMap<Reader, Map<string, TemplateDraftCard>>()

async function draftCards(context: Context, store: Session['store']): Promise<Outcome<TemplateDraftCard[]>> {
  const held = known.get(store) ?? new Map<string, TemplateDraftCard>()
  known.set(store, held)
  const drafts = listDraftTexts(store)
  const isKnown = ({ draftId, updatedAt }: StoredDraftText) => held.get(draftId)?.updatedAt === updatedAt
  const unknown = drafts.filter((draft) => !isKnown(draft))
  if (unknown.length > 0) {
    const made = await context.pool.run('draftCards', { drafts: unknown })
    if (!made.ok) return made
    for (const card of made.value) held.set(card.draftId, card)
  }
  return ok(drafts.flatMap(({ draftId }) => held.get(draftId) ?? []))
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
async function issue(context: Context, session: Session, draftId: string): Promise<Outcome<TemplateCard>> {
  const draft = findTemplateDraft(session.store, draftId)
  if (draft === null) return fail('notFound')
  const made = await context.pool.run('issueDraft', { content: draft.content })
  if (!made.ok) return made
  const current = stillUnlocked(context, session)
  if (!current.ok) return current
  return await freeze(context, session, made.value, (tx) =>
    templateDraftTime(tx, draftId) === draft.updatedAt ? removeTemplateDraft(tx, draftId) : fail('stale'),
  )
}

/**
 * Stores a checklist for ever, together with what else `before` changes. Fails with alreadyExists when its number and edition are
 * taken, invalid when it is too large.
 */
async function freeze(
  context: Context,
  session: Session,
  { doc, card }: { doc: Uint8Array; card: TemplateCard },
  before: (tx: Writer) => Outcome<null>,
): Promise<Outcome<TemplateCard>> {
  if (doc.length > MOST_BYTES) return fail('invalid', { problems: [finding('', 'tooLarge', String(doc.length))] })
  for (;;) {
    const held = await templateCards(context, session)
    if (!held.ok) return held
    const { number, edition } = card
    if (held.value.some((c) => c.number === number && c.edition === edition)) {
      return fail('alreadyExists', { detail: `${number} ${edition}` })
    }
    const seen = new Set(held.value.map((c) => c.sha256))
    const frozen = write(session.store, (tx): Outcome<TemplateCard | 'again'> => {
      // One that came while the others were looked at may have the same number: they are looked at again.
      if (templateDocs(tx, seen, 1).length > 0) return ok('again')
      const cleared = before(tx)
      if (!cleared.ok) return cleared
      addTemplate(tx, card.sha256, doc, context.now().toISOString())
      return ok(card)
    })
    if (!frozen.ok) return frozen
    if (frozen.value !== 'again') return ok(frozen.value)
  }
}

/** Cards made before: an issued checklist never changes. */
const knownCards = new WeakMap<Reader, Map<string, TemplateCard>>()

/** So many documents cross into a worker at once. */
const AT_ONCE = 40

/** All issued checklists by number, newest edition first; new ones are read in a worker. Fails with locked when it is meanwhile. */
async function templateCards(context: Context, session: Session): Promise<Outcome<TemplateCard[]>> {
  const { store } = session
  const held = knownCards.get(store) ?? new Map<string, TemplateCard>()
  knownCards.set(store, held)
  const more = () => templateDocs(store, new Set(held.keys()), AT_ONCE)
  for (let docs = more(); docs.length > 0; docs = more()) {
    const made = await context.pool.run('templateCards', { docs })
    if (!made.ok) return made
    for (const card of made.value) held.set(card.sha256, card)
    const current = stillUnlocked(context, session)
    if (!current.ok) return current
  }
  return ok([...held.values()].toSorted(byEdition))
}

function layer(context: Context, db: Reader, { base, addOn }: Args<'template.layer'>): Outcome<Layered> {
  const below = findTemplate(db, base)
  const above = builtInAddOns(context.assets).find((a) => a.sha256 === addOn)
  if (below === null || above === undefined) return fail('notFound')
  return ok(applyLayer(below.template, above.document, (document) => sha256(jcsBytes(document))))
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
