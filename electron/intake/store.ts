import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Roster } from '../../shared/domain/roster.ts'
import type { Task } from '../../shared/domain/task.ts'
import type { PackageKind } from '../../shared/package/statement.ts'
import type { KnownPackage, Verdict } from '../../shared/package/verdict.ts'
import type { SealedDocument } from '../exchange/documents.ts'
import type { ProjectTrust } from '../exchange/trust.ts'
import { documentOf } from '../storage/documents.ts'
import { makeFolder } from '../storage/files.ts'
import { openDurable } from '../storage/open.ts'

const FORMAT = 1
const SCHEMA = `
CREATE TABLE centre (one INTEGER PRIMARY KEY CHECK (one = 1), projectId TEXT NOT NULL, projectName TEXT NOT NULL,
  rootKeyId TEXT NOT NULL, keyId TEXT NOT NULL, isPractice INTEGER NOT NULL) STRICT;
CREATE TABLE roster (rosterSeq INTEGER PRIMARY KEY, keyId TEXT NOT NULL, doc BLOB NOT NULL, sig BLOB NOT NULL) STRICT;
CREATE TABLE package (
  ordinal INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, fileSha256 TEXT NOT NULL, octets INTEGER NOT NULL, kind TEXT NOT NULL,
  taskId TEXT NOT NULL, keyId TEXT NOT NULL, personId TEXT NOT NULL, deviceId TEXT NOT NULL, seq INTEGER NOT NULL, subject TEXT,
  revision INTEGER NOT NULL, documentSha256 TEXT NOT NULL, logSize INTEGER NOT NULL, logSha256 TEXT NOT NULL,
  team TEXT NOT NULL, leadId TEXT NOT NULL, audience TEXT NOT NULL, task BLOB, acceptedAt TEXT NOT NULL,
  receiptDoc BLOB NOT NULL, receiptSig BLOB NOT NULL, UNIQUE (keyId, deviceId, seq)) STRICT;
CREATE INDEX package_by_task ON package (taskId, kind);
CREATE TABLE file (fileSha256 TEXT PRIMARY KEY, digest TEXT NOT NULL REFERENCES package (digest)) STRICT;
CREATE TABLE refusal (fileSha256 TEXT NOT NULL, sender TEXT NOT NULL, digest TEXT, verdict TEXT NOT NULL, problems TEXT NOT NULL,
  at TEXT NOT NULL, PRIMARY KEY (fileSha256, sender)) STRICT;
CREATE TABLE token (jti TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT;
`

/** What a centre is: pinned for ever by `init`. */
export type CentreRecord = {
  projectId: string
  projectName: string
  rootKeyId: string
  keyId: string
  isPractice: boolean
}

/**
 * An accepted package. `team` = person ids of its task, `leadId` their lead; `task` = the task document, only of task packages;
 * `ordinal` counts acceptances from 1.
 */
export type Accepted = KnownPackage & {
  fileSha256: string
  octets: number
  personId: string
  team: string[]
  leadId: string
  audience: string[]
  task: Uint8Array | null
  ordinal: number
}

/** Why a file was refused, kept per sender: nobody can spoil another's upload. `digest` null when it was not readable so far. */
export type Refused = {
  fileSha256: string
  sender: string
  digest: string | null
  verdict: Verdict
  problems: Problem[]
  at: string
}

/** Everything a judgement is based on; `seen` = the last ordinal it knew of. */
export type Evidence = { trust: ProjectTrust; known: KnownPackage[]; seen: number; isPractice: boolean }

type Row = Omit<Accepted, 'team' | 'audience' | 'logHead' | 'kind'> & {
  kind: PackageKind
  team: string
  audience: string
  logSize: number
  logSha256: string
}

const FIELDS =
  'ordinal, digest, fileSha256, octets, kind, taskId, keyId, personId, deviceId, seq, subject, revision, documentSha256, logSize, ' +
  'logSha256, team, leadId, audience, task, acceptedAt'

/** A centre's index and receipts in one SQLite file; beside it `packages/` (accepted), `uploads/` (under way), `quarantine/`. */
export type IntakeStore = ReturnType<typeof openIntakeStore>

/** Opens the index of `folder`, or makes it. Every commit is durable before it answers. Throws when a newer program wrote it. */
export function openIntakeStore(folder: string) {
  for (const part of ['packages', 'uploads', 'quarantine']) makeFolder(join(folder, part))
  const db = openDurable(join(folder, 'intake.db'), (connection) => {
    const version = connection.pragma('user_version', { simple: true })
    if (version !== 0 && version !== FORMAT)
      throw new Error(`intake.db has format ${String(version)}, this program reads ${FORMAT}`)
    connection.exec(`BEGIN; ${version === 0 ? SCHEMA : ''} PRAGMA user_version = ${FORMAT}; COMMIT`)
  })
  return { folder, ...reading(db), ...writing(db), close: () => void db.close() }
}

