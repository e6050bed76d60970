import type { Receipt } from '../../shared/domain/roster.ts'
import type { Reader, Writer } from './database.ts'

/** A verified receipt: exact bytes, signature, key that signed, and what it says. */
export type StoredReceipt = { keyId: string; doc: Uint8Array; sig: Uint8Array; receipt: Receipt }

/** Keeps a receipt whose signature and role were verified, once per package and key; a later one by the same key is ignored. */
export function addReceipt(tx: Writer, { keyId, doc, sig, receipt }: StoredReceipt): void {
  tx.run('INSERT OR IGNORE INTO receipt (digest, keyId, doc, sig, receivedAt) VALUES (?, ?, ?, ?, ?)', [
    receipt.package,
    keyId,
    doc,
    sig,
    receipt.receivedAt,
  ])
}

/** Time of the newest receipt for anything made here, or null: the last instant another party vouches for. */
export function lastReceiptAt(db: Reader): string | null {
  return (
    db.get<{ at: string | null }>(
      "SELECT max(r.receivedAt) AS at FROM receipt AS r JOIN package AS p USING (digest) WHERE p.origin = 'made'",
    )?.at ?? null
  )
}
