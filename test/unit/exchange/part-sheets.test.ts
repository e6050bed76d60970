import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Verification, VerifyRequest } from '../../../electron/exchange/verify.ts'
import type { Answer } from '../../../shared/domain/sheet.ts'
import { trustWith } from '../../support/package-bench.ts'
import {
  PEOPLE,
  acceptedOf,
  embeddedOf,
  exampleAnswers,
  makeSheet,
  makeWorld,
  rosterMember,
  seal,
  sealResult,
  sealSheet,
  verifyIn,
  type Made,
  type World,
} from '../../support/package-factories.ts'
import { jsonOf, pack, partsOf, reseal, withJson, without, type Part } from '../../support/package-mutations.ts'
import { AT, answerOf } from '../../support/scoring-factories.ts'

let folder: string
let world: World
/** One sheet a person; `second` is e2's revision of it, with another score. */
let sheets: Made[]
let second: Made
let result: Part[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parts-'))
  world = makeWorld(folder)
  sheets = (['e1', 'e2', 'e3'] as const).map((p) => sealSheet(world, p))
  const answers: Answer[] = exampleAnswers.e2.map((a) => (a.item === 'a2' ? answerOf('a2', 70) : a))
  const sheet = makeSheet(world, 'e2', { revision: 2, reason: '更正' }, answers)
  second = seal(world, 'e2', { kind: 'sheet', sheet, task: world.task, template: world.template })
  result = partsOf(sealResult(world, [sheets[0]!, second, sheets[2]!]).entries)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function judge(parts: readonly Part[], over: Partial<VerifyRequest> = {}): Promise<Verification> {
  const file = join(folder, 'attack.evp')
  writeFileSync(file, pack(parts))
  return verifyIn(world, file, over)
}
const folderOf = (made: Made): string => `data/sheets/${made.digest}/`
const filesOf = (made: Made): Part[] =>
  Object.entries(embeddedOf(made).files).map(([name, bytes]) => ({
    name: `${folderOf(made)}${name}`,
    bytes: Buffer.from(bytes),
  }))
/** The parts with one sheet's folder exchanged for another's, in the order of names. */
function exchanged(out: Made, into: readonly Part[]): Part[] {
  const rest = result.filter((p) => !p.name.startsWith(folderOf(out)))
  const first = rest.findIndex((p) => p.name.startsWith('data/sheets/'))
  const inside = [...rest.filter((p) => p.name.startsWith('data/sheets/')), ...into].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )
  return [...rest.slice(0, first), ...inside, ...rest.slice(first).filter((p) => !p.name.startsWith('data/sheets/'))]
}
type Listed = { digest: string; personId: string; revision: number; sheetSha256: string }
const inputsOf = (value: Record<string, unknown>) => value['inputs'] as { sheets: Listed[] }

test('control: with the revision that was merged', async () => {
  expect((await judge(result)).verdict).toBe('ok')
  expect((await judge(reseal(result, world.keys.e1))).verdict).toBe('ok')
})

test('an earlier revision in the place of the merged one, without a new seal', async () => {
  expect((await judge(exchanged(second, filesOf(sheets[1]!)))).verdict).toBe('damaged')
  const renamed = filesOf(sheets[1]!).map((p) => ({ ...p, name: p.name.replace(sheets[1]!.digest, second.digest) }))
  expect((await judge(exchanged(second, renamed))).verdict).toBe('damaged')
})

test('sealed anew by a dishonest lead: the list names another sheet, and its merge does not recompute', async () => {
  const swapped = exchanged(second, filesOf(sheets[1]!))
  const listed = await judge(reseal(swapped, world.keys.e1))
  expect(listed).toMatchObject({ verdict: 'invalidContent', problems: [{ code: 'reference' }] })

  const relisted = withJson(swapped, 'data/result.json', (value) => {
    const { sheets: list } = inputsOf(value)
    const earlier = inputsOf(jsonOf(partsOf(sealResult(world, sheets).entries), 'data/result.json')).sheets
    list.splice(0, list.length, ...earlier)
  })
  const recomputed = await judge(reseal(relisted, world.keys.e1))
  expect(recomputed).toMatchObject({ verdict: 'invalidContent', problems: [{ code: 'mergeDiffers' }] })
})

