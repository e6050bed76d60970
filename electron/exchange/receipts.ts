import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { parseReceipt, type Receipt } from '../../shared/domain/roster.ts'
import { openDocument, signDocument, type SealedDocument } from './documents.ts'
import type { KeyPair } from './keys.ts'
import { findSigner, standingAt, type ProjectTrust } from './trust.ts'

/** What a receipt says of an accepted package; `package` is its digest, `prevReceipt` the SHA-256 of the receipt before or null. */
export type ReceiptContent = Omit<Receipt, 'type' | 'version'>

/** Signs a receipt. Only for packages whose verdict was ok (or duplicate: then give the stored one again). */
export function makeReceipt(keys: Pick<KeyPair, 'keyId' | 'pkcs8'>, content: ReceiptContent): SealedDocument {
  return signDocument({ type: 'urn:youpin-onsite:receipt', version: 1, ...content }, keys)
}

/**
 * Verifies a receipt for one package: signed by a lead or centre of the project, naming this digest. `at` = now. Fails with
 * `refused` (detail unknownSigner, revoked, notAuthentic or notPermitted) or `invalid`.
 */
export function openReceipt(
  document: SealedDocument,
  trust: ProjectTrust,
  digest: string,
  at: string,
): Outcome<Receipt> {
  const refused = (detail: string) => fail('refused', { detail })
  const signer = findSigner(trust, null, document.keyId)
  if (signer === null || standingAt(signer, at) === 'early') return refused('unknownSigner')
  if (standingAt(signer, at) === 'revoked') return refused('revoked')
  const opened = openDocument(document, signer.spki, parseReceipt)
  if (!opened.ok) return opened.code === 'invalid' ? fail('invalid') : refused('notAuthentic')
  if (signer.role !== 'lead' && signer.role !== 'centre') return refused('notPermitted')
  return opened.value.package === digest ? ok(opened.value) : fail('invalid', { detail: 'otherPackage' })
}
