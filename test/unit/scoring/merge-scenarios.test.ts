import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { Member } from '../../../shared/domain/task.ts'
import { whyNotCounted } from '../../../shared/domain/task-change.ts'
import type { Item, MergeMethod } from '../../../shared/domain/template.ts'
import { checkDecision } from '../../../shared/scoring/decision.ts'
import { lettersFor } from '../../../shared/scoring/deviation.ts'
import {
  abstainOf,
  answerOf,
  conformityItem,
  decisionOf,
  deductionItem,
  gateItem,
  maturityItem,
  memberOf,
  mergedItem,
  mergeOf,
  naOf,
  pointsItem,
  sheetOf,
  taskOf,
  teamOf,
  templateOf,
  vetoItem,
  type TemplateOver,
} from '../../support/scoring-factories.ts'

/** One item, one answer per expert e1, e2, …; null = no record. */
function one(
  item: Item,
  answers: (Answer | null)[],
  method: MergeMethod = 'consensus',
  team: Member[] = teamOf(answers.length),
  over: TemplateOver = {},
) {
  const visit = { template: templateOf([[item]], { ...over, merge: { method, ...over.merge } }), task: taskOf(team) }
  const sheets = answers.map((a, n) => sheetOf(visit, `e${n + 1}`, a ? [a] : []))
  return { visit, sheets, outcome: mergeOf(visit, sheets), item: mergedItem(mergeOf(visit, sheets), item.id) }
}
const answered = (...values: Answer['value'][]) => values.map((v) => answerOf('i', v))
const points = (...values: number[]) => answered(...values.map((v) => v * 1_000_000))

describe('grades', () => {
  const merge = (...grades: string[]) => one(conformityItem('i', 20), answered(...grades), 'mean').item
  test('the majority decides, a tie takes the lower, never anything between', () => {
    expect(merge('full', 'full', 'none').proposal).toEqual({ value: 'full', score: 20_000_000, na: false })
    expect(merge('full', 'partly').proposal.value).toBe('partly')
    expect(merge('full', 'partly', 'none').proposal.value).toBe('none')
    expect(merge('full', 'full', 'none', 'none', 'partly').proposal.value).toBe('none')
  })
  test('a difference blocks where the team must agree, and only informs where a rule averages', () => {
    const by = (method: MergeMethod) =>
      one(conformityItem('i', 20), answered('full', 'none'), method, [
        memberOf('e1', { role: 'lead', owns: ['i'] }),
        memberOf('e2'),
      ])
    expect(by('consensus').item).toMatchObject({ flags: ['gradesDiffer'], outcome: 'open' })
    expect(by('owner').item).toMatchObject({ flags: ['gradesDiffer'], outcome: 'open', proposal: { value: 'full' } })
    for (const method of ['mean', 'median', 'weighted', 'trimmedTotal'] as const) {
      expect(by(method).item).toMatchObject({ flags: ['gradesDiffer'], outcome: 'value', value: 'none' })
    }
  })
})

