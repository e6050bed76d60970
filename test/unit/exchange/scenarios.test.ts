import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { generateKeys } from '../../../electron/exchange/keys.ts'
import { keyIdOf } from '../../../electron/exchange/public-key.ts'
import { peekPackage, type VerifyRequest } from '../../../electron/exchange/verify.ts'
import type { RosterMember } from '../../../shared/domain/roster.ts'
import { MAX_PHOTO_PIXELS } from '../../../shared/package/limits.ts'
import { EMPTY_LOG } from '../../../shared/package/log.ts'
import type { KnownPackage, Verdict } from '../../../shared/package/verdict.ts'
import { judgeSound, trustWith } from '../../support/package-bench.ts'
import {
  NOW,
  OTHER_PROJECT,
  PEOPLE,
  acceptedOf,
  exportPackage,
  log,
  makeWorld,
  mediaOf,
  rosterMember,
  seal,
  sealResult,
  sealSheet,
  sealTask,
  storePhoto,
  type Made,
  type World,
} from '../../support/package-factories.ts'
import { AT } from '../../support/scoring-factories.ts'

let folder: string
let world: World

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenarios-'))
  world = makeWorld(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const judge = (made: Made, over: Partial<VerifyRequest> = {}) => judgeSound(world, made, over)
const withRoster = (members: readonly RosterMember[]) => trustWith(world, members)
const known = async (made: Made): Promise<KnownPackage> => acceptedOf(await judge(made))
const membersWith = (person: string, over: Partial<ReturnType<typeof rosterMember>>) =>
  PEOPLE.map((p) => rosterMember(p, world.keys[p], p === person ? over : {}))

describe('who', () => {
  test('unknownSigner: not on the newest roster, or no roster of that project; and a hint when ours is old', async () => {
    const made = sealSheet(world, 'e2')
    expect((await judge(made)).verdict).toBe('ok')
    const without = withRoster(PEOPLE.filter((p) => p !== 'e2').map((p) => rosterMember(p, world.keys[p])))
    expect(await judge(made, { trust: without })).toMatchObject({
      verdict: 'unknownSigner',
      statement: null,
      keyId: null,
    })
    expect((await judge(made, { trust: null })).verdict).toBe('unknownSigner')
    const ahead = sealSheet(world, 'e2', { revision: 2, reason: '补充' }, { claims: { rosterSeq: 9 } })
    expect((await judge(ahead, { trust: without })).problems[0]?.code).toBe('rosterOld')
  })
  test('revoked and expired keys: judged when first seen, never by the package’s own date', async () => {
    const made = sealSheet(world, 'e2')
    const revoked = withRoster(membersWith('e2', { revokedAt: AT }))
    expect((await judge(made, { trust: revoked })).verdict).toBe('revoked')
    expect((await judge(made, { trust: revoked, at: '2026-05-12T07:59:59.999Z' })).verdict).toBe('ok')
    expect(
      (await judge(made, { trust: withRoster(membersWith('e2', { notAfter: '2026-05-01T00:00:00.000Z' })) })).verdict,
    ).toBe('revoked')
    const early = withRoster(membersWith('e2', { notBefore: '2027-01-01T00:00:00.000Z' }))
    expect(await judge(made, { trust: early })).toMatchObject({
      verdict: 'unknownSigner',
      problems: [{ code: 'notYetValid' }],
    })
  })
  test('a package accepted before its key was revoked stays a duplicate, and its sheet stays good in a result', async () => {
    const sheets = (['e1', 'e2', 'e3'] as const).map((p) => sealSheet(world, p))
    const seen = [await known(sheets[1]!)]
    const revoked = withRoster(membersWith('e2', { revokedAt: NOW }))
    expect(
      (await judge(sheets[1]!, { trust: revoked, known: seen.map((k) => ({ ...k, acceptedAt: AT })) })).verdict,
    ).toBe('duplicate')
    const result = sealResult(world, sheets)
    expect((await judge(result, { trust: revoked })).verdict).toBe('revoked')
    expect((await judge(result, { trust: revoked, known: seen.map((k) => ({ ...k, acceptedAt: AT })) })).verdict).toBe(
      'ok',
    )
  })
  test('emergency enrolment: the key counts for that task only, and inside the lead’s result', async () => {
    const spare = generateKeys()
    const enrolment = {
      personId: 'e3',
      keyId: spare.keyId,
      spki: spare.spki,
      name: 'e3',
      unit: '质检院',
      by: 'e1',
      at: AT,
      reason: '电脑损坏',
    }
    const without = withRoster(PEOPLE.filter((p) => p !== 'e3').map((p) => rosterMember(p, world.keys[p])))
    world.keys.e3 = spare
    world.task = { ...world.task, revision: 2, fieldEnrolments: [enrolment], issuedBy: 'e1' }
    const task = sealTask(world, world.task, 'e1')
    const first = await judge(task, { trust: without })
    expect(first.verdict).toBe('ok')
    const sheet = sealSheet(world, 'e3')
    expect((await judge(sheet, { trust: without })).verdict).toBe('unknownSigner')
    expect((await judge(sheet, { trust: { ...without, tasks: [world.task] } })).verdict).toBe('ok')
    const elsewhere = { ...world.task, taskId: '00000000-0000-7000-8000-00000000000a' }
    expect((await judge(sheet, { trust: { ...without, tasks: [elsewhere] } })).verdict).toBe('unknownSigner')
    const result = sealResult(world, [sealSheet(world, 'e1'), sealSheet(world, 'e2'), sheet])
    expect((await judge(result, { trust: without })).verdict).toBe('ok')
  })
  test('a weak key in an enrolment', async () => {
    const spki = `MCowBQYDK2VwAyEA${Buffer.alloc(32).toString('base64')}`.slice(0, 60)
    const enrolment = {
      personId: 'e3',
      keyId: keyIdOf(spki),
      spki,
      name: 'e3',
      unit: '',
      by: 'e1',
      at: AT,
      reason: 'x',
    }
    const judged = (over: Partial<typeof enrolment>) =>
      judge(sealTask(world, { ...world.task, fieldEnrolments: [{ ...enrolment, ...over }] }))
    const refused = { verdict: 'invalidContent', problems: [{ code: 'weakKey' }] }
    expect(await judged({})).toMatchObject(refused)
    const { spki: strong, keyId } = generateKeys()
    expect(await judged({ spki: strong })).toMatchObject(refused)
    expect((await judged({ spki: strong, keyId })).verdict).toBe('ok')
  })
})

describe('what one may say', () => {
  test('a task by an expert, by a lead, and a lead’s revision of what is not the lead’s', async () => {
    expect((await judge(sealTask(world, { ...world.task, issuedBy: 'e2' }, 'e2'))).verdict).toBe('notPermitted')
    expect((await judge(sealTask(world, { ...world.task, issuedBy: 'e1' }, 'e1'))).verdict).toBe('ok')
    expect((await judge(sealTask(world, world.task, 'e1'))).verdict).toBe('notPermitted')
    const trust = { ...world.trust, tasks: [world.task] }
    const later = { ...world.task, revision: 2, issuedBy: 'e1', dates: { from: '2026-05-14', to: '2026-05-15' } }
    expect((await judge(sealTask(world, later, 'e1'), { trust })).verdict).toBe('ok')
    const reportNumber = { ...later, revision: 3, reportNumber: 'R-9' }
    expect((await judge(sealTask(world, reportNumber, 'e1'), { trust })).verdict).toBe('notPermitted')
    expect((await judge(sealTask(world, { ...reportNumber, issuedBy: 'office' }, 'office'), { trust })).verdict).toBe(
      'ok',
    )
  })
  test('a sheet by an observer, a result by someone who is not the lead', async () => {
    const sheets = (['e1', 'e2', 'e3'] as const).map((p) => sealSheet(world, p))
    const result = sealResult(world, sheets)
    expect((await judge(result)).verdict).toBe('ok')
    const other = seal(world, 'e2', result.documents, { embedded: embeddedIn(result) })
    expect((await judge(other)).verdict).toBe('notPermitted')
    const team = world.task.team.map((m) => (m.personId === 'e3' ? { ...m, role: 'observer' as const } : m))
    world.task = { ...world.task, team }
    const observer = sealSheet(world, 'e3', {
      answers: [],
      totals: { base: 0, bonus: 0, got: 0, applicable: 0, totalFull: 0, rate_bp: null, converted: null },
    })
    expect((await judge(observer)).verdict).toBe('notPermitted')
  })
})

function embeddedIn(result: Made) {
  const digests = [
    ...new Set(result.entries.flatMap((e) => (e.name.startsWith('data/sheets/') ? [e.name.split('/')[2]!] : []))),
  ]
  return digests.map((digest) => {
    const bytes = (name: string) => {
      const entry = result.entries.find((e) => e.name === `data/sheets/${digest}/${name}`)
      if (entry === undefined || !('bytes' in entry.from)) throw new Error(name)
      return entry.from.bytes
    }
    return {
      digest,
      files: {
        'author.sig': bytes('author.sig'),
        'manifest-sha256.txt': bytes('manifest-sha256.txt'),
        'sheet.json': bytes('sheet.json'),
        'statement.json': bytes('statement.json'),
        'tagmanifest-sha256.txt': bytes('tagmanifest-sha256.txt'),
      },
    }
  })
}

describe('for whom', () => {
  test('an audience, and the same people’s other project', async () => {
    const made = sealSheet(world, 'e2', {}, { claims: { audience: [world.keys.e1.keyId] } })
    expect((await judge(made)).verdict).toBe('ok')
    expect((await judge(made, { selfKeyId: null })).verdict).toBe('ok')
    expect((await judge(made, { selfKeyId: world.keys.e3.keyId })).verdict).toBe('wrongAudience')
    world.task = { ...world.task, projectId: OTHER_PROJECT }
    expect(await judge(sealSheet(world, 'e2'))).toMatchObject({
      verdict: 'wrongAudience',
      problems: [{ code: 'otherProject' }],
    })
  })
})

describe('order', () => {
  test('20 duplicate, older, and every order of arrival ends alike', async () => {
    const first = sealSheet(world, 'e2')
    const second = sealSheet(world, 'e2', { revision: 2, reason: '更正' })
    const k1 = await known(first)
    const k2 = await known(second)
    expect((await judge(first, { known: [k1] })).verdict).toBe('duplicate')
    expect((await judge(second, { known: [k1] })).verdict).toBe('ok')
    expect((await judge(first, { known: [k2] })).verdict).toBe('older')
    expect((await judge(first, { known: [k1, k2] })).verdict).toBe('duplicate')
  })
  test('23 a clock decades off, or one that ran back, changes neither verdict nor order', async () => {
    const at = (createdAt: string, revision: number) =>
      sealSheet(
        world,
        'e2',
        { revision, reason: revision > 1 ? '更正' : '' },
        { claims: { createdAt, clock: { lastReceiptAt: null, rollbackSeen: true } } },
      )
    const future = at('2099-12-31T23:59:59.999Z', 1)
    const past = at('1970-01-01T00:00:00.000Z', 2)
    const leap = at('2024-02-29T23:59:59.999Z', 3)
    const k1 = await known(future)
    const k2 = await known(past)
    expect((await judge(past, { known: [k1] })).verdict).toBe('ok')
    expect((await judge(future, { known: [k2] })).verdict).toBe('older')
    expect((await judge(leap, { known: [k1, k2] })).verdict).toBe('ok')
    expect((await judge(future, { known: [k1, k2] })).verdict).toBe('duplicate')
  })
  test('the same sheet sealed twice is a duplicate', async () => {
    const first = await known(sealSheet(world, 'e2'))
    expect((await judge(sealSheet(world, 'e2'), { known: [first] })).verdict).toBe('duplicate')
  })
  test('21 one revision with two contents, one seq with two packages', async () => {
    const first = await known(sealSheet(world, 'e2'))
    const twin = sealSheet(world, 'e2', { declaration: { text: '另一份', acceptedAt: AT } })
    expect((await judge(twin, { known: [first] })).verdict).toBe('conflictingTwin')
    world.sealed.e2 = { seq: 0, digest: null }
    const sameSeq = sealSheet(world, 'e2', { revision: 5, reason: '克隆' })
    expect((await judge(sameSeq, { known: [first] })).verdict).toBe('conflictingTwin')
  })
  test('25 a log rewritten after its head was received', async () => {
    const first = await known(sealSheet(world, 'e2'))
    const honest = sealSheet(world, 'e2', { revision: 2, reason: '更正' })
    expect((await judge(honest, { known: [first] })).verdict).toBe('ok')
    world.logs.e2 = { lines: [], head: EMPTY_LOG }
    log(world, 'e2', 'answerSet', 'a1')
    const forked = sealSheet(world, 'e2', { revision: 4, reason: '更正' })
    expect(await judge(forked, { known: [first] })).toMatchObject({
      verdict: 'conflictingTwin',
      problems: [{ code: 'logFork' }],
    })
  })
})

test('a picture that claims more than 100 megapixels is unsafe; just 100 is not', async () => {
  const claim = async (width: number, height: number): Promise<Verdict> => {
    const photo = storePhoto(world, width)
    const bytes = readFileSync(photo.path)
    bytes.writeUInt32BE(width, 16)
    bytes.writeUInt32BE(height, 20)
    writeFileSync(photo.path, bytes)
    const file = { ...photo, sha256: sha256(bytes), crc32: crc32(bytes) }
    return (
      await judge(sealSheet(world, 'e1', { media: [mediaOf(file)], revision: width, reason: 'x' }, { media: [file] }))
    ).verdict
  }
  expect(await claim(10_000, MAX_PHOTO_PIXELS / 10_000)).toBe('ok')
  expect(await claim(10_001, MAX_PHOTO_PIXELS / 10_000)).toBe('unsafe')
})

test('peeking tells kind and project without trusting anything', async () => {
  const file = await exportPackage(world, sealTask(world))
  expect(await peekPackage(file)).toMatchObject({
    ok: true,
    value: { kind: 'task', projectId: world.trust.projectId, isTooNew: false },
  })
  writeFileSync(file, 'nothing')
  expect(await peekPackage(file)).toEqual({ ok: true, value: null })
  expect(await peekPackage(join(folder, 'none'))).toMatchObject({ ok: false, failure: { code: 'fileMissing' } })
})
