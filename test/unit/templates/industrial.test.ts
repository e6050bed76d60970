import { describe, expect, test } from 'vitest'
import { isScored, parseTemplate, templateItems, type Item, type ItemOf } from '../../../shared/domain/template.ts'
import { industrialTemplate } from '../../support/sample-task.ts'

const template = industrialTemplate()
const items = templateItems(template)
const scored = items.filter(isScored)
const byCode = new Map(items.map((i) => [i.code, i]))
const codesWhere = (holds: (i: Item) => boolean): string[] => items.filter(holds).map((i) => i.code)
const isOf =
  <T extends Item['type']>(type: T) =>
  (i: Item): i is ItemOf<T> =>
    i.type === type

describe('what is in it', () => {
  test('52 scored items, 7 vetoes and 1 gate make 1000 points', () => {
    expect([scored.length, items.filter(isOf('veto')).length, items.filter(isOf('gate')).length]).toEqual([52, 7, 1])
    expect(template.totalFull_cp).toBe(100_000)
    expect(template.sections.map((s) => s.items.reduce((sum, i) => sum + (i.full_cp ?? 0), 0) / 100)).toEqual([
      0, 160, 150, 80, 70, 90, 80, 120, 90, 70, 90,
    ])
  })

  test('codes run through vetoes and sections in order; ids follow them', () => {
    const counts = [5, 5, 4, 5, 5, 5, 7, 6, 4, 6]
    const expected = [
      ...Array.from({ length: 8 }, (_, n) => `V${n + 1}`),
      ...counts.flatMap((count, s) => Array.from({ length: count }, (_, n) => `${s + 1}.${n + 1}`)),
    ]
    expect(items.map((i) => i.code)).toEqual(expected)
    expect(items.map((i) => i.id)).toEqual(
      expected.map((c) => (c === 'V5' ? 'g1' : c.startsWith('V') ? c.toLowerCase() : `i${c}`)),
    )
  })

  test('points and types are those of the checklist', () => {
    const letters = { conformity: 'c', maturity: 'm', points: 'p', indicator: 'i', deduction: 'd' } as const
    expect(
      template.sections
        .slice(1)
        .map((s) => s.items.map((i) => `${isScored(i) ? letters[i.type] : '?'}${(i.full_cp ?? 0) / 100}`).join(' ')),
    ).toEqual([
      'c20 i60 i30 p30 m20',
      'c30 c40 i40 p20 c20',
      'm20 m25 c15 m20',
      'c15 p20 p15 c10 m10',
      'p20 m25 p20 m15 p10',
      'c15 m20 c20 c15 c10',
      'c20 c15 m25 c15 p15 p15 p15',
      'c20 c15 c20 c10 p15 p10',
      'c15 p25 m15 m15',
      'm15 m15 m20 m15 m15 m10',
    ])
    expect(codesWhere((i) => i.type === 'maturity' && i.spec.model === 'LeTCI')).toEqual([
      '10.2',
      '10.3',
      '10.4',
      '10.5',
    ])
    expect(codesWhere((i) => i.type === 'indicator' && i.spec.rowsFrom === 'task')).toEqual(['1.2', '1.3', '2.3'])
  })

  test('V5 is a gate that leads to a supplementary visit', () => {
    expect(byCode.get('V5')).toMatchObject({ type: 'gate', spec: { outcome: 'supplementary' } })
    expect(codesWhere((i) => i.starred)).toEqual(['V1', 'V2', 'V3', 'V4', 'V6', 'V7', 'V8'])
  })
})

describe('what each item says', () => {
  test.each(items.map((i) => [i.code, i] as const))('%s speaks both languages and names its basis', (_code, i) => {
    for (const text of [i.title, i.evidence, i.guidance]) {
      expect(text.zh).toMatch(/\p{Script=Han}/u)
      expect(text.en).toMatch(/^\p{Script=Latin}|^“/u)
      expect(text.en).not.toMatch(/\p{Script=Han}/u)
    }
    expect(i.guidance.zh.split('\n').length).toBeLessThanOrEqual(3)
    expect(i.basis).not.toBe('')
    expect(i.methods.length).toBeGreaterThan(0)
  })

  test('no two items share title, guidance or evidence text', () => {
    for (const of of ['title', 'guidance'] as const) {
      expect(new Set(items.map((i) => i[of].zh)).size).toBe(items.length)
      expect(new Set(items.map((i) => i[of].en)).size).toBe(items.length)
    }
  })

  test('points items have five anchors and a step of 5 %', () => {
    const points = items.filter(isOf('points'))
    expect(points).toHaveLength(13)
    for (const i of points) {
      expect(i.spec.anchors).toHaveLength(5)
      expect(i.spec.anchors.every((a) => a.zh !== '' && a.en !== '')).toBe(true)
      expect(i.spec.step_cp * 20).toBe(i.full_cp)
    }
  })

  test('not applicable, samples and photos are where they belong', () => {
    expect(codesWhere((i) => i.allowNA)).toEqual(['5.1', '5.2', '5.3', '5.4', '5.5', '6.5', '7.3', '7.5', '8.4'])
    const samples = Object.fromEntries(
      items.flatMap((i) => (i.demand.minSamples > 0 ? [[i.code, i.demand.minSamples]] : [])),
    )
    expect(samples).toEqual({ '2.1': 1, '2.2': 2, '4.4': 3, '6.3': 3, '8.1': 3, '8.3': 5 })
    expect(codesWhere((i) => i.demand.minPhotos > 0)).toEqual([
      'V5',
      'V7',
      'V8',
      '2.1',
      '2.2',
      '4.3',
      '7.6',
      '7.7',
      '9.1',
    ])
    expect(items.every((i) => !i.demand.perExpert && !i.bonus && i.repeat === null)).toBe(true)
  })

  test('low and full marks ask for fact and evidence', () => {
    expect(items.every((i) => i.demand.evidenceAtFull)).toBe(true)
    const low = (i: Item) => [i.demand.noteAtOrBelow_bp, i.demand.evidenceAtOrBelow_bp]
    for (const i of items.filter(isOf('conformity'))) expect(low(i)).toEqual([0, 0])
    for (const i of items.filter(isOf('maturity'))) expect(low(i)).toEqual([2500, 2500])
    for (const i of items.filter(isOf('indicator'))) expect(i.demand.evidenceAtOrBelow_bp).toBe(10_000)
  })

  test('key materials stand beside key parts, and permits are separate from addresses', () => {
    for (const code of ['2.2', '6.1', '6.2', '6.3', '6.4'])
      expect(byCode.get(code)?.title.zh).toContain('关键原辅料/关键件')
    expect(byCode.get('V1')?.title.zh).not.toContain('地址')
    expect(byCode.get('V1')?.guidance.zh).toContain('开具不符合项')
    for (const i of items.filter(isOf('veto'))) expect(i.evidence.zh).toContain('两名评价人员')
    for (const code of ['10.3', '10.4']) expect(byCode.get(code)?.evidence.zh).toContain('区间或指数')
  })
})

