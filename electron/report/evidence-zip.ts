import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { isPicture } from '../../shared/domain/sheet.ts'
import { contextOf, type Context, type ReportInput } from '../../shared/report/context.ts'
import { fileFailure, writeWhole } from '../storage/files.ts'
import { listEvidence, type Listed } from './evidence/listing.ts'
import { evidenceCsv, evidencePage, readmeText, type Archive, type Given } from './evidence/pages.ts'
import { lengthOf, orientationSegment, scanJpeg } from './jpeg.ts'
import { preparePhoto } from './photos.ts'
import type { RenderStep } from './render.ts'
import { readPieces, writeZipFile, type FileContent, type WrittenZip, type ZipPiece } from './zip-file.ts'

/** `reports`: issued PDFs to put in, none for a draft; `photo` answers where the bytes of any evidence lie, null when they do not. */
export type EvidenceRequest = {
  input: ReportInput
  photo: (sha256: string) => string | null
  reports: readonly { name: string; path: string; size: number; sha256: string }[]
  isDraft: boolean
  cacheDir: string
  target: string
  onProgress?: (step: RenderStep) => void
  signal?: AbortSignal
}
/** `missing` is not here, `leftOut` not for this copy: both by hash. */
export type EvidenceArchive = WrittenZip & { files: number; missing: string[]; leftOut: string[] }

const THUMB_BOX = { width: 105, height: 79 }
/** What may say where, by whom and with what it was made in a way we do not take apart. */
const MAY_TELL = new Set(['heic', 'mp4', 'm4a', 'pdf'])

/**
 * Writes the evidence of a result as a ZIP that opens without this app: pages for a browser, the list, folders by item, manifest for
 * `sha256sum -c`. Streamed; the same result and profile give the same bytes. A profile without places gets photos without their
 * camera data, and neither films, sound nor PDFs, which may name author and place: they are listed as left out. Evidence that is not here is named in `missing`. Failures: `writeZipFile`; damagedFile for evidence that changed.
 */
export async function writeEvidenceZip(request: EvidenceRequest): Promise<Outcome<EvidenceArchive>> {
  const { input, reports, isDraft, target, signal, onProgress } = request
  if (existsSync(target)) return fail('fileExists', { detail: target })
  const c = contextOf(input)
  const chapters = listEvidence(c)
  const files = chapters.flatMap((chapter) => chapter.items.flatMap((i) => i.files))
  const archive = { chapters, given: new Map<Listed, Given>(), reports: reports.map((r) => `报告/${r.name}`), isDraft }
  const evidence: ZipPiece[] = []
  const thumbs: ZipPiece[] = []
  try {
    await mkdir(request.cacheDir, { recursive: true })
    for (const [n, file] of files.entries()) {
      signal?.throwIfAborted()
      const taken = await take(c, file, request)
      archive.given.set(file, taken.given)
      if (taken.content) evidence.push({ name: file.name, content: taken.content })
      if (taken.thumb && taken.given.thumb) thumbs.push({ name: taken.given.thumb, content: taken.thumb })
      onProgress?.({ step: 'photos', done: n + 1, total: files.length })
    }
  } catch (error) {
    return signal?.aborted ? fail('cancelled') : fileFailure(error)
  }
  const papers = reports.map(({ name, ...content }): ZipPiece => ({ name: `报告/${name}`, content }))
  const pieces = withManifest([...pagesOf(input, archive), ...papers, ...evidence, ...thumbs])
  const run = { signal, onProgress: (done: number, total: number) => onProgress?.({ step: 'file', done, total }) }
  const written = await writeZipFile(target, pieces, run)
  if (!written.ok) return written
  const inState = (state: Given['state']) =>
    files.filter((f) => archive.given.get(f)?.state === state).map((f) => f.media.sha256)
  return ok({ ...written.value, files: evidence.length, missing: inState('missing'), leftOut: inState('leftOut') })
}

