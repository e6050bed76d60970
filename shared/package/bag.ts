import type { Statement } from './statement.ts'
import { utf8, utf8Text } from './utf8.ts'

/** One line of a manifest: lower-case hex SHA-256 and the file's path in the package. */
export type ManifestLine = { sha256: string; path: string }

/** The bag declaration (RFC 8493 §2.1.1). */
export const BAGIT_TXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

/** bag-info.txt, wholly derived from the statement: four lines in this order, LF, no folding. */
export function bagInfo(s: Pick<Statement, 'packageId' | 'createdAt' | 'payload' | 'author'>): string {
  return [
    `External-Identifier: ${s.packageId}`,
    `Bagging-Date: ${s.createdAt.slice(0, 10)}`,
    `Payload-Oxum: ${s.payload.octets}.${s.payload.files}`,
    `Contact-Name: ${s.author.displayName}`,
    '',
  ].join('\n')
}

/** A manifest's bytes: "<hash>  <path>" lines sorted bytewise by path, each ended by LF. Paths are ASCII. */
export function manifestBytes(lines: readonly ManifestLine[]): Uint8Array<ArrayBuffer> {
  const sorted = lines.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  return utf8(sorted.map((l) => `${l.sha256}  ${l.path}\n`).join(''))
}

/** Lines of a manifest, or null unless it is well formed, sorted, without duplicates and ended by LF. */
export function parseManifest(bytes: Uint8Array): ManifestLine[] | null {
  const text = utf8Text(bytes)
  if (text === null || (text !== '' && !text.endsWith('\n'))) return null
  const lines: ManifestLine[] = []
  for (const row of text.split('\n').slice(0, -1)) {
    const match = /^([0-9a-f]{64}) {2}([a-z0-9][a-z0-9._/-]*)$/.exec(row)
    const [, sha256, path] = match ?? []
    if (sha256 === undefined || path === undefined) return null
    if (path <= (lines.at(-1)?.path ?? '')) return null
    lines.push({ sha256, path })
  }
  return lines
}
