import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkLog, logBytes } from '../../../shared/package/log.ts'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import { generateKeys, parseWrappedKey, unwrapKey, wrapKey, type KeyPair } from '../../../electron/exchange/keys.ts'
import { listDraftCopies, mediaCopyPath, writeDraftCopy } from '../../../electron/storage/backup.ts'
import { write } from '../../../electron/storage/database.ts'
import { addMedia, withdrawMedia } from '../../../electron/storage/evidence-store.ts'
import {
  createIdentity,
  listIdentities,
  readIdentity,
  type IdentityFile,
} from '../../../electron/storage/identities.ts'
import { logHead, logLines } from '../../../electron/storage/log-store.ts'
import { deviceIdOf } from '../../../electron/storage/meta-store.ts'
import { openStore } from '../../../electron/storage/open.ts'
import { addPackage, nextPlace } from '../../../electron/storage/package-store.ts'
import { identityPaths, mediaPath } from '../../../electron/storage/paths.ts'
import { checkDraftCopy, readDraftCopyHeader, restoreDraftCopy } from '../../../electron/storage/restore.ts'
import { acceptDeclaration, readSheetParts, saveAnswer } from '../../../electron/storage/sheet-store.ts'
import {
  HASH,
  PROJECT,
  TASK,
  answer,
  at,
  media,
  stamp,
  tempFolder,
  tempStore,
  valueOf,
} from '../../support/storage-factories.ts'

const run = () => ({ signal: new AbortController().signal, progress: () => {} })
const keys: KeyPair = generateKeys()
const wrapped = wrapKey(keys, 'passphrase')

/** An identity with answers, one photo of two chunks and a package, and an empty stick. */
async function atWork() {
  const profile = tempFolder()
  const identity: IdentityFile = {
    keyId: keys.keyId,
    spki: keys.spki,
    name: '张: 三',
    unit: '所',
    number: '1',
    createdAt: at(0),
    wrapped: await wrapped,
    recovery: null,
  }
  valueOf(await createIdentity(profile, identity))
  const paths = identityPaths(profile, keys.keyId)
  const temp = tempStore(paths.folder)
  const photo = Buffer.alloc(70_000, 'photo')
  const hash = sha256(photo)
  mkdirSync(dirname(mediaPath(paths.media, hash)), { recursive: true })
  writeFileSync(mediaPath(paths.media, hash), photo)
  temp.change((tx) => acceptDeclaration(tx, stamp(), TASK, 'x'))
  temp.change((tx) => saveAnswer(tx, stamp(1), TASK, 'q1', answer('q1')))
  temp.change((tx) => addMedia(tx, stamp(2), TASK, media(hash)))
  temp.change((tx) =>
    addPackage(
      tx,
      {
        digest: HASH(1),
        kind: 'sheet',
        origin: 'made',
        projectId: PROJECT,
        taskId: TASK,
        authorKeyId: keys.keyId,
        personId: 'zhang',
        displayName: '张',
        deviceId: 'device-1',
        seq: 1,
        subject: 'zhang',
        revision: 1,
        supersedes: null,
        documentSha256: HASH(2),
        logSize: 1,
        logSha256: HASH(3),
        createdAt: at(1),
        storedAt: at(1),
        fileSha256: null,
        size: 10,
      },
      [],
    ),
  )
  const folder = tempFolder()
  const copyAt = (n: number, on = folder) =>
    writeDraftCopy({ places: paths, folder: on, identity, pkcs8: keys.pkcs8, at: at(n) }, run())
  return { ...temp, identity, photo, hash, stick: folder, copyAt }
}

const restoreTo = (path: string, profile: string, pkcs8 = keys.pkcs8) =>
  restoreDraftCopy({ path, pkcs8, profile, deviceId: 'device-2', at: at(50), mono: 5 }, run())

