import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { heldRoster } from '../../../electron/api/project.ts'
import type { KeyPair } from '../../../electron/exchange/keys.ts'
import { generateKeys } from '../../../electron/exchange/keys.ts'
import { makeInvitation, signRoster, type HeldRoster } from '../../../electron/exchange/roster.ts'
import { findProject, rostersOf } from '../../../electron/storage/project-store.ts'
import type { RosterMember } from '../../../shared/domain/roster.ts'
import { gatherTeam } from '../../support/app-job.ts'
import { makeWorld, type Machine, type World } from '../../support/app-world.ts'
const AT = '2026-05-12T08:00:00.000Z'

let world: World
let lead: Machine
let expert: Machine
let projectId: string
/** The founder's key: what a dishonest founder, or a thief, could sign with it. */
let root: KeyPair
let second: HeldRoster

beforeAll(async () => {
  world = makeWorld()
  const team = await gatherTeam(world, 2)
  lead = team.lead
  projectId = team.projectId
  expert = team.experts[0] ?? expect.fail()
  const { current } = lead.context.session
  if (current === null) throw new Error('locked')
  root = { ...current.keys, pkcs8: Uint8Array.from(current.keys.pkcs8) }
  const project = findProject(current.store, projectId) ?? expect.fail()
  second = heldRoster(current.store, project) ?? expect.fail()
}, 120_000)
afterAll(async () => await world.end())

const storeOf = (machine: Machine) => (machine.context.session.current ?? expect.fail()).store
const seqs = () => rostersOf(storeOf(expert), projectId).map((r) => r.rosterSeq)
const memberNamed = (unit: string) => (member: RosterMember) => ({ ...member, unit })
const after = (held: HeldRoster, unit: string, keys = root): HeldRoster =>
  signRoster(keys, held, { projectId, issuedAt: AT, members: held.roster.members.map(memberNamed(unit)) })

let files = 0
/** Opens an invitation with this roster on the expert's machine and says yes: `ok`, or the failure. */
async function joined(held: HeldRoster, keys = root): Promise<string> {
  files += 1
  const file = world.file(`invitation-${files}.json`)
  writeFileSync(file, makeInvitation('批次', keys, held))
  expert.answers.push(file)
  const opened = await expert.api['project.openInvitation']({})
  if (!opened.ok) return opened.failure.code
  const join = await expert.api['project.join']({ token: opened.value?.token ?? '', digitsCompared: true })
  return join.ok ? 'ok' : [join.failure.code, join.failure.detail ?? ''].join(' ').trim()
}

test('rosters rise one by one; an older one is refused and the newer one stays in force', async () => {
  expect(second.roster.rosterSeq).toBe(2)
  expect(seqs()).toEqual([2])
  const third = after(second, '三')
  const fifth = after(after(third, '四'), '五')
  expect(await joined(third)).toBe('ok')
  expect(await joined(third)).toBe('ok')
  expect(await joined(second)).toBe('rosterOld')
  expect(await joined(fifth)).toBe('ok')
  expect(await joined(third)).toBe('rosterOld')
  expect(seqs()).toEqual([2, 3, 5])
  const [project] = await expert.call('project.list', {})
  expect(project).toMatchObject({ rosterSeq: 5 })

  // Two of one number with different content, and a chain that parted before.
  expect(await joined(after(after(third, '四'), '另一个五'))).toBe('invalid twin')
  expect(await joined(after(after(after(third, '四'), '另一个五'), '六'))).toBe('invalid brokenChain')
  expect(seqs()).toEqual([2, 3, 5])
  expect(await joined(after(fifth, '六'))).toBe('ok')
  expect(seqs()).toEqual([2, 3, 5, 6])
})

test('a roster of another root, of another signer, or of a weak key changes nothing', async () => {
  const before = seqs()
  const thief = generateKeys()
  const members = second.roster.members
  const asRoot = { ...members[0]!, keyId: thief.keyId, spki: thief.spki, personId: 'thief' }
  const takeover = signRoster(thief, second, { projectId, issuedAt: AT, members: [...members, asRoot] })
  expect(await joined(takeover, thief)).toBe('rootConflict')
  expect(await joined(takeover)).toBe('refused')
  const forged = { ...second, document: { ...after(second, 'x').document, sig: takeover.document.sig } }
  expect(await joined(forged)).toBe('refused')
  expect(seqs()).toEqual(before)
})
