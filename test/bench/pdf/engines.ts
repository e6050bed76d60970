import { createWriteStream, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { finished } from 'node:stream/promises'
import { FACE_FILES, loadFaces } from '../../../electron/report/pdf/faces.ts'
import { between } from '../../../electron/report/pdf/characters.ts'
import type { Layout, Mark } from '../../../electron/report/pdf/display.ts'
import { layoutReport } from '../../../electron/report/pdf/layout.ts'
import type { ReportModel } from '../../../shared/report/model.ts'
import { FONTS } from '../../support/report-model.ts'
import { htmlOf, pdfmakeOf, typstOf } from './markup.ts'

export const ENGINES = ['ours', 'typst', 'pdfkit', 'pdfmake', 'chromium'] as const
export type EngineName = (typeof ENGINES)[number]
/** From the report in memory and print-size photos on disk to a finished file. */
export type Engine = (model: ReportModel, target: string) => Promise<void>
/** `photos` are JPEGs of print size, by hash; `peers` is where the other engines are installed, `browser` the program of Chromium. */
export type Bench = { photos: Record<string, string>; peers: string; browser: string | null; cacheDir: string }

export async function openEngine(
  name: EngineName,
  bench: Bench,
): Promise<{ render: Engine; close: () => Promise<void> }> {
  const photo = (sha256: string) => bench.photos[sha256] ?? ''
  const load = createRequire(join(bench.peers, 'package.json'))
  const none = async () => {}
  switch (name) {
    case 'ours':
      return { render: await ours(photo, bench.cacheDir), close: none }
    case 'typst':
      return {
        render: typst(
          load('@myriaddreamin/typst-ts-node-compiler') as TypstModule,
          photo,
          dirname(Object.values(bench.photos)[0] ?? bench.cacheDir),
        ),
        close: none,
      }
    case 'pdfkit':
      return { render: pdfkit(load('pdfkit') as KitClass, photo), close: none }
    case 'pdfmake':
      return { render: pdfmake(load('pdfmake') as Pdfmake, photo), close: none }
    case 'chromium':
      return await openChromium(photo, bench.browser ?? '')
  }
}

// What only one engine needs is loaded by it alone: memory is compared.
async function ours(photo: (sha256: string) => string, cacheDir: string): Promise<Engine> {
  const { renderReport } = await import('../../../electron/report/render.ts')
  return async (model, target) => {
    const made = await renderReport({ model, fontsDir: FONTS, photo, cacheDir, target })
    if (!made.ok) throw new Error(JSON.stringify(made.failure))
  }
}

type TypstCompiler = { pdf: (source: { mainFileContent: string }) => Uint8Array; evictCache: (age: number) => void }
type TypstModule = { NodeCompiler: { create: (options: object) => TypstCompiler } }

/** Photos are named from the workspace. */
function typst({ NodeCompiler }: TypstModule, photo: (sha256: string) => string, workspace: string): Engine {
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [FONTS] }] })
  return async (model, target) => {
    writeFileSync(target, compiler.pdf({ mainFileContent: typstOf(model, (sha256) => `/${basename(photo(sha256))}`) }))
    compiler.evictCache(10)
  }
}

type Kit = NodeJS.ReadableStream &
  Record<
    | 'registerFont'
    | 'font'
    | 'fontSize'
    | 'fillColor'
    | 'strokeColor'
    | 'lineWidth'
    | 'addPage'
    | 'text'
    | 'rect'
    | 'fill'
    | 'stroke'
    | 'moveTo'
    | 'lineTo'
    | 'closePath'
    | 'image'
    | 'link',
    (...args: unknown[]) => Kit
  > & { end: () => void; outline: { addItem: (title: string) => unknown } }
type KitClass = new (options: object) => Kit

