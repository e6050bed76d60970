import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { parseResult } from '../../shared/domain/result.ts'
import { readContainer } from './container.ts'
import { readDocument } from './documents.ts'
import { isRefusal } from './refusal.ts'
import { readerOf } from './verify-seal.ts'

/** SHA-256 of a file of any size. Throws when it cannot be read. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** The profile under which a result package carries or lists a report of this hash, or null. The package is not verified here. */
export async function findReport(resultPackage: string, sha256: string): Promise<string | null> {
  const file = await open(resultPackage, 'r')
  try {
    const container = await readContainer(file, {})
    if (isRefusal(container)) return null
    for (const entry of container.files.values()) {
      const profile = /^data\/report-(.+)\.pdf$/.exec(entry.name)?.[1]
      if (profile !== undefined && entry.sha256 === sha256) return profile
    }
    const bytes = await readerOf(file, container)('data/result.json')
    const result = bytes === null ? null : readDocument(bytes, parseResult)
    return result?.closing?.reports.find((r) => r.sha256 === sha256)?.profile ?? null
  } finally {
    await file.close()
  }
}
