import { Packer } from 'docx'
import { strFromU8, strToU8, unzipSync } from 'fflate'
import { ok, type Outcome } from '../../../shared/contract/errors.ts'
import type { ReportModel } from '../../../shared/report/model.ts'
import type { LongRun } from '../../exchange/write.ts'
import { lengthOf } from '../jpeg.ts'
import { loadFaces } from '../pdf/faces.ts'
import { missingGlyphs, withNamedGlyphs } from '../pdf/glyphs.ts'
import { layoutReport } from '../pdf/layout.ts'
import { preparePhotos, photosOf, ratiosOf, type PrintRequest, type RenderedReport } from '../render.ts'
import { UNWRITABLE } from '../../tabular/xml-text.ts'
import { writeZipFile, type ZipContent, type ZipPiece } from '../zip-file.ts'
import { documentOf } from './document.ts'
import type { Photos } from './figures.ts'

const FIRST = ['[Content_Types].xml', '_rels/.rels']

/**
 * Writes a report as an editable Word document, whole or not at all; the same model and photos give the same bytes. Characters no
 * font of ours has are kept: Word looks for a font of its own. Failures: `writeZipFile`.
 */
export async function renderDocx(request: PrintRequest): Promise<Outcome<RenderedReport>> {
  const { model, target, signal, onProgress } = request
  const photos = await preparePhotos([model], { ...request, isUpright: true })
  if (!photos.ok) return photos
  const { outline, pages } = pageNumbers(model, request.fontsDir, photos.value)
  onProgress?.({ step: 'pages', done: pages, total: pages })
  const packed = await Packer.pack(documentOf(model, photos.value, outline), 'uint8array')
  const run: LongRun = {
    signal,
    onProgress: (done, total) => onProgress?.({ step: 'file', done, total }),
  }
  const written = await writeZipFile(target, partsOf(packed, model, photos.value), run)
  if (!written.ok) return written
  const missingPhotos = photosOf([model]).filter((sha256) => !photos.value.has(sha256))
  return ok({ ...written.value, pages, missingPhotos })
}

/** Where the headings stand in the PDF: close to where Word will put them. */
function pageNumbers(model: ReportModel, fontsDir: string, photos: Photos) {
  const faces = loadFaces(fontsDir)
  const missing = missingGlyphs(model, faces)
  const layout = layoutReport(missing.length > 0 ? withNamedGlyphs(model, missing) : model, faces, ratiosOf(photos))
  const titles = model.blocks.flatMap((b) =>
    b.kind === 'heading' ? [b.text] : b.kind === 'documentTitle' ? [b.title] : [],
  )
  return {
    pages: layout.pages.length,
    outline: layout.outline.map((entry, n) => ({ ...entry, title: titles[n] ?? entry.title })),
  }
}

/** The files of the document: those that name a picture's hash get the picture, all others lose clock and chance. */
function partsOf(packed: Uint8Array, model: ReportModel, photos: Photos): ZipPiece[] {
  const files = Object.entries(unzipSync(packed))
  const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return files
    .toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([name, bytes]) => ({ name, content: contentOf(name, bytes, model, photos) }))
}

function contentOf(name: string, bytes: Uint8Array, model: ReportModel, photos: Photos): ZipContent {
  const photo = name.endsWith('.jpg') ? photos.get(strFromU8(bytes)) : undefined
  if (photo) return { path: photo.path, size: lengthOf(photo), sha256: null, pieces: photo.keep }
  if (!name.endsWith('.xml')) return { text: bytes }
  return { text: strToU8(settled(strFromU8(bytes), model.issuedAt)) }
}

/**
 * The library numbers drawings and bookmarks through the whole process, dates the file now, names a watermark by chance, and lets
 * characters through into titles and descriptions that make the file unreadable.
 */
function settled(xml: string, issuedAt: string): string {
  let drawings = 0
  let shapes = 0
  const bookmarks = new Map<string, number>()
  const bookmark = (id: string) => {
    if (!bookmarks.has(id)) bookmarks.set(id, bookmarks.size + 1)
    return bookmarks.get(id) ?? 0
  }
  return xml
    .replaceAll(UNWRITABLE, '')
    .replaceAll(
      /(<(?:wp:docPr|wps:cNvPr) id=")\d+(")(?: name="(Freeform|Line|Rectangle) \d+")?/g,
      (_, start, end, kind) => {
        drawings++
        return `${start}${drawings}${end}${kind === undefined ? '' : ` name="${kind} ${drawings}"`}`
      },
    )
    .replaceAll(
      /(<w:bookmark(?:Start|End)\b[^>]*w:id=")(\d+)(")/g,
      (_, start, id, end) => `${start}${bookmark(id)}${end}`,
    )
    .replaceAll(/(<v:shape id=")[^"]*/g, (_, start) => `${start}PowerPlusWaterMarkObject${++shapes}`)
    .replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${issuedAt}`)
}
