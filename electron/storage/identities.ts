import { readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { exists, fileFailure, makeFolder, namesIn, syncFolder, writeWhole } from './files.ts'
import { identitiesFolder, identityPaths, pathsIn } from './paths.ts'

const identityFile = z.strictObject({
  keyId: z.string().regex(/^[0-9a-f]{64}$/),
  spki: z.string(),
  name: z.string(),
  unit: z.string(),
  number: z.string(),
  createdAt: z.string(),
  /** The private key under the passphrase, and under the recovery code; opaque here. */
  wrapped: z.json(),
  recovery: z.json(),
})
/** A person's public facts and wrapped keys, as kept in `identity.json`. Once written it is replaced, never deleted. */
export type IdentityFile = z.infer<typeof identityFile>

/** All identities of a profile, oldest first; folders without a readable `identity.json` are left alone and not listed. */
export function listIdentities(profile: string): IdentityFile[] {
  return namesIn(identitiesFolder(profile))
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .map((keyId) => readIdentity(profile, keyId))
    .flatMap((read) => (read.ok ? [read.value] : []))
    .toSorted((a, b) => (a.createdAt + a.keyId < b.createdAt + b.keyId ? -1 : 1))
}

/** Fails with notFound, or damagedKey when the file cannot be understood; the file stays as it is. */
export function readIdentity(profile: string, keyId: string): Outcome<IdentityFile> {
  const { identity } = identityPaths(profile, keyId)
  let text: string
  try {
    text = readFileSync(identity, 'utf8')
  } catch (error) {
    const { failure } = fileFailure(error)
    return failure.code === 'fileMissing' ? fail('notFound') : { ok: false, failure }
  }
  const parsed = identityFile.safeParse(parseJson(text))
  return parsed.success && parsed.data.keyId === keyId ? ok(parsed.data) : fail('damagedKey', { detail: identity })
}

/** Makes a new identity's folder, whole or not at all. Fails with alreadyExists, diskFull, notWritable, storageFailed. */
export function createIdentity(profile: string, identity: IdentityFile): Promise<Outcome<null>> {
  return placeIdentity(profile, identity.keyId, async (folder) => {
    writeIdentityTo(pathsIn(folder).identity, identity)
    return ok(null)
  })
}

/** Replaces the wrapped keys or facts (new passphrase). Fails with notFound, diskFull, notWritable, storageFailed. */
export function saveIdentity(profile: string, identity: IdentityFile): Outcome<null> {
  const held = readIdentity(profile, identity.keyId)
  if (!held.ok && held.failure.code === 'notFound') return held
  try {
    writeIdentityTo(identityPaths(profile, identity.keyId).identity, identity)
    return ok(null)
  } catch (error) {
    return fileFailure(error)
  }
}

/**
 * Fills a new folder and puts it in place by one rename: a kill leaves no identity or a whole one. Fails with alreadyExists, as
 * `fill` fails, and with the failures of the file system; the half-filled folder is removed.
 */
export async function placeIdentity<T>(
  profile: string,
  keyId: string,
  fill: (folder: string) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const target = identityPaths(profile, keyId).folder
  const staging = join(identitiesFolder(profile), `.new-${keyId}`)
  const remove = () => rmSync(staging, { recursive: true, force: true })
  try {
    if (exists(target)) return fail('alreadyExists')
    remove()
    const paths = pathsIn(staging)
    for (const folder of [paths.mediaTmp, paths.quarantine, paths.thumb, paths.view, paths.print]) makeFolder(folder)
    const filled = await fill(staging)
    if (!filled.ok) {
      remove()
      return filled
    }
    syncFolder(staging)
    renameSync(staging, target)
    syncFolder(identitiesFolder(profile))
    return filled
  } catch (error) {
    remove()
    return fileFailure(error)
  }
}

/** Writes `identity.json` durably. Throws errors of the file system. */
export function writeIdentityTo(path: string, identity: IdentityFile): void {
  writeWhole(path, Buffer.from(`${JSON.stringify(identityFile.parse(identity), null, 2)}\n`))
}

/** Understands the text of an `identity.json`; null when it is not one. */
export function parseIdentity(value: unknown): IdentityFile | null {
  return identityFile.safeParse(value).data ?? null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
