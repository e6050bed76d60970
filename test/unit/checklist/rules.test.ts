import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Item, Template, When } from '../../../shared/domain/template.ts'
import { inspectRules } from '../../../shared/checklist/rules.ts'
import { conclude, contribute, emptyFacts, type Facts } from '../../../shared/scoring/conclusion.ts'
import { conformityItem, gateItem, pointsItem, templateOf, vetoItem } from '../../support/scoring-factories.ts'

const lines = [0, 5000, 6500, 10_000]
const arbWhen: fc.Arbitrary<When> = fc
  .record(
    {
      anyVetoFail: fc.boolean(),
      anyVetoPending: fc.boolean(),
      anyGateNo: fc.boolean(),
      totalRateAtLeast_bp: fc.constantFrom(...lines),
      conformityRateAtLeast_bp: fc.constantFrom(...lines),
      conformity: fc.record({ zeroAtMost: fc.nat(2), belowTopAtMost: fc.nat(3) }),
      sectionRateAtLeast_bp: fc.constantFrom(...lines),
      openNonconformities: fc.record({ major: fc.nat(1), minor: fc.nat(2) }),
    },
    { requiredKeys: [] },
  )
  .filter((w) => Object.keys(w).length <= 3)

const ENDS = ['a', 'b', 'c', 'd']
const arbItems: fc.Arbitrary<Item[][]> = fc.constantFrom<Item[][][]>(
  [
    [vetoItem('v1'), vetoItem('v2'), gateItem('g1'), conformityItem('c1', 10), pointsItem('p1', 10)],
    [conformityItem('c2', 20)],
  ],
  [
    [vetoItem('v1'), conformityItem('c1', 10)],
    [conformityItem('c2', 10), conformityItem('c3', 5)],
  ],
  [[gateItem('g1'), pointsItem('p1', 10, 0.5)], [pointsItem('p2', 10, 0.5)]],
  [[vetoItem('v1')]],
  [[conformityItem('c1', 10, { spec: { gradeSet: 'three', points_cp: [900, 900, 0] } }), pointsItem('p1', 10, 0.5)]],
)
/** Any rules, the last of them with or without the tests it should not have. */
const arbRuled: fc.Arbitrary<Template> = fc
  .tuple(
    arbItems,
    fc.array(fc.record({ when: arbWhen, then: fc.constantFrom(...ENDS) }), { minLength: 1, maxLength: 6 }),
    fc.boolean(),
  )
  .map(([items, rules, isWhole]) =>
    templateOf(items, {
      rules: isWhole ? [...rules, { when: {}, then: 'd' }] : rules,
      conclusions: ENDS.map((id) => ({ id, label: { zh: id, en: id } })),
    }),
  )

/** Every case at the cuts of all the rules' constants, as sums; the ties are written down once more, without ranges. */
function* allFacts(template: Template): Generator<Facts> {
  const items = template.sections.flatMap((s) => s.items)
  const scored = items.filter((i) => i.full_cp !== null)
  const graded = scored.filter((i) => i.type === 'conformity')
  const vetoes = items.filter((i) => i.type === 'veto').length
  const inSections = template.sections.filter((s) => s.items.some((i) => i.full_cp !== null)).length
  const isTopFull = graded.every((i) => i.type === 'conformity' && i.spec.points_cp === null)
  const rates = [null, 0, 4999, 5000, 6499, 6500, 9999, 10_000]
  const flags = [0, 1]
  const counts = [0, 1, 2, 3, 4]
  const sum = (rate: number | null) => (rate === null ? { base: 0, applicable: 0 } : { base: rate, applicable: 10_000 })
  const wholes = rates.flatMap((total) =>
    rates.flatMap((conformity) =>
      rates.flatMap((section) =>
        counts.flatMap((zero) => counts.map((belowTop) => ({ total, conformity, section, zero, belowTop }))),
      ),
    ),
  )
  const sums = wholes.filter(({ total, conformity, section, zero, belowTop }) => {
    if (scored.length === 0 && total !== null) return false
    if (graded.length === 0 && conformity !== null) return false
    if ((total === null) !== (section === null)) return false
    if (total === null && conformity !== null) return false
    if (total !== null && section !== null && total < section) return false
    if (inSections === 1 && total !== section) return false
    if (scored.length > 0 && graded.length === scored.length && conformity !== total) return false
    if (conformity === null && (zero > 0 || belowTop > 0)) return false
    if (zero > graded.length || belowTop > graded.length || zero > belowTop) return false
    return !(isTopFull && conformity !== null && belowTop === 0 && conformity !== 10_000)
  })
  for (const { total, conformity, section, zero, belowTop } of sums) {
    for (const vetoFail of flags) {
      for (const vetoPending of flags) {
        if (vetoFail + vetoPending > vetoes) continue
        for (const gateNo of flags) {
          if (gateNo === 1 && !items.some((i) => i.type === 'gate')) continue
          for (const major of [0, 1, 2]) {
            for (const minor of [0, 1, 2, 3]) {
              yield {
                vetoFail,
                vetoPending,
                gateNo,
                total: sum(total),
                conformity: { ...sum(conformity), zero, belowTop },
                sections: [{ section: 'a', ...sum(section) }],
                open: { major, minor },
              }
            }
          }
        }
      }
    }
  }
}