/** Whether `init` was run here. */
export const isIntakeFolder = (folder: string): boolean => existsSync(join(folder, 'intake.db'))

const readingStatements = (db: Database.Database) => ({
  centre: db.prepare('SELECT projectId, projectName, rootKeyId, keyId, isPractice FROM centre'),
  newestRoster: db.prepare('SELECT doc AS bytes, sig, keyId FROM roster ORDER BY rosterSeq DESC LIMIT 1'),
  rosters: db.prepare('SELECT doc FROM roster ORDER BY rosterSeq').pluck(),
  byDigest: db.prepare(`SELECT ${FIELDS} FROM package WHERE digest = ?`),
  byTask: db.prepare(`SELECT ${FIELDS} FROM package WHERE taskId = ? ORDER BY ordinal`),
  related: db.prepare(`SELECT ${FIELDS} FROM package WHERE taskId = ? OR keyId = ? ORDER BY ordinal`),
  tasksSince: db.prepare(`SELECT ${FIELDS} FROM package WHERE kind = 'task' AND ordinal > ? ORDER BY ordinal`),
  all: db.prepare(`SELECT ${FIELDS} FROM package ORDER BY ordinal`),
  tasks: db.prepare("SELECT task FROM package WHERE kind = 'task' ORDER BY ordinal").pluck(),
  tasksOf: db.prepare("SELECT task FROM package WHERE kind = 'task' AND taskId = ? ORDER BY ordinal").pluck(),
  receipt: db.prepare('SELECT receiptDoc AS bytes, receiptSig AS sig FROM package WHERE digest = ?'),
  digestOf: db.prepare('SELECT digest FROM file WHERE fileSha256 = ?').pluck(),
  refusal: db.prepare(
    'SELECT * FROM refusal WHERE sender = @sender AND (fileSha256 = @of OR digest = @of) ORDER BY at DESC LIMIT 1',
  ),
  lastOrdinal: db.prepare('SELECT coalesce(max(ordinal), 0) FROM package').pluck(),
  totals: db.prepare('SELECT count(*) AS packages, coalesce(sum(octets), 0) AS octets FROM package'),
  refusals: db.prepare('SELECT count(*) FROM refusal').pluck(),
})

function reading(db: Database.Database) {
  const q = readingStatements(db)
  const rows = (found: unknown[]): Accepted[] => found.map((row) => toAccepted(row as Row))
  const one = (row: unknown): Accepted | null => (row === undefined ? null : toAccepted(row as Row))
  const centre = (): CentreRecord | null => {
    const row = q.centre.get() as (Omit<CentreRecord, 'isPractice'> & { isPractice: number }) | undefined
    return row === undefined ? null : { ...row, isPractice: row.isPractice === 1 }
  }
  const rosters = (): Roster[] => (q.rosters.all() as Uint8Array[]).map((doc) => documentOf<Roster>(doc))
  const tasks = (): Task[] => (q.tasks.all() as Uint8Array[]).map((doc) => documentOf<Task>(doc))
  return {
    centre,
    rosters,
    /** Every accepted task revision, in order of acceptance. */
    tasks,
    newestRoster: () => (q.newestRoster.get() as SealedDocument | undefined) ?? null,
    byDigest: (digest: string) => one(q.byDigest.get(digest)),
    byTask: (taskId: string) => rows(q.byTask.all(taskId)),
    all: () => rows(q.all.all()),
    tasksSince: (ordinal: number) => rows(q.tasksSince.all(ordinal)),
    /** Stored bytes and signature of a package's receipt. */
    receipt: (digest: string) => (q.receipt.get(digest) as { bytes: Uint8Array; sig: Uint8Array } | undefined) ?? null,
    digestOf: (fileSha256: string) => (q.digestOf.get(fileSha256) as string | undefined) ?? null,
    refusal: (of: string, sender: string): Refused | null => {
      const row = q.refusal.get({ of, sender }) as (Omit<Refused, 'problems'> & { problems: string }) | undefined
      return row === undefined ? null : { ...row, problems: JSON.parse(row.problems) as Problem[] }
    },
    totals: () => ({
      ...(q.totals.get() as { packages: number; octets: number }),
      refusals: q.refusals.get() as number,
    }),
    evidence: (taskId: string, keyId: string): Evidence => {
      const record = centre()
      return {
        trust: {
          projectId: record?.projectId ?? '',
          rosters: rosters(),
          tasks: (q.tasksOf.all(taskId) as Uint8Array[]).map((doc) => documentOf<Task>(doc)),
        },
        known: rows(q.related.all(taskId, keyId)),
        seen: q.lastOrdinal.get() as number,
        isPractice: record?.isPractice ?? false,
      }
    },
  }
}

