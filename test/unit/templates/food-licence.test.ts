import { describe, expect, test } from 'vitest'
import { parseTemplate, templateItems } from '../../../shared/domain/template.ts'
import { sheetProblems } from '../../../shared/scoring/demands.ts'
import { answerOf, memberOf, mergeOf, naOf, sheetOf, taskOf, type Visit } from '../../support/scoring-factories.ts'
import { foodLicence } from '../../fixtures/food-licence.ts'

const template = foodLicence('current')
const ids = templateItems(template).map((i) => i.id)
const points = ids.filter((i) => i !== 'l6.1')
/** Two inspectors share the work: each owns every other item, and the other's answer is not asked. */
const visit: Visit = {
  template,
  task: taskOf(
    ['e1', 'e2'].map((personId, n) => {
      const mine = ids.filter((_, i) => i % 2 === n)
      return memberOf(personId, { role: n === 0 ? 'lead' : 'expert', assigned: mine, owns: mine })
    }),
  ),
}

type Found = { partly?: string[]; none?: string[]; na?: string[] }

/** The sheet as found: everything else is met. */
function inspected({ partly = [], none = [], na = [] }: Found) {
  const answers = ids.map((id) => {
    if (na.includes(id)) return naOf(id, '不涉及该工序')
    const value = none.includes(id) ? 'none' : partly.includes(id) ? 'partly' : 'full'
    return answerOf(id, value, { reason: value === 'full' ? '' : '核查记录第3页' })
  })
  const sheets = visit.task.team.map((m) =>
    sheetOf(
      visit,
      m.personId,
      answers.filter((a) => m.assigned?.includes(a.item)),
    ),
  )
  const { merge } = mergeOf(visit, sheets)
  expect(merge.status).toBe('closed')
  const { base, applicable, rate_bp, converted } = merge.totals
  const points = (micro: number | null) => (micro === null ? null : micro / 1_000_000)
  return {
    sheets,
    score: points(base),
    of: points(applicable),
    rate_bp,
    converted: points(converted),
    conclusion: merge.conclusion.computed,
  }
}

describe('the sheet', () => {
  test.each([
    ['earlier', [24, 33, 9, 9, 24, 1]],
    ['current', [18, 36, 9, 9, 27, 1]],
  ] as const)('of the %s plan has 34 items and 100 points', (plan, sums) => {
    const sheet = foodLicence(plan)
    expect(parseTemplate(sheet)).toEqual({ ok: true, value: sheet })
    expect(templateItems(sheet)).toHaveLength(34)
    expect(sheet.totalFull_cp).toBe(10_000)
    expect(sheet.sections.map((s) => s.items.reduce((sum, i) => sum + (i.full_cp ?? 0), 0) / 100)).toEqual(sums)
  })

  test('a grade that is worth more than the one above it is refused', () => {
    const rising = structuredClone(template)
    const [first] = rising.sections[0]!.items
    if (first?.type === 'conformity') first.spec.points_cp = [300, 0, 100]
    const parsed = parseTemplate(rising)
    expect(parsed.ok ? [] : parsed.problems.map((p) => p.code)).toEqual(['gradePoints'])
  })
})

describe('what it decides', () => {
  test('everything met is 100 of 100', () => {
    expect(inspected({})).toMatchObject({ score: 100, of: 100, rate_bp: 10_000, conclusion: 'pass' })
  })

  test('an item partly met keeps one point of three', () => {
    expect(inspected({ partly: points.slice(0, 1) })).toMatchObject({ score: 98, conclusion: 'pass' })
  })

  test('seven partly met pass with 86 %, eight fail with 84 %', () => {
    expect(inspected({ partly: points.slice(0, 7) })).toMatchObject({ score: 86, rate_bp: 8600, conclusion: 'pass' })
    expect(inspected({ partly: points.slice(0, 8) })).toMatchObject({ score: 84, rate_bp: 8400, conclusion: 'fail' })
  })

  test('one item at nothing fails however many points the rest has', () => {
    expect(inspected({ none: ['l4.2'] })).toMatchObject({ score: 97, rate_bp: 9700, conclusion: 'fail' })
    expect(inspected({ partly: ['l4.2'] })).toMatchObject({ score: 98, conclusion: 'pass' })
  })

  test('the trial product: one point, a half, none', () => {
    expect(inspected({ partly: ['l6.1'] })).toMatchObject({ score: 99.5, rate_bp: 9950, conclusion: 'pass' })
    expect(inspected({ none: ['l6.1'] })).toMatchObject({ score: 99, rate_bp: 9900, conclusion: 'fail' })
  })

  test('what does not apply leaves the denominator: exactly 85 % passes, one more partly met does not', () => {
    const na = points.slice(0, 10)
    const rest = points.slice(10)
    const atLine = inspected({ na, partly: [...rest.slice(0, 5), 'l6.1'] })
    expect(atLine).toMatchObject({ score: 59.5, of: 70, rate_bp: 8500, converted: 85, conclusion: 'pass' })
    const below = inspected({ na, partly: [...rest.slice(0, 6), 'l6.1'] })
    expect(below).toMatchObject({ score: 57.5, of: 70, rate_bp: 8214, conclusion: 'fail' })
    expect(inspected({ partly: [...rest.slice(0, 5), 'l6.1'] })).toMatchObject({ score: 89.5, of: 100, rate_bp: 8950 })
  })

  test('not applicable needs its reason, and the trial product always applies', () => {
    const member = visit.task.team[0]!
    const { sheet } = inspected({ na: ['l1.1'] }).sheets[0]!
    const problems = (answers: typeof sheet.answers) =>
      sheetProblems({ ...sheet, answers, template, task: visit.task, member })
    expect(problems(sheet.answers)).toEqual([])
    expect(problems(sheet.answers.map((a) => (a.item === 'l1.1' ? { ...a, reason: '' } : a)))).toEqual([
      { item: 'l1.1', problem: 'reason' },
    ])
    const owner = visit.task.team.find((m) => m.owns.includes('l6.1'))!
    const trial = { task: visit.task, template, member: owner }
    const own = inspected({}).sheets.find((s) => s.sheet.expert.personId === owner.personId)!.sheet
    const withNa = own.answers.map((a) => (a.item === 'l6.1' ? naOf('l6.1') : a))
    expect(sheetProblems({ ...own, ...trial })).toEqual([])
    expect(sheetProblems({ ...own, ...trial, answers: withNa })).toEqual([{ item: 'l6.1', problem: 'naNotAllowed' }])
  })
})
