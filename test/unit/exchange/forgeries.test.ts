import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { generateKeys } from '../../../electron/exchange/keys.ts'
import type { Verdict } from '../../../shared/package/verdict.ts'
import { openBench, type Bench } from '../../support/package-bench.ts'
import {
  insertBefore,
  pack,
  partNamed,
  reseal,
  withBytes,
  withJson,
  without,
  type Part,
} from '../../support/package-mutations.ts'

let bench: Bench
let parts: Part[]

beforeAll(() => {
  bench = openBench()
  parts = bench.parts
})
afterAll(() => bench.close())

const judge = (bytes: Buffer) => bench.judge(bytes)
const verdictOf = async (bytes: Buffer): Promise<Verdict> => (await bench.judge(bytes)).verdict

describe('13–17 signatures', () => {
  const sig = 'signatures/author.sig'
  test('stripped, empty, short, long, zero, of another file', async () => {
    const good = partNamed(parts, sig).bytes
    expect(await judge(pack(without(parts, sig)))).toEqual({ verdict: 'notAuthentic', codes: ['missing'] })
    for (const bytes of [Buffer.alloc(0), good.subarray(1), Buffer.concat([good, Buffer.alloc(1)]), Buffer.alloc(64)]) {
      expect(await verdictOf(pack(withBytes(parts, sig, bytes)))).toBe('notAuthentic')
    }
  })
  test('malleable: S plus the group order', async () => {
    const good = Buffer.from(partNamed(parts, sig).bytes)
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const s = BigInt(`0x${Buffer.from(good.subarray(32)).reverse().toString('hex')}`) + order
    const bytes = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()
    expect(await verdictOf(pack(withBytes(parts, sig, Buffer.concat([good.subarray(0, 32), bytes]))))).toBe(
      'notAuthentic',
    )
  })
  test('a forged second signature or roster copy installs nothing and hurts nothing', async () => {
    const extra = insertBefore(
      insertBefore(parts, 'data/sheet.json', { name: 'signatures/roster.json', bytes: Buffer.from('{}') }),
      'signatures/roster.json',
      {
        name: 'signatures/author.sm2.sig',
        bytes: Buffer.from('junk'),
      },
    )
    expect(await verdictOf(pack(extra))).toBe('ok')
  })
  test('another suite in the statement is for a newer app, whatever the key', async () => {
    const attack = reseal(parts, bench.world.keys.e1, { statement: (s) => void (s['suite'] = 'sm2sm3') })
    expect(await verdictOf(pack(attack))).toBe('tooNew')
  })
  test('a fresh key under the same names is unknown; under the old key id not authentic', async () => {
    const fresh = generateKeys()
    const claim = (keyId: string) => (s: Record<string, unknown>) =>
      void (s['author'] = { ...(s['author'] as object), keyId })
    expect(await verdictOf(pack(reseal(parts, fresh, { statement: claim(fresh.keyId) })))).toBe('unknownSigner')
    expect(await verdictOf(pack(reseal(parts, fresh)))).toBe('notAuthentic')
    expect(await verdictOf(pack(reseal(parts, bench.world.keys.e2)))).toBe('notAuthentic')
  })
  test('a colleague signing under own key cannot speak for e1', async () => {
    const claim = (s: Record<string, unknown>) =>
      void (s['author'] = { ...(s['author'] as object), keyId: bench.world.keys.e2.keyId })
    expect(await verdictOf(pack(reseal(parts, bench.world.keys.e2, { statement: claim })))).toBe('notPermitted')
  })
})

