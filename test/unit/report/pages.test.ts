import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { layoutReport } from '../../../electron/report/pdf/layout.ts'
import { renderReport } from '../../../electron/report/render.ts'
import { reportTemplateOf } from '../../../electron/report/report-templates.ts'
import type { Member } from '../../../shared/domain/task.ts'
import { parseTemplate, type ProfileName } from '../../../shared/domain/template.ts'
import { buildReport } from '../../../shared/report/build.ts'
import { buildDocument } from '../../../shared/report/documents/build.ts'
import type { ReportModel } from '../../../shared/report/model.ts'
import { specimenOf, type Specimen } from '../../../shared/report/specimen.ts'
import type { ReportTemplate } from '../../../shared/report/template.ts'
import { ALLOWED, difference, isChanged, pageImage } from '../../support/page-images.ts'
import { HAS_POPPLER } from '../../support/pdf-readers.ts'
import { FONTS, faces } from '../../support/report-model.ts'
import { PAGE_NAMES, pagesModel } from '../../support/report-pages.ts'
import { mediaOf, sha256 } from '../../support/report-world.ts'

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

async function made(model: ReportModel, name: string): Promise<{ path: string; pages: number }> {
  const photo = (hash: string) => (shown.includes(hash) ? join(folder, `${hash}.jpg`) : null)
  const target = join(folder, `${name}.pdf`)
  const done = await renderReport({ model, fontsDir: FONTS, photo, cacheDir: join(folder, 'cache'), target })
  if (!done.ok) throw new Error(done.failure.code)
  return done.value
}

async function images(model: ReportModel, name: string): Promise<Buffer[]> {
  const { path, pages } = await made(model, name)
  return await Promise.all(Array.from({ length: pages }, (_, n) => pageImage(path, n + 1)))
}

const ASSETS = join(import.meta.dirname, '..', '..', '..', 'assets')

function specimen(category: Category, language: 'zh' | 'en'): Specimen {
  const parsed = parseTemplate(JSON.parse(readFileSync(join(ASSETS, 'templates', `${category}.json`), 'utf8')))
  if (!parsed.ok) throw new Error(category)
  return specimenOf({ template: parsed.value, language, hash: sha256 })
}

type Category = 'agriculture' | 'service' | 'region'

const report = (
  category: Category,
  profile: ProfileName,
  language: 'zh' | 'en',
  words = reportTemplateOf(ASSETS, category),
) => buildReport({ ...specimen(category, language), profile, language, words })

/** The built-in style with a logo of one's own. */
async function logoTemplate(category: Category): Promise<ReportTemplate> {
  const drawing =
    '<svg width="400" height="120"><rect width="120" height="120" fill="#0b5"/><circle cx="60" cy="60" r="40" fill="#fff"/><rect x="150" y="45" width="250" height="30" fill="#234"/></svg>'
  const bytes = await sharp(Buffer.from(drawing)).flatten({ background: '#fff' }).jpeg().toBuffer()
  const logo = { sha256: sha256(bytes), width: 400, height: 120, jpeg: bytes.toString('base64') }
  return { ...reportTemplateOf(ASSETS, category), logo, mark: { zh: '某省质量品牌评定办公室', en: '' } }
}

/** The document of an expert's two findings, the first with both photos. */
function nonconformityModel(): ReportModel {
  const { task, template, sheets } = specimen('service', 'zh')
  const [me] = task.team
  const { nonconformities = [] } = sheets[0]?.sheet ?? {}
  const media = shown.map((hash, n) => ({ ...mediaOf(Buffer.alloc(1), [], `现场照片 ${n + 1}`), sha256: hash }))
  const model = buildDocument('nonconformities', {
    task,
    template,
    words: reportTemplateOf(ASSETS, 'service'),
    language: 'zh',
    me: me as Member,
    visit: null,
    own: {
      nonconformities: nonconformities.map((n) => ({ ...n, media: shown })),
      meetings: [],
      media,
      acceptedAt: null,
    },
    pocket: { sections: null, ownPages: false, hints: true },
    hash: sha256,
  })
  if (!model) throw new Error('no document')
  return model
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

  test('what differs by category, a logo, a nonconformity with photos', async () => {
    const found: string[] = []
    const check = async (name: string, model: ReportModel, at: string | number) => {
      const { outline } = layoutReport(model, faces(), () => 4 / 3)
      const page = typeof at === 'number' ? at : outline.find((o) => o.title.includes(at))?.page
      if (page === undefined) throw new Error(`no page ${name}`)
      const { path } = await made(model, name)
      if (await isChanged(name, await pageImage(path, page + 1))) found.push(name)
    }
    await check('zh-agriculture-vetoes', report('agriculture', 'committee', 'zh'), '否决项与前置条件核查结果')
    await check('en-service-section', report('service', 'committee', 'en'), '4 Service provision')
    await check('zh-region-units', report('region', 'archive', 'zh'), '抽样与见证试验记录')
    await check('zh-logo-cover', report('service', 'enterprise', 'zh', await logoTemplate('service')), 0)
    await check('zh-nonconformity-photos', nonconformityModel(), 2)
    expect(found).toEqual([])
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
