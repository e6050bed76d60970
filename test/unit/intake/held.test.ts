import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { uploadId } from '../../../electron/exchange/sync-protocol.ts'
import type { Verdict } from '../../../shared/package/verdict.ts'
import { bytesOf, makeCaller } from '../../support/intake-caller.ts'
import { nextRoster, startCentre, type TestCentre } from '../../support/intake-centre.ts'
import {
  makeWorld,
  sealResult,
  sealSheet,
  sealTask,
  type Made,
  type Person,
  type World,
} from '../../support/package-factories.ts'
import { AT } from '../../support/scoring-factories.ts'

const DAY = 86_400_000

let folder: string
let world: World
let centre: TestCentre

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'held-'))
})
beforeEach(async () => {
  world = makeWorld(join(folder, Math.random().toString(36).slice(2)))
  centre = await startCentre(world)
})
afterEach(async () => await centre.close())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Sends a package as a person; `ok`, or the verdict it was refused with. */
async function sent(made: Made, person: Person = 'e1'): Promise<Verdict> {
  const answer = await makeCaller(world, centre, person).send(await bytesOf(world, made))
  return answer.status === 200 ? 'ok' : ((await answer.json()) as { verdict: Verdict }).verdict
}
const statusFor = async (person: Person, path: string): Promise<number> =>
  (await makeCaller(world, centre, person).call(path)).status

describe('task revisions at a centre', () => {
  const revision = (over: object) => ({ ...world.task, revision: 2, issuedBy: 'e1', ...over })

  test('forged by an expert, replayed, given twice with other content, or by a withdrawn key', async () => {
    const dates = { from: '2026-05-14', to: '2026-05-15' }
    const one = sealTask(world)
    const two = sealTask(world, revision({ dates }), 'e1')
    expect(await sent(sealTask(world, revision({ dates, issuedBy: 'e2' }), 'e2'))).toBe('notPermitted')
    expect(await sent(one)).toBe('ok')
    expect(await sent(two)).toBe('ok')
    expect(await sent(sealTask(world, revision({ dates: world.task.dates }), 'e1'))).toBe('conflictingTwin')
    // The very same package again is answered with its receipt, another file with the same revision is not.
    expect(await sent(one)).toBe('ok')
    const before = sealTask(world, { ...world.task, batch: '另一批' })
    expect(await sent(before)).toBe('conflictingTwin')
    expect(centre.store.totals().packages).toBe(2)

    const withdrawn = nextRoster(world, (members) =>
      members.map((m) => (m.personId === 'office' ? { ...m, revokedAt: AT } : m)),
    )
    centre.store.addRoster(withdrawn.roster.rosterSeq, withdrawn.document)
    const third = sealTask(world, revision({ revision: 3, issuedBy: 'office' }), 'office')
    expect(await sent(third)).toBe('revoked')
  })

  test('a result under a task revision that nobody issued', async () => {
    const sheets = (['e1', 'e2', 'e3'] as const).map((p) => sealSheet(world, p))
    expect(await sent(sealTask(world), 'office')).toBe('ok')
    const held = world.task
    world.task = revision({ reportNumber: 'R-9' })
    const forged = sealResult(world, sheets)
    world.task = held
    expect(await sent(forged)).toBe('notPermitted')
    expect(await sent(sealResult(world, sheets))).toBe('ok')
  })
})

describe('who sees what is held', () => {
  test('a lead only own tasks and what is not kept from the lead; an expert nobody’s sheet', async () => {
    const open = sealSheet(world, 'e2')
    const closed = sealSheet(world, 'e3', {}, { claims: { audience: [world.keys.centre.keyId] } })
    expect([await sent(open, 'e2'), await sent(closed, 'e3')]).toEqual(['ok', 'ok'])
    const seen = async (person: Person) => [
      await statusFor(person, `/v1/packages/${open.digest}`),
      await statusFor(person, `/v1/packages/${closed.digest}`),
    ]
    expect(await seen('e1')).toEqual([200, 404])
    expect(await seen('e2')).toEqual([200, 404])
    expect(await seen('e3')).toEqual([404, 200])
    expect(await seen('office')).toEqual([200, 200])
    expect(await statusFor('office', '/v1/packages/../../intake.db')).toBe(404)
    expect(await statusFor('office', `/v1/packages/${'..%2f'.repeat(3)}intake.db`)).toBe(404)
  })

  test('a lead of another task sees none of this one', async () => {
    const sheet = sealSheet(world, 'e2')
    expect(await sent(sheet, 'e2')).toBe('ok')
    const members = nextRoster(world, (list) => list.map((m) => (m.personId === 'e3' ? { ...m, role: 'lead' } : m)))
    centre.store.addRoster(members.roster.rosterSeq, members.document)
    expect(await statusFor('e3', '/v1/packages')).toBe(200)
    expect(await statusFor('e3', `/v1/packages/${sheet.digest}`)).toBe(404)
    expect(await statusFor('e1', `/v1/packages/${sheet.digest}`)).toBe(200)
  })
})

