import type { Api, Args } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { ChecklistMapping, OpenedWorkbook } from '../../shared/contract/template-methods.ts'
import type { Exported } from '../../shared/contract/views.ts'
import { blankContent, parseDraft } from '../../shared/checklist/draft.ts'
import { say } from '../../shared/domain/text.ts'
import { write, type Reader } from '../storage/database.ts'
import { findMapping, saveMapping } from '../storage/mapping-store.ts'
import { findTemplate, findTemplateDraft } from '../storage/template-store.ts'
import type { OpenedFile, WorkbookSource } from '../tabular/jobs.ts'
import { builtInTemplates } from './built-in.ts'
import { asJob, dialogWords, languageOf, stillUnlocked, unlocked, type Context, type FileFilter } from './context.ts'
import { openDesk, openLeadDesk } from './desk.ts'
import type { Session } from './session.ts'
import { sheetView } from './sheet.ts'
import { fileName } from './small-file.ts'
import { mayLook, readTeamState } from './team-work.ts'
import { addTemplateDraft } from './template.ts'

type WorkbookApi = Pick<Api, Extract<keyof Api, `workbook.${string}`>>
type Format = 'xlsx' | 'csv'
const FILTERS: Record<Format, FileFilter> = {
  xlsx: { name: 'Excel', extensions: ['xlsx'] },
  csv: { name: 'CSV', extensions: ['csv'] },
}

/** Checklists and scores as spreadsheets. */
export function workbookApi(context: Context): WorkbookApi {
  return {
    'workbook.open': async ({ job }) => {
      const session = unlocked(context)
      return session.ok ? await open(context, session.value, job) : session
    },
    'workbook.preview': async (args) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const made = await importOf(context, session.value, args)
      return made.ok ? ok(made.value.preview) : made
    },
    'workbook.accept': async (args) => {
      const session = unlocked(context)
      return session.ok ? await accept(context, session.value, args) : session
    },
    'workbook.dismiss': async ({ token }) => {
      const { current } = context.session
      if (context.tokens.find(current, 'workbook', token) !== null) context.tokens.forget(token)
      return ok(null)
    },
    'workbook.exportTemplate': async (args) => {
      const session = unlocked(context)
      return session.ok ? await exportTemplate(context, session.value, args) : session
    },
    'workbook.exportSheet': async ({ taskId, job }) => {
      const desk = openDesk(context, taskId)
      if (!desk.ok) return desk
      const { member, template, stored } = desk.value
      if (member === null) return fail('notPermitted')
      const { answers, sections, nonconformities, revision, sheetState } = sheetView(desk.value)
      const isSealed = sheetState === 'sealed'
      const own = { task: stored.task, template, member, answers, sections, nonconformities, revision, isSealed }
      const name = fileName([dialogWords(context)('name_scores'), stored.task.number, member.name], 'xlsx')
      const source = { kind: 'sheet' as const, sheet: own, language: languageOf(context) }
      return await save(context, source, 'xlsx', name, job)
    },
    'workbook.exportTeam': async ({ taskId, job }) => {
      const desk = openLeadDesk(context, taskId)
      if (!desk.ok) return desk
      if (!mayLook(desk.value)) return fail('ownSheetFirst')
      const { stored, template } = desk.value
      const { sheets, inputs, outcome } = readTeamState(desk.value)
      const counted = sheets.map((s) => s.sheet).filter((s) => outcome.counted.includes(s.expert.personId))
      const team = { task: stored.task, template, sheets: counted, inputs, outcome }
      const name = fileName([dialogWords(context)('name_merged'), stored.task.number], 'xlsx')
      return await save(context, { kind: 'team', team, language: languageOf(context) }, 'xlsx', name, job)
    },
  }
}

async function open(context: Context, session: Session, job: string): Promise<Outcome<OpenedWorkbook | null>> {
  const paths = await context.dialogs.open({
    title: dialogWords(context)('importChecklist'),
    filters: [{ name: 'Excel, CSV', extensions: ['xlsx', 'xlsm', 'csv', 'tsv', 'txt'] }],
    many: false,
  })
  const path = paths?.[0]
  if (path === undefined) return ok(null)
  const read = await asJob(context, job, (signal, onProgress) =>
    context.pool.run('openWorkbook', { path }, { signal, onProgress }),
  )
  if (!read.ok) return read
  const current = stillUnlocked(context, session)
  if (!current.ok) return current
  const file = read.value
  const remembered = rememberedMapping(session.store, file)
  const token = context.tokens.put(session, { kind: 'workbook', file })
  return ok({ ...file.view, token, guess: remembered ?? file.view.guess, isRemembered: remembered !== null })
}

