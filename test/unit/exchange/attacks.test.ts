import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Verdict } from '../../../shared/package/verdict.ts'
import { openBench, type Bench } from '../../support/package-bench.ts'
import { exportPackage } from '../../support/package-factories.ts'
import { canonical, jsonOf, pack, partNamed, reseal, withBytes, type Part } from '../../support/package-mutations.ts'

let bench: Bench
let parts: Part[]

beforeAll(() => {
  bench = openBench()
  parts = bench.parts
})
afterAll(() => bench.close())

const judge = (bytes: Buffer) => bench.judge(bytes)
const verdictOf = async (bytes: Buffer): Promise<Verdict> => (await bench.judge(bytes)).verdict

test('control: our own writer and the hostile one make the same bytes, and they pass', async () => {
  const file = await exportPackage(bench.world, bench.made)
  expect(pack(parts).equals(readFileSync(file))).toBe(true)
  expect(await verdictOf(pack(parts))).toBe('ok')
  expect(await verdictOf(pack(reseal(parts, bench.world.keys.e1)))).toBe('ok')
})

describe('1 zip slip and names', () => {
  const names = [
    '../x',
    'data/../x',
    '/etc/x',
    'c:/x',
    'data\\x',
    '~/x',
    '//server/x',
    'data/./x',
    'data//x',
    'data/x/',
    'data/con',
    'data/nul.txt',
    'data/com1.json',
    'data/x.',
    'data/x ',
    'data/.x',
    'data/a..b',
    'Data/x',
    'data/X.json',
    'data/é.json',
    'data/\u202egnp.json',
    'data/x\0',
    'data/x:y',
    `data/${'a'.repeat(116)}`,
    'fetch.txt',
    'data/x.db',
    `data/media/${'0'.repeat(64)}.svg`,
    `data/media/${'0'.repeat(64)}.html`,
    'signatures/other.sig',
    'META-INF/manifest.xml',
    '',
  ]
  test.each(names)('%j is refused in both headers, in the local and in the central one', async (name) => {
    const evil = { name: 'data/zz', bytes: Buffer.from('x') }
    const at = (over: Partial<Part>) => pack(reseal(parts, bench.world.keys.e1).concat({ ...evil, ...over }))
    expect(await verdictOf(at({ header: { name } }))).toBe('unsafe')
    const photoPart = parts.at(-1)!
    const rest = parts.slice(0, -1)
    expect(await verdictOf(pack([...rest, { ...photoPart, central: { name } }]))).toBe('unsafe')
    expect(
      await verdictOf(pack([...rest, { ...photoPart, header: { name }, central: { name: photoPart.name } }])),
    ).toBe('unsafe')
  })
})

describe('2–6, 8, 10 container tricks', () => {
  const onPhoto = (header: Part['header'], central?: Part['central']): Buffer => {
    const last = parts.at(-1)!
    return pack([...parts.slice(0, -1), { ...last, ...(header && { header }), ...(central && { central }) }])
  }
  const both: [string, NonNullable<Part['header']>][] = [
    ['deflate method', { method: 8 }],
    ['version 45', { version: 45 }],
    ['encrypted flag', { flags: 0x0801 }],
    ['data descriptor flag', { flags: 0x0808 }],
    ['no UTF-8 flag', { flags: 0 }],
    ['time', { time: 1 }],
    ['date', { date: 0x5a21 }],
    ['zip64 sizes', { size: 0xffffffff }],
    ['compressed size differs', { compressed: 1 }],
    ['Info-ZIP unicode path extra', { extra: Buffer.from('7570090001aaaaaaaa7878787878', 'hex') }],
    ['extra field', { extra: Buffer.from('99990000', 'hex') }],
  ]
  test.each(both)('%s in both headers', async (_, header) =>
    expect(['unsafe', 'damaged']).toContain(await verdictOf(onPhoto(header))),
  )
  const fields: [string, NonNullable<Part['central']>][] = [
    ...both,
    ['crc', { crc: 1 }],
    ['size', { size: 1 }],
    ['symlink attributes', { attributes: 0xa1ff0000 }],
    ['folder attributes', { attributes: 0x10 }],
    ['internal attributes', { internal: 1 }],
    ['comment', { comment: Buffer.from('x') }],
    ['disk', { disk: 1 }],
    ['made by unix', { madeBy: 0x0314 }],
    ['offset of another entry', { offset: 0 }],
  ]
  test.each(fields)('%s in the central header only', async (_, central) =>
    expect(await verdictOf(onPhoto(undefined, central))).toBe('unsafe'),
  )
  test.each(both)('%s in the local header only', async (_, header) => {
    const clean = {
      method: 0,
      version: 20,
      flags: 0x0800,
      time: 0,
      date: 0x21,
      extra: Buffer.alloc(0),
      size: parts.at(-1)!.bytes.length,
      compressed: parts.at(-1)!.bytes.length,
    }
    expect(await verdictOf(onPhoto(header, clean))).toBe('unsafe')
  })

  test('a deflate bomb never expands', async () => {
    const bomb = deflateRawSync(Buffer.alloc(10_000_000))
    const last = parts.at(-1)!
    expect(
      await verdictOf(
        pack([
          ...parts.slice(0, -1),
          { ...last, bytes: bomb, header: { method: 8, size: 10_000_000, compressed: bomb.length } },
        ]),
      ),
    ).toBe('unsafe')
  })
  test('overlapping entries, duplicate names, other order', async () => {
    const last = parts.at(-1)!
    const twin = {
      ...last,
      central: { offset: pack(parts.slice(0, -1)).readUInt32LE(pack(parts.slice(0, -1)).length - 6) },
    }
    expect(await verdictOf(pack([...parts, twin]))).toBe('unsafe')
    expect(await judge(pack([...parts, last]))).toEqual({ verdict: 'unsafe', codes: ['duplicateName'] })
    expect(await judge(pack([...parts, { ...last, bytes: Buffer.from('other') }]))).toEqual({
      verdict: 'unsafe',
      codes: ['duplicateName'],
    })
    expect(await judge(pack([parts[1]!, parts[0]!, ...parts.slice(2)]))).toEqual({
      verdict: 'unsafe',
      codes: ['order'],
    })
  })
  test('9 bytes before, after and between, two end records, comments', async () => {
    const good = pack(parts)
    const junk = Buffer.from('<html>')
    expect(await verdictOf(Buffer.concat([junk, good]))).toBe('damaged')
    expect(await verdictOf(Buffer.concat([good, junk]))).toBe('damaged')
    expect(await verdictOf(Buffer.concat([good, good]))).toBe('damaged')
    expect(await verdictOf(pack(parts, { comment: junk }))).toBe('damaged')
    expect(await verdictOf(pack(parts, { comment: good.subarray(-22) }))).toBe('damaged')
    const shifted = pack(
      parts.map((p) => ({ ...p, central: {} })),
      { offset: pack(parts).readUInt32LE(good.length - 6) + junk.length },
    )
    expect(await verdictOf(Buffer.concat([junk, shifted]))).toBe('unsafe')
    expect(await verdictOf(pack(parts, { count: parts.length - 1 }))).toBe('unsafe')
    expect(await verdictOf(pack(parts, { count: 0xffff }))).toBe('unsafe')
  })
  test('foreign files', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('PK'), Buffer.alloc(1000), Buffer.from('%PDF-1.7'), pack([])]) {
      expect(['damaged', 'unsafe']).toContain(await verdictOf(bytes))
    }
  })
})

