import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { bagInfo, manifestBytes, parseManifest } from '../../../shared/package/bag.ts'
import { keyDigits } from '../../../shared/package/key-id.ts'
import { checkLayout, compareEntries, isSafeName, maxBytesOf, placeOf } from '../../../shared/package/layout.ts'
import {
  MAX_DOCUMENT_BYTES,
  MAX_ENTRIES,
  MAX_LOG_BYTES,
  MAX_MANIFEST_BYTES,
  MAX_PACKAGE_BYTES,
  MAX_PHOTO_BYTES,
  MAX_STATEMENT_BYTES,
} from '../../../shared/package/limits.ts'
import { claimedPixels, sniffMedia } from '../../../shared/package/media-type.ts'
import { utf8 } from '../../../shared/package/utf8.ts'
import {
  END_RECORD_BYTES,
  archiveBytes,
  directoryBytes,
  findDirectory,
  localHeader,
  placeEntries,
  readDirectory,
} from '../../../shared/package/zip.ts'

const HASH = 'a'.repeat(64)
const ORDER = [
  'mimetype',
  'bagit.txt',
  'bag-info.txt',
  'statement.json',
  'manifest-sha256.txt',
  'tagmanifest-sha256.txt',
  'signatures/author.sig',
  'signatures/author.sm2.sig',
  'signatures/roster.json',
  'signatures/roster.sig',
  'signatures/time.tsr',
  'data/result.json',
  'data/task.json',
  `data/template-${HASH}.json`,
  'data/log.jsonl',
  `data/sheets/${HASH}/author.sig`,
  `data/sheets/${HASH}/manifest-sha256.txt`,
  `data/sheets/${HASH}/sheet.json`,
  `data/sheets/${HASH}/statement.json`,
  `data/sheets/${HASH}/tagmanifest-sha256.txt`,
  'data/report-archive.pdf',
  'data/report-committee.pdf',
  `data/media/${HASH}.heic`,
  `data/media/${HASH}.jpg`,
]
const REQUIRED = ORDER.slice(0, 6).map((name) => ({ name, size: 1 }))

describe('layout', () => {
  test('the fixed order', () => {
    expect(ORDER.toReversed().toSorted(compareEntries)).toEqual(ORDER)
    expect(checkLayout(ORDER.map((name) => ({ name, size: 1 })))).toBe(null)
  })
  test.each([
    [
      'data/sheet.json beside data/result.json',
      [...REQUIRED, { name: 'data/result.json', size: 1 }, { name: 'data/sheet.json', size: 1 }],
      'duplicateName',
    ],
    [
      'two templates',
      [...REQUIRED, ...['0', '1'].map((c) => ({ name: `data/template-${c.repeat(64)}.json`, size: 1 }))],
      'duplicateName',
    ],
    ['a missing tag file', REQUIRED.slice(1), 'missing'],
    ['a strange name', [...REQUIRED, { name: 'data/other.json', size: 1 }], 'name'],
    [
      'media out of order',
      [...REQUIRED, ...['1', '0'].map((c) => ({ name: `data/media/${c.repeat(64)}.jpg`, size: 1 }))],
      'order',
    ],
  ])('%s', (_, entries, code) => expect(checkLayout(entries)?.code).toBe(code))

  test('120 bytes of name, not 121', () => {
    expect(isSafeName('a'.repeat(120))).toBe(true)
    expect(isSafeName('a'.repeat(121))).toBe(false)
  })
  test.each([
    ['con'],
    ['a/aux.txt'],
    ['lpt1'],
    ['com0.x'],
    ['a..b'],
    ['a.'],
    ['a./b'],
    ['A'],
    ['ä'],
    ['-a'],
    ['a/-b'],
    ['a b'],
    [''],
  ])('%j is no name', (name) => expect(isSafeName(name)).toBe(false))
  test.each([['console'], ['a/com'], ['lpt10'], ['nulls.json'], ['0-_.x']])('%j is one', (name) =>
    expect(isSafeName(name)).toBe(true),
  )
  test('places of names', () => expect([placeOf('mimetype'), placeOf('data/x')]).toEqual([0, -1]))

  test.each([
    ['statement.json', MAX_STATEMENT_BYTES],
    ['manifest-sha256.txt', MAX_MANIFEST_BYTES],
    ['data/task.json', MAX_DOCUMENT_BYTES],
    ['data/log.jsonl', MAX_LOG_BYTES],
    [`data/media/${HASH}.jpg`, MAX_PHOTO_BYTES],
    [`data/sheets/${HASH}/statement.json`, MAX_STATEMENT_BYTES],
    [`data/sheets/${HASH}/sheet.json`, MAX_DOCUMENT_BYTES],
    [`data/media/${HASH}.mp4`, MAX_PACKAGE_BYTES],
  ])('%s may have %i bytes and not one more', (name, max) => {
    const rest = REQUIRED.filter((r) => r.name !== name)
    const with_ = (size: number) =>
      checkLayout([...rest, { name, size }].toSorted((a, b) => compareEntries(a.name, b.name)))
    expect(maxBytesOf(name)).toBe(max)
    expect(with_(max)).toBe(null)
    expect(with_(max + 1)).toEqual({ path: name, code: 'size' })
  })
})

