import { useCallback } from 'react'
import type { FieldChange, Shown } from '../../../../shared/checklist/field-changes.ts'
import { PROFILES } from '../../../../shared/domain/template.ts'
import type { Text } from '../../../../shared/domain/text.ts'
import { catalogues } from '../../../../shared/text/index.ts'
import { useLanguage, useText } from '../../../ui/text.ts'

type Words = typeof catalogues.templateCompare
type FieldKey = Extract<keyof Words, `field_${string}`>
const isFieldKey = (key: string): key is FieldKey => Object.hasOwn(catalogues.templateCompare, key)

/** Two values of a field as strings to set side by side; only what somebody wrote is worth comparing word by word. */
export type SaidChange = { label: string; before: string; after: string; isWritten: boolean }

/** Parts without a meaning to a reader: ids and codes that only programs compare. */
export const isForReaders = ({ field }: FieldChange): boolean => !/(^|\.)(id|sha256)$/.test(field)

/** A change of one field in the reader's language; a text whose other language alone changed is shown in that one. */
export function useFieldWords(): (change: FieldChange) => SaidChange {
  const t = useText('templateCompare')
  const language = useLanguage()
  const valueText = useValueText()
  return useCallback(
    (change) => {
      const { field, at, before, after } = change
      const names = field.split('.')
      const label = labelOf(field, names.at(-1) ?? '', t)
      const profile = names[0] === 'profiles' ? PROFILES.find((one) => one === names[1]) : undefined
      const named = profile === undefined ? label : t('inProfile', { profile: t(`profile_${profile}`), field: label })
      const place = /^\d+$/.test(at.at(-1) ?? '') ? Number(at.at(-1)) + 1 : null
      const numbered = place === null ? named : t('nth', { field: named, n: place })
      const other = language === 'zh' ? 'en' : 'zh'
      const isOtherOnly = isSameIn(language, before, after)
      const shown = isOtherOnly ? other : language
      return {
        label: isOtherOnly && other === 'en' ? t('inEnglish', { field: numbered }) : numbered,
        before: valueText(before, field, shown),
        after: valueText(after, field, shown),
        isWritten: isWritten(before) && isWritten(after),
      }
    },
    [t, language, valueText],
  )
}

const isWritten = (shown: Shown): boolean => shown === null || shown.kind === 'text' || shown.kind === 'line'
const textOf = (shown: Shown): Text | null => (shown?.kind === 'text' ? shown.value : null)
/** Whether a text, there or not, says the same (or nothing) in a language. */
export const isSameIn = (language: 'zh' | 'en', before: Shown, after: Shown): boolean => {
  const [from, to] = [textOf(before), textOf(after)]
  return (from !== null || to !== null) && (from?.[language] ?? '') === (to?.[language] ?? '')
}

function labelOf(field: string, last: string, t: ReturnType<typeof useText<'templateCompare'>>): string {
  const key = [`field_${field}`, `field_${last}`].find(isFieldKey)
  return key === undefined ? t('otherField') : t(key)
}

/** A value as it is shown in one language; '' for none. */
function useValueText(): (shown: Shown, field: string, language: 'zh' | 'en') => string {
  const t = useText('templateCompare')
  const common = useText('common')
  return useCallback(
    (shown, field, language) => {
      if (shown === null) return ''
      switch (shown.kind) {
        case 'text':
          return shown.value[language]
        case 'line':
          return shown.value
        case 'points':
          return common('points', { n: shown.cp / 100 })
        case 'rate':
          return `${shown.bp / 100}%`
        case 'number':
          return String(shown.value)
        case 'flag':
          return t(shown.value ? 'yes' : 'no')
        case 'word':
          return wordOf(shown.value, field, language)
        case 'words': {
          const isPoints = field.endsWith('_cp')
          const words = shown.value.map((one) => (isPoints ? String(Number(one) / 100) : wordOf(one, field, language)))
          return words.join(language === 'zh' ? '、' : ', ')
        }
      }
    },
    [t, common],
  )
}

/** A word of a closed list, from the catalogue that names that list elsewhere. */
function wordOf(value: string, field: string, language: 'zh' | 'en'): string {
  const last = field.split('.').at(-1) ?? ''
  const { templates, checklist, team, task, templateCompare } = catalogues
  const places: [Record<string, Text>, string][] = [
    ...(last === 'methods' ? [[checklist, `method_${value}`] as [Record<string, Text>, string]] : []),
    ...(field === 'merge.method' ? [[team, `method_${value}`] as [Record<string, Text>, string]] : []),
    ...(last === 'role' ? [[task, `role_${value}`] as [Record<string, Text>, string]] : []),
    ...(last === 'direction' ? [[task, `dir_${value}`] as [Record<string, Text>, string]] : []),
    ...(last === 'kind' ? [[task, `ikind_${value}`] as [Record<string, Text>, string]] : []),
    [templates, `${last}_${value}`],
    [templateCompare, `word_${value}`],
  ]
  const found = places.map(([words, key]) => words[key]).find((one) => one !== undefined)
  return found === undefined ? value : found[language]
}
