import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isScored, ITEM_TYPES, templateItems, type Template } from '../../../shared/domain/template.ts'
import { moveItems } from '../../../shared/checklist/bulk.ts'
import * as edits from '../../../shared/checklist/edits.ts'
import { findings } from '../../../shared/checklist/findings.ts'
import { usualStep, withFull } from '../../../shared/checklist/item-kinds.ts'
import {
  conformityItem,
  gateItem,
  maturityItem,
  pointsItem,
  templateOf,
  vetoItem,
} from '../../support/scoring-factories.ts'
import { arbTemplate } from '../../support/scoring-arbitraries.ts'

const base = templateOf([
  [vetoItem('v1', { code: 'V1' }), gateItem('g1', { code: 'V2' })],
  [conformityItem('i1', 10, { code: '1.1' }), pointsItem('i2', 20, 1, { code: '1.2' })],
  [maturityItem('i3', 30, { code: '2.1' })],
])
const codes = (t: Template) => t.sections.map((s) => [s.code, ...s.items.map((i) => i.code)])
const ids = (t: Template) => templateItems(t).map((i) => i.id)

describe('an edit', () => {
  test('of any kind, in any order, keeps ids and totals right and never changes what it was given', () => {
    const step = fc.record({
      kind: fc.constantFrom(
        'addSection',
        'removeSection',
        'duplicateSection',
        'moveSection',
        'addItem',
        'removeItem',
        'duplicateItem',
        'moveItem',
        'changeType',
        'renumber',
      ),
      a: fc.nat(30),
      b: fc.nat(30),
      type: fc.constantFrom(...ITEM_TYPES),
    })
    const apply = (
      t: Template,
      { kind, a, b, type }: { kind: string; a: number; b: number; type: (typeof ITEM_TYPES)[number] },
    ): Template => {
      const section = t.sections[a % Math.max(1, t.sections.length)]?.id ?? ''
      const item = templateItems(t)[b % Math.max(1, templateItems(t).length)]?.id ?? ''
      switch (kind) {
        case 'addSection':
          return edits.addSection(t, a).content
        case 'removeSection':
          return t.sections.length > 1 ? edits.removeSection(t, section) : t
        case 'duplicateSection':
          return edits.duplicateSection(t, section).content
        case 'moveSection':
          return edits.moveSection(t, section, b)
        case 'addItem':
          return edits.addItem(t, section, type, b).content
        case 'removeItem':
          return edits.removeItem(t, item)
        case 'duplicateItem':
          return edits.duplicateItem(t, item).content
        case 'moveItem':
          return moveItems(t, new Set([item]), section, templateItems(t)[a]?.id ?? null)
        case 'changeType':
          return edits.changeType(t, item, type)
        default:
          return edits.renumber(t)
      }
    }
    const broken = new Set([
      'duplicateId',
      'totalFull',
      'bonusType',
      'repeat',
      'step',
      'id',
      'number',
      'range',
      'choice',
      'pointsMissing',
    ])
    fc.assert(
      fc.property(arbTemplate, fc.array(step, { maxLength: 12 }), (template, steps) => {
        let now = template
        for (const s of steps) {
          const before = JSON.stringify(now)
          const next = apply(now, s)
          expect(JSON.stringify(now)).toBe(before)
          expect(JSON.stringify(apply(now, s))).toBe(JSON.stringify(next))
          now = next
        }
        expect(edits.withTotals(now)).toBe(now)
        expect(findings(now).filter((f) => broken.has(f.code) && f.path !== 'totalFull_cp')).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('adds items with the next id and code of their kind, avoiding those of the edition before', () => {
    const veto = edits.addItem(base, 'a', 'veto')
    expect(templateItems(veto.content).find((i) => i.id === veto.id)).toMatchObject({
      id: 'v2',
      code: 'V3',
      full_cp: null,
    })
    const scored = edits.addItem(base, 'b', 'points', 0, new Set(['i7']))
    expect(scored.id).toBe('i8')
    expect(scored.content.sections[1]?.items[0]).toMatchObject({ code: '2.2', full_cp: 1000, spec: { step_cp: 50 } })
    expect(scored.content.totalFull_cp).toBe(base.totalFull_cp + 1000)
  })

  test('moves an item anywhere and takes it back', () => {
    const moved = moveItems(base, new Set(['i1']), 'c', null)
    expect(ids(moved)).toEqual(['v1', 'g1', 'i2', 'i3', 'i1'])
    expect(moveItems(moved, new Set(['i1']), 'b', 'i2')).toEqual(base)
    expect(moveItems(base, new Set(['nobody']), 'b', null)).toBe(base)
    expect(moveItems(base, new Set(['i1']), 'nowhere', null)).toBe(base)
  })

  test('moves sections and duplicates them with everything in it under new ids', () => {
    expect(edits.moveSection(base, 'a', 2).sections.map((s) => s.id)).toEqual(['b', 'c', 'a'])
    const twin = edits.duplicateSection(base, 'b')
    expect(twin.content.sections.map((s) => s.items.length)).toEqual([2, 2, 2, 1])
    expect(new Set(ids(twin.content)).size).toBe(7)
    expect(twin.content.totalFull_cp).toBe(base.totalFull_cp + 3000)
  })

  test('changes a type and keeps what the new one knows', () => {
    const rich = edits.changeItem(base, 'i2', (i) => ({
      ...i,
      basis: 'GB/T 1',
      starred: true,
      demand: { ...i.demand, minPhotos: 2 },
    }))
    const word = edits.changeType(rich, 'i2', 'veto')
    expect(templateItems(word).find((i) => i.id === 'i2')).toMatchObject({
      type: 'veto',
      full_cp: null,
      basis: 'GB/T 1',
      starred: true,
      demand: { minPhotos: 2 },
    })
    expect(word.totalFull_cp).toBe(base.totalFull_cp - 2000)
    const graded = edits.changeType(rich, 'i2', 'conformity')
    expect(templateItems(graded).find((i) => i.id === 'i2')).toMatchObject({
      full_cp: 2000,
      spec: { gradeSet: 'three', points_cp: null },
    })
    expect(edits.changeType(word, 'i2', 'points').totalFull_cp).toBe(base.totalFull_cp - 1000)
  })

  test('renumbers in reading order and leaves a right one alone', () => {
    const mixed = moveItems(edits.moveSection(base, 'c', 1), new Set(['g1']), 'b', 'i2')
    expect(codes(edits.renumber(mixed))).toEqual([
      ['0', 'V1'],
      ['1', '1.1'],
      ['2', '2.1', 'V2', '2.2'],
    ])
    const right = edits.renumber(base)
    expect(edits.renumber(right).sections.every((s, n) => s === right.sections[n])).toBe(true)
    expect(ids(edits.renumber(mixed))).toEqual(ids(mixed))
  })
})

describe('points', () => {
  test('keep the number of steps, or take the usual one', () => {
    const item = pointsItem('p', 20, 1)
    expect(withFull(item, 1000)).toMatchObject({ full_cp: 1000, spec: { step_cp: 50 } })
    expect(withFull(item, 1333)).toMatchObject({ full_cp: 1333, spec: { step_cp: 43 } })
  })
  test('are always divided evenly by the usual step', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100_000 }), (full) => full % usualStep(full) === 0))
    expect([usualStep(2000), usualStep(50), usualStep(7)]).toEqual([100, 5, 1])
    // Whole points can be given, whatever full marks are.
    for (const points of Array.from({ length: 100 }, (_, n) => n + 1)) expect(100 % usualStep(points * 100)).toBe(0)
  })
  test('count only where they are not a bonus', () => {
    const bonus = edits.changeItem(base, 'i1', (i) => (isScored(i) ? { ...i, bonus: true } : i))
    expect(bonus.totalFull_cp).toBe(base.totalFull_cp - 1000)
  })
})
