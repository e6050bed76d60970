import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { queueUpload } from '../../../electron/storage/queue-store.ts'
import { logLines } from '../../../electron/storage/log-store.ts'
import {
  makeWorld,
  sealResult,
  sealSheet,
  sealSheetWithPhoto,
  sealTask,
  type World,
} from '../../support/package-factories.ts'
import { receiptsHeld } from '../../support/storage-factories.ts'
import { startCentre, type TestCentre } from '../../support/intake-centre.ts'
import { makeMachine, type Machine } from '../../support/intake-sender.ts'

let folder: string
let world: World
let centre: TestCentre
let machine: Machine

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sync-'))
})
beforeEach(async () => {
  world = makeWorld(join(folder, Math.random().toString(36).slice(2)))
  centre = await startCentre(world)
  machine = makeMachine(world, 'e2', centre.url)
})
afterEach(async () => {
  await machine.close()
  await centre.close()
  expect(centre.reported).toEqual([])
  expect(machine.reported).toEqual([])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a sheet on its way to the centre', () => {
  test('is shown as received with the signed receipt, the log line and nothing left in the outbox', async () => {
    const sheet = sealSheetWithPhoto(world, 'e2')
    machine.queue(sheet)
    machine.start()
    const upload = await machine.reaches(sheet.digest, 'received')
    expect(upload).toMatchObject({ offset: sheet.octets, failure: null, nextTryAt: null })
    expect(machine.told.get(sheet.digest)).toEqual(['sending', 'sentUnconfirmed', 'received'])
    const [receipt] = receiptsHeld(machine.store, sheet.digest)
    expect(receipt?.receipt).toMatchObject({
      package: sheet.digest,
      octets: sheet.octets,
      counts: sheet.statement.counts,
      prevReceipt: null,
    })
    expect(receipt?.keyId).toBe(world.keys.centre.keyId)
    expect(logLines(machine.store, world.task.taskId).at(-1)).toContain('"action":"received"')
    expect(readdirSync(machine.outbox)).toEqual([])
    expect(existsSync(join(centre.folder, 'packages', `${sheet.digest}.evp`))).toBe(true)
    expect(readdirSync(join(centre.folder, 'uploads'))).toEqual([])
    expect(readdirSync(join(centre.folder, 'quarantine'))).toEqual([])
  })

  test('task, sheets and result are each received; receipts form a chain', async () => {
    const sheets = [sealSheet(world, 'e1'), sealSheet(world, 'e2'), sealSheet(world, 'e3')]
    const all = [sealTask(world), ...sheets, sealResult(world, sheets)]
    for (const made of all) machine.queue(made)
    machine.start()
    for (const made of all) await machine.reaches(made.digest, 'received')
    const receipts = all.flatMap((made) => receiptsHeld(machine.store, made.digest).map((r) => r.receipt))
    expect(receipts.filter((r) => r.prevReceipt === null)).toHaveLength(1)
    expect(new Set(receipts.map((r) => r.prevReceipt)).size).toBe(all.length)
  })

  test('sent a second time from another machine gets the same receipt', async () => {
    const sheet = sealSheet(world, 'e2')
    machine.queue(sheet)
    machine.start()
    await machine.reaches(sheet.digest, 'received')
    const lead = makeMachine(world, 'e1', centre.url)
    lead.queue(sheet)
    lead.start()
    await lead.reaches(sheet.digest, 'received')
    const [first] = receiptsHeld(machine.store, sheet.digest)
    const [second] = receiptsHeld(lead.store, sheet.digest)
    expect(second).toEqual(first)
    expect(centre.store.totals().packages).toBe(1)
    await lead.close()
  })

  test('by a key that is on no roster is refused as unknownSigner, and the next package goes on', async () => {
    const stranger = makeWorld(join(world.folder, 'stranger'))
    const bad = sealSheet(stranger, 'e2')
    const good = sealSheet(world, 'e2')
    machine.queue(bad)
    machine.queue(good)
    machine.start()
    expect(await machine.reaches(bad.digest, 'refused', 'received')).toMatchObject({
      state: 'refused',
      failure: 'unknownSigner',
    })
    expect((await machine.reaches(good.digest, 'refused', 'received')).state).toBe('received')
    expect(receiptsHeld(machine.store, bad.digest)).toEqual([])
  })

  test('refused once is judged anew when it is queued again', async () => {
    const first = sealSheet(world, 'e2')
    await centre.close()
    centre = await startCentre(world, { isPractice: false })
    await machine.close()
    machine = makeMachine(world, 'e2', centre.url)
    machine.queue(first)
    const sender = machine.start()
    expect(await machine.reaches(first.digest, 'refused', 'received')).toMatchObject({
      state: 'refused',
      failure: 'notPermitted',
    })
    const { port } = new URL(centre.url)
    await centre.close()
    centre = await startCentre(world, { isPractice: true })
    expect(port).toBeTruthy()
    machine.change((tx) => {
      tx.run('UPDATE project SET centreUrl = ?', [centre.url])
      return queueUpload(tx, first.digest, '2026-05-12T09:00:00.000Z')
    })
    sender.kick()
    expect((await machine.reaches(first.digest, 'received')).state).toBe('received')
  })
})
