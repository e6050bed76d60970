import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { unzlibSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { deflate } from '../../../electron/report/pdf/deflate.ts'
import { codeLengths } from '../../../electron/report/pdf/huffman.ts'
import { randomFrom } from '../../support/random.ts'

const roundTrip = (data: Uint8Array): void => {
  const packed = deflate(data)
  expect(inflateSync(packed).equals(data)).toBe(true)
  expect(Buffer.from(unzlibSync(packed)).equals(data)).toBe(true)
}

/** Bytes with repeats near and far, rare and common values: what the parts of the format are for. */
const pieces = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(600)).map(([part, times]) => repeated(part, times)),
    fc.tuple(fc.nat(255), fc.nat(70_000)).map(([value, times]) => new Uint8Array(times).fill(value)),
  ),
  { maxLength: 12 },
)
const repeated = (part: Uint8Array, times: number): Uint8Array =>
  Uint8Array.from({ length: part.length * times }, (_, n) => part[n % part.length] ?? 0)

describe('deflate', () => {
  test('two other programs get the same bytes out again', () => {
    fc.assert(
      fc.property(pieces, (parts) => roundTrip(Buffer.concat(parts))),
      { numRuns: 150 },
    )
  })

  test('nothing, one byte, everything alike, nothing alike, more than a block', () => {
    const random = randomFrom(7)
    for (const length of [0, 1, 2, 3, 4, 5, 257, 258, 259, 32_767, 32_768, 32_769, 200_000]) {
      roundTrip(Buffer.alloc(length, 65))
      roundTrip(Buffer.from(Array.from({ length }, () => Math.floor(random() * 256))))
      roundTrip(Buffer.from(Array.from({ length }, () => Math.floor(256 * random() ** 12))))
    }
  })

  test('the same bytes on every runtime and after whatever came before', () => {
    const text = Buffer.from('BT 0.1 0.12 0.14 rg 0 Tc 70.9 700.1 Td /F1 10.5 Tf <00010002> Tj ET\n'.repeat(500))
    const first = createHash('sha256').update(deflate(text)).digest('hex')
    deflate(Buffer.alloc(100_000, 3))
    expect(createHash('sha256').update(deflate(text)).digest('hex')).toBe(first)
    expect(first).toMatchInlineSnapshot(`"fd3ffa68699154fe2d21ce2b8a4298ff92953833dd493aa2b340e3c31697c603"`)
    expect(deflate(text).length).toBeLessThan(text.length / 50)
  })

  test('no code is longer than allowed, and every code is whole', () => {
    // Fibonacci's numbers make the deepest tree.
    const counts = [1, 1]
    while (counts.length < 40) counts.push((counts.at(-1) ?? 0) + (counts.at(-2) ?? 0))
    for (const limit of [7, 15]) {
      const few = counts.slice(0, limit === 7 ? 19 : 40)
      const lengths = codeLengths(Uint32Array.from(few), limit)
      expect(Math.max(...lengths)).toBe(limit)
      expect(lengths.reduce((sum, l) => sum + 2 ** -l, 0)).toBe(1)
    }
    for (const sparse of [[], [0, 5, 0], [0, 0, 0, 9]]) {
      const lengths = codeLengths(
        Uint32Array.from({ length: 6 }, (_, n) => sparse[n] ?? 0),
        15,
      )
      expect(lengths.reduce((sum, l) => sum + (l > 0 ? 2 ** -l : 0), 0)).toBe(1)
    }
  })
})
