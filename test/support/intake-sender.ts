import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ok, type Outcome } from '../../shared/contract/errors.ts'
import type { QueueEntry } from '../../shared/contract/views.ts'
import { createSender, type Sender, type SenderOptions } from '../../electron/exchange/sync-sender.ts'
import { writePackageFile } from '../../electron/exchange/write.ts'
import { write, type Store, type Writer } from '../../electron/storage/database.ts'
import { openStore } from '../../electron/storage/open.ts'
import { addPackage } from '../../electron/storage/package-store.ts'
import { mediaPath, pathsIn } from '../../electron/storage/paths.ts'
import { addProject, addRoster } from '../../electron/storage/project-store.ts'
import { findUpload, queueUpload, type Upload } from '../../electron/storage/queue-store.ts'
import { runningClock } from './intake-centre.ts'
import { PROJECT, type Made, type Person, type World } from './package-factories.ts'
import { AT } from './scoring-factories.ts'

/** One person's machine: a real database and media folder, from which senders can be started and killed. */
export type Machine = {
  store: Store
  outbox: string
  change: <T>(fn: (tx: Writer) => Outcome<T>) => T
  /** Puts a sealed package on the machine and into the queue. */
  queue: (made: Made) => void
  upload: (digest: string) => Upload
  start: (over?: Partial<SenderOptions>) => Sender
  /** Every list the window was told, as `state` words by digest. */
  told: Map<string, QueueEntry['state'][]>
  reported: unknown[]
  /** Resolves when an upload is in one of these states. */
  reaches: (digest: string, ...states: QueueEntry['state'][]) => Promise<Upload>
  close: () => Promise<void>
}

export function makeMachine(world: World, person: Person, url: string): Machine {
  const folder = join(world.folder, `machine-${Math.random().toString(36).slice(2)}`)
  mkdirSync(folder, { recursive: true })
  const paths = pathsIn(folder)
  const opened = openStore({ path: paths.database, copies: paths.beforeMigration, deviceId: `device-${person}` })
  if (!opened.ok) throw new Error(opened.failure.code)
  const store = opened.value
  const change: Machine['change'] = (fn) => {
    const done = write(store, fn)
    if (!done.ok) throw new Error(JSON.stringify(done.failure))
    return done.value
  }
  const { keyId: rootKeyId, spki: rootSpki } = world.keys.e1
  change((tx) =>
    addProject(tx, {
      projectId: PROJECT,
      name: '示范项目',
      rootKeyId,
      rootSpki,
      isRoot: false,
      centreUrl: url,
      centreKeyId: null,
      clockOffsetMs: null,
      createdAt: AT,
    }),
  )
  const { document, roster } = world.held
  change((tx) => addRoster(tx, { doc: document.bytes, sig: document.sig, roster }, AT))
  const senders: Sender[] = []
  const told: Machine['told'] = new Map()
  const reported: unknown[] = []
  const upload = (digest: string): Upload => {
    const found = findUpload(store, digest)
    if (found === null) throw new Error(`not queued: ${digest}`)
    return found
  }
  const listen = (entries: QueueEntry[]): void => {
    for (const { digest, state } of entries) {
      const seen = told.get(digest) ?? []
      if (seen.at(-1) !== state) told.set(digest, [...seen, state])
    }
  }
  const outbox = join(folder, 'outbox')
  return {
    store,
    outbox,
    change,
    upload,
    told,
    reported,
    queue: (made) => {
      storePackage(world, made, change, paths.media)
      change((tx) => queueUpload(tx, made.digest, AT))
    },
    start: (over = {}) => {
      const sender = createSender({
        store,
        folders: { media: paths.media, outbox },
        keys: world.keys[person],
        net: { fetch, now: runningClock() },
        mono: () => 1,
        random: () => 0.01,
        writeFile: (request) => writePackageFile(request),
        tell: listen,
        report: (error) => void reported.push(error),
        ...over,
      })
      senders.push(sender)
      sender.kick()
      return sender
    },
    reaches: async (digest, ...states) => {
      const until = Date.now() + 8000
      while (!states.includes(upload(digest).state)) {
        if (Date.now() > until) throw new Error(`still ${JSON.stringify(upload(digest))}`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      return upload(digest)
    },
    close: async () => {
      await Promise.all(senders.map((s) => s.stop()))
      store.close()
    },
  }
}

function storePackage(world: World, made: Made, change: Machine['change'], media: string): void {
  const { statement, entries, octets, digest, documents } = made
  for (const { from, sha256 } of entries) {
    if (!('path' in from)) continue
    mkdirSync(dirname(mediaPath(media, sha256)), { recursive: true })
    copyFileSync(from.path, mediaPath(media, sha256))
  }
  const { author, seq, revision, supersedes, logHead, createdAt, taskId, kind } = statement
  const row = {
    digest,
    kind,
    origin: 'made' as const,
    projectId: world.task.projectId,
    taskId,
    authorKeyId: author.keyId,
    personId: author.personId,
    displayName: author.displayName,
    deviceId: author.deviceId,
    seq,
    subject: documents.kind === 'sheet' ? documents.sheet.expert.personId : null,
    revision,
    supersedes,
    documentSha256: digest,
    logSize: logHead.size,
    logSha256: logHead.sha256,
    createdAt,
    storedAt: createdAt,
    fileSha256: null,
    size: octets,
  }
  change((tx) => {
    const added = addPackage(tx, row, entries)
    return added.ok ? ok(null) : added
  })
}
