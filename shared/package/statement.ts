import { z } from 'zod'
import { parseWith } from '../domain/problem.ts'
import { counts } from '../domain/roster.ts'
import { personId } from '../domain/task.ts'
import { count, filledLine, hash, line, time, uuid, uuid7 } from '../domain/text.ts'

export const PACKAGE_TYPE = 'urn:youpin-onsite:package'
export const MIMETYPE = 'application/vnd.youpin-onsite.evp+zip'
export const PACKAGE_KINDS = ['task', 'sheet', 'result'] as const
export type PackageKind = (typeof PACKAGE_KINDS)[number]

const author = z.strictObject({
  keyId: hash,
  personId,
  deviceId: filledLine.max(64),
  displayName: filledLine.max(64).refine((v) => v === v.trim(), 'trimmed'),
})

export const statement = z.strictObject({
  type: z.literal(PACKAGE_TYPE),
  version: z.literal(1),
  critical: z.array(line).max(0),
  suite: z.literal('ed25519'),
  kind: z.enum(PACKAGE_KINDS),
  packageId: uuid7,
  projectId: uuid,
  taskId: uuid7,
  taskSha256: hash,
  templateSha256: hash,
  author,
  audience: z.array(hash),
  seq: z.int().min(1),
  prev: hash.nullable(),
  revision: z.int().min(1),
  supersedes: hash.nullable(),
  createdAt: time,
  clock: z.strictObject({ lastReceiptAt: time.nullable(), rollbackSeen: z.boolean() }),
  rosterSeq: z.int().min(1),
  app: z.strictObject({ name: filledLine, version: filledLine }),
  media: z.enum(['included', 'referenced']),
  counts,
  payload: z.strictObject({ files: count, octets: count, manifestSha256: hash }),
  logHead: z.strictObject({ size: z.int().min(1), sha256: hash }),
})
/**
 * What the author claims about a package. `prev` = digest of the same key and device's package before, `supersedes` = digest of
 * the revision it replaces, empty `audience` = the whole roster; times are the author's clock, so claims.
 */
export type Statement = z.infer<typeof statement>

export const parseStatement = parseWith<Statement>(statement)

/** What may be read from a statement before its signature is known good: where to look for the key, and how new it is. */
export type Claims = {
  isTooNew: boolean
  keyId: string | null
  projectId: string | null
  taskId: string | null
  kind: PackageKind | null
  /** 0 when not said. */
  rosterSeq: number
}

/** Reads the unverified statement (any JSON value) only as far as needed to find the key. */
export function readClaims(value: unknown): Claims {
  const s = asRecord(value)
  const version = s['version']
  const critical = s['critical']
  const suite = s['suite']
  const isTooNew =
    (typeof version === 'number' && version !== 1) ||
    (Array.isArray(critical) && critical.length > 0) ||
    (typeof suite === 'string' && suite !== 'ed25519')
  return {
    isTooNew,
    keyId: hash.safeParse(asRecord(s['author'])['keyId']).data ?? null,
    projectId: uuid.safeParse(s['projectId']).data ?? null,
    taskId: uuid.safeParse(s['taskId']).data ?? null,
    kind: z.enum(PACKAGE_KINDS).safeParse(s['kind']).data ?? null,
    rosterSeq: count.safeParse(s['rosterSeq']).data ?? 0,
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? { ...value } : {}
}
