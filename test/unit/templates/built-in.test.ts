import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isScored, templateItems, type Item, type ItemOf } from '../../../shared/domain/template.ts'
import { builtIn } from './visits.ts'

const isOf =
  <T extends Item['type']>(type: T) =>
  (i: Item): i is ItemOf<T> =>
    i.type === type

/** Points and types per section: c conformity, m ADLI, r LeTCI, p points, i indicator. */
type Expected = {
  number: string
  counts: [scored: number, vetoes: number, gates: number]
  points: string[]
  justify: number[]
  allowNA: string[]
  samples: { [code: string]: number }
  photos: string[]
  lines: { recommend: number; rectify: number; belowTopAtMost: number }
}

const EXPECTED: { [name: string]: Expected } = {
  agriculture: {
    number: 'YP-SAMPLE-NY-2026',
    counts: [36, 6, 1],
    points: [
      'c30 c40 p30 p30',
      'c25 i45 p40',
      'c20 i50 c30 p40',
      'c30 c30 c40 m30',
      'c30 m25 p25 p20 p20',
      'c25 m30 c25 p30',
      'c25 c30 p25 p20',
      'c25 p30 c15',
      'm20 r25 r15 r20 m10',
    ],
    justify: [6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 5000],
    allowNA: ['2.3'],
    samples: { '3.4': 3 },
    photos: ['V2', 'V3', 'V7', '1.1', '1.3', '2.3', '4.2', '6.2', '6.3', '6.4'],
    lines: { recommend: 8000, rectify: 6500, belowTopAtMost: 4 },
  },
  service: {
    number: 'YP-SAMPLE-FW-2026',
    counts: [33, 6, 0],
    points: [
      'c30 i60 i30 m30',
      'm30 m30 m20',
      'm35 c35 r30',
      'p35 p50 p50 c30 c25 p30',
      'c25 m35 p25 r15',
      'p25 p20 c30 p25',
      'c25 r35 c30 m30',
      'p25 c25',
      'r25 r30 r25',
    ],
    justify: [6000, 5000, 6000, 6000, 6000, 6000, 6000, 6000, 5000],
    allowNA: ['4.3', '4.5', '6.4'],
    samples: { '4.2': 3, '4.4': 5, '5.3': 3, '7.3': 5 },
    photos: ['V5', '6.1', '6.2', '6.3', '6.4'],
    lines: { recommend: 7300, rectify: 6500, belowTopAtMost: 2 },
  },
  region: {
    number: 'YP-SAMPLE-QY-2026',
    counts: [29, 6, 0],
    points: [
      'c35 m35 c30 p20',
      'm35 p30 m25',
      'c40 i60 p50',
      'p40 r40 p35 m25',
      'c40 c30 p30 p20',
      'r40 p80 m20',
      'p30 m25 r25',
      'm30 r30',
      'r40 r30 r30',
    ],
    justify: [6000, 6000, 6000, 6000, 6000, 6000, 6000, 5000, 5000],
    allowNA: [],
    samples: { '5.1': 5 },
    photos: ['5.2', '6.2'],
    lines: { recommend: 7000, rectify: 6000, belowTopAtMost: 2 },
  },
}

test('nothing but these and the industrial checklist is installed, each under its own number', () => {
  const files = readdirSync(join(import.meta.dirname, '..', '..', '..', 'assets', 'templates'))
  const names = files.filter((f) => f.endsWith('.json')).map((f) => f.slice(0, -5))
  expect(names.toSorted()).toEqual([...Object.keys(EXPECTED), 'industrial'].toSorted())
  const numbers = names.map((name) => builtIn(name).number)
  expect(new Set(numbers).size).toBe(names.length)
})

