import type { Roster, RosterRole } from '../../shared/domain/roster.ts'
import type { Task } from '../../shared/domain/task.ts'

/**
 * What a project lets us believe: its verified rosters (any order; the highest rosterSeq counts) and the accepted task revisions
 * (their field enrolments extend the roster for that task). Plain data, so that it travels to worker threads.
 */
export type ProjectTrust = { projectId: string; rosters: readonly Roster[]; tasks: readonly Task[] }

/** Whose key it is. `role` is the project's, never the team's; `names` every name a roster has given the key. */
export type Signer = {
  keyId: string
  spki: string
  personId: string
  names: readonly string[]
  role: RosterRole
  notBefore: string
  notAfter: string | null
  revokedAt: string | null
}

/** The roster that counts: the highest rosterSeq. Null when there is none yet. */
export function newestRoster(rosters: readonly Roster[]): Roster | null {
  return rosters.reduce<Roster | null>((best, r) => (best === null || r.rosterSeq > best.rosterSeq ? r : best), null)
}

/**
 * The person behind a key, by the newest roster, else by a field enrolment of that task (withdrawn by the first later revision
 * that no longer has it). Null: the key does not count.
 */
export function findSigner(trust: ProjectTrust, taskId: string | null, keyId: string): Signer | null {
  const member = newestRoster(trust.rosters)?.members.find((m) => m.keyId === keyId)
  if (member !== undefined) {
    const names = trust.rosters.flatMap((r) => r.members.filter((m) => m.keyId === keyId).map((m) => m.name))
    return { ...member, names }
  }
  const revisions = trust.tasks
    .filter((t) => t.taskId === taskId && t.projectId === trust.projectId)
    .toSorted((a, b) => a.revision - b.revision)
  const enrolmentIn = (t: Task) => t.fieldEnrolments.find((e) => e.keyId === keyId)
  const last = revisions.findLastIndex((t) => enrolmentIn(t) !== undefined)
  const enrolled = revisions[last] && enrolmentIn(revisions[last])
  if (enrolled === undefined) return null
  return {
    ...enrolled,
    names: [enrolled.name],
    role: 'expert',
    notBefore: enrolled.at,
    notAfter: null,
    revokedAt: revisions[last + 1]?.issuedAt ?? null,
  }
}

/** Whether a key counts at an instant (first verified receipt or import): `early` before it was valid, `revoked` also when expired. */
export function standingAt(
  signer: Pick<Signer, 'notBefore' | 'notAfter' | 'revokedAt'>,
  at: string,
): 'valid' | 'early' | 'revoked' {
  if (signer.revokedAt !== null && signer.revokedAt <= at) return 'revoked'
  if (signer.notAfter !== null && signer.notAfter < at) return 'revoked'
  return at < signer.notBefore ? 'early' : 'valid'
}
