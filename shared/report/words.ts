import type { Language } from './model.ts'
import { en } from './words-en.ts'
import { zh, type Words } from './words-zh.ts'

export type { Words }

/** Everything a report says by itself, in one language. */
export const wordsOf = (language: Language): Words => (language === 'zh' ? zh : en)
