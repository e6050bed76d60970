import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { MediaView } from '../../shared/contract/views.ts'
import type { Media, Sheet } from '../../shared/domain/sheet.ts'
import {
  columnList,
  flag,
  fromRow,
  integer,
  integerOrNull,
  json,
  putRow,
  word,
  wordOrNull,
  type Columns,
} from './columns.ts'
import type { Reader, SqlRow, Writer } from './database.ts'
import { record, type Stamp } from './log-store.ts'
import { readSheetWork } from './sheet-store.ts'

/** A picture or file of a task. `crc32` unsigned, for the package; `preview` = a picture can be shown; `discardedAt` null = in use. */
export type StoredMedia = Media & { crc32: number; preview: boolean; discardedAt: string | null }

const MEDIA = {
  sha256: word(),
  ext: word(),
  size: integer,
  width: integerOrNull,
  height: integerOrNull,
  exifAt: wordOrNull(),
  exifOffset: wordOrNull(),
  fileAt: wordOrNull(),
  importedAt: word(),
  road: word(),
  device: word(),
  gps: json(),
  caption: word(),
  items: json(),
  name: word(),
  inReport: flag,
  derivedFrom: wordOrNull(),
} satisfies Columns<Media>

const STORED = {
  ...MEDIA,
  crc32: integer,
  preview: flag,
  discardedAt: wordOrNull(),
} satisfies Columns<StoredMedia>

/** A task's evidence with what was discarded, by sha256. */
export function listMedia(db: Reader, taskId: string): StoredMedia[] {
  return db
    .all<SqlRow>(`SELECT ${columnList(STORED)} FROM media WHERE taskId = ? ORDER BY sha256`, [taskId])
    .map((row) => fromRow<StoredMedia>(STORED, row))
}

/** Evidence of a task, also when it is put aside; null when the task does not hold it. */
export function findMedia(db: Reader, taskId: string, sha256: string): StoredMedia | null {
  const row = db.get<SqlRow>(`SELECT ${columnList(STORED)} FROM media WHERE taskId = ? AND sha256 = ?`, [
    taskId,
    sha256,
  ])
  return row === undefined ? null : fromRow<StoredMedia>(STORED, row)
}

/** The document's part of a row. */
export function mediaDocument(stored: StoredMedia): Media {
  const { crc32: _crc32, preview: _preview, discardedAt: _discardedAt, ...document } = stored
  return document
}

/** What the window is shown of a row. */
export const mediaView = (stored: StoredMedia): MediaView => ({
  ...mediaDocument(stored),
  preview: stored.preview,
  discardedAt: stored.discardedAt,
})

/** Commits evidence whose file is durable already. Fails with sealed, alreadyExists (this task holds it), notPermitted (it was withdrawn). */
export function addMedia(tx: Writer, stamp: Stamp, taskId: string, media: StoredMedia): Outcome<null> {
  if (readSheetWork(tx, taskId)?.state === 'sealed') return fail('sealed')
  if (findMedia(tx, taskId, media.sha256) !== null) return fail('alreadyExists')
  if (listWithdrawn(tx, taskId).some((w) => w.sha256 === media.sha256)) return fail('notPermitted')
  putRow<StoredMedia>(tx, 'media', STORED, { taskId }, media)
  record(tx, stamp, { taskId, action: 'mediaAdded', object: media.sha256, before: null, after: mediaDocument(media) })
  return ok(null)
}

/** Changes what a person says of a picture; never what the file says. Fails with notFound or sealed. */
export function updateMedia(
  tx: Writer,
  stamp: Stamp,
  taskId: string,
  sha256: string,
  said: Pick<Media, 'caption' | 'items' | 'inReport'>,
): Outcome<StoredMedia> {
  return changeMedia(tx, stamp, taskId, sha256, 'mediaChanged', (media) => ({ ...media, ...said }))
}

/** Takes a picture out of the sheet (`discardedAt` = stamp's time) or back in. Fails with notFound or sealed. */
export function discardMedia(
  tx: Writer,
  stamp: Stamp,
  taskId: string,
  sha256: string,
  isDiscarded: boolean,
): Outcome<StoredMedia> {
  return changeMedia(tx, stamp, taskId, sha256, isDiscarded ? 'mediaDiscarded' : 'mediaRestored', (media) => ({
    ...media,
    discardedAt: isDiscarded ? stamp.at : null,
  }))
}

function changeMedia(
  tx: Writer,
  stamp: Stamp,
  taskId: string,
  sha256: string,
  action: 'mediaChanged' | 'mediaDiscarded' | 'mediaRestored',
  change: (media: StoredMedia) => StoredMedia,
): Outcome<StoredMedia> {
  if (readSheetWork(tx, taskId)?.state === 'sealed') return fail('sealed')
  const before = findMedia(tx, taskId, sha256)
  if (before === null) return fail('notFound')
  const after = change(before)
  putRow<StoredMedia>(tx, 'media', STORED, { taskId }, after)
  record(tx, stamp, { taskId, action, object: sha256, before: mediaDocument(before), after: mediaDocument(after) })
  return ok(after)
}

/**
 * 企业要求撤回: drops the row for good and keeps hash and reason, also for a sealed sheet. Commit it, then destroy the bytes
 * (`destroyWithdrawn`). Fails with notFound.
 */
export function withdrawMedia(tx: Writer, stamp: Stamp, taskId: string, sha256: string, reason: string): Outcome<null> {
  if (tx.run('DELETE FROM media WHERE taskId = ? AND sha256 = ?', [taskId, sha256]) === 0) return fail('notFound')
  tx.run('INSERT OR REPLACE INTO withdrawn (taskId, sha256, reason, at) VALUES (?, ?, ?, ?)', [
    taskId,
    sha256,
    reason,
    stamp.at,
  ])
  record(tx, stamp, { taskId, action: 'mediaWithdrawn', object: sha256, before: { sha256 }, after: { reason } })
  return ok(null)
}

/** What was withdrawn from a task, by sha256. */
export function listWithdrawn(db: Reader, taskId: string): Sheet['withdrawn'] {
  return db.all<Sheet['withdrawn'][number]>(
    'SELECT sha256, reason, at FROM withdrawn WHERE taskId = ? ORDER BY sha256',
    [taskId],
  )
}

/** Drops rows of pictures discarded before `before`; their files become orphans the sweeper removes. Answers how many. */
export function purgeDiscarded(tx: Writer, before: string): number {
  return tx.run('DELETE FROM media WHERE discardedAt IS NOT NULL AND discardedAt < ?', [before])
}

/** Every file the database needs, by hash: evidence rows and packages' files, without what was withdrawn. */
export function neededFiles(db: Reader): string[] {
  return db
    .all<{ sha256: string }>(
      `SELECT sha256 FROM media
       UNION SELECT sha256 FROM package_entry WHERE bytes IS NULL AND sha256 NOT IN (SELECT sha256 FROM withdrawn)
       ORDER BY sha256`,
    )
    .map((row) => row.sha256)
}

/** Withdrawn hashes no other task's evidence still needs: these bytes must not exist any more. By hash. */
export function destroyedFiles(db: Reader): string[] {
  return db
    .all<{ sha256: string }>(
      'SELECT DISTINCT sha256 FROM withdrawn WHERE sha256 NOT IN (SELECT sha256 FROM media) ORDER BY sha256',
    )
    .map((row) => row.sha256)
}
