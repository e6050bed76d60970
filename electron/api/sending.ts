import { ok } from '../../shared/contract/errors.ts'
import type { QueueEntry } from '../../shared/contract/views.ts'
import type { Api } from '../../shared/contract/api.ts'
import { write, type Reader } from '../storage/database.ts'
import { findPackage, deliveryOf } from '../storage/package-store.ts'
import { listUploads, queueUpload, updateUpload } from '../storage/queue-store.ts'
import { unlocked, type Context } from './context.ts'
import type { Session } from './session.ts'

type SendingApi = Pick<Api, 'package.send' | 'package.queue' | 'package.stopSending'>

/** The way to the centre: what is queued, and what became of it. */
export function sendingApi(context: Context): SendingApi {
  return {
    'package.send': async ({ digest }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const { store, sender } = session.value
      const queued = write(store, (tx) => queueUpload(tx, digest, context.now().toISOString()))
      sender?.kick()
      return queued.ok ? ok(queueEntries(store)) : queued
    },
    'package.queue': async () => {
      const session = unlocked(context)
      return session.ok ? ok(queueEntries(session.value.store)) : session
    },
    'package.stopSending': async ({ digest }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const { store, sender } = session.value
      sender?.cancel(digest)
      const stopped = write(store, (tx) => updateUpload(tx, digest, { state: 'stopped', nextTryAt: null }))
      return stopped.ok ? ok(queueEntries(store)) : stopped
    },
  }
}

/** What the window shows of the queue, in the order it was asked for. */
export function queueEntries(db: Reader): QueueEntry[] {
  return listUploads(db).flatMap(({ digest, state, offset, size, failure, nextTryAt }) => {
    const stored = findPackage(db, digest)
    if (stored === null) return []
    const label = `${stored.displayName} · ${stored.revision}`
    return [{ digest, kind: stored.kind, label, state, offset, size, failure, nextTryAt, receivedAt: deliveryOf(db, stored).receivedAt }]
  })
}

export function startSending(_context: Context, _session: Session): void {}
