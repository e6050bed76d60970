import { describe, expect, test } from 'vitest'
import { shareOf, withShare, workGaps, type DraftMember } from '../../../renderer/features/task/editor/work.ts'
import { pointsItem, templateOf, vetoItem } from '../../support/scoring-factories.ts'

const template = templateOf([[vetoItem('v1')], [pointsItem('a', 10), pointsItem('b', 10)]])

const person = (personId: string, more: Partial<DraftMember> = {}): DraftMember => ({
  personId,
  name: personId,
  unit: '',
  role: 'expert',
  kind: 'quality',
  assigned: [],
  owns: [],
  ...more,
})

describe('division of work', () => {
  test('an item keeps one owner; the former one reviews from then on', () => {
    const team = [person('x', { assigned: ['a'], owns: ['a'] }), person('y')]
    const next = withShare(team, 'y', ['a'], 'own', template)
    expect(next.map((member) => shareOf(member, 'a'))).toEqual(['review', 'own'])
  })

  test('what is assigned stays in template order', () => {
    const [x] = withShare([person('x', { assigned: ['b'] })], 'x', ['v1', 'a'], 'review', template)
    expect(x?.assigned).toEqual(['v1', 'a', 'b'])
  })

  test('everything assigned becomes a list once one item is taken away', () => {
    const [x] = withShare([person('x', { assigned: null })], 'x', ['a'], 'none', template)
    expect(x?.assigned).toEqual(['v1', 'b'])
  })

  test('a veto takes two people where there are two, any item one; observers do not count', () => {
    const watcher = person('w', { role: 'observer', assigned: null })
    const gaps = workGaps([person('x', { assigned: ['v1', 'a'], owns: ['a'] }), person('y'), watcher], template)
    expect(gaps.vetoFew.map((one) => one.id)).toEqual(['v1'])
    expect(gaps.needed).toBe(2)
    expect(gaps.nobody.map((one) => one.id)).toEqual(['b'])
    expect(gaps.ownerless).toBe(2)
    expect(workGaps([person('x', { assigned: null, owns: ['v1', 'a', 'b'] }), watcher], template)).toEqual({
      vetoFew: [],
      needed: 1,
      nobody: [],
      ownerless: 0,
    })
  })
})
