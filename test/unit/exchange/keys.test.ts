import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { isSignedBy, sha256, signBytes } from '../../../electron/exchange/crypto.ts'
import { fromWire, openDocument, readDocument, signDocument, toWire } from '../../../electron/exchange/documents.ts'
import {
  generateKeys,
  newRecoveryCode,
  parseWrappedKey,
  readRecoveryCode,
  unwrapKey,
  wrapKey,
  type KeyPair,
  type WrappedKey,
} from '../../../electron/exchange/keys.ts'
import { isStrongKey, keyIdOf, spkiOf } from '../../../electron/exchange/public-key.ts'
import { makeReceipt, openReceipt } from '../../../electron/exchange/receipts.ts'
import {
  checkSuccession,
  makeEnrolmentRequest,
  makeInvitation,
  openEnrolmentRequest,
  openInvitation,
  openRoster,
  signRoster,
  type HeldRoster,
} from '../../../electron/exchange/roster.ts'
import { selfTest } from '../../../electron/exchange/self-test.ts'
import { parseReceipt, type RosterMember } from '../../../shared/domain/roster.ts'
import { jcsBytes } from '../../../shared/package/jcs.ts'
import {
  NOW,
  OTHER_PROJECT,
  PEOPLE,
  PROJECT,
  makeWorld,
  pemOf,
  rosterMember,
  type World,
} from '../../support/package-factories.ts'
import { AT } from '../../support/scoring-factories.ts'

test('the crypto gives its published answers', () => expect(() => selfTest()).not.toThrow())

