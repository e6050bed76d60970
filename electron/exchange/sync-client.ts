import { randomBytes } from 'node:crypto'
import { fail, ok, type FailureCode, type Outcome } from '../../shared/contract/errors.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { parseSignedDocument, type Roster } from '../../shared/domain/roster.ts'
import { parseLoose } from '../../shared/package/json.ts'
import type { Verdict } from '../../shared/package/verdict.ts'
import { fromWire, openDocument, type SealedDocument } from './documents.ts'
import type { KeyPair } from './keys.ts'
import { authorisation, parseHello, parseRefusedProblem } from './sync-protocol.ts'
import { standingAt } from './trust.ts'

const ANSWER_WITHIN_MS = 20_000
/** More than any answer in JSON has. */
const MOST_BYTES = 64 * 1024

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
  const answer = await get(net, `${url}/v1/hello?nonce=${nonce}`, null)
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
  const answer = await get(call.net, `${call.centre.url}/v1/files/${fileSha256}`, await tokenFor(call))
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

type Answer = { status: number; bytes: Uint8Array; retryAfterMs: number | null }

/** One small JSON answer; HTML, redirects and the like are something else answering in the centre's place. */
async function get(net: Net, url: string, token: string | null): Promise<Called<Answer>> {
  const response = await request(net, url, token)
  if (response === null) return { ok: false, failure: { code: 'offline', retryAfterMs: null, stop: false } }
  const type = response.headers.get('content-type') ?? ''
  const isOurs = /^application\/(problem\+)?json\b/.test(type)
  if (!isOurs) {
    await response.body?.cancel().catch(() => undefined)
    const code = response.status >= 500 ? 'offline' : 'captivePortal'
    return { ok: false, failure: { code, retryAfterMs: null, stop: false } }
  }
  const bytes = await bodyOf(response)
  if (bytes === null) return { ok: false, failure: { code: 'offline', retryAfterMs: null, stop: false } }
  return {
    ok: true,
    value: { status: response.status, bytes, retryAfterMs: retryAfter(response.headers.get('retry-after')) },
  }
}

async function request(net: Net, url: string, token: string | null): Promise<Response | null> {
  try {
    return await net.fetch(url, {
      redirect: 'manual',
      headers: token === null ? {} : { authorization: token },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
  } catch {
    // Refused, unreachable, cut, too slow, no such name: the same to the person.
    return null
  }
}

async function bodyOf(response: Response): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      const bytes = chunk as Uint8Array
      size += bytes.length
      if (size > MOST_BYTES) return null
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