describe('zip', () => {
  const entries = placeEntries([
    { name: 'mimetype', size: 3, crc32: 7 },
    { name: 'data/x', size: 0, crc32: 0 },
  ])
  const directory = directoryBytes(entries)
  const start = archiveBytes(entries) - directory.length

  test('header constants as written down', () => {
    expect(Buffer.from(localHeader({ name: 'a', size: 5, crc32: 0x01020304 })).toString('hex')).toBe(
      '504b0304' +
        '1400' +
        '0008' +
        '0000' +
        '0000' +
        '2100' +
        '04030201' +
        '05000000' +
        '05000000' +
        '0100' +
        '0000' +
        '61',
    )
    expect(Buffer.from(directory.subarray(0, 46)).toString('hex')).toBe(
      '504b0102' +
        '1400' +
        '1400' +
        '0008' +
        '0000' +
        '0000' +
        '2100' +
        '07000000' +
        '03000000' +
        '03000000' +
        '0800' +
        '0000' +
        '0000' +
        '0000' +
        '0000' +
        '00000000' +
        '00000000',
    )
  })
  test('reads what it writes and nothing else', () => {
    expect(readDirectory(directory, 2, start)).toEqual(entries)
    for (let at = 0; at < directory.length; at += 1) {
      const changed = Uint8Array.from(directory)
      changed[at]! ^= 0x10
      const end = findDirectory(changed.subarray(-END_RECORD_BYTES), archiveBytes(entries))
      const read = end.ok ? readDirectory(changed, end.count, end.offset) : null
      const isOtherEntry = read !== null && JSON.stringify(read) !== JSON.stringify(entries)
      expect(read === null || isOtherEntry).toBe(true)
    }
  })
  test('sizes that add up past 4 GiB do not wrap', () => {
    const huge = placeEntries([
      { name: 'a', size: 0xffffffff, crc32: 0 },
      { name: 'b', size: 0xffffffff, crc32: 0 },
    ])
    const wrapped = directoryBytes(huge)
    const offset = Buffer.from(wrapped).readUInt32LE(wrapped.length - 6)
    expect(readDirectory(wrapped, 2, offset)).toBe(null)
  })
  test('20 000 entries, not one more; 4 GiB − 64 KiB, not a byte more', () => {
    const end = (count: number) => {
      const bytes = Buffer.from(directoryBytes([]))
      bytes.writeUInt16LE(count, 8)
      bytes.writeUInt16LE(count, 10)
      return bytes
    }
    expect(findDirectory(end(MAX_ENTRIES), 22)).toMatchObject({ ok: true })
    expect(findDirectory(end(MAX_ENTRIES + 1), 22)).toMatchObject({ verdict: 'unsafe', code: 'tooManyEntries' })
    expect(MAX_PACKAGE_BYTES).toBe(4_294_901_760)
    expect(findDirectory(end(0), MAX_PACKAGE_BYTES + 1)).toMatchObject({ verdict: 'unsafe', code: 'tooLarge' })
    expect(findDirectory(end(0), MAX_PACKAGE_BYTES)).toMatchObject({ verdict: 'damaged', code: 'length' })
    expect(crc32('')).toBe(0)
  })
})

