import { createHash, createHmac } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { fromWire } from '../../../electron/exchange/documents.ts'
import { generateKeys } from '../../../electron/exchange/keys.ts'
import { openReceipt } from '../../../electron/exchange/receipts.ts'
import { MAX_TOKEN_SECONDS, uploadId } from '../../../electron/exchange/sync-protocol.ts'
import { MAX_PACKAGE_BYTES } from '../../../shared/package/limits.ts'
import { bytesOf, makeCaller, oddToken } from '../../support/intake-caller.ts'
import { nextRoster, startCentre, type TestCentre } from '../../support/intake-centre.ts'
import { makeWorld, NOW, sealSheet, sealTask, type World } from '../../support/package-factories.ts'
import { AT } from '../../support/scoring-factories.ts'

let folder: string
let world: World
let centre: TestCentre
let expert: ReturnType<typeof makeCaller>

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'intake-'))
})
beforeEach(async () => {
  world = makeWorld(join(folder, Math.random().toString(36).slice(2)))
  centre = await startCentre(world)
  expert = makeCaller(world, centre, 'e2')
})
afterEach(async () => {
  await centre.close()
  expect(centre.reported).toEqual([])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const json = async (response: Response): Promise<Record<string, unknown>> =>
  (await response.json()) as Record<string, unknown>

describe('who may call', () => {
  const seconds = Date.parse(NOW) / 1000

  test('a fresh token of an enrolled key, once', async () => {
    const authorization = await expert.token()
    expect((await expert.call('/v1/roster', { headers: { authorization } })).status).toBe(200)
    expect((await expert.call('/v1/roster', { headers: { authorization } })).status).toBe(401)
    expect((await expert.call('/v1/roster')).status).toBe(200)
  })

  test.each([
    ['nothing', async () => ''],
    ['a stranger’s key', async () => makeCaller(world, centre, generateKeys()).token()],
    [
      'another centre’s audience',
      async () => oddToken(world.keys.e2, { aud: '0'.repeat(64), iat: seconds, exp: seconds + 60 }),
    ],
    [
      'another person’s name',
      async () =>
        oddToken(world.keys.e3, {
          sub: world.keys.e2.keyId,
          aud: world.keys.centre.keyId,
          iat: seconds,
          exp: seconds + 60,
        }),
    ],
    [
      'a token for an hour',
      async () => oddToken(world.keys.e2, { aud: world.keys.centre.keyId, iat: seconds, exp: seconds + 3600 }),
    ],
    [
      'an old token',
      async () => oddToken(world.keys.e2, { aud: world.keys.centre.keyId, iat: seconds - 600, exp: seconds - 400 }),
    ],
    [
      'a token from the future',
      async () => oddToken(world.keys.e2, { aud: world.keys.centre.keyId, iat: seconds + 600, exp: seconds + 700 }),
    ],
    [
      'a token without a number',
      async () => oddToken(world.keys.e2, { aud: world.keys.centre.keyId, iat: seconds, exp: seconds + 60, jti: '' }),
    ],
  ])('%s is 401', async (_, authorization) => {
    const answer = await expert.call('/v1/roster', { headers: { authorization: await authorization() } })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  test('the same odd token with sound claims is let in (control)', async () => {
    const authorization = await oddToken(world.keys.e2, {
      aud: world.keys.centre.keyId,
      iat: seconds,
      exp: seconds + 60,
    })
    expect((await expert.call('/v1/roster', { headers: { authorization } })).status).toBe(200)
  })

  test('five minutes, not a second more', async () => {
    const claims = (length: number) => ({ aud: world.keys.centre.keyId, iat: seconds, exp: seconds + length })
    const status = async (length: number) => {
      const authorization = await oddToken(world.keys.e2, claims(length))
      return (await expert.call('/v1/roster', { headers: { authorization } })).status
    }
    expect(await status(MAX_TOKEN_SECONDS)).toBe(200)
    expect(await status(MAX_TOKEN_SECONDS + 1)).toBe(401)
  })

  test('the algorithm is never the token’s choice', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const body = part({
      sub: world.keys.e2.keyId,
      aud: world.keys.centre.keyId,
      iat: seconds,
      exp: seconds + 60,
      jti: '0123456789abcdef',
    })
    const unsigned = `${part({ alg: 'none' })}.${body}`
    const secret = Buffer.from(world.keys.e2.spki, 'base64')
    const hmac = `${part({ alg: 'HS256' })}.${body}`
    const tokens = [
      `${unsigned}.`,
      `${unsigned}.AA`,
      `${hmac}.${createHmac('sha256', secret).update(hmac).digest('base64url')}`,
    ]
    for (const token of tokens) {
      const headers = { authorization: `Bearer ${token}` }
      expect((await expert.call('/v1/roster', { headers })).status).toBe(401)
    }
  })

  test('a revoked key is not', async () => {
    const next = nextRoster(world, (m) =>
      m.map((x) => (x.personId === 'e2' ? { ...x, revokedAt: '2026-05-01T00:00:00.000Z' } : x)),
    )
    centre.store.addRoster(next.roster.rosterSeq, next.document)
    expect((await expert.call('/v1/roster')).status).toBe(401)
  })

  test('guessing is slowed down: 429 with Retry-After', async () => {
    const answers = await Promise.all(Array.from({ length: 80 }, () => fetch(`${centre.url}/v1/roster`)))
    const last = await fetch(`${centre.url}/v1/roster`)
    expect(answers[0]?.status).toBe(401)
    expect(last.status).toBe(429)
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('an upload', () => {
  test('in two pieces with checksums ends in a receipt that verifies; asking again gives the same', async () => {
    const sheet = sealSheet(world, 'e2')
    const bytes = await bytesOf(world, sheet)
    const sum = (b: Uint8Array) => `sha256 ${createHash('sha256').update(b).digest('base64')}`
    const created = await expert.create(sha256(bytes), bytes.length)
    expect(created.status).toBe(201)
    const at = created.headers.get('location') ?? ''
    const [a, b] = [bytes.slice(0, 5000), bytes.slice(5000)]
    const wrong = await expert.patch(at, 0, a, { 'upload-checksum': sum(b) })
    expect(wrong.status).toBe(460)
    expect((await expert.head(at)).headers.get('upload-offset')).toBe('0')
    expect((await expert.patch(at, 0, a, { 'upload-checksum': sum(a) })).status).toBe(204)
    expect((await expert.patch(at, 0, b)).status).toBe(409)
    expect((await expert.call(`/v1/files/${sha256(bytes)}`)).status).toBe(404)
    expect((await expert.patch(at, 5000, b, { 'upload-checksum': sum(b) })).status).toBe(204)
    const first = await json(await expert.call(`/v1/files/${sha256(bytes)}`))
    const second = await json(await expert.call(`/v1/packages/${sheet.digest}/receipt`))
    expect(second).toEqual(first)
    const opened = openReceipt(fromWire(first as never), world.trust, sheet.digest, NOW)
    expect(opened).toMatchObject({ ok: true, value: { fileSha256: sha256(bytes), octets: bytes.length, rosterSeq: 1 } })
    expect(sha256(readFileSync(join(centre.folder, 'packages', `${sheet.digest}.evp`)))).toBe(sha256(bytes))
  })

  test('delivered a second time gets the same receipt', async () => {
    const bytes = await bytesOf(world, sealSheet(world, 'e2'))
    const first = await json(await expert.send(bytes))
    expect(await json(await expert.send(bytes))).toEqual(first)
    expect(await json(await makeCaller(world, centre, 'e1').send(bytes))).toEqual(first)
    expect(centre.store.totals().packages).toBe(1)
  })

  test('that is not what was announced is damaged, for its sender alone', async () => {
    const sheet = sealSheet(world, 'e2')
    const bytes = await bytesOf(world, sheet)
    const claimed = sha256(bytes)
    bytes[bytes.length - 3000]! ^= 1
    const answer = await expert.send(bytes, claimed)
    expect(answer.status).toBe(422)
    expect(await json(answer)).toMatchObject({ status: 422, verdict: 'damaged', problems: [{ code: 'upload' }] })
    expect((await makeCaller(world, centre, 'e1').call(`/v1/files/${claimed}`)).status).toBe(404)
    bytes[bytes.length - 3000]! ^= 1
    expect((await expert.send(bytes)).status).toBe(200)
  })

  test('of nothing, of too much, or of no name is not begun', async () => {
    const name = '0'.repeat(64)
    expect((await expert.create(name, 0)).status).toBe(400)
    expect((await expert.create(name, MAX_PACKAGE_BYTES + 1)).status).toBe(413)
    expect((await expert.create('nonsense', 10)).status).toBe(400)
    expect((await expert.create('../../../etc/passwd', 10)).status).toBe(400)
    expect(readdirSync(join(centre.folder, 'uploads'))).toEqual([])
    expect((await expert.create(name, 10)).status).toBe(201)
  })

  test('takes no more than it announced', async () => {
    const created = await expert.create('0'.repeat(64), 10)
    const answer = await expert.patch(created.headers.get('location') ?? '', 0, new Uint8Array(11))
    expect(answer.status).toBe(413)
  })

  test('begun again goes on where it was; another’s upload is not there', async () => {
    const bytes = await bytesOf(world, sealSheet(world, 'e2'))
    const created = await expert.create(sha256(bytes), bytes.length)
    const at = created.headers.get('location') ?? ''
    await expert.patch(at, 0, bytes.slice(0, 4000))
    const again = await expert.create(sha256(bytes), bytes.length)
    expect(again.headers.get('location')).toBe(at)
    expect((await expert.head(at)).headers.get('upload-offset')).toBe('4000')
    const lead = makeCaller(world, centre, 'e1')
    expect((await lead.head(at)).status).toBe(404)
    expect((await lead.patch(at, 4000, bytes.slice(4000))).status).toBe(404)
  })

  test('of a file somebody else is sending right now is 423', async () => {
    const bytes = await bytesOf(world, sealSheet(world, 'e2'))
    const lead = makeCaller(world, centre, 'e1')
    const mine = (await expert.create(sha256(bytes), bytes.length)).headers.get('location') ?? ''
    const theirs = (await lead.create(sha256(bytes), bytes.length)).headers.get('location') ?? ''
    const { hostname, port } = new URL(centre.url)
    const slow = connect(Number(port), hostname)
    slow.write(
      `PATCH ${mine} HTTP/1.1\r\nHost: x\r\nAuthorization: ${await expert.token()}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n` +
        `Content-Type: application/offset+octet-stream\r\nContent-Length: ${bytes.length}\r\n\r\n`,
    )
    slow.write(bytes.slice(0, 100))
    const path = join(centre.folder, 'uploads', uploadId(sha256(bytes), world.keys.e2.keyId))
    while (readFileSync(path).length < 100) await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await lead.patch(theirs, 0, bytes)).status).toBe(423)
    // The sender's own next request takes the place of the one that hangs.
    const resumed = await expert.head(mine)
    expect(resumed.status).toBe(200)
    expect(resumed.headers.get('upload-offset')).toBe('100')
    slow.destroy()
    expect((await lead.patch(theirs, 0, bytes)).status).toBe(204)
    expect((await lead.call(`/v1/files/${sha256(bytes)}`)).status).toBe(200)
  })

  test('whole but never judged (the machine stopped) is judged at the next start, or when asked for', async () => {
    const sheet = sealSheet(world, 'e2')
    const bytes = await bytesOf(world, sheet)
    await centre.close()
    const id = uploadId(sha256(bytes), world.keys.e2.keyId)
    const leave = (): void => {
      mkdirSync(join(centre.folder, 'uploads'), { recursive: true })
      writeFileSync(join(centre.folder, 'uploads', id), bytes)
      const info = { id, size: bytes.length, offset: 0, metadata: {}, creation_date: new Date().toISOString() }
      writeFileSync(join(centre.folder, 'uploads', `${id}.json`), JSON.stringify(info))
    }
    leave()
    centre = await startCentre(world, { folder: centre.folder })
    expert = makeCaller(world, centre, 'e2')
    while (centre.store.totals().packages === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    const other = sealSheet(world, 'e3')
    const otherBytes = await bytesOf(world, other)
    const otherId = uploadId(sha256(otherBytes), world.keys.e3.keyId)
    writeFileSync(join(centre.folder, 'uploads', otherId), otherBytes)
    const info = {
      id: otherId,
      size: otherBytes.length,
      offset: 0,
      metadata: {},
      creation_date: new Date().toISOString(),
    }
    writeFileSync(join(centre.folder, 'uploads', `${otherId}.json`), JSON.stringify(info))
    expect((await makeCaller(world, centre, 'e3').call(`/v1/files/${sha256(otherBytes)}`)).status).toBe(200)
  })
})

describe('what is refused', () => {
  test('a sample at a centre that is not for practice', async () => {
    await centre.close()
    centre = await startCentre(world, { isPractice: false })
    const answer = await makeCaller(world, centre, 'e2').send(await bytesOf(world, sealSheet(world, 'e2')))
    expect(await json(answer)).toMatchObject({
      verdict: 'notPermitted',
      problems: [{ path: 'data/task.json#sample', code: 'sample' }],
    })
    expect(readdirSync(join(centre.folder, 'packages'))).toEqual([])
    expect(readdirSync(join(centre.folder, 'quarantine'))).toEqual([])
  })

  test('a real task is accepted there (control)', async () => {
    await centre.close()
    world = makeWorld(join(world.folder, 'real'), { task: { sample: false } })
    centre = await startCentre(world, { isPractice: false })
    const answer = await makeCaller(world, centre, 'e2').send(await bytesOf(world, sealSheet(world, 'e2')))
    expect(answer.status).toBe(200)
  })

  test('a second content under one revision, also when both arrive at the same time', async () => {
    const first = await bytesOf(world, sealSheet(world, 'e2'))
    const twin = await bytesOf(world, sealSheet(world, 'e2', { declaration: { text: '另一份', acceptedAt: AT } }))
    const lead = makeCaller(world, centre, 'e1')
    const answers = await Promise.all([expert.send(first), lead.send(twin)])
    expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 422])
    const refused = answers.find((a) => a.status === 422)!
    expect(await json(refused)).toMatchObject({ verdict: 'conflictingTwin' })
    expect(centre.store.totals().packages).toBe(1)
  })

  test('garbage', async () => {
    expect(await json(await expert.send(new TextEncoder().encode('no package')))).toMatchObject({ verdict: 'damaged' })
  })
})

describe('a centre that is not enrolled', () => {
  test('says hello, is not ready, and accepts nothing; once enrolled it does', async () => {
    await centre.close()
    const before = nextRoster(world, (members) => members.filter((m) => m.role !== 'centre'))
    centre = await startCentre(world, { held: before })
    expert = makeCaller(world, centre, 'e2')
    const hello = await fetch(`${centre.url}/v1/hello?nonce=${'ab'.repeat(16)}`)
    expect(hello.status).toBe(200)
    expect((await fetch(`${centre.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${centre.url}/readyz`)).status).toBe(503)
    const bytes = await bytesOf(world, sealSheet(world, 'e2'))
    expect((await expert.create(sha256(bytes), bytes.length)).status).toBe(503)
    const after = nextRoster(world, () => world.held.roster.members, before)
    centre.store.addRoster(after.roster.rosterSeq, after.document)
    expect((await fetch(`${centre.url}/readyz`)).status).toBe(200)
    expect((await expert.send(bytes)).status).toBe(200)
  })

  test('a nonce anybody could foresee is not signed', async () => {
    for (const nonce of ['', 'abc', 'z'.repeat(32), 'a'.repeat(65)]) {
      expect((await fetch(`${centre.url}/v1/hello?nonce=${nonce}`)).status).toBe(400)
    }
  })
})

describe('lists and downloads', () => {
  test('tasks go to their team, packages to lead and office', async () => {
    const lead = makeCaller(world, centre, 'e1')
    const office = makeCaller(world, centre, 'office')
    const task = sealTask(world)
    const sheet = sealSheet(world, 'e2')
    await office.send(await bytesOf(world, task))
    await expert.send(await bytesOf(world, sheet))
    const tasks = await json(await expert.call('/v1/tasks?since=0'))
    expect(tasks).toMatchObject({
      cursor: 1,
      tasks: [{ digest: task.digest, kind: 'task', taskId: world.task.taskId }],
    })
    expect(await json(await expert.call('/v1/tasks?since=1'))).toMatchObject({ cursor: 1, tasks: [] })
    expect((await expert.call('/v1/packages')).status).toBe(403)
    for (const who of [lead, office]) {
      const list = (await json(await who.call(`/v1/packages?task=${world.task.taskId}`)))['packages']
      expect(list).toMatchObject([{ digest: task.digest }, { digest: sheet.digest }])
    }
    const loaded = await lead.call(`/v1/packages/${sheet.digest}`)
    expect(sha256(new Uint8Array(await loaded.arrayBuffer()))).toBe(sha256(await bytesOf(world, sheet)))
    expect((await makeCaller(world, centre, 'e3').call(`/v1/packages/${sheet.digest}`)).status).toBe(404)
  })

  test('metrics count', async () => {
    await expert.send(await bytesOf(world, sealSheet(world, 'e2')))
    const text = await (await fetch(`${centre.url}/metrics`)).text()
    expect(text).toContain('intake_packages_total 1')
    expect(existsSync(join(centre.folder, 'intake.db'))).toBe(true)
  })
})
