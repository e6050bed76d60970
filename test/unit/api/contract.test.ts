import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { METHOD_NAMES, methods, type MethodName } from '../../../shared/contract/api.ts'
import { FAILURE_CODES, type Outcome } from '../../../shared/contract/errors.ts'
import { fillSheet, gatherTeam, handOutTask, sealed } from '../../support/app-job.ts'
import { PASSPHRASE, makeWorld, type Machine, type World } from '../../support/app-world.ts'
import { randomFrom } from '../../support/random.ts'

/** They derive a key each time (a good part of a second), or end the session the others need. */
const SLOW: ReadonlySet<MethodName> = new Set([
  'identity.create',
  'identity.unlock',
  'identity.lock',
  'identity.recover',
  'project.found',
  'project.enrol',
  'project.revoke',
  'task.issue',
  'sheet.seal',
  'team.close',
  'backup.openCopy',
  'backup.restore',
])
const nonconforming = (item: string) => ({
  id: 'nc-9',
  item,
  kind: 'minor',
  requirement: '合格品与待检品分区存放',
  evidence: '两托盘混放',
  where: '成品库',
  when: '上午',
  sample: '批号 1124',
  media: [],
  confirmedBy: '王工',
  state: 'draft',
})
const random = randomFrom(20_261_123)
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
/** Strings that mean something somewhere, and some that mean nothing anywhere. */
const words: string[] = [
  '',
  ' ',
  '合格',
  'x'.repeat(3000),
  '\u0000',
  'e\u0301',
  '\ud800',
  '../../etc/passwd',
  "'; DROP TABLE answer; --",
  '__proto__',
  '2026-11-24',
  '2026-02-30',
  '2026-11-24T09:30:00.000Z',
  '2026-11-24T09:30:00',
  '+08:00',
  '0'.repeat(64),
  'f'.repeat(64),
  '00000000-0000-0000-0000-000000000000',
  '-0',
  '1.5',
  'nc1',
]

let world: World
let lead: Machine
let keyId: string
let taskId: string
/** Requests that are taken as they are, for every operation that keeps what a person wrote. */
let sound: [MethodName, unknown][]

beforeAll(async () => {
  world = makeWorld()
  const team = await gatherTeam(world, 1)
  lead = team.lead
  taskId = await handOutTask(world, lead, [], team.projectId)
  const view = await fillSheet(world, lead, taskId, 1)
  const { draft } = await lead.call('task.newDraft', {
    projectId: team.projectId,
    templateSha256: view.task.templateSha256,
    fromSample: true,
  })
  const { digest } = await sealed(world, lead, taskId, 'sheet.evp')
  await lead.call('sheet.revise', { taskId, reason: '再看一遍' })
  keyId = (await lead.call('identity.current', {}))?.keyId ?? ''
  words.push(taskId, team.projectId, digest, draft.draftId, view.task.templateSha256, view.me?.personId ?? '')
  words.push(
    ...view.answers.slice(0, 8).map((a) => a.item),
    ...view.sections.map((s) => s.section),
    ...view.nonconformities.map((n) => n.id),
  )
  words.push(view.media[0]?.sha256 ?? '', ...view.task.carryOver.map((c) => c.id))
  const checklist = await lead.call('template.newDraft', { from: { kind: 'blank', category: 'industry' } })
  const { content, draftId } = checklist
  const [picture] = view.media
  sound = [
    ...view.answers.map((answer): [MethodName, unknown] => [
      'sheet.saveAnswer',
      { taskId, item: answer.item, answer: { ...answer, media: [picture?.sha256], people: ['王工'] } },
    ]),
    ['sheet.saveSection', { taskId, summary: view.sections[0] }],
    ['sheet.saveNonconformity', { taskId, nonconformity: nonconforming(view.answers[0]?.item ?? '') }],
    ['sheet.saveMeetings', { taskId, meetings: view.meetings }],
    ['sheet.saveWitnessTests', { taskId, witnessTests: view.witnessTests }],
    ['sheet.saveCarryOver', { taskId, finding: view.carryOver[0] }],
    ['evidence.update', { taskId, sha256: picture?.sha256, caption: '车间', items: picture?.items, inReport: true }],
    ['task.saveDraft', { draft }],
    [
      'template.saveDraft',
      { draftId, json: JSON.stringify({ ...content, sections: view.template.sections.slice(0, 2) }) },
    ],
  ]
}, 60_000)
afterAll(async () => await world.end())

type Schema = z.ZodType & { _zod: { def: { type: string } & Record<string, never> } }

const fitting = new WeakMap<z.ZodType, string[]>()