describe('what rules reach', () => {
  test('is what trying every case at their cuts reaches', () => {
    fc.assert(
      fc.property(arbRuled, (template) => {
        const reached = new Set<number | null>()
        for (const facts of allFacts(template)) reached.add(conclude(template, facts).rule)
        const report = inspectRules(template)
        expect(report.rules.map((r) => r.example !== null)).toEqual(template.rules.map((_, n) => reached.has(n)))
        expect(report.undecided !== null).toBe(reached.has(null))
      }),
      { numRuns: 150 },
    )
  })

  test('is shown by an example the real conclusion ends in, and shadows really cover', () => {
    fc.assert(
      fc.property(arbRuled, (template) => {
        const report = inspectRules(template)
        report.rules.forEach(({ example, shadowedBy }, n) => {
          if (example !== null) expect(conclude(template, example).rule).toBe(n)
          const { rules } = template
          const only = [...shadowedBy.flatMap((j) => rules[j] ?? []), ...rules.slice(n, n + 1)]
          if (shadowedBy.length > 0) expect(inspectRules({ ...template, rules: only }).rules.at(-1)?.example).toBeNull()
        })
        if (report.undecided !== null) expect(conclude(template, report.undecided).rule).toBeNull()
        const ends = new Set(report.rules.flatMap((r, n) => (r.example === null ? [] : [template.rules[n]?.then])))
        expect(report.unreached).toEqual(ENDS.filter((id) => !ends.has(id)))
      }),
      { numRuns: 1000 },
    )
  })

  test('holds for every outcome of real items: none ends in a rule called unreachable', () => {
    const arbOutcomes = arbRuled.chain((template) => {
      const items = template.sections.flatMap((s) => s.items)
      const outcome = (type: string) =>
        type === 'veto'
          ? fc.constantFrom('pass', 'fail', 'pending', 'open')
          : type === 'gate'
            ? fc.constantFrom('yes', 'no', 'open')
            : fc.constantFrom('full', 'partly', 'none', 'na')
      return fc.record({
        template: fc.constant(template),
        outcomes: fc.tuple(...items.map((i) => outcome(i.type))),
        majors: fc.nat(2),
        minors: fc.nat(3),
      })
    })
    fc.assert(
      fc.property(arbOutcomes, ({ template, outcomes, majors, minors }) => {
        const register = [
          ...Array.from({ length: majors }, () => ({ kind: 'major', state: 'opened' }) as const),
          ...Array.from({ length: minors }, () => ({ kind: 'minor', state: 'opened' }) as const),
        ]
        const facts = emptyFacts(template, register)
        let n = 0
        template.sections.forEach((section, place) => {
          for (const item of section.items) {
            const word = outcomes[n] ?? 'open'
            n += 1
            const full = (item.full_cp ?? 0) * 10_000
            const own = item.type === 'conformity' ? item.spec.points_cp : null
            const worth = new Map([
              ['full', own ? 9_000_000 : full],
              ['partly', own ? 9_000_000 : full / 2],
              ['none', 0],
            ])
            const score = worth.get(word) ?? null
            const settled =
              item.full_cp === null
                ? { outcome: word as 'pass', value: word, score: null }
                : { outcome: word === 'na' ? ('na' as const) : ('value' as const), value: word, score }
            contribute(facts, item, place, settled, template, 1)
          }
        })
        const { rule } = conclude(template, facts)
        const report = inspectRules(template)
        if (rule === null) expect(report.undecided).not.toBeNull()
        else expect(report.rules[rule]?.example).not.toBeNull()
      }),
      { numRuns: 2000 },
    )
  })

  test('is everything in the rules of the samples, and nothing is left undecided', () => {
    for (const name of ['industrial', 'agriculture', 'service', 'region']) {
      const url = new URL(`../../../assets/templates/${name}.json`, import.meta.url)
      const template = JSON.parse(readFileSync(url, 'utf8')) as Template
      const { rules, undecided, unreached } = inspectRules(template)
      const hasGate = template.sections.some((s) => s.items.some((i) => i.type === 'gate'))
      const idle = template.rules.findIndex((r) => r.when.anyGateNo)
      expect(rules.flatMap((r, n) => (r.example === null ? [n] : []))).toEqual(hasGate ? [] : [idle])
      expect([undecided, unreached]).toEqual([null, hasGate ? [] : ['supplement']])
    }
  })

  test('of a hundred rules with lines of their own is found', () => {
    const rules = Array.from({ length: 100 }, (_, n) => ({
      when: {
        totalRateAtLeast_bp: 9900 - 50 * n,
        conformity: { zeroAtMost: n % 7, belowTopAtMost: (n * 3) % 11 },
        openNonconformities: { major: n % 3, minor: (n * 5) % 7 },
        sectionRateAtLeast_bp: (n * 70) % 9000,
      },
      then: 'a',
    }))
    const items = Array.from({ length: 30 }, (_, n) => conformityItem(`c${n}`, 5))
    const template = templateOf([items, [pointsItem('p', 10)]], { rules: [...rules, { when: {}, then: 'b' }] })
    const report = inspectRules(template)
    expect(report.undecided).toBeNull()
    expect(report.rules.filter((r) => r.example === null).length).toBeLessThan(100)
  })
})
