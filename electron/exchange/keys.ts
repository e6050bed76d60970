import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  scrypt,
} from 'node:crypto'
import { z } from 'zod'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { parseWith } from '../../shared/domain/problem.ts'
import { hash } from '../../shared/domain/text.ts'
import { spki } from '../../shared/domain/roster.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { sha256 } from './crypto.ts'
import { keyIdOf } from './public-key.ts'

/** scrypt costs (RFC 7914): 128 MiB and a good part of a second for every guess. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1 } as const
const SCRYPT_MAX_MEMORY = 256 * 1024 * 1024
const BASE64 = z
  .string()
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .max(4096)

/** A person's key pair. `pkcs8` is the secret: keep it in memory only while unlocked. */
export type KeyPair = { keyId: string; spki: string; pkcs8: Uint8Array }

const wrappedKey = z.strictObject({
  type: z.literal('urn:youpin-onsite:wrapped-key'),
  version: z.literal(1),
  keyId: hash,
  spki,
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z.literal(SCRYPT.N),
    r: z.literal(SCRYPT.r),
    p: z.literal(SCRYPT.p),
    salt: BASE64,
  }),
  cipher: z.literal('aes-256-gcm'),
  nonce: BASE64,
  ciphertext: BASE64,
  tag: BASE64,
  check: hash,
})
/** A private key locked by a passphrase or a recovery code; keyId is authenticated with it, `check` tells damage from a wrong passphrase. */
export type WrappedKey = z.infer<typeof wrappedKey>

/** Reads a stored wrapped key; problems when it is not one of ours. */
export const parseWrappedKey = parseWith<WrappedKey>(wrappedKey)

/** A new Ed25519 pair from the system's random source. */
export function generateKeys(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const spkiText = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  return {
    keyId: keyIdOf(spkiText),
    spki: spkiText,
    pkcs8: new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })),
  }
}

/** Locks a private key (scrypt, AES-256-GCM, fresh salt and nonce). Full-width and half-width typing of one passphrase are alike. */
export async function wrapKey(keys: KeyPair, passphrase: string): Promise<WrappedKey> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt), nonce)
  cipher.setAAD(Buffer.from(keys.keyId))
  const ciphertext = Buffer.concat([cipher.update(keys.pkcs8), cipher.final()])
  const open = {
    type: 'urn:youpin-onsite:wrapped-key' as const,
    version: 1 as const,
    keyId: keys.keyId,
    spki: keys.spki,
    kdf: { name: 'scrypt' as const, ...SCRYPT, salt: salt.toString('base64') },
    cipher: 'aes-256-gcm' as const,
    nonce: nonce.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  }
  return { ...open, check: sha256(jcsBytes(open)) }
}

/** Unlocks a wrapped key. Fails with `wrongPassphrase`, or `damagedKey` when the record changed or is not the key it names. */
export async function unwrapKey(wrapped: WrappedKey, passphrase: string): Promise<Outcome<KeyPair>> {
  const { check, ...open } = wrapped
  if (sha256(jcsBytes(open)) !== check || keyIdOf(wrapped.spki) !== wrapped.keyId) return fail('damagedKey')
  const secret = await derive(passphrase, Buffer.from(wrapped.kdf.salt, 'base64'))
  const pkcs8 = decrypt(wrapped, secret)
  if (pkcs8 === null) return fail('wrongPassphrase')
  return publicPartOf(pkcs8) === wrapped.spki
    ? ok({ keyId: wrapped.keyId, spki: wrapped.spki, pkcs8: new Uint8Array(pkcs8) })
    : fail('damagedKey')
}

function decrypt(wrapped: WrappedKey, secret: Buffer): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(wrapped.nonce, 'base64'), {
      authTagLength: 16,
    })
    decipher.setAAD(Buffer.from(wrapped.keyId))
    decipher.setAuthTag(Buffer.from(wrapped.tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(wrapped.ciphertext, 'base64')), decipher.final()])
  } catch {
    return null
  }
}

function publicPartOf(pkcs8: Buffer): string | null {
  try {
    const key = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }))
    return key.export({ format: 'der', type: 'spki' }).toString('base64')
  } catch {
    return null
  }
}

function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const text = Buffer.from(passphrase.normalize('NFKC'))
    scrypt(text, salt, 32, { ...SCRYPT, maxmem: SCRYPT_MAX_MEMORY }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_SYMBOLS = 25
const GROUP = 5

/** A new recovery code: 25 random symbols (125 bits) and 5 check symbols, in 6 groups. Wrap the key a second time with it. */
export function newRecoveryCode(): string {
  const secret = Array.from(randomBytes(CODE_SYMBOLS), (byte) => CROCKFORD.charAt(byte & 31)).join('')
  return grouped(secret + checkSymbols(secret))
}

/** A recovery code as typed (any case, spaces, O for 0, I or L for 1) in its one form, or null when a symbol is wrong. */
export function readRecoveryCode(typed: string): string | null {
  const symbols = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  const secret = symbols.slice(0, CODE_SYMBOLS)
  const isWhole = symbols.length === CODE_SYMBOLS + GROUP && symbols.slice(CODE_SYMBOLS) === checkSymbols(secret)
  return isWhole ? grouped(symbols) : null
}

function checkSymbols(secret: string): string {
  const digest = Buffer.from(sha256(Buffer.from(secret)), 'hex')
  return Array.from(digest.subarray(0, GROUP), (byte) => CROCKFORD.charAt(byte & 31)).join('')
}

const grouped = (symbols: string): string => symbols.match(/.{5}/g)?.join('-') ?? ''
