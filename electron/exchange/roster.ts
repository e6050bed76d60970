import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import {
  parseEnrolmentRequest,
  parseInvitation,
  parseRoster,
  parseSignedDocument,
  type EnrolmentRequest,
  type Invitation,
  type Roster,
  type RosterMember,
  type SignedDocument,
} from '../../shared/domain/roster.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { parseCanonical } from '../../shared/package/json.ts'
import { sha256 } from './crypto.ts'
import { fromWire, openDocument, readDocument, signDocument, toWire, type SealedDocument } from './documents.ts'
import type { KeyPair } from './keys.ts'
import { isStrongKey, keyIdOf } from './public-key.ts'

/** A roster whose root signature holds. `sha256` of its bytes is the next one's `prev`. */
export type HeldRoster = { roster: Roster; document: SealedDocument; sha256: string }

/**
 * Makes and signs the next roster of a project, or its first. The root must be among the members (office, or lead where there is
 * no office), so that a roster can be checked against the root's key id alone. Throws when it is not, or when a key is weak.
 */
export function signRoster(
  root: KeyPair,
  previous: HeldRoster | null,
  content: { projectId: string; issuedAt: string; members: readonly RosterMember[] },
): HeldRoster {
  const value: Roster = {
    type: 'urn:youpin-onsite:roster',
    version: 1,
    projectId: content.projectId,
    rosterSeq: (previous?.roster.rosterSeq ?? 0) + 1,
    prev: previous?.sha256 ?? null,
    issuedAt: content.issuedAt,
    members: [...content.members],
    rootNext: null,
  }
  const document = signDocument(value, root)
  const held = openRoster(document, root.keyId)
  if (!held.ok) throw new Error(`signRoster: ${held.failure.code} ${held.failure.detail ?? ''}`)
  return held.value
}

/**
 * Verifies a roster against the pinned root key id; the root's public key is found among the members by that id. Fails with
 * `refused` (detail unknownSigner or notAuthentic), `invalid`, or `weakKey` (detail: key id).
 */
export function openRoster(document: SealedDocument, rootKeyId: string): Outcome<HeldRoster> {
  const claimed = readDocument(document.bytes, parseRoster)
  if (claimed === null) return fail('invalid')
  const root = claimed.members.find((m) => m.keyId === rootKeyId && (m.role === 'office' || m.role === 'lead'))
  if (root === undefined || document.keyId !== rootKeyId) return fail('refused', { detail: 'unknownSigner' })
  const opened = openDocument(document, root.spki, parseRoster)
  if (!opened.ok) return fail('refused', { detail: 'notAuthentic' })
  const weak = claimed.members.find((m) => keyIdOf(m.spki) !== m.keyId || !isStrongKey(m.spki))
  if (weak !== undefined) return fail('weakKey', { detail: weak.keyId })
  return ok({ roster: opened.value, document, sha256: sha256(document.bytes) })
}

/**
 * Whether a verified roster may take the place of the one held: same project, seq rising, `prev` fitting when it is the very
 * next. The same one again is fine. Fails with `rosterOld`, or `invalid` (detail otherProject, twin or brokenChain).
 */
export function checkSuccession(held: HeldRoster | null, next: HeldRoster): Outcome<HeldRoster> {
  if (held === null || held.sha256 === next.sha256) return ok(next)
  const step = next.roster.rosterSeq - held.roster.rosterSeq
  if (next.roster.projectId !== held.roster.projectId) return fail('invalid', { detail: 'otherProject' })
  if (step < 0) return fail('rosterOld')
  if (step === 0) return fail('invalid', { detail: 'twin' })
  if (step === 1 && next.roster.prev !== held.sha256) return fail('invalid', { detail: 'brokenChain' })
  return ok(next)
}

/** The file that brings a project to a person: signed roster and the root's public key. JCS bytes. */
export function makeInvitation(projectName: string, root: { spki: string }, held: HeldRoster): Uint8Array {
  const invitation: Invitation = {
    type: 'urn:youpin-onsite:invitation',
    version: 1,
    projectName,
    root: root.spki,
    roster: toWire(held.document),
  }
  return jcsBytes(invitation)
}

/** `rootKeyId` counts only after the person compared its digits with voice or paper. */
export type OpenedInvitation = { projectName: string; rootKeyId: string; rootSpki: string; held: HeldRoster }

/**
 * Reads an invitation against the roots pinned so far. Fails with `invalid`, `weakKey`, `refused`, or `rootConflict` when the
 * project is pinned to another root already.
 */
export function openInvitation(
  bytes: Uint8Array,
  pinned: readonly { projectId: string; rootKeyId: string }[],
): Outcome<OpenedInvitation> {
  const invitation = readDocument(bytes, parseInvitation)
  if (invitation === null) return fail('invalid')
  if (!isStrongKey(invitation.root)) return fail('weakKey')
  const rootKeyId = keyIdOf(invitation.root)
  const held = openRoster(fromWire(invitation.roster), rootKeyId)
  if (!held.ok) return held
  const { projectId } = held.value.roster
  if (pinned.some((p) => p.projectId === projectId && p.rootKeyId !== rootKeyId)) return fail('rootConflict')
  return ok({ projectName: invitation.projectName, rootKeyId, rootSpki: invitation.root, held: held.value })
}

/** A request to be put on a roster, signed by the key it asks for; the bytes of its file (JCS of the wire form). */
export function makeEnrolmentRequest(
  keys: KeyPair,
  person: { name: string; unit: string; number: string; at: string },
): Uint8Array {
  const request: EnrolmentRequest = {
    type: 'urn:youpin-onsite:enrolment-request',
    version: 1,
    spki: keys.spki,
    suite: 'ed25519',
    ...person,
  }
  return jcsBytes(toWire(signDocument(request, keys)))
}

/** Reads a request file. Fails with `invalid`, `weakKey`, or `refused` (detail notAuthentic). The digits are compared by people. */
export function openEnrolmentRequest(bytes: Uint8Array): Outcome<{ request: EnrolmentRequest; keyId: string }> {
  const wire = readWire(bytes)
  if (wire === null) return fail('invalid')
  const document = fromWire(wire)
  const claimed = readDocument(document.bytes, parseEnrolmentRequest)
  if (claimed === null) return fail('invalid')
  if (!isStrongKey(claimed.spki)) return fail('weakKey')
  const opened = openDocument(document, claimed.spki, parseEnrolmentRequest)
  return opened.ok ? ok({ request: opened.value, keyId: document.keyId }) : fail('refused', { detail: 'notAuthentic' })
}

/** A signed document from its wire bytes, or null when they are not one. */
export function readWire(bytes: Uint8Array): SignedDocument | null {
  const json = parseCanonical(bytes)
  const parsed = json.ok ? parseSignedDocument(json.value) : null
  return parsed?.ok ? parsed.value : null
}
