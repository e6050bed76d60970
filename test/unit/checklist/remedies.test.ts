import { describe, expect, it } from 'vitest'
import { findings } from '../../../shared/checklist/findings.ts'
import { cured, isCurable } from '../../../shared/checklist/remedies.ts'
import type { Template } from '../../../shared/domain/template.ts'
import { NO_DEMAND } from '../../../shared/tabular/defaults.ts'
import { conformityItem, indicatorItem, pointsItem, rowOf, templateOf } from '../../support/scoring-factories.ts'

const codes = (content: Template) => new Set<string>(findings(content).map((one) => one.code))
const bare = { methods: [], demand: NO_DEMAND }

const rulesOf = (rules: Template['rules']) => templateOf([[pointsItem('p', 10)]], { rules })
const CASES: [Parameters<typeof cured>[1], Template][] = [
  ['methodsMissing', templateOf([[pointsItem('p', 10, 0.5, bare), conformityItem('q', 10, bare)]])],
  ['proofMissing', templateOf([[pointsItem('p', 10, 0.5, bare), conformityItem('q', 10, bare)]])],
  ['demandIdle', templateOf([[pointsItem('p', 10, 0.5, { demand: { ...NO_DEMAND, perExpert: true } })]])],
  ['step', templateOf([[pointsItem('p', 10, 3)]])],
  ['rowsFromTask', templateOf([[indicatorItem('i', 10, [], { spec: { rowsFrom: 'task', rows: [rowOf('r')] } })]])],
  ['duplicateCode', templateOf([[pointsItem('p', 10)], [pointsItem('q', 10, 0.5, { code: 'P' })]])],
  ['bonusCapIdle', templateOf([[pointsItem('p', 10)]], { bonusCap_cp: 100 })],
  ['sectionEmpty', templateOf([[pointsItem('p', 10)], []])],
  [
    'ruleShadowed',
    rulesOf([
      { when: { totalRateAtLeast_bp: 6000 }, then: 'recommend' },
      { when: { totalRateAtLeast_bp: 8000 }, then: 'after' },
      { when: {}, then: 'after' },
    ]),
  ],
]

describe('a cure in one step', () => {
  it.each(CASES)('of %s makes all findings of its kind go and brings no error', (code, content) => {
    expect(codes(content)).toContain(code)
    const after = cured(content, code, findings(content))
    expect(codes(after)).not.toContain(code)
    const errors = (t: Template) => findings(t).filter((one) => one.severity === 'error').length
    expect(errors(after)).toBeLessThanOrEqual(errors(content))
  })

  it('leaves alone what was put right meanwhile, and what has another finding', () => {
    const [, [, content] = []] = CASES
    if (content === undefined) throw new Error('no case')
    const found = findings(content)
    const one = cured(
      content,
      'proofMissing',
      found.filter((f) => f.path.startsWith('items.p.')),
    )
    expect(one.sections[0]?.items[1]).toBe(content.sections[0]?.items[1])
    expect(cured(content, 'step', found)).toBe(content)
  })

  it('is offered only where the meaning is certain', () => {
    expect(isCurable('proofMissing')).toBe(true)
    expect(isCurable('guidanceMissing')).toBe(false)
    expect(isCurable('caseUndecided')).toBe(false)
  })
})
