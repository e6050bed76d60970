import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import type { VerifyRequest } from '../../../electron/exchange/verify.ts'
import type { RosterMember } from '../../../shared/domain/roster.ts'
import { jcsBytes } from '../../../shared/package/jcs.ts'
import { signedContent } from '../../../shared/package/payload.ts'
import { judgeSound, trustWith } from '../../support/package-bench.ts'
import {
  PEOPLE,
  makeResult,
  makeWorld,
  mediaOf,
  rosterMember,
  sealResult,
  sealSheet,
  sealSheetWithPhoto,
  storePhoto,
  verifyIn,
  type Made,
  type World,
} from '../../support/package-factories.ts'
import { pack, partsOf, reseal, withBytes, withJson } from '../../support/package-mutations.ts'
import { AT } from '../../support/scoring-factories.ts'

let folder: string
let world: World

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenarios-'))
  world = makeWorld(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const judge = (made: Made, over: Partial<VerifyRequest> = {}) => judgeSound(world, made, over)
const withRoster = (members: readonly RosterMember[]) => trustWith(world, members)

describe('results', () => {
  let sheets: Made[]
  beforeEach(() => {
    sheets = [sealSheetWithPhoto(world, 'e1', 1), sealSheet(world, 'e2'), sealSheet(world, 'e3')]
  })
  const attack = async (change: (value: Record<string, unknown>) => void) => {
    const file = join(folder, 'attack.evp')
    writeFileSync(
      file,
      pack(reseal(withJson(partsOf(sealResult(world, sheets).entries), 'data/result.json', change), world.keys.e1)),
    )
    return verifyIn(world, file)
  }
  test('the worked example', async () => {
    const verified = await judge(sealResult(world, sheets))
    expect(verified.verdict).toBe('ok')
    expect(verified.documents?.kind === 'result' && verified.documents.result.merge.totals).toMatchObject({
      base: 19_750_000,
      applicable: 35_000_000,
      totalFull: 45_000_000,
      rate_bp: 5643,
      converted: 25_392_857,
    })
    expect(verified.statement?.counts).toEqual({ items: 4, answered: 3, photos: 1, nonconformities: 0, logLines: 2 })
  })
  test.each<[string, (v: Record<string, unknown>) => void, string]>([
    [
      'a total that does not recompute',
      (v) => void (((v['merge'] as Record<string, unknown>)['totals'] as Record<string, unknown>)['base'] = 1),
      'mergeDiffers',
    ],
    [
      'a decision taken away',
      (v) => void (v['inputs'] as Record<string, unknown[]>)['decisions']!.pop(),
      'mergeDiffers',
    ],
    [
      'a sheet left out of the inputs',
      (v) => void (v['inputs'] as Record<string, unknown[]>)['sheets']!.pop(),
      'reference',
    ],
    ['another report number', (v) => void (v['reportNumber'] = 'R-2'), 'reference'],
    [
      'a milder conclusion without a vote',
      (v) =>
        void ((v['inputs'] as Record<string, Record<string, unknown>>)['conclusion'] = {
          chosen: 'recommend',
          reason: 'x',
          votes: [],
          opinion: '',
        }),
      'votes',
    ],
    [
      'an unknown section',
      (v) =>
        void ((v['text'] as Record<string, unknown>)['sections'] = [
          { section: 'zz', facts: '', strengths: '', gaps: '', suggestions: '' },
        ]),
      'unknownSection',
    ],
  ])('%s', async (_, change, code) => {
    const verified = await attack(change)
    expect(verified.verdict).toBe('invalidContent')
    expect(verified.problems.map((p) => p.code)).toContain(code)
  })
  test('an open merge cannot be packaged', async () => {
    const two = sheets.slice(0, 2)
    const verified = await judge(sealResult(world, two))
    expect(verified).toMatchObject({ verdict: 'invalidContent', problems: [{ code: 'open' }] })
  })
  test('an embedded sheet changed, its signature changed, or its author unknown', async () => {
    const parts = partsOf(sealResult(world, sheets).entries)
    const inside = `data/sheets/${sheets[1]!.digest}`
    const judged = async (name: string, bytes: Buffer | string) => {
      const file = join(folder, 'attack.evp')
      writeFileSync(file, pack(reseal(withBytes(parts, `${inside}/${name}`, bytes), world.keys.e1)))
      return (await verifyIn(world, file)).verdict
    }
    expect(await judged('author.sig', Buffer.alloc(64))).toBe('notAuthentic')
    expect(await judged('tagmanifest-sha256.txt', 'x')).toBe('invalidContent')
    expect(await judged('sheet.json', jcsBytesOf(sheets[2]!))).toBe('invalidContent')
    expect(await judged('manifest-sha256.txt', 'x')).toBe('invalidContent')
    const unknown = withRoster(PEOPLE.filter((p) => p !== 'e2').map((p) => rosterMember(p, world.keys[p])))
    expect((await judge(sealResult(world, sheets), { trust: unknown })).verdict).toBe('unknownSigner')
  })
  test('closing: signatures over the content, the report that is listed', async () => {
    const pdf = join(folder, 'r.pdf')
    writeFileSync(pdf, '%PDF-1.7 report')
    const bytes = Buffer.from('%PDF-1.7 report')
    const report = { path: pdf, size: bytes.length, sha256: sha256(bytes), crc32: crc32(bytes), profile: 'committee' }
    const content = sha256(jcsBytes(signedContent(makeResult(world, sheets))))
    const closing = (contentSha256: string, reportSha256: string) => ({
      confirmation: {
        statement: 'agree' as const,
        text: '',
        representative: '王',
        post: '厂长',
        at: AT,
        witnesses: [],
      },
      signatures: [{ who: '王', role: '企业代表', contentSha256, drawn: null, keyId: null, sig: null, at: AT }],
      reports: [{ profile: 'committee' as const, sha256: reportSha256, version: 1, changeNote: '' }],
      scans: [],
    })
    const made = (c: string, r: string) => sealResult(world, sheets, { closing: closing(c, r) }, { reports: [report] })
    expect((await judge(made(content, report.sha256))).verdict).toBe('ok')
    expect((await judge(made('0'.repeat(64), report.sha256))).problems[0]?.code).toBe('contentDiffers')
    expect((await judge(made(content, '0'.repeat(64)))).problems[0]?.code).toBe('reportDiffers')
  })
  test('withdrawn evidence leaves a permitted gap; other gaps are none', async () => {
    const photo = storePhoto(world, 7)
    const withdrawn = { media: [], withdrawn: [{ sha256: photo.sha256, reason: '企业要求撤回', at: AT }] }
    const gap = sealSheet(world, 'e2', { ...withdrawn, revision: 2, reason: '撤回' })
    expect((await judge(gap)).verdict).toBe('ok')
    const referenced = sealSheet(
      world,
      'e3',
      { media: [mediaOf(photo)], revision: 2, reason: '加图' },
      { claims: { media: 'referenced' } },
    )
    expect((await judge(referenced)).verdict).toBe('ok')
  })
})

const jcsBytesOf = (made: Made): Buffer => {
  const entry = made.entries.find((e) => e.name === 'data/sheet.json')
  return Buffer.from(entry !== undefined && 'bytes' in entry.from ? entry.from.bytes : [])
}
