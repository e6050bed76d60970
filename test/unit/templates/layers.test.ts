import { describe, expect, test } from 'vitest'
import { LAYER_CONFLICTS, applyLayer, parseAddOn, type AddOn } from '../../../shared/domain/layers.ts'
import { isScored, parseTemplate, templateItems, type Template } from '../../../shared/domain/template.ts'
import { indicatorItem, pointsItem, vetoItem } from '../../support/scoring-factories.ts'
import { builtIn, foodAddOn, hashOfDocument, layeredFood } from './visits.ts'

const base = builtIn('industrial')
const food = foodAddOn()
const layered = layeredFood()
const fullOf = (t: Template) => new Map(templateItems(t).map((i) => [i.id, i.full_cp]))

describe('the food add-on on the industrial checklist', () => {
  test('60 scored items, 8 vetoes, 1 gate, 1000 points, and it parses', () => {
    expect(parseTemplate(layered)).toEqual({ ok: true, value: layered })
    const items = templateItems(layered)
    const of = (type: string) => items.filter((i) => i.type === type).length
    expect([items.filter(isScored).length, of('veto'), of('gate'), layered.totalFull_cp]).toEqual([60, 8, 1, 100_000])
  })

  test('100 points come from sections 5 and 7 and nothing else changes', () => {
    const sums = (t: Template) => t.sections.map((s) => s.items.reduce((sum, i) => sum + (i.full_cp ?? 0), 0) / 100)
    expect(sums(base)).toEqual([0, 160, 150, 80, 70, 90, 80, 120, 90, 70, 90])
    expect(sums(layered)).toEqual([0, 160, 150, 80, 70, 45, 80, 65, 90, 70, 90, 100])
    const before = fullOf(base)
    const after = fullOf(layered)
    const changed = [...before].flatMap(([id, full]) => (after.get(id) === full ? [] : [id]))
    expect(changed).toEqual(food.moves.map((m) => m.item))
    expect(changed.every((id) => /^i[57]\./.test(id))).toBe(true)
    const texts = (t: Template) => templateItems(t).map((i) => [i.id, i.title, i.guidance, i.demand])
    expect(texts(layered).filter(([id]) => before.has(id as string))).toEqual(texts(base))
    for (const key of ['rules', 'conclusions', 'bands', 'gradeSets', 'merge', 'profiles', 'declarations'] as const) {
      expect(layered[key]).toEqual(base[key])
    }
  })

  test('points items keep their twenty steps and five anchors', () => {
    for (const i of templateItems(layered)) {
      if (i.type === 'points') expect([i.spec.step_cp * 20, i.spec.anchors.length]).toEqual([i.full_cp, 5])
    }
  })

  test('what it adds stands at the end, in both languages, with its samples', () => {
    const codes = templateItems(layered).map((i) => i.code)
    expect(codes.slice(0, 9)).toEqual(['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8', 'V9'])
    expect(codes.slice(-8)).toEqual(['11.1', '11.2', '11.3', '11.4', '11.5', '11.6', '11.7', '11.8'])
    const added = templateItems(layered).filter((i) => i.id.startsWith('food.'))
    const words = ['原料验收', '配方', '食品添加剂', '清洁消毒', '异物控制', '留样', '冷链']
    for (const word of words) expect(added.some((i) => i.title.zh.includes(word))).toBe(true)
    for (const i of added) {
      for (const text of [i.title, i.evidence, i.guidance]) {
        expect(text.zh).toMatch(/\p{Script=Han}/u)
        expect(text.zh).not.toMatch(/[,;?!'"]|\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u)
        expect(text.en).toMatch(/^\p{Script=Latin}/u)
        expect(text.en).not.toMatch(/\p{Script=Han}|[，。；：？！（）'"]/u)
      }
    }
    expect(added.flatMap((i) => (i.demand.minSamples > 0 ? [[i.code, i.demand.minSamples]] : []))).toEqual([
      ['11.1', 3],
      ['11.7', 3],
    ])
    expect(added.filter((i) => i.allowNA).map((i) => i.code)).toEqual(['11.8'])
  })

  test('it names both documents by their hashes and says that it is a sample', () => {
    expect(layered.layers).toEqual([
      { number: 'YP-SAMPLE-GY-2026', edition: 1, sha256: hashOfDocument(base) },
      { number: 'YP-SAMPLE-SP-2026', edition: 1, sha256: hashOfDocument(food) },
    ])
    expect(layered.number).toBe('YP-SAMPLE-GY-2026+YP-SAMPLE-SP-2026')
    expect([layered.sample, layered.title.zh.includes('食品'), layered.title.zh.includes('样例')]).toEqual([
      true,
      true,
      true,
    ])
  })

  test('the same documents give the same checklist, and neither is touched', () => {
    const [before, add] = [hashOfDocument(base), hashOfDocument(food)]
    expect(hashOfDocument(layeredFood())).toBe(hashOfDocument(layered))
    expect([hashOfDocument(base), hashOfDocument(food)]).toEqual([before, add])
  })

  test('a second layer stands on the first and keeps its layers', () => {
    const second: AddOn = {
      ...food,
      number: 'YP-SAMPLE-X-2026',
      base: { number: layered.number, edition: 1, sha256: hashOfDocument(layered) },
      moves: [{ item: 'i1.4', full_cp: 2000 }],
      additions: [],
      sections: [{ id: 'x', code: '12', title: food.title, justifyBelow_bp: null, items: [pointsItem('x.1', 10)] }],
    }
    const twice = applyLayer(layered, second, hashOfDocument)
    expect(twice.ok && twice.template.layers.map((l) => l.number)).toEqual([
      'YP-SAMPLE-GY-2026',
      'YP-SAMPLE-SP-2026',
      'YP-SAMPLE-X-2026',
    ])
  })

  test('an addition may set what its section asks for; days, and sample marks, are the stricter', () => {
    const result = applyLayer(
      { ...base, sample: false, effectiveDate: '2026-01-01' },
      { ...food, effectiveDate: '2026-07-01', additions: [{ ...food.additions[0]!, justifyBelow_bp: 4000 }] },
      hashOfDocument,
    )
    expect(result.ok && [result.template.sections[0]?.justifyBelow_bp, result.template.effectiveDate]).toEqual([
      4000,
      '2026-07-01',
    ])
    expect(result.ok && result.template.sample).toBe(true)
  })
})

describe('conflicts', () => {
  const codes = (change: (addOn: AddOn, template: Template) => void): string[] => {
    const addOn = structuredClone(food)
    const template = structuredClone(base)
    change(addOn, template)
    const result = applyLayer(template, addOn, hashOfDocument)
    return result.ok ? [] : result.conflicts.map((c) => `${c.code} ${c.path}`)
  }
  const move = (addOn: AddOn, item: string, full_cp: number) => {
    const known = addOn.moves.find((m) => m.item === item)
    if (known) known.full_cp = full_cp
    else addOn.moves.push({ item, full_cp })
  }
  const first = (addOn: AddOn) => addOn.sections[0]!.items[0]!

  test('control: untouched there are none, also when the base is named by its hash', () => {
    expect(codes(() => {})).toEqual([])
    expect(codes((a) => (a.base.sha256 = hashOfDocument(base)))).toEqual([])
  })

  const CASES: [string, (addOn: AddOn, template: Template) => void, string[]][] = [
    ['another category', (a) => (a.category = 'service'), ['category category']],
    ['another base number', (a) => (a.base.number = 'OTHER'), ['baseDiffers base']],
    ['another base edition', (_a, t) => (t.edition = 2), ['baseDiffers base']],
    ['another base document', (a) => (a.base.sha256 = 'f'.repeat(64)), ['baseDiffers base']],
    ['an item nobody knows', (a) => move(a, 'i99', 100), ['unknownItem moves.i99']],
    ['a section nobody knows', (a) => (a.additions[0]!.section = 's99'), ['unknownSection additions.s99']],
    ['a section code twice', (a) => (a.sections[0]!.code = '7'), ['duplicateCode sections.7']],
    ['a section id twice', (a) => (a.sections[0]!.id = 's7'), ['duplicateId sections.s7']],
    ['an item id twice', (a) => (first(a).id = 'i1.1'), ['duplicateId items.i1.1']],
    ['an item code twice', (a) => (first(a).code = '1.1'), ['duplicateCode items.1.1']],
    ['points of a veto', (a) => move(a, 'v1', 100), ['notMovable moves.v1']],
    ['points of the gate', (a) => move(a, 'g1', 100), ['notMovable moves.g1']],
    ['points that do not fall', (a) => move(a, 'i5.2', 2500), ['notLower moves.i5.2', 'totalFull totalFull_cp']],
    ['points that rise', (a) => move(a, 'i5.2', 2600), ['notLower moves.i5.2', 'totalFull totalFull_cp']],
    ['points that do not add up', (a) => move(a, 'i5.2', 1100), ['totalFull totalFull_cp']],
    ['a move too many', (a) => move(a, 'i1.1', 1500), ['totalFull totalFull_cp']],
    ['a step that no longer divides', (a) => move(a, 'i5.1', 1001), ['step moves.i5.1', 'totalFull totalFull_cp']],
    [
      'grades the base does not have',
      (a) => Object.assign(first(a).spec, { gradeSet: 'stars' }),
      ['unknownGradeSet items.food.1'],
    ],
  ]
  test.each(CASES)('%s', (_what, change, expected) => {
    expect(codes(change)).toEqual(expected)
  })

  test('every code of its own has a case', () => {
    const seen = new Set(CASES.flatMap(([, , expected]) => expected.map((c) => c.split(' ')[0])))
    expect(LAYER_CONFLICTS.filter((code) => !seen.has(code))).toEqual([])
  })

  test.each<[string, (t: Template) => void]>([
    ['starred items', (t) => (t.sections[5]!.items[0]!.starred = true)],
    [
      'grades with points of their own',
      (t) => {
        const item = t.sections[7]!.items[0]!
        if (item.type === 'conformity') item.spec.points_cp = [2000, 700, 0]
      },
    ],
  ])('the base holds on to %s', (_what, change) => {
    const found = codes((_a, t) => change(t))
    expect(found).toHaveLength(2)
    expect(found[0]).toMatch(/^notMovable moves\.i[57]\.1$/)
    expect(found[1]).toBe('totalFull totalFull_cp')
  })

  test('all are listed at once', () => {
    const found = codes((a) => {
      a.category = 'region'
      a.base.number = 'OTHER'
      move(a, 'i99', 100)
      move(a, 'v1', 100)
      a.additions[0]!.section = 's99'
      first(a).id = 'i1.1'
    })
    expect(found.map((c) => c.split(' ')[0])).toEqual([
      'baseDiffers',
      'category',
      'unknownItem',
      'notMovable',
      'unknownSection',
      'duplicateId',
    ])
  })
})

describe('the document', () => {
  const problems = (change: (addOn: AddOn) => void): string[] => {
    const copy = structuredClone(food)
    change(copy)
    const parsed = parseAddOn(copy)
    return parsed.ok ? [] : parsed.problems.map((p) => p.code)
  }

  test('is closed, has every key, moves an item and extends a section once, and adds something', () => {
    expect(problems(() => {})).toEqual([])
    expect(problems((a) => Object.assign(a, { note: '' }))).toEqual(['unrecognized_keys'])
    expect(problems((a) => Reflect.deleteProperty(a, 'previous'))).toEqual(['invalid_type'])
    expect(problems((a) => a.moves.push({ item: 'i5.1', full_cp: 500 }))).toEqual(['duplicateId'])
    expect(problems((a) => a.moves.push({ item: 'i5.9', full_cp: 0 }))).toEqual(['too_small'])
    expect(problems((a) => a.additions.push({ ...a.additions[0]!, items: [vetoItem('y')] }))).toEqual(['duplicateId'])
    expect(problems((a) => Object.assign(a, { sections: [], additions: [] }))).toEqual(['empty'])
    expect(problems((a) => Object.assign(a, { type: 'urn:youpin-onsite:template' }))).toEqual(['invalid_value'])
  })

  test('the rules of a template hold for what it adds', () => {
    const rows = applyLayer(
      base,
      {
        ...food,
        additions: [{ section: 's1', justifyBelow_bp: null, items: [{ ...indicatorItem('y', 1, []), bonus: true }] }],
      },
      hashOfDocument,
    )
    expect(rows.ok && templateItems(rows.template).some((i) => i.id === 'y')).toBe(true)
    const doubled = applyLayer(
      base,
      { ...food, additions: [{ section: 's1', justifyBelow_bp: null, items: [vetoItem('y', { bonus: true })] }] },
      hashOfDocument,
    )
    expect(doubled.ok ? [] : doubled.conflicts.map((c) => c.code)).toEqual(['bonusType'])
  })
})
