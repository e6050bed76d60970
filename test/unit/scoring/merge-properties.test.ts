import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignedItems } from '../../../shared/domain/task.ts'
import { checkTemplate, isScored } from '../../../shared/domain/template.ts'
import { merge as mergeSchema } from '../../../shared/domain/result.ts'
import { parseSheet } from '../../../shared/domain/sheet.ts'
import { jcs } from '../../../shared/package/jcs.ts'
import { gradesOf, gradeScore } from '../../../shared/scoring/answer.ts'
import { checkDecision } from '../../../shared/scoring/decision.ts'
import { recomputeSheet } from '../../../shared/scoring/demands.ts'
import { formatMicro, mulRoundDiv, roundDiv, sroundDiv } from '../../../shared/scoring/numbers.ts'
import { arbAnswers, arbTeamWork, type TeamWork } from '../../support/scoring-arbitraries.ts'
import { mergedItem, mergeOf, sheetOf } from '../../support/scoring-factories.ts'
import { Fraction } from '../../support/scoring-naive.ts'

const mergeWork = ({ visit, sheets, excluded, decisions, nonconformities }: TeamWork) =>
  mergeOf(visit, sheets, { excluded, decisions, nonconformities })
const RUNS = { numRuns: 150 }

describe('numbers against exact fractions', () => {
  const big = fc.oneof(fc.nat(), fc.maxSafeNat())
  test('roundDiv rounds half up, in and beyond the range of doubles', () => {
    fc.assert(
      fc.property(
        big,
        big,
        fc.oneof(
          fc.integer({ min: 1, max: 50 }),
          fc.maxSafeNat().map((n) => n + 1),
        ),
        (a, f, b) => {
          const exact = new Fraction(BigInt(a) * BigInt(f), b).halfUp()
          expect(roundDiv(a, b)).toBe(new Fraction(a, b).halfUp())
          if (Number.isSafeInteger(exact)) expect(mulRoundDiv(a, f, b)).toBe(exact)
          expect(sroundDiv(-a, b) + roundDiv(a, b)).toBe(0)
          expect(Object.is(sroundDiv(-a, b), -0)).toBe(false)
        },
      ),
    )
  })
  test('display is the nearest hundredth', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2e12, max: 2e12 }), (micro) => {
        const cents = Number(formatMicro(micro).replace('.', ''))
        expect(Math.abs(cents * 10_000 - micro)).toBeLessThanOrEqual(5000)
      }),
    )
  })
})

