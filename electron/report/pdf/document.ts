import { jsPDF } from 'jspdf'
import { escapeXml } from '../../tabular/xml-text.ts'
import { deflate } from './deflate.ts'

/** A piece of the finished file: bytes in memory, or ranges of another file copied when it is written. */
export type Part = Uint8Array | { path: string; ranges: readonly [number, number][]; length: number }

type Out = (text: string | Placeholder) => void
type FontSlot = { id: string; objectNumber?: number; isAlreadyPutted?: boolean }
/** What is used of jsPDF 4.2.1 beyond its typed interface; the tests of this folder guard every piece of it. */
type Internals = {
  internal: {
    events: { subscribe: (topic: string, handler: (data: never) => void) => void }
    newObjectDeferred: () => number
    newObjectDeferredBegin: (number: number, writesHead: boolean) => number
    out: Out
    getPageInfo: (page: number) => { objId: number }
  }
  __private__: { setPdfVersion: (version: string) => void; buildDocument: () => string }
}
type Statics = {
  events: [string, (data: { fonts: Record<string, FontSlot> }) => void][]
  processDataByFilters?: (data: string | Uint8Array, filters: unknown) => { data: Placeholder; reverseChain: string }
}

/** Stands in jsPDF's output list for bytes that must not become a string: it has a length, and joins as a mark. */
type Placeholder = { length: number; toString: () => Placeholder; [Symbol.toPrimitive]: () => string }

/**
 * Begins the mark of bytes held back. It must be Latin-1, for text beyond takes twice the memory and time, and cannot stand in what
 * jsPDF writes: there an opening bracket in a text has a backslash before it.
 */
const MARK = '\u0001('
const CREATOR = 'YouPin Onsite'

let fontTable: Record<string, FontSlot> = {}
const statics = jsPDF.API as unknown as Statics
statics.events.push(['addFonts', ({ fonts }) => (fontTable = fonts)])

export type Hooks = {
  /** Writes the font objects; answers the object number of each font by its resource name. */
  fonts: (pdf: RawPdf) => Map<string, number>
  /** Writes the images; answers the object number of each by its resource name. */
  images: (pdf: RawPdf) => Map<string, number>
  /** Extra entries of a page's dictionary; objects can only be reserved. Pages count from 0. */
  page: (page: number, pdf: RawPdf) => string
  /** Writes further objects once pages have numbers; answers extra entries of the catalogue. `objectOf` gives a page's object. */
  catalogue: (pdf: RawPdf, objectOf: (page: number) => number) => string
}
export type RawPdf = {
  /** Writes one object, under a reserved number if given, and answers its number. */
  object: (dictionary: string, stream?: Part, reserved?: number) => number
  /** Like `object` for data that is worth deflating. */
  deflated: (dictionary: string, data: Uint8Array) => number
  /** Takes a number for an object written later, so that others can point to it. */
  reserve: () => number
}

export type DocumentInfo = {
  title: string
  language: string
  fileId: string
  issuedAt: string
  subject: string
  isDuplex?: boolean
  /** A text file inside the PDF. */
  enclosure?: { name: string; text: string } | null
}

/**
 * Builds a PDF of the given content streams with jsPDF: it keeps pages, object numbers, cross references and trailer; fonts,
 * images, outline and links are put in through its events. No clock, no randomness: the same input gives the same bytes.
 */
export function buildDocument(
  contents: readonly Uint8Array[],
  size: [number, number],
  info: DocumentInfo,
  hooks: Hooks,
): Part[] {
  const doc = new jsPDF({ unit: 'pt', format: size, compress: true })
  const core = doc as unknown as Internals
  const parts: Part[] = []
  const errors: unknown[] = []
  core.__private__.setPdfVersion('1.7')
  doc.setFileId(info.fileId)
  doc.setCreationDate(pdfDate(info.issuedAt))
  doc.setDocumentProperties({ title: info.title, subject: info.subject, creator: CREATOR })
  contents.forEach((content, n) => {
    if (n > 0) doc.addPage(size)
    core.internal.out(hold(parts, content))
  })
  connect(core, rawPdf(core, parts), info, hooks, errors)
  const replaced = statics.processDataByFilters
  try {
    statics.processDataByFilters = (data) => ({
      data: hold(parts, deflate(typeof data === 'string' ? joined(splice(data, parts)) : data)),
      reverseChain: '/FlateDecode',
    })
    const file = core.__private__.buildDocument()
    if (errors.length > 0) throw errors[0]
    return splice(`${file}\n`, parts)
  } catch (error) {
    throw errors[0] ?? error
  } finally {
    if (replaced) statics.processDataByFilters = replaced
  }
}

