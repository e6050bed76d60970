import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { generateKeys } from '../../../electron/exchange/keys.ts'
import type { Verdict } from '../../../shared/package/verdict.ts'
import { exportPackage, makeWorld, sealSheetWithPhoto, verifyIn, type Made, type World } from '../../support/package-factories.ts'
import {
  canonical, insertBefore, jsonOf, pack, partNamed, partsOf, reseal, withBytes, withJson, without, type Part,
} from '../../support/package-mutations.ts'

let folder: string
let world: World
let made: Made
let parts: Part[]
let photo: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'attacks-'))
  world = makeWorld(folder)
  made = sealSheetWithPhoto(world, 'e1')
  parts = partsOf(made.entries)
  photo = parts.at(-1)!.name
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function judge(bytes: Buffer): Promise<{ verdict: Verdict; codes: string[] }> {
  const file = join(folder, 'attack.evp')
  writeFileSync(file, bytes)
  const { verdict, problems } = await verifyIn(world, file)
  return { verdict, codes: problems.map((p) => p.code) }
}
const verdictOf = async (bytes: Buffer): Promise<Verdict> => (await judge(bytes)).verdict

test('control: our own writer and the hostile one make the same bytes, and they pass', async () => {
  const file = await exportPackage(world, made)
  expect(pack(parts).equals(readFileSync(file))).toBe(true)
  expect(await verdictOf(pack(parts))).toBe('ok')
  expect(await verdictOf(pack(reseal(parts, world.keys.e1)))).toBe('ok')
})

describe('1 zip slip and names', () => {
  const names = [
    '../x', 'data/../x', '/etc/x', 'c:/x', 'data\\x', '~/x', '//server/x', 'data/./x', 'data//x', 'data/x/', 'data/con', 'data/nul.txt',
    'data/com1.json', 'data/x.', 'data/x ', 'data/.x', 'data/a..b', 'Data/x', 'data/X.json', 'data/é.json', 'data/\u202egnp.json', 'data/x\0',
    'data/x:y', `data/${'a'.repeat(116)}`, 'fetch.txt', 'data/x.db', `data/media/${'0'.repeat(64)}.svg`, `data/media/${'0'.repeat(64)}.html`,
    'signatures/other.sig', 'META-INF/manifest.xml', '',
  ]
  test.each(names)('%j is refused in both headers, in the local and in the central one', async (name) => {
    const evil = { name: 'data/zz', bytes: Buffer.from('x') }
    const at = (over: Partial<Part>) => pack(reseal(parts, world.keys.e1).concat({ ...evil, ...over }))
    expect(await verdictOf(at({ header: { name } }))).toBe('unsafe')
    const photoPart = parts.at(-1)!
    const rest = parts.slice(0, -1)
    expect(await verdictOf(pack([...rest, { ...photoPart, central: { name } }]))).toBe('unsafe')
    expect(await verdictOf(pack([...rest, { ...photoPart, header: { name }, central: { name: photoPart.name } }]))).toBe('unsafe')
  })
})