describe('merge methods', () => {
  const scoreBy = (method: MergeMethod, item: Item, list: Answer[], over: TemplateOver = {}) =>
    one(item, list, method, teamOf(list.length), over).item.proposal
  test('consensus gives a value one person could have given', () => {
    expect(scoreBy('consensus', maturityItem('i', 15), answered(65, 60))).toEqual({
      value: 65,
      score: 9_750_000,
      na: false,
    })
    expect(scoreBy('consensus', pointsItem('i', 10, 0.5), points(7, 7.5))).toEqual({
      value: 7_500_000,
      score: 7_500_000,
      na: false,
    })
    const list = [{ id: 'x', points: 0.01 }]
    const lost = (count: number) => answerOf('i', [{ id: 'x', count }])
    expect(scoreBy('consensus', deductionItem('i', 10, list), [lost(1), lost(2)])).toEqual({
      value: null,
      score: 9_990_000,
      na: false,
    })
  })
  test('mean, median and weights round once', () => {
    const item = pointsItem('i', 10, 0.5)
    expect(scoreBy('mean', item, points(7, 7, 7.5))).toEqual({ value: null, score: 7_166_667, na: false })
    expect(scoreBy('median', item, points(2, 7.5, 7))).toEqual({ value: null, score: 7_000_000, na: false })
    expect(scoreBy('median', item, points(2, 7.5, 7, 10))).toEqual({ value: null, score: 7_250_000, na: false })
    const weights = [{ role: 'lead', weight: 2 } as const]
    expect(scoreBy('weighted', item, points(9, 6, 6), { merge: { weights } })).toEqual({
      value: null,
      score: 7_500_000,
      na: false,
    })
  })
  test('the owner is absent and the reviewer scored: nothing is taken silently', () => {
    const team = [memberOf('e1', { role: 'lead' }), memberOf('e2'), memberOf('e3', { owns: ['i'] })]
    const { item, outcome } = one(pointsItem('i', 10), points(8, 8), 'owner', team)
    expect(item).toMatchObject({
      proposal: { value: null, score: null },
      flags: ['ownerMissing'],
      outcome: 'open',
      score: null,
    })
    expect(outcome).toMatchObject({ missingMembers: ['e3'], merge: { status: 'open' } })
  })
  test('the owner abstains, or is nobody: the same', () => {
    const team = [memberOf('e1', { role: 'lead', owns: ['i'] }), memberOf('e2')]
    expect(one(pointsItem('i', 10), [abstainOf('i'), ...points(8)], 'owner', team).item.flags).toEqual(['ownerMissing'])
    expect(one(pointsItem('i', 10), points(8, 8), 'owner').item.flags).toEqual(['ownerMissing'])
    expect(one(pointsItem('i', 10), points(8, 7), 'owner', team).item).toMatchObject({
      flags: [],
      value: 8_000_000,
      score: 8_000_000,
    })
  })
  test('seven judges, best and worst dropped; with four the plain mean and a note', () => {
    const visit = (size: number) => ({
      template: templateOf([[pointsItem('i', 10), pointsItem('j', 10, 0.5, { allowNA: true })]], {
        merge: { method: 'trimmedTotal' },
      }),
      task: taskOf(teamOf(size)),
    })
    const panel = (...scores: number[]) => {
      const v = visit(scores.length)
      return mergeOf(
        v,
        scores.map((s, n) => sheetOf(v, `e${n + 1}`, [answerOf('i', s * 1_000_000), answerOf('j', 5_000_000)])),
      )
    }
    const five = panel(1, 8, 8.5, 9, 10)
    expect(five.merge.totals).toMatchObject({ base: 12_300_000, converted: 13_500_000 })
    expect(five.why).toMatchObject({ notes: [] })
    expect(five.why.converted.filter((c) => c.dropped).map((c) => c.personId)).toEqual(['e1', 'e5'])
    const four = panel(8, 8.5, 9, 10)
    expect(four.merge.totals.converted).toBe(13_875_000)
    expect(four.why.notes).toEqual(['trimFallback'])
  })
  test('trimmed totals are not comparable when the work was divided', () => {
    const team = teamOf(5).map((m, n) => ({ ...m, assigned: n === 4 ? ['i'] : null }))
    const v = {
      template: templateOf([[pointsItem('i', 10), pointsItem('j', 10)]], { merge: { method: 'trimmedTotal' } }),
      task: taskOf(team),
    }
    const outcome = mergeOf(
      v,
      team.map((m) => sheetOf(v, m.personId, [answerOf('i', 5_000_000)])),
    )
    expect(outcome.why.notes).toEqual(['trimInvalid'])
    expect(outcome.merge.totals.converted).toBe(10_000_000)
  })
})

