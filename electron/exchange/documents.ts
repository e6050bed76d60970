import type { SignedDocument } from '../../shared/domain/roster.ts'
import type { Parsed } from '../../shared/domain/problem.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { parseCanonical } from '../../shared/package/json.ts'
import { isSignedBy, signBytes } from './crypto.ts'
import { keyIdOf } from './public-key.ts'

/** A signed document as stored: `bytes` of X.json (JCS), `sig` of X.sig (64 bytes). */
export type SealedDocument = { bytes: Uint8Array; sig: Uint8Array; keyId: string }

/** Signs a document's JCS bytes. The value must carry a `type`, so that one kind is never read as another. */
export function signDocument<T extends { type: string }>(
  value: T,
  keys: { keyId: string; pkcs8: Uint8Array },
): SealedDocument {
  const bytes = jcsBytes(value)
  return { bytes, sig: signBytes(keys.pkcs8, bytes), keyId: keys.keyId }
}

/** The form for the wire and for single files: base64 of the bytes, key id, base64 signature. */
export function toWire(document: SealedDocument): SignedDocument {
  return {
    doc: Buffer.from(document.bytes).toString('base64'),
    keyId: document.keyId,
    sig: Buffer.from(document.sig).toString('base64'),
  }
}

/** The stored form of a document from the wire; nothing is verified yet. */
export function fromWire(wire: SignedDocument): SealedDocument {
  return {
    bytes: new Uint8Array(Buffer.from(wire.doc, 'base64')),
    sig: new Uint8Array(Buffer.from(wire.sig, 'base64')),
    keyId: wire.keyId,
  }
}

/** `notAuthentic` = the key's signature does not hold over the bytes; `invalid` = not canonical or not of the schema. */
export type OpenedDocument<T> = { ok: true; value: T } | { ok: false; code: 'notAuthentic' | 'invalid' }

/** Verifies the bytes first and only then reads them. `spki` is looked up by the caller (roster), never taken from the document. */
export function openDocument<T>(
  document: SealedDocument,
  spki: string,
  parse: (value: unknown) => Parsed<T>,
): OpenedDocument<T> {
  if (keyIdOf(spki) !== document.keyId || !isSignedBy(spki, document.bytes, document.sig)) {
    return { ok: false, code: 'notAuthentic' }
  }
  const value = readDocument(document.bytes, parse)
  return value === null ? { ok: false, code: 'invalid' } : { ok: true, value }
}

/** A canonical document of the schema, or null. */
export function readDocument<T>(bytes: Uint8Array, parse: (value: unknown) => Parsed<T>): T | null {
  const json = parseCanonical(bytes)
  const parsed = json.ok ? parse(json.value) : null
  return parsed?.ok ? parsed.value : null
}
