import { mkdir, rename, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fail, ok, type Failure, type Outcome } from '../../shared/contract/errors.ts'
import type { ReportModel } from '../../shared/report/model.ts'
import type { Part } from './pdf/document.ts'
import { loadFaces, type Faces } from './pdf/faces.ts'
import { PHOTO_BOX } from './pdf/figures.ts'
import { missingGlyphs, nameOf, withNamedGlyphs, type MissingGlyph } from './pdf/glyphs.ts'
import { layoutDocuments } from './pdf/layout.ts'
import { writeParts } from './pdf/output.ts'
import { paintReport } from './pdf/paint.ts'
import { checkPdf } from './pdf/verify.ts'
import { placePicture, preparePhoto, type PrintPhoto } from './photos.ts'

/** Photos under way at once: one is read while the others are made smaller. Node does no more than four such things at a time. */
const LANES = Math.min(4, availableParallelism() + 1)

export type RenderStep = { step: 'photos' | 'pages' | 'file'; done: number; total: number }
/** What every way of writing a report down needs. */
export type PrintRequest = {
  model: ReportModel
  fontsDir: string
  /** Where the bytes of a photo lie; null leaves an empty frame that says so. */
  photo: (sha256: string) => string | null
  /** Print-size copies are kept here from one report to the next. */
  cacheDir: string
  target: string
  onProgress?: (step: RenderStep) => void
  signal?: AbortSignal
}
export type RenderRequest = PrintRequest & {
  /** Documents that follow in the same file, each with pages numbered for itself. */
  further?: readonly ReportModel[] | undefined
  /** Name of the file's content in a reader's title bar; the first model's own without it. */
  title?: string | undefined
  /** Prints 〔U+20BB7〕 for characters no font has, after a person has seen the list. */
  printsMissingGlyphs?: boolean
}
export type RenderedReport = { path: string; pages: number; bytes: number; sha256: string; missingPhotos: string[] }

/**
 * Writes the PDF of a report, whole or not at all. The same model, photos and fonts give the same bytes. Failures:
 * `missingGlyph` (problems: path = chapter, code = U+…, message = text around it), `cancelled`, `diskFull`, `notWritable`,
 * `storageFailed`.
 */
export async function renderReport(request: RenderRequest): Promise<Outcome<RenderedReport>> {
  const { fontsDir, target, signal, onProgress } = request
  const faces = loadFaces(fontsDir)
  const given = [request.model, ...(request.further ?? [])]
  const missing = given.flatMap((model) => missingGlyphs(model, faces))
  if (missing.length > 0 && !request.printsMissingGlyphs) return fail('missingGlyph', { problems: problemsOf(missing) })
  const models = missing.length > 0 ? given.map((model) => withNamedGlyphs(model, missing)) : given
  const draft = `${target}.part`
  try {
    const prepared = await preparePhotos(models, request)
    if (!prepared.ok) return prepared
    const photos = prepared.value
    signal?.throwIfAborted()
    const { parts, pages } = composeReport(models, faces, photos, request.title)
    onProgress?.({ step: 'pages', done: pages, total: pages })
    signal?.throwIfAborted()
    const { bytes, sha256 } = await writeParts(draft, parts, {
      signal,
      onWritten: (done, total) => onProgress?.({ step: 'file', done, total }),
      check: () => checkPdf(draft, pages),
    })
    await rename(draft, target)
    return ok({ path: target, pages, bytes, sha256, missingPhotos: photosOf(models).filter((p) => !photos.has(p)) })
  } catch (error) {
    await rm(draft, { force: true })
    if (signal?.aborted) return fail('cancelled')
    return { ok: false, failure: diskFailure(error, target) }
  }
}