describe('flags, from both sides of their limits', () => {
  test('maturity: 20 percent is fine, 25 is not', () => {
    expect(one(maturityItem('i', 20), answered(60, 80)).item.flags).toEqual([])
    expect(one(maturityItem('i', 20), answered(60, 85)).item.flags).toEqual(['divergent'])
  })
  test('points: more than 20 % of full and at least 3 points', () => {
    expect(one(pointsItem('i', 20), points(10, 14)).item.flags).toEqual([])
    expect(one(pointsItem('i', 20), points(10, 14.5)).item.flags).toEqual(['divergent'])
    expect(one(pointsItem('i', 10), points(5, 7.5)).item.flags).toEqual([])
    expect(one(pointsItem('i', 10), points(5, 8)).item.flags).toEqual(['divergent'])
  })
  test('30 points or a veto judged by one person are named, not blocked', () => {
    expect(one(pointsItem('i', 29.5), points(20)).item.flags).toEqual([])
    expect(one(pointsItem('i', 30), points(20)).item).toMatchObject({ flags: ['singleScorer'], outcome: 'value' })
    expect(one(pointsItem('i', 30), points(20, 21)).item.flags).toEqual([])
    expect(one(vetoItem('i'), answered('pass')).item).toMatchObject({ flags: ['singleScorer'], outcome: 'pass' })
    expect(one(gateItem('i'), answered('yes')).item.flags).toEqual([])
  })
  test('everybody abstained: unscored; everybody says na: na; some: the team decides', () => {
    const item = pointsItem('i', 10, 0.5, { allowNA: true })
    expect(one(item, [abstainOf('i'), null]).item).toMatchObject({
      flags: ['unscored'],
      outcome: 'open',
      proposal: { value: null, score: null, na: false },
    })
    expect(one(item, [naOf('i'), naOf('i'), abstainOf('i')]).item).toMatchObject({
      flags: [],
      outcome: 'na',
      proposal: { na: true },
    })
    expect(one(item, [naOf('i'), ...points(8)], 'mean').item).toMatchObject({
      flags: ['naConflict'],
      outcome: 'open',
      proposal: { score: 8_000_000 },
    })
    expect(one(item, [abstainOf('i'), ...points(8)]).item).toMatchObject({ flags: [], score: 8_000_000 })
    expect(one(vetoItem('i'), [null, null]).item.flags).toEqual(['unscored', 'singleScorer'])
  })
  test('one expert reports a suspected veto, another wants it verified', () => {
    const { item } = one(vetoItem('i'), answered('fail', 'pending', 'pass'), 'mean')
    expect(item).toMatchObject({
      flags: ['vetoFail', 'vetoPending'],
      outcome: 'open',
      proposal: { value: null, score: null, na: false },
    })
    expect(one(gateItem('i'), answered('yes', 'no')).item).toMatchObject({ flags: ['gateNo'], outcome: 'open' })
    expect(one(vetoItem('i', { allowNA: true }), [naOf('i'), answerOf('i', 'pass')]).item).toMatchObject({
      flags: ['naConflict'],
      proposal: { value: 'pass' },
    })
  })
})

