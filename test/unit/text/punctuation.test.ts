import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PHRASES } from '../../../shared/report/phrases.ts'
import { en as documentEn } from '../../../shared/report/documents/words-en.ts'
import { zh as documentZh } from '../../../shared/report/documents/words-zh.ts'
import { en as reportEn } from '../../../shared/report/words-en.ts'
import { zh as reportZh } from '../../../shared/report/words-zh.ts'
import { catalogues } from '../../../shared/text/index.ts'
import { VERDICT_TEXT } from '../../../shared/package/verdict.ts'

/** Chinese characters and full-width punctuation; the wide space between boxes to tick is neither. */
const CHINESE = /[\p{Script=Han}\u3001-\u303f\uff00-\uffef]/u
/** Half-width punctuation touching a Chinese character. */
const HALF_WIDTH = /[\p{Script=Han}“”）】》][,;:?!]|[,;:?!]\p{Script=Han}|\p{Script=Han}[.(](?![\w/])|\)\p{Script=Han}/u
/** Typed quotation marks where both languages have their own. */
const TYPED_QUOTES = /["']/

const ASSETS = join(import.meta.dirname, '../../../assets')

type Found = { at: string; text: string; isCode?: true }

/** Every string of a dictionary; what a function says is read from its code, without the values it fills in. */
function stringsOf(value: unknown, at: string): Found[] {
  if (typeof value === 'string') return [{ at, text: value }]
  if (typeof value === 'function') return stringsInCode(String(value)).map((text) => ({ at, text, isCode: true }))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => stringsOf(inner, `${at}.${key}`))
}
const stringsInCode = (code: string): string[] =>
  [...code.matchAll(/`([^`]*)`|'([^']*)'/g)].map((m) => (m[1] ?? m[2] ?? '').replaceAll(/\$\{[^}]*\}/g, '{{value}}'))

const sides = (side: 'zh' | 'en'): Found[] => [
  ...Object.entries<Record<string, { zh: string; en: string }>>({ ...catalogues, verdicts: VERDICT_TEXT }).flatMap(
    ([area, phrases]) => Object.entries(phrases).map(([key, text]) => ({ at: `${area}.${key}`, text: text[side] })),
  ),
  ...Object.entries(PHRASES).flatMap(([part, list]) =>
    list.map((p, n) => ({ at: `phrase.${part}.${n}`, text: p[side] })),
  ),
  ...stringsOf(side === 'zh' ? reportZh : reportEn, 'report'),
  ...stringsOf(side === 'zh' ? documentZh : documentEn, 'documents'),
]

test('no string is empty in one language only', () => {
  const [zh, en] = [sides('zh'), sides('en')]
  expect(zh.length).toBeGreaterThan(2000)
  const lacking = Object.entries<Record<string, { zh: string; en: string }>>(catalogues).flatMap(([area, phrases]) =>
    Object.entries(phrases)
      .filter(([, p]) => (p.zh === '') !== (p.en === ''))
      .map(([key]) => `${area}.${key}`),
  )
  expect(lacking).toEqual([])
  expect(en.length).toBeGreaterThan(2000)
})

test('English has no Chinese in it, nor full-width punctuation', () => {
  expect(sides('en').filter(({ text }) => CHINESE.test(text))).toEqual([])
})

test('Chinese has no half-width punctuation beside its characters', () => {
  expect(sides('zh').filter(({ text }) => HALF_WIDTH.test(text))).toEqual([])
})

test('quotation marks are typographic in both', () => {
  const all = [...sides('zh'), ...sides('en')]
  expect(all.filter(({ text, isCode }) => isCode !== true && TYPED_QUOTES.test(text))).toEqual([])
})

test('what is delivered as data keeps to the same: checklists, report templates, the sample', () => {
  const files = globSync('**/*.json', { cwd: ASSETS })
  expect(files.length).toBeGreaterThan(8)
  const all = files.flatMap((file) => stringsOf(JSON.parse(readFileSync(join(ASSETS, file), 'utf8')), file))
  const isWrong = ({ at, text }: Found) => (at.endsWith('.en') ? CHINESE : HALF_WIDTH).test(text)
  expect(all.filter(isWrong)).toEqual([])
})

test('places filled in are the same in both languages', () => {
  const places = (text: string) =>
    [...new Set([...text.matchAll(/\{\{\w+\}\}/g)].map(([place]) => place))].toSorted((a, b) => (a < b ? -1 : 1))
  const uneven = Object.entries<Record<string, { zh: string; en: string }>>(catalogues).flatMap(([area, phrases]) =>
    Object.entries(phrases)
      .filter(([, { zh, en }]) => places(zh).join(' ') !== places(en).join(' '))
      .map(([key]) => `${area}.${key}`),
  )
  expect(uneven).toEqual([])
})

test('a wrong mark of either kind would be seen', () => {
  expect(['尚未保存,请稍候', '是否删除?', '共 3 项(含观察项)。'].every((text) => HALF_WIDTH.test(text))).toBe(true)
  expect(['Saved、sent', 'Really？', 'the 评分表'].every((text) => CHINESE.test(text))).toBe(true)
  expect(['已保存，1:1 比例。', '按 J/K 键（见下方）', '用时 {{n}} 秒'].some((text) => HALF_WIDTH.test(text))).toBe(
    false,
  )
})
