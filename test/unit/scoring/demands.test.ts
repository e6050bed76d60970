import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { recomputeSheet, sheetProblems, teamProblems, type SheetParts } from '../../../shared/scoring/demands.ts'
import {
  abstainOf,
  answerOf,
  conformityItem,
  hashOf,
  indicatorItem,
  memberOf,
  naOf,
  nonconformityOf,
  pointsItem,
  rowOf,
  sheetOf,
  taskOf,
  templateOf,
  vetoItem,
} from '../../support/scoring-factories.ts'

const solo = memberOf('e1', { role: 'lead' })
const demanding = (over: Partial<Item['demand']>): Item['demand'] => ({
  minPhotos: 0,
  minSamples: 0,
  noteAtOrBelow_bp: null,
  noteAtFull: false,
  evidenceAtOrBelow_bp: null,
  evidenceAtFull: false,
  perExpert: false,
  ...over,
})
const picture = (label: string, over: Partial<SheetParts['media'][number]> = {}): SheetParts['media'][number] => ({
  sha256: hashOf(label),
  ext: 'jpg',
  items: [],
  derivedFrom: null,
  ...over,
})
const document = { name: '检验报告', number: 'QC-7', date: '2026-05-01' }

function problems(item: Item, answer: Answer | null, parts: Partial<SheetParts> = {}, team = [solo]): string[] {
  const template = templateOf([[item]])
  const answers = answer ? [answer] : []
  return sheetProblems({
    template,
    task: taskOf(team),
    member: solo,
    nonconformities: [],
    witnessTests: [],
    media: [],
    ...parts,
    answers,
  }).map((p) => p.problem)
}
const scored = (points: number, over: Partial<Answer> = {}) => answerOf('i', points * 1_000_000, over)

describe('what a sheet still owes', () => {
  test('an assigned item without a record is unanswered; an item of somebody else is not asked, nor allowed', () => {
    const template = templateOf([[pointsItem('i', 10), pointsItem('j', 10)]])
    const member = memberOf('e1', { assigned: ['i'] })
    const of = (answers: Answer[]) =>
      sheetProblems({
        template,
        task: taskOf([member]),
        member,
        answers,
        nonconformities: [],
        witnessTests: [],
        media: [],
      })
    expect(of([])).toEqual([{ item: 'i', problem: 'unanswered' }])
    expect(of([scored(8)])).toEqual([])
    expect(of([scored(8), answerOf('j', 0)])).toEqual([{ item: 'j', problem: 'notAssigned' }])
  })
  test('a note at or below 60 % and at full marks', () => {
    const item = pointsItem('i', 10, 0.5, { demand: demanding({ noteAtOrBelow_bp: 6000, noteAtFull: true }) })
    expect([6, 6.5, 9.5, 10].map((p) => problems(item, scored(p)))).toEqual([['note'], [], [], ['note']])
    expect(problems(item, scored(6, { note: '记录不全' }))).toEqual([])
    expect(problems(item, scored(6, { facts: '抽3批缺1批记录' }))).toEqual([])
  })
  test('evidence is a photo, a file, a named document, a witnessed act, or why there may be none', () => {
    const item = pointsItem('i', 10, 0.5, { demand: demanding({ evidenceAtOrBelow_bp: 6000, evidenceAtFull: true }) })
    expect([6, 6.5, 10].map((p) => problems(item, scored(p)))).toEqual([['evidence'], [], ['evidence']])
    expect(problems(item, scored(6, { media: [hashOf('a')] }), { media: [picture('a')] })).toEqual([])
    expect(problems(item, scored(6, { media: [hashOf('gone')] }))).toEqual(['evidence'])
    expect(problems(item, scored(6), { media: [picture('a', { items: ['i'], ext: 'pdf' })] })).toEqual([])
    expect(problems(item, scored(6), { media: [picture('a', { items: ['other'] })] })).toEqual(['evidence'])
    expect(problems(item, scored(6, { documents: [document] }))).toEqual([])
    expect(problems(item, scored(6, { documents: [{ ...document, number: '' }] }))).toEqual(['evidence'])
    expect(
      problems(item, scored(6), { witnessTests: [{ item: 'i', what: '耐压', method: '', result: '', media: [] }] }),
    ).toEqual([])
    expect(problems(item, scored(6, { noEvidence: '企业不允许拍照:涉密工序' }))).toEqual([])
  })
  test('two photos means two pictures: a copy with arrows is no second one', () => {
    const item = pointsItem('i', 10, 0.5, { demand: demanding({ minPhotos: 2 }) })
    const original = picture('a', { items: ['i'] })
    const annotated = picture('b', { items: ['i'], derivedFrom: hashOf('a') })
    expect(problems(item, scored(8), { media: [original, annotated] })).toEqual(['photos'])
    expect(problems(item, scored(8), { media: [original, picture('c', { items: ['i'] })] })).toEqual([])
    expect(problems(item, scored(8), { media: [original, picture('c', { items: ['i'], ext: 'pdf' })] })).toEqual([
      'photos',
    ])
    expect(problems(item, scored(8, { noEvidence: '不允许拍照' }))).toEqual([])
  })
  test('抽3批 means three sample rows', () => {
    const item = pointsItem('i', 10, 0.5, { demand: demanding({ minSamples: 3 }) })
    const sample = { population: '', how: '', id: '', result: '', media: [] }
    expect(problems(item, scored(8, { samples: [sample, sample] }))).toEqual(['samples'])
    expect(problems(item, scored(8, { samples: [sample, sample, sample] }))).toEqual([])
  })
  test('a grade below the top asks for a nonconformity or a reason', () => {
    const item = conformityItem('i', 20)
    expect(problems(item, answerOf('i', 'full'))).toEqual([])
    expect(problems(item, answerOf('i', 'partly'))).toEqual(['nonconformityMissing'])
    expect(problems(item, answerOf('i', 'partly', { reason: '个别笔误,已当场改正' }))).toEqual([])
    const linked = (target: string) => ({
      nonconformities: [nonconformityOf('n', { item: target, kind: 'observation', state: 'draft' })],
    })
    expect(problems(item, answerOf('i', 'none'), linked('i'))).toEqual([])
    expect(problems(item, answerOf('i', 'none'), linked('j'))).toEqual(['nonconformityMissing'])
  })
  test('a broken promise asks for a nonconformity or why not', () => {
    const item = indicatorItem('i', 10, [rowOf('r', { base: '1', advanced: '3', promised: '2' })])
    const at = (v: string, value: number, reason = '') =>
      answerOf('i', value, { reason, indicators: [{ row: 'r', measured: { op: '=', v } }] })
    expect(problems(item, at('2', 4000))).toEqual([])
    expect(problems(item, at('1.9', 4000))).toEqual(['promiseNotMet'])
    expect(problems(item, at('1.9', 4000, '样品批次不同'))).toEqual([])
  })
  test('na and abstain owe a reason and nothing else', () => {
    const item = pointsItem('i', 10, 0.5, {
      allowNA: true,
      demand: demanding({ minPhotos: 3, minSamples: 3, noteAtOrBelow_bp: 10_000 }),
    })
    expect([problems(item, naOf('i')), problems(item, abstainOf('i')), problems(item, naOf('i', ''))]).toEqual([
      [],
      [],
      ['reason'],
    ])
  })
  test('a failed veto stands at nothing, a passed one at full marks', () => {
    const item = vetoItem('i', { demand: demanding({ evidenceAtOrBelow_bp: 0 }) })
    expect([problems(item, answerOf('i', 'pass')), problems(item, answerOf('i', 'fail'))]).toEqual([[], ['evidence']])
  })
})

