import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  changeItems,
  duplicateItems,
  moveItems,
  multiplyPoints,
  removeItems,
  scaleTotal,
  shiftItems,
} from '../../../shared/checklist/bulk.ts'
import { fullOf, isScored, templateItems, type Template } from '../../../shared/domain/template.ts'
import { conformityItem, deductionItem, pointsItem, templateOf, vetoItem } from '../../support/scoring-factories.ts'

const base = templateOf([
  [vetoItem('v1'), conformityItem('a', 10), pointsItem('b', 20, 1), pointsItem('c', 20, 1)],
  [pointsItem('d', 30, 1), pointsItem('e', 20, 1)],
])
const order = (content: Template) => content.sections.map((section) => section.items.map(({ id }) => id).join(''))
const pick = (...ids: string[]) => new Set(ids)

describe('several items at once', () => {
  it('change as one; what is not among them stays the same objects', () => {
    const changed = changeItems(base, pick('d', 'e'), (item) => ({ ...item, allowNA: !item.allowNA }))
    expect(changed.sections[0]).toBe(base.sections[0])
    expect(changed.sections[1]?.items.map((item) => item.allowNA)).toEqual(
      base.sections[1]?.items.map((item) => !item.allowNA),
    )
    expect(changeItems(base, pick('d'), (item) => item)).toBe(base)
  })

  it('go, and the total follows', () => {
    const left = removeItems(base, pick('a', 'd'))
    expect(order(left)).toEqual(['v1bc', 'e'])
    expect(left.totalFull_cp).toBe(fullOf(templateItems(left)))
  })

  it('move together, in their order', () => {
    expect(order(moveItems(base, pick('b', 'd'), base.sections[1]?.id ?? '', 'e'))).toEqual(['v1ac', 'bde'])
    expect(order(moveItems(base, pick('c', 'a'), base.sections[1]?.id ?? '', null))).toEqual(['v1b', 'deac'])
    expect(moveItems(base, pick('a'), 'no-such', null)).toBe(base)
  })

  it('shift together, over the border of a section too, and stop at the ends', () => {
    expect(order(shiftItems(base, pick('b', 'c'), -1))).toEqual(['v1bca', 'de'])
    expect(order(shiftItems(base, pick('a', 'b'), 1))).toEqual(['v1cab', 'de'])
    expect(order(shiftItems(base, pick('b', 'c'), 1))).toEqual(['v1a', 'bcde'])
    expect(order(shiftItems(base, pick('d'), -1))).toEqual(['v1abcd', 'e'])
    expect(order(shiftItems(base, pick('d', 'e'), 1))).toEqual(['v1abc', 'de'])
    expect(order(shiftItems(base, pick('v1'), -1))).toEqual(['v1abc', 'de'])
  })

  it('are doubled behind themselves with ids of their own', () => {
    const { content, ids } = duplicateItems(base, pick('a', 'd'), new Set())
    expect(ids).toHaveLength(2)
    expect(new Set(templateItems(content).map(({ id }) => id)).size).toBe(8)
    expect(content.sections.map((section) => section.items.length)).toEqual([5, 3])
  })

  it('take points by a factor, grades and deductions along', () => {
    const own = templateOf([
      [
        conformityItem('a', 10, { spec: { gradeSet: 'grade', points_cp: [1000, 500, 0] } }),
        deductionItem('x', 20, [{ id: 'd1', points: 5, maxCount: 2 }]),
      ],
    ])
    const doubled = templateItems(multiplyPoints(own, pick('a', 'x'), 200))
    expect(doubled[0]).toMatchObject({ full_cp: 2000, spec: { points_cp: [2000, 1000, 0] } })
    expect(doubled[1]).toMatchObject({ full_cp: 4000, spec: { list: [{ points_cp: 1000 }] } })
  })
})

describe('scaling to a total', () => {
  it('comes out exactly, in whole points where that can be, with every item above nothing', () => {
    const scaled = scaleTotal(base, 100_000)
    expect(scaled?.unit_cp).toBe(100)
    expect(scaled?.content.totalFull_cp).toBe(100_000)
    expect(templateItems(scaled?.content ?? base).map((item) => item.full_cp)).toEqual([
      null,
      10_000,
      20_000,
      20_000,
      30_000,
      20_000,
    ])
  })

  it('of any items sums exactly and keeps their order of size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 60 }), (points) => {
        const content = templateOf([points.map((one, n) => conformityItem(`i${n}`, one))])
        const scaled = scaleTotal(content, 100_000)
        expect(scaled?.content.totalFull_cp).toBe(100_000)
        const after = templateItems(scaled?.content ?? content).map((item) => item.full_cp ?? 0)
        expect(after.every((full) => full > 0)).toBe(true)
        const known = points.flatMap((one, n) => (one > 0 ? [{ one, cp: after[n] ?? 0 }] : []))
        for (const a of known) for (const b of known) if (a.one > b.one) expect(a.cp).toBeGreaterThanOrEqual(b.cp)
      }),
      { numRuns: 200 },
    )
  })

  it('has nothing to do without scored items, and changes nothing that fits already', () => {
    expect(scaleTotal(templateOf([[vetoItem('v1')]]), 100_000)).toBeNull()
    expect(scaleTotal(base, base.totalFull_cp)?.changed).toEqual([])
    expect(templateItems(base).filter(isScored)).toHaveLength(5)
  })
})