describe('bag', () => {
  test('bag-info has four lines in this order', () => {
    const author = { keyId: HASH, personId: 'e1', deviceId: 'd', displayName: '张三' }
    const payload = { files: 4, octets: 123, manifestSha256: HASH }
    expect(bagInfo({ packageId: 'id', createdAt: '2026-05-12T08:00:00.000Z', payload, author })).toBe(
      'External-Identifier: id\nBagging-Date: 2026-05-12\nPayload-Oxum: 123.4\nContact-Name: 张三\n',
    )
  })
  test('manifests are sorted and read back', () => {
    const lines = [
      { sha256: HASH, path: 'data/a' },
      { sha256: HASH, path: 'data/a-b' },
      { sha256: HASH, path: 'data/a/b' },
    ]
    expect(parseManifest(manifestBytes(lines.toReversed()))).toEqual(lines)
    expect(parseManifest(utf8(''))).toEqual([])
  })
  test.each([
    [`${HASH}  data/b\n${HASH}  data/a\n`],
    [`${HASH}  data/a\n${HASH}  data/a\n`],
    [`${HASH}  data/a`],
    [`${HASH} data/a\n`],
    [`${HASH} *data/a\n`],
    [`${HASH}  data/a\r\n`],
    [`${HASH.toUpperCase()}  data/a\n`],
    [`${HASH.slice(1)}  data/a\n`],
    [`\n${HASH}  data/a\n`],
    [`${HASH}  /data/a\n`],
  ])('%j is no manifest', (text) => expect(parseManifest(utf8(text))).toBe(null))
})

test('key digits: big-endian words mod 100 000', () => {
  const keyId = ['00000001', '000186a0', '000186a1', 'ffffffff', '00000000', '12345678', '0001869f', '80000000'].join(
    '',
  )
  expect(keyDigits(keyId)).toBe('00001 00000 00001 67295 00000 19896 99999 83648')
  expect(() => keyDigits('x')).toThrow(TypeError)
})

describe('media types', () => {
  const head = (hex: string) => Uint8Array.from(Buffer.from(hex.padEnd(64, '0'), 'hex'))
  const ftyp = (brand: string) => head(`00000018${Buffer.from(`ftyp${brand}`).toString('hex')}`)
  test.each([
    ['jpg', head('ffd8ffe0')],
    ['png', head('89504e470d0a1a0a')],
    ['webp', head('524946460000000057454250')],
    ['pdf', head('255044462d312e37')],
    ['heic', ftyp('heic')],
    ['mp4', ftyp('isom')],
    ['m4a', ftyp('M4A ')],
    [null, ftyp('avif')],
    [null, ftyp('qt  ')],
    [null, head('3c737667')],
    [null, head('3c68746d6c')],
    [null, head('474946383961')],
    [null, new Uint8Array()],
    [null, head('504b0304')],
    [null, head('524946460000000057415645')],
  ])('%s', (ext, bytes) => expect(sniffMedia(bytes)).toBe(ext))

  test('pixels a header claims', () => {
    const u16 = (n: number) => n.toString(16).padStart(4, '0')
    expect(claimedPixels('jpg', head(`ffd8ffe00004aaaaffc0000b08${u16(300)}${u16(400)}`))).toBe(120_000)
    expect(claimedPixels('jpg', head('ffd8ffe0ffff'))).toBe(null)
    expect(claimedPixels('png', head('89504e470d0a1a0a0000000d49484452000001900000012c'))).toBe(120_000)
    expect(claimedPixels('webp', head('5249464600000000574542505650385800000000000000008f01002b0100'))).toBe(120_000)
    expect(claimedPixels('pdf', head(''))).toBe(null)
    const ispe = Buffer.concat([
      Buffer.from('xxispe'),
      Buffer.from('00000000000000400000004000000000', 'hex'),
      Buffer.from('ispe'),
      Buffer.from('00000000000001900000012c', 'hex'),
    ])
    expect(claimedPixels('heic', ispe)).toBe(120_000)
  })
})
