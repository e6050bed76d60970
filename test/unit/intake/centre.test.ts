import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeInvitation, openEnrolmentRequest, signRoster, type HeldRoster } from '../../../electron/exchange/roster.ts'
import { meetCentre } from '../../../electron/exchange/sync-client.ts'
import { initCentre, openCentre } from '../../../electron/intake/folder.ts'
import { keyDigits } from '../../../shared/package/key-id.ts'
import { nextRoster } from '../../support/intake-centre.ts'
import { makeWorld, NOW, OTHER_PROJECT, PROJECT, rosterMember, type World } from '../../support/package-factories.ts'
import { AT } from '../../support/scoring-factories.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const PASSPHRASE = 'correct horse battery'

let parent: string
let folder: string
let world: World
let invitation: string

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'centre-'))
})
beforeEach(() => {
  folder = join(parent, Math.random().toString(36).slice(2))
  world = makeWorld(join(folder, 'world'))
  invitation = join(folder, 'invitation.json')
  writeFileSync(invitation, makeInvitation('示范项目', world.keys.e1, world.held))
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const init = (over: Partial<Parameters<typeof initCentre>[0]> = {}) =>
  initCentre({
    folder: join(folder, 'centre'),
    invitation: readFileSync(invitation),
    root: world.keys.e1.keyId,
    name: '省中心',
    passphrase: PASSPHRASE,
    isPractice: false,
    now: new Date(NOW),
    ...over,
  })

describe('setting up a centre', () => {
  test('makes a key that is never plain, and a request the app can read', async () => {
    const done = await init()
    expect(done).toMatchObject({ ok: true, value: { isNew: true, rosterSeq: 1, isEnrolled: false } })
    const request = openEnrolmentRequest(readFileSync(join(folder, 'centre', 'centre-request.json')))
    const keyId = done.ok ? done.value.centre.keyId : ''
    expect(request).toMatchObject({ ok: true, value: { keyId, request: { name: '省中心' } } })
    const opened = await openCentre(join(folder, 'centre'), PASSPHRASE)
    if (!opened.ok) throw new Error(opened.failure.code)
    const secret = Buffer.from(opened.value.keys.pkcs8)
    const stored = readFileSync(join(folder, 'centre', 'centre-key.json'), 'utf8')
    expect(stored).not.toContain(secret.subarray(-32).toString('base64').slice(0, 40))
    expect(statSync(join(folder, 'centre', 'centre-key.json')).mode & 0o077).toBe(0)
    opened.value.store.close()
    expect(await openCentre(join(folder, 'centre'), 'something else')).toMatchObject({
      ok: false,
      failure: { code: 'wrongPassphrase' },
    })
  })

  test('takes the root as digits, and nothing but the named one', async () => {
    expect(await init({ root: keyDigits(world.keys.e2.keyId) })).toMatchObject({
      ok: false,
      failure: { code: 'rootConflict' },
    })
    expect(existsSync(join(folder, 'centre'))).toBe(false)
    expect(await init({ root: keyDigits(world.keys.e1.keyId) })).toMatchObject({ ok: true })
  })

  test('again with a newer invitation updates the roster; older, foreign and broken ones are refused', async () => {
    const first = await init()
    if (!first.ok) throw new Error(first.failure.code)
    const opened = await openCentre(join(folder, 'centre'), PASSPHRASE)
    if (!opened.ok) throw new Error(opened.failure.code)
    opened.value.store.close()
    const self = { ...rosterMember('centre', opened.value.keys), personId: 'centre-2' }
    const newer = nextRoster(world, (members) => [...members, self])
    const again = await init({ invitation: makeInvitation('示范项目', world.keys.e1, newer) })
    expect(again).toMatchObject({ ok: true, value: { isNew: false, rosterSeq: 2, isEnrolled: true } })
    expect(await init()).toMatchObject({ ok: false, failure: { code: 'rosterOld' } })
    const invited = (held: HeldRoster) => init({ invitation: makeInvitation('示范项目', world.keys.e1, held) })
    const twin = nextRoster(world, (members) => members.map((m) => ({ ...m, unit: '另一家' })))
    expect(await invited(twin)).toMatchObject({ ok: false, failure: { code: 'invalid', detail: 'twin' } })
    const parted = nextRoster(world, (members) => members, twin)
    expect(await invited(parted)).toMatchObject({ ok: false, failure: { code: 'invalid', detail: 'brokenChain' } })
    const content = { projectId: OTHER_PROJECT, issuedAt: AT, members: newer.roster.members }
    expect(await invited(signRoster(world.keys.e1, newer, content))).toMatchObject({
      ok: false,
      failure: { code: 'invalid', detail: 'otherProject' },
    })
    expect(await invited(nextRoster(world, (members) => members, newer))).toMatchObject({
      ok: true,
      value: { rosterSeq: 3 },
    })
    const other = makeWorld(join(folder, 'other'))
    const foreign = makeInvitation('示范项目', other.keys.e1, other.held)
    expect(await init({ invitation: foreign })).toMatchObject({ ok: false, failure: { code: 'rootConflict' } })
    expect(await init({ invitation: foreign, root: other.keys.e1.keyId })).toMatchObject({
      ok: false,
      failure: { code: 'rootConflict' },
    })
    const forged = Buffer.from(makeInvitation('示范项目', world.keys.e1, newer))
    forged[forged.length - 200]! ^= 1
    expect((await init({ invitation: forged })).ok).toBe(false)
  })

  test('a short passphrase makes no key', async () => {
    expect(await init({ passphrase: 'short' })).toMatchObject({ ok: false, failure: { code: 'passphraseTooShort' } })
    expect(existsSync(join(folder, 'centre', 'centre-key.json'))).toBe(false)
  })
})

const centreArguments = (...args: string[]): string[] => [join(ROOT, 'electron', 'intake', 'centre.ts'), ...args]
const environment = { ...process.env, CENTRE_PASSPHRASE: PASSPHRASE, LC_ALL: 'en_GB.UTF-8' }

const run = (...args: string[]): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, centreArguments(...args), { env: environment }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout + stderr }),
    )
  })