describe('decisions', () => {
  const grades = one(conformityItem('i', 20), answered('full', 'partly', 'none'))
  const veto = one(vetoItem('i'), answered('fail', 'pass', 'pass'))
  const check = (from: typeof grades, over: Parameters<typeof decisionOf>[2]) => {
    const item = from.visit.template.sections[0]?.items[0]
    if (!item) throw new Error('no item')
    return checkDecision(
      item,
      decisionOf(from.outcome.merge, 'i', over),
      from.item,
      from.outcome.voters,
      from.visit.template,
    )
  }
  test('a decided value is one a person could have given, with its own score', () => {
    expect(check(grades, { value: 'partly', score: 10_000_000 })).toEqual([])
    expect(check(grades, { value: 'good', score: 10_000_000 })).toEqual(['gradeUnknown'])
    expect(check(grades, { value: 'partly', score: 12_000_000 })).toEqual(['scoreDiffers'])
    expect(check(grades, { outcome: 'pass', value: null })).toEqual(['outcome'])
    expect(check(grades, { outcome: 'na' })).toEqual(['naNotAllowed'])
  })
  test('a reason is owed for a flagged item and outside the range of the answers, not inside it', () => {
    const plain = one(pointsItem('i', 10), points(7, 8))
    const bare = (score: number) => check(plain, { value: score * 1_000_000, score: score * 1_000_000, reason: '' })
    expect([6.5, 7, 8, 8.5].map(bare)).toEqual([['reason'], [], [], ['reason']])
    expect(check(grades, { value: 'partly', score: 10_000_000, reason: ' ' })).toEqual(['reason'])
  })
  test('a veto is decided by name: every voter, nobody else, nobody twice, two for a fail', () => {
    const vote = (personId: string, v: 'pass' | 'fail') => ({ personId, vote: v })
    const fail = { outcome: 'fail', value: 'fail' } as const
    expect(check(veto, { ...fail, votes: [vote('e1', 'fail'), vote('e2', 'fail'), vote('e3', 'pass')] })).toEqual([])
    expect(check(veto, { ...fail, votes: [vote('e1', 'fail'), vote('e2', 'pass'), vote('e3', 'pass')] })).toEqual([
      'twoPersons',
    ])
    expect(check(veto, { ...fail, votes: [vote('e1', 'fail'), vote('e2', 'fail')] })).toEqual(['voteMissing'])
    expect(
      check(veto, { outcome: 'pass', value: 'pass', votes: ['e1', 'e2', 'e3', 'e3', 'o'].map((p) => vote(p, 'pass')) }),
    ).toEqual(['voteUnknown', 'voteTwice'])
  })
  test('a corrected sheet reopens the item it touches; new notes and photos do not', () => {
    const decisions = [decisionOf(grades.outcome.merge, 'i', { value: 'partly', score: 10_000_000 })]
    const closed = mergeOf(grades.visit, grades.sheets, { decisions })
    expect(closed.merge.status).toBe('closed')
    const revise = (answer: Answer) => [
      ...grades.sheets,
      sheetOf(grades.visit, 'e3', [answer], { revision: 2, reason: '更正' }),
    ]
    const noted = mergeOf(grades.visit, revise(answerOf('i', 'none', { note: '补充说明', facts: '见照片' })), {
      decisions,
    })
    expect(mergedItem(noted, 'i')).toMatchObject({ decided: true, outcome: 'value', value: 'partly' })
    const changed = mergeOf(grades.visit, revise(answerOf('i', 'partly')), { decisions })
    expect(mergedItem(changed, 'i')).toMatchObject({
      decided: false,
      outcome: 'open',
      flags: ['gradesDiffer', 'staleDecision'],
    })
    expect(changed.why.sections[0]?.items[0]?.decision?.use).toBe('stale')
    expect(changed.ignoredSheets).toMatchObject([{ personId: 'e3', why: 'superseded' }])
  })
  test('under mean a stale decision still reopens its item', () => {
    const mean = one(pointsItem('i', 10), points(7, 8), 'mean')
    const stale = {
      ...decisionOf(mean.outcome.merge, 'i', { value: 8_000_000, score: 8_000_000 }),
      basis: '0'.repeat(64),
    }
    expect(mergedItem(mergeOf(mean.visit, mean.sheets, { decisions: [stale] }), 'i')).toMatchObject({
      flags: ['staleDecision'],
      outcome: 'open',
    })
  })
  test('a decision nobody could have given is not applied', () => {
    const decisions = [decisionOf(grades.outcome.merge, 'i', { value: 'good', score: 19_000_000 })]
    expect(mergedItem(mergeOf(grades.visit, grades.sheets, { decisions }), 'i')).toMatchObject({
      decided: false,
      outcome: 'open',
    })
  })
})

