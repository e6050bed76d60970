import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { toWire } from '../../../electron/exchange/documents.ts'
import { generateKeys } from '../../../electron/exchange/keys.ts'
import { makeReceipt } from '../../../electron/exchange/receipts.ts'
import { meetCentre } from '../../../electron/exchange/sync-client.ts'
import { chunkBytes } from '../../../electron/exchange/sync-upload.ts'
import { findProject } from '../../../electron/storage/project-store.ts'
import { queueUpload, updateUpload } from '../../../electron/storage/queue-store.ts'
import { runningClock, startCentre, type TestCentre } from '../../support/intake-centre.ts'
import { startProxy, type Fault, type FaultProxy } from '../../support/intake-proxy.ts'
import { makeMachine, type Machine } from '../../support/intake-sender.ts'
import {
  exportPackage,
  fileSha256,
  makeWorld,
  mediaOf,
  PROJECT,
  sealSheet,
  type Made,
  type World,
} from '../../support/package-factories.ts'
import { receiptsHeld } from '../../support/storage-factories.ts'

let folder: string
let world: World
let centre: TestCentre
let machine: Machine
let closing: (() => Promise<void>)[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'broken-line-'))
})
beforeEach(async () => {
  world = makeWorld(join(folder, Math.random().toString(36).slice(2)))
  centre = await startCentre(world)
  machine = makeMachine(world, 'e2', centre.url)
  closing = []
})
afterEach(async () => {
  await machine.close()
  for (const close of closing) await close()
  await centre.close()
  expect(centre.reported).toEqual([])
  expect(machine.reported).toEqual([])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A sheet whose one piece of evidence has this many bytes. */
function largeSheet(bytes: number): Made {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const content = Buffer.concat([png, randomBytes(bytes)])
  const path = join(world.folder, 'large.png')
  writeFileSync(path, content)
  const photo = { path, size: content.length, sha256: sha256(content), crc32: crc32(content), ext: 'png' as const }
  return sealSheet(world, 'e2', { media: [mediaOf(photo)] }, { media: [photo] })
}

async function through(next: () => Fault): Promise<FaultProxy> {
  const proxy = await startProxy(centre.url, next)
  closing.push(proxy.close)
  machine.change((tx) => ({ ok: true, value: tx.run('UPDATE project SET centreUrl = ?', [proxy.url]) }))
  return proxy
}

describe('a line that breaks', () => {
  const size = 3_000_000

  test('unbroken, sends every byte once (control)', async () => {
    const proxy = await through(() => null)
    const sheet = largeSheet(size)
    machine.queue(sheet)
    machine.start()
    await machine.reaches(sheet.digest, 'received')
    expect(proxy.sent()).toBeGreaterThan(sheet.octets)
    expect(proxy.sent()).toBeLessThan(sheet.octets * 1.05)
  })

  test('goes on where it was: each cut costs at most one chunk', async () => {
    let cuts = 0
    const proxy = await through(() => {
      // Requests without a body stay whole; a chunk is cut in its middle, five times.
      cuts += 1
      return cuts <= 25 ? { cutAfter: chunkBytes(size) / 2 } : null
    })
    const sheet = largeSheet(size)
    machine.queue(sheet)
    machine.start()
    await machine.reaches(sheet.digest, 'received')
    expect(cuts).toBeGreaterThan(5)
    expect(proxy.sent()).toBeLessThan(sheet.octets + cuts * chunkBytes(sheet.octets))
    expect(receiptsHeld(machine.store, sheet.digest)).toHaveLength(1)
  })

  test('cut while the answer comes back: received once, never sent twice', async () => {
    let n = 0
    const proxy = await through(() => (n++ % 3 === 1 ? { cutAnswerAfter: 20 } : null))
    const sheet = sealSheet(world, 'e2')
    machine.queue(sheet)
    machine.start()
    await machine.reaches(sheet.digest, 'received')
    expect(centre.store.totals().packages).toBe(1)
    expect(proxy.sent()).toBeLessThan(sheet.octets * 4)
  })
})

describe('a sender that is killed', () => {
  test('goes on from the rows: same upload, only the rest is sent', async () => {
    const sheet = largeSheet(3_000_000)
    machine.queue(sheet)
    const first = machine.start()
    while (machine.upload(sheet.digest).offset === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    await first.stop()
    const left = machine.upload(sheet.digest)
    expect(left.state).toBe('sending')
    expect(left.offset).toBeGreaterThan(0)
    expect(left.offset).toBeLessThan(sheet.octets)
    const proxy = await through(() => null)
    machine.change((tx) =>
      updateUpload(tx, sheet.digest, { uploadUrl: left.uploadUrl?.replace(centre.url, proxy.url) ?? null }),
    )
    machine.start()
    await machine.reaches(sheet.digest, 'received')
    expect(proxy.sent()).toBeLessThan(sheet.octets - left.offset + chunkBytes(sheet.octets) + 100_000)
  })

  test('after the last byte, before the receipt: asks and finds it', async () => {
    const sheet = sealSheet(world, 'e2')
    machine.queue(sheet)
    const first = machine.start({
      tell: () => machine.upload(sheet.digest).state === 'sentUnconfirmed' && void first.stop(),
    })
    await machine.reaches(sheet.digest, 'sentUnconfirmed')
    await first.stop()
    expect(receiptsHeld(machine.store, sheet.digest)).toEqual([])
    machine.start()
    await machine.reaches(sheet.digest, 'received')
    expect(centre.store.totals().packages).toBe(1)
  })

  test('an upload the centre has forgotten is begun anew', async () => {
    const sheet = sealSheet(world, 'e2')
    machine.queue(sheet)
    const uploadUrl = `${centre.url}/v1/uploads/${'0'.repeat(64)}-${world.keys.e2.keyId}`
    machine.change((tx) => updateUpload(tx, sheet.digest, { state: 'sending', uploadUrl, offset: 5 }))
    machine.start()
    await machine.reaches(sheet.digest, 'received')
  })
})

/** Something that answers in the centre's place; what it does not answer itself goes on to the centre. */
async function impostor(
  answer: (path: string) => { status: number; type: string; body: string } | null,
): Promise<string> {
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? ''
    const own = answer(path)
    if (own !== null) {
      request.resume()
      response.writeHead(own.status, { 'content-type': own.type }).end(own.body)
      return
    }
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { host: _host, connection: _c, 'transfer-encoding': _t, ...headers } = request.headers
      const passed = await fetch(`${centre.url}${path}`, {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
      })
      response.writeHead(passed.status, Object.fromEntries(passed.headers)).end(Buffer.from(await passed.arrayBuffer()))
    })()
  }
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  machine.change((tx) => ({ ok: true, value: tx.run('UPDATE project SET centreUrl = ?', [url]) }))
  return url
}

