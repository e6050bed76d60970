import { createDecipheriv, scryptSync } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { isSignedBy, sha256, signBytes } from './crypto.ts'
import { spkiOf } from './public-key.ts'

const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** RFC 8032 §7.1, test 2. */
const ED25519 = {
  pkcs8: hex('302e020100300506032b6570042204204ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'),
  publicKey: hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
  message: hex('72'),
  signature: hex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ),
}

/** GCM specification, test case 14: AES-256, zero key, nonce and 16-byte block. */
const GCM = { ciphertext: hex('cea7403d4d606b6e074ec5d3baf39d18'), tag: hex('d0d1c8a799996bf0265b98b5d48ab919') }

/** RFC 7914 §12, second vector, first 32 bytes. */
const SCRYPT = 'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162'

const checks: Readonly<Record<string, () => boolean>> = {
  sha256: () => sha256(Buffer.from('abc')) === 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  crc32: () => crc32(Buffer.from('123456789')) === 0xcbf43926,
  ed25519Sign: () => ED25519.signature.equals(signBytes(ED25519.pkcs8, ED25519.message)),
  ed25519Verify: () => isSignedBy(spkiOf(ED25519.publicKey), ED25519.message, ED25519.signature),
  ed25519Reject: () => !isSignedBy(spkiOf(ED25519.publicKey), hex('73'), ED25519.signature),
  scrypt: () => scryptSync('password', 'NaCl', 32, { N: 1024, r: 8, p: 16 }).toString('hex') === SCRYPT,
  aesGcm: () => openGcm(GCM.tag) === '00'.repeat(16),
  aesGcmReject: () => openGcm(Buffer.alloc(16)) === null,
}

function openGcm(tag: Buffer): string | null {
  const decipher = createDecipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12), { authTagLength: 16 })
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(GCM.ciphertext), decipher.final()]).toString('hex')
  } catch {
    return null
  }
}

/** Throws, naming the algorithms, when some do not give their published answers here. Run it at start, inside Electron too. */
export function selfTest(): void {
  const failed = Object.keys(checks).filter((name) => !passes(name))
  if (failed.length > 0) throw new Error(`crypto self-test failed: ${failed.join(', ')}`)
}

function passes(name: string): boolean {
  try {
    return checks[name]?.() ?? false
  } catch {
    return false
  }
}