describe('draft copies', () => {
  test('brought to another machine they make the same person, as a new device whose log goes on', async () => {
    const { store, copyAt, hash, photo } = await atWork()
    const copy = valueOf(await copyAt(10))
    expect(copy).toMatchObject({ media: 1, missing: [] })
    expect(dirname(copy.path)).toMatch(/张_ 三-[0-9a-f]{8}$/)
    const header = valueOf(await readDraftCopyHeader(copy.path))
    const parsed = parseWrappedKey(header.identity.wrapped)
    if (!parsed.ok) throw new Error('not a wrapped key')
    expect((await unwrapKey(parsed.value, 'wrong')).ok).toBe(false)
    const { pkcs8 } = valueOf(await unwrapKey(parsed.value, 'passphrase'))
    expect(valueOf(await checkDraftCopy({ path: copy.path, pkcs8, scratch: tempFolder() }, run()))).toEqual({
      media: 1,
      missing: [],
    })

    const profile = tempFolder()
    expect(valueOf(await restoreTo(copy.path, profile, pkcs8)).missing).toEqual([])
    expect(listIdentities(profile)).toEqual([header.identity])
    const paths = identityPaths(profile, keys.keyId)
    expect(readFileSync(mediaPath(paths.media, hash)).equals(photo)).toBe(true)
    const restored = valueOf(openStore({ path: paths.database, copies: null, deviceId: 'ignored' }))
    expect(readSheetParts(restored, TASK)).toEqual(readSheetParts(store, TASK))
    expect(deviceIdOf(restored)).toBe('device-2')
    expect(nextPlace(restored, keys.keyId, 'device-2')).toEqual({ seq: 1, prev: null })
    const chain = checkLog(logBytes(logLines(restored, TASK)), sha256)
    if (!chain.ok) throw new Error(chain.code)
    expect(chain.lines.map((l) => [l.action, l.object])).toEqual([
      ['chainStarted', logHead(store, TASK).sha256],
      ['backupRestored', at(10)],
    ])
    expect(deviceIdOf(store)).toBe('device-1')
    restored.close()
  })

  test('nothing readable leaves the machine', async () => {
    const { copyAt, photo } = await atWork()
    const { path } = valueOf(await copyAt(10))
    const all = [
      readFileSync(path),
      ...readdirSync(join(dirname(path), 'media')).map((n) => readFileSync(join(dirname(path), 'media', n))),
    ]
    for (const bytes of all) {
      expect(bytes.includes('SQLite format')).toBe(false)
      expect(bytes.includes(photo.subarray(0, 40))).toBe(false)
    }
  })

  test('an identity that is already here is not overwritten', async () => {
    const { copyAt } = await atWork()
    const { path } = valueOf(await copyAt(10))
    const profile = tempFolder()
    expect((await restoreTo(path, profile)).ok).toBe(true)
    expect(await restoreTo(path, profile)).toMatchObject({ failure: { code: 'alreadyExists' } })
  })

  test('a cut or changed copy is refused at every place, and nothing is left in the profile', async () => {
    const { copyAt } = await atWork()
    const { path } = valueOf(await copyAt(10))
    const whole = readFileSync(path)
    const body = whole.indexOf(0x0a) + 1
    const chunk = 64 * 1024 + 16
    expect(whole.length).toBeGreaterThan(body + 2 * chunk)
    const bad = join(dirname(path), 'draft-20000101T000000Z.ypc')
    const flip = (offset: number): Buffer => {
      const bytes = Buffer.from(whole)
      bytes[offset] = (bytes[offset] ?? 0) ^ 1
      return bytes
    }
    const swapped = Buffer.concat([
      whole.subarray(0, body),
      whole.subarray(body + chunk, body + 2 * chunk),
      whole.subarray(body, body + chunk),
      whole.subarray(body + 2 * chunk),
    ])
    const otherName = Buffer.from(whole)
    otherName.write('李', whole.indexOf('张'))
    const cases: Record<string, Buffer> = {
      'last byte gone': whole.subarray(0, -1),
      'last chunk gone': whole.subarray(0, body + chunk),
      'all chunks gone': whole.subarray(0, body),
      'bit in the first chunk': flip(body + 5),
      'bit in the last tag': flip(whole.length - 1),
      'chunks swapped': swapped,
      'name in the header changed': otherName,
      'bytes behind the end': Buffer.concat([whole, Buffer.alloc(1)]),
    }
    const profile = tempFolder()
    for (const [what, bytes] of Object.entries(cases)) {
      writeFileSync(bad, bytes)
      expect(await restoreTo(bad, profile), what).toMatchObject({ failure: { code: 'damagedFile' } })
      expect(readdirSync(join(profile, 'identities')), what).toEqual([])
    }
    writeFileSync(bad, whole)
    expect((await restoreTo(bad, profile)).ok).toBe(true)
    expect(await restoreTo(path, tempFolder(), generateKeys().pkcs8)).toMatchObject({
      failure: { code: 'damagedFile' },
    })
    writeFileSync(bad, 'something else\n')
    expect(await readDraftCopyHeader(bad)).toMatchObject({ failure: { code: 'unsupportedFile' } })
  })

  test('evidence damaged or lost beside the copy is named, the rest is restored', async () => {
    const { copyAt, hash } = await atWork()
    const { path } = valueOf(await copyAt(10))
    const piece = mediaCopyPath(dirname(path), hash)
    truncateSync(piece, statSync(piece).size - 1)
    expect(valueOf(await restoreTo(path, tempFolder())).missing).toEqual([hash])
    rmSync(piece)
    const profile = tempFolder()
    expect(valueOf(await restoreTo(path, profile)).missing).toEqual([hash])
    expect(readIdentity(profile, keys.keyId).ok).toBe(true)
  })

  test('evidence is copied once; withdrawn evidence is taken out of the folder too', async () => {
    const { copyAt, hash, change } = await atWork()
    const { path } = valueOf(await copyAt(10))
    const piece = mediaCopyPath(dirname(path), hash)
    const first = readFileSync(piece)
    await copyAt(20)
    expect(readFileSync(piece).equals(first)).toBe(true)
    change((tx) => withdrawMedia(tx, stamp(), TASK, hash, '企业要求'))
    expect(valueOf(await copyAt(30)).media).toBe(0)
    expect(existsSync(piece)).toBe(false)
  })

  test('keeps the newest seven and one a day for a week', async () => {
    const { copyAt } = await atWork()
    const day = 86_400
    for (let d = 0; d < 10; d++) await copyAt(d * day)
    for (let n = 1; n <= 9; n++) await copyAt(9 * day + n * 60)
    const { path } = valueOf(await copyAt(9 * day + 600))
    const kept = listDraftCopies(dirname(path))
    expect(kept[0]).toBe(path)
    expect(kept).toHaveLength(13)
    const days = kept.map((p) => p.slice(-20, -12))
    expect(new Set(days).size).toBe(7)
    expect(days.filter((d) => d === days[0])).toHaveLength(7)
  })

  test('a folder that is gone, a stick without room: typed failures, what was there stays', async (context) => {
    const { copyAt, stick } = await atWork()
    expect(await copyAt(1, join(stick, 'unplugged'))).toMatchObject({ failure: { code: 'fileMissing' } })
    expect(existsSync(join(stick, 'unplugged'))).toBe(false)
    const small = join(stick, 'small')
    mkdirSync(small)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', small])
    if (mounted.status !== 0) {
      console.info(`no small disk here: ${mounted.stderr?.toString().trim() || 'mount needs root'}`)
      context.skip()
    }
    try {
      const { path } = valueOf(await copyAt(2, small))
      const { bavail, bsize } = statfsSync(small)
      writeFileSync(join(small, 'fill'), Buffer.alloc(bavail * bsize - 32 * 1024))
      const kept = readFileSync(path)
      expect(await copyAt(3, small)).toMatchObject({ failure: { code: 'diskFull' } })
      expect(readFileSync(path).equals(kept)).toBe(true)
      expect(readdirSync(dirname(path)).toSorted()).toEqual([basename(path), 'media'].toSorted())
    } finally {
      spawnSync('umount', ['-l', small])
    }
  })

  test('a restore that is cancelled leaves no identity', async () => {
    const { copyAt, store } = await atWork()
    const { path } = valueOf(await copyAt(1))
    const profile = tempFolder()
    const stop = new AbortController()
    const outcome = await restoreDraftCopy(
      { path, pkcs8: keys.pkcs8, profile, deviceId: 'd', at: at(1), mono: 1 },
      { signal: stop.signal, progress: (phase) => (phase === 'draft' ? stop.abort() : undefined) },
    )
    expect(outcome).toMatchObject({ failure: { code: 'cancelled' } })
    expect([listIdentities(profile), readdirSync(join(profile, 'identities'))]).toEqual([[], []])
    expect(write(store, (tx) => saveAnswer(tx, stamp(), TASK, 'q2', answer('q2'))).ok).toBe(true)
  })
})

describe('identities', () => {
  test('are made whole or not at all, listed oldest first; a damaged one is said and kept', async () => {
    const { identity, folder } = await atWork()
    const profile = dirname(dirname(folder))
    expect(await createIdentity(profile, identity)).toMatchObject({ failure: { code: 'alreadyExists' } })
    const older = { ...identity, keyId: HASH(7), createdAt: '2020-01-01T00:00:00.000Z' }
    valueOf(await createIdentity(profile, older))
    expect(listIdentities(profile).map((i) => i.keyId)).toEqual([HASH(7), keys.keyId])
    const file = identityPaths(profile, HASH(7)).identity
    writeFileSync(file, '{"keyId":')
    expect(readIdentity(profile, HASH(7))).toMatchObject({ failure: { code: 'damagedKey' } })
    expect(readFileSync(file, 'utf8')).toBe('{"keyId":')
    expect(readIdentity(profile, HASH(8))).toMatchObject({ failure: { code: 'notFound' } })
    expect(() => identityPaths(profile, '../elsewhere')).toThrow(TypeError)
  })
})
