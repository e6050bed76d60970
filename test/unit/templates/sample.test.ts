import { describe, expect, test } from 'vitest'
import type { MergedNonconformity } from '../../../shared/domain/result.ts'
import { checkSheetAgainst, parseSheet, type Sheet } from '../../../shared/domain/sheet.ts'
import { checkTaskAgainst, parseTask, type Task } from '../../../shared/domain/task.ts'
import { isScored, templateItems } from '../../../shared/domain/template.ts'
import { jcsBytes } from '../../../shared/package/jcs.ts'
import { basisOf, checkDecision } from '../../../shared/scoring/decision.ts'
import { recomputeSheet, sheetProblems, teamProblems } from '../../../shared/scoring/demands.ts'
import { mergeSheets } from '../../../shared/scoring/merge.ts'
import { sheetTotals } from '../../../shared/scoring/totals.ts'
import { sampleDecisions, sampleSheet } from '../../support/sample-answers.ts'
import { SAMPLE_PEOPLE, industrialTemplate, sampleTask, type SamplePeople } from '../../support/sample-task.ts'
import { hashOf, sha256 } from '../../support/scoring-factories.ts'

const AT = '2026-11-24T00:30:00.000Z'
const template = industrialTemplate()
const templateSha256 = sha256(jcsBytes(template))
const ids = { projectId: '01980000-0000-7000-8000-000000000001', taskId: '01980000-0000-7000-8000-000000000002' }
const task = sampleTask({ ...ids, templateSha256, issuedAt: AT })

function sheetOf(personId: string, from: Task = task): Sheet {
  const member = from.team.find((m) => m.personId === personId)!
  const work = sampleSheet({ task: from, template, personId, at: AT })
  return {
    type: 'urn:youpin-onsite:sheet',
    version: 1,
    projectId: from.projectId,
    taskId: from.taskId,
    taskSha256: hashOf('task'),
    templateSha256,
    expert: { personId, name: member.name },
    revision: 1,
    reason: '',
    declaration: { text: '承诺', acceptedAt: AT },
    proxy: null,
    ...work,
    media: [],
    withdrawn: [],
    totals: sheetTotals(template, member, work.answers),
  }
}
const sheets = task.team.map((m) => sheetOf(m.personId))

describe('the sample task', () => {
  test('is a valid task for the template', () => {
    const parsed = parseTask(task)
    expect(parsed.ok ? [] : parsed.problems).toEqual([])
    expect(checkTaskAgainst(task, template)).toEqual([])
  })

  test('without rows of an indicator, or with a wrong code of the enterprise, it is not', () => {
    const rowless = { ...task, indicators: task.indicators.slice(1) }
    expect(checkTaskAgainst(rowless, template).map((p) => p.code)).toEqual(['missingRows'])
    const misspelt = parseTask({
      ...task,
      enterprise: { ...task.enterprise, uscc: task.enterprise.uscc.replace(/.$/, '0') },
    })
    expect(misspelt.ok ? [] : misspelt.problems.map((p) => p.code)).toEqual(['uscc'])
  })

  test('every item has one owner; vetoes and items of 30 points or more have a second pair of eyes', () => {
    for (const item of templateItems(template)) {
      expect(task.team.filter((m) => m.owns.includes(item.id))).toHaveLength(1)
      const assignees = task.team.filter((m) => m.assigned?.includes(item.id)).length
      const needsTwo = !isScored(item) || item.full_cp >= 3000
      expect(assignees).toBeGreaterThanOrEqual(needsTwo ? 2 : 1)
    }
  })

  test('keys of the draft become the people of a project, in schedule and team', () => {
    const people: SamplePeople = { ...SAMPLE_PEOPLE, e2: { personId: 'p-0042', name: '王试' } }
    const named = sampleTask({ ...ids, templateSha256, issuedAt: AT, people })
    expect(named.team[2]).toMatchObject({ personId: 'p-0042', name: '王试', kind: 'industry' })
    expect(named.schedule.some((entry) => entry.who.includes('e2'))).toBe(false)
    expect(checkTaskAgainst(named, template)).toEqual([])
    expect(sampleSheet({ task: named, template, personId: 'p-0042', at: AT }).answers).toEqual(sheets[2]!.answers)
  })

  test('says everywhere that it is invented', () => {
    expect(task.sample).toBe(true)
    expect(task.enterprise.name).toContain('样例')
    for (const m of task.team) expect(m.unit).toContain('虚构')
  })
})

