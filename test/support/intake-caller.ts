import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { SignJWT, importPKCS8 } from 'jose'
import { authorisation } from '../../electron/exchange/sync-protocol.ts'
import type { KeyPair } from '../../electron/exchange/keys.ts'
import { sha256 } from '../../electron/exchange/crypto.ts'
import { runningClock, type TestCentre } from './intake-centre.ts'
import { exportPackage, type Made, type Person, type World } from './package-factories.ts'

/** Raw requests of one person, as `curl` would make them: a fresh token each, unless `headers` say otherwise. */
export function makeCaller(world: World, centre: TestCentre, who: Person | KeyPair) {
  const keys = typeof who === 'string' ? world.keys[who] : who
  const token = (): Promise<string> => authorisation(keys, world.keys.centre.keyId, runningClock()())
  const call = async (path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> =>
    fetch(path.startsWith('http') ? path : `${centre.url}${path}`, {
      ...init,
      headers: { authorization: await token(), ...init.headers },
    })
  const create = (fileSha256: string, length: number): Promise<Response> =>
    call('/v1/uploads', {
      method: 'POST',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': String(length),
        'upload-metadata': `fileSha256 ${btoa(fileSha256)}`,
      },
    })
  const patch = (
    location: string,
    offset: number,
    body: Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    call(location, {
      method: 'PATCH',
      body,
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
        ...headers,
      },
    })
  const head = (location: string): Promise<Response> =>
    call(location, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })
  return {
    keys,
    token,
    call,
    create,
    patch,
    head,
    /** Sends bytes in one piece, whatever they are; answers what the centre says of them. */
    send: async (bytes: Uint8Array<ArrayBuffer>, claimed = sha256(bytes)): Promise<Response> => {
      const created = await create(claimed, bytes.length)
      await patch(created.headers.get('location') ?? '', 0, bytes)
      return call(`/v1/files/${claimed}`)
    },
  }
}

/** The bytes of a sealed package. */
export const bytesOf = async (world: World, made: Made): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(readFileSync(await exportPackage(world, made)))

/** A token with any claims, for what `authorisation` never makes. */
export async function oddToken(
  keys: KeyPair,
  claims: { aud: string; sub?: string; iat: number; exp: number; jti?: string },
): Promise<string> {
  const pem = `-----BEGIN PRIVATE KEY-----\n${Buffer.from(keys.pkcs8).toString('base64')}\n-----END PRIVATE KEY-----\n`
  const { sub = keys.keyId, jti = randomUUID(), ...rest } = claims
  return `Bearer ${await new SignJWT({ sub, jti, ...rest }).setProtectedHeader({ alg: 'EdDSA' }).sign(await importPKCS8(pem, 'EdDSA'))}`
}
