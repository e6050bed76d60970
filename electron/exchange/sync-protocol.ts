import { createPrivateKey, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { parseWith } from '../../shared/domain/problem.ts'
import { count, hash, line, time } from '../../shared/domain/text.ts'
import type { PACKAGE_KINDS } from '../../shared/package/statement.ts'
import { VERDICTS } from '../../shared/package/verdict.ts'
import type { KeyPair } from './keys.ts'

export const HELLO_TYPE = 'urn:youpin-onsite:hello'
/** Whoever asks for a signed answer names 16 to 64 hex digits nobody could foresee. */
export const NONCE = /^[0-9a-f]{16,64}$/
/** Longest life of a caller's token, in seconds. */
export const MAX_TOKEN_SECONDS = 300
/** How long our own tokens live: longer than one chunk may take on a bad line. */
const TOKEN_SECONDS = 240

const hello = z.strictObject({
  type: z.literal(HELLO_TYPE),
  version: z.literal(1),
  nonce: z.string().regex(NONCE),
  centreKeyId: hash,
  time,
  limits: z.object({ packageBytes: count }),
})
/** A centre's signed answer to a nonce: that it is there, and what time it has. */
export type Hello = z.infer<typeof hello>
export const parseHello = parseWith<Hello>(hello)

/** One package a centre holds, as its lists name it. `receivedAt` by the centre's clock. */
export type ListedPackage = {
  digest: string
  fileSha256: string
  octets: number
  kind: (typeof PACKAGE_KINDS)[number]
  taskId: string
  personId: string
  revision: number
  receivedAt: string
}

/** Problem (RFC 9457) with which a centre answers for a refused package. */
const refusedProblem = z.object({
  status: z.literal(422),
  verdict: z.enum(VERDICTS),
  problems: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
})
export type RefusedProblem = z.infer<typeof refusedProblem>
export const parseRefusedProblem = parseWith<RefusedProblem>(refusedProblem)

/** Upload id: what the file hashes to, and who sends it, so that nobody writes into another's upload. */
export const uploadId = (fileSha256: string, sender: string): string => `${fileSha256}-${sender}`
const UPLOAD_ID = /^([0-9a-f]{64})-([0-9a-f]{64})$/
/** The parts of an upload id, or null. */
export function readUploadId(id: string): { fileSha256: string; sender: string } | null {
  const [, fileSha256, sender] = UPLOAD_ID.exec(id) ?? []
  return fileSha256 === undefined || sender === undefined ? null : { fileSha256, sender }
}

/** `Upload-Metadata` of a package; only the hash is acted on, the rest is for people reading the server's folder. */
export const uploadMetadata = z.object({ fileSha256: hash, kind: line.optional(), taskId: line.optional() })

/**
 * Value of `Authorization` for one request to a centre: a JWT (EdDSA) signed by the caller's enrolled key, valid for minutes,
 * usable once. `now` = the centre's time as far as known.
 */
export async function authorisation(
  keys: Pick<KeyPair, 'keyId' | 'pkcs8'>,
  centreKeyId: string,
  now: Date,
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000)
  const key = createPrivateKey({ key: Buffer.from(keys.pkcs8), format: 'der', type: 'pkcs8' })
  const { SignJWT } = await import('jose')
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA' })
    .setSubject(keys.keyId)
    .setAudience(centreKeyId)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + TOKEN_SECONDS)
    .setJti(randomUUID())
    .sign(key)
  return `Bearer ${token}`
}
