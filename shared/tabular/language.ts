import { say, type Text } from '../domain/text.ts'
import type { Language } from '../report/model.ts'
import { wordsOf, type Words } from '../report/words.ts'
import { speaker } from '../text/catalogue.ts'
import { workbooks } from '../text/workbooks.ts'

/** The language a workbook of scores is written in: report words, the workbook's own, and texts of checklist and task. */
export type Tongue = {
  language: Language
  w: Words
  t: ReturnType<typeof speaker<keyof typeof workbooks>>
  say: (text: Text) => string
}

/** What a workbook in one language is written with. */
export const tongueOf = (language: Language): Tongue => ({
  language,
  w: wordsOf(language),
  t: speaker(workbooks, language),
  say: (text) => say(text, language),
})
