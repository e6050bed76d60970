import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templateItems, type Template } from '../../../shared/domain/template.ts'
import { addItem, changeItem, changeType, removeItem } from '../../../shared/checklist/edits.ts'
import { planMove } from '../../../shared/checklist/move.ts'
import { judgeAnswer } from '../../../shared/scoring/answer.ts'
import { indicatorRows } from '../../../shared/domain/task.ts'
import {
  answerOf,
  conformityItem,
  indicatorItem,
  maturityItem,
  naOf,
  pointsItem,
  rowOf,
  sheetOf,
  taskOf,
  teamOf,
  templateOf,
  vetoItem,
} from '../../support/scoring-factories.ts'
import { arbTeamWork, arbTemplate } from '../../support/scoring-arbitraries.ts'

const row = rowOf('r', { base: '10', average: '20', advanced: '30' })
const base = templateOf([
  [vetoItem('v'), conformityItem('c', 20, { allowNA: true }), maturityItem('m', 10)],
  [pointsItem('p', 10, 0.5), indicatorItem('n', 10, [row])],
])
const task = taskOf(teamOf(2))
const edition = (template: Template) => ({ template, task })
const { answers } = sheetOf({ template: base, task }, 'e1', [
  answerOf('v', 'pass'),
  answerOf('c', 'partly', { reason: '抽查发现' }),
  answerOf('m', 60),
  answerOf('p', 7_500_000),
  answerOf('n', 7000, { indicators: [{ row: 'r', measured: { op: '=', v: '25' } }] }),
]).sheet
const move = (to: Template, own: readonly string[] | null = null) => planMove(answers, edition(base), edition(to), own)

describe('moving a sheet to another edition', () => {
  test('keeps everything where nothing changed, also what is not finished', () => {
    const unfinished = [...answers, answerOf('c', null, { note: '待查' }), naOf('m', '')]
    const plan = planMove(unfinished, edition(base), edition(structuredClone(base)))
    expect(plan.kept.map((k) => k.answer)).toEqual(unfinished)
    expect([plan.dropped, plan.fresh, plan.kept.some((k) => k.needsLook)]).toEqual([[], [], false])
  })

  test('drops what the new edition does not have, types otherwise or does not take, and names the new items', () => {
    const halves = changeItem(base, 'p', (i) => (i.type === 'points' ? { ...i, spec: { ...i.spec, step_cp: 500 } } : i))
    const to = addItem(changeType(removeItem(halves, 'v'), 'm', 'points'), 'b', 'veto').content
    const plan = move(to)
    expect(plan.dropped.map((d) => [d.item, d.why, d.problems])).toEqual([
      ['v', 'removed', []],
      ['m', 'typeChanged', []],
      ['p', 'invalid', ['offStep']],
    ])
    expect(plan.dropped.map((d) => d.answer)).toEqual([answers[0], answers[2], answers[3]])
    expect([plan.kept.map((k) => k.item), plan.fresh]).toEqual([['c', 'n'], ['v1']])
    expect(move(to, ['c', 'v1']).dropped.at(-1)).toMatchObject({ item: 'n', why: 'notAssigned' })
  })

  test('scores anew and asks for another look where the meaning changed, not where only the code did', () => {
    const to = changeItem(
      changeItem(base, 'c', (i) => ({ ...i, code: '9.9' })),
      'm',
      (i) => (i.type === 'maturity' ? { ...i, full_cp: 2000 } : i),
    )
    const graded = {
      ...to,
      gradeSets: to.gradeSets.map((g) => ({
        ...g,
        grades: g.grades.map((x) => ({ ...x, bp: x.bp === 5000 ? 6000 : x.bp })),
      })),
    }
    const kept = new Map(move(to).kept.map((k) => [k.item, k]))
    expect([kept.get('c')?.needsLook, kept.get('c')?.changes.map((c) => c.field)]).toEqual([false, ['code']])
    expect(kept.get('m')).toMatchObject({ before: 6_000_000, after: 12_000_000, needsLook: true })
    const c = move(graded).kept.find((k) => k.item === 'c')
    expect(c).toMatchObject({ before: 10_000_000, after: 12_000_000, needsLook: true, answer: { score: 12_000_000 } })
  })

  test('recomputes a rate that was the rows’ own and drops one whose rows are not measured', () => {
    const rows = (r: typeof row) =>
      changeItem(base, 'n', (i) => (i.type === 'indicator' ? { ...i, spec: { ...i.spec, rows: [r] } } : i))
    const easier = move(rows({ ...row, advanced: '25' })).kept.find((k) => k.item === 'n')
    expect(easier).toMatchObject({ answer: { value: 10_000, score: 10_000_000 }, before: 7_000_000, needsLook: true })
    expect(move(rows({ ...row, id: 'other' })).dropped).toMatchObject([{ item: 'n', why: 'invalid' }])
  })

  test('from any checklist to any other loses no record and keeps no bad one', () => {
    fc.assert(
      fc.property(arbTeamWork, arbTemplate, ({ visit, sheets }, to) => {
        for (const { sheet } of sheets) {
          const plan = planMove(sheet.answers, visit, { template: to, task: visit.task })
          expect(plan.kept.length + plan.dropped.length).toBe(sheet.answers.length)
          for (const { answer } of plan.kept) {
            const item = templateItems(to).find((i) => i.id === answer.item)
            if (item === undefined) throw new Error(answer.item)
            const judged = judgeAnswer(item, answer, indicatorRows(visit.task, item), to)
            expect([judged.problems, judged.score]).toEqual([[], answer.score])
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})
