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

  test('three thousand inputs of every make, above all around the ends of blocks and of the window', () => {
    const random = randomFrom(11)
    const upTo = (most: number): number => Math.floor(random() * most)
    const noise = (length: number, values = 256): Buffer =>
      Buffer.from(Array.from({ length }, () => Math.floor(random() * values)))
    const fewValues = noise(4000, 3)
    const makes: readonly ((n: number) => Buffer)[] = [
      (n) => noise(n % 700),
      (n) => Buffer.alloc(n % 1500, n),
      (n) => noise(n % 900, 2 + (n % 7)),
      // A part, something else, and the part again.
      (n) => Buffer.concat([fewValues.subarray(0, n % 300), noise(upTo(64)), fewValues.subarray(upTo(20), n % 400)]),
      (n) => Buffer.from(Array.from({ length: n % 800 }, () => Math.floor(256 * random() ** (1 + (n % 20))))),
      (n) => Buffer.from('评价\u{2A6B2} Tj 0 Td '.repeat(n % 50), n % 2 === 0 ? 'utf8' : 'utf16le'),
      // A view that begins in the middle of other bytes.
      (n) => fewValues.subarray(n % 1000, (n % 1000) + upTo(600)),
    ]
    for (let n = 0; n < 3000; n++) {
      const data = makes[n % makes.length]?.(n) ?? Buffer.alloc(0)
      if (!inflateSync(deflate(data)).equals(data)) throw new Error(`input ${n} is not the same`)
    }
    // A block is 32768 symbols: what cannot be shortened fills it byte by byte, and may end just there.
    for (const near of [-2, -1, 0, 1, 2]) for (const blocks of [1, 2]) roundTrip(noise(blocks * 32_768 + near))
    // The last place within reach, and the first beyond it.
    const part = noise(300)
    for (const distance of [32_765, 32_766, 32_767, 32_768, 32_769, 32_770]) {
      roundTrip(Buffer.concat([part, noise(distance - part.length), part, part]))
      roundTrip(Buffer.concat([part, Buffer.alloc(distance - part.length, 1), part]))
    }
  })

  test('what was packed before leaves no trace', () => {
    const random = randomFrom(5)
    const texts = Array.from({ length: 40 }, () =>
      Buffer.from(`${Math.floor(random() * 9)} 0 Td (评价) Tj `.repeat(90)),
    )
    const alone = texts.map((text) => Buffer.from(deflate(text)))
    for (const [n, text] of texts.toReversed().entries()) {
      deflate(Buffer.concat(texts.slice(0, n)))
      expect(Buffer.from(deflate(text)).equals(alone.at(-1 - n) ?? text)).toBe(true)
    }
  })

  test('bytes as often as Fibonacci counts, in any order, whose codes would be too long', () => {
    const counts = [1, 1]
    while (counts.length < 21) counts.push((counts.at(-1) ?? 0) + (counts.at(-2) ?? 0))
    const bytes = counts.flatMap((count, value) => Array.from({ length: count }, () => value * 11))
    expect(bytes.length).toBeLessThan(32_768)
    const lengths = codeLengths(Uint32Array.from(counts), 30)
    // The control: unlimited, they are longer than the format allows.
    expect(Math.max(...lengths)).toBeGreaterThan(15)
    const random = randomFrom(3)
    roundTrip(Buffer.from(bytes))
    for (let n = 0; n < 5; n++)
      roundTrip(
        Buffer.from(
          bytes
            .map((byte) => ({ byte, at: random() }))
            .toSorted((a, b) => a.at - b.at)
            .map((b) => b.byte),
        ),
      )
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
    while (counts.length < 30) counts.push((counts.at(-1) ?? 0) + (counts.at(-2) ?? 0))
    for (const limit of [7, 15]) {
      const few = counts.slice(0, limit === 7 ? 19 : 30)
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
