import { randomUUID } from 'node:crypto'
import type { Api, Args } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { ReportTemplateCard } from '../../shared/contract/report-template-methods.ts'
import type { Exported } from '../../shared/contract/views.ts'
import { CATEGORIES } from '../../shared/domain/template.ts'
import { parseReportTemplate, type Logo, type ReportTemplate } from '../../shared/report/template.ts'
import { speaker } from '../../shared/text/catalogue.ts'
import { dialogs } from '../../shared/text/dialogs.ts'
import { readTemplate, storedTemplate } from '../report/enclosed-template.ts'
import { reportTemplateOf } from '../report/report-templates.ts'
import { write, type Reader, type Writer } from '../storage/database.ts'
import {
  addReportTemplate,
  findReportTemplate,
  findReportTemplateDraft,
  findReportTemplateEdition,
  listReportTemplateDrafts,
  listReportTemplates,
  removeReportTemplate,
  removeReportTemplateDraft,
  saveReportTemplateDraft,
  usedReportTemplate,
  useReportTemplate,
} from '../storage/report-template-store.ts'
import { builtInTemplates } from './built-in.ts'
import { dialogWords, stillUnlocked, unlocked, type Context } from './context.ts'
import type { Session } from './session.ts'
import { fileName, openSmallFile, saveSmallFile } from './small-file.ts'

type ReportTemplateApi = Pick<Api, Extract<keyof Api, `reportTemplate.${string}`>>

/** Report templates of one's own: what reports of a category look like and say by themselves. */
export function reportTemplateApi(context: Context): ReportTemplateApi {
  const run = <T>(work: (session: Session) => Outcome<T>): Outcome<T> => {
    const session = unlocked(context)
    return session.ok ? work(session.value) : session
  }
  return {
    'reportTemplate.list': async () => run(({ store }) => ok(cards(context, store))),
    'reportTemplate.create': async ({ from }) => run(({ store }) => create(context, store, from)),
    'reportTemplate.draft': async ({ id }) => run(({ store }) => openDraft(store, id)),
    'reportTemplate.saveDraft': async ({ draft }) =>
      run(({ store }) => {
        const updatedAt = context.now().toISOString()
        return write(store, (tx) => {
          // Removed meanwhile: what a window saves late must not bring it back.
          if (draftOf(tx, draft.id) === null && newestOf(tx, draft.id) === null) return fail('stale')
          saveReportTemplateDraft(tx, { template: draft, updatedAt })
          return ok({ savedAt: updatedAt })
        })
      }),
    'reportTemplate.issue': async ({ id }) => run(({ store }) => issue(context, store, id)),
    'reportTemplate.use': async ({ category, sha256: hash }) =>
      run(({ store }) =>
        write(store, (tx) => {
          const found = hash === null ? null : findReportTemplate(tx, hash)
          if (hash !== null && found?.template.category !== category) return fail('notFound')
          useReportTemplate(tx, category, hash)
          return ok(null)
        }),
      ),
    'reportTemplate.remove': async ({ id }) =>
      run(({ store }) =>
        write(store, (tx) => {
          removeReportTemplate(tx, id)
          return ok(null)
        }),
      ),
    'reportTemplate.logo': async () => await chooseLogo(context),
    'reportTemplate.preview': async (wanted) => {
      const { category } = wanted.draft
      const checklist = builtInTemplates(context.assets).find((t) => t.document.category === category)?.document
      if (checklist === undefined) throw new Error(`no checklist for ${category}`)
      return await context.pool.run('specimenReport', { ...wanted, checklist })
    },
    'reportTemplate.export': async ({ sha256: hash }) => await exportTemplate(context, hash),
    'reportTemplate.import': async () => await importTemplate(context),
  }
}

function openDraft(db: Reader, id: string): Outcome<{ draft: ReportTemplate; isChanged: boolean }> {
  const draft = draftOf(db, id)
  const shown = draft ?? newestOf(db, id)
  return shown === null ? fail('notFound') : ok({ draft: shown, isChanged: draft !== null })
}

const draftOf = (db: Reader, id: string): ReportTemplate | null => findReportTemplateDraft(db, id)?.template ?? null

const newestOf = (db: Reader, id: string): ReportTemplate | null =>
  findReportTemplateEdition(db, id, null)?.template ?? null