describe('something between sender and centre', () => {
  test('that passes everything on changes nothing (control)', async () => {
    await impostor(() => null)
    const sheet = sealSheet(world, 'e2')
    machine.queue(sheet)
    machine.start()
    await machine.reaches(sheet.digest, 'received')
  })

  test.each(['200', '302', '401'])('a captive portal answering %s is no centre', async (status) => {
    await impostor(() => ({ status: Number(status), type: 'text/html', body: '<html>login</html>' }))
    const sheet = sealSheet(world, 'e2')
    machine.queue(sheet)
    machine.start()
    while (machine.upload(sheet.digest).tries < 2) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(machine.upload(sheet.digest)).toMatchObject({
      state: 'queued',
      failure: 'captivePortal',
      offset: 0,
      uploadUrl: null,
    })
  })

  test('nobody there is offline, and it is sent when somebody is', async () => {
    const { url } = centre
    machine.change((tx) => ({ ok: true, value: tx.run('UPDATE project SET centreUrl = ?', ['http://127.0.0.1:9']) }))
    const sheet = sealSheet(world, 'e2')
    machine.queue(sheet)
    const sender = machine.start()
    while (machine.upload(sheet.digest).tries < 2) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(machine.upload(sheet.digest).failure).toBe('offline')
    machine.change((tx) => ({ ok: true, value: tx.run('UPDATE project SET centreUrl = ?', [url]) }))
    sender.kick()
    await machine.reaches(sheet.digest, 'received')
  })

  test.each(['another key', 'another package', 'an expert of the project', 'another size of this file'] as const)(
    'a receipt by or for %s is no receipt',
    async (kind) => {
      const sheet = sealSheet(world, 'e2')
      const isCentre = kind === 'another package' || kind === 'another size of this file'
      const keys = kind === 'another key' ? generateKeys() : isCentre ? world.keys.centre : world.keys.e3
      const isOfSize = kind === 'another size of this file'
      const receipt = makeReceipt(keys, {
        package: kind === 'another package' ? '0'.repeat(64) : sheet.digest,
        fileSha256: isOfSize ? fileSha256(await exportPackage(world, sheet)) : '1'.repeat(64),
        octets: sheet.octets + (isOfSize ? 1 : 0),
        counts: sheet.statement.counts,
        receivedAt: '2026-05-12T08:00:01.000Z',
        rosterSeq: 1,
        prevReceipt: null,
      })
      await impostor((path) =>
        path.startsWith('/v1/files/')
          ? { status: 200, type: 'application/json', body: JSON.stringify(toWire(receipt)) }
          : null,
      )
      machine.queue(sheet)
      machine.start()
      while (machine.upload(sheet.digest).tries < 2) await new Promise((resolve) => setTimeout(resolve, 10))
      expect(machine.upload(sheet.digest)).toMatchObject({ failure: 'unauthorised' })
      expect(machine.told.get(sheet.digest)).not.toContain('received')
      expect(receiptsHeld(machine.store, sheet.digest)).toEqual([])
    },
  )

  test('a real centre of no role here is unauthorised', async () => {
    const others = {
      members: world.held.roster.members.map((m) => (m.role === 'centre' ? { ...m, role: 'observer' as const } : m)),
    }
    const net = { fetch, now: runningClock() }
    expect(await meetCentre(centre.url, others, net)).toMatchObject({ ok: false, failure: { code: 'unauthorised' } })
    expect(await meetCentre(centre.url, world.held.roster, net)).toMatchObject({ ok: true })
  })
})