/** The mapping of the last file with such a head, moved to where the head stands in this one. */
function rememberedMapping(db: Reader, { view, heads }: OpenedFile): ChecklistMapping | null {
  for (const { sheet, headRow, firstRow, head } of heads) {
    const known = findMapping(db, head)
    if (known === null) continue
    const { number, title, category } = view.guess ?? { ...known, number: '', title: '' }
    return { ...known, sheet, headRow, firstRow, lastRow: null, number, title, category }
  }
  return null
}

async function importOf(context: Context, session: Session, { token, mapping, job }: Args<'workbook.preview'>) {
  const held = context.tokens.find(session, 'workbook', token)
  if (held === null) return fail('notFound')
  const category = mapping?.category ?? 'industry'
  const model = builtInTemplates(context.assets).find((b) => b.document.category === category)
  if (model === undefined) return fail('notFound')
  const { book, view } = held.file
  const request = { book, kind: view.kind, mapping, base: blankContent(model.document) }
  return await asJob(context, job, async (signal, onProgress) => {
    const made = await context.pool.run('importWorkbook', request, { signal, onProgress })
    // A small table may be read before its worker hears of the cancel; nothing has been kept yet.
    return signal.aborted ? fail('cancelled') : made
  })
}

/** Makes the draft and remembers how the table was read. Fails with invalid when even a draft cannot hold the content. */
async function accept(context: Context, session: Session, args: Args<'workbook.accept'>) {
  const { token, mapping } = args
  const made = await importOf(context, session, args)
  if (!made.ok) return made
  const current = stillUnlocked(context, session)
  if (!current.ok) return current
  const { preview, head } = made.value
  const parsed = parseDraft(preview.content)
  if (!parsed.ok) return fail('invalid', { problems: parsed.problems })
  const draft = await addTemplateDraft(context, session.store, preview.content)
  if (!draft.ok) return draft
  if (head !== null && mapping !== null) {
    const at = context.now().toISOString()
    const saved = write(session.store, (tx) => ok(saveMapping(tx, head, mapping, at)))
    if (!saved.ok) return saved
  }
  context.tokens.forget(token)
  return draft
}

async function exportTemplate(
  context: Context,
  { store }: Session,
  { source, format, job }: Args<'workbook.exportTemplate'>,
): Promise<Outcome<Exported | null>> {
  const template =
    'sha256' in source
      ? findTemplate(store, source.sha256)?.template
      : findTemplateDraft(store, source.draftId)?.content
  if (template === undefined) return fail('notFound')
  const written: Format = format === 'csv' ? 'csv' : 'xlsx'
  const language = languageOf(context)
  const kind = dialogWords(context)(format === 'form' ? 'name_form' : 'name_checklist')
  const name = fileName([kind, template.number || say(template.title, language)], written)
  const made = { xlsx: 'template', csv: 'items', form: 'form' } as const
  return await save(context, { kind: made[format], template, language }, written, name, job)
}

/** Asks where, then makes and writes it in a worker and reads back; null when the person closed the dialog. */
async function save(
  context: Context,
  source: WorkbookSource,
  format: Format,
  name: string,
  job: string,
): Promise<Outcome<Exported | null>> {
  const target = await context.dialogs.save({
    title: dialogWords(context)('exportTable'),
    filters: [FILTERS[format]],
    name,
  })
  if (target === null) return ok(null)
  const json = JSON.stringify(source)
  return await asJob(context, job, async (signal, onProgress) => {
    const written = await context.pool.run('writeWorkbook', { json, format, target }, { signal, onProgress })
    if (!written.ok) return written
    const exportedAt = context.now().toISOString()
    const { size, isVerified } = written.value
    return ok({ path: target, exportedAt, verifiedAt: isVerified ? exportedAt : null, size })
  })
}
