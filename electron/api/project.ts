import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Api } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { ProjectView, RosterPerson } from '../../shared/contract/views.ts'
import type { RosterMember } from '../../shared/domain/roster.ts'
import { cleanLine } from '../../shared/domain/text.ts'
import { keyDigits } from '../../shared/package/key-id.ts'
import { sha256 } from '../exchange/crypto.ts'
import {
  checkSuccession,
  makeInvitation,
  openEnrolmentRequest,
  openInvitation,
  signRoster,
  type HeldRoster,
  type OpenedInvitation,
} from '../exchange/roster.ts'
import { meetCentre } from '../exchange/sync-client.ts'
import { write, type Reader, type Writer } from '../storage/database.ts'
import { record } from '../storage/log-store.ts'
import {
  addProject,
  addRoster,
  findProject,
  listProjects,
  newestRoster,
  updateProject,
  type Project,
  type StoredRoster,
} from '../storage/project-store.ts'
import { listTasks } from '../storage/task-store.ts'
import { asJob, dialogWords, unlocked, type Context } from './context.ts'
import { confirmPassphrase, myself, projectOf, stampOf, type Session } from './session.ts'
import { fileName, openSmallFile, saveSmallFile } from './small-file.ts'

/** A new key counts from a day earlier, so that a colleague's slow clock does not refuse what is signed today. */
const CLOCK_ALLOWANCE_MS = 24 * 3600 * 1000

export type Requested = { projectId: string; keyId: string; spki: string; name: string; unit: string }
export type Invited = OpenedInvitation

type ProjectApi = Pick<Api, Extract<keyof Api, `project.${string}`>>

/** Projects: found one, put people on its roster, hand out invitations, join by one. */
export function projectApi(context: Context): ProjectApi {
  return {
    'project.list': async () => {
      const session = unlocked(context)
      return session.ok ? ok(listProjects(session.value.store).map((p) => projectView(session.value, p))) : session
    },
    'project.found': async ({ name, passphrase }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      // A second click while the first is under way must not found a second project.
      return await asJob(
        context,
        'project.found',
        async () => await found(context, session.value, cleanLine(name), passphrase),
      )
    },
    'project.openRequest': async ({ projectId }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const file = await openSmallFile(context, dialogWords(context)('request'))
      if (file === null) return ok(null)
      const opened = file.ok ? openEnrolmentRequest(file.value) : file
      if (!opened.ok) return opened
      const { request, keyId } = opened.value
      const roster = newestRoster(session.value.store, projectId)?.roster
      const isKnown = roster?.members.some((m) => m.keyId === keyId) ?? false
      const same = roster?.members.filter((m) => m.name === request.name && m.role !== 'centre') ?? []
      const { name, unit, number, spki } = request
      const token = context.tokens.put(session.value, {
        kind: 'request',
        member: { projectId, keyId, spki, name, unit },
      })
      const [first] = same.toSorted((a, b) => Number(b.unit === unit) - Number(a.unit === unit))
      const samePerson = first === undefined || isKnown ? null : rosterPerson(first)
      return ok({ token, name, unit, number, digits: keyDigits(keyId), isKnown, samePerson })
    },
    'project.enrol': async ({ projectId, token, role, personId, passphrase }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const root = await confirmPassphrase(session.value, passphrase)
      if (!root.ok) return root
      const waiting = context.tokens.find(session.value, 'request', token)
      if (waiting?.member.projectId !== projectId) return fail('notFound')
      const enrolled = enrol(context, session.value, waiting.member, { role, personId: personId ?? null }, root.value)
      root.value.pkcs8.fill(0)
      if (enrolled.ok) context.tokens.forget(token)
      return enrolled
    },
    'project.revoke': async ({ projectId, keyId, passphrase }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const root = await confirmPassphrase(session.value, passphrase)
      if (!root.ok) return root
      const revoked = revoke(context, session.value, { projectId, keyId }, root.value)
      root.value.pkcs8.fill(0)
      return revoked
    },
    'project.saveInvitation': async ({ projectId }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const project = projectOf(session.value, projectId)
      if (!project.ok) return project
      const roster = heldRoster(session.value.store, project.value)
      if (roster === null) return fail('notFound')
      const bytes = makeInvitation(project.value.name, { spki: project.value.rootSpki }, roster)
      const t = dialogWords(context)
      const numbered = t('name_roster', { n: roster.roster.rosterSeq })
      const name = fileName([t('invitation'), project.value.name, numbered], 'json')
      return await saveSmallFile(context, t('invitation'), name, bytes)
    },
    'project.openInvitation': async () => {
      const session = unlocked(context)
      if (!session.ok) return session
      const file = await openSmallFile(context, dialogWords(context)('invitation'))
      if (file === null) return ok(null)
      const pinned = listProjects(session.value.store)
      const opened = file.ok ? openInvitation(file.value, pinned) : file
      if (!opened.ok) return opened
      const { projectName, rootKeyId, held } = opened.value
      const members = held.roster.members.map(rosterPerson)
      return ok({
        token: context.tokens.put(session.value, { kind: 'invitation', invitation: opened.value }),
        projectId: held.roster.projectId,
        projectName,
        rootDigits: keyDigits(rootKeyId),
        rosterSeq: held.roster.rosterSeq,
        members,
        me: members.find((m) => m.keyId === session.value.keys.keyId) ?? null,
        isUpdate: pinned.some((p) => p.projectId === held.roster.projectId),
      })
    },
    'project.join': async ({ token }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const waiting = context.tokens.find(session.value, 'invitation', token)
      if (waiting === null) return fail('notFound')
      const joined = join(context, session.value, waiting.invitation)
      if (joined.ok) context.tokens.forget(token)
      return joined
    },
    'project.setCentre': async ({ projectId, url }) => {
      const session = unlocked(context)
      if (!session.ok) return session
      const project = projectOf(session.value, projectId)
      return project.ok ? await connectCentre(context, session.value, project.value, url) : project
    },
  }
}

