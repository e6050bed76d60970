import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { sealPackage, type StoredFile } from '../../../electron/exchange/seal.ts'
import {
  MAX_DOCUMENT_BYTES,
  MAX_ENTRIES,
  MAX_LOG_BYTES,
  MAX_LOG_VALUE_BYTES,
  MAX_MANIFEST_BYTES,
  MAX_PHOTO_BYTES,
  MAX_STATEMENT_BYTES,
  MAX_TAG_FILE_BYTES,
} from '../../../shared/package/limits.ts'
import { openBench, type Bench } from '../../support/package-bench.ts'
import {
  embeddedOf,
  exportPackage,
  makeWorld,
  mediaOf,
  sealResult,
  sealSheet,
  sheetIn,
  storePhoto,
  verifyIn,
  type World,
} from '../../support/package-factories.ts'
import {
  insertBefore,
  jsonOf,
  pack,
  partNamed,
  partsOf,
  reseal,
  withBytes,
  withJson,
  type Part,
} from '../../support/package-mutations.ts'

let bench: Bench
let folder: string
let world: World

beforeAll(() => {
  bench = openBench()
  folder = mkdtempSync(join(tmpdir(), 'limits-'))
  world = makeWorld(folder)
})
afterAll(() => {
  bench.close()
  rmSync(folder, { recursive: true, force: true })
})

const zeros = (size: number) => Buffer.alloc(size)

describe('bytes of one file in a package', () => {
  const document = 'data/template-'
  test.each([
    ['bagit.txt', MAX_TAG_FILE_BYTES, 'damaged'],
    ['bag-info.txt', MAX_TAG_FILE_BYTES, 'damaged'],
    ['statement.json', MAX_STATEMENT_BYTES, 'damaged'],
    ['manifest-sha256.txt', MAX_MANIFEST_BYTES, 'damaged'],
    ['tagmanifest-sha256.txt', MAX_TAG_FILE_BYTES, 'notAuthentic'],
    ['signatures/author.sig', MAX_TAG_FILE_BYTES, 'notAuthentic'],
    ['data/sheet.json', MAX_DOCUMENT_BYTES, 'damaged'],
    ['data/task.json', MAX_DOCUMENT_BYTES, 'damaged'],
    [document, MAX_DOCUMENT_BYTES, 'damaged'],
    ['data/log.jsonl', MAX_LOG_BYTES, 'damaged'],
    ['data/media/', MAX_PHOTO_BYTES, 'damaged'],
  ])('%s: %i are read, and are %s here; one more is not', async (start, max, verdict) => {
    const { name } = bench.parts.find((p) => p.name.startsWith(start)) ?? expect.fail()
    expect((await bench.judge(pack(withBytes(bench.parts, name, zeros(max))))).verdict).toBe(verdict)
    expect(await bench.judge(pack(withBytes(bench.parts, name, zeros(max + 1))))).toEqual({
      verdict: 'unsafe',
      codes: ['size'],
    })
  })
  test.each([
    ['signatures/author.sm2.sig', MAX_TAG_FILE_BYTES],
    ['signatures/roster.json', MAX_DOCUMENT_BYTES],
    ['signatures/roster.sig', MAX_TAG_FILE_BYTES],
    ['signatures/time.tsr', MAX_TAG_FILE_BYTES],
  ])('%s, unsigned and believed by nobody: %i do no harm, one more is refused', async (name, max) => {
    const beside = (size: number) => pack(insertBefore(bench.parts, 'data/sheet.json', { name, bytes: zeros(size) }))
    expect((await bench.judge(beside(max))).verdict).toBe('ok')
    expect(await bench.judge(beside(max + 1))).toEqual({ verdict: 'unsafe', codes: ['size'] })
  })
  test.each([
    ['author.sig', MAX_DOCUMENT_BYTES],
    ['manifest-sha256.txt', MAX_MANIFEST_BYTES],
    ['sheet.json', MAX_DOCUMENT_BYTES],
    ['statement.json', MAX_STATEMENT_BYTES],
  ])('data/sheets/…/%s: %i', async (file, max) => {
    const sheets = (['e1', 'e2', 'e3'] as const).map((p) => sealSheet(world, p))
    const parts = partsOf(sealResult(world, sheets).entries)
    const judge = async (size: number) => {
      const path = join(folder, 'result.evp')
      writeFileSync(path, pack(withBytes(parts, `data/sheets/${sheets[0]!.digest}/${file}`, zeros(size))))
      const { verdict, problems } = await verifyIn(world, path)
      return [verdict, problems[0]?.code]
    }
    expect(await judge(max)).toEqual(['damaged', 'hash'])
    expect(await judge(max + 1)).toEqual(['unsafe', 'size'])
  })
})