test('listed under the number of the later revision', async () => {
  const earlier = partsOf(sealResult(world, sheets).entries)
  expect((await judge(earlier)).verdict).toBe('ok')
  const promoted = withJson(earlier, 'data/result.json', (value) => {
    for (const sheet of inputsOf(value).sheets) if (sheet.personId === 'e2') sheet.revision = 2
  })
  expect(await judge(reseal(promoted, world.keys.e1))).toMatchObject({
    verdict: 'invalidContent',
    problems: [{ code: 'reference' }],
  })
})

test('under the folder name of the later revision', async () => {
  const renamed = filesOf(sheets[1]!).map((p) => ({ ...p, name: p.name.replace(sheets[1]!.digest, second.digest) }))
  expect(await judge(reseal(exchanged(second, renamed), world.keys.e1))).toMatchObject({
    verdict: 'invalidContent',
    problems: [{ path: `data/sheets/${second.digest}`, code: 'digest' }],
  })
})

test('the document of the earlier revision under the seal of the later one, and the other way round', async () => {
  const [earlier, later] = [filesOf(sheets[1]!), filesOf(second)]
  const bytesOf = (files: readonly Part[], name: string) => files.find((p) => p.name.endsWith(`/${name}`))!.bytes
  const mixed = (name: string) =>
    exchanged(
      second,
      later.map((p) => (p.name.endsWith(`/${name}`) ? { ...p, bytes: bytesOf(earlier, name) } : p)),
    )
  const verdicts: Record<string, unknown> = {}
  for (const name of ['author.sig', 'manifest-sha256.txt', 'sheet.json', 'statement.json', 'tagmanifest-sha256.txt']) {
    const { verdict, problems } = await judge(reseal(mixed(name), world.keys.e1))
    verdicts[name] = [verdict, problems[0]?.path.split('/').at(-1), problems[0]?.code]
  }
  expect(verdicts).toEqual({
    'author.sig': ['notAuthentic', 'author.sig', 'signature'],
    'manifest-sha256.txt': ['invalidContent', 'tagmanifest-sha256.txt', 'reference'],
    'sheet.json': ['invalidContent', 'sheet.json', 'reference'],
    'statement.json': ['invalidContent', 'tagmanifest-sha256.txt', 'reference'],
    'tagmanifest-sha256.txt': ['invalidContent', second.digest, 'digest'],
  })
})

test('both revisions of one person at once; one file of a sheet missing', async () => {
  const four = sealResult(world, [...sheets, second])
  const twice = await judge(partsOf(four.entries))
  expect(twice.verdict).toBe('invalidContent')
  expect(twice.problems.map((p) => p.code)).toContain('twoSheets')
  const torn = without(result, `${folderOf(second)}statement.json`)
  expect(await judge(reseal(torn, world.keys.e1))).toMatchObject({
    verdict: 'invalidContent',
    problems: [{ code: 'missing' }],
  })
})

test('a sheet whose author’s key was withdrawn before anybody had it; one that was accepted in time counts', async () => {
  const members = PEOPLE.map((p) => rosterMember(p, world.keys[p], p === 'e2' ? { revokedAt: AT } : {}))
  const revoked = { trust: trustWith(world, members) }
  const file = join(folder, 'second.evp')
  writeFileSync(file, pack(partsOf(second.entries)))
  const seen = { ...acceptedOf(await verifyIn(world, file)), acceptedAt: '2026-05-12T07:59:59.999Z' }
  expect(await judge(result, revoked)).toMatchObject({
    verdict: 'revoked',
    problems: [{ path: `data/sheets/${second.digest}` }],
  })
  expect((await judge(result, { ...revoked, known: [seen] })).verdict).toBe('ok')
  // The earlier revision was accepted in time, the one in the result was not.
  const other = { ...seen, digest: sheets[1]!.digest }
  expect((await judge(result, { ...revoked, known: [other] })).verdict).toBe('revoked')
})
