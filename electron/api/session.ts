import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { IdentityView } from '../../shared/contract/views.ts'
import { keyDigits } from '../../shared/package/key-id.ts'
import { parseWrappedKey, unwrapKey, type KeyPair } from '../exchange/keys.ts'
import type { Store } from '../storage/database.ts'
import { write } from '../storage/database.ts'
import { reconcileMedia } from '../storage/evidence-files.ts'
import { purgeDiscarded } from '../storage/evidence-store.ts'
import type { Sender } from '../exchange/sync-sender.ts'
import { readIdentity, type IdentityFile } from '../storage/identities.ts'
import { deviceIdOf } from '../storage/meta-store.ts'
import { openStore } from '../storage/open.ts'
import { namesIn } from '../storage/files.ts'
import { cachedPath, identitiesFolder, identityPaths, type IdentityPaths } from '../storage/paths.ts'
import { findProject, newestRoster } from '../storage/project-store.ts'
import { addTemplate } from '../storage/template-store.ts'
import type { RosterMember } from '../../shared/domain/roster.ts'
import type { Stamp } from '../storage/log-store.ts'
import { builtInTemplates } from './built-in.ts'
import type { Context } from './context.ts'

const DISCARDED_KEPT_MS = 30 * 86_400_000

/** One unlocked identity: its key in memory, its database open. */
export type Session = {
  identity: IdentityFile
  keys: KeyPair
  store: Store
  paths: IdentityPaths
  deviceId: string
  /** Sends queued packages; null until it runs. */
  sender: Sender | null
  /** Aborts when the session ends. */
  closed: AbortController
  /** Ends what runs beside the session (sending, draft copies). */
  onClose: (() => void)[]
}

/** Opens an identity with its passphrase and makes it the current one. Fails as `unwrapKey` and `openStore` do. */
export async function openSession(context: Context, keyId: string, passphrase: string): Promise<Outcome<Session>> {
  const identity = readIdentity(context.profile, keyId)
  if (!identity.ok) return identity
  const keys = await unlockKey(identity.value, passphrase)
  if (!keys.ok) return keys
  const paths = identityPaths(context.profile, keyId)
  closeSession(context)
  const store = openStore({ path: paths.database, copies: paths.beforeMigration, deviceId: randomUUID() })
  if (!store.ok) {
    keys.value.pkcs8.fill(0)
    return store
  }
  const installed = installTemplates(context, store.value)
  if (!installed.ok) {
    store.value.close()
    keys.value.pkcs8.fill(0)
    return installed
  }
  sweep(context, store.value, paths)
  const session: Session = {
    identity: identity.value,
    keys: keys.value,
    store: store.value,
    paths,
    deviceId: deviceIdOf(store.value),
    sender: null,
    closed: new AbortController(),
    onClose: [],
  }
  context.session.current = session
  return ok(session)
}

/** At start, while nobody else can hold the profile: what a killed start, restore or check left half done, decrypted copies among it. */
export function sweepProfile(profile: string): void {
  const identities = identitiesFolder(profile)
  const unfinished = namesIn(identities).filter((name) => name.startsWith('.new-'))
  for (const path of [...unfinished.map((name) => join(identities, name)), join(profile, 'quarantine')]) {
    rmSync(path, { recursive: true, force: true })
  }
}

/** Drops what was set aside long ago and looks for evidence that is not there any more. */
function sweep(context: Context, store: Store, paths: IdentityPaths): void {
  const now = context.now()
  write(store, (tx) => ok(purgeDiscarded(tx, new Date(now.getTime() - DISCARDED_KEPT_MS).toISOString())))
  const { missing } = reconcileMedia(store, paths, now.getTime())
  if (missing.length > 0) context.report('evidence is missing', missing)
}

/** Forgets the key, what waited for a yes, and closes the database; long operations still running are cancelled. */
export function closeSession(context: Context): void {
  const { current } = context.session
  if (current === null) return
  context.session.current = null
  for (const controller of context.running.values()) controller.abort()
  current.closed.abort()
  for (const end of current.onClose) end()
  current.keys.pkcs8.fill(0)
  current.store.close()
  for (const dropped of context.tokens.drop(current)) {
    if (dropped.kind === 'package') rmSync(dropped.arrival.file, { force: true })
  }
}

/** The key pair of a stored identity. Fails with damagedKey or wrongPassphrase. */
export async function unlockKey(identity: IdentityFile, passphrase: string): Promise<Outcome<KeyPair>> {
  const wrapped = parseWrappedKey(identity.wrapped)
  return wrapped.ok ? await unwrapKey(wrapped.value, passphrase) : fail('damagedKey')
}

/** The passphrase is asked again to seal and to issue: it must open the session's own key. */
export async function confirmPassphrase(session: Session, passphrase: string): Promise<Outcome<KeyPair>> {
  return await unlockKey(session.identity, passphrase)
}

/** The session's person on a project's roster; null when the roster does not know this key or has revoked it. */
export function myself(session: Session, projectId: string): RosterMember | null {
  const roster = newestRoster(session.store, projectId)?.roster
  const member = roster?.members.find((m) => m.keyId === session.keys.keyId)
  return member === undefined || member.revokedAt !== null ? null : member
}

/** Who acts, when, for the log. */
export function stampOf(context: Context, actor: string): Stamp {
  return { actor, at: context.now().toISOString(), mono: context.mono() }
}

/** The re-encoded picture of a piece of evidence, or null: locked, unknown, or nothing to show. */
export function pictureOf(context: Context, size: 'thumb' | 'view', hash: string): string | null {
  const { current } = context.session
  if (current === null) return null
  const path = cachedPath(current.paths[size], hash)
  return existsSync(path) ? path : null
}

/** The project, or notFound. */
export function projectOf(session: Session, projectId: string) {
  const project = findProject(session.store, projectId)
  return project === null ? fail('notFound') : ok(project)
}

function installTemplates(context: Context, store: Store): Outcome<null> {
  return write(store, (tx) => {
    for (const { sha256: hash, doc } of builtInTemplates(context.assets))
      addTemplate(tx, hash, doc, context.now().toISOString())
    return ok(null)
  })
}

/** What may be shown of an identity. */
export function identityView(identity: IdentityFile): IdentityView {
  const { keyId, name, unit, number, createdAt } = identity
  return { keyId, digits: keyDigits(keyId), name, unit, number, createdAt }
}