describe('accepted whole at the limit', () => {
  const photoOf = (size: number): StoredFile & { ext: 'png' } => {
    const photo = storePhoto(world, size)
    truncateSync(photo.path, size)
    const bytes = readFileSync(photo.path)
    return { ...photo, size, sha256: sha256(bytes), crc32: crc32(bytes) }
  }

  test('a photo of 64 MiB; a longer one is not sealed', async () => {
    const photo = photoOf(MAX_PHOTO_BYTES)
    const made = sealSheet(world, 'e1', { media: [mediaOf(photo)] }, { media: [photo] })
    expect((await verifyIn(world, await exportPackage(world, made))).verdict).toBe('ok')
    const longer = photoOf(MAX_PHOTO_BYTES + 1)
    expect(() => sealSheet(world, 'e2', { media: [mediaOf(longer)] }, { media: [longer] })).toThrow('fileTooLarge')
  })

  test('a statement of 64 KiB, not a byte more', async () => {
    const sized = (over: number) =>
      reseal(bench.parts, bench.world.keys.e1, {
        statement: (s) => {
          s['audience'] = [bench.world.keys.e1.keyId]
          const length = () => Buffer.byteLength(JSON.stringify(s))
          const count = Math.floor((MAX_STATEMENT_BYTES - length() - 80) / 67)
          s['audience'] = [bench.world.keys.e1.keyId, ...Array.from({ length: count }, () => '0'.repeat(64))]
          const app = s['app'] as { version: string }
          app.version = app.version.padEnd(app.version.length + MAX_STATEMENT_BYTES + over - length(), 'x')
        },
      })
    expect(partNamed(sized(0), 'statement.json').bytes).toHaveLength(MAX_STATEMENT_BYTES)
    expect(await bench.judge(pack(sized(0)))).toEqual({ verdict: 'ok', codes: [] })
    expect(await bench.judge(pack(sized(1)))).toEqual({ verdict: 'unsafe', codes: ['size'] })
  })

  test('20 000 entries, not one more', async () => {
    const { bytes: pixel } = partNamed(bench.parts, bench.photo)
    const rest = bench.parts.filter((p) => p.name !== bench.photo)
    const media = Array.from({ length: MAX_ENTRIES - rest.length }, (_, n): Part & { hash: string } => {
      const bytes = Buffer.concat([pixel, Buffer.from(String(n))])
      const hash = sha256(bytes)
      return { name: `data/media/${hash}.png`, bytes, hash }
    }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    const [first] = jsonOf(bench.parts, 'data/sheet.json')['media'] as object[]
    const listed = withJson(rest, 'data/sheet.json', (sheet) => {
      sheet['media'] = media.map(({ hash, bytes }) => ({ ...first, sha256: hash, size: bytes.length }))
    })
    const full = reseal([...listed, ...media], bench.world.keys.e1, {
      statement: (s) => void ((s['counts'] as Record<string, number>)['photos'] = media.length),
    })
    expect(full).toHaveLength(MAX_ENTRIES)
    expect(await bench.judge(pack(full))).toEqual({ verdict: 'ok', codes: [] })
    const one = insertBefore(full, 'data/sheet.json', { name: 'signatures/time.tsr', bytes: zeros(1) })
    expect(await bench.judge(pack(one))).toEqual({ verdict: 'unsafe', codes: ['tooManyEntries'] })
  })

  test('a log value of 256 bytes, not one more', async () => {
    const lines = partNamed(bench.parts, 'data/log.jsonl').bytes.toString()
    const valued = (bytes: number) => {
      const line = lines.replace('"after":null', `"after":{"v":"${'x'.repeat(bytes - 2)}"}`)
      return pack(reseal(withBytes(bench.parts, 'data/log.jsonl', line), bench.world.keys.e1))
    }
    expect((await bench.judge(valued(MAX_LOG_VALUE_BYTES))).verdict).toBe('ok')
    expect(await bench.judge(valued(MAX_LOG_VALUE_BYTES + 1))).toEqual({
      verdict: 'invalidContent',
      codes: ['schema'],
    })
  })
})

test('what nobody would accept is not sealed: a log too long, too many files', () => {
  const made = sealSheet(world, 'e3')
  const { statement } = made
  const { packageId, author, audience, seq, prev, supersedes, createdAt, clock, rosterSeq, app } = statement
  const claims = {
    packageId,
    author,
    audience,
    seq,
    prev,
    supersedes,
    createdAt,
    clock,
    rosterSeq,
    app,
    media: 'included' as const,
  }
  const request = {
    claims,
    documents: made.documents,
    log: made.log,
    embedded: [],
    reports: [],
    media: [],
    pkcs8: world.keys.e3.pkcs8,
  }
  expect(sealPackage(request)).toMatchObject({ ok: true, value: { digest: made.digest } })
  const long = Buffer.alloc(MAX_LOG_BYTES + 1, 'x').fill('\n', MAX_LOG_BYTES)
  expect(sealPackage({ ...request, log: long })).toEqual({
    ok: false,
    failure: { code: 'fileTooLarge', detail: 'data/log.jsonl' },
  })
  const others = made.entries.length
  const hashOf = (n: number) => n.toString(16).padStart(64, '0')
  const photo = storePhoto(world)
  const media = Array.from({ length: (MAX_ENTRIES - others) % 5 }, (_, n) => ({ ...photo, sha256: hashOf(n) }))
  const documents = {
    kind: 'sheet' as const,
    task: world.task,
    template: world.template,
    sheet: { ...sheetIn(made), media: media.map((file) => mediaOf(file)) },
  }
  const { files } = embeddedOf(made)
  const sealed = (count: number) => {
    const embedded = Array.from({ length: count }, (_, n) => ({ digest: hashOf(n), files }))
    return sealPackage({ ...request, documents, media, embedded })
  }
  const full = sealed((MAX_ENTRIES - others - media.length) / 5)
  expect(full.ok && full.value.entries).toHaveLength(MAX_ENTRIES)
  const over = sealed((MAX_ENTRIES - others - media.length) / 5 + 1)
  expect(over).toMatchObject({ ok: false, failure: { code: 'fileTooLarge' } })
})