async function found(
  context: Context,
  session: Session,
  name: string,
  passphrase: string,
): Promise<Outcome<ProjectView>> {
  if (name === '') return fail('invalid', { problems: [{ path: 'name', code: 'required', message: '' }] })
  const root = await confirmPassphrase(session, passphrase)
  if (!root.ok) return root
  const at = context.now().toISOString()
  const { keyId, spki } = root.value
  const project: Project = {
    projectId: uuidv7(),
    name,
    rootKeyId: keyId,
    rootSpki: spki,
    isRoot: true,
    centreUrl: null,
    centreKeyId: null,
    clockOffsetMs: null,
    createdAt: at,
  }
  const { name: ownName, unit } = session.identity
  const self = { keyId, spki, name: ownName, unit }
  const roster = signRoster(root.value, null, {
    projectId: project.projectId,
    issuedAt: at,
    members: [newMember(self, 'lead', [], at)],
  })
  const stored = write(session.store, (tx) => {
    const added = addProject(tx, project)
    return added.ok ? addRoster(tx, storedRoster(roster), at) : added
  })
  return stored.ok ? ok(projectView(session, project)) : stored
}

function enrol(
  context: Context,
  session: Session,
  person: Requested,
  as: { role: RosterMember['role']; personId: string | null },
  root: Parameters<typeof signRoster>[0],
): Outcome<ProjectView> {
  return nextRoster(context, session, person.projectId, root, (members, at) => {
    if (members.some((m) => m.keyId === person.keyId)) return fail('alreadyExists')
    if (as.personId === null) return ok([...members, newMember(person, as.role, members, at)])
    const same = members.find((m) => m.personId === as.personId)
    // Tasks and sheets name the person: under another name nothing signed with the new key would be accepted.
    if (same === undefined) return fail('notFound')
    const { personId, name, unit } = same
    return ok([...members, { ...newMember({ ...person, name, unit }, as.role, members, at), personId }])
  })
}

/** Withdraws a key from this instant. Fails with notFound, stale (withdrawn already), notPermitted (not the founder, or the root's own). */
function revoke(
  context: Context,
  session: Session,
  { projectId, keyId }: { projectId: string; keyId: string },
  root: Parameters<typeof signRoster>[0],
): Outcome<ProjectView> {
  return nextRoster(context, session, projectId, root, (members, at) => {
    const member = members.find((m) => m.keyId === keyId)
    if (member === undefined) return fail('notFound')
    if (keyId === root.keyId) return fail('notPermitted')
    if (member.revokedAt !== null) return fail('stale')
    return ok(members.map((m) => (m === member ? { ...m, revokedAt: at } : m)))
  })
}

/** Signs and keeps the roster that follows the one held. Fails with notFound, notPermitted (not the founder) or as `change` does. */
function nextRoster(
  context: Context,
  session: Session,
  projectId: string,
  root: Parameters<typeof signRoster>[0],
  change: (members: readonly RosterMember[], at: string) => Outcome<RosterMember[]>,
): Outcome<ProjectView> {
  const project = projectOf(session, projectId)
  if (!project.ok) return project
  if (!project.value.isRoot) return fail('notPermitted')
  const held = heldRoster(session.store, project.value)
  if (held === null) return fail('notFound')
  const at = context.now().toISOString()
  const members = change(held.roster.members, at)
  if (!members.ok) return members
  const next = signRoster(root, held, { projectId, issuedAt: at, members: members.value })
  const stored = write(session.store, (tx) => keepRoster(tx, context, session, next, at))
  return stored.ok ? ok(projectView(session, project.value)) : stored
}

