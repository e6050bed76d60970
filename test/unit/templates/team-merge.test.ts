import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSheetAgainst, parseSheet } from '../../../shared/domain/sheet.ts'
import { checkTaskAgainst } from '../../../shared/domain/task.ts'
import { isScored, templateItems } from '../../../shared/domain/template.ts'
import { recomputeSheet } from '../../../shared/scoring/demands.ts'
import { arbAnswers } from '../../support/scoring-arbitraries.ts'
import { mergedItem, mergeOf, sheetOf } from '../../support/scoring-factories.ts'
import { foodLicence } from '../../fixtures/food-licence.ts'
import { builtIn, layeredFood, measured, mergedSound, soundAnswers, visitOf, type Values } from './visits.ts'

const TEMPLATES = {
  agriculture: builtIn('agriculture'),
  industrial: builtIn('industrial'),
  service: builtIn('service'),
  region: builtIn('region'),
  food: layeredFood(),
  'food licence': foodLicence('current'),
}

describe.each(Object.entries(TEMPLATES))('a generated team of %s', (_name, template) => {
  const visit = visitOf(template)
  const people = visit.task.team.map((m) => m.personId)

  test('its sheets recompute and merge to the same result in any order', () => {
    expect(checkTaskAgainst(visit.task, template)).toEqual([])
    const team = fc.tuple(...people.map((p) => arbAnswers(visit, p)))
    fc.assert(
      fc.property(team, fc.boolean(), (answers, isPartial) => {
        const sheets = people.slice(isPartial ? 1 : 0).map((p, n) =>
          sheetOf(
            visit,
            p,
            (answers[n] ?? []).map((a) => measured(a, visit.task, template)),
          ),
        )
        for (const [n, { sheet }] of sheets.entries()) {
          const parsed = parseSheet(sheet)
          expect(parsed.ok ? [] : parsed.problems).toEqual([])
          expect(checkSheetAgainst(sheet, template)).toEqual([])
          expect(recomputeSheet(template, visit.task, visit.task.team[n + (isPartial ? 1 : 0)]!, sheet)).toEqual([])
        }
        const { merge } = mergeOf(visit, sheets)
        expect(mergeOf(visit, sheets.toReversed()).merge).toEqual(merge)
        expect(merge.items).toHaveLength(templateItems(template).length)
        expect(merge.totals.totalFull).toBe(template.totalFull_cp * 10_000)
        expect(merge.totals.base).toBeLessThanOrEqual(merge.totals.applicable)
        if (isPartial) expect(merge.status).toBe('open')
      }),
      { numRuns: 6 },
    )
  })

  test('of one mind at full marks it closes with every point', () => {
    const best = Object.fromEntries(
      templateItems(template).flatMap((i) => {
        if (i.type === 'maturity') return [[i.id, 100]]
        if (i.type === 'points') return [[i.id, i.full_cp * 10_000]]
        return i.type === 'indicator' ? [[i.id, 10_000]] : []
      }),
    )
    const { merge } = mergedSound(visit, best)
    expect(merge.status).toBe('closed')
    expect([merge.totals.base, merge.totals.rate_bp]).toEqual([template.totalFull_cp * 10_000, 10_000])
    expect(merge.conclusion).toEqual({ computed: template.conclusions[0]?.id, rule: merge.conclusion.rule })
  })
})

/** Fewest conformity items, cheapest first, that are one grade below the best. */
const partials = (name: keyof typeof TEMPLATES, count: number): Values =>
  Object.fromEntries(
    templateItems(TEMPLATES[name])
      .flatMap((i) => (i.type === 'conformity' ? [i] : []))
      .toSorted((a, b) => a.full_cp - b.full_cp)
      .slice(0, count)
      .map((i) => [i.id, 'partial']),
  )

