import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localHeaderBytes, placeEntries } from '../../../shared/package/zip.ts'
import { exportPackage, makeWorld, sealSheetWithPhoto, verifyIn, type World } from '../../support/package-factories.ts'
import { randomFrom } from '../../support/random.ts'

let folder: string
let world: World
let good: Buffer
/** Offsets of every byte of local headers, central directory and end record. */
let headerBytes: number[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flips-'))
  world = makeWorld(folder)
  const made = sealSheetWithPhoto(world, 'e1')
  good = readFileSync(await exportPackage(world, made))
  const placed = placeEntries(made.entries)
  const last = placed.at(-1)!
  const directory = last.offset + localHeaderBytes(last.name) + last.size
  const range = (from: number, length: number) => Array.from({ length }, (_, i) => from + i)
  headerBytes = [
    ...placed.flatMap((e) => range(e.offset, localHeaderBytes(e.name))),
    ...range(directory, good.length - directory),
  ]
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function verdictOf(bytes: Buffer): Promise<string> {
  const file = join(folder, 'flip.evp')
  writeFileSync(file, bytes)
  return (await verifyIn(world, file)).verdict
}

function flipped(at: number, bit: number): Buffer {
  const bytes = Buffer.from(good)
  bytes[at]! ^= 1 << bit
  return bytes
}

test('control: unflipped, it passes', async () => expect(await verdictOf(Buffer.from(good))).toBe('ok'))

test('one flipped bit in every byte of every header is refused', async () => {
  const accepted: number[] = []
  for (const at of headerBytes) if ((await verdictOf(flipped(at, at % 8))) === 'ok') accepted.push(at)
  expect(accepted).toEqual([])
  expect(headerBytes.length).toBeGreaterThan(1500)
})

test('every third byte of the rest, one bit each, is refused as damaged', async () => {
  const headers = new Set(headerBytes)
  const verdicts = new Map<string, number>()
  let tried = 0
  for (let at = 0; at < good.length; at += 3) {
    if (headers.has(at)) continue
    const verdict = await verdictOf(flipped(at, (at * 5) % 8))
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
    tried += 1
  }
  expect([...verdicts]).toEqual([['damaged', tried]])
})

test('every truncation of the last kilobyte and a spread of the others is damaged', async () => {
  const lengths = [
    ...Array.from({ length: 1024 }, (_, i) => good.length - 1 - i),
    ...Array.from({ length: 200 }, (_, i) => i * Math.floor(good.length / 200)),
  ]
  const verdicts = new Set<string>()
  for (const length of lengths) verdicts.add(await verdictOf(good.subarray(0, length)))
  expect([...verdicts]).toEqual(['damaged'])
})

test('random edits of several bytes are refused', async () => {
  const random = randomFrom(7)
  const accepted: string[] = []
  for (let n = 0; n < 300; n += 1) {
    const bytes = Buffer.from(good)
    const count = 1 + Math.floor(random() * 8)
    for (let i = 0; i < count; i += 1) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
    if (!bytes.equals(good) && (await verdictOf(bytes)) === 'ok') accepted.push(bytes.toString('base64'))
  }
  expect(accepted).toEqual([])
})