describe('who counts', () => {
  const template = templateOf([[pointsItem('i', 10), pointsItem('j', 10)]])
  const team = [...teamOf(3), memberOf('watcher', { role: 'observer' }), memberOf('driver', { assigned: [] })]
  const visit = { template, task: taskOf(team) }
  const full = (personId: string) => sheetOf(visit, personId, [answerOf('i', 8_000_000), answerOf('j', 8_000_000)])

  test('a member without a sheet keeps the merge open until excluded with a reason', () => {
    const open = mergeOf(visit, [full('e1'), full('e2')])
    expect(open).toMatchObject({ missingMembers: ['e3'], merge: { status: 'open' } })
    const excluded = [{ personId: 'e3', sheet: null, reason: '突发疾病' }]
    expect(mergeOf(visit, [full('e1'), full('e2')], { excluded })).toMatchObject({
      missingMembers: [],
      voters: ['e1', 'e2'],
      merge: { status: 'closed' },
    })
    const late = mergeOf(visit, [full('e1'), full('e2'), full('e3')], { excluded })
    expect(late.counted).toEqual(['e1', 'e2'])
    expect(late.ignoredSheets).toMatchObject([{ personId: 'e3', why: 'excludedLater' }])
  })
  test('observers and strangers never score', () => {
    const outcome = mergeOf(visit, ['e1', 'e2', 'e3', 'watcher', 'stranger'].map(full))
    expect(outcome.counted).toEqual(['e1', 'e2', 'e3'])
    expect(outcome.ignoredSheets.map((s) => s.why).toSorted()).toEqual(['notInTeam', 'observer'])
  })
  test('the task was revised on the spot: sheets stay good while rows, template and their own items do', () => {
    const revise = (over: Partial<typeof visit.task>) =>
      whyNotCounted(visit.task, { ...visit.task, revision: 2, ...over }, 'e1')
    const reassign = (assigned: string[] | null) =>
      revise({ team: team.map((m) => (m.personId === 'e1' ? { ...m, assigned } : m)) })
    expect(revise({ dates: { from: '2026-05-14', to: '2026-05-15' } })).toBeNull()
    expect(revise({ team: team.filter((m) => m.personId !== 'e3') })).toBeNull()
    expect([reassign(null), reassign(['i'])]).toEqual([null, 'assigned'])
    expect(revise({ team: team.filter((m) => m.personId !== 'e1') })).toBe('notInTeam')
    expect(revise({ templateSha256: '0'.repeat(64) })).toBe('template')
    expect(revise({ indicators: [{ item: 'i', rows: [] }] })).toBe('indicators')
  })
  test('letters do not shift when a late sheet arrives', () => {
    const early = mergeOf(visit, [full('e3')]).letters
    expect(early).toEqual(mergeOf(visit, ['e1', 'e2', 'e3'].map(full)).letters)
    expect(early.map((e) => e.personId + e.letter)).toEqual(['e1A', 'e2B', 'e3C'])
    const many = Array.from({ length: 28 }, (_, n) => `p${String(n).padStart(2, '0')}`)
    expect([...lettersFor(many).values()].slice(24)).toEqual(['Y', 'Z', 'AA', 'AB'])
  })
})

test('deviation: a strict expert, against the team and against their own scores', () => {
  const visit = {
    template: templateOf([[pointsItem('i', 10)], [pointsItem('j', 10)]], { merge: { method: 'mean' } }),
    task: taskOf(teamOf(2)),
  }
  const sheets = [
    [9, 8],
    [7, 7.5],
  ].map(([i, j], n) => sheetOf(visit, `e${n + 1}`, [answerOf('i', (i ?? 0) * 1e6), answerOf('j', (j ?? 0) * 1e6)]))
  expect(mergeOf(visit, sheets).merge.deviation).toEqual({
    experts: [
      {
        personId: 'e1',
        horizontal_bp: 625,
        sections: [
          { section: 'a', horizontal_bp: 1000 },
          { section: 'b', horizontal_bp: 250 },
        ],
        vertical: { rate_bp: 8500, range_bp: 1000 },
      },
      {
        personId: 'e2',
        horizontal_bp: -625,
        sections: [
          { section: 'a', horizontal_bp: -1000 },
          { section: 'b', horizontal_bp: -250 },
        ],
        vertical: { rate_bp: 7250, range_bp: 500 },
      },
    ],
    agreement: { agreed: 1, compared: 2 },
  })
})
