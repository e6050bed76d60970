import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTemplate, templateItems, type Item, type Template } from '../../../shared/domain/template.ts'
import { parseDraft, tidied } from '../../../shared/checklist/draft.ts'
import { FINDINGS } from '../../../shared/checklist/finding.ts'
import { findings, findingsInSteps, isIssuable } from '../../../shared/checklist/findings.ts'
import { randomFrom } from '../../support/random.ts'
import {
  conformityItem,
  deductionItem,
  indicatorItem,
  maturityItem,
  pointsItem,
  rowOf,
  templateOf,
  vetoItem,
} from '../../support/scoring-factories.ts'

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../assets/templates/${name}.json`, import.meta.url), 'utf8')) as Template
const industrial = sample('industrial')
const codes = (t: Template, prefix = '') => findings(t).flatMap((f) => (f.path.startsWith(prefix) ? [f.code] : []))
const withItem = (item: Item) => templateOf([[item]])

describe('findings', () => {
  test('of the samples are none that forbid issuing', () => {
    for (const name of ['industrial', 'agriculture', 'service', 'region']) {
      expect(findings(sample(name)).filter((f) => f.severity === 'error')).toEqual([])
    }
    expect(findings(industrial)).toEqual([])
  })

  test('forbid whatever could not be read back, for 3000 broken checklists', () => {
    const random = randomFrom(20_261_124)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
    const odd = [
      '',
      ' ',
      '字',
      'x y',
      '\u0001',
      -1,
      0,
      0.5,
      7,
      1_000_000_000,
      null,
      true,
      false,
      '-0',
      '1.5',
      'i1.1',
      'v1',
    ]
    /** Replaces, drops or doubles parts, as often as the draft still has the shape of one. */
    const broken = (value: unknown, depth: number): unknown => {
      if (Array.isArray(value)) {
        if (value.length === 0) return value
        const at = Math.floor(random() * value.length)
        if (random() < 0.1) return value.toSpliced(at, 1)
        if (random() < 0.1) return value.toSpliced(at, 0, value[at])
        return value.with(at, broken(value[at], depth + 1))
      }
      if (typeof value !== 'object' || value === null) return pick(odd)
      const key = pick(Object.keys(value))
      if (key === undefined) return value
      return { ...value, [key]: broken((value as Record<string, unknown>)[key], depth + 1) }
    }
    const small = { ...industrial, sections: industrial.sections.slice(0, 3) }
    let kept = 0
    let refused = 0
    for (let n = 0; n < 3000; n += 1) {
      let content: unknown = small
      for (let k = 0; k <= n % 3; k += 1) content = broken(content, 0)
      const draft = parseDraft(content)
      if (!draft.ok) continue
      kept += 1
      const found = findings(draft.value)
      const parsed = parseTemplate(tidied(draft.value))
      if (!parsed.ok) refused += 1
      if (!parsed.ok && isIssuable(found)) throw new Error(`not found: ${JSON.stringify(parsed.problems)}`)
      for (const f of found) expect(FINDINGS).toHaveProperty(f.code)
    }
    expect([kept > 300, refused > 100]).toEqual([true, true])
  })

  test('are the same whether items were seen before or not', () => {
    fc.assert(
      fc.property(fc.nat(templateItems(industrial).length - 1), fc.constantFrom('', ' 新 ', 'V1'), (at, code) => {
        const id = templateItems(industrial)[at]?.id
        const sections = industrial.sections.map((s) => ({
          ...s,
          items: s.items.map((i) => (i.id === id ? { ...i, code } : i)),
        }))
        const edited = { ...industrial, sections }
        expect(findings(edited)).toEqual(findings(structuredClone(edited)))
        const steps = findingsInSteps(edited)
        let step = steps.next()
        while (!step.done) step = steps.next()
        expect(step.value).toEqual(findings(edited))
      }),
    )
  })

  test('follow the grades and bands an unchanged item names', () => {
    expect(codes({ ...industrial, bands: [] })).toContain('missingBands')
    expect(codes({ ...industrial, gradeSets: [] })).toContain('unknownGradeSet')
    expect(codes(industrial)).toEqual([])
  })

  test.each<[string, Item, string]>([
    ['points without a value', { ...pointsItem('p', 10), full_cp: 0 }, 'pointsMissing'],
    ['a step that does not divide', pointsItem('p', 10, 0.3), 'step'],
    [
      'four anchors',
      pointsItem('p', 10, 1, { spec: { step_cp: 100, anchors: ['a', 'b', 'c', 'd'].map((zh) => ({ zh, en: zh })) } }),
      'anchors',
    ],
    ['a bonus veto', vetoItem('v', { bonus: true }), 'bonusType'],
    ['deductions without a list', deductionItem('d', 10, []), 'deductionsMissing'],
    [
      'deductions that cannot take everything',
      deductionItem('d', 10, [{ id: 'x', points: 1, maxCount: 3 }]),
      'deductionTooSmall',
    ],
    ['an indicator without rows', indicatorItem('n', 10, []), 'rowsMissing'],
    ['rows in the wrong order', indicatorItem('n', 10, [rowOf('r', { base: '5', advanced: '3' })]), 'rowOrder'],
    ['a threshold that is no number', indicatorItem('n', 10, [rowOf('r', { base: '五', advanced: '3' })]), 'decimal'],
    [
      'points per grade beyond the full marks',
      conformityItem('c', 10, { spec: { gradeSet: 'three', points_cp: [2000, 500, 0] } }),
      'gradePoints',
    ],
    [
      'a top grade below full marks',
      conformityItem('c', 10, { spec: { gradeSet: 'three', points_cp: [900, 500, 0] } }),
      'topPointsNotFull',
    ],
    [
      'hundreds of photos',
      maturityItem('m', 10, { demand: { ...maturityItem('m', 1).demand, minPhotos: 300 } }),
      'manyPhotos',
    ],
    [
      'a repeat from three to two',
      pointsItem('p', 10, 0.5, { repeat: { what: { zh: '户', en: 'farm' }, min: 3, max: 2 } }),
      'repeat',
    ],
    ['an item without a title', pointsItem('p', 10, 0.5, { title: { zh: ' ', en: '' } }), 'required'],
  ])('name %s', (_, item, code) => {
    expect(codes(withItem(item), `items.${item.id}`)).toContain(code)
  })

  test('name what is wrong around the items', () => {
    const two = templateOf([[pointsItem('p', 10)], [pointsItem('q', 10, 0.5, { code: 'P' })]])
    expect(codes(two, 'items.q.code')).toEqual(['duplicateCode'])
    expect(codes({ ...two, sections: two.sections.map((s) => ({ ...s, id: 'a' })) }, 'sections.a')).toContain(
      'duplicateId',
    )
    expect(codes({ ...two, totalFull_cp: 1 })).toContain('totalFull')
    expect(codes({ ...two, sections: [] })).toContain('empty')
    expect(codes({ ...two, bonusCap_cp: 100 })).toContain('bonusCapIdle')
    expect(codes({ ...two, effectiveDate: '2026-02-30' })).toContain('day')
    expect(codes({ ...two, effectiveDate: '' })).not.toContain('day')
    expect(codes({ ...two, merge: { ...two.merge, method: 'weighted' } })).toContain('weightMissing')
    expect(codes({ ...two, merge: { ...two.merge, method: 'owner' } })).toContain('ownersNeeded')
    expect(codes({ ...two, merge: { ...two.merge, method: 'trimmedTotal' } })).toContain('everybodyNeeded')
  })

  test('name rules that cannot be reached and cases without a conclusion', () => {
    const plain = templateOf([[pointsItem('p', 10), vetoItem('v')]], {
      rules: [
        { when: { totalRateAtLeast_bp: 6000 }, then: 'after' },
        { when: { totalRateAtLeast_bp: 8000 }, then: 'recommend' },
        { when: { anyGateNo: true }, then: 'supplement' },
      ],
    })
    const found = findings(plain).filter((f) => f.path.startsWith('rules') || f.path.startsWith('conclusions'))
    expect(found.map((f) => `${f.path} ${f.code} ${f.message}`.trim())).toEqual(
      expect.arrayContaining([
        'rules.1 ruleShadowed 1',
        'rules.2 ruleWithoutGate',
        'rules.2.when lastRuleIsElse',
        'rules caseUndecided',
        'rules vetoWithoutRule',
        'conclusions.recommend conclusionUnreached',
      ]),
    )
    expect(codes({ ...plain, rules: [] })).toContain('scoreOnly')
  })
})
