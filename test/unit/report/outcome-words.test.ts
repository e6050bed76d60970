import { expect, test } from 'vitest'
import { wordsOf } from '../../../shared/report/words.ts'
import { checklist } from '../../../shared/text/checklist.ts'

test('outcomes are named on paper as on the screen', () => {
  for (const language of ['zh', 'en'] as const) {
    const { outcomes, voteWords } = wordsOf(language)
    for (const value of ['pass', 'fail', 'pending', 'yes', 'no'] as const) {
      expect([outcomes[value], voteWords[value]]).toEqual([checklist[value][language], checklist[value][language]])
    }
  }
})
