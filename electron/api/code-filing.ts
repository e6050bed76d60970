import type { Args, Returns } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { CodeFiling } from '../../shared/contract/views.ts'
import { isPicture, type Meeting } from '../../shared/domain/sheet.ts'
import { assignedItems } from '../../shared/domain/task.ts'
import { templateItems } from '../../shared/domain/template.ts'
import { filingOf, type Filing, type FilingPlaces, type NamedPage } from '../../shared/report/documents/filing.ts'
import type { Language } from '../../shared/report/model.ts'
import { wordsOf } from '../../shared/report/words.ts'
import { speaker } from '../../shared/text/catalogue.ts'
import { documents } from '../../shared/text/documents.ts'
import { evidence } from '../../shared/text/evidence.ts'
import { write, type Reader, type Writer } from '../storage/database.ts'
import { findMedia, mediaView, updateMedia, type StoredMedia } from '../storage/evidence-store.ts'
import { mediaPath } from '../storage/paths.ts'
import { openSheetWork, readSheetParts, saveMeetings } from '../storage/sheet-store.ts'
import { asJob, languageOf, stillUnlocked, type Context } from './context.ts'
import { openSheetDesk, type Desk } from './desk.ts'

/**
 * Files pictures and scans held already by the QR codes in them, one after another: each is committed by itself, so a cancel keeps what was
 * filed so far and answers it. Fails with sealed, notPermitted (not in the team).
 */
export async function fileByCode(
  context: Context,
  { taskId, sha256s, job }: Args<'evidence.fileByCode'>,
): Promise<Outcome<Returns<'evidence.fileByCode'>>> {
  const opened = openSheetDesk(context, taskId)
  if (!opened.ok) return opened
  const desk = opened.value
  const { store, paths } = desk.session
  if (desk.member === null) return fail('notPermitted')
  const work = openSheetWork(store, taskId)
  if (!work.ok) return work
  return await asJob(context, job, async (signal, progress) => {
    const filings: CodeFiling[] = []
    for (const [n, sha256] of sha256s.entries()) {
      progress('codes', n, sha256s.length)
      const wanted = notAside(store, taskId, sha256)
      if (wanted === null) continue
      const path = mediaPath(paths.media, sha256)
      const read =
        isPicture(wanted) || wanted.ext === 'pdf'
          ? await context.pool.run('readCodes', { path }, { signal })
          : fail('unsupportedFile')
      if (!read.ok && read.failure.code === 'cancelled') break
      const still = stillUnlocked(context, desk.session)
      if (!still.ok) return still
      // It may have been changed or taken out while it was read.
      const medium = notAside(store, taskId, sha256)
      if (medium === null) continue
      const before = beforeOf(desk, medium)
      const filing = filingOf(read.ok ? read.value : null, placesOf(desk))
      const filed = filing.why === null ? file(context, desk, medium, filing) : ok(medium)
      if (!filed.ok) return filed
      filings.push({ ...filing, medium: mediaView(filed.value), before })
    }
    progress('codes', sha256s.length, sha256s.length)
    return ok({ filings, meetings: readSheetParts(store, taskId).meetings })
  })
}

function notAside(db: Reader, taskId: string, sha256: string): StoredMedia | null {
  const held = findMedia(db, taskId, sha256)
  return held?.discardedAt === null ? held : null
}

function placesOf({ session, stored, template, member }: Desk): FilingPlaces {
  const { taskId } = stored.task
  return {
    taskId,
    items: new Set(templateItems(template).map((i) => i.id)),
    mine: new Set(member === null ? [] : assignedItems(member, template).map((i) => i.id)),
    meetings: new Set(readSheetParts(session.store, taskId).meetings.map((m) => m.kind)),
  }
}

/** What undoing goes back to. */
const beforeOf = ({ session, stored }: Desk, { sha256, items, caption }: StoredMedia): CodeFiling['before'] => ({
  items,
  caption,
  meetings: readSheetParts(session.store, stored.task.taskId)
    .meetings.filter((m) => m.media.includes(sha256))
    .map((m) => m.kind),
})

function file(context: Context, desk: Desk, medium: StoredMedia, { items, meetings, pages }: Filing) {
  const caption = medium.caption === '' ? captionIn(languageOf(context), pages) : medium.caption
  return change(desk, medium.sha256, (tx, held) => {
    const saved = changeMeetings(tx, desk, (m) =>
      meetings.includes(m.kind) ? [...new Set([...m.media, medium.sha256])] : m.media,
    )
    if (!saved.ok) return saved
    const all = [...new Set([...held.items, ...items])]
    return updateMedia(tx, desk.stamp(), desk.stored.task.taskId, medium.sha256, { ...held, caption, items: all })
  })
}

/** What a scanned page is called; '' for a picture of something else. */
function captionIn(language: Language, pages: readonly NamedPage[]): string {
  const [t, titles] = [speaker(evidence, language), speaker(documents, language)]
  return pages
    .map(({ document, page, pages: all }) => t('scanCaption', { title: titles(`doc_${document}`), page, pages: all }))
    .join(wordsOf(language).joint)
}

/** Takes a picture out of what its codes put it into; a caption they gave it goes too, one a person wrote stays. Fails with notFound or sealed. */
export function unfile(
  context: Context,
  { taskId, sha256, items, meetings, pages }: Args<'evidence.unfile'>,
): Outcome<Returns<'evidence.unfile'>> {
  const opened = openSheetDesk(context, taskId)
  if (!opened.ok) return opened
  const desk = opened.value
  const back = change(desk, sha256, (tx, held) => {
    const saved = changeMeetings(tx, desk, (m) =>
      meetings.includes(m.kind) ? m.media.filter((one) => one !== sha256) : m.media,
    )
    if (!saved.ok) return saved
    const left = held.items.filter((item) => !items.includes(item))
    const isOurs = (['zh', 'en'] as const).some((language) => captionIn(language, pages) === held.caption)
    const caption = isOurs ? '' : held.caption
    return updateMedia(tx, desk.stamp(), taskId, sha256, { ...held, caption, items: left })
  })
  if (!back.ok) return back
  return ok({ medium: mediaView(back.value), meetings: readSheetParts(desk.session.store, taskId).meetings })
}

type Said = Pick<StoredMedia, 'caption' | 'items' | 'inReport'>

function change(desk: Desk, sha256: string, apply: (tx: Writer, held: Said) => Outcome<StoredMedia>) {
  return write(desk.session.store, (tx): Outcome<StoredMedia> => {
    const held = findMedia(tx, desk.stored.task.taskId, sha256)
    if (held === null) return fail('notFound')
    const { caption, items, inReport } = held
    return apply(tx, { caption, items, inReport })
  })
}

/** Records the meetings again when a list of pictures changed. */
function changeMeetings(tx: Writer, desk: Desk, mediaOf: (meeting: Meeting) => string[]): Outcome<null> {
  const { taskId } = desk.stored.task
  const { meetings } = readSheetParts(tx, taskId)
  const after = meetings.map((m) => ({ ...m, media: mediaOf(m) }))
  const isSame = after.every((m, n) => m.media.length === meetings[n]?.media.length)
  return isSame ? ok(null) : saveMeetings(tx, desk.stamp(), taskId, after)
}
