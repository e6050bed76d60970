import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined
export const HAS_POPPLER = has('pdftotext') && has('pdftoppm')
export const HAS_QPDF = has('qpdf')

/** Text in the order it was drawn, by poppler. */
export const popplerText = (path: string): string => run('pdftotext', ['-raw', path, '-']).toString('utf8')

/** `qpdf --check`: '' when it has nothing to say against the file. */
export function qpdfComplaints(path: string): string {
  const { status, stdout, stderr } = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' })
  return status === 0 ? '' : stdout + stderr
}

/** A page as PNG. */
export const popplerPage = (path: string, page: number, dpi: number): Buffer =>
  run('pdftoppm', ['-r', String(dpi), '-f', String(page), '-l', String(page), '-png', path])

export type PdfjsReading = {
  pages: string[]
  outline: { title: string; page: number; depth: number }[]
  links: number
  lang: string
  title: string
}

/** Everything a second, independent reader sees: text by page, bookmarks with their pages, links. */
export async function pdfjsRead(path: string): Promise<PdfjsReading> {
  const task = getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 })
  const doc = await task.promise
  const pages: string[] = []
  let links = 0
  for (let n = 1; n <= doc.numPages; n++) {
    const page = await doc.getPage(n)
    const { items } = await page.getTextContent()
    pages.push(items.map((i) => ('str' in i ? i.str : '')).join(''))
    links += (await page.getAnnotations()).length
  }
  const outline: PdfjsReading['outline'] = []
  type Entry = NonNullable<Awaited<ReturnType<typeof doc.getOutline>>>[number]
  const walk = async (entries: Entry[], depth: number): Promise<void> => {
    for (const entry of entries) {
      const target = Array.isArray(entry.dest) ? entry.dest[0] : null
      outline.push({ title: entry.title, page: target === null ? -1 : await doc.getPageIndex(target), depth })
      await walk(entry.items, depth + 1)
    }
  }
  await walk((await doc.getOutline()) ?? [], 0)
  const { info } = await doc.getMetadata()
  const facts = info as { Title?: string; Language?: string }
  await task.destroy()
  return { pages, outline, links, lang: facts.Language ?? '', title: facts.Title ?? '' }
}

function run(tool: string, args: string[]): Buffer {
  const { status, stdout, stderr } = spawnSync(tool, args, { maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${tool}: ${String(stderr)}`)
  return stdout
}

export type TaggedPart = { role: string; alt: string; text: string; parts: TaggedPart[] }

/** The tree of tags of every page, with the text each holds, as pdf.js gives it to assistive programs. */
export async function pdfjsTags(path: string): Promise<TaggedPart[]> {
  const task = getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 })
  const doc = await task.promise
  const parts: TaggedPart[] = []
  for (let n = 1; n <= doc.numPages; n++) {
    const page = await doc.getPage(n)
    const texts = new Map<string, string>()
    const open: (string | null)[] = []
    for (const item of (await page.getTextContent({ includeMarkedContent: true })).items) {
      if ('str' in item) {
        const id = open.at(-1) ?? null
        if (id !== null) texts.set(id, (texts.get(id) ?? '') + item.str)
      } else if (item.type === 'endMarkedContent') open.pop()
      else open.push('id' in item && typeof item.id === 'string' ? item.id : null)
    }
    type Node = { role?: string; alt?: string; children?: Node[]; type?: string; id?: string }
    const partOf = ({ role = '', alt = '', children = [] }: Node): TaggedPart => ({
      role,
      alt,
      text: children.map((c) => (c.type === 'content' ? (texts.get(c.id ?? '') ?? '') : '')).join(''),
      parts: children.filter((c) => c.role !== undefined).map(partOf),
    })
    const tree = (await page.getStructTree()) as Node | null
    if (tree) parts.push(partOf(tree))
  }
  await task.destroy()
  return parts
}
