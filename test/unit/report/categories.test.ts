import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { enclosedTemplate, storedTemplate } from '../../../electron/report/enclosed-template.ts'
import { renderReport } from '../../../electron/report/render.ts'
import { reportTemplateOf } from '../../../electron/report/report-templates.ts'
import {
  CATEGORIES,
  PROFILES,
  parseTemplate,
  type ProfileName,
  type Template,
} from '../../../shared/domain/template.ts'
import { buildReport } from '../../../shared/report/build.ts'
import { reportStrings, type ReportModel } from '../../../shared/report/model.ts'
import { specimenOf, type Specimen } from '../../../shared/report/specimen.ts'
import { expectGood } from '../../support/pdf-gates.ts'
import { FONTS } from '../../support/report-model.ts'
import { sha256 } from '../../support/report-world.ts'

const ASSETS = join(import.meta.dirname, '..', '..', '..', 'assets')
const folder = mkdtempSync(join(tmpdir(), 'categories-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Category = Template['category']
const FILES: Record<Category, string> = {
  agriculture: 'agriculture',
  industry: 'industrial',
  service: 'service',
  region: 'region',
}

function templateOf(category: Category): Template {
  const parsed = parseTemplate(JSON.parse(readFileSync(join(ASSETS, 'templates', `${FILES[category]}.json`), 'utf8')))
  if (!parsed.ok) throw new Error(category)
  return parsed.value
}

const build = (visit: Specimen, profile: ProfileName, language: 'zh' | 'en'): ReportModel =>
  buildReport({ ...visit, profile, language, words: reportTemplateOf(ASSETS, visit.task.category) })

let made = 0
const render = async (model: ReportModel) =>
  await renderReport({
    model,
    fontsDir: FONTS,
    photo: () => null,
    cacheDir: join(folder, 'cache'),
    target: join(folder, `${++made}.pdf`),
  })

/** What people type into these fields is free; everything else has a form of its own. */
const FREE = new Set(
  'name unit address contact products boundary what question finding facts strengths gaps suggestions evidence requirement where sample confirmedBy opinion population how result note label value text'.split(
    ' ',
  ),
)
const NAME = '辽宁省某某国家级经济技术开发区现代农业与装备制造产业融合发展示范有限责任公司（第二分公司）'
  .repeat(3)
  .slice(0, 120)
const HOSTILE = fc.oneof(
  fc.constantFrom(
    NAME,
    'GB-T19001'.repeat(34).slice(0, 300),
    '䶮𬭎㑇',
    '张𬭎（㑇）“䶮”，见《记录》：3.5 mA。',
    '“”（）《》、，。；：？！',
  ),
  fc
    .array(
      fc.constantFrom(
        '评',
        '价',
        '，',
        '。',
        '“',
        '”',
        '（',
        '）',
        'NPSH',
        ' ',
        '12.5',
        ' mm/s',
        '䶮',
        '㑇',
        '\n',
        '—',
        '…',
        '％',
      ),
      {
        minLength: 1,
        maxLength: 90,
      },
    )
    .map((parts) => parts.join('').trim() || '空'),
)

/** The visit with every free text replaced; numbers, codes, dates and ids stay. */
function written(visit: Specimen, next: () => string): Specimen {
  const walk = (value: unknown, key: string, inside: readonly string[]): unknown => {
    if (typeof value === 'string') return FREE.has(key) && value !== '' && !inside.includes('merge') ? next() : value
    if (Array.isArray(value)) return value.map((one) => walk(one, key, inside))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, k, [...inside, k])]))
  }
  const { template, contentSha256 } = visit
  const answers = (s: Specimen['sheets'][number]) =>
    s.sheet.answers.map((a) => ({ ...a, value: a.value, units: a.units.map((u) => ({ ...u, name: next() })) }))
  const task = walk(visit.task, '', []) as Specimen['task']
  const result = walk(visit.result, '', []) as Specimen['result']
  return {
    template,
    contentSha256,
    task: { ...task, organiser: visit.task.organiser, indicators: visit.task.indicators },
    result: { ...result, merge: visit.result.merge },
    sheets: visit.sheets.map((s) => ({ ...s, sheet: { ...s.sheet, answers: answers(s) } })),
  }
}

const CASES = CATEGORIES.flatMap((category) => (['zh', 'en'] as const).map((language) => ({ category, language })))

