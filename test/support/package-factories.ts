import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Result } from '../../shared/domain/result.ts'
import type { RosterMember, RosterRole } from '../../shared/domain/roster.ts'
import type { Answer, Media, Sheet } from '../../shared/domain/sheet.ts'
import type { Task } from '../../shared/domain/task.ts'
import type { Template } from '../../shared/domain/template.ts'
import { usccCheckCharacter } from '../../shared/domain/uscc.ts'
import { jcsBytes } from '../../shared/package/jcs.ts'
import { EMPTY_LOG, logBytes, nextLogLine, type LogAction, type LogHead } from '../../shared/package/log.ts'
import type { PackageDocuments } from '../../shared/package/payload.ts'
import type { KnownPackage } from '../../shared/package/verdict.ts'
import { sha256 } from '../../electron/exchange/crypto.ts'
import { generateKeys, type KeyPair } from '../../electron/exchange/keys.ts'
import { signRoster, type HeldRoster } from '../../electron/exchange/roster.ts'
import {
  embeddedSheet,
  sealPackage,
  type EmbeddedSheet,
  type SealClaims,
  type SealedPackage,
  type StoredFile,
} from '../../electron/exchange/seal.ts'
import type { ProjectTrust } from '../../electron/exchange/trust.ts'
import { verifyPackage, type Verification, type VerifyRequest } from '../../electron/exchange/verify.ts'
import { writePackageFile } from '../../electron/exchange/write.ts'
import {
  AT,
  answerOf,
  conformityItem,
  decisionOf,
  maturityItem,
  mergeOf,
  naOf,
  pointsItem,
  sheetOf,
  taskOf,
  teamOf,
  templateOf,
  vetoItem,
} from './scoring-factories.ts'

export const PROJECT = '00000000-0000-7000-8000-000000000001'
export const OTHER_PROJECT = '00000000-0000-7000-8000-0000000000ff'
/** One second after everything the factories date. */
export const NOW = '2026-05-12T08:00:01.000Z'

/** e1 leads and founded the project; e2, e3 are experts; `office` issues tasks, `centre` receives. */
export const PEOPLE = ['e1', 'e2', 'e3', 'office', 'centre'] as const
export type Person = (typeof PEOPLE)[number]
const ROLES: Record<Person, RosterRole> = { e1: 'lead', e2: 'expert', e3: 'expert', office: 'office', centre: 'centre' }

export type World = {
  folder: string
  keys: Record<Person, KeyPair>
  template: Template
  task: Task
  held: HeldRoster
  trust: ProjectTrust
  /** What each person has written on their device so far. */
  logs: Record<Person, { lines: string[]; head: LogHead }>
  /** Last `seq` and digest of each person. */
  sealed: Record<Person, { seq: number; digest: string | null }>
}

/** The worked example: conformity, maturity, points and a veto, settled by consensus. */
export const exampleTemplate = (): Template =>
  templateOf([
    [conformityItem('a1', 20), maturityItem('a2', 15), pointsItem('a3', 10, 0.5, { allowNA: true }), vetoItem('v1')],
  ])

export const exampleAnswers: Readonly<Record<'e1' | 'e2' | 'e3', Answer[]>> = {
  e1: [answerOf('a1', 'full'), answerOf('a2', 65), answerOf('a3', 7_500_000), answerOf('v1', 'pass')],
  e2: [answerOf('a1', 'partly'), answerOf('a2', 60), naOf('a3'), answerOf('v1', 'pass')],
  e3: [answerOf('a1', 'full'), answerOf('a2', 70), answerOf('a3', 8_000_000), answerOf('v1', 'pass')],
}

const everyone = <T>(make: (person: Person) => T): Record<Person, T> =>
  Object.fromEntries(PEOPLE.map((p) => [p, make(p)])) as Record<Person, T>

export const rosterMember = (person: Person, keys: KeyPair, over: Partial<RosterMember> = {}): RosterMember => ({
  keyId: keys.keyId,
  spki: keys.spki,
  suite: 'ed25519',
  personId: person,
  name: person,
  unit: '质检院',
  role: ROLES[person],
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: null,
  revokedAt: null,
  ...over,
})

