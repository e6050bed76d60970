import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { generateKeys } from '../../../electron/exchange/keys.ts'
import type { ProjectTrust } from '../../../electron/exchange/trust.ts'
import type { VerifyRequest } from '../../../electron/exchange/verify.ts'
import type { RosterMember } from '../../../shared/domain/roster.ts'
import type { Task } from '../../../shared/domain/task.ts'
import type { KnownPackage } from '../../../shared/package/verdict.ts'
import { judgeSound, trustWith } from '../../support/package-bench.ts'
import {
  NOW,
  PEOPLE,
  acceptedOf,
  embeddedOf,
  makeResult,
  makeWorld,
  rosterMember,
  seal,
  sealResult,
  sealSheet,
  sealTask,
  sheetIn,
  verifyIn,
  type Made,
  type Person,
  type World,
} from '../../support/package-factories.ts'
import {
  insertBefore,
  pack,
  partNamed,
  partsOf,
  reseal,
  withBytes,
  type Part,
} from '../../support/package-mutations.ts'
import { AT } from '../../support/scoring-factories.ts'

/** Before everything the factories date. */
const EARLIER = '2026-05-12T07:59:59.999Z'
const LATER_DATES = { from: '2026-05-14', to: '2026-05-15' }

let folder: string
let world: World
/** The world's trust once the office's first issue was accepted. */
let trust: ProjectTrust

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'revisions-'))
  world = makeWorld(folder)
  trust = { ...world.trust, tasks: [world.task] }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const judge = (made: Made, over: Partial<VerifyRequest> = {}) => judgeSound(world, made, { trust, ...over })
const judgeParts = (parts: readonly Part[], over: Partial<VerifyRequest> = {}) => {
  const file = join(folder, 'attack.evp')
  writeFileSync(file, pack(parts))
  return verifyIn(world, file, { trust, ...over })
}
const codeOf = ({ verdict, problems }: Awaited<ReturnType<typeof judge>>) => [verdict, problems[0]?.code ?? '']
const known = async (made: Made, over: Partial<VerifyRequest> = {}): Promise<KnownPackage> =>
  acceptedOf(await judge(made, over))
const membersWith = (person: Person, over: Partial<RosterMember>) =>
  PEOPLE.map((p) => rosterMember(p, world.keys[p], p === person ? over : {}))
/** The next revision of the world's task; the lead may change its dates. */
const next = (over: Partial<Task> = {}): Task => ({
  ...world.task,
  revision: 2,
  issuedBy: 'e1',
  dates: LATER_DATES,
  ...over,
})
const leading = (person: string, task: Task = world.task) =>
  task.team.map((m) => ({ ...m, role: m.personId === person ? ('lead' as const) : ('expert' as const) }))

describe('a forged revision', () => {
  test('control: by the task’s lead, and by the office', async () => {
    expect((await judge(sealTask(world, next(), 'e1'))).verdict).toBe('ok')
    expect((await judge(sealTask(world, next({ issuedBy: 'office' }), 'office'))).verdict).toBe('ok')
  })
  test('by an expert of the team, in the own name or the lead’s', async () => {
    expect(codeOf(await judge(sealTask(world, next({ issuedBy: 'e2' }), 'e2')))).toEqual([
      'notPermitted',
      'notOfficeOrLead',
    ])
    expect(codeOf(await judge(sealTask(world, next(), 'e2')))).toEqual(['notPermitted', 'otherPerson'])
    const parts = partsOf(sealTask(world, next(), 'e1').entries)
    expect((await judgeParts(parts)).verdict).toBe('ok')
    expect((await judgeParts(reseal(parts, world.keys.e2))).verdict).toBe('notAuthentic')
  })
  test('by a lead of the project who does not lead this task, also one who makes it so', async () => {
    const rosters = trustWith(world, membersWith('e3', { role: 'lead' })).rosters
    const own = { trust: { ...trust, rosters } }
    expect(codeOf(await judge(sealTask(world, next({ issuedBy: 'e3' }), 'e3'), own))).toEqual([
      'notPermitted',
      'notTheLead',
    ])
    const coup = next({ issuedBy: 'e3', team: leading('e3') })
    expect(codeOf(await judge(sealTask(world, coup, 'e3'), own))).toEqual(['notPermitted', 'notTheLead'])
    const handedOver = next({ team: leading('e3') })
    expect((await judge(sealTask(world, handedOver, 'e1'), own)).verdict).toBe('ok')
    const after = { trust: { ...own.trust, tasks: [world.task, handedOver] } }
    const third = { ...handedOver, revision: 3, issuedBy: 'e3', dates: { from: '2026-05-16', to: '2026-05-16' } }
    expect((await judge(sealTask(world, third, 'e3'), after)).verdict).toBe('ok')
    expect(codeOf(await judge(sealTask(world, { ...third, issuedBy: 'e1' }, 'e1'), after))).toEqual([
      'notPermitted',
      'notTheLead',
    ])
  })
  test('with the signature of another revision, or a byte changed under its own', async () => {
    const one = partsOf(sealTask(world).entries)
    const two = partsOf(sealTask(world, next(), 'e1').entries)
    const swapped = withBytes(two, 'signatures/author.sig', partNamed(one, 'signatures/author.sig').bytes)
    expect((await judgeParts(swapped)).verdict).toBe('notAuthentic')
    const text = partNamed(two, 'data/task.json').bytes.toString()
    const changed = withBytes(two, 'data/task.json', text.replace('2026-05-15', '2026-06-15'))
    expect((await judgeParts(changed)).verdict).toBe('damaged')
    const mixed = withBytes(two, 'data/task.json', partNamed(one, 'data/task.json').bytes)
    expect((await judgeParts(mixed)).verdict).toBe('damaged')
    expect(codeOf(await judgeParts(reseal(mixed, world.keys.e1)))).toEqual(['invalidContent', 'reference'])
  })
  test('by a key withdrawn before it arrived, whatever date it claims; what came before stays', async () => {
    const made = sealTask(world, next(), 'e1', { claims: { createdAt: '2026-01-02T00:00:00.000Z' } })
    const revoked = { trust: { ...trust, rosters: trustWith(world, membersWith('e1', { revokedAt: AT })).rosters } }
    const accepted = { ...(await known(made)), acceptedAt: EARLIER }
    expect(codeOf(await judge(made, revoked))).toEqual(['revoked', 'revoked'])
    expect((await judge(made, { ...revoked, at: EARLIER })).verdict).toBe('ok')
    expect((await judge(made, { ...revoked, known: [accepted] })).verdict).toBe('duplicate')
    const third = sealTask(world, next({ revision: 3 }), 'e1')
    expect((await judge(third, { ...revoked, known: [accepted] })).verdict).toBe('revoked')
  })
})