/** The pages of documents as pieces of a file, in memory; photos are named by path and copied on writing. */
function composeReport(
  models: readonly ReportModel[],
  faces: Faces,
  photos: ReadonlyMap<string, PrintPhoto>,
  title: string | undefined,
): { parts: Part[]; pages: number } {
  const [model] = models
  if (model === undefined) throw new Error('nothing to draw')
  const layout = layoutDocuments(models, faces, ratiosOf(photos))
  const parts = paintReport(layout, faces, photos, {
    title: title ?? `${model.title} ${model.reportNumber}`,
    subject: model.checkCode,
    language: model.language === 'zh' ? 'zh-CN' : 'en',
    fileId: model.contentSha256.slice(0, 32).toUpperCase(),
    issuedAt: model.issuedAt,
    isDuplex: models.every((m) => m.isDuplex === true),
    enclosure: model.enclosure ?? null,
  })
  return { parts, pages: layout.pages.length }
}

/** Width over height as they are seen; null for a photo that is not there. */
export const ratiosOf =
  (photos: ReadonlyMap<string, PrintPhoto>) =>
  (sha256: string): number | null => {
    const photo = photos.get(sha256)
    if (!photo) return null
    return photo.orientation >= 5 ? photo.height / photo.width : photo.width / photo.height
  }

function problemsOf(missing: readonly MissingGlyph[]) {
  return missing.flatMap(({ codePoint, places }) =>
    places.map(({ place, around }) => ({ path: place, code: nameOf(codePoint), message: around })),
  )
}

/** Logos of covers as files that can be copied into a PDF. */
function logosOf(models: readonly ReportModel[], cacheDir: string): Map<string, PrintPhoto> {
  const covers = models.flatMap((m) => m.blocks.flatMap((b) => (b.kind === 'cover' && b.logo !== null ? [b.logo] : [])))
  return new Map(
    covers.flatMap(({ sha256, jpeg }) => {
      const photo = placePicture(Buffer.from(jpeg, 'base64'), join(cacheDir, `logo-${sha256}.jpg`))
      return photo === null ? [] : [[sha256, photo] as const]
    }),
  )
}

/** Hashes of the photos of documents, each once. */
export function photosOf(models: readonly ReportModel[]): string[] {
  const blocks = models.flatMap((m) => m.blocks)
  const all = blocks.flatMap((b) => (b.kind === 'photoSheet' ? b.photos.map((p) => p.sha256) : []))
  return [...new Set(all)]
}

/** Print copies of the photos, by hash; those that are missing or damaged are not in it. Fails with cancelled and as disks do. */
export async function preparePhotos(
  models: readonly ReportModel[],
  request: Pick<PrintRequest, 'photo' | 'cacheDir' | 'signal' | 'onProgress'> & { isUpright?: boolean },
): Promise<Outcome<Map<string, PrintPhoto>>> {
  const { cacheDir, signal, onProgress, isUpright = false } = request
  const wanted = photosOf(models)
  const ready = new Map<string, PrintPhoto>()
  const place = () => {
    for (const [sha256, logo] of logosOf(models, cacheDir)) ready.set(sha256, logo)
  }
  let next = 0
  let done = 0
  const work = async () => {
    for (let n = next++; n < wanted.length; n = next++) {
      signal?.throwIfAborted()
      const sha256 = wanted[n] ?? ''
      const source = request.photo(sha256)
      const photo = source === null ? null : await preparePhoto({ source, sha256, box: PHOTO_BOX, cacheDir, isUpright })
      if (photo) ready.set(sha256, photo)
      onProgress?.({ step: 'photos', done: ++done, total: wanted.length })
    }
  }
  try {
    await mkdir(cacheDir, { recursive: true })
    place()
    await Promise.all(Array.from({ length: LANES }, work))
    return ok(ready)
  } catch (error) {
    if (signal?.aborted) return fail('cancelled')
    return { ok: false, failure: diskFailure(error, cacheDir) }
  }
}

/** Disk errors by their system code; anything else is a bug and goes on up. */
function diskFailure(error: unknown, target: string): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'diskFull', detail: target }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'EBUSY')
    return { code: 'notWritable', detail: target }
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return { code: 'storageFailed', detail: target }
  throw error
}