function pagesOf(input: ReportInput, archive: Archive): ZipPiece[] {
  const text = (name: string, content: string): ZipPiece => ({ name, content: { text: Buffer.from(content) } })
  const [zh, en] = [contextOf({ ...input, language: 'zh' }), contextOf({ ...input, language: 'en' })]
  return [
    text('index.html', evidencePage(zh, archive)),
    text('index.en.html', evidencePage(en, archive)),
    text('说明.txt', readmeText(archive.isDraft)),
    text('清单.csv', evidenceCsv(zh, archive)),
  ]
}

/** Names and hashes of all others, in the form `sha256sum -c` reads. */
function withManifest(pieces: readonly ZipPiece[]): ZipPiece[] {
  const lines = pieces.map(({ name, content }) => {
    const hash = 'text' in content ? createHash('sha256').update(content.text).digest('hex') : content.sha256
    return `${hash ?? ''}  ${name}\n`
  })
  return [...pieces, { name: 'manifest-sha256.txt', content: { text: Buffer.from(lines.join('')) } }]
}

type Taken = { given: Given; content: FileContent | null; thumb: FileContent | null }
const without = (state: Given['state']): Taken => ({
  given: { state, sha256: null, size: 0, thumb: null },
  content: null,
  thumb: null,
})

async function take(c: Context, { media }: Listed, { photo, cacheDir }: EvidenceRequest): Promise<Taken> {
  const path = photo(media.sha256)
  if (path === null) return without('missing')
  const mayStay = c.shows.gps
  if (!mayStay && MAY_TELL.has(media.ext)) return without('leftOut')
  const original: FileContent = { path, size: (await stat(path)).size, sha256: media.sha256 }
  const content = mayStay ? original : await cleaned(media.ext, original, cacheDir)
  if (content === null) return without('leftOut')
  const thumb = isPicture(media) ? await thumbOf(path, media.sha256, cacheDir) : null
  const { sha256, size } = content
  const state = content === original ? 'original' : 'cleaned'
  const given = { state, sha256, size, thumb: thumb ? `缩略图/${media.sha256.slice(0, 16)}.jpg` : null } as const
  return { given, content, thumb }
}

/** A picture without what the camera wrote about place and owner: a JPEG keeps its picture bytes, others are written anew. */
async function cleaned(ext: string, original: FileContent, cacheDir: string): Promise<FileContent | null> {
  const { path } = original
  const bytes = await readFile(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  // Not what was captured: the writer refuses the original by its hash.
  if (sha256 !== original.sha256) return original
  const scan = ext === 'jpg' ? scanJpeg(bytes) : null
  if (scan) {
    const turn = scan.orientation === 1 ? [] : [orientationSegment(scan.orientation)]
    const [[, first] = [0, 2], ...rest] = scan.keep
    const pieces = [[0, 2] as const, ...turn, [2, first] as const, ...rest]
    return withHash({ path, pieces, size: lengthOf(scan) + (turn[0]?.length ?? 0), sha256: null })
  }
  const copy = join(cacheDir, `${sha256}-clean.${ext}`)
  if (!existsSync(copy)) {
    const made = await reencoded(ext, bytes)
    if (made === null) return null
    writeWhole(copy, made)
  }
  return withHash({ path: copy, size: (await stat(copy)).size, sha256: null })
}

async function reencoded(ext: string, bytes: Uint8Array): Promise<Buffer | null> {
  const picture = sharp(bytes, { failOn: 'none', limitInputPixels: 400_000_000 }).autoOrient()
  const written = { jpg: picture.jpeg({ quality: 95 }), webp: picture.webp({ lossless: true }), png: picture.png() }[
    ext
  ]
  return (await written?.toBuffer().catch(() => null)) ?? null
}

async function thumbOf(source: string, sha256: string, cacheDir: string): Promise<FileContent | null> {
  const made = await preparePhoto({ source, sha256, box: THUMB_BOX, cacheDir, isUpright: true })
  if (!made) return null
  return withHash({ path: made.path, pieces: made.keep, size: lengthOf(made), sha256: null })
}

async function withHash(content: FileContent): Promise<FileContent> {
  const hash = createHash('sha256')
  for await (const chunk of readPieces(content)) hash.update(chunk)
  return { ...content, sha256: hash.digest('hex') }
}