describe('a replayed or reordered revision', () => {
  test('the same again, also with something unsigned beside it; an earlier one after a later one', async () => {
    const one = sealTask(world)
    const two = sealTask(world, next(), 'e1')
    const [first, second] = [await known(one), await known(two)]
    expect((await judge(two, { known: [first] })).verdict).toBe('ok')
    expect((await judge(two, { known: [first, second] })).verdict).toBe('duplicate')
    const dressed = insertBefore(partsOf(two.entries), 'data/task.json', {
      name: 'signatures/time.tsr',
      bytes: Buffer.from('anything'),
    })
    expect((await judgeParts(dressed, { known: [first] })).verdict).toBe('ok')
    expect((await judgeParts(dressed, { known: [first, second] })).verdict).toBe('duplicate')
    expect((await judge(one, { known: [first, second] })).verdict).toBe('duplicate')
    expect((await judge(one, { known: [second] })).verdict).toBe('older')
  })
  test('another content under a number that is taken, whoever signs it', async () => {
    const second = await known(sealTask(world, next(), 'e1'))
    const twin = next({ dates: { from: '2026-05-20', to: '2026-05-21' } })
    expect((await judge(sealTask(world, twin, 'e1'), { known: [second] })).verdict).toBe('conflictingTwin')
    const office = sealTask(world, { ...twin, issuedBy: 'office' }, 'office')
    expect((await judge(office, { known: [second] })).verdict).toBe('conflictingTwin')
    expect((await judge(sealTask(world, { ...twin, revision: 3 }, 'e1'), { known: [second] })).verdict).toBe('ok')
  })
  test('one that skips a number: the office’s counts and the skipped one is older; a lead’s waits for what it rests on', async () => {
    const officeTwo = next({ issuedBy: 'office', reportNumber: 'R-2' })
    const officeThree = { ...officeTwo, revision: 3, reportNumber: 'R-3' }
    const third = await known(sealTask(world, officeThree, 'office'))
    expect((await judge(sealTask(world, officeTwo, 'office'), { known: [third] })).verdict).toBe('older')
    const leadThree = sealTask(world, { ...officeTwo, revision: 3, issuedBy: 'e1', dates: world.task.dates }, 'e1')
    const early = await judge(leadThree)
    expect(early).toMatchObject({ verdict: 'notPermitted', problems: [{ code: 'revisionMissing', message: '2' }] })
    expect((await judge(leadThree, { trust: { ...trust, tasks: [world.task, officeTwo] } })).verdict).toBe('ok')
  })
})