describe('its rules', () => {
  test('conclusions are ordered best first and reached in the stated order', () => {
    expect(template.conclusions.map((c) => c.label.zh)).toEqual([
      '建议推荐',
      '整改验证后推荐',
      '补充评价',
      '结论待核实',
      '建议不予推荐',
    ])
    expect(template.rules).toEqual([
      { when: { anyVetoFail: true }, then: 'reject' },
      { when: { anyGateNo: true }, then: 'supplement' },
      { when: { anyVetoPending: true }, then: 'verify' },
      {
        when: {
          totalRateAtLeast_bp: 7600,
          conformity: { zeroAtMost: 0, belowTopAtMost: 4 },
          openNonconformities: { major: 0, minor: 0 },
        },
        then: 'recommend',
      },
      { when: { totalRateAtLeast_bp: 6500 }, then: 'rectify' },
      { when: {}, then: 'reject' },
    ])
    expect(template.sections.map((s) => s.justifyBelow_bp)).toEqual([null, ...Array<number>(9).fill(6000), 5000])
  })

  test('six bands per model cover 0 to 100 in steps of 5', () => {
    for (const model of ['ADLI', 'LeTCI'] as const) {
      const bands = template.bands.filter((b) => b.model === model).map((b) => [b.from, b.to])
      expect(bands).toEqual([
        [0, 5],
        [10, 25],
        [30, 45],
        [50, 65],
        [70, 85],
        [90, 100],
      ])
    }
    expect(template.gradeSets.map((g) => g.grades.map((x) => [x.label.zh, x.bp]))).toEqual([
      [
        ['符合', 10_000],
        ['基本符合', 5000],
        ['不符合', 0],
      ],
    ])
  })

  test('merging, rectification and duties', () => {
    expect(template.merge).toEqual({
      method: 'consensus',
      divergence: { maturityPercent: 20, bp: 2000, minSpread_cp: 300 },
      singleScorerFrom_cp: 3000,
      weights: [],
    })
    expect(template.nonconformity).toEqual({
      major: { days: 30, verify: 'onsite' },
      minor: { days: 15, verify: 'document' },
    })
    expect(template.declarations).toHaveLength(4)
    expect(template.openingAgenda.length).toBeGreaterThanOrEqual(8)
    expect(template.closingAgenda.length).toBeGreaterThanOrEqual(6)
  })

  test('it says that it is a sample, and the enterprise copy shows neither scores nor recommendation', () => {
    expect(template.sample).toBe(true)
    expect(template.title.zh).toContain('样例')
    expect(template.title.zh).toContain('待主办单位确定')
    const { committee, archive, enterprise } = template.profiles
    expect(enterprise).toMatchObject({
      scores: false,
      personalScores: false,
      names: 'none',
      conclusion: false,
      faces: false,
      gps: false,
    })
    expect(enterprise.sections.filter((n) => [9, 12].includes(n))).toEqual([])
    expect([committee.personalScores, committee.names]).toEqual([false, 'letters'])
    expect([archive.personalScores, archive.names, archive.sections.length]).toEqual([true, 'names', 17])
  })
})

describe('a broken copy is refused', () => {
  const broken = (change: (t: ReturnType<typeof industrialTemplate>) => void): string[] => {
    const copy = structuredClone(template)
    change(copy)
    const parsed = parseTemplate(copy)
    return parsed.ok ? [] : parsed.problems.map((p) => p.code)
  }

  test('untouched it parses; a changed total, a doubled id and an unknown key do not', () => {
    expect(broken(() => {})).toEqual([])
    expect(broken((t) => (t.totalFull_cp -= 1))).toEqual(['totalFull'])
    expect(broken((t) => (t.sections[1]!.items[1]!.id = 'i1.1'))).toEqual(['duplicateId'])
    expect(broken((t) => Object.assign(t, { note: '' }))).toEqual(['unrecognized_keys'])
  })
})
