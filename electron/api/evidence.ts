import type { Api, Ingested } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { MediaView } from '../../shared/contract/views.ts'
import type { Media } from '../../shared/domain/sheet.ts'
import { templateItems } from '../../shared/domain/template.ts'
import type { IngestRequest, IngestedFile } from '../storage/evidence-files.ts'
import { destroyWithdrawn } from '../storage/evidence-files.ts'
import { write } from '../storage/database.ts'
import {
  addMedia,
  discardMedia,
  findMedia,
  mediaDocument,
  mediaView,
  updateMedia,
  withdrawMedia,
  type StoredMedia,
} from '../storage/evidence-store.ts'
import { fileFailure } from '../storage/files.ts'
import { openSheetWork } from '../storage/sheet-store.ts'
import { fileByCode, unfile } from './code-filing.ts'
import { asJob, dialogWords, type Context } from './context.ts'
import { openSheetDesk, type Desk } from './desk.ts'

type EvidenceApi = Pick<Api, Extract<keyof Api, `evidence.${string}`>>
type Source = Pick<IngestRequest, 'source' | 'name'>
type Progress = (phase: string, done: number, total: number | null) => void

const AT_ONCE = 200
const KINDS = ['jpg', 'jpeg', 'png', 'webp', 'heic', 'heif', 'pdf', 'mp4', 'm4a']

/** Evidence: take in, say what it shows, set aside, withdraw. */
export function evidenceApi(context: Context): EvidenceApi {
  return {
    'evidence.choose': async ({ taskId, items, job }) => {
      const desk = openSheetDesk(context, taskId)
      if (!desk.ok) return desk
      const filters = [{ name: dialogWords(context)('evidenceFiles'), extensions: KINDS }]
      const unknown = unknownItems(desk.value, items)
      if (!unknown.ok) return unknown
      const paths = await context.dialogs.open({ title: dialogWords(context)('addEvidence'), filters, many: true })
      if (paths === null) return ok(null)
      if (paths.length > AT_ONCE) return fail('tooManyFiles', { detail: String(AT_ONCE) })
      const sources = paths.map((path) => ({ source: { path }, name: '' }))
      return await asJob(context, job, (signal, progress) =>
        ingestAll(context, desk.value, sources, items, 'files', signal, progress),
      )
    },
    'evidence.add': async ({ taskId, items, road, files, job }) => {
      const desk = openSheetDesk(context, taskId)
      if (!desk.ok) return desk
      const unknown = unknownItems(desk.value, items)
      if (!unknown.ok) return unknown
      const sources = files.map(({ name, bytes, fileAt }) => ({ source: { bytes, fileAt }, name }))
      return await asJob(context, job, (signal, progress) =>
        ingestAll(context, desk.value, sources, items, road, signal, progress),
      )
    },
    'evidence.update': async ({ taskId, sha256, caption, items, inReport }) =>
      change(context, taskId, (tx, desk) => {
        const unknown = unknownItems(desk, items)
        return unknown.ok ? updateMedia(tx, desk.stamp(), taskId, sha256, { caption, items, inReport }) : unknown
      }),
    'evidence.fileByCode': async (args) => await fileByCode(context, args),
    'evidence.unfile': async (args) => unfile(context, args),
    'evidence.discard': async ({ taskId, sha256, discarded }) =>
      change(context, taskId, (tx, desk) => discardMedia(tx, desk.stamp(), taskId, sha256, discarded)),
    'evidence.withdraw': async ({ taskId, sha256, reason }) => {
      const desk = openSheetDesk(context, taskId)
      if (!desk.ok) return desk
      if (reason.trim() === '')
        return fail('invalid', { problems: [{ path: 'reason', code: 'required', message: '' }] })
      const { store, paths } = desk.value.session
      const withdrawn = write(store, (tx) => withdrawMedia(tx, desk.value.stamp(), taskId, sha256, reason))
      if (!withdrawn.ok) return withdrawn
      try {
        destroyWithdrawn(store, paths)
        return withdrawn
      } catch (error) {
        // The row is gone and the bytes are not: said now, and tried again whenever the identity is unlocked.
        return fileFailure(error)
      }
    },
  }
}