describe('a wrong clock', () => {
  test.each([-3_600_000, 3_600_000])('off by %i ms still gets its receipt', async (off) => {
    const sheet = sealSheet(world, 'e2')
    machine.queue(sheet)
    machine.start({ net: { fetch, now: runningClock(off) } })
    await machine.reaches(sheet.digest, 'received')
    const offset = findProject(machine.store, PROJECT)?.clockOffsetMs ?? 0
    expect(Math.abs(offset + off)).toBeLessThan(5_000)
  })

  test('without the offset the same call is not let in (control)', async () => {
    const { authorisation } = await import('../../../electron/exchange/sync-protocol.ts')
    const wrong = runningClock(3_600_000)()
    const token = await authorisation(world.keys.e2, world.keys.centre.keyId, wrong)
    const answer = await fetch(`${centre.url}/v1/roster`, { headers: { authorization: token } })
    expect(answer.status).toBe(401)
  })
})

test('a person can stop an upload and start it again', async () => {
  const sheet = largeSheet(3_000_000)
  machine.queue(sheet)
  const sender = machine.start()
  while (machine.upload(sheet.digest).offset === 0) await new Promise((resolve) => setTimeout(resolve, 1))
  sender.cancel(sheet.digest)
  expect(machine.upload(sheet.digest).state).toBe('stopped')
  machine.change((tx) => queueUpload(tx, sheet.digest, '2026-05-12T09:00:00.000Z'))
  sender.kick()
  await machine.reaches(sheet.digest, 'received')
})
