import { useCallback } from 'react'
import type { Rule } from '../../../../shared/checklist/diff.ts'
import type { Template, When } from '../../../../shared/domain/template.ts'
import { useSay, useText } from '../../../ui/text.ts'

const RATES = ['totalRateAtLeast_bp', 'conformityRateAtLeast_bp', 'sectionRateAtLeast_bp'] as const
const FLAGS = ['anyVetoFail', 'anyVetoPending', 'anyGateNo'] as const

/** A conclusion rule as one sentence. */
export function useRuleWords(): (rule: Rule, number: number, template: Template) => string {
  const t = useText('templateCompare')
  const tests = useText('team')
  const say = useSay()
  return useCallback(
    ({ when, then }, number, template) => {
      const conclusion = template.conclusions.find((one) => one.id === then)
      const said = sentences(when, tests, (test) => t('ruleNot', { test }))
      return `${t('ruleNumber', { n: number + 1 })}${t('ruleThen', {
        when: said.length === 0 ? t('ruleElse') : said.join(t('ruleAnd')),
        then: conclusion === undefined ? then : say(conclusion.label),
      })}`
    },
    [t, tests, say],
  )
}

function sentences(when: When, t: ReturnType<typeof useText<'team'>>, not: (test: string) => string): string[] {
  const { conformity, openNonconformities: open } = when
  return [
    ...FLAGS.flatMap((name) => {
      const flag = when[name]
      return flag === undefined ? [] : [flag ? t(`test_${name}`) : not(t(`test_${name}`))]
    }),
    ...RATES.flatMap((name) => {
      const rate = when[name]
      return rate === undefined ? [] : [`${t(`test_${name}`)} ${rate / 100}%`]
    }),
    ...(conformity ? [`${t('test_conformity')} ${conformity.zeroAtMost} / ${conformity.belowTopAtMost}`] : []),
    ...(open ? [`${t('test_openNonconformities')} ${open.major} / ${open.minor}`] : []),
  ]
}