/** PDFKit has no layout for Chinese tables: it draws ours, which is its best case. */
function pdfkit(Document: KitClass, photo: (sha256: string) => string): Engine {
  const faces = loadFaces(FONTS)
  const files = Object.entries(FACE_FILES).map(([face, file]) => [face, readFileSync(join(FONTS, file))] as const)
  return async (model, target) => {
    const layout: Layout = layoutReport(model, faces, () => 4 / 3)
    const doc = new Document({ autoFirstPage: false, size: 'A4', margin: 0, info: { Title: model.title } })
    const file = createWriteStream(target)
    doc.pipe(file)
    for (const [face, bytes] of files) doc.registerFont(face, bytes)
    layout.pages.forEach((page, n) => {
      doc.addPage()
      for (const entry of layout.outline) if (entry.page === n) doc.outline.addItem(entry.title)
      for (const mark of page.marks) paint(doc, mark, photo)
    })
    doc.end()
    await finished(file)
  }
}

const css = (color: readonly number[]): number[] => color.map((c) => Math.round(c * 255))

function paint(doc: Kit, mark: Mark, photo: (sha256: string) => string): void {
  switch (mark.kind) {
    case 'text': {
      doc.font(mark.style.face).fontSize(mark.style.size).fillColor(css(mark.color))
      return paintRuns(doc, mark)
    }
    case 'box':
      if (mark.fill) doc.rect(mark.x, mark.y, mark.width, mark.height).fill(css(mark.fill))
      if (mark.stroke)
        doc.rect(mark.x, mark.y, mark.width, mark.height).strokeColor(css(mark.stroke)).lineWidth(0.7).stroke()
      return
    case 'rule':
      doc.moveTo(mark.x1, mark.y1).lineTo(mark.x2, mark.y2).strokeColor(css(mark.color)).lineWidth(mark.weight).stroke()
      return
    case 'photo':
      doc.image(photo(mark.sha256), mark.x, mark.y, { width: mark.width, height: mark.height })
      return
    case 'link':
    case 'leader':
    case 'modules':
    case 'path':
  }
}

/** Text between squeezed marks in one go. */
function paintRuns(doc: Kit, mark: Extract<Mark, { kind: 'text' }>): void {
  const codes = Array.from(mark.text, (c) => c.codePointAt(0) ?? 0)
  const hasSqueeze = codes.some((code, n) => n > 0 && between(codes[n - 1] ?? 0, code, mark.isLatin) < 0)
  if (!hasSqueeze) {
    doc.text(mark.text, mark.x, mark.y, { lineBreak: false, baseline: 'alphabetic', characterSpacing: mark.spacing })
    return
  }
  doc.text(mark.text, mark.x, mark.y, { lineBreak: false, baseline: 'alphabetic' })
}

type Pdfmake = {
  setFonts: (fonts: object) => void
  setUrlAccessPolicy: (policy: () => boolean) => void
  setLocalAccessPolicy: (policy: () => boolean) => void
  createPdf: (definition: object) => { getBuffer: () => Promise<Uint8Array> }
}

function pdfmake(maker: Pdfmake, photo: (sha256: string) => string): Engine {
  const font = (file: string) => ({
    normal: join(FONTS, file),
    bold: join(FONTS, file),
    italics: join(FONTS, file),
    bolditalics: join(FONTS, file),
  })
  maker.setFonts({ body: font(FACE_FILES.body), head: font(FACE_FILES.head) })
  maker.setUrlAccessPolicy(() => false)
  maker.setLocalAccessPolicy(() => true)
  return async (model, target) => {
    writeFileSync(target, await maker.createPdf(pdfmakeOf(model, photo)).getBuffer())
  }
}

async function openChromium(
  photo: (sha256: string) => string,
  executablePath: string,
): Promise<{ render: Engine; close: () => Promise<void> }> {
  const { chromium } = await import('@playwright/test')
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false })
  const page = await browser.newPage()
  return {
    close: () => browser.close(),
    render: async (model, target) => {
      const source = `${target}.html`
      writeFileSync(
        source,
        htmlOf(model, (sha256) => pathToFileURL(photo(sha256)).href, pathToFileURL(FONTS).href),
      )
      await page.goto(pathToFileURL(source).href)
      const margin = { top: '26mm', bottom: '25mm', left: '25mm', right: '25mm' }
      writeFileSync(
        target,
        await page.pdf({ format: 'A4', margin, printBackground: true, outline: true, tagged: false }),
      )
    },
  }
}
