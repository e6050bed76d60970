import type { AnswerValue } from '../domain/sheet.ts'
import { say } from '../domain/text.ts'
import type { Item, Template } from '../domain/template.ts'
import { gradesOf } from '../scoring/answer.ts'
import { formatBp, formatMicro } from '../scoring/numbers.ts'
import type { Phrase } from './catalogue.ts'

/** What comes of an item without points, on screen, on paper and in workbooks alike. */
const OUTCOMES = {
  pass: { zh: '符合', en: 'Pass' },
  fail: { zh: '不符合（否决）', en: 'Fail (veto)' },
  pending: { zh: '待核实', en: 'To be verified' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  na: { zh: '不适用', en: 'N/A' },
  open: { zh: '未决', en: 'Open' },
} as const
const WORDS: Record<string, Phrase> = { ...OUTCOMES, abstain: { zh: '回避', en: 'Recused' } }

/** The words of outcomes in one language. */
export function outcomeWords(language: 'zh' | 'en'): Record<keyof typeof OUTCOMES, string> {
  const { pass, fail, pending, yes, no, na, open } = OUTCOMES
  return {
    pass: pass[language],
    fail: fail[language],
    pending: pending[language],
    yes: yes[language],
    no: no[language],
    na: na[language],
    open: open[language],
  }
}

export type ValueLike = { state: string; value: AnswerValue; score: number | null }

/** An answer, proposal or decided outcome in a word or number (grade name, 65 %, 7.50, 82.10 %); '' when nothing is answered. */
export function valueText(
  item: Item,
  { state, value, score }: ValueLike,
  template: Template,
  language: 'zh' | 'en',
): string {
  const stateWord = WORDS[state]
  if (stateWord !== undefined) return stateWord[language]
  if (value === null || Array.isArray(value)) return score === null ? '' : formatMicro(score)
  if (item.type === 'conformity') {
    const grade = gradesOf(item, template).find((g) => g.id === value)
    return grade === undefined ? String(value) : say(grade.label, language)
  }
  if (typeof value === 'string') return WORDS[value]?.[language] ?? value
  if (item.type === 'maturity') return `${value}%`
  return item.type === 'indicator' ? `${formatBp(value)}%` : formatMicro(value)
}