/** A team of three, its keys, roster, template and task; `folder` holds evidence and packages. */
export function makeWorld(
  folder: string,
  over: { task?: Partial<Task>; members?: Partial<Record<Person, Partial<RosterMember>>> } = {},
): World {
  mkdirSync(folder, { recursive: true })
  const keys = everyone(() => generateKeys())
  const template = exampleTemplate()
  const first17 = '91210100MA0000000'
  const task = taskOf(teamOf(3), {
    templateSha256: sha256(jcsBytes(template)),
    enterprise: {
      name: '沈阳示范机床厂',
      uscc: first17 + usccCheckCharacter(first17),
      address: '',
      contact: '',
      phone: '',
    },
    issuedBy: 'office',
    ...over.task,
  })
  const members = PEOPLE.map((p) => rosterMember(p, keys[p], over.members?.[p]))
  const held = signRoster(keys.e1, null, { projectId: PROJECT, issuedAt: AT, members })
  return {
    folder,
    keys,
    template,
    task,
    held,
    trust: { projectId: PROJECT, rosters: [held.roster], tasks: [] },
    logs: everyone(() => ({ lines: [], head: EMPTY_LOG })),
    sealed: everyone(() => ({ seq: 0, digest: null })),
  }
}

const deviceOf = (person: Person): string => `device-${person}`

/** Writes one line to a person's chain. */
export function log(world: World, person: Person, action: LogAction, object = ''): void {
  const chain = world.logs[person]
  const event = {
    at: AT,
    mono: chain.lines.length,
    actor: person,
    device: deviceOf(person),
    action,
    object,
    before: null,
    after: null,
  }
  const next = nextLogLine(chain.head, event, sha256)
  chain.lines.push(next.text)
  chain.head = next.head
}

export type Made = SealedPackage & { person: Person; documents: PackageDocuments; log: Uint8Array }

export type SealOver = {
  claims?: Partial<SealClaims>
  media?: readonly (StoredFile & { ext: string })[]
  embedded?: readonly EmbeddedSheet[]
  reports?: readonly (StoredFile & { profile: string })[]
}

/** Seals documents as a person, one more `seq`, with the person's log so far. */
export function seal(world: World, person: Person, documents: PackageDocuments, over: SealOver = {}): Made {
  log(world, person, 'sealed', documents.kind)
  const before = world.sealed[person]
  const seq = before.seq + 1
  const sealed = sealPackage({
    claims: {
      packageId: `00000000-0000-7000-8000-${String(PEOPLE.indexOf(person)).padStart(4, '0')}${String(seq).padStart(8, '0')}`,
      author: {
        keyId: world.keys[person].keyId,
        personId: person,
        deviceId: deviceOf(person),
        displayName: `张三 ${person}`,
      },
      audience: [],
      seq,
      prev: before.digest,
      supersedes: null,
      createdAt: AT,
      clock: { lastReceiptAt: null, rollbackSeen: false },
      rosterSeq: 1,
      app: { name: 'youpin-onsite', version: '0.1.0' },
      media: 'included',
      ...over.claims,
    },
    documents,
    log: logBytes(world.logs[person].lines),
    embedded: over.embedded ?? [],
    reports: over.reports ?? [],
    media: over.media ?? [],
    pkcs8: world.keys[person].pkcs8,
  })
  if (!sealed.ok) throw new Error(sealed.failure.code)
  world.sealed[person] = { seq, digest: sealed.value.digest }
  return { ...sealed.value, person, documents, log: logBytes(world.logs[person].lines) }
}

export const sealTask = (world: World, task = world.task, person: Person = 'office', over: SealOver = {}): Made =>
  seal(world, person, { kind: 'task', task, template: world.template }, over)

/** A small real PNG; pictures of different `n` have different bytes. */
export function storePhoto(world: World, n = 1): StoredFile & { ext: 'png' } {
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const bytes = Buffer.concat([Buffer.from(pixel, 'base64'), Buffer.from(`photo ${n}`)])
  const path = join(world.folder, `photo-${n}.png`)
  writeFileSync(path, bytes)
  return { path, size: bytes.length, sha256: sha256(bytes), crc32: crc32(bytes), ext: 'png' }
}

export const mediaOf = (file: StoredFile & { ext: Media['ext'] }, over: Partial<Media> = {}): Media => ({
  sha256: file.sha256,
  ext: file.ext,
  size: file.size,
  width: 1,
  height: 1,
  exifAt: null,
  exifOffset: null,
  fileAt: null,
  importedAt: AT,
  road: 'files',
  device: '',
  gps: null,
  caption: '车间',
  items: ['a1'],
  name: 'IMG_0001.PNG',
  inReport: true,
  derivedFrom: null,
  ...over,
})

export type Scorer = keyof typeof exampleAnswers

/** A person's sheet of the worked example (with the media given). */
export function makeSheet(
  world: World,
  person: Scorer,
  over: Partial<Sheet> = {},
  answers = exampleAnswers[person],
): Sheet {
  return sheetOf(world, person, answers, {
    taskSha256: sha256(jcsBytes(world.task)),
    declaration: { text: '无利害关系', acceptedAt: AT },
    ...over,
  }).sheet
}