function join(context: Context, session: Session, invited: Invited): Outcome<ProjectView> {
  const { held, projectName, rootKeyId, rootSpki } = invited
  const at = context.now().toISOString()
  const { projectId } = held.roster
  return write(session.store, (tx) => {
    const known = findProject(tx, projectId)
    if (known !== null && known.rootKeyId !== rootKeyId) return fail('rootConflict')
    const project = known ?? {
      projectId,
      name: projectName,
      rootKeyId,
      rootSpki,
      isRoot: rootKeyId === session.keys.keyId,
      centreUrl: null,
      centreKeyId: null,
      clockOffsetMs: null,
      createdAt: at,
    }
    const follows = checkSuccession(known === null ? null : heldRoster(tx, known), held)
    if (!follows.ok) return follows
    const added = known === null ? addProject(tx, project) : ok(null)
    const kept = added.ok ? keepRoster(tx, context, session, held, at) : added
    return kept.ok ? ok(projectView(session, project)) : kept
  })
}

/** Keeps a roster; every task of its project notes in its log whose keys count from here on. */
function keepRoster(tx: Writer, context: Context, session: Session, held: HeldRoster, at: string): Outcome<null> {
  const { projectId, rosterSeq } = held.roster
  const before = newestRoster(tx, projectId)?.roster.rosterSeq ?? null
  const added = addRoster(tx, storedRoster(held), at)
  const me = myself(session, projectId)
  if (!added.ok || me === null || before === rosterSeq) return added
  for (const { task } of listTasks(tx).filter((t) => t.task.projectId === projectId)) {
    record(tx, stampOf(context, me.personId), {
      taskId: task.taskId,
      action: 'rosterAccepted',
      object: held.sha256,
      before,
      after: rosterSeq,
    })
  }
  return added
}

/** Keeps the centre's address after the centre has proved with a signed answer that it is the one on the roster. */
async function connectCentre(context: Context, session: Session, project: Project, url: string) {
  const address = url.trim().replace(/\/+$/, '')
  if (address === '') {
    const removed = write(session.store, (tx) =>
      updateProject(tx, project.projectId, { centreUrl: null, centreKeyId: null }),
    )
    return removed.ok ? ok(null) : removed
  }
  const roster = newestRoster(session.store, project.projectId)?.roster
  if (!/^https?:\/\/[^\s]+$/.test(address) || roster === undefined) {
    return fail('invalid', { problems: [{ path: 'url', code: 'url', message: '' }] })
  }
  const met = await meetCentre(address, roster, context.net)
  if (!met.ok) return met
  const { keyId, clockOffsetMs } = met.value
  const kept = write(session.store, (tx) =>
    updateProject(tx, project.projectId, { centreUrl: address, centreKeyId: keyId, clockOffsetMs }),
  )
  return kept.ok ? ok({ projectId: project.projectId, url: address, digits: keyDigits(keyId), clockOffsetMs }) : kept
}

/** A person's id is short enough to read and stays with the key. */
function newMember(
  person: Pick<RosterMember, 'keyId' | 'spki' | 'name' | 'unit'>,
  role: RosterMember['role'],
  others: readonly RosterMember[],
  at: string,
): RosterMember {
  const short = `p-${person.keyId.slice(0, 8)}`
  const personId = others.some((m) => m.personId === short) ? `p-${randomUUID().slice(0, 23)}` : short
  const notBefore = new Date(Date.parse(at) - CLOCK_ALLOWANCE_MS).toISOString()
  const { keyId, spki, name, unit } = person
  return { keyId, spki, suite: 'ed25519', personId, name, unit, role, notBefore, notAfter: null, revokedAt: null }
}

const storedRoster = ({ document, roster }: HeldRoster): StoredRoster => ({
  doc: document.bytes,
  sig: document.sig,
  roster,
})

/** The roster in force in the shape the next one is signed from. */
export function heldRoster(db: Reader, project: Pick<Project, 'projectId' | 'rootKeyId'>): HeldRoster | null {
  const stored = newestRoster(db, project.projectId)
  if (stored === null) return null
  const { doc, sig, roster } = stored
  return { roster, document: { bytes: doc, sig, keyId: project.rootKeyId }, sha256: sha256(doc) }
}

function projectView(session: Session, project: Project): ProjectView {
  const roster = newestRoster(session.store, project.projectId)?.roster
  const me = myself(session, project.projectId)
  return {
    projectId: project.projectId,
    name: project.name,
    rootDigits: keyDigits(project.rootKeyId),
    isRoot: project.isRoot,
    rosterSeq: roster?.rosterSeq ?? 0,
    members: (roster?.members ?? []).map(rosterPerson),
    me: me === null ? null : rosterPerson(me),
    centreUrl: project.centreUrl,
  }
}

function rosterPerson({ keyId, personId, name, unit, role, revokedAt }: RosterMember): RosterPerson {
  return { keyId, digits: keyDigits(keyId), personId, name, unit, role, isRevoked: revokedAt !== null }
}
