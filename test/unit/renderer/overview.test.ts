import { describe, expect, test } from 'vitest'
import { countSection, makeOverview, nextTarget, type Parts } from '../../../renderer/features/checklist/overview.ts'
import type { Answer } from '../../../shared/domain/sheet.ts'
import { sheetProblems } from '../../../shared/scoring/demands.ts'
import {
  answerOf,
  conformityItem,
  maturityItem,
  memberOf,
  nonconformityOf,
  taskOf,
  templateOf,
} from '../../support/scoring-factories.ts'

const demand = {
  minPhotos: 1,
  minSamples: 0,
  noteAtOrBelow_bp: null,
  noteAtFull: false,
  evidenceAtOrBelow_bp: null,
  evidenceAtFull: false,
  perExpert: false,
}
const items = [
  conformityItem('a1', 20),
  maturityItem('a2', 15, { demand }),
  conformityItem('a3', 10, { allowNA: true }),
]
const template = templateOf([items])
const me = memberOf('e1', { owns: ['a1'] })
const task = taskOf([me])
const parts = (answers: Answer[], over: Partial<Parts> = {}): Parts => ({
  answers: new Map(answers.map((a) => [a.item, a])),
  nonconformities: [],
  witnessTests: [],
  media: [],
  ...over,
})
const below = answerOf('a1', 'partly', { score: 10_000_000 })
const percent = answerOf('a2', 65, { score: 9_750_000 })

describe('counting while scoring', () => {
  test('is the same as judging everything anew, whatever was counted before', () => {
    const overview = makeOverview({ template, task, me })
    const steps: Parts[] = [
      parts([]),
      parts([below]),
      parts([below, percent]),
      parts([below, percent], { nonconformities: [nonconformityOf('n1', { item: 'a1' })] }),
      parts([percent, answerOf('a3', null, { state: 'na' })]),
      parts([]),
    ]
    for (const step of steps) {
      const all = sheetProblems({ template, task, member: me, ...step, answers: [...step.answers.values()] })
      const counted = [...overview(step).facts].flatMap(([item, { problems }]) =>
        problems.map((problem) => ({ item, problem })),
      )
      expect(counted).toEqual(all)
    }
  })

  test('an item nothing happened to keeps its facts', () => {
    const overview = makeOverview({ template, task, me })
    const before = overview(parts([below]))
    const after = overview(parts([below, percent]))
    expect(after.facts.get('a1')).toBe(before.facts.get('a1'))
    expect(after.facts.get('a2')).not.toBe(before.facts.get('a2'))
  })

  test('sections count each lack by itself', () => {
    const { facts, missing, byStatus, totals } = makeOverview({ template, task, me })(parts([below, percent]))
    const count = countSection('a', items, facts)
    expect(count).toMatchObject({ total: 3, done: 2, unanswered: 1, reason: 1, evidence: 1, failed: 0, na: 0 })
    expect(missing).toBe(3)
    expect(byStatus.evidence).toBe(1)
    expect(totals.base).toBe(19_750_000)
  })
})

describe('jumping', () => {
  const { facts } = makeOverview({ template, task, me })(parts([below, percent, answerOf('a3', 'full')]))
  const next = (from: string | null, direction: 1 | -1, target: 'missing' | 'evidence' | 'veto' = 'missing') =>
    nextTarget(items, facts, from, { target, direction })
  test('goes round once, forwards and back', () => {
    expect([next(null, 1), next('a1', 1), next('a2', 1)]).toEqual(['a1', 'a2', 'a1'])
    expect([next('a1', -1), next('a2', -1), next('a3', -1), next(null, -1)]).toEqual(['a2', 'a1', 'a2', 'a2'])
  })
  test('finds one kind only, or nothing', () => {
    expect(next('a2', 1, 'evidence')).toBe('a2')
    expect(next('a2', 1, 'veto')).toBeNull()
  })
})