describe('the generators make what the app would accept', () => {
  test('templates, sheets and decisions are valid', () => {
    fc.assert(
      fc.property(arbTeamWork, (work) => {
        const { template, task } = work.visit
        expect(checkTemplate(template)).toEqual([])
        const { merge, voters } = mergeWork(work)
        for (const { sheet } of work.sheets) {
          const member = task.team.find((m) => m.personId === sheet.expert.personId)
          expect(parseSheet(sheet).ok).toBe(true)
          if (member) expect(recomputeSheet(template, task, member, sheet)).toEqual([])
        }
        const items = template.sections.flatMap((s) => s.items)
        for (const d of work.decisions) {
          const item = items.find((i) => i.id === d.item)
          const merged = merge.items.find((m) => m.item === d.item)
          if (!item || !merged) throw new Error(d.item)
          const problems = checkDecision(item, d, merged, voters, template)
          expect(problems.filter((p) => p !== 'voteMissing' && p !== 'twoPersons')).toEqual([])
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('a merge', () => {
  test('gives the same bytes whatever the order of arrival', () => {
    const shuffled = arbTeamWork.chain((work) =>
      fc.record({
        work: fc.constant(work),
        sheets: fc.shuffledSubarray(work.sheets, { minLength: work.sheets.length }),
        excluded: fc.shuffledSubarray(work.excluded, { minLength: work.excluded.length }),
        decisions: fc.shuffledSubarray(work.decisions, { minLength: work.decisions.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ work, ...order }) => {
        const one = mergeWork(work)
        const two = mergeWork({ ...work, ...order })
        expect(jcs(two.merge)).toBe(jcs(one.merge))
        expect(two).toEqual(one)
      }),
      RUNS,
    )
  })

  test('fits the stored shape and leaves its inputs alone', () => {
    fc.assert(
      fc.property(arbTeamWork, (work) => {
        const before = jcs(work)
        const { merge } = mergeWork(work)
        expect(mergeSchema.safeParse(merge).success).toBe(true)
        expect(jcs(work)).toBe(before)
      }),
      RUNS,
    )
  })

  test('keeps every score within 0 … full and every rate within 0 … 100 %', () => {
    fc.assert(
      fc.property(arbTeamWork, (work) => {
        const { merge } = mergeWork(work)
        const full = new Map(
          work.visit.template.sections.flatMap((s) => s.items.map((i) => [i.id, (i.full_cp ?? 0) * 10_000])),
        )
        for (const m of merge.items) {
          for (const score of [m.score, m.proposal.score].filter((s) => s !== null)) {
            expect(score).toBeGreaterThanOrEqual(0)
            expect(score).toBeLessThanOrEqual(full.get(m.item) ?? -1)
          }
        }
        for (const t of [merge.totals, ...merge.sections]) {
          expect(t.base).toBeLessThanOrEqual(t.applicable)
          expect(t.rate_bp === null).toBe(t.applicable === 0)
          if (t.rate_bp !== null) expect(t.rate_bp).toBeLessThanOrEqual(10_000)
        }
        const { totals } = merge
        expect(totals.applicable).toBeLessThanOrEqual(totals.totalFull)
        expect(totals.totalFull).toBe(work.visit.template.totalFull_cp * 10_000)
        expect(totals.base).toBe(merge.sections.reduce((sum, s) => sum + s.base, 0))
      }),
      RUNS,
    )
  })

  test('never averages grades: a merged conformity item is worth one of its grades', () => {
    fc.assert(
      fc.property(arbTeamWork, (work) => {
        const { merge } = mergeWork(work)
        for (const item of work.visit.template.sections.flatMap((s) => s.items)) {
          if (item.type !== 'conformity' || item.repeat) continue
          const { score } = merge.items.find((m) => m.item === item.id) ?? { score: null }
          const worth = gradesOf(item, work.visit.template).map((_, n) => gradeScore(item, n, work.visit.template))
          expect([null, ...worth]).toContain(score)
        }
      }),
      RUNS,
    )
  })

  test('is closed exactly when nothing blocks and nobody is missing', () => {
    fc.assert(
      fc.property(arbTeamWork, (work) => {
        const outcome = mergeWork(work)
        const isOpen = outcome.missingMembers.length > 0 || outcome.merge.items.some((i) => i.outcome === 'open')
        expect(outcome.merge.status).toBe(isOpen ? 'open' : 'closed')
        expect(
          outcome.discussion
            .filter((d) => d.open)
            .map((d) => d.item)
            .toSorted(),
        ).toEqual(
          outcome.merge.items
            .filter((i) => i.outcome === 'open')
            .map((i) => i.item)
            .toSorted(),
        )
      }),
      RUNS,
    )
  })

  test('a revised or late sheet reopens only the items whose answers it changes', () => {
    const revised = arbTeamWork
      .filter((work) => work.sheets.length > 0)
      .chain((work) => fc.record({ work: fc.constant(work), answers: arbAnswers(work.visit, 'e1') }))
    fc.assert(
      fc.property(revised, ({ work, answers }) => {
        const before = mergeWork(work).merge
        const decided = before.items.filter((i) => i.decided)
        const late = sheetOf(work.visit, 'e1', answers, { revision: 3, reason: '更正' })
        const after = mergeWork({ ...work, sheets: [...work.sheets, late] })
        for (const item of decided) {
          const now = mergedItem(after, item.item)
          const givenOf = (list: typeof item.answers) => jcs(list.filter((a) => a.state !== 'abstain'))
          const isTouched = givenOf(item.answers) !== givenOf(now.answers)
          expect(now.flags.includes('staleDecision')).toBe(isTouched)
          expect(now.decided).toBe(!isTouched)
          expect(now.outcome === 'open').toBe(isTouched)
          if (!isTouched) expect(now.score).toBe(item.score)
        }
      }),
      RUNS,
    )
  })

  test('the why-tree adds up to the stored totals', () => {
    fc.assert(
      fc.property(arbTeamWork, (work) => {
        const { merge, why } = mergeWork(work)
        expect(why.sections.flatMap((s) => s.items.map((i) => i.item))).toEqual(merge.items.map((i) => i.item))
        const scored = new Set(
          work.visit.template.sections.flatMap((s) => s.items.filter((i) => isScored(i) && !i.bonus).map((i) => i.id)),
        )
        const base = why.sections
          .flatMap((s) => s.items)
          .reduce((sum, i) => sum + (scored.has(i.item) ? (i.score ?? 0) : 0), 0)
        expect(base).toBe(why.totals.base)
        const matched = why.conclusion.rules.filter((r) => r.holds)
        expect(matched.map((r) => r.conclusion)).toEqual(
          merge.conclusion.computed === null ? [] : [merge.conclusion.computed],
        )
      }),
      RUNS,
    )
  })

  test('an expert who agrees with every merged score deviates by nothing', () => {
    fc.assert(
      fc.property(arbTeamWork, (work) => {
        const { merge, counted } = mergeWork(work)
        expect(merge.deviation.experts.map((e) => e.personId)).toEqual(counted)
        for (const { personId, horizontal_bp } of merge.deviation.experts) {
          const own = merge.items.flatMap((m) => {
            const answer = m.answers.find((a) => a.personId === personId)
            return answer && answer.score !== null && m.score !== null ? [answer.score - m.score] : []
          })
          if (own.length === 0) expect(horizontal_bp).toBeNull()
          else if (own.every((d) => d === 0)) expect(horizontal_bp).toBe(0)
        }
      }),
      RUNS,
    )
  })

  test('records of items that are not the author’s count in nothing', () => {
    fc.assert(
      fc.property(arbTeamWork, (work) => {
        for (const m of mergeWork(work).merge.items) {
          for (const a of m.answers) {
            const member = work.visit.task.team.find((x) => x.personId === a.personId)
            expect(member && assignedItems(member, work.visit.template).some((i) => i.id === m.item)).toBe(true)
          }
        }
      }),
      { numRuns: 100 },
    )
  })
})
