import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templateItems, type Template } from '../../../shared/domain/template.ts'
import { jcsBytes } from '../../../shared/package/jcs.ts'
import { diffTemplates } from '../../../shared/checklist/diff.ts'
import { addItem, changeItem, moveSection, removeItem, removeSection } from '../../../shared/checklist/edits.ts'
import { moveItems } from '../../../shared/checklist/bulk.ts'
import { conformityItem, maturityItem, pointsItem, templateOf, vetoItem } from '../../support/scoring-factories.ts'
import { arbTemplate } from '../../support/scoring-arbitraries.ts'

const base = templateOf([
  [vetoItem('v1'), conformityItem('i1', 10), pointsItem('i2', 20, 1)],
  [maturityItem('i3', 30), conformityItem('i4', 5), conformityItem('i5', 5)],
])
const changed = (before: Template, after: Template) =>
  diffTemplates(before, after).sections.flatMap((s) => s.items.map((i) => `${s.id} ${i.id} ${i.change}`))

describe('the difference of two editions', () => {
  test('is nothing for the same content, and mirrors itself backwards', () => {
    fc.assert(
      fc.property(arbTemplate, arbTemplate, (a, b) => {
        expect(diffTemplates(a, structuredClone(a)).isSame).toBe(true)
        const [to, from] = [diffTemplates(a, b), diffTemplates(b, a)]
        const count = (d: typeof to, change: string) =>
          d.sections.flatMap((s) => s.items).filter((i) => i.change === change).length
        expect(count(to, 'added')).toBe(count(from, 'removed'))
        expect(count(to, 'changed')).toBe(count(from, 'changed'))
        expect(to.tally).toEqual({ before: from.tally.after, after: from.tally.before })
        expect(to.rules.length).toBe(from.rules.length)
      }),
      { numRuns: 200 },
    )
  })

  test('does not see the order a document writes its fields in', () => {
    fc.assert(
      fc.property(arbTemplate, (a) => {
        const stored = JSON.parse(new TextDecoder().decode(jcsBytes(a))) as Template
        expect(diffTemplates(stored, a).isSame).toBe(true)
        expect(diffTemplates(a, stored).rules).toEqual([])
      }),
      { numRuns: 100 },
    )
    const samples = ['industrial', 'region', 'service', 'agriculture'].map(
      (name) => JSON.parse(readFileSync(`assets/templates/${name}.json`, 'utf8')) as Template,
    )
    for (const sample of samples) {
      const stored = JSON.parse(new TextDecoder().decode(jcsBytes(sample))) as Template
      expect(diffTemplates(stored, sample).isSame).toBe(true)
    }
  })

  test('names added, removed, moved and changed items by their fields', () => {
    expect(changed(base, addItem(base, 'b', 'veto', 0).content)).toEqual(['b v2 added'])
    expect(changed(base, removeItem(base, 'i4'))).toEqual(['b i4 removed'])
    expect(changed(base, moveItems(base, new Set(['i1']), 'b', 'i3'))).toEqual(['b i1 moved'])
    expect(changed(base, moveItems(base, new Set(['i5']), 'b', 'i3'))).toEqual(['b i5 moved'])
    const after = changeItem(base, 'i2', (i) =>
      i.type === 'points' ? { ...i, full_cp: 1500, title: { zh: '新', en: '' }, spec: { ...i.spec, step_cp: 75 } } : i,
    )
    const [item] = diffTemplates(base, after).sections[0]?.items ?? []
    expect(item?.fields).toEqual([
      {
        field: 'title',
        at: [],
        before: { kind: 'text', value: { zh: 'i2', en: '' } },
        after: { kind: 'text', value: { zh: '新', en: '' } },
      },
      { field: 'full_cp', at: [], before: { kind: 'points', cp: 2000 }, after: { kind: 'points', cp: 1500 } },
      { field: 'spec.step_cp', at: [], before: { kind: 'points', cp: 100 }, after: { kind: 'points', cp: 75 } },
    ])
    expect(diffTemplates(base, after).tally).toMatchObject({ before: { full_cp: 7000 }, after: { full_cp: 6500 } })
  })

  test('keeps removed sections where they were and says which moved', () => {
    const three = templateOf([[pointsItem('p', 10)], [pointsItem('q', 10)], [pointsItem('r', 10)]])
    const gone = diffTemplates(three, removeSection(three, 'b')).sections
    expect(gone.map((s) => `${s.id} ${s.change}`)).toEqual(['a same', 'b removed', 'c same'])
    expect(gone[1]?.items.map((i) => i.change)).toEqual(['removed'])
    const moved = diffTemplates(three, moveSection(three, 'c', 0)).sections
    expect(moved.map((s) => `${s.id} ${s.change}`)).toEqual(['c moved', 'a same', 'b same'])
  })

  test('shows rules side by side, and merge settings, profiles and grades by field', () => {
    const [first, ...rest] = base.rules
    if (first === undefined) throw new Error('no rules')
    const after: Template = {
      ...base,
      edition: 2,
      rules: [{ when: { anyVetoFail: true, totalRateAtLeast_bp: 1 }, then: 'reject' }, ...rest],
      merge: { ...base.merge, method: 'weighted', weights: [{ role: 'lead', weight: 3 }] },
      gradeSets: base.gradeSets.map((g) => ({
        ...g,
        grades: g.grades.map((x, n) => (n === 1 ? { ...x, bp: 6000 } : x)),
      })),
      profiles: { ...base.profiles, committee: { ...base.profiles.committee, sections: [1, 2], gps: true } },
    }
    const diff = diffTemplates(base, after)
    expect(diff.groups.map((g) => [g.group, g.fields.map((f) => [f.field, ...f.at].join(' '))])).toEqual([
      ['head', ['edition']],
      ['gradeSets', ['gradeSets.grades.bp three partly']],
      ['merge', ['merge.method', 'merge.weights.role lead', 'merge.weights.weight lead']],
      ['profiles', ['profiles.committee.gps', 'profiles.committee.sections']],
    ])
    expect(diff.rules.map((r) => r.isSame)).toEqual([false, true, true, true, true, true])
    expect(diff.rules[0]).toMatchObject({ before: { number: 0 }, after: { number: 0 } })
    const added = diffTemplates(base, { ...base, rules: [first, first, ...rest] }).rules
    expect(added.filter((r) => !r.isSame)).toMatchObject([{ before: null }])
  })

  test('of a sample without its last item is that item', () => {
    const industrial = JSON.parse(
      readFileSync(new URL('../../../assets/templates/industrial.json', import.meta.url), 'utf8'),
    ) as Template
    const id = templateItems(industrial).at(-1)?.id ?? ''
    const sections = diffTemplates(industrial, removeItem(industrial, id)).sections
    expect(sections.flatMap((s) => s.items.map((i) => [i.id, i.change]))).toEqual([[id, 'removed']])
  })
})
