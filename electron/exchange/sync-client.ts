import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fail, ok, type FailureCode, type Outcome } from '../../shared/contract/errors.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { parseSignedDocument, type Roster } from '../../shared/domain/roster.ts'
import { parseLoose } from '../../shared/package/json.ts'
import { MAX_PACKAGE_BYTES } from '../../shared/package/limits.ts'
import type { Verdict } from '../../shared/package/verdict.ts'
import { fileFailure, makeFolder } from '../storage/files.ts'
import { fromWire, openDocument, type SealedDocument } from './documents.ts'
import type { KeyPair } from './keys.ts'
import { authorisation, parseHello, parseRefusedProblem, parseTaskList, type ListedPackage } from './sync-protocol.ts'
import { standingAt } from './trust.ts'

const ANSWER_WITHIN_MS = 20_000
/** A whole package on a bad line. */
const DOWNLOAD_WITHIN_MS = 3_600_000
const SMALL = 64 * 1024
const LARGE = 32 * 1024 * 1024

/** How the outside is reached; a test gives its own. */
export type Net = { fetch: typeof fetch; now: () => Date }

/** A centre that proved itself: its address without a final slash, its key, its clock minus ours in ms. */
export type Centre = { url: string; keyId: string; clockOffsetMs: number }
/** A caller and the centre to be called. */
export type Call = { net: Net; centre: Centre; keys: Pick<KeyPair, 'keyId' | 'pkcs8'> }

/** Why a centre could not be asked; `retryAfterMs` when it said how long to wait. `stop` = asking again will not help. */
export type CallFailure = { code: FailureCode; retryAfterMs: number | null; stop: boolean }
type Called<T> = { ok: true; value: T } | { ok: false; failure: CallFailure }

/** What a centre says of a file: nothing yet, its receipt (not verified here), or the verdict it was refused with. */
export type FileAnswer =
  | { is: 'unknown'; retryAfterMs: number | null }
  | { is: 'receipt'; receipt: SealedDocument }
  | { is: 'refused'; verdict: Verdict; problems: Problem[] }

/**
 * Asks a server to sign a fresh nonce and checks the answer against the roster: the key must be there as a centre. Fails with
 * `offline`, `captivePortal` (something else answers in its place), or `unauthorised` (a centre, but not one of this project).
 */
export async function meetCentre(
  url: string,
  roster: Pick<Roster, 'members'>,
  net: Net,
): Promise<Outcome<{ keyId: string; clockOffsetMs: number }>> {
  const nonce = randomBytes(16).toString('hex')
  const sentAt = net.now().getTime()
  const answer = await get(net, `${url}/v1/hello?nonce=${nonce}`, null, SMALL)
  if (!answer.ok) return fail(answer.failure.code)
  const answeredAt = net.now().getTime()
  const wire = parseSignedDocument(jsonOf(answer.value.bytes))
  if (answer.value.status !== 200 || !wire.ok) return fail(answer.value.status >= 500 ? 'offline' : 'captivePortal')
  const member = roster.members.find((m) => m.keyId === wire.value.keyId)
  if (member === undefined || member.role !== 'centre') return fail('unauthorised', { detail: wire.value.keyId })
  const hello = openDocument(fromWire(wire.value), member.spki, parseHello)
  const isFresh = hello.ok && hello.value.nonce === nonce && hello.value.centreKeyId === member.keyId
  if (!isFresh) return fail('captivePortal')
  if (standingAt(member, hello.value.time) === 'revoked') return fail('unauthorised', { detail: member.keyId })
  const clockOffsetMs = Math.round(Date.parse(hello.value.time) - (sentAt + answeredAt) / 2)
  return ok({ keyId: member.keyId, clockOffsetMs })
}

/** The centre's time as far as its last answer told. */
export const centreTime = ({ net, centre }: Pick<Call, 'net' | 'centre'>): Date =>
  new Date(net.now().getTime() + centre.clockOffsetMs)

/** A fresh `Authorization` value: every request needs its own. */
export const tokenFor = (call: Call): Promise<string> => authorisation(call.keys, call.centre.keyId, centreTime(call))

/** Asks what became of a file that was sent, by the hash of the whole file. */
export async function askAboutFile(call: Call, fileSha256: string): Promise<Called<FileAnswer>> {
  const answer = await get(call.net, `${call.centre.url}/v1/files/${fileSha256}`, await tokenFor(call), SMALL)
  if (!answer.ok) return answer
  const { status, bytes, retryAfterMs } = answer.value
  if (status === 404) return { ok: true, value: { is: 'unknown', retryAfterMs } }
  const body = jsonOf(bytes)
  const refused = status === 422 ? parseRefusedProblem(body) : null
  if (refused?.ok)
    return { ok: true, value: { is: 'refused', verdict: refused.value.verdict, problems: refused.value.problems } }
  const receipt = status === 200 ? parseSignedDocument(body) : null
  if (receipt?.ok) return { ok: true, value: { is: 'receipt', receipt: fromWire(receipt.value) } }
  return { ok: false, failure: statusFailure(status === 200 || status === 422 ? 0 : status, retryAfterMs) }
}