describe('evidence once per team', () => {
  const two = [solo, memberOf('e2')]
  const shared = pointsItem('i', 10, 0.5, {
    demand: demanding({ minPhotos: 1, evidenceAtOrBelow_bp: 6000, noteAtOrBelow_bp: 6000 }),
  })
  const own = { ...shared, demand: { ...shared.demand, perExpert: true } }
  const parts = (answer: Answer, media: SheetParts['media'] = []): SheetParts => ({
    answers: [{ ...answer, score: answer.value as number }],
    media,
    nonconformities: [],
    witnessTests: [],
  })

  test('several assignees: the sheet is not asked, the team is; an observer is no assignee', () => {
    expect(problems(shared, scored(6, { note: '见照片' }), {}, two)).toEqual([])
    expect(problems(own, scored(6, { note: '见照片' }), {}, two)).toEqual(['photos', 'evidence'])
    expect(problems(shared, scored(6, { note: '见照片' }), {}, [solo, memberOf('o', { role: 'observer' })])).toEqual([
      'photos',
      'evidence',
    ])
  })
  test('one colleague’s photo is enough for all', () => {
    const template = templateOf([[shared]])
    const team = (second: SheetParts) => teamProblems(taskOf(two), template, [parts(scored(6)), second])
    expect(team(parts(scored(8))).map((p) => p.problem)).toEqual(['photos', 'evidence'])
    expect(team(parts(scored(8, { media: [hashOf('a')] }), [picture('a')]))).toEqual([])
    expect(teamProblems(taskOf(two), templateOf([[own]]), [parts(scored(6)), parts(scored(6))])).toEqual([])
    expect(teamProblems(taskOf(two), template, [])).toEqual([])
  })
})

describe('recomputing a sealed sheet', () => {
  const template = templateOf([[pointsItem('i', 10), conformityItem('c', 20)]])
  const visit = { template, task: taskOf([solo]) }
  const { sheet } = sheetOf(visit, 'e1', [scored(8), answerOf('c', 'partly', { reason: '个别' })])
  const codes = (over: Partial<typeof sheet>) => recomputeSheet(template, visit.task, solo, { ...sheet, ...over })

  test('an honest sheet recomputes', () => expect(codes({})).toEqual([]))
  test('one micro-point more in a score, a total, or a value nobody may give: invalid', () => {
    const [first, ...rest] = sheet.answers
    if (!first) throw new Error('no answer')
    expect(codes({ answers: [{ ...first, score: 8_000_001 }, ...rest] })).toEqual([
      { path: 'answers.i', code: 'scoreDiffers' },
    ])
    expect(codes({ totals: { ...sheet.totals, base: sheet.totals.base + 1 } })).toEqual([
      { path: 'totals.base', code: 'scoreDiffers' },
    ])
    expect(codes({ answers: [{ ...first, value: 8_250_000, score: 8_250_000 }, ...rest] })[0]).toEqual({
      path: 'answers.i',
      code: 'offStep',
    })
  })
  test('a record of an item that is not theirs: invalid', () => {
    const part = memberOf('e1', { assigned: ['c'] })
    expect(recomputeSheet(template, visit.task, part, sheet)[0]).toEqual({ path: 'answers.i', code: 'notAssigned' })
  })
})
