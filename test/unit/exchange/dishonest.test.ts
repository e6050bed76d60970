import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { verifyPackage } from '../../../electron/exchange/verify.ts'
import type { ProjectTrust } from '../../../electron/exchange/trust.ts'
import { trustWith } from '../../support/package-bench.ts'
import {
  OTHER_PROJECT,
  NOW,
  PEOPLE,
  makeSheet,
  makeWorld,
  rosterMember,
  sealResult,
  sealSheet,
  sealSheetWithPhoto,
  sealTask,
  type sheetIn,
  type Made,
  type Person,
  type World,
} from '../../support/package-factories.ts'
import {
  jsonOf,
  pack,
  partNamed,
  partsOf,
  reseal,
  withJson,
  without,
  type Part,
  type ResealOver,
} from '../../support/package-mutations.ts'
import { nonconformityOf } from '../../support/scoring-factories.ts'

let folder: string
let world: World

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dishonest-'))
  world = makeWorld(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Verdict and the first problem: `[verdict, code, path]`; nothing but the verdict when there is none. */
async function judge(parts: readonly Part[], trust: ProjectTrust = world.trust): Promise<string[]> {
  const file = join(folder, 'attack.evp')
  writeFileSync(file, pack(parts))
  const verified = await verifyPackage({
    file,
    fileSha256: null,
    trust,
    known: [],
    selfKeyId: null,
    at: NOW,
    depth: 'full',
  })
  if (!verified.ok) throw new Error(verified.failure.code)
  const { verdict, problems } = verified.value
  const [first] = problems
  return first === undefined ? [verdict] : [verdict, first.code, first.path]
}
type Json = Record<string, unknown>
const authorOf = (statement: Json) => statement['author'] as Json

describe('a package whose author has a good key and no scruples', () => {
  test('evidence under another hash’s name, or left out although it is listed', async () => {
    const parts = partsOf(sealSheetWithPhoto(world, 'e1').entries)
    const photo = parts.at(-1)!
    const other = `data/media/${'f'.repeat(64)}.png`
    expect(await judge(reseal(parts, world.keys.e1))).toEqual(['ok'])
    const renamed = [...parts.slice(0, -1), { ...photo, name: other }]
    expect(await judge(reseal(renamed, world.keys.e1))).toEqual(['invalidContent', 'mediaName', other])
    const dropped = without(parts, photo.name)
    expect(await judge(reseal(dropped, world.keys.e1))).toEqual(['invalidContent', 'missingMedia', 'data/media'])
  })
  test('a checklist under another hash’s name, a task that names another checklist, work that is not on it', async () => {
    const parts = partsOf(sealTask(world).entries)
    const template = parts.find((p) => p.name.startsWith('data/template-'))!
    const other = `data/template-${'0'.repeat(64)}.json`
    const renamed = parts.map((p) => (p === template ? { ...p, name: other } : p))
    expect(await judge(reseal(renamed, world.keys.office))).toEqual(['invalidContent', 'reference', other])
    const foreign = withJson(parts, 'data/task.json', (task) => void (task['templateSha256'] = '0'.repeat(64)))
    expect(await judge(reseal(foreign, world.keys.office))).toEqual([
      'invalidContent',
      'reference',
      'data/task.json#templateSha256',
    ])
    const sheet = withJson(
      partsOf(sealSheet(world, 'e1').entries),
      'data/task.json',
      (task) => void (task['templateSha256'] = '0'.repeat(64)),
    )
    const told = withJson(sheet, 'data/sheet.json', (s) => {
      s['taskSha256'] = sha256(partNamed(sheet, 'data/task.json').bytes)
    })
    expect(await judge(reseal(told, world.keys.e1))).toEqual([
      'invalidContent',
      'reference',
      'data/task.json#templateSha256',
    ])
    const idle = withJson(parts, 'data/task.json', (task) => {
      for (const member of task['team'] as Json[]) member['assigned'] = ['a1', 'zz']
    })
    const [verdict, , path] = await judge(reseal(idle, world.keys.office))
    expect([verdict, path?.split('#')[0]]).toEqual(['invalidContent', 'data/task.json'])
  })
  test('another person’s name over the own key', async () => {
    const sealAs = (personId: Person) =>
      partsOf(
        sealTask(world, world.task, 'office', {
          claims: {
            author: { keyId: world.keys.office.keyId, personId, deviceId: 'device-office', displayName: '办' },
          },
        }).entries,
      )
    expect(await judge(sealAs('office'))).toEqual(['ok'])
    const parts = sealAs('e1').map((p) =>
      p.name === 'data/log.jsonl'
        ? { ...p, bytes: Buffer.from(p.bytes.toString().replaceAll('"actor":"office"', '"actor":"e1"')) }
        : p,
    )
    const [first] = partNamed(parts, 'data/log.jsonl').bytes.toString().split('\n')
    const single = parts.map((p) => (p.name === 'data/log.jsonl' ? { ...p, bytes: Buffer.from(`${first}\n`) } : p))
    const counted: ResealOver = { statement: (s) => void ((s['counts'] as Json)['logLines'] = 1) }
    expect(await judge(reseal(single, world.keys.office, counted))).toEqual([
      'notPermitted',
      'otherPerson',
      'statement.json#author.personId',
    ])
  })
  test('a colleague’s sheet, also where both have one name', async () => {
    const parts = partsOf(sealSheet(world, 'e1').entries)
    const namesake = withJson(parts, 'data/sheet.json', (s) => void (s['expert'] = { personId: 'e2', name: 'e1' }))
    expect(await judge(reseal(namesake, world.keys.e1))).toEqual([
      'notPermitted',
      'otherPerson',
      'data/sheet.json#expert',
    ])
  })
  test('a proxy that the task does not allow, that checked its own typing, or that is not in the team', async () => {
    const entered = (proxyEntry: boolean, proxy: { enteredBy: string; checkedBy: string }) => {
      world.task = { ...world.task, rules: { ...world.task.rules, proxyEntry } }
      const parts = partsOf(sealSheet(world, 'e1').entries)
      const change = (s: Json) => {
        s['expert'] = { personId: 'e2', name: 'e2' }
        s['proxy'] = { ...proxy, scans: [] }
      }
      return judge(reseal(withJson(parts, 'data/sheet.json', change), world.keys.e1))
    }
    const refused = ['notPermitted', 'proxy', 'data/sheet.json#proxy']
    expect(await entered(true, { enteredBy: 'e1', checkedBy: 'e3' })).toEqual(['ok'])
    expect(await entered(false, { enteredBy: 'e1', checkedBy: 'e3' })).toEqual(refused)
    expect(await entered(true, { enteredBy: 'e1', checkedBy: 'e1' })).toEqual(refused)
    expect(await entered(true, { enteredBy: 'e3', checkedBy: 'e1' })).toEqual(refused)
    expect(await entered(true, { enteredBy: 'e1', checkedBy: 'office' })).toEqual(refused)
  })
})

describe('a sheet inside a result whose author has a good key and no scruples', () => {
  /** The sheet of `person` changed and sealed again, as it would lie in a result. */
  function forged(
    made: Made,
    change: (sheet: Json) => void,
    over: ResealOver = {},
    signer: Person = made.person,
  ): Made {
    const changed = withJson(partsOf(made.entries), 'data/sheet.json', change)
    const parts = reseal(changed, world.keys[signer], over)
    const bytesOf = (name: string) => new Uint8Array(partNamed(parts, name).bytes)
    const files = {
      statement: bytesOf('statement.json'),
      manifest: bytesOf('manifest-sha256.txt'),
      tagManifest: bytesOf('tagmanifest-sha256.txt'),
      signature: bytesOf('signatures/author.sig'),
    }
    const sheet = jsonOf(parts, 'data/sheet.json') as ReturnType<typeof sheetIn>
    if (made.documents.kind !== 'sheet') throw new Error('not a sheet')
    return { ...made, files, digest: sha256(files.tagManifest), documents: { ...made.documents, sheet } }
  }
  const nothing = (): void => undefined
  /** What a result says that has this sheet in the place of e2's. */
  async function judgeWith(sheet: Made, trust?: ProjectTrust): Promise<string[]> {
    const [first, third] = (['e1', 'e3'] as const).map((p) => sealSheet(world, p))
    const made = sealResult(world, [first!, sheet, third!])
    const [verdict = '', code = '', path = ''] = await judge(partsOf(made.entries), trust)
    return verdict === 'ok' ? [verdict] : [verdict, code, path.replace(`data/sheets/${sheet.digest}`, '…')]
  }

  test('control: sealed again, it counts', async () => {
    expect(await judgeWith(sealSheet(world, 'e2'))).toEqual(['ok'])
    expect(await judgeWith(forged(sealSheet(world, 'e2'), nothing))).toEqual(['ok'])
  })
  test('a tag manifest that lists other tag files', async () => {
    const other = { tagManifest: (t: string) => t.replace(/^[0-9a-f]{64}/, '0'.repeat(64)) }
    expect(await judgeWith(forged(sealSheet(world, 'e2'), nothing, other))).toEqual([
      'invalidContent',
      'reference',
      '…/tagmanifest-sha256.txt',
    ])
  })
  test.each([
    ['kind', 'task'],
    ['projectId', OTHER_PROJECT],
    ['templateSha256', '0'.repeat(64)],
    ['payload', { files: 4, octets: 1, manifestSha256: '0'.repeat(64) }],
  ])('a statement of another %s', async (field, value) => {
    const over = { statement: (s: Json) => void (s[field] = value) }
    expect(await judgeWith(forged(sealSheet(world, 'e2'), nothing, over))).toEqual([
      'invalidContent',
      'reference',
      '…/statement.json',
    ])
  })
  test('a manifest of another task', async () => {
    const other = '0'.repeat(64)
    const sheet = forged(sealSheet(world, 'e2'), (s) => void (s['taskSha256'] = other), {
      statement: (s) => void (s['taskSha256'] = other),
    })
    expect(await judgeWith(sheet)).toEqual(['invalidContent', 'reference', '…/manifest-sha256.txt'])
  })
  test('a document that is not the sealed one', async () => {
    const made = sealSheet(world, 'e2')
    const sheet = makeSheet(world, 'e2', { declaration: { text: '改过', acceptedAt: NOW } })
    const swapped: Made = { ...made, documents: { kind: 'sheet', sheet, task: world.task, template: world.template } }
    expect(await judgeWith(swapped)).toEqual(['invalidContent', 'reference', '…/sheet.json'])
  })
  test.each([
    ['projectId', OTHER_PROJECT],
    ['taskId', '00000000-0000-7000-8000-00000000000a'],
    ['templateSha256', '0'.repeat(64)],
    ['revision', 2],
  ])('a document of another %s than its statement says', async (field, value) => {
    const change = (s: Json) => void Object.assign(s, { [field]: value, reason: field === 'revision' ? '更正' : '' })
    expect(await judgeWith(forged(sealSheet(world, 'e2'), change))).toEqual([
      'invalidContent',
      'reference',
      '…/sheet.json',
    ])
  })
  test('scores that do not follow from its answers', async () => {
    const change = (s: Json) => {
      const [answer] = s['answers'] as Json[]
      answer!['score'] = 19_000_000
    }
    const [verdict, code] = await judgeWith(forged(sealSheet(world, 'e2'), change))
    expect([verdict, code]).toEqual(['invalidContent', 'scoreDiffers'])
  })
  test('another person over the own key, or a colleague’s sheet', async () => {
    const claimed = { statement: (s: Json) => void (authorOf(s)['personId'] = 'e3') }
    expect(await judgeWith(forged(sealSheet(world, 'e2'), nothing, claimed))).toEqual([
      'notPermitted',
      'otherPerson',
      '…',
    ])
    const trust = trustWith(
      world,
      PEOPLE.map((p) => rosterMember(p, world.keys[p], p === 'office' ? { name: 'e2' } : {})),
    )
    const office = { keyId: world.keys.office.keyId, personId: 'office' }
    const signed = { statement: (s: Json) => void Object.assign(authorOf(s), office) }
    const byOffice = forged(sealSheet(world, 'e2'), nothing, signed, 'office')
    expect(await judgeWith(byOffice, trust)).toEqual(['notPermitted', 'otherPerson', '…/sheet.json#expert'])
  })
})

describe('a result whose lead has no scruples', () => {
  const attack = async (change: (result: Json) => void): Promise<string[]> => {
    const sheets = (['e1', 'e2', 'e3'] as const).map((p) => sealSheet(world, p))
    const parts = partsOf(sealResult(world, sheets).entries)
    return judge(reseal(withJson(parts, 'data/result.json', change), world.keys.e1))
  }
  const inputsOf = (result: Json) => result['inputs'] as Record<string, Json[]>

  test.each<[string, (result: Json) => void, string, string]>([
    [
      'a decision without the reason it owes',
      (r) => void (inputsOf(r)['decisions']![0]!['reason'] = ''),
      'reason',
      'inputs.decisions.a1',
    ],
    ['decisions out of order', (r) => void inputsOf(r)['decisions']!.reverse(), 'order', 'inputs.decisions.a1'],
    [
      'a decision on an item that does not exist',
      (r) => void (inputsOf(r)['decisions']![1]!['item'] = 'zz'),
      'unknownItem',
      'inputs.decisions.zz',
    ],
    [
      'somebody excluded who is nobody',
      (r) => void (inputsOf(r)['excluded'] = [{ personId: 'zz', sheet: null, reason: 'x' }]),
      'unknownPerson',
      'inputs.excluded.zz',
    ],
    [
      'a nonconformity from a sheet that is not there',
      (r) =>
        void (inputsOf(r)['nonconformities'] = [
          { ...nonconformityOf('n1'), sources: [{ digest: '0'.repeat(64), id: 'n1' }] },
        ]),
      'unknownSheet',
      'inputs.nonconformities.n1',
    ],
    [
      'a nonconformity of an item that does not exist',
      (r) => void (inputsOf(r)['nonconformities'] = [{ ...nonconformityOf('n1'), item: 'zz' }]),
      'unknownItem',
      'inputs.nonconformities.n1',
    ],
  ])('%s', async (_, change, code, path) => {
    expect(await attack(() => undefined)).toEqual(['ok'])
    expect(await attack(change)).toEqual(['invalidContent', code, `data/result.json#${path}`])
  })
  test('a result that says it is of another task', async () => {
    const change = (r: Json) => void (r['taskId'] = '00000000-0000-7000-8000-00000000000a')
    expect(await attack(change)).toEqual(['invalidContent', 'reference', 'data/result.json#taskId'])
  })
})