function cards(context: Context, store: Reader): ReportTemplateCard[] {
  const used = new Map(CATEGORIES.map((c) => [c, usedReportTemplate(store, c)?.sha256]))
  const hashes = new Set(used.values())
  const editions = listReportTemplates(store)
  const drafts = listReportTemplateDrafts(store)
  const builtIn = CATEGORIES.map((category): ReportTemplateCard => {
    const { id, name } = reportTemplateOf(context.assets, category)
    const isUsed = used.get(category) === undefined
    return { id, name, category, isBuiltIn: true, isUsed, draftAt: null, editions: [] }
  })
  const ids = [...new Set([...drafts, ...editions].map((e) => e.template.id))]
  const own = ids.flatMap((id): ReportTemplateCard[] => {
    const draft = drafts.find((d) => d.template.id === id)
    const frozen = editions
      .filter((e) => e.template.id === id)
      .map(({ sha256: hash, savedAt, template }) => ({ sha256: hash, savedAt, template, isUsed: hashes.has(hash) }))
    const shown = draft?.template ?? frozen[0]?.template
    if (shown === undefined) return []
    return [
      {
        id,
        name: shown.name,
        category: shown.category,
        isBuiltIn: false,
        isUsed: frozen.some((e) => e.isUsed),
        draftAt: draft?.updatedAt ?? null,
        editions: frozen.map(({ template: { edition }, ...one }) => ({ ...one, edition })),
      },
    ]
  })
  return [...builtIn, ...own]
}

const newId = (): string => `rt-${randomUUID().slice(0, 8)}${randomUUID().slice(0, 4)}`

function create(
  context: Context,
  store: Session['store'],
  from: Args<'reportTemplate.create'>['from'],
): Outcome<{ id: string }> {
  const source =
    'category' in from
      ? reportTemplateOf(context.assets, from.category)
      : findReportTemplate(store, from.sha256)?.template
  if (source === undefined) return fail('notFound')
  const { name } = source
  const inLanguage = (language: 'zh' | 'en') =>
    name[language] === '' ? '' : speaker(dialogs, language)('name_copy', { name: name[language] })
  const copy = { zh: inLanguage('zh'), en: inLanguage('en') }
  return write(store, (tx) => keepDraft(context, tx, { ...source, id: newId(), edition: 1, name: copy }))
}

function keepDraft(context: Context, tx: Writer, template: ReportTemplate): Outcome<{ id: string }> {
  saveReportTemplateDraft(tx, { template, updatedAt: context.now().toISOString() })
  return ok({ id: template.id })
}

/** The next edition of a template; nothing is frozen twice: an unchanged draft becomes no edition. */
function issue(context: Context, store: Session['store'], id: string): Outcome<{ sha256: string; edition: number }> {
  return write(store, (tx) => {
    const draft = draftOf(tx, id)
    if (draft === null) return fail('notFound')
    const template = { ...draft, edition: (newestOf(tx, id)?.edition ?? 0) + 1 }
    const { name } = template
    if (name.zh.trim() === '' && name.en.trim() === '') {
      return fail('invalid', { problems: [{ path: 'name', code: 'required', message: '' }] })
    }
    const parsed = parseReportTemplate(template)
    if (!parsed.ok) return fail('invalid', { problems: parsed.problems })
    const stored = storedTemplate(parsed.value)
    addReportTemplate(tx, { ...stored, savedAt: context.now().toISOString() })
    removeReportTemplateDraft(tx, id)
    return ok({ sha256: stored.sha256, edition: template.edition })
  })
}

async function chooseLogo(context: Context): Promise<Outcome<Logo | null>> {
  const session = unlocked(context)
  if (!session.ok) return session
  const t = dialogWords(context)
  const filters = [{ name: t('pictures'), extensions: ['png', 'jpg', 'jpeg'] }]
  const path = (await context.dialogs.open({ title: t('chooseLogo'), filters, many: false }))?.[0]
  if (path === undefined) return ok(null)
  return await context.pool.run('encodeLogo', { path }, {})
}

async function exportTemplate(context: Context, hash: string): Promise<Outcome<Exported | null>> {
  const session = unlocked(context)
  if (!session.ok) return session
  const found = findReportTemplate(session.value.store, hash)
  if (found === null) return fail('notFound')
  const t = dialogWords(context)
  const { name, edition } = found.template
  const file = fileName([t('name_reportTemplate'), name.zh || name.en, t('name_revision', { n: edition })], 'json')
  return await saveSmallFile(context, t('exportReportTemplate'), file, Buffer.from(found.json))
}

async function importTemplate(context: Context): Promise<Outcome<{ id: string } | null>> {
  const before = unlocked(context)
  if (!before.ok) return before
  const opened = await openSmallFile(context, dialogWords(context)('importReportTemplate'))
  if (opened === null) return ok(null)
  if (!opened.ok) return opened
  const session = stillUnlocked(context, before.value)
  if (!session.ok) return session
  const read = readTemplate(opened.value)
  if (read === null) return fail('unsupportedFile')
  const isOurs = CATEGORIES.some((c) => reportTemplateOf(context.assets, c).id === read.template.id)
  return write(session.value.store, (tx) => {
    const held = findReportTemplateEdition(tx, read.template.id, read.template.edition)
    if (isOurs || (held !== null && held.sha256 !== read.sha256)) {
      return keepDraft(context, tx, { ...read.template, id: newId(), edition: 1 })
    }
    addReportTemplate(tx, { ...read, savedAt: context.now().toISOString() })
    return ok({ id: read.template.id })
  })
}
