import { z } from 'zod'
import type { Api } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { IdentityView } from '../../shared/contract/views.ts'
import { cleanLine } from '../../shared/domain/text.ts'
import { generateKeys, newRecoveryCode, parseWrappedKey, readRecoveryCode, unwrapKey, wrapKey } from '../exchange/keys.ts'
import { makeEnrolmentRequest } from '../exchange/roster.ts'
import { createIdentity, listIdentities, readIdentity, saveIdentity, type IdentityFile } from '../storage/identities.ts'
import { startBackups } from './backup.ts'
import { unlocked, type Context } from './context.ts'
import { startSending } from './sending.ts'
import { closeSession, identityView, openSession } from './session.ts'
import { openSmallFile, saveSmallFile } from './small-file.ts'

const SHORTEST_PASSPHRASE = 8

const recoveryKit = z.strictObject({
  type: z.literal('urn:youpin-onsite:recovery-kit'),
  version: z.literal(1),
  keyId: z.string(),
  spki: z.string(),
  name: z.string(),
  unit: z.string(),
  number: z.string(),
  createdAt: z.string(),
  recovery: z.json(),
})

type IdentityApi = Pick<Api, Extract<keyof Api, `identity.${string}`>>

/** Identities of this machine: make, unlock, lock, recover, ask to be enrolled. */
export function identityApi(context: Context): IdentityApi {
  const enter = async (keyId: string, passphrase: string): Promise<Outcome<IdentityView>> => {
    const session = await openSession(context, keyId, passphrase)
    if (!session.ok) return session
    startSending(context, session.value)
    startBackups(context, session.value)
    return ok(identityView(session.value.identity))
  }
  return {
    'identity.list': async () => ok(listIdentities(context.profile).map(identityView)),
    'identity.current': async () => {
      const { current } = context.session
      return ok(current === null ? null : identityView(current.identity))
    },
    'identity.create': async ({ name, unit, number, passphrase }) => {
      const cleaned = { name: cleanLine(name), unit: cleanLine(unit), number: cleanLine(number) }
      if (cleaned.name === '') return fail('invalid', { problems: [{ path: 'name', code: 'required', message: '' }] })
      if ([...passphrase].length < SHORTEST_PASSPHRASE) return fail('passphraseTooShort', { detail: String(SHORTEST_PASSPHRASE) })
      const keys = generateKeys()
      const recoveryCode = newRecoveryCode()
      const identity: IdentityFile = {
        ...cleaned,
        keyId: keys.keyId,
        spki: keys.spki,
        createdAt: context.now().toISOString(),
        wrapped: await wrapKey(keys, passphrase),
        recovery: await wrapKey(keys, recoveryCode),
      }
      const created = await createIdentity(context.profile, identity)
      if (!created.ok) return created
      const entered = await enter(keys.keyId, passphrase)
      return entered.ok ? ok({ identity: entered.value, recoveryCode }) : entered
    },
    'identity.unlock': async ({ keyId, passphrase }) => await enter(keyId, passphrase),
    'identity.lock': async () => {
      closeSession(context)
      context.tell({ type: 'locked' })
      return ok(null)
    },
    'identity.saveRequest': async () => {
      const session = unlocked(context)
      if (!session.ok) return session
      const { identity, keys } = session.value
      const { name, unit, number } = identity
      const request = makeEnrolmentRequest(keys, { name, unit, number, at: context.now().toISOString() })
      return await saveSmallFile(context, '登记申请 · Enrolment request', `登记申请-${name}.json`, request)
    },
    'identity.saveRecoveryKit': async () => {
      const session = unlocked(context)
      if (!session.ok) return session
      const { wrapped: _, ...open } = session.value.identity
      const kit = { type: 'urn:youpin-onsite:recovery-kit', version: 1, ...open }
      const bytes = Buffer.from(`${JSON.stringify(kit, null, 2)}\n`)
      return await saveSmallFile(context, '恢复套件 · Recovery kit', `恢复套件-${open.name}.json`, bytes)
    },
    'identity.recover': async ({ recoveryCode, passphrase }) => {
      const code = readRecoveryCode(recoveryCode)
      if (code === null) return fail('invalid', { problems: [{ path: 'recoveryCode', code: 'recoveryCode', message: '' }] })
      if ([...passphrase].length < SHORTEST_PASSPHRASE) return fail('passphraseTooShort', { detail: String(SHORTEST_PASSPHRASE) })
      const file = await openSmallFile(context, '恢复套件 · Recovery kit')
      if (file === null) return ok(null)
      if (!file.ok) return file
      const recovered = await recover(context, file.value, code, passphrase)
      return recovered.ok ? await enter(recovered.value, passphrase) : recovered
    },
  }
}

/** Opens a kit with its code, wraps the key under a new passphrase and keeps it; an identity that is here gets the new passphrase. */
async function recover(context: Context, file: Uint8Array, code: string, passphrase: string): Promise<Outcome<string>> {
  const kit = recoveryKit.safeParse(jsonOf(file))
  const wrapped = kit.success ? parseWrappedKey(kit.data.recovery) : null
  if (!kit.success || !wrapped?.ok || wrapped.value.keyId !== kit.data.keyId) return fail('damagedFile')
  const keys = await unwrapKey(wrapped.value, code)
  if (!keys.ok) return keys
  const { type: _type, version: _version, ...open } = kit.data
  const identity: IdentityFile = { ...open, wrapped: await wrapKey(keys.value, passphrase) }
  const held = readIdentity(context.profile, identity.keyId)
  const saved = held.ok ? saveIdentity(context.profile, identity) : await createIdentity(context.profile, identity)
  return saved.ok ? ok(identity.keyId) : saved
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return null
  }
}
