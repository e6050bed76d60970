import { crc32 } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { sha256, signBytes } from '../../electron/exchange/crypto.ts'
import type { KeyPair } from '../../electron/exchange/keys.ts'
import type { PackageEntry } from '../../electron/exchange/seal.ts'

/** A package taken apart: names and bytes, in order. Hostile ones are made by changing this list. */
export type Part = { name: string; bytes: Buffer; header?: HeaderOver; central?: HeaderOver }

/** Fields of an entry's headers to falsify; in `central` they change the central record only, in `header` both or local alone. */
export type HeaderOver = {
  name?: string
  flags?: number
  method?: number
  time?: number
  date?: number
  crc?: number
  size?: number
  compressed?: number
  version?: number
  extra?: Buffer
  comment?: Buffer
  attributes?: number
  internal?: number
  disk?: number
  offset?: number
  madeBy?: number
}

export const partsOf = (entries: readonly PackageEntry[]): Part[] =>
  entries.map((e) => ({
    name: e.name,
    bytes: 'bytes' in e.from ? Buffer.from(e.from.bytes) : readFileSync(e.from.path),
  }))

const u16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer)
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer)

/** A ZIP writer of its own (not the product's), that writes whatever it is told. */
export function pack(parts: readonly Part[], end: { count?: number; comment?: Buffer; offset?: number } = {}): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, bytes, header = {}, central: other = {} } of parts) {
    const piece = Buffer.concat([
      u32(0x04034b50),
      u16(header.version ?? 20),
      commonOf(name, bytes, header),
      nameOf(name, header),
      header.extra ?? Buffer.alloc(0),
      bytes,
    ])
    const both = { ...header, ...other }
    local.push(piece)
    central.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(both.madeBy ?? 20),
        u16(both.version ?? 20),
        commonOf(name, bytes, both),
        u16(both.comment?.length ?? 0),
        u16(both.disk ?? 0),
        u16(both.internal ?? 0),
        u32(both.attributes ?? 0),
        u32(both.offset ?? offset),
        nameOf(name, both),
        both.extra ?? Buffer.alloc(0),
        both.comment ?? Buffer.alloc(0),
      ]),
    )
    offset += piece.length
  }
  const directory = Buffer.concat(central)
  const comment = end.comment ?? Buffer.alloc(0)
  const count = u16(end.count ?? parts.length)
  return Buffer.concat([
    ...local,
    directory,
    u32(0x06054b50),
    u16(0),
    u16(0),
    count,
    count,
    u32(directory.length),
    u32(end.offset ?? offset),
    u16(comment.length),
    comment,
  ])
}

const nameOf = (name: string, over: HeaderOver): Buffer => Buffer.from(over.name ?? name)

function commonOf(name: string, bytes: Buffer, over: HeaderOver): Buffer {
  const size = over.size ?? bytes.length
  return Buffer.concat([
    u16(over.flags ?? 0x0800),
    u16(over.method ?? 0),
    u16(over.time ?? 0),
    u16(over.date ?? 0x21),
    u32(over.crc ?? crc32(bytes)),
    u32(over.compressed ?? size),
    u32(size),
    u16(nameOf(name, over).length),
    u16(over.extra?.length ?? 0),
  ])
}

export const partNamed = (parts: readonly Part[], name: string): Part => {
  const found = parts.find((p) => p.name === name)
  if (found === undefined) throw new Error(`no part ${name}`)
  return found
}

/** The parts with one file's bytes replaced. */
export const withBytes = (parts: readonly Part[], name: string, bytes: Buffer | string): Part[] =>
  parts.map((p) => (p.name === name ? { ...p, bytes: Buffer.from(bytes) } : p))

export const without = (parts: readonly Part[], name: string): Part[] => parts.filter((p) => p.name !== name)

/** Inserts a part before the first of the given name. */
export function insertBefore(parts: readonly Part[], name: string, part: Part): Part[] {
  const at = parts.findIndex((p) => p.name === name)
  return [...parts.slice(0, at), part, ...parts.slice(at)]
}

type Json = Record<string, unknown>
export const jsonOf = (parts: readonly Part[], name: string): Json =>
  JSON.parse(partNamed(parts, name).bytes.toString()) as Json

/** Sorted-key JSON, written here independently of the product's. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const pairs = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`
}

/** Changes one JSON document in place of the old bytes, in canonical form. */
export function withJson(parts: readonly Part[], name: string, change: (value: Json) => void): Part[] {
  const value = jsonOf(parts, name)
  change(value)
  return withBytes(parts, name, canonical(value))
}

export type ResealOver = {
  /** Changes the statement last, after its payload figures were made right. */
  statement?: (statement: Json) => void
  /** Leaves the statement's bytes alone. */
  keepStatement?: boolean
  /** Leaves bag-info.txt alone. */
  keepBagInfo?: boolean
  /** Changes the payload manifest's text before it is hashed. */
  manifest?: (text: string) => string
  tagManifest?: (text: string) => string
}

const manifestOf = (parts: readonly Part[]): string =>
  parts
    .map((p) => ({ name: p.name, line: `${sha256(p.bytes)}  ${p.name}\n` }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((p) => p.line)
    .join('')

/** Makes manifests, statement figures and signature right again after a change, as a dishonest author with a good key would. */
export function reseal(parts: readonly Part[], keys: KeyPair, over: ResealOver = {}): Part[] {
  const payload = parts.filter((p) => p.name.startsWith('data/'))
  const manifest = (over.manifest ?? ((t) => t))(manifestOf(payload))
  let next = withBytes(parts, 'manifest-sha256.txt', manifest)
  if (!over.keepStatement) {
    next = withJson(next, 'statement.json', (s) => {
      const octets = payload.reduce((sum, p) => sum + p.bytes.length, 0)
      const hashOf = (name: string) => sha256(partNamed(next, name).bytes)
      s['payload'] = { files: payload.length, octets, manifestSha256: sha256(Buffer.from(manifest)) }
      s['taskSha256'] = hashOf('data/task.json')
      const log = partNamed(next, 'data/log.jsonl').bytes.toString().split('\n').slice(0, -1)
      s['logHead'] = { size: log.length, sha256: sha256(Buffer.from(log.at(-1) ?? '')) }
      over.statement?.(s)
    })
  }
  if (!over.keepBagInfo && !over.keepStatement) {
    const s = jsonOf(next, 'statement.json') as {
      packageId: string
      createdAt: string
      payload: { octets: number; files: number }
      author: { displayName: string }
    }
    const lines = [
      `External-Identifier: ${s.packageId}`,
      `Bagging-Date: ${s.createdAt.slice(0, 10)}`,
      `Payload-Oxum: ${s.payload.octets}.${s.payload.files}`,
      `Contact-Name: ${s.author.displayName}`,
      '',
    ]
    next = withBytes(next, 'bag-info.txt', lines.join('\n'))
  }
  const tags = ['bag-info.txt', 'bagit.txt', 'manifest-sha256.txt', 'mimetype', 'statement.json'].map((name) =>
    partNamed(next, name),
  )
  const tagManifest = (over.tagManifest ?? ((t) => t))(manifestOf(tags))
  next = withBytes(next, 'tagmanifest-sha256.txt', tagManifest)
  return withBytes(next, 'signatures/author.sig', Buffer.from(signBytes(keys.pkcs8, Buffer.from(tagManifest))))
}
