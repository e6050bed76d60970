import { readFileSync, statSync } from 'node:fs'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type { Exported } from '../../shared/contract/views.ts'
import { cleanLine } from '../../shared/domain/text.ts'
import { fileFailure, writeWhole } from '../storage/files.ts'
import type { Context, FileFilter } from './context.ts'

const LARGEST_BYTES = 1024 * 1024
/** File systems take 255, and a name being written gets a few characters more. */
const LONGEST_NAME_BYTES = 200
const JSON_FILE: FileFilter = { name: 'JSON', extensions: ['json'] }

/** A file name from parts that came from people or packages: nothing in it names a folder or is reserved, and it is not too long. */
export function fileName(parts: readonly string[], extension: string): string {
  const whole = cleanLine(parts.join('-'))
    .replaceAll(/[\\/:*?"<>|]/g, '_')
    .replaceAll(/^[. ]+|[. ]+$/g, '')
  let name = ''
  for (const character of whole) {
    if (Buffer.byteLength(name + character) > LONGEST_NAME_BYTES) break
    name += character
  }
  return `${name}.${extension}`
}

/** Asks where, then writes a small file durably and reads it back; null when the person closed the dialog. */
export async function saveSmallFile(
  context: Context,
  title: string,
  name: string,
  bytes: Uint8Array,
): Promise<Outcome<Exported | null>> {
  const path = await context.dialogs.save({ title, filters: [JSON_FILE], name })
  if (path === null) return ok(null)
  try {
    writeWhole(path, bytes)
    const exportedAt = context.now().toISOString()
    const isSame = readFileSync(path).equals(bytes)
    return ok({ path, exportedAt, verifiedAt: isSame ? exportedAt : null, size: bytes.length })
  } catch (error) {
    return fileFailure(error)
  }
}

/** Asks which, then reads a small file; null when the person closed the dialog. Fails with fileTooLarge, fileMissing, notWritable. */
export async function openSmallFile(context: Context, title: string): Promise<Outcome<Uint8Array> | null> {
  const paths = await context.dialogs.open({ title, filters: [JSON_FILE], many: false })
  const path = paths?.[0]
  if (path === undefined) return null
  try {
    if (statSync(path).size > LARGEST_BYTES) return fail('fileTooLarge', { detail: '1 MiB' })
    return ok(readFileSync(path))
  } catch (error) {
    return fileFailure(error)
  }
}
