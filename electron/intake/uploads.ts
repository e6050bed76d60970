import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, type Hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { FileStore } from '@tus/file-store'
import { Server as TusServer, type Locker } from '@tus/server'
import { MAX_PACKAGE_BYTES } from '../../shared/package/limits.ts'
import { readUploadId, uploadId, uploadMetadata } from '../exchange/sync-protocol.ts'
import type { Intake } from './accept.ts'

/** Where uploads live on the wire. */
export const UPLOADS = '/v1/uploads'
const UPLOAD_KEPT_MS = 7 * 24 * 3600 * 1000
/** An upload's last answer waits this long for the judgement; the sender asks for the receipt anyway. */
const ANSWER_WITHIN_MS = 5_000
/** How long a new request waits for an older one on the same upload to let go. */
const LOCK_WAIT_MS = 6_000

/** What a request on an upload brings along that the library does not pass on: who sends, checksum and length of its body. */
type UploadRequest = { sender: string; checksum: string | null; length: number | null }
const current = new AsyncLocalStorage<UploadRequest>()

export type Uploads = {
  /** Serves one tus request of an authenticated sender. */
  handle: (sender: string, request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** Judges a finished upload that nobody judged yet (the answer was cut, or the machine stopped). */
  settle: (fileSha256: string, sender: string) => Promise<void>
  /** Settles everything left by an earlier run and drops uploads nobody went on with for a week. */
  sweep: () => Promise<void>
}

/** Resumable uploads (tus 1.0: creation, checksum, expiration, termination) into a folder; a finished one goes to the intake. */
export function createUploads(intake: Intake): Uploads {
  const folder = join(intake.store.folder, 'uploads')
  const files = new CheckedFileStore(folder)
  const receive = async (id: string): Promise<void> => {
    const parts = readUploadId(id)
    if (parts === null) return
    const outcome = await intake.receive(join(folder, id), parts.fileSha256, parts.sender)
    // Judged for good, so the upload is no longer needed; after a failure it stays and is judged when asked for.
    if (outcome.ok) await files.remove(id).catch(ignoreMissing)
    else intake.report(new Error(`upload ${id}: ${outcome.failure.code} ${outcome.failure.detail ?? ''}`))
  }
  const settle = async (id: string): Promise<void> => {
    const parts = readUploadId(id)
    if (parts === null || intake.isUnderWay(parts.fileSha256, parts.sender) || !(await isComplete(files, id))) return
    await receive(id)
  }
  const tus = new TusServer({
    path: UPLOADS,
    relativeLocation: true,
    maxSize: MAX_PACKAGE_BYTES,
    datastore: files,
    locker: createLocker(),
    namingFunction: (_request, metadata) => {
      const parsed = uploadMetadata.safeParse(metadata)
      const sender = current.getStore()?.sender
      if (!parsed.success || sender === undefined)
        throw tusError(400, 'Upload-Metadata: fileSha256 (64 hex digits) is required\n')
      return uploadId(parsed.data.fileSha256, sender)
    },
    onUploadCreate: async (_request, upload) => {
      if (upload.size === undefined || upload.size === 0) throw tusError(400, 'Upload-Length: at least 1 is required\n')
      if (!intake.hasRoomFor(upload.size)) throw tusError(507, 'no room for this file\n')
      const parts = readUploadId(upload.id)
      if (parts !== null) intake.store.forgetRefusal(parts.fileSha256, parts.sender)
      return {}
    },
    onUploadFinish: async (_request, upload) => {
      await within(ANSWER_WITHIN_MS, receive(upload.id).catch(intake.report))
      return {}
    },
    onResponseError: async (_request, error) => mapError(error),
  })
  return {
    handle: async (sender, request, response) => {
      const { 'upload-checksum': checksum = null, 'content-length': length } = request.headers
      response.setHeader('Tus-Checksum-Algorithm', 'sha256')
      if (request.method === 'POST' && (await meetsOlder(files, sender, request, response))) return
      const about = {
        sender,
        checksum: checksum === null ? null : String(checksum),
        length: length === undefined ? null : Number(length),
      }
      await current.run(about, async () => tus.handle(request, response))
    },
    settle: async (fileSha256, sender) => settle(uploadId(fileSha256, sender)),
    sweep: async () => {
      await tus.cleanUpExpiredUploads()
      for (const id of (await files.configstore.list?.()) ?? []) await settle(id)
    },
  }
}

/** Creating an upload that exists already would empty it: the sender is sent on to it instead. */
async function meetsOlder(files: CheckedFileStore, sender: string, request: IncomingMessage, response: ServerResponse) {
  const encoded = /(?:^|,)\s*fileSha256 ([\w+/=]+)/.exec(String(request.headers['upload-metadata'] ?? ''))?.[1]
  const fileSha256 = Buffer.from(encoded ?? '', 'base64').toString('latin1')
  const id = uploadId(fileSha256, sender)
  if (readUploadId(id) === null) return false
  const older = await files.getUpload(id).catch(() => null)
  const isAlive =
    older !== null && String(older.size) === request.headers['upload-length'] && !isExpired(older.creation_date)
  if (!isAlive) return false
  response.writeHead(201, { 'Tus-Resumable': '1.0.0', Location: `${UPLOADS}/${id}`, 'Content-Length': '0' }).end()
  return true
}

const isExpired = (createdAt: string | undefined): boolean =>
  createdAt !== undefined && Date.now() - Date.parse(createdAt) > UPLOAD_KEPT_MS

async function isComplete(files: CheckedFileStore, id: string): Promise<boolean> {
  const upload = await files.getUpload(id).catch(() => null)
  return upload !== null && upload.size !== undefined && upload.offset === upload.size
}

/** Waits for work to end, but not for ever; the work goes on. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ms)))])
  clearTimeout(timer)
}

/**
 * Keeps what it is sent durably before it says so, and drops a whole body that is not what its checksum says. Of a body that was
 * cut off the part that came is kept: the hash of the whole file judges it in the end.
 */
class CheckedFileStore extends FileStore {
  constructor(directory: string) {
    super({ directory, expirationPeriodInMilliseconds: UPLOAD_KEPT_MS })
    this.extensions = ['creation', 'checksum', 'termination', 'expiration']
  }

  override async write(body: Readable, id: string, offset: number): Promise<number> {
    const { checksum = null, length = null } = current.getStore() ?? {}
    const { hash, expected } = readChecksum(checksum)
    const file = await open(join(this.directory, id), 'r+')
    try {
      let at = offset
      for await (const chunk of body as AsyncIterable<Uint8Array>) {
        hash?.update(chunk)
        for (let done = 0; done < chunk.length;) {
          done += (await file.write(chunk, done, chunk.length - done, at + done)).bytesWritten
        }
        at += chunk.length
      }
      const isCut = length !== null && at - offset < length
      if (hash !== null && !isCut && hash.digest('base64') !== expected) {
        await file.truncate(offset)
        throw tusError(460, 'Checksum Mismatch\n')
      }
      await file.sync()
      return at
    } finally {
      await file.close()
    }
  }
}

function readChecksum(header: string | null): { hash: Hash | null; expected: string } {
  if (header === null) return { hash: null, expected: '' }
  const [, expected] = /^sha256 ([\w+/]{43}=)$/.exec(header) ?? []
  if (expected === undefined) throw tusError(400, 'Upload-Checksum: only sha256 is known\n')
  return { hash: createHash('sha256'), expected }
}

/**
 * One request at a time on a file. A newer request of the same sender makes the older one let go (its line may be dead) and takes
 * its place; another sender of the same file, or one that waited too long, is told 423.
 */
function createLocker(): Locker {
  const held = new Map<string, { id: string; release: () => void; ended: Promise<void> }>()
  return {
    newLock: (id) => {
      const name = readUploadId(id)?.fileSha256 ?? id
      let end = (): void => undefined
      return {
        lock: async (_signal, cancel) => {
          const until = Date.now() + LOCK_WAIT_MS
          for (let holder = held.get(name); holder !== undefined; holder = held.get(name)) {
            const left = until - Date.now()
            if (holder.id !== id || left <= 0) throw tusError(423, 'this file is being sent already\n')
            holder.release()
            await within(left, holder.ended)
          }
          const ended = new Promise<void>((resolve) => (end = resolve))
          held.set(name, { id, release: () => void cancel(), ended })
        },
        unlock: async () => {
          held.delete(name)
          end()
        },
      }
    },
  }
}

const tusError = (status: number, body: string): Error =>
  Object.assign(new Error(body.trim()), { status_code: status, body })

/** A full disk is the server's trouble, not the file's. */
function mapError(error: unknown): { status_code: number; body: string } | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ENOSPC' || code === 'EDQUOT' ? { status_code: 507, body: 'no room for this file\n' } : undefined
}

const ignoreMissing = (error: unknown): void => {
  const status = error !== null && typeof error === 'object' && 'status_code' in error ? error.status_code : 0
  if (status !== 404) throw error
}
