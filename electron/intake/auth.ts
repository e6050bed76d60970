import { createPublicKey } from 'node:crypto'
import { decodeJwt, jwtVerify } from 'jose'
import { MAX_TOKEN_SECONDS } from '../exchange/sync-protocol.ts'
import type { Signer } from '../exchange/trust.ts'
import type { Intake } from './accept.ts'

const CLOCK_TOLERANCE_SECONDS = 60

/**
 * Who is calling, from a JWT (EdDSA) signed by an enrolled key: `sub` = keyId, `aud` = the centre's keyId, at most 5 minutes,
 * `jti` once. Null when it does not hold, for whatever reason.
 */
export async function callerOf(header: string | undefined, intake: Intake): Promise<Signer | null> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(header ?? '')?.[1]
  if (token === undefined || token.length > 4096) return null
  const now = intake.now()
  try {
    const signer = intake.findCaller(decodeJwt(token).sub ?? '')
    if (signer === null) return null
    const key = createPublicKey({ key: Buffer.from(signer.spki, 'base64'), format: 'der', type: 'spki' })
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      audience: intake.keyId,
      subject: signer.keyId,
      requiredClaims: ['exp', 'iat', 'jti'],
      currentDate: now,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    })
    const { exp = 0, iat = 0, jti = '' } = payload
    const seconds = Math.floor(now.getTime() / 1000)
    const isShort = exp - iat <= MAX_TOKEN_SECONDS && iat <= seconds + CLOCK_TOLERANCE_SECONDS
    if (!isShort || !/^[\w-]{16,64}$/.test(jti)) return null
    return intake.store.useToken(jti, exp + CLOCK_TOLERANCE_SECONDS, seconds) ? signer : null
  } catch (error) {
    if (isTokenError(error)) return null
    throw error
  }
}

/** What the library dislikes about a token is one answer to the caller; anything else is ours. */
function isTokenError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_J')
}