describe('the copy of the task in a sheet or result', () => {
  const sheetsOf = () => (['e1', 'e2', 'e3'] as const).map((p) => sealSheet(world, p))

  /** A result over sheets of the first revision that brings `task` along, signed by `person`. */
  function resultUnder(task: Task, sheets: readonly Made[], person: Person): Made {
    const held = world.task
    world.task = task
    const list = sheets
      .map((made) => ({ digest: made.digest, sheet: sheetIn(made) }))
      .toSorted((a, b) => (a.digest < b.digest ? -1 : 1))
    const result = makeResult(world, sheets)
    const documents = { kind: 'result' as const, result, sheets: list, task, template: world.template }
    world.task = held
    return seal(world, person, documents, { embedded: sheets.map(embeddedOf) })
  }

  test('is the very one that was accepted under its number', async () => {
    expect((await judge(sealSheet(world, 'e2'))).verdict).toBe('ok')
    const held = world.task
    world.task = { ...held, rules: { ...held.rules, passphraseMinLength: 4 } }
    expect(codeOf(await judge(sealSheet(world, 'e2')))).toEqual(['notPermitted', 'foreignTask'])
    expect(codeOf(await judge(sealResult(world, sheetsOf())))).toEqual(['notPermitted', 'foreignTask'])
  })
  test('makes nobody lead: an expert’s result under a revision nobody has seen', async () => {
    const coup = next({ issuedBy: 'office', team: leading('e2') })
    const made = resultUnder(coup, sheetsOf(), 'e2')
    expect(await judge(made)).toMatchObject({
      verdict: 'notPermitted',
      problems: [{ path: 'data/task.json', code: 'revisionMissing', message: '2' }],
    })
    expect((await judge(made, { trust: { ...trust, tasks: [world.task, coup] } })).verdict).toBe('ok')
  })
  test('changes no more than its lead may change on site', async () => {
    expect((await judge(resultUnder(next(), sheetsOf(), 'e1'))).verdict).toBe('ok')
    const more = next({ reportNumber: 'R-9', issuedBy: 'office' })
    const made = resultUnder(more, sheetsOf(), 'e1')
    expect(codeOf(await judge(made))).toEqual(['notPermitted', 'revisionMissing'])
    expect((await judge(made, { trust: { ...trust, tasks: [world.task, more] } })).verdict).toBe('ok')
  })
  test('a sheet of an earlier revision counts in a result only if its own work is unchanged', async () => {
    const sheets = sheetsOf()
    const listed = next({
      team: world.task.team.map((m) => (m.personId === 'e3' ? { ...m, assigned: ['a1', 'a2', 'a3', 'v1'] } : m)),
    })
    expect((await judge(resultUnder(next(), sheets, 'e1'))).verdict).toBe('ok')
    expect(await judge(resultUnder(listed, sheets, 'e1'))).toMatchObject({
      verdict: 'invalidContent',
      problems: [{ code: 'taskChanged', message: 'assigned' }],
    })
    world.task = listed
    const again = sealSheet(world, 'e3', { revision: 2, reason: '任务修订' })
    expect((await judge(sealResult(world, [...sheets.slice(0, 2), again]))).verdict).toBe('ok')
  })
})

describe('a key enrolled on site', () => {
  const enrolled = () => {
    const spare = generateKeys()
    const enrolment = {
      personId: 'e3',
      keyId: spare.keyId,
      spki: spare.spki,
      name: 'e3',
      unit: '',
      by: 'e1',
      at: AT,
      reason: '电脑损坏',
    }
    world.keys.e3 = spare
    return next({ fieldEnrolments: [enrolment], issuedAt: AT })
  }
  test('is withdrawn by the revision that no longer has it, from then on', async () => {
    const two = enrolled()
    const three: Task = { ...two, revision: 3, fieldEnrolments: [], issuedAt: '2026-05-12T08:00:00.500Z' }
    const four: Task = { ...two, revision: 4 }
    const under = (...later: Task[]) => ({ trust: { ...trust, tasks: [...later, world.task] } })
    world.task = two
    const sheet = sealSheet(world, 'e3')
    expect((await judge(sheet, under(two))).verdict).toBe('ok')
    expect((await judge(sheet, under(three, two))).verdict).toBe('revoked')
    expect((await judge(sheet, { ...under(three, two), at: AT })).verdict).toBe('ok')
    expect((await judge(sheet, under(two, four, three))).verdict).toBe('ok')
    const seen = { ...(await known(sheet, under(two))), acceptedAt: AT }
    expect((await judge(sheet, { ...under(three, two), known: [seen] })).verdict).toBe('duplicate')
  })
})

test('a sheet signed after its author’s key was withdrawn is revoked, however early it claims to be', async () => {
  const made = sealSheet(world, 'e2', {}, { claims: { createdAt: '2026-01-02T00:00:00.000Z' } })
  const rosters = (revokedAt: string | null) => trustWith(world, membersWith('e2', { revokedAt })).rosters
  expect((await judge(made, { trust: { ...trust, rosters: rosters(null) } })).verdict).toBe('ok')
  expect((await judge(made, { trust: { ...trust, rosters: rosters(NOW) } })).verdict).toBe('revoked')
  expect((await judge(made, { trust: { ...trust, rosters: rosters('2026-05-12T08:00:01.001Z') } })).verdict).toBe('ok')
})
