import { expect, test } from 'vitest'
import { orderVerdict, type PackageFacts } from '../../../shared/package/verdict.ts'

const hash = (n: number) => String(n).padStart(64, '0')
const sheet = (n: number, subject: string, revision: number, over: Partial<PackageFacts> = {}): PackageFacts => ({
  digest: hash(n),
  kind: 'sheet',
  taskId: 't1',
  keyId: `key-${subject}`,
  deviceId: 'd1',
  seq: revision,
  subject,
  revision,
  documentSha256: hash(100 + n),
  logHead: { size: 1, sha256: hash(0) },
  ...over,
})
const PACKAGES = [
  sheet(1, 'e2', 1),
  sheet(2, 'e2', 2),
  sheet(3, 'e2', 3),
  sheet(4, 'e3', 1),
  sheet(5, 'e1', 1, { kind: 'task', subject: null, keyId: 'key-e1' }),
]

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]]
  return list.flatMap((one, n) => permutations(list.toSpliced(n, 1)).map((rest) => [one, ...rest]))
}

/** What is in force after these arrived, one after the other, some of them twice. */
function arrive(order: readonly PackageFacts[]): { inForce: string; verdicts: Map<string, string[]> } {
  const known: PackageFacts[] = []
  const verdicts = new Map<string, string[]>()
  for (const one of order) {
    const verdict = orderVerdict(one, known)
    verdicts.set(one.digest, [...(verdicts.get(one.digest) ?? []), verdict])
    if (verdict === 'ok') known.push(one)
  }
  const subjects = new Set(known.map((k) => `${k.kind} ${k.subject}`))
  const newest = [...subjects].map((who) => {
    const own = known.filter((k) => `${k.kind} ${k.subject}` === who)
    return `${who} ${Math.max(...own.map((k) => k.revision))}`
  })
  return { inForce: newest.toSorted().join(), verdicts }
}

test('whatever the order and however often five packages arrive, the same ones are in force', () => {
  const orders = permutations(PACKAGES)
  expect(orders).toHaveLength(120)
  const states = new Set(orders.map((order) => arrive([...order, ...order.toReversed()]).inForce))
  expect([...states]).toEqual(['sheet e2 3,sheet e3 1,task null 1'])
  for (const order of orders) {
    const { verdicts } = arrive([...order, ...order])
    for (const [first, again] of verdicts.values()) {
      expect(['ok', 'older']).toContain(first)
      expect(again).toBe(first === 'ok' ? 'duplicate' : 'older')
    }
  }
})

test('a twin among them is never in force beside the first that came (control: without it there is none)', () => {
  const twin = sheet(6, 'e2', 3, { seq: 9 })
  for (const order of permutations([...PACKAGES.slice(2, 5), twin])) {
    const { verdicts } = arrive(order)
    const both = [verdicts.get(hash(3))?.[0], verdicts.get(hash(6))?.[0]]
    expect(new Set(both)).toEqual(new Set(['conflictingTwin', 'ok']))
  }
  const clone = sheet(7, 'e2', 4, { seq: 3 })
  expect(orderVerdict(clone, PACKAGES)).toBe('conflictingTwin')
  expect(orderVerdict({ ...clone, seq: 4 }, PACKAGES)).toBe('ok')
  expect(orderVerdict({ ...clone, deviceId: 'd2' }, PACKAGES)).toBe('ok')
})