function writing(db: Database.Database) {
  const q = {
    setCentre: db.prepare('INSERT INTO centre VALUES (1, @projectId, @projectName, @rootKeyId, @keyId, @isPractice)'),
    addRoster: db.prepare('INSERT OR IGNORE INTO roster VALUES (?, ?, ?, ?)'),
    isCrossed: db.prepare(
      'SELECT 1 FROM package WHERE ordinal > @seen AND (taskId = @taskId OR keyId = @keyId) LIMIT 1',
    ),
    lastReceipt: db.prepare('SELECT receiptDoc FROM package ORDER BY ordinal DESC LIMIT 1').pluck(),
    add: db.prepare(
      `INSERT INTO package (${FIELDS}, receiptDoc, receiptSig) VALUES ((SELECT coalesce(max(ordinal), 0) + 1 FROM package), @digest,
       @fileSha256, @octets, @kind, @taskId, @keyId, @personId, @deviceId, @seq, @subject, @revision, @documentSha256, @logSize,
       @logSha256, @team, @leadId, @audience, @task, @acceptedAt, @receiptDoc, @receiptSig)`,
    ),
    addFile: db.prepare('INSERT OR IGNORE INTO file VALUES (?, ?)'),
    refuse: db.prepare(
      `INSERT INTO refusal VALUES (@fileSha256, @sender, @digest, @verdict, @problems, @at) ON CONFLICT (fileSha256, sender)
       DO UPDATE SET digest = excluded.digest, verdict = excluded.verdict, problems = excluded.problems, at = excluded.at`,
    ),
    forgetRefusal: db.prepare('DELETE FROM refusal WHERE fileSha256 = ?'),
    forgetRefusalOf: db.prepare('DELETE FROM refusal WHERE fileSha256 = ? AND sender = ?'),
    dropTokens: db.prepare('DELETE FROM token WHERE until < ?'),
    useToken: db.prepare('INSERT OR IGNORE INTO token VALUES (?, ?)'),
  }
  return {
    /** Once per folder; a second call breaks a constraint. */
    setCentre: (centre: CentreRecord) => void q.setCentre.run({ ...centre, isPractice: centre.isPractice ? 1 : 0 }),
    addRoster: (rosterSeq: number, { keyId, bytes, sig }: SealedDocument) =>
      void q.addRoster.run(rosterSeq, keyId, bytes, sig),
    /**
     * Index, file name and receipt in one transaction. `sign` gets the bytes of the receipt before (null for the first) and makes
     * the next. Null, and nothing written, when a related package was accepted after `seen`: judge again.
     */
    accept: (
      { logHead, ...entry }: Omit<Accepted, 'ordinal'>,
      seen: number,
      sign: (previous: Uint8Array | null) => SealedDocument,
    ): SealedDocument | null =>
      db
        .transaction(() => {
          if (q.isCrossed.get({ seen, taskId: entry.taskId, keyId: entry.keyId }) !== undefined) return null
          const receipt = sign((q.lastReceipt.get() as Uint8Array | undefined) ?? null)
          q.add.run({
            ...entry,
            logSize: logHead.size,
            logSha256: logHead.sha256,
            team: JSON.stringify(entry.team),
            audience: JSON.stringify(entry.audience),
            receiptDoc: receipt.bytes,
            receiptSig: receipt.sig,
          })
          q.addFile.run(entry.fileSha256, entry.digest)
          q.forgetRefusal.run(entry.fileSha256)
          return receipt
        })
        .immediate(),
    /** Another file that carries an accepted package: asking for it finds the same receipt. */
    addFile: (fileSha256: string, digest: string) => void q.addFile.run(fileSha256, digest),
    refuse: (refused: Refused) => void q.refuse.run({ ...refused, problems: JSON.stringify(refused.problems) }),
    forgetRefusal: (fileSha256: string, sender: string) => void q.forgetRefusalOf.run(fileSha256, sender),
    /** True the first time a token is seen; `until` and `now` in seconds since 1970. */
    useToken: (jti: string, until: number, now: number): boolean => {
      q.dropTokens.run(now)
      return q.useToken.run(jti, until).changes === 1
    },
  }
}

function toAccepted({ logSize, logSha256, team, audience, ...row }: Row): Accepted {
  return {
    ...row,
    logHead: { size: logSize, sha256: logSha256 },
    team: JSON.parse(team) as string[],
    audience: JSON.parse(audience) as string[],
  }
}
