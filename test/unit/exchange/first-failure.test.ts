import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { VERDICTS, type KnownPackage, type Verdict } from '../../../shared/package/verdict.ts'
import { openBench, type Bench } from '../../support/package-bench.ts'
import { NOW, PEOPLE, acceptedOf, rosterMember, verifyIn } from '../../support/package-factories.ts'
import { pack, partNamed, reseal, withBytes, withJson } from '../../support/package-mutations.ts'
import { AT } from '../../support/scoring-factories.ts'

/** Everything that can be wrong at once, in the order it is looked for. */
const FAULTS = [
  ['crc', 'damaged'],
  ['name', 'unsafe'],
  ['version', 'tooNew'],
  ['unknown', 'unknownSigner'],
  ['revoked', 'revoked'],
  ['signature', 'notAuthentic'],
  ['hash', 'damaged'],
  ['content', 'invalidContent'],
  ['rights', 'notPermitted'],
  ['audience', 'wrongAudience'],
  ['duplicate', 'duplicate'],
] as const satisfies readonly (readonly [string, Verdict])[]
type Fault = (typeof FAULTS)[number][0]

let bench: Bench
let known: KnownPackage

beforeAll(async () => {
  bench = openBench()
  const file = join(bench.world.folder, 'sound.evp')
  writeFileSync(file, pack(bench.parts))
  known = acceptedOf(await verifyIn(bench.world, file))
})
afterAll(() => bench.close())

async function verdictWith(...faults: Fault[]): Promise<Verdict> {
  const { world, photo } = bench
  const has = (fault: Fault): boolean => faults.includes(fault)
  const changed = withJson(bench.parts, 'data/sheet.json', (sheet) => {
    if (has('content')) (sheet['totals'] as Record<string, unknown>)['base'] = 1
    if (has('rights')) (sheet['expert'] as Record<string, unknown>)['name'] = '别人'
  })
  let parts = reseal(changed, world.keys.e1, {
    statement: (s) => {
      if (has('version')) s['version'] = 2
      if (has('audience')) s['audience'] = ['0'.repeat(64)]
    },
  })
  const digest = sha256(partNamed(parts, 'tagmanifest-sha256.txt').bytes)
  if (has('signature')) parts = withBytes(parts, 'signatures/author.sig', Buffer.alloc(64))
  if (has('hash')) parts = withBytes(parts, 'data/task.json', 'other')
  if (has('crc')) parts = parts.map((p) => (p.name === photo ? { ...p, header: { crc: 1 } } : p))
  if (has('name')) parts = [...parts, { name: 'data/zz', bytes: Buffer.from('x') }]
  const members = PEOPLE.filter((p) => p !== 'e1' || !has('unknown')).map((p) =>
    rosterMember(p, world.keys[p], p === 'e1' && has('revoked') ? { revokedAt: AT } : {}),
  )
  // The founder is on every roster that is signed; this one only says who counts.
  const newest = { ...world.held.roster, rosterSeq: 9, members }
  const trust = { ...world.trust, rosters: [world.held.roster, newest] }
  const file = join(world.folder, 'faults.evp')
  writeFileSync(file, pack(parts))
  const held = has('duplicate') ? [{ ...known, digest, acceptedAt: NOW }] : []
  return (await verifyIn(world, file, { trust, known: held })).verdict
}

test('control: with nothing wrong it is ok; each fault alone has its verdict', async () => {
  expect(await verdictWith()).toBe('ok')
  for (const [fault, verdict] of FAULTS) expect([fault, await verdictWith(fault)]).toEqual([fault, verdict])
  const covered = new Set<string>([...FAULTS.map(([, verdict]) => verdict), 'conflictingTwin', 'older', 'ok'])
  expect(VERDICTS.filter((verdict) => !covered.has(verdict))).toEqual([])
})

test('of two faults the earlier one is the verdict', async () => {
  const wrong: string[] = []
  for (const [n, [first, verdict]] of FAULTS.entries())
    for (const [second] of FAULTS.slice(n + 1)) {
      const found = await verdictWith(first, second)
      if (found !== verdict) wrong.push(`${first} + ${second}: ${found}`)
    }
  expect(wrong).toEqual([])
})

test('with everything wrong it is the first', async () => {
  const names = FAULTS.map(([fault]) => fault)
  for (const [n, [, verdict]] of FAULTS.entries()) expect(await verdictWith(...names.slice(n))).toBe(verdict)
})