describe('the command', () => {
  test('without sense is usage; without init is told', async () => {
    expect(await run('serve')).toMatchObject({ code: 2, out: expect.stringContaining('Usage') })
    expect(await run('dance', '--folder', folder)).toMatchObject({ code: 2 })
    expect(await run('--folder', join(folder, 'nothing'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('run init first'),
    })
  })

  test('init, serve, enrol while it runs, stop by signal', async () => {
    const at = join(folder, 'centre')
    const done = await run(
      'init',
      '--folder',
      at,
      '--invitation',
      invitation,
      '--root',
      keyDigits(world.keys.e1.keyId),
      '--practice',
    )
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('centre-request.json') })
    const request = openEnrolmentRequest(readFileSync(join(at, 'centre-request.json')))
    if (!request.ok) throw new Error(request.failure.code)
    expect(done.out).toContain(keyDigits(request.value.keyId))

    const server = spawn(process.execPath, centreArguments('serve', '--folder', at, '--port', '0'), {
      env: environment,
    })
    let out = ''
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()))
    const ended = new Promise<number | null>((resolve) => server.once('exit', resolve))
    const until = async (text: string): Promise<void> => {
      while (!out.includes(text)) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await until('not on the roster')
    const url = /http:\/\/[\d.]+:\d+/.exec(out)?.[0] ?? ''
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
    expect(await run('serve', '--folder', at, '--port', '0')).toMatchObject({
      code: 1,
      out: expect.stringContaining('Another centre'),
    })

    const { keyId, request: asked } = request.value
    const self = { ...rosterMember('centre', world.keys.centre), keyId, spki: asked.spki, personId: 'centre-2' }
    const members = [...world.held.roster.members, self]
    const newer = signRoster(world.keys.e1, world.held, { projectId: PROJECT, issuedAt: AT, members })
    writeFileSync(invitation, makeInvitation('示范项目', world.keys.e1, newer))
    expect(await run('init', '--folder', at, '--invitation', invitation, '--root', world.keys.e1.keyId)).toMatchObject({
      code: 0,
    })
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    const met = await meetCentre(url, newer.roster, { fetch, now: () => new Date() })
    expect(met).toMatchObject({ ok: true, value: { keyId } })

    server.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(out).toContain('Stopped.')
  })
})