describe('11, 12 JSON tricks, signed again by the author', () => {
  const sheetText = () => partNamed(parts, 'data/sheet.json').bytes.toString()
  const cases: [string, () => Buffer | string, string][] = [
    ['a byte-order mark', () => `\ufeff${sheetText()}`, 'json'],
    ['invalid UTF-8', () => Buffer.concat([Buffer.from(sheetText()), Buffer.from([0xff])]), 'utf8'],
    ['a duplicate key', () => sheetText().replace('{', '{"version":1,'), 'canonical'],
    ['a space', () => sheetText().replace(':', ': '), 'canonical'],
    ['a final newline', () => `${sheetText()}\n`, 'canonical'],
    ['1.0', () => sheetText().replace('"revision":1', '"revision":1.0'), 'canonical'],
    ['1e0', () => sheetText().replace('"revision":1', '"revision":1e0'), 'canonical'],
    ['−0', () => sheetText().replace('"revision":1', '"revision":-0'), 'canonical'],
    ['2^53 + 1', () => sheetText().replace('"revision":1', '"revision":9007199254740993'), 'canonical'],
    ['a fraction', () => sheetText().replace('"revision":1', '"revision":1.5'), 'canonical'],
    ['a needless escape', () => sheetText().replace('"type"', '"\\u0074ype"'), 'canonical'],
    ['keys out of order', () => sheetText().replace(/^\{(.*),("witnessTests":\[\])\}$/, '{$2,$1}'), 'canonical'],
    ['a lone surrogate', () => sheetText().replace('"reason":""', '"reason":"\\ud800"'), 'canonical'],
    ['text not in NFC', () => sheetText().replace('"reason":""', '"reason":"e\u0301"'), 'text'],
    ['U+0000', () => sheetText().replace('"reason":""', '"reason":"\\u0000"'), 'text'],
    ['depth 33', () => sheetText().replace('"sections":[]', `"sections":${'['.repeat(33)}${']'.repeat(33)}`), 'depth'],
    ['depth 100 000', () => '['.repeat(100_000), 'depth'],
    ['__proto__', () => sheetText().replace('{', '{"__proto__":{"a":1},'), 'key'],
    ['constructor', () => sheetText().replace('"withdrawn"', '"constructor":1,"withdrawn"'), 'key'],
    ['trailing text', () => `${sheetText()}{}`, 'json'],
    ['not JSON', () => 'NaN', 'json'],
    [
      'a missing key',
      () =>
        canonical(
          Object.fromEntries(Object.entries(jsonOf(parts, 'data/sheet.json')).filter(([k]) => k !== 'withdrawn')),
        ),
      'invalid_type',
    ],
    ['an unknown key', () => canonical({ ...jsonOf(parts, 'data/sheet.json'), extra: 1 }), 'unrecognized_keys'],
    ['an array', () => '[]', 'invalid_type'],
  ]
  test.each(cases)('%s', async (_, bytes, code) => {
    const verdict = await judge(
      pack(reseal(withBytes(parts, 'data/sheet.json', Buffer.from(bytes())), bench.world.keys.e1)),
    )
    expect(verdict.verdict).toBe('invalidContent')
    expect(verdict.codes).toContain(code)
  })
  test('each of them in the statement', async () => {
    const text = partNamed(parts, 'statement.json').bytes.toString()
    const broken = [
      `${text}\n`,
      text.replace('"seq":1', '"seq":1.0'),
      text.replace('{', '{"__proto__":1,'),
      text.replace('"seq":1', '"part":null,"seq":1'),
    ]
    for (const bytes of broken) {
      const attack = reseal(withBytes(parts, 'statement.json', bytes), bench.world.keys.e1, { keepStatement: true })
      expect(await verdictOf(pack(attack))).toBe('invalidContent')
    }
  })
})