describe('the sample sheets', () => {
  test.each(task.team.map((m, n) => [m.personId, m, sheets[n]!] as const))('%s can seal', (_key, member, sheet) => {
    const parsed = parseSheet(sheet)
    expect(parsed.ok ? [] : parsed.problems).toEqual([])
    expect(checkSheetAgainst(sheet, template)).toEqual([])
    expect(sheetProblems({ ...sheet, template, task, member })).toEqual([])
    expect(recomputeSheet(template, task, member, sheet)).toEqual([])
  })

  test('a sheet that lost an answer, a reason or its nonconformity cannot', () => {
    const member = task.team[3]!
    const sheet = sheets[3]!
    const problems = (change: Partial<Sheet>) => sheetProblems({ ...sheet, ...change, template, task, member })
    expect(problems({ answers: sheet.answers.filter((a) => a.item !== 'i6.1') })).toEqual([
      { item: 'i6.1', problem: 'unanswered' },
    ])
    const unexplained = sheet.answers.map((a) => (a.item === 'i7.4' ? { ...a, reason: '' } : a))
    expect(problems({ answers: unexplained })).toEqual([])
    expect(problems({ answers: unexplained, nonconformities: [] })).toEqual([
      { item: 'i7.4', problem: 'nonconformityMissing' },
    ])
  })

  test('the team owes no proof, and would without its documents', () => {
    expect(teamProblems(task, template, sheets)).toEqual([])
    const bare = sheets.map((s) => ({
      ...s,
      witnessTests: [],
      answers: s.answers.map((a) => ({ ...a, documents: [], noEvidence: '' })),
    }))
    expect(teamProblems(task, template, bare).length).toBeGreaterThan(20)
  })

  test('are the same every time, and say different things', () => {
    expect(task.team.map((m) => sheetOf(m.personId))).toEqual(sheets)
    const facts = sheets.flatMap((s) => s.answers.map((a) => a.facts))
    expect(facts.every((f) => f.length >= 15)).toBe(true)
    expect(new Set(facts).size).toBeGreaterThan(facts.length * 0.8)
  })

  test('pictures take the place of the reason for having none', () => {
    const picture = hashOf('picture')
    const work = sampleSheet({
      task,
      template,
      personId: 'e2',
      at: AT,
      mediaOf: (item) => (item === 'i2.2' ? [picture] : []),
    })
    const answers = new Map(work.answers.map((a) => [a.item, a]))
    expect(answers.get('i2.2')).toMatchObject({ media: [picture], noEvidence: '' })
    expect(answers.get('i2.1')?.noEvidence).not.toBe('')
  })
})

describe('merging the sample', () => {
  const register: MergedNonconformity[] = sheets.flatMap((s) =>
    s.nonconformities.map((n) => ({
      ...n,
      state: 'confirmed' as const,
      sources: [{ digest: hashOf(s.expert.personId), id: n.id }],
      deadline: '2026-12-16',
      verify: 'document' as const,
      history: [],
    })),
  )
  const merge = (decisions: Parameters<typeof mergeSheets>[0]['inputs']['decisions']) =>
    mergeSheets({
      task,
      template,
      hash: sha256,
      sheets: sheets.map((sheet) => ({ digest: hashOf(sheet.expert.personId), sheet })),
      inputs: { excluded: [], decisions, nonconformities: register },
    })

  test('flags exactly the designed differences', () => {
    const { merge: open } = merge([])
    expect(open.status).toBe('open')
    expect(open.items.flatMap((i) => i.flags.map((f) => `${i.item} ${f}`))).toEqual([
      'v4 vetoPending',
      'i6.5 naConflict',
      'i7.4 gradesDiffer',
      'i9.2 divergent',
    ])
    for (const seed of [2, 3, 4]) {
      const again = task.team.map((m) => ({
        ...sheetOf(m.personId),
        answers: sampleSheet({ task, template, personId: m.personId, at: AT, seed }).answers,
      }))
      const { merge: other } = mergeSheets({
        task,
        template,
        hash: sha256,
        sheets: again.map((sheet) => ({ digest: hashOf(sheet.expert.personId), sheet })),
        inputs: { excluded: [], decisions: [], nonconformities: [] },
      })
      expect(other.items.filter((i) => i.flags.length > 0).map((i) => i.item)).toEqual(['v4', 'i6.5', 'i7.4', 'i9.2'])
    }
  })

  test('the sample decisions close it: rectification first, because minor nonconformities are open', () => {
    const before = merge([])
    const answersOf = (item: string) => before.merge.items.find((i) => i.item === item)?.answers ?? []
    const decisions = sampleDecisions({
      task,
      template,
      at: AT,
      basisOf: (item) => basisOf(item, answersOf(item), sha256),
    })
    for (const d of decisions) {
      const item = templateItems(template).find((i) => i.id === d.item)!
      expect(
        checkDecision(
          item,
          d,
          before.merge.items.find((i) => i.item === d.item)!,
          before.voters,
          template,
        ),
      ).toEqual([])
    }
    const { merge: closed, justify } = merge(decisions)
    expect(closed.status).toBe('closed')
    expect(closed.conclusion).toEqual({ computed: 'rectify', rule: 4 })
    expect(justify).toEqual([])
    expect(closed.totals.totalFull).toBe(1_000_000_000)
    expect(closed.totals.rate_bp).toBeGreaterThan(7600)
    expect(closed.items.find((i) => i.item === 'i9.2')?.score).toBe(20_000_000)
    expect(closed.items.find((i) => i.item === 'v4')?.outcome).toBe('pass')
  })
})
