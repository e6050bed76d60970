import { describe, expect, test } from 'vitest'
import { orderVerdict } from '../../../shared/package/verdict.ts'
import { write } from '../../../electron/storage/database.ts'
import {
  addExport,
  addPackage,
  deliveryOf,
  entryBytes,
  findPackage,
  knownPackages,
  listPackages,
  newestMade,
  nextPlace,
  packageEntries,
  setFileSha256,
  type StoredEntry,
  type StoredPackage,
} from '../../../electron/storage/package-store.ts'
import { mediaPath } from '../../../electron/storage/paths.ts'
import { findUpload, listUploads, queueUpload, updateUpload } from '../../../electron/storage/queue-store.ts'
import { addReceipt, lastReceiptAt } from '../../../electron/storage/receipt-store.ts'
import { HASH, PROJECT, TASK, at, done, receiptsHeld, tempStore } from '../../support/storage-factories.ts'

const sealed = (n: number, over: Partial<StoredPackage> = {}): StoredPackage => ({
  digest: HASH(n),
  kind: 'sheet',
  origin: 'made',
  projectId: PROJECT,
  taskId: TASK,
  authorKeyId: HASH(100),
  personId: 'e1',
  displayName: '张',
  deviceId: 'device-1',
  seq: n,
  subject: 'e1',
  revision: n,
  supersedes: null,
  documentSha256: HASH(200 + n),
  logSize: 3,
  logSha256: HASH(300),
  createdAt: at(n),
  storedAt: at(n),
  fileSha256: null,
  size: 1234,
  ...over,
})
const entries: StoredEntry[] = [
  { name: 'statement.json', size: 2, sha256: HASH(1), crc32: 7, from: { bytes: new Uint8Array([1, 2]) } },
  { name: 'data/sheet.json', size: 0, sha256: HASH(2), crc32: 0, from: { bytes: new Uint8Array() } },
  { name: `data/media/${HASH(3)}.jpg`, size: 9, sha256: HASH(3), crc32: 4_000_000_000, from: { path: 'anywhere' } },
]
const receipt = (digest: string, n: number) => {
  const value = {
    type: 'urn:youpin-onsite:receipt' as const,
    version: 1 as const,
    package: digest,
    fileSha256: HASH(5),
    octets: 1,
    counts: { items: 0, answered: 0, photos: 0, nonconformities: 0, logLines: 1 },
    receivedAt: at(n),
    rosterSeq: 1,
    prevReceipt: null,
  }
  return { keyId: HASH(400), doc: Buffer.from(JSON.stringify(value)), sig: new Uint8Array(64), receipt: value }
}

