import { copyFileSync } from 'node:fs'
import { z } from 'zod'
import type { Api } from '../../shared/contract/api.ts'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { IdentityView } from '../../shared/contract/views.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { cleanLine, time } from '../../shared/domain/text.ts'
import {
  generateKeys,
  newRecoveryCode,
  parseWrappedKey,
  readRecoveryCode,
  unwrapKey,
  wrapKey,
} from '../exchange/keys.ts'
import { makeEnrolmentRequest } from '../exchange/roster.ts'
import { createIdentity, listIdentities, readIdentity, saveIdentity, type IdentityFile } from '../storage/identities.ts'
import { fileFailure } from '../storage/files.ts'
import { identityPaths } from '../storage/paths.ts'
import { startBackups } from './backup.ts'
import { asJob, dialogWords, unlocked, type Context } from './context.ts'
import { startSending } from './sending.ts'
import { closeSession, identityView, openSession } from './session.ts'
import { fileName, openSmallFile, saveSmallFile } from './small-file.ts'

const SHORTEST_PASSPHRASE = 8
/** Characters; a package names its author in at most 64. */
const LONGEST = { name: 64, unit: 200, number: 200 } as const

const recoveryKit = z.strictObject({
  type: z.literal('urn:youpin-onsite:recovery-kit'),
  version: z.literal(1),
  keyId: z.string(),
  spki: z.string(),
  name: z.string(),
  unit: z.string(),
  number: z.string(),
  createdAt: time,
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
      const facts = { name: cleanLine(name), unit: cleanLine(unit), number: cleanLine(number) }
      const problems = factProblems(facts)
      if (problems.length > 0) return fail('invalid', { problems })
      if ([...passphrase].length < SHORTEST_PASSPHRASE)
        return fail('passphraseTooShort', { detail: String(SHORTEST_PASSPHRASE) })
      // A second click while the first is under way must not make a second key.
      return await asJob(context, 'identity.create', async () => {
        const recoveryCode = newRecoveryCode()
        const created = await create(context, facts, passphrase, recoveryCode)
        const entered = created.ok ? await enter(created.value, passphrase) : created
        return entered.ok ? ok({ identity: entered.value, recoveryCode }) : entered
      })
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
      const title = dialogWords(context)('request')
      return await saveSmallFile(context, title, fileName([title, name], 'json'), request)
    },
    'identity.saveRecoveryKit': async () => {
      const session = unlocked(context)
      if (!session.ok) return session
      const { wrapped: _, ...open } = session.value.identity
      const kit = { type: 'urn:youpin-onsite:recovery-kit', version: 1, ...open }
      const bytes = Buffer.from(`${JSON.stringify(kit, null, 2)}\n`)
      const title = dialogWords(context)('recoveryKit')
      return await saveSmallFile(context, title, fileName([title, open.name], 'json'), bytes)
    },
    'identity.recover': async ({ recoveryCode, passphrase }) => {
      const code = readRecoveryCode(recoveryCode)
      if (code === null)
        return fail('invalid', { problems: [{ path: 'recoveryCode', code: 'recoveryCode', message: '' }] })
      if ([...passphrase].length < SHORTEST_PASSPHRASE)
        return fail('passphraseTooShort', { detail: String(SHORTEST_PASSPHRASE) })
      const file = await openSmallFile(context, dialogWords(context)('recoveryKit'))
      if (file === null) return ok(null)
      if (!file.ok) return file
      const recovered = await recover(context, file.value, code, passphrase)
      return recovered.ok ? await enter(recovered.value, passphrase) : recovered
    },
  }
}

type Facts = Pick<IdentityFile, 'name' | 'unit' | 'number'>

/** What a roster, a signed statement and the name of a folder can carry. */
function factProblems(facts: Facts): Problem[] {
  const empty = facts.name === '' ? [{ path: 'name', code: 'required', message: '' }] : []
  const long = (['name', 'unit', 'number'] as const).filter((path) => facts[path].length > LONGEST[path])
  return [...empty, ...long.map((path) => ({ path, code: 'too_big', message: '' }))]
}

async function create(
  context: Context,
  facts: Facts,
  passphrase: string,
  recoveryCode: string,
): Promise<Outcome<string>> {
  const keys = generateKeys()
  const identity: IdentityFile = {
    ...facts,
    keyId: keys.keyId,
    spki: keys.spki,
    createdAt: context.now().toISOString(),
    wrapped: await wrapKey(keys, passphrase),
    recovery: await wrapKey(keys, recoveryCode),
  }
  keys.pkcs8.fill(0)
  const created = await createIdentity(context.profile, identity)
  return created.ok ? ok(identity.keyId) : created
}

/**
 * Opens a kit with its code, wraps the key under a new passphrase and keeps it. An identity that is here gets the new passphrase
 * and nothing else: nobody has signed what else a kit says. One whose file is damaged is written anew, the damaged file set aside.
 */
async function recover(context: Context, file: Uint8Array, code: string, passphrase: string): Promise<Outcome<string>> {
  const kit = recoveryKit.safeParse(jsonOf(file))
  const wrapped = kit.success ? parseWrappedKey(kit.data.recovery) : null
  if (!kit.success || !wrapped?.ok || wrapped.value.keyId !== kit.data.keyId) return fail('damagedFile')
  const facts = { name: cleanLine(kit.data.name), unit: cleanLine(kit.data.unit), number: cleanLine(kit.data.number) }
  if (factProblems(facts).length > 0) return fail('damagedFile')
  const keys = await unwrapKey(wrapped.value, code)
  if (!keys.ok) return keys
  const { keyId, spki } = keys.value
  const newWrapped = await wrapKey(keys.value, passphrase)
  keys.value.pkcs8.fill(0)
  const { createdAt, recovery } = kit.data
  const identity: IdentityFile = { ...facts, keyId, spki, createdAt, wrapped: newWrapped, recovery }
  const held = readIdentity(context.profile, keyId)
  if (held.ok) return kept(saveIdentity(context.profile, { ...held.value, wrapped: newWrapped, recovery }), keyId)
  if (held.failure.code === 'notFound') return kept(await createIdentity(context.profile, identity), keyId)
  if (held.failure.code !== 'damagedKey') return held
  const path = identityPaths(context.profile, keyId).identity
  try {
    copyFileSync(path, `${path}.damaged`)
  } catch (error) {
    return fileFailure(error)
  }
  return kept(saveIdentity(context.profile, identity), keyId)
}

const kept = (saved: Outcome<null>, keyId: string): Outcome<string> => (saved.ok ? ok(keyId) : saved)

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return null
  }
}
