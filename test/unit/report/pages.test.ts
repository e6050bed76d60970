import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderReport } from '../../../electron/report/render.ts'
import type { ReportModel } from '../../../shared/report/model.ts'
import { ALLOWED, difference, isChanged, pageImage } from '../../support/page-images.ts'
import { HAS_POPPLER } from '../../support/pdf-readers.ts'
import { FONTS } from '../../support/report-model.ts'
import { PAGE_NAMES, pagesModel } from '../../support/report-pages.ts'
import { sha256 } from '../../support/report-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'pages-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const shown: string[] = []
beforeAll(async () => {
  for (const n of [0, 1]) {
    const top = Buffer.from(
      `<svg width="640" height="480"><rect width="320" height="240" fill="${n === 0 ? '#123' : '#eee'}"/></svg>`,
    )
    const picture = sharp({ create: { width: 640, height: 480, channels: 3, background: n === 0 ? '#88a' : '#686' } })
    const bytes = await picture
      .composite([{ input: top, left: 0, top: 0 }])
      .jpeg()
      .withMetadata({ orientation: n === 0 ? 1 : 6 })
      .toBuffer()
    shown.push(sha256(bytes))
    writeFileSync(join(folder, `${shown[n]}.jpg`), bytes)
  }
})

async function images(model: ReportModel, name: string): Promise<Buffer[]> {
  const photo = (hash: string) => (shown.includes(hash) ? join(folder, `${hash}.jpg`) : null)
  const target = join(folder, `${name}.pdf`)
  const made = await renderReport({ model, fontsDir: FONTS, photo, cacheDir: join(folder, 'cache'), target })
  if (!made.ok) throw new Error(made.failure.code)
  return await Promise.all(Array.from({ length: made.value.pages }, (_, n) => pageImage(target, n + 1)))
}

describe.skipIf(!HAS_POPPLER)('approved pages', () => {
  test.each(['zh', 'en'] as const)('%s', async (language) => {
    const pages = await images(pagesModel(language, shown), language)
    expect(pages).toHaveLength(PAGE_NAMES.length)
    const changed: string[] = []
    for (const [n, page] of pages.entries()) {
      const name = `${language}-${PAGE_NAMES[n]}`
      if (await isChanged(name, page)) changed.push(name)
    }
    expect(changed).toEqual([])
  })

  test('one changed word, a moved table and a lost photo are seen', async () => {
    const model = pagesModel('zh', shown)
    const before = await images(model, 'before')
    const text = JSON.stringify(model)
      .replace('整改验证后推荐', '推荐')
      .replace('"share":60', '"share":50')
      .replace(shown[1] ?? '', 'd'.repeat(64))
    const after = await images(JSON.parse(text) as ReportModel, 'after')
    const differences = await Promise.all(before.map((page, n) => difference(page, after[n] ?? page)))
    const seen = PAGE_NAMES.filter((_, n) => (differences[n] ?? 0) > ALLOWED)
    expect(seen).toEqual(['summary', 'tables', 'photos'])
  })
})
