import type { QueueEntry } from '../../shared/contract/views.ts'
import type { Reader } from '../storage/database.ts'
import { deliveryOf, findPackage } from '../storage/package-store.ts'
import { listUploads } from '../storage/queue-store.ts'

/** What a person sees of the queue, in the order it was asked for. */
export function queueEntries(db: Reader): QueueEntry[] {
  return listUploads(db).flatMap(({ digest, state, offset, size, failure, nextTryAt }) => {
    const stored = findPackage(db, digest)
    if (stored === null) return []
    const label = `${stored.displayName} · ${stored.revision}`
    const { receivedAt } = deliveryOf(db, stored)
    return [{ digest, kind: stored.kind, label, state, offset, size, failure, nextTryAt, receivedAt }]
  })
}
