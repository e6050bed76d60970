import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseDraft, readDraft } from '../../../shared/checklist/draft.ts'
import { findings, isIssuable } from '../../../shared/checklist/findings.ts'
import { parseTemplate, templateItems, type Item, type Template } from '../../../shared/domain/template.ts'
import { reportStrings } from '../../../shared/report/model.ts'
import { buildReport } from '../../../shared/report/build.ts'
import { specimenOf } from '../../../shared/report/specimen.ts'
import { reportTemplateOf } from '../../../electron/report/report-templates.ts'
import { sha256 } from '../../support/report-world.ts'

const ASSETS = join(import.meta.dirname, '..', '..', '..', 'assets')
const parsed = parseTemplate(JSON.parse(readFileSync(join(ASSETS, 'templates', 'industrial.json'), 'utf8')))
if (!parsed.ok) throw new Error('no template')
const template = parsed.value

/** The checklist with its items changed, by their place. */
function withItems(change: (item: Item, n: number) => Item): Template {
  let n = 0
  return { ...template, sections: template.sections.map((s) => ({ ...s, items: s.items.map((i) => change(i, n++)) })) }
}

test('codes and ids named like what every object has are codes and ids like any other', () => {
  const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype', '__defineGetter__', 'valueOf']
  const odd = withItems((item, n) => ({ ...item, id: n === 0 ? 'constructor' : item.id, code: names[n] ?? item.code }))
  const stored = readDraft(JSON.stringify(odd))
  expect(stored).toEqual({ ok: true, value: odd })
  expect(isIssuable(findings(odd))).toBe(isIssuable(findings(template)))
  const visit = specimenOf({ template: odd, language: 'zh', hash: sha256 })
  const plain = specimenOf({ template, language: 'zh', hash: sha256 })
  expect(visit.result.merge.totals).toEqual(plain.result.merge.totals)
  const words = reportTemplateOf(ASSETS, 'industry')
  const told = reportStrings(buildReport({ ...visit, profile: 'archive', language: 'zh', words })).map((s) => s.text)
  for (const name of names) expect(told.some((text) => text.includes(name))).toBe(true)
  // What a file may bring along with its content is no content.
  const more = JSON.stringify(template).replace('{', '{"__proto__":{"sample":true},')
  expect(readDraft(more).ok).toBe(false)
})

test('codes that only differ by how a letter is composed are one and forbid issuing; by case or width they stand apart', () => {
  const codes = ['a1', 'A1', 'Ａ１', '\u00e91', 'e\u03011']
  const found = findings(withItems((item, n) => ({ ...item, code: codes[n] ?? item.code })))
  expect(found.filter((f) => f.code === 'duplicateCode').map((f) => f.message)).toEqual(['\u00e91'])
  expect(isIssuable(found)).toBe(false)
})

test('thousands of items are read; what is beyond the bound, nested without end or no content is refused, not thrown', () => {
  const [section, ...others] = template.sections
  const [item] = templateItems(template)
  if (!section || !item) throw new Error('no item')
  const of = (count: number): Template => ({
    ...template,
    sections: [
      { ...section, items: Array.from({ length: count }, (_, n) => ({ ...item, id: `x${n}`, code: `x${n}` })) },
      ...others,
    ],
  })
  expect(parseDraft(of(2001)).ok).toBe(true)
  expect(findings(of(2001)).length).toBeGreaterThan(0)
  expect(parseDraft(of(5001)).ok).toBe(false)
  const json = JSON.stringify(template)
  for (const wrong of [
    '['.repeat(2_000_000),
    '{"a":'.repeat(100_000),
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    'null',
    '',
    json.slice(0, -1),
  ])
    expect(readDraft(wrong).ok).toBe(false)
})

test('as many rules as a draft may hold, each with lines of its own, are judged one by one', () => {
  const [then = ''] = template.conclusions.map((c) => c.id)
  const rules = Array.from({ length: 2000 }, (_, n) => ({
    then,
    when: {
      anyVetoFail: n % 3 === 0,
      totalRateAtLeast_bp: 10_000 - n,
      sectionRateAtLeast_bp: (n * 37) % 10_000,
      conformityRateAtLeast_bp: (n * 91) % 10_000,
      conformity: { zeroAtMost: n, belowTopAtMost: (n * 7) % 50 },
      openNonconformities: { major: n % 20, minor: (n * 3) % 40 },
    },
  }))
  const many = { ...template, rules }
  expect(parseDraft(many).ok).toBe(true)
  const found = findings(many)
  expect(found.map((f) => f.code)).toContain('caseUndecided')
  expect(found.length).toBeLessThan(2500)
  expect(parseDraft({ ...many, rules: [...rules, ...rules] }).ok).toBe(false)
})
