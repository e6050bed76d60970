import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Part } from '../../../electron/report/pdf/document.ts'
import { writeParts } from '../../../electron/report/pdf/output.ts'
import { randomFrom } from '../../support/random.ts'

const folder = mkdtempSync(join(tmpdir(), 'output-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const target = join(folder, 'whole')
const random = randomFrom(3)
const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))
const openFiles = (): number => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0)

/** Two large files, of which pieces near and far are taken, between pieces in memory, some of them empty. */
function sample(): { parts: Part[]; expected: Buffer; paths: string[] } {
  const files = [noise(1_300_000), noise(600_000)]
  const paths = files.map((_, n) => join(folder, `photo-${n}`))
  files.forEach((own, n) => writeFileSync(paths[n] ?? '', own))
  const piece = (n: number, ranges: [number, number][]): [Part, Buffer] => [
    { path: paths[n] ?? '', ranges, length: ranges.reduce((sum, [from, to]) => sum + to - from, 0) },
    Buffer.concat(ranges.map(([from, to]) => files[n]?.subarray(from, to) ?? Buffer.alloc(0))),
  ]
  const memory = (bytes: Buffer): [Part, Buffer] => [bytes, bytes]
  const all = [
    memory(noise(9)),
    piece(0, [[0, 1_300_000]]),
    memory(Buffer.alloc(0)),
    memory(noise(700_000)),
    piece(1, [
      [0, 2],
      [40, 40],
      [100, 599_999],
    ]),
    ...Array.from({ length: 300 }, (_, n) => (n % 2 === 0 ? memory(noise(n)) : piece(n % 4 > 1 ? 1 : 0, [[n, 4000]]))),
  ]
  return { parts: all.map(([part]) => part), expected: Buffer.concat(all.map(([, bytes]) => bytes)), paths }
}

describe('writing the pieces of a file', () => {
  test('every byte in its place, with its hash, and told how far it is', async () => {
    const { parts, expected } = sample()
    const steps: number[] = []
    const before = openFiles()
    const { bytes, sha256 } = await writeParts(target, parts, { onWritten: (done) => steps.push(done) })
    expect(readFileSync(target).equals(expected)).toBe(true)
    expect({ bytes, sha256 }).toEqual({
      bytes: expected.length,
      sha256: createHash('sha256').update(expected).digest('hex'),
    })
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(steps.at(-1)).toBe(expected.length)
    expect(openFiles()).toBe(before)
  })

  test('nothing is a file as well', async () => {
    expect(await writeParts(target, [], {})).toMatchObject({ bytes: 0 })
    expect(readFileSync(target)).toHaveLength(0)
  })

  test('a photo cut short or gone meanwhile, a fault found and an abort end it, with every file closed', async () => {
    const before = openFiles()
    const { parts, paths } = sample()
    await expect(writeParts(target, parts, { check: () => 'no head' })).rejects.toThrow('no head')
    await expect(writeParts(target, parts, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
    truncateSync(paths[1] ?? '', 300_000)
    await expect(writeParts(target, parts, {})).rejects.toThrow('a photo changed')
    rmSync(paths[0] ?? '')
    await expect(writeParts(target, parts, {})).rejects.toThrow('ENOENT')
    expect(openFiles()).toBe(before)
  })

  test.runIf(existsSync('/dev/full'))('a full disk is told, and nothing else goes wrong', async () => {
    const before = openFiles()
    const { paths } = sample()
    // The first write fails while thousands of little pieces are still being read.
    const little = Array.from({ length: 2600 }, (_, n): Part => {
      return { path: paths[0] ?? '', ranges: [[n, n + 200]], length: 200 }
    })
    for (let n = 0; n < 40; n++)
      await expect(writeParts('/dev/full', [Buffer.alloc(1 << 19), ...little], {})).rejects.toThrow('ENOSPC')
    expect(openFiles()).toBe(before)
  })
})