/** A value of the schema's shape with the words above in it. */
function shaped(schema: z.ZodType): unknown {
  const { def } = (schema as unknown as Schema)._zod as unknown as { def: Record<string, unknown> & { type: string } }
  const inner = (key: string): z.ZodType => def[key] as z.ZodType
  switch (def.type) {
    case 'string': {
      const known = fitting.get(schema) ?? words.filter((w) => schema.safeParse(w).success)
      fitting.set(schema, known)
      return known.length > 0 ? pick(known) : pick(words)
    }
    case 'number':
      return pick([0, 1, -1, 5, 100, 2 ** 53 - 1, 7_500_000, 0.5].filter((n) => schema.safeParse(n).success))
    case 'null':
      return null
    case 'boolean':
      return random() < 0.5
    case 'literal':
      return pick(def['values'] as unknown[])
    case 'enum':
      return pick(Object.values(def['entries'] as object))
    case 'optional':
      return random() < 0.5 ? undefined : shaped(inner('innerType'))
    case 'nullable':
      return random() < 0.4 ? null : shaped(inner('innerType'))
    case 'array':
      return Array.from({ length: Math.floor(random() * 4) }, () => shaped(inner('element')))
    case 'object':
      return Object.fromEntries(
        Object.entries(def['shape'] as Record<string, z.ZodType>).map(([k, s]) => [
          k,
          k === 'taskId' && random() < 0.8 ? taskId : shaped(s),
        ]),
      )
    case 'record':
      return Object.fromEntries(Array.from({ length: 3 }, () => [shaped(inner('keyType')), shaped(inner('valueType'))]))
    case 'union':
      return shaped(pick(def['options'] as z.ZodType[]))
    case 'custom':
      return new Uint8Array(Math.floor(random() * 40)).map(() => random() * 256)
    default:
      throw new Error(`the contract has a kind of schema this test does not know: ${def.type}`)
  }
}

const NONSENSE: readonly unknown[] = [
  null,
  undefined,
  0,
  NaN,
  Infinity,
  '',
  'x',
  [],
  {},
  [[]],
  { a: 1 },
  1n,
  new Date(0),
  () => 0,
  Symbol('s'),
]

/** The value with one part of it replaced, dropped or added. */
function broken(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || random() < 0.1)
    return pick(NONSENSE)
  if (Array.isArray(value))
    return value.length === 0 || random() < 0.2
      ? [...value, pick(NONSENSE)]
      : value.map((v, n) => (n === 0 ? broken(v) : v))
  const keys = Object.keys(value)
  const key = pick(keys)
  if (key === undefined || random() < 0.2)
    return { ...value, [pick(['extra', 'constructor', 'toString'])]: pick(NONSENSE) }
  const { [key]: part, ...rest } = value as Record<string, unknown>
  return random() < 0.2 ? rest : { ...rest, [key]: broken(part) }
}

async function ask(name: MethodName, args: unknown): Promise<Outcome<unknown>> {
  const run = lead.api[name] as (parsed: unknown) => Promise<Outcome<unknown>>
  try {
    return await run(args)
  } catch (error) {
    throw new Error(`${name}(${JSON.stringify(args).slice(0, 1500)}) threw`, { cause: error })
  }
}

/** What no stored document may hold, in place of a text or a number. */
const UNSTORABLE = ['\ud800', '合\udfff格', '\u0000', '\u2028', 'e\u0301', -0, 0.5, NaN]

/** The value once for every text and number in it, with that one replaced. */
function spoilt(value: unknown, by: unknown): unknown[] {
  if (typeof value === 'string' || typeof value === 'number') return typeof by === typeof value ? [by] : []
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((v, n) => spoilt(v, by).map((other) => value.with(n, other)))
  return Object.entries(value).flatMap(([key, v]) => spoilt(v, by).map((other) => ({ ...value, [key]: other })))
}

test('a text or number that cannot be stored is a failure, wherever it stands', async () => {
  for (const [name, args] of sound) expect(await ask(name, args), name).toMatchObject({ ok: true })
  let taken = 0
  for (const [name, args] of sound) {
    const seen = new Set<string>()
    for (const bad of UNSTORABLE.flatMap((by) => spoilt(args, by))) {
      const parsed = methods[name].args.safeParse(bad)
      if (!parsed.success || seen.has(JSON.stringify(bad))) continue
      seen.add(JSON.stringify(bad))
      taken += 1
      const outcome = await ask(name, parsed.data)
      if (!outcome.ok) expect(FAILURE_CODES).toContain(outcome.failure.code)
    }
    // Drafts are kept with whatever was typed; it must be put right before they are issued.
    if (!name.endsWith('saveDraft')) expect(seen, name).toEqual(new Set())
  }
  expect(taken).toBeGreaterThan(0)
  for (const [name, args] of sound) expect(await ask(name, args), name).toMatchObject({ ok: true })
})

test.each(METHOD_NAMES)(
  '%s: malformed arguments are refused before anything runs, odd ones are answered',
  async (name) => {
    const { args } = methods[name]
    if (lead.context.session.current?.keys.keyId !== keyId)
      await lead.call('identity.unlock', { keyId, passphrase: PASSPHRASE })
    for (let n = 0; n < 1000; n += 1) expect(() => args.safeParse(broken(shaped(args)))).not.toThrow()
    let asked = 0
    for (let n = 0; n < (SLOW.has(name) ? 2 : 120); n += 1) {
      const parsed = args.safeParse(shaped(args))
      if (!parsed.success) continue
      asked += 1
      const outcome = await ask(name, parsed.data)
      if (!outcome.ok) expect(FAILURE_CODES).toContain(outcome.failure.code)
    }
    expect(asked).toBeGreaterThan(0)
  },
)

test('after all that the data are whole and work goes on', async () => {
  await lead.call('identity.unlock', { keyId, passphrase: PASSPHRASE })
  const view = await lead.call('sheet.open', { taskId })
  expect(view.sealed).toHaveLength(1)
  await lead.call('team.open', { taskId })
})