describe('hashes below the signature', () => {
  test.each([
    'mimetype',
    'bagit.txt',
    'bag-info.txt',
    'statement.json',
    'manifest-sha256.txt',
    'data/sheet.json',
    'data/task.json',
    'data/log.jsonl',
  ])('%s changed without a new seal', async (name) => {
    const changed = Buffer.from(partNamed(parts, name).bytes)
    changed[changed.length - 3]! ^= 1
    const expected = name === 'mimetype' ? 'unsafe' : 'damaged'
    expect(await verdictOf(pack(withBytes(parts, name, changed)))).toBe(expected)
  })
  test('a photo changed, dropped, added, or renamed', async () => {
    expect(await verdictOf(pack(withBytes(parts, bench.photo, 'other')))).toBe('damaged')
    expect(await verdictOf(pack(without(parts, bench.photo)))).toBe('damaged')
    expect(
      await verdictOf(pack([...parts, { name: `data/media/${'f'.repeat(64)}.png`, bytes: Buffer.from('x') }])),
    ).toBe('damaged')
    expect(
      await verdictOf(
        pack(parts.map((p) => (p.name === bench.photo ? { ...p, name: bench.photo.replace('.png', '.jpg') } : p))),
      ),
    ).toBe('damaged')
  })
})

describe('22 and a dishonest author with a good key', () => {
  type Over = Parameters<typeof reseal>[2]
  const patch = (values: Record<string, unknown>): Over => ({ statement: (s) => void Object.assign(s, values) })
  const statements: [string, Over, Verdict][] = [
    ['a newer version', patch({ version: 2 }), 'tooNew'],
    ['a critical field', patch({ critical: ['later'] }), 'tooNew'],
    ['a wrong type', patch({ type: 'urn:youpin-onsite:receipt' }), 'invalidContent'],
    ['seq 0', patch({ seq: 0 }), 'invalidContent'],
    ['a part', patch({ part: null }), 'invalidContent'],
    ['another kind', patch({ kind: 'result' }), 'invalidContent'],
    ['another revision', patch({ revision: 2 }), 'invalidContent'],
    ['another project', patch({ projectId: '00000000-0000-7000-8000-0000000000ff' }), 'invalidContent'],
    ['another task', patch({ taskId: '00000000-0000-7000-8000-0000000000ff' }), 'invalidContent'],
    ['another task document', patch({ taskSha256: '0'.repeat(64) }), 'invalidContent'],
    ['another template', patch({ templateSha256: '0'.repeat(64) }), 'invalidContent'],
    [
      'other counts',
      patch({ counts: { items: 4, answered: 3, photos: 1, nonconformities: 0, logLines: 1 } }),
      'invalidContent',
    ],
    [
      'other payload figures',
      patch({ payload: { files: 5, octets: 1, manifestSha256: '0'.repeat(64) } }),
      'invalidContent',
    ],
    ['another log head', patch({ logHead: { size: 1, sha256: '0'.repeat(64) } }), 'invalidContent'],
    ['media only referenced', patch({ media: 'referenced' }), 'invalidContent'],
    ['a packageId that is no UUIDv7', patch({ packageId: '00000000-0000-4000-8000-000000000001' }), 'invalidContent'],
    ['meant for somebody else', patch({ audience: ['0'.repeat(64)] }), 'wrongAudience'],
    [
      'another person',
      { statement: (s) => void (s['author'] = { ...(s['author'] as object), personId: 'e2' }) },
      'invalidContent',
    ],
  ]
  test.each(statements)('%s', async (_, over, verdict) =>
    expect(await verdictOf(pack(reseal(parts, bench.world.keys.e1, over)))).toBe(verdict),
  )

  const bag: [string, (own: Part[]) => Part[], Over][] = [
    [
      '33 bagit.txt of another version',
      (own) => withBytes(own, 'bagit.txt', 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n'),
      {},
    ],
    [
      '33 bag-info.txt with one more line',
      (own) => withBytes(own, 'bag-info.txt', `${partNamed(own, 'bag-info.txt').bytes.toString()}Extra: 1\n`),
      { keepBagInfo: true },
    ],
    ['33 manifest with CR', (own) => own, { manifest: (t) => t.replaceAll('\n', '\r\n') }],
    ['33 manifest without the final LF', (own) => own, { manifest: (t) => t.slice(0, -1) }],
    [
      '33 manifest out of order',
      (own) => own,
      { manifest: (t) => `${t.split('\n').slice(0, -1).toReversed().join('\n')}\n` },
    ],
    ['33 manifest listing a file twice', (own) => own, { manifest: (t) => t.replace(/^(.*\n)/, '$1$1') }],
    ['33 manifest with upper-case hex', (own) => own, { manifest: (t) => t.toUpperCase() }],
    ['33 manifest listing bagit.txt', (own) => own, { manifest: (t) => `${'0'.repeat(64)}  bagit.txt\n${t}` }],
    [
      '33 tag manifest without the statement',
      (own) => own,
      { tagManifest: (t) => t.replace(/.*statement\.json\n/, '') },
    ],
    ['33 tag manifest with one more line', (own) => own, { tagManifest: (t) => `${t}${'0'.repeat(64)}  zzz\n` }],
  ]
  test.each(bag)('%s', async (_, change, over) => {
    expect(await verdictOf(pack(reseal(change(parts), bench.world.keys.e1, over)))).toBe('invalidContent')
  })
  test('a CRC that is wrong beside right hashes, also of what nobody signed', async () => {
    const beside = (header: Part['header']) =>
      insertBefore(parts, 'data/sheet.json', {
        name: 'signatures/time.tsr',
        bytes: Buffer.from('anything'),
        ...(header && { header }),
      })
    expect(await verdictOf(pack(beside(undefined)))).toBe('ok')
    expect(await judge(pack(beside({ crc: 1 })))).toEqual({ verdict: 'damaged', codes: ['crc'] })
    const photo = parts.map((p) => (p.name === bench.photo ? { ...p, header: { crc: 1 } } : p))
    expect(await judge(pack(photo))).toEqual({ verdict: 'damaged', codes: ['crc'] })
  })
  test('a document of another kind beside its own', async () => {
    const report = { name: 'data/report-committee.pdf', bytes: Buffer.from('%PDF-1.7') }
    const stray = insertBefore(parts, bench.photo, report)
    expect(await judge(pack(reseal(stray, bench.world.keys.e1)))).toEqual({
      verdict: 'invalidContent',
      codes: ['unexpected'],
    })
    const inside = `data/sheets/${'0'.repeat(64)}/sheet.json`
    const sheet = insertBefore(parts, bench.photo, { name: inside, bytes: partNamed(parts, 'data/sheet.json').bytes })
    expect(await judge(pack(reseal(sheet, bench.world.keys.e1)))).toEqual({
      verdict: 'invalidContent',
      codes: ['unexpected'],
    })
  })
  test('33 a manifest line without a file', async () => {
    const over = { manifest: (t: string) => `${t}${'0'.repeat(64)}  data/zzz\n` }
    expect(await verdictOf(pack(reseal(parts, bench.world.keys.e1, over)))).toBe('damaged')
  })

  type Change = (value: Record<string, unknown>) => void
  const answers = (value: Record<string, unknown>) => value['answers'] as Record<string, unknown>[]
  const sheets: [string, Change, string][] = [
    ['a score that does not follow', (v) => void (answers(v)[0]!['score'] = 19_000_000), 'scoreDiffers'],
    ['totals that do not add up', (v) => void ((v['totals'] as Record<string, unknown>)['base'] = 1), 'scoreDiffers'],
    ['a grade that does not exist', (v) => void (answers(v)[0]!['value'] = 'super'), 'gradeUnknown'],
    ['an unknown item', (v) => void (answers(v)[0]!['item'] = 'zz'), 'unknownItem'],
    ['answers out of order', (v) => void answers(v).reverse(), 'order'],
    ['an answer twice', (v) => void answers(v).push(answers(v)[0]!), 'duplicateId'],
    [
      'na where it is not allowed',
      (v) => void Object.assign(answers(v)[0]!, { state: 'na', value: null, score: null, reason: 'x' }),
      'naNotAllowed',
    ],
    ['evidence that is nowhere', (v) => void (answers(v)[0]!['media'] = ['0'.repeat(64)]), 'unknownMedia'],
    [
      'evidence of another size',
      (v) => void ((v['media'] as Record<string, unknown>[])[0]!['size'] = 5),
      'mediaDiffers',
    ],
    [
      'evidence of another type',
      (v) => void ((v['media'] as Record<string, unknown>[])[0]!['ext'] = 'jpg'),
      'mediaDiffers',
    ],
    ['evidence left out of its list', (v) => void (v['media'] = []), 'unlistedMedia'],
  ]
  test.each(sheets)('%s', async (_, change, code) => {
    const verdict = await judge(pack(reseal(withJson(parts, 'data/sheet.json', change), bench.world.keys.e1)))
    expect(verdict.verdict).toBe('invalidContent')
    expect(verdict.codes).toContain(code)
  })
  test('a sheet of a newer version', async () => {
    const attack = withJson(parts, 'data/sheet.json', (v) => void (v['version'] = 2))
    expect(await verdictOf(pack(reseal(attack, bench.world.keys.e1)))).toBe('tooNew')
  })
  test('25 something else under a picture’s name', async () => {
    const html = Buffer.from('<html><script>alert(1)</script>')
    const name = `data/media/${sha256(html)}.png`
    const attack = withJson(
      parts.map((p) => (p.name === bench.photo ? { name, bytes: html } : p)),
      'data/sheet.json',
      (v) => {
        Object.assign((v['media'] as object[])[0]!, { sha256: sha256(html), size: html.length })
      },
    )
    expect(await judge(pack(reseal(attack, bench.world.keys.e1)))).toEqual({
      verdict: 'invalidContent',
      codes: ['mediaType'],
    })
  })
  test('someone outside the team, a false name, an undeclared proxy', async () => {
    const as = (change: Change) => pack(reseal(withJson(parts, 'data/sheet.json', change), bench.world.keys.e1))
    expect(await verdictOf(as((v) => void (v['expert'] = { personId: 'zz', name: 'zz' })))).toBe('invalidContent')
    expect(await verdictOf(as((v) => void (v['expert'] = { personId: 'e1', name: '别人' })))).toBe('notPermitted')
    expect(await verdictOf(as((v) => void (v['expert'] = { personId: 'e2', name: 'e2' })))).toBe('notPermitted')
    const proxy = (enteredBy: string) => (v: Record<string, unknown>) => {
      v['expert'] = { personId: 'e2', name: 'e2' }
      v['proxy'] = { enteredBy, checkedBy: 'e3', scans: [] }
    }
    expect(await verdictOf(as(proxy('e3')))).toBe('notPermitted')
    expect(await verdictOf(as(proxy('e1')))).toBe('ok')
  })
  test('a log with a line changed, dropped, reordered, appended or of another device', async () => {
    const lines = partNamed(parts, 'data/log.jsonl').bytes.toString()
    const changed = (text: string) => pack(reseal(withBytes(parts, 'data/log.jsonl', text), bench.world.keys.e1))
    expect(await verdictOf(changed(lines.replace('"mono":0', '"mono":1')))).toBe('ok')
    expect(await verdictOf(changed(lines.replace('"n":1', '"n":2')))).toBe('invalidContent')
    expect(await verdictOf(changed(lines.replace('sealed', 'answered')))).toBe('invalidContent')
    expect(await verdictOf(changed(lines.replace('"device":"device-e1"', '"device":"other"')))).toBe('invalidContent')
    expect(await verdictOf(changed(lines + lines))).toBe('invalidContent')
    expect(await verdictOf(changed(''))).toBe('invalidContent')
    expect(await verdictOf(changed(lines.trimEnd()))).toBe('invalidContent')
  })
})
