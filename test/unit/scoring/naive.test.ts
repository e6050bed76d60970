import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignedItems, indicatorRows } from '../../../shared/domain/task.ts'
import { templateItems } from '../../../shared/domain/template.ts'
import { judgeAnswer } from '../../../shared/scoring/answer.ts'
import type { MergeOutcome } from '../../../shared/scoring/merge.ts'
import { arbTeamWork, type TeamWork } from '../../support/scoring-arbitraries.ts'
import { mergeOf } from '../../support/scoring-factories.ts'
import {
  naiveConclusion,
  naiveHorizontal,
  naiveRate,
  naiveScore,
  naiveSections,
  naiveSums,
} from '../../support/scoring-naive-sheet.ts'
import { naiveMerge } from '../../support/scoring-naive.ts'

const RUNS = 10_000

/** How often what occurred: a run that never met something proves nothing about it. */
const met = new Map<string, number>()
const count = (what: string) => void met.set(what, (met.get(what) ?? 0) + 1)

function note({ visit, excluded, decisions }: TeamWork, { merge, ignoredSheets }: MergeOutcome): void {
  const { template, task } = visit
  count(`method ${template.merge.method}`)
  count(`indicator ${template.indicator.method}`)
  count(`status ${merge.status}`)
  count(`rule ${merge.conclusion.rule === null ? 'none' : 'some'}`)
  if (excluded.length > 0) count('excluded')
  if (decisions.length > 0) count('decisions')
  if (ignoredSheets.some((s) => s.why === 'superseded')) count('superseded')
  if (task.team.some((m) => m.role !== 'observer' && m.assigned !== null)) count('not assigned')
  if (task.indicators.length > 0) count('task rows')
  if (merge.totals.base * merge.totals.totalFull > Number.MAX_SAFE_INTEGER) count('beyond doubles')
  if (template.bonusCap_cp !== null && merge.totals.bonus === template.bonusCap_cp * 10_000) count('bonus capped')
  for (const item of templateItems(template)) {
    count(`type ${item.type}`)
    if (item.repeat) count(`repeat ${item.type}`)
    if (item.type === 'conformity' && item.spec.points_cp) count('points per grade')
  }
  for (const item of merge.items) {
    count(`outcome ${item.outcome}`)
    for (const flag of item.flags) count(`flag ${flag}`)
    for (const { state } of item.answers) count(`state ${state}`)
  }
}

/** The runner's own comparison takes longer than everything it compares here: it is asked for its words only. */
function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected)
}

function checkSheets({ visit, sheets }: TeamWork): void {
  const { template, task } = visit
  for (const { sheet } of sheets) {
    const member = task.team.find((m) => m.personId === sheet.expert.personId)
    if (member === undefined) throw new Error('a sheet of nobody')
    const items = assignedItems(member, template)
    for (const answer of sheet.answers) {
      const item = items.find((i) => i.id === answer.item)
      if (item === undefined) throw new Error(answer.item)
      const naive = naiveScore(item, answer, template)
      const judged = judgeAnswer(item, answer, indicatorRows(task, item), template)
      same(answer.score, naive.score)
      same(
        answer.units.map((u) => u.score),
        naive.units,
      )
      same(judged.computed_bp, naiveRate(item, answer, visit))
    }
    same(sheet.totals, naiveSums(items, new Map(sheet.answers.map((a) => [a.item, a])), template.bonusCap_cp))
  }
}

function checkDeviation({ visit }: TeamWork, { merge }: MergeOutcome): void {
  const { template } = visit
  const merged = merge.items
  for (const expert of merge.deviation.experts) {
    const own = new Map(
      merged.flatMap((m) =>
        m.answers.flatMap((a) =>
          a.personId === expert.personId && a.score !== null ? [[m.item, a.score] as const] : [],
        ),
      ),
    )
    same(expert.horizontal_bp, naiveHorizontal(templateItems(template), own, merged))
    expert.sections.forEach((s, n) => {
      same(s.horizontal_bp, naiveHorizontal(template.sections[n]?.items ?? [], own, merged))
    })
  }
}

test(
  `${RUNS} checklists with their sheets, decisions and rules come out as a second, naive reading says`,
  { timeout: 300_000 },
  () => {
    fc.assert(
      fc.property(arbTeamWork, (work) => {
        const { visit, sheets, excluded, decisions, nonconformities } = work
        const outcome = mergeOf(visit, sheets, { excluded, decisions, nonconformities })
        const { merge } = outcome
        const naive = naiveMerge(work)
        same(
          merge.items.map(({ answers: _a, notes: _n, value: _v, ...item }) => item),
          naive.items,
        )
        same([merge.status, merge.totals], [naive.status, naive.totals])
        same(merge.sections, naiveSections(visit.template, naive.items))
        same(merge.conclusion, naiveConclusion(work, merge.items))
        checkSheets(work)
        checkDeviation(work, outcome)
        note(work, outcome)
      }),
      { numRuns: RUNS },
    )
    const kinds = ['veto', 'gate', 'conformity', 'maturity', 'points', 'indicator', 'deduction']
    const flags = [
      'unscored',
      'naConflict',
      'ownerMissing',
      'gradesDiffer',
      'divergent',
      'vetoFail',
      'vetoPending',
      'gateNo',
      'singleScorer',
      'staleDecision',
    ]
    const wanted = [
      ...kinds.map((k) => `type ${k}`),
      ...kinds.slice(2).map((k) => `repeat ${k}`),
      ...['consensus', 'owner', 'mean', 'median', 'weighted', 'trimmedTotal'].map((m) => `method ${m}`),
      ...flags.map((f) => `flag ${f}`),
      ...['value', 'na', 'pass', 'fail', 'pending', 'yes', 'no', 'open'].map((o) => `outcome ${o}`),
      ...['answered', 'na', 'abstain'].map((s) => `state ${s}`),
      ...['open', 'closed'].map((s) => `status ${s}`),
      ...['none', 'some'].map((r) => `rule ${r}`),
      ...['level', 'interpolate'].map((m) => `indicator ${m}`),
      'excluded',
      'decisions',
      'superseded',
      'not assigned',
      'task rows',
      'beyond doubles',
      'bonus capped',
      'points per grade',
    ]
    expect(wanted.filter((what) => (met.get(what) ?? 0) < 30)).toEqual([])
  },
)
