import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { writeEvidenceZip } from '../../../electron/report/evidence-zip.ts'
import type { Media } from '../../../shared/domain/sheet.ts'
import { mediaOf, reportWorld, sha256 } from '../../support/report-world.ts'
import { makePhoto } from '../../support/sample-photos.ts'
import { parseXml } from '../../support/xml-parts.ts'

const folder = mkdtempSync(join(tmpdir(), 'zip-names-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Codes as nobody should write them. */
const CODES = [
  'CON',
  'nul.txt',
  'a1',
  'A1',
  'COM1',
  '..',
  '../../evil',
  '1.',
  '1. ',
  '1/2',
  '1\\2',
  '1:2',
  'x'.repeat(2000),
  `${'x'.repeat(2000)}y`,
  '１.２',
  '1.2',
  '\u202e1',
  '😀',
  '\uffff',
]
const TEXT = `"'><script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) &amp; \n<a href="javascript:x">`

/** The sample visit with these codes, every text hostile, and one photo of each item. */
async function hostile() {
  const world = await reportWorld(join(folder, 'photos'), 0)
  const title = { zh: TEXT, en: TEXT }
  const items = world.template.sections
    .flatMap((s) => s.items)
    .slice(0, CODES.length)
    .map((item, n) => ({ ...item, code: CODES[n] ?? '', title }))
  const section = (code: string, of: typeof items) => ({
    id: code.toLowerCase(),
    code,
    title,
    justifyBelow_bp: null,
    items: of,
  })
  const sections = [section('aux', items.slice(2)), section('AUX', items.slice(0, 2))]
  const template = { ...world.template, sections: [...sections, section('2', items.slice(0, 0))] }
  const photos = new Map<string, string>()
  const media: Media[] = []
  for (const [n, item] of items.entries()) {
    const bytes = await makePhoto(n, { width: 64, height: 48 })
    const path = join(folder, `${n}.jpg`)
    writeFileSync(path, bytes)
    photos.set(sha256(bytes), path)
    media.push(mediaOf(bytes, [item.id], `=1${TEXT}`, { name: TEXT }))
  }
  const sheets = world.sheets.map((s, n) => ({
    ...s,
    sheet: { ...s.sheet, expert: { ...s.sheet.expert, name: TEXT }, media: n === 0 ? media : [] },
  }))
  const task = { ...world.task, enterprise: { ...world.task.enterprise, name: TEXT } }
  const { photo: _, ...input } = world
  const outcome = await writeEvidenceZip({
    input: {
      ...input,
      task,
      template,
      sheets,
      result: { ...world.result, reportNumber: TEXT },
      profile: 'archive',
      language: 'zh',
    },
    photo: (hash) => photos.get(hash) ?? null,
    reports: [],
    isDraft: true,
    cacheDir: join(folder, 'cache'),
    target: join(folder, 'hostile.zip'),
  })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  const bytes = readFileSync(outcome.value.path)
  return { entries: unzipSync(bytes), names: namesOf(bytes), files: outcome.value.files }
}

/** Every name of the directory, also those that are there twice. */
function namesOf(zip: Buffer): string[] {
  const names: string[] = []
  for (let at = zip.readUInt32LE(zip.length - 6); zip.readUInt32LE(at) === 0x02014b50;) {
    const length = zip.readUInt16LE(at + 28)
    names.push(zip.toString('utf8', at + 46, at + 46 + length))
    at += 46 + length
  }
  return names
}

test('every name can be unpacked on every system, and the page is only text, whatever was typed', async () => {
  const { entries, names, files } = await hostile()
  expect(files).toBe(CODES.length)
  expect(new Set(names.map((n) => n.normalize('NFKC').toUpperCase())).size).toBe(names.length)
  for (const name of names) {
    expect(name.length).toBeLessThan(160)
    for (const part of name.split('/')) {
      expect(part).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i)
      expect(part).not.toMatch(/[\\:*?"<>|\p{C}]|^$|[. ]$|^\.+$/u)
    }
  }
  for (const page of ['index.html', 'index.en.html']) {
    const source = Buffer.from(entries[page] ?? []).toString('utf8')
    const tags = parseXml(
      source
        .replace('<!doctype html>', '')
        .replaceAll('\uffff', '')
        .replaceAll(/<(meta|br|img)\b([^>]*)>/g, '<$1$2/>'),
    )
    expect(
      [...new Set(tags.map((t) => t.name))].filter((t) => ['script', 'iframe', 'object', 'form'].includes(t)),
    ).toEqual([])
    expect(tags.filter((t) => t.name === 'img')).toHaveLength(CODES.length)
    for (const { attributes } of tags) {
      expect(Object.keys(attributes).filter((a) => a.startsWith('on'))).toEqual([])
      for (const link of [attributes.href, attributes.src].filter((l) => l !== undefined))
        expect(names).toContain(decodeURIComponent(link))
    }
    // The control: what was typed stands there, to be read.
    expect(tags.find((t) => t.name === 'img')?.attributes.alt).toContain('<script>alert(1)</script>')
  }
  expect(Buffer.from(entries['清单.csv'] ?? []).toString('utf8')).toContain(`"'=1""'><script>`)
})