describe.each([
  ['agriculture', 4, 8000, 6500],
  ['service', 2, 7300, 6500],
  ['region', 2, 7000, 6000],
] as const)('lines of %s', (name, atMost, recommend, rectify) => {
  const template = TEMPLATES[name]
  const visit = visitOf(template)
  const computed = (values: Values) => {
    const { merge } = mergedSound(visit, values)
    expect(merge.status).toBe('closed')
    return [merge.conclusion.computed, merge.totals.rate_bp] as const
  }

  test('a sound applicant passes with as many partial conformities as allowed, and not with one more', () => {
    expect(computed(partials(name, atMost))[0]).toBe('recommend')
    const [conclusion, rate] = computed(partials(name, atMost + 1))
    expect(conclusion).toBe('rectify')
    expect(rate).toBeGreaterThanOrEqual(recommend)
  })

  test('one conformity at nothing, or a total below the line, is rectified first; below the lower line not recommended', () => {
    const [first] = templateItems(template).flatMap((i) => (i.type === 'conformity' ? [i] : []))
    expect(computed({ [first!.id]: 'nonconform' })[0]).toBe('rectify')
    const lower = (percent: number): Values =>
      Object.fromEntries(
        templateItems(template).flatMap((i): [string, number][] => {
          if (i.type === 'maturity') return [[i.id, percent]]
          if (i.type === 'points') return [[i.id, i.full_cp * percent * 100]]
          return i.type === 'indicator' ? [[i.id, percent * 100]] : []
        }),
      )
    const seen = [100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 0].map((p) => computed(lower(p)))
    for (const [conclusion, rate] of seen) {
      const expected = rate! >= recommend ? 'recommend' : rate! >= rectify ? 'rectify' : 'reject'
      expect(conclusion).toBe(expected)
    }
    expect(new Set(seen.map(([c]) => c)).size).toBe(3)
  })

  test('veto, gate and a veto still to be verified come before points', () => {
    expect(computed({ v1: 'fail' })[0]).toBe('reject')
    expect(computed({ v2: 'pending' })[0]).toBe('verify')
    expect(computed({ v1: 'fail', v2: 'pending' })[0]).toBe('reject')
    if (templateItems(template).some((i) => i.type === 'gate')) {
      expect(computed({ g1: 'no' })[0]).toBe('supplement')
      expect(computed({ g1: 'no', v2: 'pending' })[0]).toBe('supplement')
      expect(computed({ g1: 'no', v2: 'fail' })[0]).toBe('reject')
    }
  })
})

describe('sampled firms of the regional checklist', () => {
  const visit = visitOf(TEMPLATES.region, 2)
  const withFirms = (count: number) => {
    const answers = soundAnswers(visit).map((a) =>
      a.item === 'i6.2'
        ? {
            ...a,
            units: Array.from({ length: count }, (_, n) => ({
              id: `f${n}`,
              name: `第${n + 1}家`,
              value: (16 + n) * 4_000_000,
              score: null,
              note: '',
            })),
          }
        : a,
    )
    return sheetOf(visit, 'e1', answers)
  }

  test('three to five firms score their mean; two or six are no answer', () => {
    const scoreOf = (count: number) => withFirms(count).sheet.answers.find((a) => a.item === 'i6.2')?.score
    expect([3, 4, 5].map(scoreOf)).toEqual([68_000_000, 70_000_000, 72_000_000])
    expect([2, 6].map(scoreOf)).toEqual([null, null])
  })

  test('the team merges its means', () => {
    const outcome = mergeOf(
      visit,
      ['e1', 'e2'].map((p) => sheetOf(visit, p, soundAnswers(visit))),
    )
    expect(mergedItem(outcome, 'i6.2')).toMatchObject({ flags: [], score: 68_000_000, value: null })
  })
})

test('points per kind of item are those the lines were drawn for', () => {
  const sums = (['agriculture', 'service', 'region'] as const).map((name) => {
    const of = (type: string) =>
      templateItems(TEMPLATES[name]).reduce((sum, i) => sum + (isScored(i) && i.type === type ? i.full_cp / 100 : 0), 0)
    return [of('conformity'), of('points'), of('indicator'), of('maturity')]
  })
  expect(sums).toEqual([
    [420, 310, 95, 175],
    [255, 285, 90, 370],
    [175, 335, 60, 430],
  ])
})
