import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Api, Args } from '../../shared/contract/api.ts'
import { phrase, type Phrase } from '../../shared/contract/document-methods.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { Exported } from '../../shared/contract/views.ts'
import { buildDocument, buildPack, kindsFor, readiness } from '../../shared/report/documents/build.ts'
import { documentWordsOf, type DocumentInput } from '../../shared/report/documents/context.ts'
import type { ReportModel } from '../../shared/report/model.ts'
import { NO_OWN_WORDS, ownWords, withOwnWords, type OwnWords } from '../../shared/report/template.ts'
import { copyOut } from '../exchange/copy-out.ts'
import { sha256 } from '../exchange/crypto.ts'
import { reportTemplateOf } from '../report/report-templates.ts'
import { write, type Reader } from '../storage/database.ts'
import { makeFolder } from '../storage/files.ts'
import { readMeta, writeMeta } from '../storage/meta-store.ts'
import { listMedia, mediaDocument } from '../storage/evidence-store.ts'
import { usedReportTemplate } from '../storage/report-template-store.ts'
import { readSheetParts, readSheetWork } from '../storage/sheet-store.ts'
import { asJob, dialogWords, stillUnlocked, unlocked, type Context } from './context.ts'
import { openDesk, type Desk } from './desk.ts'
import { materialNow } from './report-material.ts'
import { fileName } from './small-file.ts'
import { contentHash, mayLook, readSheetsAhead } from './team-work.ts'

type DocumentApi = Pick<Api, Extract<keyof Api, `document.${string}` | `phrase.${string}`>>
type Wanted = Args<'document.models'>

const MOST_PHRASES = 500
const ALL_ITEMS: Wanted['pocket'] = { sections: null, ownPages: false, hints: true }

/** Papers beside the report, and the phrases a person keeps. */
export function documentApi(context: Context): DocumentApi {
  return {
    'document.list': async ({ taskId }) => {
      const input = await inputFor(context, { taskId, language: 'zh', pocket: ALL_ITEMS }, true)
      return input.ok ? ok(readiness(input.value)) : input
    },
    'document.models': async (wanted) => await modelsOf(context, wanted),
    'document.export': async ({ job, ...wanted }) => await exportDocument(context, wanted, job),
    'document.words': async () => {
      const session = unlocked(context)
      return session.ok ? ok(wordsIn(session.value.store)) : session
    },
    'document.saveWords': async ({ words }) => keep(context, 'documentWords', words),
    'phrase.list': async () => {
      const session = unlocked(context)
      return session.ok ? ok(phrasesIn(session.value.store)) : session
    },
    'phrase.save': async ({ phrase: one }) =>
      changePhrases(context, (held) =>
        held.some((p) => p.id === one.id) ? held.map((p) => (p.id === one.id ? one : p)) : [one, ...held],
      ),
    'phrase.remove': async ({ id }) => changePhrases(context, (held) => held.filter((p) => p.id !== id)),
  }
}

const wordsIn = (db: Reader): OwnWords => {
  const held = readMeta(db, 'documentWords')
  return held === null ? NO_OWN_WORDS : ownWords.parse(JSON.parse(held))
}

const phrasesIn = (db: Reader): Phrase[] => phrase.array().parse(JSON.parse(readMeta(db, 'phrases') ?? '[]'))

function keep(context: Context, key: 'documentWords' | 'phrases', value: unknown): Outcome<{ savedAt: string }> {
  const session = unlocked(context)
  if (!session.ok) return session
  return write(session.value.store, (tx) => {
    writeMeta(tx, key, JSON.stringify(value))
    return ok({ savedAt: context.now().toISOString() })
  })
}

/** Newest first. Fails with invalid when there are more than a person can look through. */
function changePhrases(context: Context, change: (held: Phrase[]) => Phrase[]): Outcome<Phrase[]> {
  const session = unlocked(context)
  if (!session.ok) return session
  const phrases = change(phrasesIn(session.value.store))
  if (phrases.length > MOST_PHRASES) {
    return fail('invalid', { problems: [{ path: 'text', code: 'tooMany', message: String(MOST_PHRASES) }] })
  }
  const kept = keep(context, 'phrases', phrases)
  return kept.ok ? ok(phrases) : kept
}

/**
 * Without `withTeam` only what is one's own. Fails as `openDesk` does, and with notPermitted for somebody outside the team. What it
 * answers is drawn up in a turn of its own.
 */
