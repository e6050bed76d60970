import { createContext, createElement, useCallback, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/contract/errors.ts'
import { say, type Text } from '../../shared/domain/text.ts'
import { VERDICTS, VERDICT_TEXT } from '../../shared/package/verdict.ts'
import type { catalogues } from '../../shared/text/index.ts'
import { i18n } from '../i18n.ts'

export type Area = keyof typeof catalogues
export type Translate<A extends Area> = (
  key: keyof (typeof catalogues)[A] & string,
  values?: Record<string, string | number>,
) => string

type Language = 'zh' | 'en'
type Said = (key: string, values?: Record<string, string | number>) => string

const speakers = new Map<string, Said>()

/** The same function for ever; strings without values are looked up once, since a page asks for hundreds at every key. */
function speakerOf(language: Language, area: Area): Said {
  const name = `${language} ${area}`
  const known = speakers.get(name)
  if (known !== undefined) return known
  const t = i18n.getFixedT(language, area)
  const plain = new Map<string, string>()
  const speak: Said = (key, values) => {
    if (values !== undefined) return t(key, values)
    const text = plain.get(key) ?? t(key)
    plain.set(key, text)
    return text
  }
  speakers.set(name, speak)
  return speak
}

/** The strings of one area in the language now chosen. */
export function useText<A extends Area>(area: A): Translate<A> {
  return speakerOf(useLanguage(), area)
}

const LanguageContext = createContext<Language>('zh')

/** Tells all below which language is chosen: they are too many to listen one by one. */
export function Spoken({ children }: { children: React.ReactNode }) {
  const { i18n: spoken } = useTranslation()
  return createElement(LanguageContext, { value: spoken.language === 'en' ? 'en' : 'zh' }, children)
}

export const useLanguage = (): Language => useContext(LanguageContext)

/** Says a text of a template or task in the language now chosen. */
export function useSay(): (text: Text) => string {
  const language = useLanguage()
  return useCallback((text) => say(text, language), [language])
}

/** Joins names and codes as the language now chosen lists them. */
export function useList(): (words: readonly string[]) => string {
  const language = useLanguage()
  return useCallback((words) => words.join(language === 'zh' ? '、' : ', '), [language])
}

/** What a failure means and what to do, in words; the verdict in a refusal is spelt out. */
export function useFailureText(): (failure: Failure) => string {
  const t = useText('failures')
  const language = useLanguage()
  return useCallback(
    (failure) => {
      const verdict = VERDICTS.find((one) => one === failure.detail)
      const detail = verdict === undefined ? (failure.detail ?? '') : say(VERDICT_TEXT[verdict], language)
      return t(failure.code, { detail })
    },
    [t, language],
  )
}

/** Times and days as the reader writes them; an instant is shown in this machine's time zone. */
export function useFormat() {
  const language = useLanguage()
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  const moment = (options: Intl.DateTimeFormatOptions) => (instant: string | Date) =>
    new Intl.DateTimeFormat(locale, options).format(new Date(instant))
  return {
    clock: moment({ hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }),
    dateTime: moment({
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    }),
    /** A calendar day `YYYY-MM-DD`; left as it is when half-typed. */
    day: (value: string) =>
      /^\d{4}-\d{2}-\d{2}$/.test(value)
        ? moment({ dateStyle: 'medium', timeZone: 'UTC' })(`${value}T00:00:00Z`)
        : value,
    size: (bytes: number) =>
      bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`,
  }
}
