import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { extractPackage } from '../../../electron/exchange/extract.ts'
import { verifyPackage } from '../../../electron/exchange/verify.ts'
import { pathsIn } from '../../../electron/storage/paths.ts'
import { localHeaderBytes, placeEntries } from '../../../shared/package/zip.ts'
import {
  NOW,
  exportPackage,
  fileSha256,
  makeWorld,
  sealSheetWithPhoto,
  type Made,
  type World,
} from '../../support/package-factories.ts'

let folder: string
let world: World
let made: Made

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'changed-'))
  world = makeWorld(folder)
  made = sealSheetWithPhoto(world, 'e1')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Verifies a package; once every byte was read, `change` of one byte of a file inside it happens in place. */
async function verifyWhile(name: string, change: (byte: number) => number) {
  const file = await exportPackage(world, made)
  const entry = placeEntries(made.entries).find((e) => e.name === name) ?? expect.fail()
  const { from } = made.entries.find((e) => e.name === name) ?? expect.fail()
  const at = entry.offset + localHeaderBytes(name) + entry.size - 3
  const last = 'bytes' in from ? from.bytes[entry.size - 3]! : expect.fail()
  const contentEnd = placeEntries(made.entries).at(-1)!
  let isDone = false
  const onProgress = (done: number): void => {
    if (isDone || done < contentEnd.offset) return
    isDone = true
    const handle = openSync(file, 'r+')
    writeSync(handle, Uint8Array.of(change(last)), 0, 1, at)
    closeSync(handle)
  }
  const verified = await verifyPackage(
    { file, fileSha256: null, trust: world.trust, known: [], selfKeyId: null, at: NOW, depth: 'full' },
    { onProgress },
  )
  if (!verified.ok) throw new Error(verified.failure.code)
  expect(isDone).toBe(true)
  const { verdict, problems } = verified.value
  return { verdict, codes: problems.map((p) => p.code) }
}

test.each(['statement.json', 'manifest-sha256.txt', 'data/sheet.json', 'data/task.json', 'data/log.jsonl'])(
  '%s is believed only as it was when it was hashed',
  async (name) => {
    expect(await verifyWhile(name, (byte) => byte)).toEqual({ verdict: 'ok', codes: [] })
    expect(await verifyWhile(name, (byte) => byte ^ 1)).toEqual({ verdict: 'damaged', codes: ['changed'] })
  },
)

test('only the file that was verified is taken apart', async () => {
  const file = await exportPackage(world, made)
  const places = pathsIn(join(folder, 'identity'))
  const verified = fileSha256(file)
  const other = await exportPackage(world, sealSheetWithPhoto(world, 'e2', 2))
  expect(await extractPackage({ file: other, fileSha256: verified, places })).toMatchObject({
    ok: false,
    failure: { code: 'damagedFile' },
  })
  writeFileSync(join(folder, 'nothing.evp'), '')
  expect(await extractPackage({ file: join(folder, 'nothing.evp'), fileSha256: verified, places })).toMatchObject({
    ok: false,
    failure: { code: 'damagedFile' },
  })
  const taken = await extractPackage({ file, fileSha256: verified, places })
  expect(taken.ok && taken.value.map((e) => [e.name, e.sha256])).toEqual(made.entries.map((e) => [e.name, e.sha256]))
})
