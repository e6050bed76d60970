import { join } from 'node:path'
import type { Api } from '../../shared/contract/api.ts'
import { ok } from '../../shared/contract/errors.ts'
import { queueEntries } from '../exchange/sync-queue.ts'
import { createSender } from '../exchange/sync-sender.ts'
import { write } from '../storage/database.ts'
import { queueUpload } from '../storage/queue-store.ts'
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
      session.value.sender?.cancel(digest)
      return ok(queueEntries(session.value.store))
    },
  }
}

/** Goes on with the queue as long as the identity is unlocked, from wherever the last run was ended. */
export function startSending(context: Context, session: Session): void {
  const { store, paths, keys } = session
  const sender = createSender({
    store,
    folders: { media: paths.media, outbox: join(paths.quarantine, 'outbox') },
    keys,
    net: context.net,
    mono: context.mono,
    random: Math.random,
    writeFile: (request) => context.pool.run('writePackage', request),
    tell: (entries) => context.tell({ type: 'queue', entries }),
    report: (error) => context.report('sending', error),
  })
  session.sender = sender
  session.onClose.push(() => void sender.stop())
  sender.kick()
}