describe('2–6, 8, 10 container tricks', () => {
  const onPhoto = (header: Part['header'], central?: Part['central']): Buffer => {
    const last = parts.at(-1)!
    return pack([...parts.slice(0, -1), { ...last, ...(header && { header }), ...(central && { central }) }])
  }
  const both: [string, NonNullable<Part['header']>][] = [
    ['deflate method', { method: 8 }], ['version 45', { version: 45 }], ['encrypted flag', { flags: 0x0801 }],
    ['data descriptor flag', { flags: 0x0808 }], ['no UTF-8 flag', { flags: 0 }], ['time', { time: 1 }], ['date', { date: 0x5a21 }],
    ['zip64 sizes', { size: 0xffffffff }], ['compressed size differs', { compressed: 1 }],
    ['Info-ZIP unicode path extra', { extra: Buffer.from('7570090001aaaaaaaa7878787878', 'hex') }],
    ['extra field', { extra: Buffer.from('99990000', 'hex') }],
  ]
  test.each(both)('%s in both headers', async (_, header) => expect(['unsafe', 'damaged']).toContain(await verdictOf(onPhoto(header))))
  const fields: [string, NonNullable<Part['central']>][] = [
    ...both,
    ['crc', { crc: 1 }], ['size', { size: 1 }], ['symlink attributes', { attributes: 0xa1ff0000 }], ['folder attributes', { attributes: 0x10 }],
    ['internal attributes', { internal: 1 }], ['comment', { comment: Buffer.from('x') }], ['disk', { disk: 1 }], ['made by unix', { madeBy: 0x0314 }],
    ['offset of another entry', { offset: 0 }],
  ]
  test.each(fields)('%s in the central header only', async (_, central) => expect(await verdictOf(onPhoto(undefined, central))).toBe('unsafe'))
  test.each(both)('%s in the local header only', async (_, header) => {
    const clean = { method: 0, version: 20, flags: 0x0800, time: 0, date: 0x21, extra: Buffer.alloc(0), size: parts.at(-1)!.bytes.length, compressed: parts.at(-1)!.bytes.length }
    expect(await verdictOf(onPhoto(header, clean))).toBe('unsafe')
  })

  test('a deflate bomb never expands', async () => {
    const bomb = deflateRawSync(Buffer.alloc(10_000_000))
    const last = parts.at(-1)!
    expect(await verdictOf(pack([...parts.slice(0, -1), { ...last, bytes: bomb, header: { method: 8, size: 10_000_000, compressed: bomb.length } }]))).toBe('unsafe')
  })
  test('overlapping entries, duplicate names, other order', async () => {
    const last = parts.at(-1)!
    const twin = { ...last, central: { offset: pack(parts.slice(0, -1)).readUInt32LE(pack(parts.slice(0, -1)).length - 6) } }
    expect(await verdictOf(pack([...parts, twin]))).toBe('unsafe')
    expect(await judge(pack([...parts, last]))).toEqual({ verdict: 'unsafe', codes: ['duplicateName'] })
    expect(await judge(pack([...parts, { ...last, bytes: Buffer.from('other') }]))).toEqual({ verdict: 'unsafe', codes: ['duplicateName'] })
    expect(await judge(pack([parts[1]!, parts[0]!, ...parts.slice(2)]))).toEqual({ verdict: 'unsafe', codes: ['order'] })
  })
  test('9 bytes before, after and between, two end records, comments', async () => {
    const good = pack(parts)
    const junk = Buffer.from('<html>')
    expect(await verdictOf(Buffer.concat([junk, good]))).toBe('damaged')
    expect(await verdictOf(Buffer.concat([good, junk]))).toBe('damaged')
    expect(await verdictOf(Buffer.concat([good, good]))).toBe('damaged')
    expect(await verdictOf(pack(parts, { comment: junk }))).toBe('damaged')
    expect(await verdictOf(pack(parts, { comment: good.subarray(-22) }))).toBe('damaged')
    const shifted = pack(parts.map((p) => ({ ...p, central: {} })), { offset: pack(parts).readUInt32LE(good.length - 6) + junk.length })
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
    ['a missing key', () => canonical(Object.fromEntries(Object.entries(jsonOf(parts, 'data/sheet.json')).filter(([k]) => k !== 'withdrawn'))), 'invalid_type'],
    ['an unknown key', () => canonical({ ...jsonOf(parts, 'data/sheet.json'), extra: 1 }), 'unrecognized_keys'],
    ['an array', () => '[]', 'invalid_type'],
  ]
  test.each(cases)('%s', async (_, bytes, code) => {
    const verdict = await judge(pack(reseal(withBytes(parts, 'data/sheet.json', Buffer.from(bytes())), world.keys.e1)))
    expect(verdict.verdict).toBe('invalidContent')
    expect(verdict.codes).toContain(code)
  })
  test('each of them in the statement', async () => {
    const text = partNamed(parts, 'statement.json').bytes.toString()
    const broken = [`${text}\n`, text.replace('"seq":1', '"seq":1.0'), text.replace('{', '{"__proto__":1,'), text.replace('"seq":1', '"part":null,"seq":1')]
    for (const bytes of broken) {
      const attack = reseal(withBytes(parts, 'statement.json', bytes), world.keys.e1, { keepStatement: true })
      expect(await verdictOf(pack(attack))).toBe('invalidContent')
    }
  })
})

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
    expect(await verdictOf(pack(withBytes(parts, sig, Buffer.concat([good.subarray(0, 32), bytes]))))).toBe('notAuthentic')
  })
  test('a forged second signature or roster copy installs nothing and hurts nothing', async () => {
    const extra = insertBefore(insertBefore(parts, 'data/sheet.json', { name: 'signatures/roster.json', bytes: Buffer.from('{}') }), 'signatures/roster.json', {
      name: 'signatures/author.sm2.sig',
      bytes: Buffer.from('junk'),
    })
    expect(await verdictOf(pack(extra))).toBe('ok')
  })
  test('another suite in the statement is for a newer app, whatever the key', async () => {
    const attack = reseal(parts, world.keys.e1, { statement: (s) => void (s['suite'] = 'sm2sm3') })
    expect(await verdictOf(pack(attack))).toBe('tooNew')
  })
  test('a fresh key under the same names is unknown; under the old key id not authentic', async () => {
    const fresh = generateKeys()
    const claim = (keyId: string) => (s: Record<string, unknown>) => void (s['author'] = { ...(s['author'] as object), keyId })
    expect(await verdictOf(pack(reseal(parts, fresh, { statement: claim(fresh.keyId) })))).toBe('unknownSigner')
    expect(await verdictOf(pack(reseal(parts, fresh)))).toBe('notAuthentic')
    expect(await verdictOf(pack(reseal(parts, world.keys.e2)))).toBe('notAuthentic')
  })
  test('a colleague signing under own key cannot speak for e1', async () => {
    const claim = (s: Record<string, unknown>) => void (s['author'] = { ...(s['author'] as object), keyId: world.keys.e2.keyId })
    expect(await verdictOf(pack(reseal(parts, world.keys.e2, { statement: claim })))).toBe('notPermitted')
  })
})

