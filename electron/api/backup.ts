import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Api } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { BackupStatus } from '../../shared/contract/views.ts'
import { keyDigits } from '../../shared/package/key-id.ts'
import type { IdentityFile } from '../storage/identities.ts'
import { write } from '../storage/database.ts'
import { neededFiles } from '../storage/evidence-store.ts'
import { readMeta, writeMeta } from '../storage/meta-store.ts'
import { readDraftCopyHeader } from '../storage/restore.ts'
import { asJob, dialogWords, stillUnlocked, unlocked, type Context } from './context.ts'
import { identityView, unlockKey, type Session } from './session.ts'

/** A copy whose passphrase was right; its key is unlocked again to restore and does not wait in memory. */
export type OpenedCopy = { path: string; identity: IdentityFile }
type Progress = (phase: string, done: number, total: number | null) => void
type BackupApi = Pick<Api, Extract<keyof Api, `backup.${string}`>>

const EVERY_MINUTES = 5

/** Encrypted copies of unsealed work in a folder or on a stick, and starting again from one on another machine. */
export function backupApi(context: Context): BackupApi {
  return {
    'backup.status': async () => {
      const session = unlocked(context)
      return session.ok ? ok(statusOf(context, session.value)) : session
    },
    'backup.chooseFolder': async () => {
      const session = unlocked(context)
      if (!session.ok) return session
      const folder = await context.dialogs.folder({ title: dialogWords(context)('copyFolder') })
      if (folder === null) return ok(null)
      const still = stillUnlocked(context, session.value)
      if (!still.ok) return still
      const { keyId } = session.value.keys
      const everyMinutes = context.preferences.backupPlan(keyId)?.everyMinutes ?? EVERY_MINUTES
      context.preferences.saveBackupPlan(keyId, { folder, everyMinutes })
      const copied = await copyNow(context, session.value, session.value.closed.signal)
      return !copied.ok && copied.failure.code === 'busy' ? ok(statusOf(context, session.value)) : copied
    },
    'backup.setInterval': async ({ everyMinutes }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const plan = context.preferences.backupPlan(session.value.keys.keyId)
      if (plan === null) return fail('notFound')
      context.preferences.saveBackupPlan(session.value.keys.keyId, { ...plan, everyMinutes })
      return ok(statusOf(context, session.value))
    },
    'backup.now': async ({ job }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      return await asJob(
        context,
        job,
        async (signal, progress) => await copyNow(context, session.value, signal, progress),
      )
    },
    'backup.openCopy': async ({ passphrase, job }) => {
      const t = dialogWords(context)
      const filters = [{ name: t('copyFiles'), extensions: ['ypc'] }]
      const paths = await context.dialogs.open({ title: t('openCopy'), filters, many: false })
      const path = paths?.[0]
      if (path === undefined) return ok(null)
      const header = await readDraftCopyHeader(path)
      if (!header.ok) return header
      const { identity, at } = header.value
      const keys = await unlockKey(identity, passphrase)
      if (!keys.ok) return keys
      const { pkcs8 } = keys.value
      return await asJob(context, job, async (signal, onProgress) => {
        const scratch = join(context.profile, 'quarantine')
        const checked = await context.pool.run('checkCopy', { path, pkcs8, scratch }, { signal, onProgress })
        pkcs8.fill(0)
        if (!checked.ok) return checked
        const token = context.tokens.put(null, { kind: 'draftCopy', copy: { path, identity } })
        const { name, unit, keyId } = identity
        return ok({ token, name, unit, digits: keyDigits(keyId), at, hasMedia: checked.value.media })
      })
    },
    'backup.restore': async ({ token, passphrase, job }) => {
      const waiting = context.tokens.find(null, 'draftCopy', token)
      if (waiting === null) return fail('notFound')
      const { path, identity } = waiting.copy
      const keys = await unlockKey(identity, passphrase)
      if (!keys.ok) return keys
      const { pkcs8 } = keys.value
      return await asJob(context, job, async (signal, onProgress) => {
        const request = {
          path,
          pkcs8,
          profile: context.profile,
          deviceId: randomUUID(),
          at: context.now().toISOString(),
          mono: context.mono(),
        }
        const restored = await context.pool.run('restoreCopy', request, { signal, onProgress })
        pkcs8.fill(0)
        if (restored.ok) context.tokens.forget(token)
        return restored.ok ? ok(identityView(restored.value.identity)) : restored
      })
    },
  }
}

/** Copies every few minutes while the identity is unlocked; a failure is shown and tried again at the next turn. */
export function startBackups(context: Context, session: Session): void {
  let lastTry = context.mono()
  const timer = setInterval(() => {
    const plan = context.preferences.backupPlan(session.keys.keyId)
    if (plan === null || context.mono() - lastTry < plan.everyMinutes * 60_000) return
    lastTry = context.mono()
    void copyAndTell(context, session)
  }, 15_000)
  session.onClose.push(() => clearInterval(timer))
}

/** A failure is shown too: the status carries it. */
export async function copyAndTell(context: Context, session: Session): Promise<void> {
  const copied = await copyNow(context, session, session.closed.signal)
  if (context.session.current !== session || (!copied.ok && copied.failure.code === 'busy')) return
  context.tell({ type: 'backup', status: statusOf(context, session) })
}

const copying = new WeakSet<Session>()

/** One copy at a time: a second run would take the first one's half-written files for leftovers. Fails with busy meanwhile. */
async function copyNow(
  context: Context,
  session: Session,
  signal: AbortSignal,
  onProgress?: Progress,
): Promise<Outcome<BackupStatus>> {
  if (copying.has(session)) return fail('busy')
  copying.add(session)
  try {
    return await writeCopy(context, session, signal, onProgress)
  } finally {
    copying.delete(session)
  }
}

async function writeCopy(
  context: Context,
  session: Session,
  signal: AbortSignal,
  onProgress?: Progress,
): Promise<Outcome<BackupStatus>> {
  const plan = context.preferences.backupPlan(session.keys.keyId)
  if (plan === null) return fail('notFound')
  const at = context.now().toISOString()
  const request = {
    places: session.paths,
    folder: plan.folder,
    identity: session.identity,
    pkcs8: session.keys.pkcs8.slice(),
    at,
  }
  const copied = await context.pool.run('backupCopy', request, { signal, onProgress })
  request.pkcs8.fill(0)
  if (signal.aborted) return fail('cancelled')
  const noted = write(session.store, (tx) => {
    if (copied.ok) writeMeta(tx, 'lastBackupAt', at)
    writeMeta(tx, 'lastBackupFailure', copied.ok ? null : copied.failure.code)
    return ok(null)
  })
  if (!copied.ok) return copied
  return noted.ok ? ok(statusOf(context, session)) : noted
}

function statusOf(context: Context, session: Session): BackupStatus {
  const plan = context.preferences.backupPlan(session.keys.keyId)
  return {
    folder: plan?.folder ?? null,
    everyMinutes: plan?.everyMinutes ?? EVERY_MINUTES,
    lastAt: readMeta(session.store, 'lastBackupAt'),
    lastFailure: readMeta(session.store, 'lastBackupFailure'),
    media: neededFiles(session.store).length,
  }
}
