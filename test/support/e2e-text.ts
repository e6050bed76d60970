import { catalogues } from '../../shared/text/index.ts'

type Areas = typeof catalogues
export type Language = 'zh' | 'en'
export type Words = <A extends keyof Areas>(
  area: A,
  key: keyof Areas[A] & string,
  values?: Record<string, string | number>,
) => string

/** What the app says in one language, from its own catalogues. */
export const wordsOf =
  (language: Language): Words =>
  (area, key, values = {}) => {
    const phrases: Record<string, { zh: string; en: string } | undefined> = catalogues[area]
    const phrase = phrases[key]
    if (phrase === undefined) throw new Error(`${area} has no ${key}`)
    return phrase[language].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? `{{${name}}}`))
  }

export const t = wordsOf('zh')

/** A sentence with unknown values in it: the words before the first `{{`. */
export const startOf = (words: string): RegExp =>
  new RegExp(words.split('{{')[0]?.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') ?? '')
