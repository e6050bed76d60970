import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Merged } from '../../../shared/domain/result.ts'
import { templateItems, type Item } from '../../../shared/domain/template.ts'
import { gradesOf, gradeScore } from '../../../shared/scoring/answer.ts'
import { arbTeamWork, type TeamWork } from '../../support/scoring-arbitraries.ts'
import { mergeOf } from '../../support/scoring-factories.ts'
import { naiveConclusion } from '../../support/scoring-naive-sheet.ts'

type Stand = Pick<Merged, 'item' | 'proposal' | 'flags' | 'decided' | 'value' | 'score'> & { outcome: string }

/** An item as it counts while another one is weighed: as merged, while open as proposed. */
function standing(merged: Merged, item: Item): Stand {
  if (merged.outcome !== 'open') return merged
  const { value, score, na } = merged.proposal
  if (na) return { ...merged, outcome: 'na', value: null, score: null }
  return { ...merged, outcome: item.full_cp !== null && score !== null ? 'value' : 'open', value, score }
}

/** Every way an item may be settled, written out: words, what somebody said, what is proposed, and all between for grades. */
function ways(item: Item, merged: Merged, work: TeamWork): Pick<Stand, 'outcome' | 'value' | 'score'>[] {
  const isOpenRange = merged.flags.some((f) => ['unscored', 'ownerMissing', 'staleDecision'].includes(f))
  const mayBeNa = item.allowNA && (isOpenRange || merged.flags.includes('naConflict') || merged.outcome === 'na')
  const na = mayBeNa ? [{ outcome: 'na', value: null, score: null }] : []
  if (item.type === 'veto') {
    return [...na, ...['pass', 'fail', 'pending'].map((word) => ({ outcome: word, value: word, score: null }))]
  }
  if (item.type === 'gate')
    return [...na, ...['yes', 'no'].map((word) => ({ outcome: word, value: word, score: null }))]
  const said = merged.answers.flatMap((a) => (a.state === 'answered' && a.score !== null ? [a.score] : []))
  const scores = [...said, merged.proposal.score, merged.score].flatMap((s) => (s === null ? [] : [s]))
  if (isOpenRange || scores.length === 0) scores.push(0, item.full_cp * 10_000)
  if (item.type !== 'conformity' || item.repeat !== null) {
    return [...na, ...scores.map((score) => ({ outcome: 'value', value: null, score }))]
  }
  const grades = gradesOf(item, work.visit.template).map((grade, n) => ({
    outcome: 'value',
    value: grade.id,
    score: gradeScore(item, n, work.visit.template),
  }))
  return [...na, ...grades.filter((g) => g.score >= Math.min(...scores) && g.score <= Math.max(...scores))]
}

test('an item could change the conclusion exactly when settling it in some way does', () => {
  const met = { yes: 0, no: 0 }
  fc.assert(
    fc.property(arbTeamWork, (work) => {
      const { visit, sheets, ...inputs } = work
      const { merge, discussion } = mergeOf(visit, sheets, inputs)
      const items = templateItems(visit.template)
      const all = merge.items.map((m, n) => standing(m, items[n] as Item))
      for (const entry of discussion) {
        const at = items.findIndex((i) => i.id === entry.item)
        const [item, merged, now] = [items[at], merge.items[at], all[at]]
        if (item === undefined || merged === undefined || now === undefined) throw new Error(entry.item)
        const ends = ways(item, merged, work).map(
          (way) => naiveConclusion(work, all.with(at, { ...now, ...way })).computed,
        )
        expect(entry.couldChangeConclusion).toBe(new Set(ends).size > 1)
        met[entry.couldChangeConclusion ? 'yes' : 'no'] += 1
      }
    }),
    { numRuns: 600 },
  )
  expect([met.yes > 50, met.no > 50]).toEqual([true, true])
})