describe('packages', () => {
  test('are given back as the same entries in the same order, evidence by its place in the store', () => {
    const { store, change, paths } = tempStore()
    change((tx) => addPackage(tx, sealed(1), entries))
    const read = packageEntries(store, HASH(1), paths.media)
    expect(read.map((e) => ({ ...e, from: 'bytes' in e.from ? [...e.from.bytes] : e.from.path }))).toEqual([
      { ...entries[0], from: [1, 2] },
      { ...entries[1], from: [] },
      { ...entries[2], from: mediaPath(paths.media, HASH(3)) },
    ])
    expect([...(entryBytes(store, HASH(1), 'statement.json') ?? [])]).toEqual([1, 2])
    expect(entryBytes(store, HASH(1), `data/media/${HASH(3)}.jpg`)).toBeNull()
    expect(findPackage(store, HASH(1))).toEqual(sealed(1))
  })

  test('consume their seq: the same digest again is said, another with the same seq cannot be stored, and nothing of it stays', () => {
    const { store, change } = tempStore()
    expect(nextPlace(store, HASH(100), 'device-1')).toEqual({ seq: 1, prev: null })
    change((tx) => addPackage(tx, sealed(1), entries))
    expect(nextPlace(store, HASH(100), 'device-1')).toEqual({ seq: 2, prev: HASH(1) })
    expect(nextPlace(store, HASH(100), 'device-2')).toEqual({ seq: 1, prev: null })
    expect(write(store, (tx) => addPackage(tx, sealed(1), entries))).toMatchObject({
      failure: { code: 'alreadyExists' },
    })
    expect(() => write(store, (tx) => addPackage(tx, sealed(2, { seq: 1 }), entries))).toThrow(/UNIQUE/)
    expect(write(store, (tx) => addPackage(tx, sealed(2, { seq: 1, origin: 'imported' }), entries))).toMatchObject({
      failure: { code: 'refused', detail: 'conflictingTwin' },
    })
    expect(findPackage(store, HASH(2))).toBeNull()
    change((tx) => addPackage(tx, sealed(2, { seq: 1, deviceId: 'device-2' }), entries))
    expect(listPackages(store, TASK).map((p) => p.digest)).toEqual([HASH(1), HASH(2)])
    expect(newestMade(store, TASK, 'sheet')?.digest).toBe(HASH(2))
  })

  test('known ones give arrivals their verdict', () => {
    const { store, change } = tempStore()
    change((tx) => addPackage(tx, sealed(2), entries))
    const other = { taskId: HASH(9).slice(0, 36), revision: 1 }
    change((tx) => addPackage(tx, sealed(7, { ...other, origin: 'imported' }), []))
    const judge = (over: Partial<StoredPackage>, digest = HASH(50)) => {
      const p = sealed(9, over)
      const facts = { ...p, digest, keyId: p.authorKeyId, logHead: { size: 1, sha256: HASH(1) } }
      return orderVerdict(facts, knownPackages(store, PROJECT))
    }
    expect(judge({}, HASH(2))).toBe('duplicate')
    expect(judge({ documentSha256: HASH(202) })).toBe('duplicate')
    expect(judge({ revision: 2 })).toBe('conflictingTwin')
    expect(judge({ seq: 7 })).toBe('conflictingTwin')
    expect(judge({ revision: 1 })).toBe('older')
    expect(judge({})).toBe('ok')
  })

  test('where one is: saved, exported, verified, received are four facts', () => {
    const { store, change } = tempStore()
    change((tx) => addPackage(tx, sealed(1), []))
    const facts = () => deliveryOf(store, sealed(1))
    expect(facts()).toEqual({ savedAt: at(1), exportedAt: null, verifiedAt: null, receivedAt: null })
    change(done((tx) => addExport(tx, HASH(1), { path: '/stick/a.evp', exportedAt: at(2), verifiedAt: null })))
    change(done((tx) => addExport(tx, HASH(1), { path: '/stick/a.evp', exportedAt: at(3), verifiedAt: at(4) })))
    change(done((tx) => addReceipt(tx, receipt(HASH(1), 5))))
    change(done((tx) => addReceipt(tx, receipt(HASH(1), 6))))
    expect(facts()).toEqual({ savedAt: at(1), exportedAt: at(3), verifiedAt: at(4), receivedAt: at(5) })
    expect(receiptsHeld(store, HASH(1))).toHaveLength(1)
    expect(lastReceiptAt(store)).toBe(at(5))
    change(done((tx) => setFileSha256(tx, HASH(1), HASH(7))))
    change(done((tx) => setFileSha256(tx, HASH(1), HASH(8))))
    expect(findPackage(store, HASH(1))?.fileSha256).toBe(HASH(7))
  })
})

describe('sending queue', () => {
  test('keeps where an upload stands; what was stopped or refused can be queued again', () => {
    const { store, change } = tempStore()
    expect(write(store, (tx) => queueUpload(tx, HASH(1), at(1)))).toMatchObject({ failure: { code: 'notFound' } })
    change((tx) => addPackage(tx, sealed(1), []))
    change((tx) => queueUpload(tx, HASH(1), at(1)))
    change((tx) =>
      updateUpload(tx, HASH(1), { state: 'sending', offset: 600, uploadUrl: 'u', tries: 1, nextTryAt: null }),
    )
    change((tx) => queueUpload(tx, HASH(1), at(2)))
    expect(findUpload(store, HASH(1))).toMatchObject({ state: 'sending', offset: 600, size: 1234, queuedAt: at(1) })
    change((tx) => updateUpload(tx, HASH(1), { state: 'stopped' }))
    change((tx) => queueUpload(tx, HASH(1), at(3)))
    expect(listUploads(store)).toMatchObject([{ state: 'queued', offset: 0, uploadUrl: null, nextTryAt: at(3) }])
  })
})