describe('a centre’s own standing', () => {
  test('a key on the roster in another role, or withdrawn, receives nothing', async () => {
    const as = (over: object, from = world.held) =>
      nextRoster(world, (list) => list.map((m) => (m.personId === 'centre' ? { ...m, ...over } : m)), from)
    const ready = async () => (await fetch(`${centre.url}/readyz`)).status
    expect(await ready()).toBe(200)
    const expert = as({ role: 'expert' })
    centre.store.addRoster(2, expert.document)
    expect(await ready()).toBe(503)
    const again = as({ role: 'centre' }, expert)
    centre.store.addRoster(3, again.document)
    expect(await ready()).toBe(200)
    centre.store.addRoster(4, as({ revokedAt: AT }, again).document)
    expect(await ready()).toBe(503)
  })

  test('no room: nothing is begun; with room again it is', async () => {
    const bytes = await bytesOf(world, sealSheet(world, 'e2'))
    const caller = makeCaller(world, centre, 'e2')
    const { hasRoomFor } = centre.intake
    expect([hasRoomFor(1), hasRoomFor(Number.MAX_SAFE_INTEGER / 4)]).toEqual([true, false])
    centre.intake.hasRoomFor = () => false
    expect((await caller.create(sha256(bytes), bytes.length)).status).toBe(507)
    expect(readdirSync(join(centre.folder, 'uploads'))).toEqual([])
    centre.intake.hasRoomFor = hasRoomFor
    expect((await caller.send(bytes)).status).toBe(200)
  })

  test('says nothing for ever: headers, requests and connections have their time', () => {
    const { server } = centre.app
    expect([server.headersTimeout, server.requestTimeout, server.maxConnections]).toEqual([15_000, 600_000, 1000])
    expect(server.timeout).toBe(60_000)
  })
})

describe('what is left of earlier runs', () => {
  test('a file without an entry is nothing, and makes way for the real one', async () => {
    const sheet = sealSheet(world, 'e2')
    const path = `/v1/packages/${sheet.digest}`
    writeFileSync(join(centre.folder, 'packages', `${sheet.digest}.evp`), 'left by a crash before the commit')
    expect(await statusFor('office', path)).toBe(404)
    expect(await sent(sheet, 'e2')).toBe('ok')
    const loaded = await makeCaller(world, centre, 'office').call(path)
    expect(sha256(new Uint8Array(await loaded.arrayBuffer()))).toBe(sha256(await bytesOf(world, sheet)))
  })

  test('uploads nobody went on with are dropped after a week, not before', async () => {
    await centre.close()
    const leave = (hash: string, days: number): string => {
      const id = uploadId(hash.repeat(64), world.keys.e2.keyId)
      const at = join(centre.folder, 'uploads', id)
      mkdirSync(join(centre.folder, 'uploads'), { recursive: true })
      writeFileSync(at, 'begun')
      const creation_date = new Date(Date.now() - days * DAY).toISOString()
      writeFileSync(`${at}.json`, JSON.stringify({ id, size: 1000, offset: 0, metadata: {}, creation_date }))
      return at
    }
    const [old, young] = [leave('a', 7.01), leave('b', 6.99)]
    centre = await startCentre(world, { folder: centre.folder })
    while (existsSync(old)) await new Promise((resolve) => setTimeout(resolve, 10))
    expect([existsSync(old), existsSync(young)]).toEqual([false, true])
  })
})
