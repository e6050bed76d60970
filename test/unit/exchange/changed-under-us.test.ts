import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { extractPackage } from '../../../electron/exchange/extract.ts'
import { verifyPackage } from '../../../electron/exchange/verify.ts'
import { pathsIn } from '../../../electron/storage/paths.ts'
import { localHeaderBytes, placeEntries } from '../../../shared/package/zip.ts'
import {
  NOW,
  exportPackage,
  fileSha256,
  makeWorld,
  mediaOf,
  sealSheet,
  sealSheetWithPhoto,
  storePhoto,
  type Made,
  type World,
} from '../../support/package-factories.ts'

const MIB = 1024 * 1024

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

test('a file that gets shorter while it is read is damaged, wherever it ends', async () => {
  const small = storePhoto(world, 3)
  truncateSync(small.path, 3 * MIB)
  const bytes = readFileSync(small.path)
  const photo = { ...small, size: bytes.length, sha256: sha256(bytes), crc32: crc32(bytes) }
  const large = sealSheet(world, 'e3', { media: [mediaOf(photo)] }, { media: [photo] })
  const file = await exportPackage(world, large)
  const last = placeEntries(large.entries).at(-1) ?? expect.fail()
  const middle = last.offset + MIB
  const judge = async (after: number, length: number) => {
    await exportPackage(world, large)
    const onProgress = (done: number): void => {
      if (done > after) truncateSync(file, length)
    }
    const request = { file, fileSha256: null, trust: world.trust, known: [], selfKeyId: null, at: NOW }
    const verified = await verifyPackage({ ...request, depth: 'full' }, { onProgress })
    return verified.ok && [verified.value.verdict, verified.value.problems[0]?.code]
  }
  expect(await judge(Infinity, 0)).toEqual(['ok', undefined])
  expect(await judge(0, 1000)).toEqual(['damaged', 'changed'])
  expect(await judge(middle, middle + 10)).toEqual(['damaged', 'crc'])
})

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
