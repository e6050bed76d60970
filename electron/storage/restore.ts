import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { mediaCopyPath } from './backup.ts'
import { storageFailure, write, type Store } from './database.ts'
import { neededFiles } from './evidence-store.ts'
import { exists, fileFailure, fileSha256, makeFolder, publishFile } from './files.ts'
import { parseIdentity, placeIdentity, writeIdentityTo, type IdentityFile } from './identities.ts'
import { continueLogs } from './log-store.ts'
import { writeMeta } from './meta-store.ts'
import { checkDatabase, openStore } from './open.ts'
import { mediaPath, pathsIn } from './paths.ts'
import { DamagedStream, decryptFile, readHeader } from './sealed-stream.ts'

type Run = { signal: AbortSignal; progress: (phase: string, done: number, total: number | null) => void }

/** Whose copy it is and when it was made, as the file says before its key is known. */
export type DraftCopyHeader = { identity: IdentityFile; at: string }

/** Reads what is needed to ask for the passphrase. Fails with unsupportedFile, tooNew, fileMissing, notWritable, storageFailed. */
export async function readDraftCopyHeader(path: string): Promise<Outcome<DraftCopyHeader>> {
  try {
    const header = await readHeader(path)
    if (!header.ok) return header
    const { kind, at } = header.value
    const identity = parseIdentity(header.value['identity'])
    return kind === 'draft' && typeof at === 'string' && identity !== null
      ? ok({ identity, at })
      : fail('unsupportedFile')
  } catch (error) {
    return error instanceof DamagedStream ? fail('damagedFile') : fileFailure(error)
  }
}

export type CheckRequest = { path: string; pkcs8: Uint8Array; scratch: string }
/** `missing` = evidence the copy names but that does not lie beside it, by hash. */
export type CheckedCopy = { media: number; missing: string[] }

/** Decrypts and checks a copy's database for a preview; nothing stays. Fails with damagedFile, diskFull, … or cancelled. */
export async function checkDraftCopy({ path, pkcs8, scratch }: CheckRequest, run: Run): Promise<Outcome<CheckedCopy>> {
  const plain = join(scratch, `check-${randomUUID()}.db`)
  try {
    makeFolder(scratch)
    const opened = await openCopy({ path, pkcs8, deviceId: 'preview' }, plain, run)
    if (!opened.ok) return opened
    const needed = neededFiles(opened.value)
    opened.value.close()
    const missing = needed.filter((sha256) => !exists(mediaCopyPath(dirname(path), sha256)))
    return ok({ media: needed.length - missing.length, missing })
  } catch (error) {
    return refusal(error, run.signal)
  } finally {
    await rm(plain, { force: true })
  }
}

export type RestoreRequest = {
  path: string
  pkcs8: Uint8Array
  profile: string
  deviceId: string
  at: string
  mono: number
}
export type RestoredCopy = { identity: IdentityFile; missing: string[] }

/**
 * Makes the identity of a draft copy in this profile, whole or not at all: everything is decrypted and checked under a temporary
 * name first. It goes on as a new device: `seq` starts at 1 and every log chain names the old one's last line. Evidence that is
 * lost or damaged beside the copy is named in `missing`. Fails with alreadyExists, damagedFile, tooNew, unsupportedFile, diskFull,
 * notWritable, storageFailed, cancelled.
 */
export async function restoreDraftCopy(request: RestoreRequest, run: Run): Promise<Outcome<RestoredCopy>> {
  const header = await readDraftCopyHeader(request.path)
  if (!header.ok) return header
  const { identity, at: copyAt } = header.value
  return placeIdentity(request.profile, identity.keyId, async (folder) => {
    const places = pathsIn(folder)
    try {
      const opened = await openCopy(request, places.database, run)
      if (!opened.ok) return opened
      const needed = neededFiles(opened.value)
      const renewed = renew(opened.value, request, copyAt)
      opened.value.close()
      if (!renewed.ok) return renewed
      const missing: string[] = []
      for (const [i, sha256] of needed.entries()) {
        if (!(await restoreMedia(request, sha256, places.media, run))) missing.push(sha256)
        run.progress('media', i + 1, needed.length)
      }
      writeIdentityTo(places.identity, identity)
      return ok({ identity, missing })
    } catch (error) {
      return refusal(error, run.signal)
    }
  })
}

/** Decrypts the database of a copy to `target`, checks it and brings it to this app's version. */
async function openCopy(
  { path, pkcs8, deviceId }: Pick<RestoreRequest, 'path' | 'pkcs8' | 'deviceId'>,
  target: string,
  { signal, progress }: Run,
): Promise<Outcome<Store>> {
  await decryptFile(path, target, pkcs8, { signal, onBytes: () => progress('draft', 0, null) })
  checkDatabase(target)
  return openStore({ path: target, copies: null, deviceId })
}

function renew(store: Store, { deviceId, at, mono }: RestoreRequest, copyAt: string): Outcome<null> {
  return write(store, (tx) => {
    writeMeta(tx, 'deviceId', deviceId)
    continueLogs(tx, { at, mono, copyAt })
    return ok(null)
  })
}

async function restoreMedia(
  { path, pkcs8 }: RestoreRequest,
  sha256: string,
  media: string,
  { signal, progress }: Run,
): Promise<boolean> {
  const source = mediaCopyPath(dirname(path), sha256)
  if (!exists(source)) return false
  const target = mediaPath(media, sha256)
  const temporary = `${target}.part`
  makeFolder(dirname(target))
  try {
    await decryptFile(source, temporary, pkcs8, { signal, onBytes: () => progress('media', 0, null) })
    if ((await fileSha256(temporary)) !== sha256) throw new DamagedStream(source)
    publishFile(temporary, target)
    return true
  } catch (error) {
    await rm(temporary, { force: true })
    if (error instanceof DamagedStream) return false
    throw error
  }
}

function refusal(error: unknown, signal: AbortSignal): Outcome<never> {
  if (signal.aborted) return fail('cancelled')
  if (error instanceof DamagedStream) return fail('damagedFile', { detail: error.message })
  const code = storageFailure(error)
  return code === null ? fileFailure(error) : fail(code)
}