/** The newest roster the centre holds, as signed; the caller verifies it against the pinned root (`openRoster`). */
export async function fetchRoster(call: Call): Promise<Outcome<SealedDocument>> {
  const answer = await get(call.net, `${call.centre.url}/v1/roster`, await tokenFor(call), LARGE)
  if (!answer.ok) return fail(answer.failure.code)
  const wire = parseSignedDocument(jsonOf(answer.value.bytes))
  if (answer.value.status === 200 && wire.ok) return ok(fromWire(wire.value))
  return fail(statusFailure(answer.value.status, null).code)
}

export type FetchedTasks = { roster: SealedDocument; files: { path: string; digest: string }[]; cursor: number }

/**
 * Task packages for the caller that came after `since` (0 = all) and are not held, into `folder`; nothing is verified yet: hand
 * each file to the import. `roster` is the newest, also unverified.
 */
export async function fetchTasks(
  call: Call,
  request: { folder: string; since: number; isHeld: (digest: string) => boolean },
): Promise<Outcome<FetchedTasks>> {
  const answer = await get(call.net, `${call.centre.url}/v1/tasks?since=${request.since}`, await tokenFor(call), LARGE)
  if (!answer.ok) return fail(answer.failure.code)
  const list = parseTaskList(jsonOf(answer.value.bytes))
  if (answer.value.status !== 200 || !list.ok) return fail(statusFailure(answer.value.status, null).code)
  const files: FetchedTasks['files'] = []
  for (const task of list.value.tasks.filter((t) => !request.isHeld(t.digest))) {
    const path = join(request.folder, `${task.digest}.evp`)
    const loaded = await download(call, task, path)
    if (!loaded.ok) return loaded
    files.push({ path, digest: task.digest })
  }
  return ok({ roster: fromWire(list.value.roster), files, cursor: list.value.cursor })
}

/** Downloads a package whole or not at all; its content is verified by the import, not here. */
async function download(call: Call, { digest, octets }: ListedPackage, path: string): Promise<Outcome<null>> {
  if (octets > MAX_PACKAGE_BYTES) return fail('fileTooLarge')
  const url = `${call.centre.url}/v1/packages/${digest}`
  const response = await request(call.net, url, await tokenFor(call), DOWNLOAD_WITHIN_MS)
  if (response === null) return fail('offline')
  if (response.status !== 200 || response.body === null) return fail(statusFailure(response.status, null).code)
  try {
    makeFolder(join(path, '..'))
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path))
    return ok(null)
  } catch (error) {
    await rm(path, { force: true })
    return isOfDisk(error) ? fileFailure(error) : fail('offline')
  }
}

const isOfDisk = (error: unknown): boolean => error instanceof Error && 'syscall' in error && 'path' in error

type Answer = { status: number; bytes: Uint8Array; retryAfterMs: number | null }

/** One small JSON answer; HTML, redirects and the like are something else answering in the centre's place. */
async function get(net: Net, url: string, token: string | null, most: number): Promise<Called<Answer>> {
  const response = await request(net, url, token, ANSWER_WITHIN_MS)
  if (response === null) return { ok: false, failure: { code: 'offline', retryAfterMs: null, stop: false } }
  const type = response.headers.get('content-type') ?? ''
  const isOurs = /^application\/(problem\+)?json\b/.test(type)
  if (!isOurs) {
    await response.body?.cancel().catch(() => undefined)
    const code = response.status >= 500 ? 'offline' : 'captivePortal'
    return { ok: false, failure: { code, retryAfterMs: null, stop: false } }
  }
  const bytes = await bodyOf(response, most)
  if (bytes === null) return { ok: false, failure: { code: 'offline', retryAfterMs: null, stop: false } }
  return {
    ok: true,
    value: { status: response.status, bytes, retryAfterMs: retryAfter(response.headers.get('retry-after')) },
  }
}

async function request(net: Net, url: string, token: string | null, withinMs: number): Promise<Response | null> {
  try {
    return await net.fetch(url, {
      redirect: 'manual',
      headers: token === null ? {} : { authorization: token },
      signal: AbortSignal.timeout(withinMs),
    })
  } catch {
    // Refused, unreachable, cut, too slow, no such name: the same to the person.
    return null
  }
}

async function bodyOf(response: Response, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      const bytes = chunk as Uint8Array
      size += bytes.length
      if (size > most) return null
      chunks.push(bytes)
    }
    return Buffer.concat(chunks)
  } catch {
    return null
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  const json = parseLoose(bytes)
  return json.ok ? json.value : null
}

/** Milliseconds of a `Retry-After` in seconds; null when absent or a date. */
export function retryAfter(header: string | null | undefined): number | null {
  return header !== null && header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : null
}

/** 4xx that pass by themselves; 460 = a chunk was changed on its way. */
const PASSING = new Set([408, 409, 423, 425, 429, 460])

/** What an unexpected status means: 401/403 the key is not known there, other 4xx stop, the rest is tried again. 0 = nonsense. */
export function statusFailure(status: number, retryAfterMs: number | null): CallFailure {
  if (status === 401 || status === 403) return { code: 'unauthorised', retryAfterMs, stop: true }
  if (status === 413) return { code: 'fileTooLarge', retryAfterMs, stop: true }
  if (status >= 400 && status < 500) {
    return PASSING.has(status)
      ? { code: 'busy', retryAfterMs, stop: false }
      : { code: 'serverRefused', retryAfterMs, stop: true }
  }
  return { code: status >= 500 ? 'offline' : 'captivePortal', retryAfterMs, stop: false }
}