describe.each(Object.entries(EXPECTED))('%s', (name, expected) => {
  const template = builtIn(name)
  const items = templateItems(template)
  const codesWhere = (holds: (i: Item) => boolean): string[] => items.filter(holds).map((i) => i.code)

  test('counts, points and types are those of the checklist, 1000 points together', () => {
    expect(template).toMatchObject({ number: expected.number, category: name, totalFull_cp: 100_000, sample: true })
    const of = (type: Item['type']) => items.filter(isOf(type)).length
    expect([items.filter(isScored).length, of('veto'), of('gate')]).toEqual(expected.counts)
    const letter = (i: Item): string => (i.type === 'maturity' && i.spec.model === 'LeTCI' ? 'r' : i.type.slice(0, 1))
    expect(
      template.sections.slice(1).map((s) => s.items.map((i) => `${letter(i)}${(i.full_cp ?? 0) / 100}`).join(' ')),
    ).toEqual(expected.points)
    expect(items.filter(isOf('indicator')).every((i) => i.spec.rowsFrom === 'task' && i.spec.rows.length === 0)).toBe(
      true,
    )
  })

  test('codes run through vetoes and sections in order; ids follow them', () => {
    const [, vetoes, gates] = expected.counts
    const codes = [
      ...Array.from({ length: vetoes + gates }, (_, n) => `V${n + 1}`),
      ...expected.points.flatMap((s, n) => s.split(' ').map((_, m) => `${n + 1}.${m + 1}`)),
    ]
    expect(items.map((i) => i.code)).toEqual(codes)
    expect(template.sections.map((s) => [s.id, s.code])).toEqual(template.sections.map((_, n) => [`s${n}`, `${n}`]))
    for (const i of items) {
      const fromCode = i.code.startsWith('V') ? i.code.toLowerCase() : `i${i.code}`
      expect(i.id).toBe(i.type === 'gate' ? 'g1' : fromCode)
    }
  })

  test.each(items.map((i) => [i.code, i] as const))('%s speaks both languages and names its basis', (_code, i) => {
    for (const text of [i.title, i.evidence, i.guidance]) {
      expect(text.zh).toMatch(/\p{Script=Han}/u)
      expect(text.zh).not.toMatch(/[,;?!'"]|\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u)
      expect(text.en).toMatch(/^\p{Script=Latin}|^“/u)
      expect(text.en).not.toMatch(/\p{Script=Han}|[，。；：？！（）'"]/u)
    }
    expect(i.guidance.zh.split('\n').length).toBeLessThanOrEqual(3)
    expect(i.guidance.zh.split('\n').length).toBe(i.guidance.en.split('\n').length)
    expect(i.basis).not.toBe('')
    expect(i.methods.length).toBeGreaterThan(0)
  })

  test('everything else speaks both languages too', () => {
    const texts = [
      template.title,
      ...template.declarations,
      ...template.openingAgenda,
      ...template.closingAgenda,
      ...template.sections.map((s) => s.title),
      ...template.bands.map((b) => b.text),
      ...template.gradeSets.flatMap((g) => g.grades.flatMap((x) => [x.label, x.text])),
      ...template.conclusions.map((c) => c.label),
    ]
    for (const t of texts) {
      expect(t.zh).toMatch(/\p{Script=Han}/u)
      expect(t.en).toMatch(/^\p{Script=Latin}/u)
      expect(t.en).not.toMatch(/\p{Script=Han}/u)
    }
    expect([template.title.zh.includes('样例'), template.title.zh.includes('待主办单位确定')]).toEqual([true, true])
  })

  test('no two items share title or guidance', () => {
    for (const of of ['title', 'guidance'] as const) {
      expect(new Set(items.map((i) => i[of].zh)).size).toBe(items.length)
      expect(new Set(items.map((i) => i[of].en)).size).toBe(items.length)
    }
  })

  test('points items have five different anchors and a step of 5 %', () => {
    for (const i of items.filter(isOf('points'))) {
      for (const language of ['zh', 'en'] as const) {
        expect(new Set(i.spec.anchors.map((a) => a[language]).filter((a) => a !== '')).size).toBe(5)
      }
      expect(i.spec.step_cp * 20).toBe(i.full_cp)
    }
  })

  test('not applicable, samples and photos are where they belong', () => {
    expect(codesWhere((i) => i.allowNA)).toEqual(expected.allowNA)
    expect(
      Object.fromEntries(items.flatMap((i) => (i.demand.minSamples > 0 ? [[i.code, i.demand.minSamples]] : []))),
    ).toEqual(expected.samples)
    expect(codesWhere((i) => i.demand.minPhotos > 0)).toEqual(expected.photos)
    for (const [code, count] of Object.entries(expected.samples)) {
      expect(items.find((i) => i.code === code)?.title.zh).toContain(`不少于 ${count} `)
    }
    expect(items.every((i) => !i.demand.perExpert && !i.bonus)).toBe(true)
  })

  test('low and full marks ask for fact and evidence; vetoes name their two people', () => {
    const low = (i: Item) => [i.demand.noteAtOrBelow_bp, i.demand.evidenceAtOrBelow_bp]
    const LOW = { veto: [0, 0], gate: [0, 0], conformity: [0, 0], maturity: [2500, 2500], deduction: [] }
    for (const i of items) {
      expect(low(i)).toEqual({ ...LOW, points: [4000, 2500], indicator: [4000, 10_000] }[i.type])
      expect(i.demand.evidenceAtFull).toBe(true)
      expect(i.starred).toBe(i.type === 'veto')
      if (i.type === 'veto') expect(i.evidence.zh).toContain('两名评价人员')
    }
  })

  test('lines, order of rules and what a low section asks for', () => {
    const { recommend, rectify, belowTopAtMost } = expected.lines
    expect(template.rules).toEqual([
      { when: { anyVetoFail: true }, then: 'reject' },
      { when: { anyGateNo: true }, then: 'supplement' },
      { when: { anyVetoPending: true }, then: 'verify' },
      {
        when: {
          totalRateAtLeast_bp: recommend,
          conformity: { zeroAtMost: 0, belowTopAtMost },
          openNonconformities: { major: 0, minor: 0 },
        },
        then: 'recommend',
      },
      { when: { totalRateAtLeast_bp: rectify }, then: 'rectify' },
      { when: {}, then: 'reject' },
    ])
    expect(template.sections.map((s) => s.justifyBelow_bp)).toEqual([null, ...expected.justify])
  })

  test('conclusions, bands, merging, deadlines and profiles are those of the industrial checklist', () => {
    const industrial = builtIn('industrial')
    for (const key of [
      'conclusions',
      'bands',
      'indicator',
      'merge',
      'nonconformity',
      'profiles',
      'bonusCap_cp',
    ] as const) {
      expect(template[key]).toEqual(industrial[key])
    }
    expect(template.gradeSets[0]?.grades.map((g) => [g.id, g.bp])).toEqual(
      industrial.gradeSets[0]?.grades.map((g) => [g.id, g.bp]),
    )
  })
})

describe('what each field asks for in its own way', () => {
  const at = (name: string, code: string) => templateItems(builtIn(name)).find((i) => i.code === code)!

  test('agriculture: the season is a gate, only banned substances are a veto, wording fits field, house and sea', () => {
    expect(at('agriculture', 'V7')).toMatchObject({ type: 'gate', spec: { outcome: 'supplementary' } })
    expect(at('agriculture', 'V2').title.zh).toContain('禁用')
    expect(at('agriculture', 'V2').title.zh).not.toContain('超范围')
    expect(at('agriculture', 'V2').guidance.zh).toContain('不作否决')
    expect(at('agriculture', '1.1').title.zh).toMatch(/地块（圈舍、海域）/)
    for (const code of ['5.1', '5.2', '5.3', '5.5']) {
      const { title, guidance, evidence } = at('agriculture', code)
      expect(title.zh + guidance.zh + evidence.zh).toMatch(/圈舍|畜牧|饲养|舍/)
      expect(title.zh + guidance.zh + evidence.zh).toMatch(/海域|水产|养殖/)
    }
    expect(at('agriculture', '4.4').title.zh).toContain('化肥农药减量')
    expect(at('agriculture', '2.3').guidance.zh).toContain('办公室预先编号')
    expect(at('agriculture', '8.1').title.zh).toContain('仅在监督评价时计入')
  })

  test('service: the mystery visit is covert, locked and kept from the enterprise', () => {
    const mystery = at('service', '4.3')
    expect(mystery).toMatchObject({ methods: ['covert'], allowNA: true })
    expect(mystery.title.zh).toContain('首次会议前由暗访人员导入并锁定')
    expect(mystery.evidence.zh).toContain('不进入企业反馈版')
    for (const code of ['4.1', '4.2']) expect(at('service', code).methods).toEqual(['open'])
    expect(at('service', '4.4').methods).toEqual(['document'])
    const covert = templateItems(builtIn('service')).filter((i) => i.methods.includes('covert'))
    expect(covert.map((i) => i.code)).toEqual(['4.3'])
  })

  test('region: sampled firms are one item scored firm by firm; a veto only where there is no standard at all', () => {
    const items = templateItems(builtIn('region'))
    expect(
      items.filter((i) => i.repeat !== null).map((i) => [i.code, i.full_cp, i.repeat?.min, i.repeat?.max]),
    ).toEqual([['6.2', 8000, 3, 5]])
    expect(at('region', '6.2').title.zh).toContain('抽样企业质量保证能力核查')
    for (const n of [1, 10, 12]) expect(at('region', '6.2').guidance.zh).toContain(`${n} `)
    expect(at('region', 'V4').guidance.zh).toMatch(/完全没有标准或规则的才构成否决.*3\.1、5\.1/)
  })
})
