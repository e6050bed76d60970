import { readFile, stat } from 'node:fs/promises'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { LOGO_PIXELS, type Logo } from '../../shared/report/template.ts'
import { sha256 } from '../exchange/crypto.ts'
import type { JobContext } from '../jobs/kinds.ts'

const MOST_BYTES = 8 * 1024 * 1024
const MOST_PIXELS = 40_000_000
/** A logo goes into every report: it must not weigh more than a small photo. */
const LARGEST = 190_000
const QUALITIES = [92, 85, 75, 60] as const
const BOX = { width: LOGO_PIXELS, height: 340 }

const isPng = (bytes: Uint8Array) => bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47
const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8

/**
 * Reads a PNG or JPEG and encodes it anew: on white, without metadata, no larger than the cover needs. The same picture gives the
 * same bytes on one machine only; they are stored, never made again. Fails with unsupportedFile, damagedFile, fileTooLarge, fileMissing.
 */
export async function encodeLogo({ path }: { path: string }, { signal }: JobContext): Promise<Outcome<Logo>> {
  const found = await stat(path).catch(() => null)
  if (found === null) return fail('fileMissing')
  if (found.size > MOST_BYTES) return fail('fileTooLarge', { detail: '8 MiB' })
  const source = await readFile(path, { signal })
  if (!isPng(source) && !isJpeg(source)) return fail('unsupportedFile', { detail: 'PNG, JPEG' })
  const { default: sharp } = await import('sharp')
  try {
    const picture = sharp(source, { limitInputPixels: MOST_PIXELS })
      .autoOrient()
      .resize({ ...BOX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
    for (const quality of QUALITIES) {
      const { data, info } = await picture
        .clone()
        .jpeg({ quality, chromaSubsampling: '4:4:4' })
        .toBuffer({ resolveWithObject: true })
      if (data.length > LARGEST) continue
      return ok({ sha256: sha256(data), width: info.width, height: info.height, jpeg: data.toString('base64') })
    }
    return fail('fileTooLarge')
  } catch {
    return fail('damagedFile')
  }
}