async function inputFor(
  context: Context,
  { taskId, language, pocket }: Pick<Wanted, 'taskId' | 'language' | 'pocket'>,
  withTeam: boolean,
): Promise<Outcome<DocumentInput & { desk: Desk }>> {
  const found = openDesk(context, taskId)
  if (!found.ok) return found
  if (withTeam && found.value.isLead) await readSheetsAhead(context, found.value)
  const opened = openDesk(context, taskId)
  if (!opened.ok) return opened
  const desk = opened.value
  const { session, stored, template, member } = desk
  if (member === null) return fail('notPermitted')
  const { nonconformities, meetings } = readSheetParts(session.store, taskId)
  const { category } = stored.task
  const words = usedReportTemplate(session.store, category)?.template ?? reportTemplateOf(context.assets, category)
  const input = {
    desk,
    task: stored.task,
    template,
    words: withOwnWords(words, wordsIn(session.store)),
    language,
    me: member,
    visit: withTeam && desk.isLead && mayLook(desk) ? visitOf(context, desk) : null,
    own: {
      nonconformities,
      meetings,
      media: listMedia(session.store, taskId).map(mediaDocument),
      acceptedAt: readSheetWork(session.store, taskId)?.declaration?.acceptedAt ?? null,
    },
    pocket,
    hash: sha256,
  }
  await setImmediate()
  const still = stillUnlocked(context, session)
  return still.ok ? ok(input) : still
}

function visitOf(context: Context, desk: Desk): DocumentInput['visit'] {
  const { result, sheets, isIssued } = materialNow(context, desk)
  return { result, sheets, contentSha256: isIssued ? contentHash(result) : '', isIssued }
}

/** Fails with notPermitted (not this person's document), ownSheetFirst, or notFound when there is nothing to print. */
async function modelsOf(context: Context, wanted: Wanted): Promise<Outcome<ReportModel[]>> {
  const { document } = wanted
  const input = await inputFor(context, wanted, document !== 'pocket')
  if (!input.ok) return input
  if (document === 'pack') return input.value.desk.isLead ? ok(buildPack(input.value)) : fail('notPermitted')
  if (!kindsFor(input.value).includes(document)) return fail('notPermitted')
  const model = buildDocument(document, input.value)
  if (model !== null) return ok([model])
  const isTeams = document !== 'pocket' && input.value.desk.isLead
  return fail(isTeams && input.value.visit === null ? 'ownSheetFirst' : 'notFound')
}

/** Asks where, draws in a worker, writes durably and reads back. Never over an existing file. Null when the dialog was closed. */
async function exportDocument(context: Context, wanted: Wanted, job: string): Promise<Outcome<Exported | null>> {
  const desk = openDesk(context, wanted.taskId)
  if (!desk.ok) return desk
  const models = await modelsOf(context, wanted)
  if (!models.ok) return models
  const title = titleOf(wanted)
  const isPersonal = wanted.document === 'pocket' || (wanted.document === 'declaration' && !desk.value.isLead)
  const { task } = desk.value.stored
  const name = fileName([title, task.reportNumber, ...(isPersonal ? [desk.value.me.name] : [])], 'pdf')
  const target = await context.dialogs.save({
    title: dialogWords(context)('exportDocument'),
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
    name,
  })
  if (target === null) return ok(null)
  if (existsSync(target)) return fail('fileExists', { detail: target })
  const session = stillUnlocked(context, desk.value.session)
  if (!session.ok) return session
  const { paths } = session.value
  return await asJob(context, job, async (signal, onProgress) => {
    const [model, ...further] = models.value
    if (model === undefined) return fail('notFound')
    makeFolder(paths.mediaTmp)
    const draft = join(paths.mediaTmp, `${randomUUID()}.pdf`)
    const drawing = {
      model,
      further,
      title: `${title} ${task.reportNumber}`,
      fontsDir: join(context.assets, 'fonts'),
      media: paths.media,
      cacheDir: paths.print,
      target: draft,
    }
    try {
      const drawn = await context.pool.run('renderReport', drawing, { signal, onProgress })
      if (!drawn.ok) return drawn
      const copied = await copyOut(draft, target, drawn.value.sha256, { signal })
      const at = context.now().toISOString()
      return copied.ok ? ok({ path: target, exportedAt: at, verifiedAt: at, size: copied.value }) : copied
    } finally {
      rmSync(draft, { force: true })
    }
  })
}

/** In the paper's own language: it also stands in the file. */
const titleOf = ({ document, language }: Wanted): string => {
  const words = documentWordsOf(language)
  return document === 'pack' ? words.pack : words.titles[document]
}
