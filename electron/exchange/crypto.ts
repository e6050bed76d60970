import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'

/** SHA-256 as 64 lower-case hex digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Ed25519 over the bytes as they are (no prehash); `pkcs8` = the private key as DER. 64 bytes. */
export function signBytes(pkcs8: Uint8Array, bytes: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  return new Uint8Array(sign(null, bytes, key))
}

/** Whether `signature` is the key's Ed25519 signature over `bytes`. `spki` = base64 DER; anything malformed is just false. */
export function isSignedBy(spki: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false
  try {
    const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, signature)
  } catch {
    return false
  }
}
