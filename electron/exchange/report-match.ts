import { open } from 'node:fs/promises'
import { parseResult } from '../../shared/domain/result.ts'
import { readContainer } from './container.ts'
import { readDocument } from './documents.ts'
import { isRefusal } from './refusal.ts'
import { readerOf } from './verify-seal.ts'

/** What a PDF of ours says of itself is near its beginning or its end; of large files no more is read. */
const TOLD_WITHIN = 2 * 1024 * 1024

/** The check codes a file names in plain text at its beginning or end, each once: those printed into the facts of our PDFs. */
export async function namedCheckCodes(path: string): Promise<string[]> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const parts =
      size <= 2 * TOLD_WITHIN
        ? [[0, size]]
        : [
            [0, TOLD_WITHIN],
            [size - TOLD_WITHIN, TOLD_WITHIN],
          ]
    const codes = new Set<string>()
    for (const [at = 0, length = 0] of parts) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
      // Other programs write such texts with two bytes a character.
      const text = buffer.toString('latin1', 0, bytesRead).replaceAll('\0', '')
      for (const [code] of text.matchAll(/(?<![0-9A-F-])[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}(?![0-9A-F-])/g))
        codes.add(code)
    }
    return [...codes]
  } finally {
    await file.close()
  }
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