function unknownItems({ template }: Desk, items: readonly string[]): Outcome<null> {
  const known = new Set(templateItems(template).map((i) => i.id))
  const problems = items.filter((i) => !known.has(i)).map((i) => ({ path: 'items', code: 'unknownItem', message: i }))
  return problems.length === 0 ? ok(null) : fail('invalid', { problems })
}

function change(
  context: Context,
  taskId: string,
  apply: (tx: Parameters<typeof updateMedia>[0], desk: Desk) => Outcome<StoredMedia>,
): Outcome<MediaView> {
  const desk = openSheetDesk(context, taskId)
  if (!desk.ok) return desk
  const changed = write(desk.value.session.store, (tx) => apply(tx, desk.value))
  return changed.ok ? ok(mediaView(changed.value)) : changed
}

/** Takes files in one after another; each is durable and committed before the next, so a cancel keeps what came in so far. */
async function ingestAll(
  context: Context,
  desk: Desk,
  sources: readonly Source[],
  items: readonly string[],
  road: Media['road'],
  signal: AbortSignal,
  progress: Progress,
): Promise<Outcome<Ingested>> {
  const open = openSheetWork(desk.session.store, desk.stored.task.taskId)
  if (!open.ok) return open
  const result: Ingested = { added: [], known: [], refused: [] }
  const refusesPictures = road !== 'camera' && !desk.stored.task.rules.importPhotos
  for (const [n, { source, name }] of sources.entries()) {
    progress('ingest', n, sources.length)
    const request = { source, name, refusesPictures, places: desk.session.paths }
    const taken = await context.pool.run('ingest', request, { signal })
    if (!taken.ok && taken.failure.code === 'cancelled') break
    const shown = name === '' && 'path' in source ? (source.path.split(/[\\/]/).at(-1) ?? '') : name
    if (!taken.ok) result.refused.push({ name: shown, code: refusalCode(taken.failure.code) })
    else keep(desk, taken.value, items, road, result, shown)
  }
  progress('ingest', sources.length, sources.length)
  return ok(result)
}

function keep(
  desk: Desk,
  file: IngestedFile,
  items: readonly string[],
  road: Media['road'],
  result: Ingested,
  shown: string,
): void {
  const { session, stored } = desk
  const { taskId } = stored.task
  const stamp = desk.stamp()
  const held = findMedia(session.store, taskId, file.sha256)
  const gps = stored.task.rules.gps === 'off' ? null : file.gps
  const media: StoredMedia = {
    ...file,
    gps,
    importedAt: stamp.at,
    road,
    caption: '',
    items: [...items],
    inReport: false,
    derivedFrom: null,
    discardedAt: null,
  }
  const saved = write(session.store, (tx) => {
    if (held === null) return addMedia(tx, stamp, taskId, media)
    const { caption, inReport } = mediaDocument(held)
    const more = updateMedia(tx, stamp, taskId, file.sha256, {
      caption,
      inReport,
      items: [...new Set([...held.items, ...items])],
    })
    const back = more.ok && held.discardedAt !== null ? discardMedia(tx, stamp, taskId, file.sha256, false) : more
    return back.ok ? ok(null) : back
  })
  const now = findMedia(session.store, taskId, file.sha256)
  if (!saved.ok || now === null)
    result.refused.push({ name: shown, code: refusalCode(saved.ok ? 'storageFailed' : saved.failure.code) })
  else (held === null ? result.added : result.known).push(mediaView(now))
}

const REFUSALS = [
  'unsupportedFile',
  'importNotAllowed',
  'damagedFile',
  'fileTooLarge',
  'diskFull',
  'fileMissing',
] as const
function refusalCode(code: string): Ingested['refused'][number]['code'] {
  return REFUSALS.find((known) => known === code) ?? 'storageFailed'
}
