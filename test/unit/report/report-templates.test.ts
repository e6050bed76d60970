import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { reportTemplateOf } from '../../../electron/report/report-templates.ts'
import { CATEGORIES } from '../../../shared/domain/template.ts'
import { PHRASES, PHRASE_PARTS } from '../../../shared/report/phrases.ts'
import { parseReportTemplate } from '../../../shared/report/template.ts'

const ASSETS = join(import.meta.dirname, '..', '..', '..', 'assets')
type Json = { [key: string]: Json } | Json[] | string | number | boolean | null

/** Every pair of texts in a document, with its path. */
function textsOf(value: Json, path = ''): { path: string; zh: string; en: string }[] {
  if (value === null || typeof value !== 'object') return []
  if (!Array.isArray(value) && typeof value['zh'] === 'string' && typeof value['en'] === 'string')
    return [{ path, zh: value['zh'], en: value['en'] }]
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${path}.${key}`))
}

describe('built-in report templates', () => {
  test('one for every category and no other, each in both languages', () => {
    expect(readdirSync(join(ASSETS, 'report-templates')).filter((n) => n.endsWith('.json'))).toEqual(
      CATEGORIES.map((c) => `${c}.json`).toSorted(),
    )
    for (const category of CATEGORIES) {
      const template = reportTemplateOf(ASSETS, category)
      expect(template.category).toBe(category)
      const texts = textsOf(template as unknown as Json).filter((x) => x.path !== '.mark')
      expect(texts.filter((x) => x.zh === '' || x.en === '' || /[\u4e00-\u9fff]/.test(x.en))).toEqual([])
      for (const { zh } of texts) expect(zh).not.toMatch(/哈希|摘要|密钥|(?<!予)不推荐/)
    }
  })

  test('closed: an unknown field, a second area for one signatory, a second paragraph for a chapter are refused', () => {
    const good = JSON.parse(readFileSync(join(ASSETS, 'report-templates', 'industry.json'), 'utf8')) as {
      signatures: Json[]
      paragraphs: Json[]
    }
    expect(parseReportTemplate(good).ok).toBe(true)
    const bad = [
      { ...good, colour: 'red' },
      { ...good, logo: 'x' },
      { ...good, signatures: [...good.signatures, good.signatures[0]] },
      { ...good, paragraphs: [...good.paragraphs, good.paragraphs[0]] },
      { ...good, paragraphs: [{ chapter: 17, text: { zh: 'x', en: '' } }] },
      { ...good, version: 1 },
      { ...good, edition: 0 },
      { ...good, chapters: { committee: [1, 5, 10, 12], archive: null, enterprise: null } },
      { ...good, chapters: { committee: [1, 5, 10, 12, 15, 15], archive: null, enterprise: null } },
    ]
    expect(
      parseReportTemplate({ ...good, chapters: { committee: [15, 12, 10, 5, 1], archive: null, enterprise: null } }).ok,
    ).toBe(true)
    expect(bad.map((b) => parseReportTemplate(b).ok)).toEqual(bad.map(() => false))
  })
})

test('standard phrases: some for every text, both languages, none twice', () => {
  for (const part of PHRASE_PARTS) {
    expect(PHRASES[part].length).toBeGreaterThan(2)
    for (const { zh, en } of PHRASES[part]) expect(zh !== '' && en !== '' && !/[\u4e00-\u9fff]/.test(en)).toBe(true)
  }
  const all = PHRASE_PARTS.flatMap((p) => PHRASES[p].map((x) => x.zh))
  expect(new Set(all).size).toBe(all.length)
})
