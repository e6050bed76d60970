import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { storageFailure } from './database.ts'
import { destroyedFiles, neededFiles } from './evidence-store.ts'
import { exists, fileFailure, namesIn, syncFolder } from './files.ts'
import type { IdentityFile } from './identities.ts'
import { copyDatabase, openReader } from './open.ts'
import { mediaPath, type IdentityPaths } from './paths.ts'
import { encryptFile } from './sealed-stream.ts'

const DRAFT = /^draft-(\d{8})T\d{6}Z\.ypc$/
/** Copies kept: the newest of all, and the newest of each of the last days that have any. */
const KEEP_NEWEST = 7
const KEEP_DAYS = 7

export type BackupRequest = {
  places: Pick<IdentityPaths, 'database' | 'media' | 'quarantine'>
  /** Chosen by the person; it must exist, so that an unplugged disk is not mistaken for a folder to make. */
  folder: string
  identity: IdentityFile
  pkcs8: Uint8Array
  at: string
}

/** `media` = evidence files in the copy, `missing` = those the machine itself has lost, by hash. */
export type DraftCopy = { path: string; media: number; missing: string[] }

type Run = { signal: AbortSignal; progress: (phase: string, done: number, total: number | null) => void }

/**
 * Writes an encrypted copy of everything a person has: evidence first (each file once), then the database, so a copy never lacks
 * what it names. Fails with fileMissing (the folder is gone), diskFull, notWritable, storageFailed, cancelled; what was there stays.
 */
export async function writeDraftCopy(request: BackupRequest, { signal, progress }: Run): Promise<Outcome<DraftCopy>> {
  const { places, identity, pkcs8, at } = request
  const plain = join(places.quarantine, `draft-${randomUUID()}.db`)
  const onBytes = (): void => progress('draft', 0, null)
  try {
    const folder = copyFolder(request)
    copyDatabase(places.database, plain)
    const { needed, destroyed } = filesOf(plain)
    const target = join(folder, `draft-${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z.ypc`)
    for (const sha256 of destroyed) rmSync(mediaCopyPath(folder, sha256), { force: true })
    const missing: string[] = []
    for (const [i, sha256] of needed.entries()) {
      const source = mediaPath(places.media, sha256)
      if (!exists(source)) missing.push(sha256)
      else if (!exists(mediaCopyPath(folder, sha256))) {
        await encryptFile(source, mediaCopyPath(folder, sha256), { kind: 'media', sha256 }, pkcs8, { signal, onBytes })
      }
      progress('media', i + 1, needed.length)
    }
    await encryptFile(plain, target, { kind: 'draft', at, identity }, pkcs8, { signal, onBytes })
    dropOldCopies(folder)
    return ok({ path: target, media: needed.length - missing.length, missing })
  } catch (error) {
    if (signal.aborted) return fail('cancelled')
    const code = storageFailure(error)
    return code === null ? fileFailure(error) : fail(code)
  } finally {
    rmSync(plain, { force: true })
    rmSync(`${plain}.part`, { force: true })
  }
}

/** The person's draft copies in their folder, newest first; also those of an older name. Empty when the folder is not there. */
export function listDraftCopies(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => DRAFT.test(name))
    .toReversed()
    .map((name) => join(folder, name))
}

/** Where a copied piece of evidence lies beside the draft copies. */
export function mediaCopyPath(folder: string, sha256: string): string {
  return join(folder, 'media', `${sha256}.ypm`)
}

/** `<name>-<first 8 of keyId>` in the chosen folder, made when it is not there; half-written files of earlier runs are removed. */
function copyFolder({ folder, identity }: BackupRequest): string {
  const safe = identity.name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').replaceAll(/^[. ]+|[. ]+$/g, '')
  const own = join(folder, `${safe}-${identity.keyId.slice(0, 8)}`)
  const media = join(own, 'media')
  for (const path of [own, media]) if (!exists(path)) mkdirSync(path)
  syncFolder(folder)
  for (const part of [own, media].flatMap((at) => namesIn(at).map((name) => join(at, name)))) {
    if (part.endsWith('.part')) rmSync(part, { force: true })
  }
  return own
}

function filesOf(database: string): { needed: string[]; destroyed: string[] } {
  const reader = openReader(database)
  try {
    return { needed: neededFiles(reader), destroyed: destroyedFiles(reader) }
  } finally {
    reader.close()
  }
}

function dropOldCopies(folder: string): void {
  const copies = listDraftCopies(folder)
  const dayOf = (path: string): string => DRAFT.exec(path.slice(folder.length + 1))?.[1] ?? ''
  const newestOfDay = copies.filter((path, i) => dayOf(path) !== dayOf(copies[i - 1] ?? '')).slice(0, KEEP_DAYS)
  const kept = new Set([...copies.slice(0, KEEP_NEWEST), ...newestOfDay])
  for (const path of copies) if (!kept.has(path)) rmSync(path, { force: true })
}
