import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Answer, Media, Nonconformity } from '../../shared/domain/sheet.ts'
import type { Outcome } from '../../shared/contract/errors.ts'
import type { Receipt } from '../../shared/domain/roster.ts'
import { write, type Reader, type Store, type Writer } from '../../electron/storage/database.ts'
import type { StoredMedia } from '../../electron/storage/evidence-store.ts'
import type { Stamp } from '../../electron/storage/log-store.ts'
import { openStore } from '../../electron/storage/open.ts'
import { pathsIn, type IdentityPaths } from '../../electron/storage/paths.ts'
import { ok } from '../../shared/contract/errors.ts'

export const TASK = '00000000-0000-7000-8000-00000000000a'
export const PROJECT = '00000000-0000-7000-8000-000000000001'
export const HASH = (n: number): string => n.toString(16).padStart(64, '0')

/** A moment of the fixed clock: `n` seconds after the first. */
export const at = (n: number): string => new Date(Date.UTC(2026, 10, 24, 1, 0, n)).toISOString()
export const stamp = (n = 0): Stamp => ({ actor: 'zhang', at: at(n), mono: n * 1000 })

/** The value of an outcome that must be ok. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}

export const answer = (item: string, over: Partial<Answer> = {}): Answer => ({
  item,
  state: 'answered',
  value: 'a',
  score: 1_000_000,
  reason: '',
  note: '',
  facts: '',
  pending: null,
  documents: [],
  people: [],
  units: [],
  samples: [],
  indicators: [],
  noEvidence: '',
  media: [],
  updatedAt: at(0),
  ...over,
})

export const nonconformity = (id: string, over: Partial<Nonconformity> = {}): Nonconformity => ({
  id,
  item: null,
  kind: 'minor',
  requirement: '应',
  evidence: '未见',
  where: '车间',
  when: '上午',
  sample: '',
  media: [],
  confirmedBy: '',
  state: 'opened',
  ...over,
})

export const media = (sha256: string, over: Partial<Media> = {}): StoredMedia => ({
  sha256,
  ext: 'jpg',
  size: 10,
  width: 4,
  height: 3,
  exifAt: null,
  exifOffset: null,
  fileAt: null,
  importedAt: at(0),
  road: 'files',
  device: '',
  gps: { lat_e7: -1, lon_e7: 2 },
  caption: '',
  items: ['q1', 'q2'],
  name: 'a.jpg',
  inReport: true,
  derivedFrom: null,
  ...over,
  crc32: 4_294_967_295,
  preview: true,
  discardedAt: null,
})

export type TempStore = {
  folder: string
  paths: IdentityPaths
  store: Store
  change: <T>(fn: (tx: Writer) => Outcome<T>) => T
}

/** A folder that is gone after the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'onsite-storage-'))
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A new database in a folder of its own; `change` writes and unwraps. */
export function tempStore(folder = tempFolder(), deviceId = 'device-1'): TempStore {
  const paths = pathsIn(folder)
  const store = valueOf(openStore({ path: paths.database, copies: paths.beforeMigration, deviceId }))
  cleanUp.unshift(() => store.close())
  return { folder, paths, store, change: (fn) => valueOf(write(store, fn)) }
}

/** Runs store functions that answer nothing. */
export const done =
  (fn: (tx: Writer) => void) =>
  (tx: Writer): Outcome<null> => {
    fn(tx)
    return ok(null)
  }

const cleanUp: (() => void)[] = []
afterEach(() => {
  for (const step of cleanUp.splice(0)) step()
})

/** The receipts a database keeps for a package, earliest first. */
export const receiptsHeld = (db: Reader, digest: string): { keyId: string; receipt: Receipt }[] =>
  db
    .all<{ keyId: string; doc: Uint8Array }>(
      'SELECT keyId, doc FROM receipt WHERE digest = ? ORDER BY receivedAt, keyId',
      [digest],
    )
    .map(({ keyId, doc }) => ({ keyId, receipt: JSON.parse(Buffer.from(doc).toString('utf8')) as Receipt }))