/** jsPDF swallows what its event handlers throw, so every handler keeps its error for the caller. */
function connect(core: Internals, pdf: RawPdf, info: DocumentInfo, hooks: Hooks, errors: unknown[]): void {
  const { events, out, getPageInfo } = core.internal
  const objectOf = (page: number) => getPageInfo(page + 1).objId
  const on = <T>(topic: string, handler: (data: T) => void) =>
    events.subscribe(topic, (data: never) => {
      try {
        handler(data)
      } catch (error) {
        errors.push(error)
      }
    })
  const fonts = fontTable
  for (const id of Object.keys(fonts)) delete fonts[id]
  fonts['F0'] = { id: 'F0' }
  let images = new Map<string, number>()
  let catalogue = ''
  on<{ font: FontSlot }>('putFont', ({ font }) => {
    if (font.id !== 'F0') return
    delete fonts['F0']
    for (const [id, objectNumber] of hooks.fonts(pdf)) fonts[id] = { id, objectNumber, isAlreadyPutted: true }
    font.isAlreadyPutted = true
  })
  on('putResources', () => {
    images = hooks.images(pdf)
  })
  on('putXobjectDict', () => {
    for (const [id, objectNumber] of images) out(`/${id} ${objectNumber} 0 R`)
  })
  on<{ pageNumber: number }>('putPage', ({ pageNumber }) => out(hooks.page(pageNumber - 1, pdf)))
  on('postPutResources', () => {
    catalogue = `${hooks.catalogue(pdf, objectOf)}${enclosed(pdf, info.enclosure ?? null)} /Metadata ${pdf.object('/Type /Metadata /Subtype /XML', metadata(info))} 0 R`
  })
  on('putCatalog', () =>
    out(
      `/Lang (${info.language})\n/ViewerPreferences << /DisplayDocTitle true${info.isDuplex === true ? ' /Duplex /DuplexFlipLongEdge' : ''} >>\n${catalogue}`,
    ),
  )
}

/** How the stream of an enclosed file begins, up to its length: it is not deflated, so that it is found and read without a PDF reader. */
export const ENCLOSED_HEAD = '<< /Type /EmbeddedFile /Subtype /application#2Fjson /Length '

/** Writes a file into the PDF near its end; the entries of the catalogue that make readers list it. */
function enclosed(pdf: RawPdf, enclosure: DocumentInfo['enclosure']): string {
  if (!enclosure) return ''
  const name = pdfText(enclosure.name)
  const stream = pdf.object('/Type /EmbeddedFile /Subtype /application#2Fjson', Buffer.from(enclosure.text))
  const file = pdf.object(
    `/Type /Filespec /F ${name} /UF ${name} /AFRelationship /Source /EF << /F ${stream} 0 R /UF ${stream} 0 R >>`,
  )
  return ` /Names << /EmbeddedFiles << /Names [${name} ${file} 0 R] >> >> /AF [${file} 0 R]`
}

function rawPdf(core: Internals, parts: Part[]): RawPdf {
  const { newObjectDeferred, newObjectDeferredBegin, out } = core.internal
  const object = (dictionary: string, stream?: Part, reserved?: number): number => {
    const number = reserved ?? newObjectDeferred()
    newObjectDeferredBegin(number, true)
    if (stream) {
      out(`<< ${dictionary} /Length ${stream.length} >>\nstream`)
      out(hold(parts, stream))
      out('endstream\nendobj')
    } else out(`<< ${dictionary} >>\nendobj`)
    return number
  }
  return {
    object,
    deflated: (dictionary, data) => object(`/Filter /FlateDecode ${dictionary}`, deflate(data)),
    reserve: newObjectDeferred,
  }
}

function hold(parts: Part[], part: Part): Placeholder {
  const mark = `${MARK}${parts.push(part) - 1})`
  const placeholder: Placeholder = {
    length: part.length,
    toString: () => placeholder,
    [Symbol.toPrimitive]: () => mark,
  }
  return placeholder
}

/** Cuts jsPDF's joined text at the marks and puts the held bytes back in. */
function splice(file: string, held: readonly Part[]): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const match of file.matchAll(/\u0001\((\d+)\)/g)) {
    parts.push(latin1(file.slice(from, match.index)))
    const part = held[Number(match[1])]
    if (!part) throw new Error(`held part ${match[1]} is gone`)
    parts.push(part)
    from = match.index + match[0].length
  }
  parts.push(latin1(file.slice(from)))
  return parts
}

const joined = (parts: readonly Part[]): Uint8Array =>
  Buffer.concat(parts.flatMap((part) => (part instanceof Uint8Array ? [part] : [])))

function latin1(text: string): Uint8Array {
  if (/[^\u0000-\u00ff]/.test(text)) throw new Error('text outside Latin-1 between PDF objects')
  return Buffer.from(text, 'latin1')
}

/** The facts of the document once more as XMP; jsPDF writes them into the Info dictionary. */
function metadata({ title, subject, language, issuedAt }: DocumentInfo): Uint8Array {
  const time = `${issuedAt.slice(0, 19)}+00:00`
  const localized = (text: string) => `<rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt>`
  return Buffer.from(
    [
      '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
      '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">',
      `<dc:format>application/pdf</dc:format><dc:title>${localized(title)}</dc:title><dc:description>${localized(subject)}</dc:description>`,
      `<dc:language><rdf:Bag><rdf:li>${language}</rdf:li></rdf:Bag></dc:language>`,
      `<xmp:CreatorTool>${CREATOR}</xmp:CreatorTool><xmp:CreateDate>${time}</xmp:CreateDate><pdf:Producer>jsPDF ${jsPDF.version}</pdf:Producer>`,
      '</rdf:Description></rdf:RDF></x:xmpmeta>',
      '<?xpacket end="r"?>',
    ].join('\n'),
  )
}

/** "2025-03-14T08:30:00.000Z" → "D:20250314083000+00'00'". */
function pdfDate(time: string): string {
  return `D:${time.slice(0, 19).replaceAll(/\D/g, '')}+00'00'`
}

/** A text string of a PDF dictionary: UTF-16BE in hex, right for every plane. */
export function pdfText(text: string): string {
  const hex = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0')).join('')
  return `<feff${hex}>`
}
