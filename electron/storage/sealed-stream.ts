import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { publishFile } from './files.ts'

/**
 * File format of draft copies: one line of JSON (the header) and LF, then chunks of up to 64 KiB, each AES-256-GCM with its
 * 16-byte tag behind it. Key = HKDF-SHA256(key seed, header's salt, 'draft copy'); nonce = chunk number (8 bytes, big-endian),
 * three zero bytes, 1 for the last chunk else 0; SHA-256 of the header line is authenticated with every chunk. So cutting,
 * reordering, swapping headers or changing a bit is noticed.
 */
const CHUNK = 64 * 1024
const TAG = 16
const HEADER_LIMIT = 64 * 1024
const MAGIC = 'youpin-onsite-draft-copy'
const VERSION = 1
const LF = 0x0a

const frame = z.looseObject({ magic: z.literal(MAGIC), version: z.int(), salt: z.base64() })

type Header = z.infer<typeof frame>

/** Bytes of a file that do not fit together: refused, never half used. */
export class DamagedStream extends Error {}

export type StreamRun = { signal: AbortSignal; onBytes: (count: number) => void }

/** Encrypts a file to `target` through `<target>.part`, durable when it returns. Throws errors of the file system and leaves nothing. */
export async function encryptFile(
  source: string,
  target: string,
  facts: Record<string, unknown>,
  pkcs8: Uint8Array,
  run: StreamRun,
): Promise<void> {
  const part = `${target}.part`
  try {
    const from = await open(source, 'r')
    try {
      const to = await open(part, 'w', 0o600)
      try {
        await encryptTo(to, from, facts, pkcs8, run)
      } finally {
        await to.close()
      }
    } finally {
      await from.close()
    }
    publishFile(part, target)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function encryptTo(
  to: FileHandle,
  from: FileHandle,
  facts: Record<string, unknown>,
  pkcs8: Uint8Array,
  { signal, onBytes }: StreamRun,
): Promise<void> {
  const salt = randomBytes(32)
  const header = Buffer.from(
    `${JSON.stringify({ magic: MAGIC, version: VERSION, salt: salt.toString('base64'), ...facts })}\n`,
  )
  if (header.length > HEADER_LIMIT) throw new RangeError('header too long')
  const { key, aad } = secretsOf(header, salt, pkcs8)
  await to.writeFile(header)
  const { size } = await from.stat()
  const chunks = Math.max(1, Math.ceil(size / CHUNK))
  for (let n = 0; n < chunks; n++) {
    signal.throwIfAborted()
    const plain = await readExactly(from, n * CHUNK, Math.min(CHUNK, size - n * CHUNK))
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(n, n === chunks - 1))
    cipher.setAAD(aad)
    await to.writeFile(Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]))
    onBytes(plain.length)
  }
}

/** The header's facts, not yet authenticated. Fails with unsupportedFile (not one of ours) or tooNew; throws errors of the file system. */
export async function readHeader(path: string): Promise<Outcome<Header>> {
  const file = await open(path, 'r')
  try {
    const header = await headerLine(file)
    return header === null ? fail('unsupportedFile') : factsOf(header)
  } finally {
    await file.close()
  }
}

/** Decrypts to `target` (which must not exist); the result is not synced. Throws DamagedStream and errors of the file system. */
export async function decryptFile(source: string, target: string, pkcs8: Uint8Array, run: StreamRun): Promise<void> {
  const from = await open(source, 'r')
  try {
    const header = await headerLine(from)
    const facts = header === null ? null : factsOf(header)
    if (header === null || !facts?.ok) throw new DamagedStream(source)
    const { key, aad } = secretsOf(header, Buffer.from(facts.value.salt, 'base64'), pkcs8)
    const { size } = await from.stat()
    const body = size - header.length
    const chunks = Math.ceil(body / (CHUNK + TAG))
    const to = await open(target, 'wx', 0o600)
    try {
      for (let n = 0; n < Math.max(1, chunks); n++) {
        run.signal.throwIfAborted()
        const at = n * (CHUNK + TAG)
        const sealed = await readExactly(from, header.length + at, Math.min(CHUNK + TAG, body - at))
        const plain = openChunk(sealed, key, aad, nonceOf(n, n === chunks - 1))
        if (plain === null) throw new DamagedStream(source)
        await to.writeFile(plain)
        run.onBytes(plain.length)
      }
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

function openChunk(sealed: Buffer, key: Uint8Array, aad: Buffer, nonce: Buffer): Buffer | null {
  if (sealed.length < TAG) return null
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
  decipher.setAAD(aad)
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG)), decipher.final()])
  } catch {
    return null
  }
}

/** The Ed25519 seed is the last 32 bytes of its PKCS #8 form (RFC 8410 §7). */
function secretsOf(header: Buffer, salt: Buffer, pkcs8: Uint8Array): { key: Uint8Array; aad: Buffer } {
  const key = new Uint8Array(hkdfSync('sha256', pkcs8.subarray(-32), salt, 'draft copy', 32))
  return { key, aad: createHash('sha256').update(header).digest() }
}

function nonceOf(n: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(n), 0)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

/** The header with its LF, or null when the file does not begin with a line. */
async function headerLine(file: FileHandle): Promise<Buffer | null> {
  const { size } = await file.stat()
  const head = await readExactly(file, 0, Math.min(HEADER_LIMIT, size))
  const end = head.indexOf(LF)
  return end === -1 ? null : head.subarray(0, end + 1)
}

function factsOf(header: Buffer): Outcome<Header> {
  let value: unknown
  try {
    value = JSON.parse(header.toString('utf8'))
  } catch {
    return fail('unsupportedFile')
  }
  const parsed = frame.safeParse(value)
  if (!parsed.success) return fail('unsupportedFile')
  return parsed.data.version === VERSION ? ok(parsed.data) : fail('tooNew')
}

async function readExactly(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done)
    if (bytesRead === 0) throw new DamagedStream('the file became shorter')
    done += bytesRead
  }
  return bytes
}