describe('hashes below the signature', () => {
  test.each(['mimetype', 'bagit.txt', 'bag-info.txt', 'statement.json', 'manifest-sha256.txt', 'data/sheet.json', 'data/task.json', 'data/log.jsonl'])(
    '%s changed without a new seal',
    async (name) => {
      const changed = Buffer.from(partNamed(parts, name).bytes)
      changed[changed.length - 3]! ^= 1
      const expected = name === 'mimetype' ? 'unsafe' : 'damaged'
      expect(await verdictOf(pack(withBytes(parts, name, changed)))).toBe(expected)
    },
  )
  test('a photo changed, dropped, added, or renamed', async () => {
    expect(await verdictOf(pack(withBytes(parts, photo, 'other')))).toBe('damaged')
    expect(await verdictOf(pack(without(parts, photo)))).toBe('damaged')
    expect(await verdictOf(pack([...parts, { name: `data/media/${'f'.repeat(64)}.png`, bytes: Buffer.from('x') }]))).toBe('damaged')
    expect(await verdictOf(pack(parts.map((p) => (p.name === photo ? { ...p, name: photo.replace('.png', '.jpg') } : p))))).toBe('damaged')
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
    ['other counts', patch({ counts: { items: 4, answered: 3, photos: 1, nonconformities: 0, logLines: 1 } }), 'invalidContent'],
    ['other payload figures', patch({ payload: { files: 5, octets: 1, manifestSha256: '0'.repeat(64) } }), 'invalidContent'],
    ['another log head', patch({ logHead: { size: 1, sha256: '0'.repeat(64) } }), 'invalidContent'],
    ['media only referenced', patch({ media: 'referenced' }), 'invalidContent'],
    ['a packageId that is no UUIDv7', patch({ packageId: '00000000-0000-4000-8000-000000000001' }), 'invalidContent'],
    ['meant for somebody else', patch({ audience: ['0'.repeat(64)] }), 'wrongAudience'],
    ['another person', { statement: (s) => void (s['author'] = { ...(s['author'] as object), personId: 'e2' }) }, 'invalidContent'],
  ]
  test.each(statements)('%s', async (_, over, verdict) => expect(await verdictOf(pack(reseal(parts, world.keys.e1, over)))).toBe(verdict))

  const bag: [string, (own: Part[]) => Part[], Over][] = [
    ['33 bagit.txt of another version', (own) => withBytes(own, 'bagit.txt', 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n'), {}],
    ['33 bag-info.txt with one more line', (own) => withBytes(own, 'bag-info.txt', `${partNamed(own, 'bag-info.txt').bytes}Extra: 1\n`), { keepBagInfo: true }],
    ['33 manifest with CR', (own) => own, { manifest: (t) => t.replaceAll('\n', '\r\n') }],
    ['33 manifest without the final LF', (own) => own, { manifest: (t) => t.slice(0, -1) }],
    ['33 manifest out of order', (own) => own, { manifest: (t) => `${t.split('\n').slice(0, -1).toReversed().join('\n')}\n` }],
    ['33 manifest listing a file twice', (own) => own, { manifest: (t) => t.replace(/^(.*\n)/, '$1$1') }],
    ['33 manifest with upper-case hex', (own) => own, { manifest: (t) => t.toUpperCase() }],
    ['33 manifest listing bagit.txt', (own) => own, { manifest: (t) => `${'0'.repeat(64)}  bagit.txt\n${t}` }],
    ['33 tag manifest without the statement', (own) => own, { tagManifest: (t) => t.replace(/.*statement\.json\n/, '') }],
    ['33 tag manifest with one more line', (own) => own, { tagManifest: (t) => `${t}${'0'.repeat(64)}  zzz\n` }],
  ]
  test.each(bag)('%s', async (_, change, over) => {
    expect(await verdictOf(pack(reseal(change(parts), world.keys.e1, over)))).toBe('invalidContent')
  })
  test('33 a manifest line without a file', async () => {
    const over = { manifest: (t: string) => `${t}${'0'.repeat(64)}  data/zzz\n` }
    expect(await verdictOf(pack(reseal(parts, world.keys.e1, over)))).toBe('damaged')
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
    ['na where it is not allowed', (v) => void Object.assign(answers(v)[0]!, { state: 'na', value: null, score: null, reason: 'x' }), 'naNotAllowed'],
    ['evidence that is nowhere', (v) => void (answers(v)[0]!['media'] = ['0'.repeat(64)]), 'unknownMedia'],
    ['evidence of another size', (v) => void ((v['media'] as Record<string, unknown>[])[0]!['size'] = 5), 'mediaDiffers'],
    ['evidence of another type', (v) => void ((v['media'] as Record<string, unknown>[])[0]!['ext'] = 'jpg'), 'mediaDiffers'],
    ['evidence left out of its list', (v) => void (v['media'] = []), 'unlistedMedia'],
  ]
  test.each(sheets)('%s', async (_, change, code) => {
    const verdict = await judge(pack(reseal(withJson(parts, 'data/sheet.json', change), world.keys.e1)))
    expect(verdict.verdict).toBe('invalidContent')
    expect(verdict.codes).toContain(code)
  })
  test('a sheet of a newer version', async () => {
    const attack = withJson(parts, 'data/sheet.json', (v) => void (v['version'] = 2))
    expect(await verdictOf(pack(reseal(attack, world.keys.e1)))).toBe('tooNew')
  })
  test('25 something else under a picture’s name', async () => {
    const html = Buffer.from('<html><script>alert(1)</script>')
    const name = `data/media/${sha256(html)}.png`
    const attack = withJson(parts.map((p) => (p.name === photo ? { name, bytes: html } : p)), 'data/sheet.json', (v) => {
      Object.assign((v['media'] as object[])[0]!, { sha256: sha256(html), size: html.length })
    })
    expect(await judge(pack(reseal(attack, world.keys.e1)))).toEqual({ verdict: 'invalidContent', codes: ['mediaType'] })
  })
  test('someone outside the team, a false name, an undeclared proxy', async () => {
    const as = (change: Change) => pack(reseal(withJson(parts, 'data/sheet.json', change), world.keys.e1))
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
    const changed = (text: string) => pack(reseal(withBytes(parts, 'data/log.jsonl', text), world.keys.e1))
    expect(await verdictOf(changed(lines.replace('"mono":0', '"mono":1')))).toBe('ok')
    expect(await verdictOf(changed(lines.replace('"n":1', '"n":2')))).toBe('invalidContent')
    expect(await verdictOf(changed(lines.replace('sealed', 'answered')))).toBe('invalidContent')
    expect(await verdictOf(changed(lines.replace('"device":"device-e1"', '"device":"other"')))).toBe('invalidContent')
    expect(await verdictOf(changed(lines + lines))).toBe('invalidContent')
    expect(await verdictOf(changed(''))).toBe('invalidContent')
    expect(await verdictOf(changed(lines.trimEnd()))).toBe('invalidContent')
  })
})