describe.each(CASES)('$category $language', ({ category, language }) => {
  const visit = specimenOf({ template: templateOf(category), language, hash: sha256 })

  test('the specimen is settled, and says the same twice', () => {
    expect(visit.result.merge.status).toBe('closed')
    expect(specimenOf({ template: visit.template, language, hash: sha256 })).toEqual(visit)
  })

  test.each(PROFILES)('%s: every string is found in the file, whatever was typed', async (profile) => {
    const texts = fc.sample(HOSTILE, {
      numRuns: 400,
      seed: CATEGORIES.indexOf(category) * 10 + PROFILES.indexOf(profile),
    })
    let n = 0
    const model = build(
      written(visit, () => texts[n++ % texts.length] ?? ''),
      profile,
      language,
    )
    expect(reportStrings(model).some((s) => s.text.includes(NAME))).toBe(true)
    const done = await render(model)
    if (!done.ok) throw new Error(JSON.stringify(done.failure))
    await expectGood(model, done.value.path)
  })

  test('nothing is left untranslated, nothing Chinese says what may not be said', () => {
    for (const profile of PROFILES) {
      const model = build(visit, profile, language)
      const own = new Set(JSON.stringify(visit).match(/[\u4e00-\u9fff]+/g))
      const all = reportStrings(model).flatMap((s) => s.text.match(/[\u4e00-\u9fff]+/g) ?? [])
      if (language === 'en') expect(all.filter((word) => !own.has(word))).toEqual([])
      expect(all.join('\n')).not.toMatch(/哈希|密钥|摘要|(?<!予)不推荐/)
    }
  })
})

describe('a template of one’s own', () => {
  test('shows its logo and chapters, travels inside the file and is read back; a changed or second one is not', async () => {
    const visit = specimenOf({ template: templateOf('service'), language: 'zh', hash: sha256 })
    const bytes = await sharp({ create: { width: 400, height: 100, channels: 3, background: '#0b8a8f' } })
      .jpeg()
      .toBuffer()
    const logo = { sha256: sha256(bytes), width: 400, height: 100, jpeg: bytes.toString('base64') }
    const words = { ...reportTemplateOf(ASSETS, 'service'), id: 'own', logo, mark: { zh: '某省䶮𬭎委员会', en: '' } }
    const own = storedTemplate({ ...words, chapters: { ...words.chapters, enterprise: [10, 1, 12, 5, 15, 9] } })
    const model = buildReport({ ...visit, profile: 'enterprise', language: 'zh', words: own.template, ownWords: own })
    const chapters = model.blocks.flatMap((b) =>
      b.kind === 'heading' && b.about?.startsWith('chapter:') ? [b.about] : [],
    )
    // The checklist hides scores and conclusion from the enterprise, whatever a template asks for.
    expect(chapters).toEqual(['chapter:10', 'chapter:1', 'chapter:5'])
    const done = await render(model)
    if (!done.ok) throw new Error(done.failure.code)
    await expectGood(model, done.value.path)
    expect(enclosedTemplate(done.value.path)).toEqual(own)
    const file = readFileSync(done.value.path)
    expect(file.includes(bytes.subarray(-200))).toBe(true)
    const other = join(folder, 'other.pdf')
    const at = file.indexOf('某省䶮')
    writeFileSync(other, Buffer.concat([file.subarray(0, at), Buffer.from('本'), file.subarray(at + 3)]))
    expect(enclosedTemplate(other)?.sha256).not.toBe(own.sha256)
    writeFileSync(other, Buffer.concat([file, file]))
    expect(enclosedTemplate(other)).toBeNull()
    const plain = await render(build(visit, 'enterprise', 'zh'))
    expect(plain.ok && enclosedTemplate(plain.value.path)).toBeNull()
  })
})

describe('what a region and a service show', () => {
  test('sampled firms by name with what each was given, in the archive only', () => {
    const visit = specimenOf({ template: templateOf('region'), language: 'zh', hash: sha256 })
    const texts = (profile: ProfileName) => reportStrings(build(visit, profile, 'zh')).map((s) => s.text)
    expect(texts('archive')).toEqual(expect.arrayContaining(['抽样单位', '抽样单位 1', '3 个单位平均']))
    expect(texts('archive').join('\n')).toMatch(/张组长：\d+\.\d\d\n李专家/)
    expect(texts('committee').join('\n')).not.toMatch(/专家A：\d+\.\d\d\n/)
  })

  test('mystery visits are in the committee copy and not in that of the enterprise', () => {
    const visit = specimenOf({ template: templateOf('service'), language: 'zh', hash: sha256 })
    const covert = visit.template.sections.flatMap((s) => s.items).filter((i) => i.methods.includes('covert'))
    expect(covert.length).toBeGreaterThan(0)
    const has = (profile: ProfileName) =>
      covert.map((i) => reportStrings(build(visit, profile, 'zh')).some((s) => s.text.includes(i.title.zh)))
    expect(has('committee')).toEqual(covert.map(() => true))
    expect(has('enterprise')).toEqual(covert.map(() => false))
  })

  test('a character no font has is refused with its place and the words around it', async () => {
    const visit = specimenOf({ template: templateOf('service'), language: 'zh', hash: sha256 })
    const task = { ...visit.task, enterprise: { ...visit.task.enterprise, name: '微笑😀服务有限公司' } }
    const done = await render(build({ ...visit, task }, 'enterprise', 'zh'))
    if (done.ok) throw new Error('printed')
    expect(done.failure.code).toBe('missingGlyph')
    expect(done.failure.problems?.[0]).toMatchObject({ code: 'U+1F600' })
    expect(done.failure.problems?.[0]?.message).toContain('微笑')
  })
})