/** Seals a person's sheet with its evidence. */
export function sealSheet(world: World, person: Scorer, over: Partial<Sheet> = {}, sealOver: SealOver = {}): Made {
  const sheet = makeSheet(world, person, over)
  return seal(world, person, { kind: 'sheet', sheet, task: world.task, template: world.template }, sealOver)
}

/** A sheet with one photo of its own. */
export function sealSheetWithPhoto(world: World, person: Scorer, n = 1): Made {
  const photo = storePhoto(world, n)
  return sealSheet(world, person, { media: [mediaOf(photo)] }, { media: [photo] })
}

export function sheetIn(made: Made): Sheet {
  if (made.documents.kind !== 'sheet') throw new Error('not a sheet')
  return made.documents.sheet
}

/** The closed result of the worked example over sealed sheets: a1 settled as partly, a3 as na. */
export function makeResult(world: World, sheets: readonly Made[], over: Partial<Result> = {}): Result {
  const list = sheets
    .map((made) => ({ digest: made.digest, sheet: sheetIn(made) }))
    .toSorted((a, b) => (a.digest < b.digest ? -1 : 1))
  const open = mergeOf(world, list)
  const decisions = [
    decisionOf(open.merge, 'a1', { value: 'partly', score: 10_000_000 }),
    decisionOf(open.merge, 'a3', { outcome: 'na' }),
  ]
  const { merge } = mergeOf(world, list, { decisions })
  return {
    type: 'urn:youpin-onsite:result',
    version: 1,
    projectId: world.task.projectId,
    taskId: world.task.taskId,
    taskSha256: sha256(jcsBytes(world.task)),
    templateSha256: world.task.templateSha256,
    revision: 1,
    reportNumber: world.task.reportNumber,
    issuedAt: AT,
    inputs: {
      sheets: list.map(({ digest, sheet }) => ({
        digest,
        sheetSha256: sha256(jcsBytes(sheet)),
        personId: sheet.expert.personId,
        revision: sheet.revision,
      })),
      excluded: [],
      decisions,
      nonconformities: [],
      conclusion: { chosen: null, reason: '', votes: [], opinion: '' },
    },
    merge,
    text: {
      sections: [],
      strengths: [],
      suggestions: [],
      carryOver: [],
      witnessTests: [],
      meetings: [],
      sampling: '',
      distribution: [],
    },
    closing: null,
    ...over,
  }
}

export const embeddedOf = (made: Made): EmbeddedSheet => embeddedSheet(made.digest, made.files, jcsBytes(sheetIn(made)))

/** Seals a result over sealed sheets as the lead, with their evidence. */
export function sealResult(
  world: World,
  sheets: readonly Made[],
  over: Partial<Result> = {},
  sealOver: SealOver = {},
): Made {
  const list = sheets
    .map((made) => ({ digest: made.digest, sheet: sheetIn(made) }))
    .toSorted((a, b) => (a.digest < b.digest ? -1 : 1))
  const documents = {
    kind: 'result' as const,
    result: makeResult(world, sheets, over),
    sheets: list,
    task: world.task,
    template: world.template,
  }
  const media = sheets.flatMap((made) =>
    made.entries.flatMap((e) =>
      e.name.startsWith('data/media/') && 'path' in e.from
        ? [
            {
              path: e.from.path,
              size: e.size,
              sha256: e.sha256,
              crc32: e.crc32,
              ext: e.name.slice(e.name.lastIndexOf('.') + 1),
            },
          ]
        : [],
    ),
  )
  return seal(world, 'e1', documents, { embedded: sheets.map(embeddedOf), media, ...sealOver })
}

/** Writes a sealed package as a file of the world's folder. */
export async function exportPackage(
  world: World,
  made: SealedPackage,
  name = `${made.digest.slice(0, 12)}.evp`,
): Promise<string> {
  const target = join(world.folder, name)
  const written = await writePackageFile({ target, entries: made.entries, replace: true })
  if (!written.ok) throw new Error(written.failure.code)
  return target
}

/** Verifies a file in the world as a person who has seen nothing yet. */
export async function verifyIn(world: World, file: string, over: Partial<VerifyRequest> = {}): Promise<Verification> {
  const verified = await verifyPackage({
    file,
    fileSha256: null,
    trust: world.trust,
    known: [],
    selfKeyId: world.keys.e1.keyId,
    at: NOW,
    depth: 'full',
    ...over,
  })
  if (!verified.ok) throw new Error(verified.failure.code)
  return verified.value
}

/** A verified package as it is known after its acceptance. */
export function acceptedOf(verification: Verification, acceptedAt = NOW): KnownPackage {
  if (verification.facts === null) throw new Error(`not consistent: ${verification.verdict}`)
  return { ...verification.facts, acceptedAt }
}

/** `author.pem` of the recipe. */
export const pemOf = (spki: string): string => `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`

export const fileSha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