describe('key wrapping', () => {
  let keys: KeyPair
  let wrapped: WrappedKey
  beforeAll(async () => {
    keys = generateKeys()
    wrapped = await wrapKey(keys, '评价 Pass 2026')
  })
  test('opens with its passphrase, typed in any width; not with another', async () => {
    expect(await unwrapKey(wrapped, '评价 Pass 2026')).toEqual({ ok: true, value: keys })
    expect((await unwrapKey(wrapped, '评价 Ｐａｓｓ ２０２６')).ok).toBe(true)
    for (const wrong of ['', '评价 pass 2026', '评价 Pass 2026 ']) {
      expect(await unwrapKey(wrapped, wrong)).toEqual({ ok: false, failure: { code: 'wrongPassphrase' } })
    }
  })
  test('damage is told from a wrong passphrase, in every field', async () => {
    const other = await wrapKey(generateKeys(), '评价 Pass 2026')
    for (const field of ['keyId', 'spki', 'nonce', 'ciphertext', 'tag', 'check'] as const) {
      expect(await unwrapKey({ ...wrapped, [field]: other[field] }, '评价 Pass 2026')).toEqual({
        ok: false,
        failure: { code: 'damagedKey' },
      })
    }
    expect(parseWrappedKey({ ...wrapped, kdf: { ...wrapped.kdf, N: 2 } }).ok).toBe(false)
    expect(parseWrappedKey(JSON.parse(JSON.stringify(wrapped))).ok).toBe(true)
  })
  test('the key id is authenticated: another name for the same ciphertext does not open', async () => {
    const other = generateKeys()
    const { check: _, ...open } = { ...wrapped, keyId: other.keyId, spki: other.spki }
    expect(await unwrapKey({ ...open, check: sha256(jcsBytes(open)) }, '评价 Pass 2026')).toMatchObject({
      failure: { code: 'wrongPassphrase' },
    })
  })
  test('a second wrap with a recovery code opens the same key', async () => {
    const code = newRecoveryCode()
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/)
    const second = await wrapKey(keys, code)
    const typed = readRecoveryCode(
      ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `,
    )
    expect(typed).toBe(code)
    expect(await unwrapKey(second, typed ?? '')).toEqual({ ok: true, value: keys })
    const wrong = code.startsWith('A') ? `B${code.slice(1)}` : `A${code.slice(1)}`
    expect([readRecoveryCode(wrong), readRecoveryCode(''), readRecoveryCode(code.slice(1))]).toEqual([null, null, null])
  })
})

describe('keys and signatures', () => {
  test('openssl agrees on key id and signature', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'))
    try {
      const keys = generateKeys()
      const file = (name: string, bytes: Uint8Array | string) => {
        writeFileSync(join(folder, name), bytes)
        return join(folder, name)
      }
      const pem = file('a.pem', pemOf(keys.spki))
      const der = execFileSync('openssl', ['pkey', '-pubin', '-in', pem, '-outform', 'DER'])
      expect(sha256(der)).toBe(keys.keyId)
      const message = file('m', 'message')
      const sig = file('m.sig', signBytes(keys.pkcs8, Buffer.from('message')))
      const said = execFileSync(
        'openssl',
        ['pkeyutl', '-verify', '-pubin', '-inkey', pem, '-rawin', '-in', message, '-sigfile', sig],
        { encoding: 'utf8' },
      )
      expect(said).toContain('Verified Successfully')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
  test('low-order, non-canonical and off-curve keys are weak; generated ones are not', () => {
    const weak = [
      '0100000000000000000000000000000000000000000000000000000000000000',
      '0000000000000000000000000000000000000000000000000000000000000000',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
      '0100000000000000000000000000000000000000000000000000000000000080',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
      'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
      '0200000000000000000000000000000000000000000000000000000000000000',
    ]
    for (const raw of weak) expect([raw, isStrongKey(spkiOf(Buffer.from(raw, 'hex')))]).toEqual([raw, false])
    const strong = Array.from({ length: 20 }, () => generateKeys().spki)
    expect(strong.every(isStrongKey)).toBe(true)
    let good = generateKeys().spki
    while (!good.includes('+')) good = generateKeys().spki
    const p256 = 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE'
    for (const other of [good.slice(1), `${good} `, good.replaceAll('+', '-'), `A${good.slice(1)}`, p256, ''])
      expect(isStrongKey(other)).toBe(false)
  })
  test('another kind of key signs nothing here, although its own signature is 64 bytes and holds', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 512 })
    const message = Buffer.from('m')
    const signature = sign(null, message, rsa.privateKey)
    expect([signature.length, verify(null, message, rsa.publicKey, signature)]).toEqual([64, true])
    const spki = rsa.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    expect(isSignedBy(spki, message, signature)).toBe(false)
    expect(isStrongKey(spki)).toBe(false)
  })
  test('nonsense in place of key or signature is just false', () => {
    const keys = generateKeys()
    const sig = signBytes(keys.pkcs8, Buffer.from('m'))
    expect(isSignedBy(keys.spki, Buffer.from('m'), sig)).toBe(true)
    expect(isSignedBy(keys.spki, Buffer.from('n'), sig)).toBe(false)
    expect(isSignedBy('', Buffer.from('m'), sig)).toBe(false)
    expect(isSignedBy('AAAA', Buffer.from('m'), sig)).toBe(false)
    expect(isSignedBy(keys.spki, Buffer.from('m'), sig.subarray(1))).toBe(false)
  })
})

describe('documents on the wire', () => {
  const keys = generateKeys()
  const receipt = {
    type: 'urn:youpin-onsite:receipt' as const,
    version: 1 as const,
    package: 'a'.repeat(64),
    fileSha256: 'b'.repeat(64),
    octets: 1,
    counts: { items: 0, answered: 0, photos: 0, nonconformities: 0, logLines: 1 },
    receivedAt: AT,
    rosterSeq: 1,
    prevReceipt: null,
  }
  const signed = signDocument(receipt, keys)
  test('there and back, verified before it is read', () => {
    expect(fromWire(toWire(signed))).toEqual(signed)
    expect(openDocument(signed, keys.spki, parseReceipt)).toEqual({ ok: true, value: receipt })
    expect(openDocument(signed, generateKeys().spki, parseReceipt)).toEqual({ ok: false, code: 'notAuthentic' })
    const renamed = { ...signed, keyId: generateKeys().keyId }
    expect(openDocument(renamed, keys.spki, parseReceipt)).toEqual({ ok: false, code: 'notAuthentic' })
    const spaced = Buffer.from(`${Buffer.from(signed.bytes).toString()} `)
    expect(openDocument({ ...signed, bytes: spaced }, keys.spki, parseReceipt)).toEqual({
      ok: false,
      code: 'notAuthentic',
    })
    expect(
      openDocument({ ...signed, bytes: spaced, sig: signBytes(keys.pkcs8, spaced) }, keys.spki, parseReceipt),
    ).toEqual({ ok: false, code: 'invalid' })
    expect(readDocument(spaced, parseReceipt)).toBe(null)
  })
})

describe('roster', () => {
  let world: World
  let held: HeldRoster
  beforeAll(() => {
    world = makeWorld(mkdtempSync(join(tmpdir(), 'roster-')))
    held = world.held
  })
  const members = () => PEOPLE.map((p) => rosterMember(p, world.keys[p]))
  const next = (after: HeldRoster, over: Partial<Parameters<typeof signRoster>[2]> = {}) =>
    signRoster(world.keys.e1, after, { projectId: PROJECT, issuedAt: AT, members: members(), ...over })

  test('19 seq rises, prev holds; lower ones, forks and strangers are refused', () => {
    const second = next(held)
    const third = next(second)
    expect(second.roster).toMatchObject({ rosterSeq: 2, prev: held.sha256 })
    expect(checkSuccession(held, second).ok).toBe(true)
    expect(checkSuccession(held, third).ok).toBe(true)
    expect(checkSuccession(third, third).ok).toBe(true)
    expect(checkSuccession(null, third).ok).toBe(true)
    expect(checkSuccession(third, held)).toMatchObject({ failure: { code: 'rosterOld' } })
    expect(checkSuccession(second, next(held, { issuedAt: NOW }))).toMatchObject({ failure: { detail: 'twin' } })
    expect(checkSuccession(second, next(next(held, { issuedAt: NOW })))).toMatchObject({
      failure: { detail: 'brokenChain' },
    })
    expect(checkSuccession(held, next(held, { projectId: OTHER_PROJECT }))).toMatchObject({
      failure: { detail: 'otherProject' },
    })
  })
  test('only the root’s signature counts', () => {
    const { document } = held
    expect(openRoster(document, world.keys.e1.keyId).ok).toBe(true)
    expect(openRoster(document, world.keys.e2.keyId)).toMatchObject({ failure: { detail: 'unknownSigner' } })
    const forged = signDocument(held.roster, world.keys.e2)
    expect(openRoster({ ...forged, keyId: world.keys.e1.keyId }, world.keys.e1.keyId)).toMatchObject({
      failure: { detail: 'notAuthentic' },
    })
    expect(openRoster({ ...document, bytes: Buffer.from('{}') }, world.keys.e1.keyId)).toMatchObject({
      failure: { code: 'invalid' },
    })
  })
  test('weak keys are not enrolled, and the root must be a member', () => {
    const weak = spkiOf(Buffer.alloc(32))
    const bad = [
      ...members(),
      { ...rosterMember('e2', world.keys.e2), personId: 'x', keyId: keyIdOf(weak), spki: weak },
    ]
    expect(() => next(held, { members: bad })).toThrow('weakKey')
    expect(() => next(held, { members: members().slice(1) })).toThrow('unknownSigner')
    const asked = members().map((m) => (m.personId === 'e1' ? { ...m, role: 'expert' as const } : m))
    expect(() => next(held, { members: asked })).toThrow('unknownSigner')
    const office = members().map((m) => (m.personId === 'e1' ? { ...m, role: 'office' as const } : m))
    expect(next(held, { members: office }).roster.rosterSeq).toBe(2)
    const mismatched = members().map((m) => (m.personId === 'e2' ? { ...m, keyId: 'f'.repeat(64) } : m))
    expect(() => next(held, { members: mismatched })).toThrow('weakKey')
  })
  test('invitation: opened once pinned or not, refused under a second root', () => {
    const bytes = makeInvitation('春季批次', world.keys.e1, held)
    const { keyId } = world.keys.e1
    expect(openInvitation(bytes, [])).toMatchObject({ ok: true, value: { projectName: '春季批次', rootKeyId: keyId } })
    expect(openInvitation(bytes, [{ projectId: PROJECT, rootKeyId: keyId }]).ok).toBe(true)
    expect(openInvitation(bytes, [{ projectId: PROJECT, rootKeyId: world.keys.e2.keyId }])).toMatchObject({
      failure: { code: 'rootConflict' },
    })
    expect(openInvitation(bytes, [{ projectId: OTHER_PROJECT, rootKeyId: world.keys.e2.keyId }]).ok).toBe(true)
    expect(openInvitation(makeInvitation('x', world.keys.e2, held), [])).toMatchObject({ failure: { code: 'refused' } })
    const weak = Buffer.from(bytes)
      .toString()
      .replace(world.keys.e1.spki, spkiOf(Buffer.alloc(32)))
    expect(openInvitation(Buffer.from(weak), [])).toMatchObject({ failure: { code: 'weakKey' } })
    expect(openInvitation(Buffer.from('{}'), [])).toMatchObject({ failure: { code: 'invalid' } })
  })
  test('enrolment request: signed by the key it asks for', () => {
    const keys = generateKeys()
    const person = { name: '李四', unit: '质检院', number: '7', at: AT }
    const bytes = makeEnrolmentRequest(keys, person)
    expect(openEnrolmentRequest(bytes)).toMatchObject({
      ok: true,
      value: { keyId: keys.keyId, request: { name: '李四', spki: keys.spki } },
    })
    const stolen = makeEnrolmentRequest({ ...keys, pkcs8: generateKeys().pkcs8 }, person)
    expect(openEnrolmentRequest(stolen)).toMatchObject({ failure: { detail: 'notAuthentic' } })
    expect(
      openEnrolmentRequest(makeEnrolmentRequest({ ...keys, spki: spkiOf(Buffer.alloc(32)) }, person)),
    ).toMatchObject({ failure: { code: 'weakKey' } })
    expect(openEnrolmentRequest(Buffer.from('[]'))).toMatchObject({ failure: { code: 'invalid' } })
  })
  test('receipts: by lead or centre, for this package', () => {
    const digest = 'a'.repeat(64)
    const content = {
      package: digest,
      fileSha256: 'b'.repeat(64),
      octets: 9,
      counts: { items: 4, answered: 3, photos: 1, nonconformities: 0, logLines: 1 },
      receivedAt: AT,
      rosterSeq: 1,
      prevReceipt: null,
    }
    const open = (person: 'e1' | 'e2' | 'centre', of = digest) =>
      openReceipt(makeReceipt(world.keys[person], content), world.trust, of, NOW)
    expect(open('e1').ok).toBe(true)
    expect(open('centre')).toMatchObject({ ok: true, value: { package: digest } })
    expect(open('e2')).toMatchObject({ failure: { detail: 'notPermitted' } })
    expect(open('centre', 'c'.repeat(64))).toMatchObject({ failure: { detail: 'otherPackage' } })
    expect(openReceipt(makeReceipt(generateKeys(), content), world.trust, digest, NOW)).toMatchObject({
      failure: { detail: 'unknownSigner' },
    })
    const receipt = makeReceipt(world.keys.centre, content)
    const judged = (over: Partial<RosterMember>) => {
      const roster = members().map((m) => (m.personId === 'centre' ? { ...m, ...over } : m))
      const next = signRoster(world.keys.e1, held, { projectId: PROJECT, issuedAt: AT, members: roster })
      return openReceipt(receipt, { ...world.trust, rosters: [held.roster, next.roster] }, digest, NOW)
    }
    expect(judged({}).ok).toBe(true)
    expect(judged({ revokedAt: NOW })).toMatchObject({ failure: { detail: 'revoked' } })
    expect(judged({ notAfter: AT })).toMatchObject({ failure: { detail: 'revoked' } })
    expect(judged({ notBefore: '2027-01-01T00:00:00.000Z' })).toMatchObject({ failure: { detail: 'unknownSigner' } })
    expect(judged({ role: 'expert' })).toMatchObject({ failure: { detail: 'notPermitted' } })
    const greeting = signDocument({ type: 'urn:youpin-onsite:hello', package: digest }, world.keys.centre)
    expect(openReceipt(greeting, world.trust, digest, NOW)).toMatchObject({ failure: { code: 'invalid' } })
    const changed = Buffer.from(Buffer.from(receipt.bytes).toString().replace(digest, 'd'.repeat(64)))
    expect(openReceipt({ ...receipt, bytes: changed }, world.trust, 'd'.repeat(64), NOW)).toMatchObject({
      failure: { detail: 'notAuthentic' },
    })
    expect(openReceipt({ ...receipt, sig: receipt.sig.map((b) => b ^ 1) }, world.trust, digest, NOW)).toMatchObject({
      failure: { detail: 'notAuthentic' },
    })
  })
})
