import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { cleanLine } from '../../shared/domain/text.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { keyDigits } from '../../shared/package/key-id.ts'
import { readDocument } from '../exchange/documents.ts'
import { generateKeys, parseWrappedKey, unwrapKey, wrapKey, type KeyPair, type WrappedKey } from '../exchange/keys.ts'
import {
  checkSuccession,
  makeEnrolmentRequest,
  openInvitation,
  openRoster,
  type HeldRoster,
  type OpenedInvitation,
} from '../exchange/roster.ts'
import { fileFailure, makeFolder, writeWhole } from '../storage/files.ts'
import { isIntakeFolder, openIntakeStore, type CentreRecord, type IntakeStore } from './store.ts'

const KEY_FILE = 'centre-key.json'
const REQUEST_FILE = 'centre-request.json'
const SHORTEST_PASSPHRASE = 12

export type InitRequest = {
  folder: string
  /** Bytes of the invitation file. */
  invitation: Uint8Array
  /** The project root as the operator was told it: key id, or its 8 groups of 5 digits. */
  root: string
  name: string
  passphrase: string
  isPractice: boolean
  now: Date
}

/** `isNew` false: the folder was a centre already and only its roster may have become newer. `requestPath` = file for the lead. */
export type Initialised = {
  isNew: boolean
  centre: CentreRecord
  rosterSeq: number
  isEnrolled: boolean
  requestPath: string
}

/**
 * Makes a folder the centre of one project, or brings it a newer roster. Fails with `rootConflict` (the invitation's root is not
 * the one named, or not the pinned one), `invalid` (not an invitation; detail otherProject), `rosterOld`, `refused`, `weakKey`,
 * `passphraseTooShort`, `wrongPassphrase`, `damagedKey`, or a failure of the disk.
 */
export async function initCentre(request: InitRequest): Promise<Outcome<Initialised>> {
  const invited = openInvitation(request.invitation, [])
  if (!invited.ok) return invited
  if (!isRoot(request.root, invited.value.rootKeyId))
    return fail('rootConflict', { detail: keyDigits(invited.value.rootKeyId) })
  try {
    makeFolder(request.folder)
    // Enterprises' papers and people's names: nobody else on this machine.
    chmodSync(request.folder, 0o700)
    const keys = await keyOf(request)
    if (!keys.ok) return keys
    const store = openIntakeStore(request.folder)
    try {
      return settle(store, request, invited.value, keys.value)
    } finally {
      store.close()
    }
  } catch (error) {
    return fileFailure(error)
  }
}

function settle(
  store: IntakeStore,
  request: InitRequest,
  invited: OpenedInvitation,
  keys: KeyPair,
): Outcome<Initialised> {
  const { held, projectName, rootKeyId } = invited
  const known = store.centre()
  if (known !== null && known.rootKeyId !== rootKeyId)
    return fail('rootConflict', { detail: keyDigits(known.rootKeyId) })
  if (known !== null && known.projectId !== held.roster.projectId) return fail('invalid', { detail: 'otherProject' })
  const follows = checkSuccession(known === null ? null : heldRoster(store, known), held)
  if (!follows.ok) return follows
  const centre = known ?? {
    projectId: held.roster.projectId,
    projectName,
    rootKeyId,
    keyId: keys.keyId,
    isPractice: request.isPractice,
  }
  if (known === null) store.setCentre(centre)
  store.addRoster(held.roster.rosterSeq, held.document)
  const requestPath = join(request.folder, REQUEST_FILE)
  const person = { name: cleanLine(request.name), unit: '', number: '', at: request.now.toISOString() }
  if (!existsSync(requestPath)) writeWhole(requestPath, makeEnrolmentRequest(keys, person))
  const isEnrolled = held.roster.members.some(
    (m) => m.keyId === centre.keyId && m.role === 'centre' && m.revokedAt === null,
  )
  return ok({ isNew: known === null, centre, rosterSeq: held.roster.rosterSeq, isEnrolled, requestPath })
}

/** The centre's own key: made on the first call, unlocked on later ones. */
async function keyOf({ folder, passphrase }: InitRequest): Promise<Outcome<KeyPair>> {
  if (existsSync(join(folder, KEY_FILE))) return unlockCentreKey(folder, passphrase)
  if ([...passphrase].length < SHORTEST_PASSPHRASE)
    return fail('passphraseTooShort', { detail: String(SHORTEST_PASSPHRASE) })
  const keys = generateKeys()
  writeWhole(join(folder, KEY_FILE), jcsBytes(await wrapKey(keys, passphrase)))
  return ok(keys)
}

/** The centre's key pair. Fails with notFound (no `init` yet), wrongPassphrase or damagedKey. */
export async function unlockCentreKey(folder: string, passphrase: string): Promise<Outcome<KeyPair>> {
  const path = join(folder, KEY_FILE)
  if (!existsSync(path)) return fail('notFound')
  const wrapped = readDocument<WrappedKey>(readFileSync(path), parseWrappedKey)
  return wrapped === null ? fail('damagedKey') : unwrapKey(wrapped, passphrase)
}

export type OpenedCentre = { store: IntakeStore; centre: CentreRecord; keys: KeyPair }

/** Opens a centre for serving. Fails as `unlockCentreKey`; `damagedKey` also when the key is not the one of the folder. */
export async function openCentre(folder: string, passphrase: string): Promise<Outcome<OpenedCentre>> {
  if (!isIntakeFolder(folder)) return fail('notFound')
  const keys = await unlockCentreKey(folder, passphrase)
  if (!keys.ok) return keys
  const store = openIntakeStore(folder)
  const centre = store.centre()
  if (centre !== null && centre.keyId === keys.value.keyId) return ok({ store, centre, keys: keys.value })
  store.close()
  return fail(centre === null ? 'notFound' : 'damagedKey')
}

function heldRoster(store: IntakeStore, { rootKeyId }: CentreRecord): HeldRoster | null {
  const newest = store.newestRoster()
  const opened = newest === null ? null : openRoster(newest, rootKeyId)
  return opened?.ok ? opened.value : null
}

function isRoot(named: string, rootKeyId: string): boolean {
  const compact = named.toLowerCase().replaceAll(/[\s-]/g, '')
  return compact === rootKeyId || compact === keyDigits(rootKeyId).replaceAll(' ', '')
}
