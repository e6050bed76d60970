import { z } from 'zod'
import { duplicates, parseWith, type Problem } from './problem.ts'
import { personId } from './task.ts'
import { count, filledLine, hash, line, time, uuid } from './text.ts'

export const ROSTER_ROLES = ['office', 'lead', 'expert', 'observer', 'centre'] as const
export type RosterRole = (typeof ROSTER_ROLES)[number]
/** base64 of a DER SubjectPublicKeyInfo. */
export const spki = z
  .string()
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .max(400)
/** base64 of a 64-byte Ed25519 signature. */
export const signature = z.string().regex(/^[A-Za-z0-9+/]{86}==$/)

export const rosterMember = z.strictObject({
  keyId: hash,
  spki,
  suite: z.literal('ed25519'),
  personId,
  name: filledLine,
  unit: line,
  role: z.enum(ROSTER_ROLES),
  notBefore: time,
  notAfter: time.nullable(),
  revokedAt: time.nullable(),
})
export type RosterMember = z.infer<typeof rosterMember>

export const roster = z.strictObject({
  type: z.literal('urn:youpin-onsite:roster'),
  version: z.literal(1),
  projectId: uuid,
  rosterSeq: z.int().min(1),
  prev: hash.nullable(),
  issuedAt: time,
  members: z.array(rosterMember),
  rootNext: spki.nullable(),
})
/** Whose key counts in a project, signed by the project's root key. `prev` is the SHA-256 of the roster before. */
export type Roster = z.infer<typeof roster>

function checkRoster(r: Roster): Problem[] {
  return duplicates(r.members.map((m) => m.keyId)).map((d) => ({
    path: `members.${d}`,
    code: 'duplicateId',
    message: d,
  }))
}

/** A signed document on the wire: the exact JCS bytes, who signed, the signature over those bytes. */
export const signedDocument = z.strictObject({ doc: z.string().max(24_000_000), keyId: hash, sig: signature })
export type SignedDocument = z.infer<typeof signedDocument>

/** Project founder's hand-out: the signed roster and the root's public key; the person confirms the digits before it is pinned. */
export const invitation = z.strictObject({
  type: z.literal('urn:youpin-onsite:invitation'),
  version: z.literal(1),
  projectName: filledLine,
  root: spki,
  roster: signedDocument,
})
export type Invitation = z.infer<typeof invitation>

/** An expert's request to be put on a roster, signed by the key it asks for. */
export const enrolmentRequest = z.strictObject({
  type: z.literal('urn:youpin-onsite:enrolment-request'),
  version: z.literal(1),
  spki,
  suite: z.literal('ed25519'),
  name: filledLine,
  unit: line,
  number: line,
  at: time,
})
export type EnrolmentRequest = z.infer<typeof enrolmentRequest>

export const counts = z.strictObject({
  items: count,
  answered: count,
  photos: count,
  nonconformities: count,
  logLines: count,
})
export type Counts = z.infer<typeof counts>

/** Signed proof that a package arrived whole and was accepted; there is none for a refused one. */
export const receipt = z.strictObject({
  type: z.literal('urn:youpin-onsite:receipt'),
  version: z.literal(1),
  package: hash,
  fileSha256: hash,
  octets: count,
  counts,
  receivedAt: time,
  rosterSeq: z.int().min(1),
  prevReceipt: hash.nullable(),
})
export type Receipt = z.infer<typeof receipt>

export const parseRoster = parseWith<Roster>(roster, checkRoster)
export const parseSignedDocument = parseWith<SignedDocument>(signedDocument)
export const parseInvitation = parseWith<Invitation>(invitation)
export const parseEnrolmentRequest = parseWith<EnrolmentRequest>(enrolmentRequest)
export const parseReceipt = parseWith<Receipt>(receipt)
