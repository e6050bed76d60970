import { Input } from 'antd'
import { cleanLine, cleanText } from '../../../../shared/domain/text.ts'
import type { Text } from '../../../../shared/domain/text.ts'
import type { ReportTemplate } from '../../../../shared/report/template.ts'
import { Area } from '../../../ui/area.tsx'
import { Field } from '../../../ui/fields.tsx'
import { useText } from '../../../ui/text.ts'

export type Language = 'zh' | 'en'

/** The template as it can be stored: every text without what paper and JSON do not take. */
export const storable = (template: ReportTemplate): ReportTemplate =>
  JSON.parse(JSON.stringify(template, (_, value: unknown) => (typeof value === 'string' ? cleanText(value) : value)))

type WordsProps = {
  label: string
  value: Text
  language: Language
  onChange: (value: Text) => void
  hint?: string
  error?: string
  rows?: number
  maxLength?: number
}

/** One language of a text; what is typed is cleaned when the field is left. */
export function Words({ label, value, language, onChange, hint, error, rows = 1, maxLength = 2000 }: WordsProps) {
  const clean = rows === 1 ? cleanLine : cleanText
  const put = (typed: string) => onChange({ ...value, [language]: typed })
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => {
        const shared = {
          ...control,
          value: value[language],
          maxLength,
          onChange: ({ target }: { target: { value: string } }) => put(target.value),
          onBlur: () => put(clean(value[language])),
        }
        return rows === 1 ? <Input {...shared} /> : <Area {...shared} rows={rows} />
      }}
    </Field>
  )
}

type LinesProps = Omit<WordsProps, 'value' | 'onChange'> & {
  value: readonly Text[]
  onChange: (value: Text[]) => void
}

/** Texts one a line; the other language of a line stays with its place. */
export function Lines({ label, value, language, onChange, hint, rows = 3 }: LinesProps) {
  const t = useText('reportTemplates')
  const other: Language = language === 'zh' ? 'en' : 'zh'
  const put = (typed: string) => {
    const lines = typed.split('\n').slice(0, 40)
    const count = Math.max(lines.length, value.findLastIndex((v) => v[other] !== '') + 1)
    const next = Array.from({ length: count }, (_, n): Text => {
      const text = { zh: '', en: '', [other]: value[n]?.[other] ?? '' }
      return { ...text, [language]: lines[n] ?? '' }
    })
    onChange(next.length === 1 && next[0]?.zh === '' && next[0].en === '' ? [] : next)
  }
  const text = value.map((v) => v[language]).join('\n')
  return (
    <Field label={label} hint={hint ?? t('onePerLine')}>
      {(control) => <Area {...control} value={text} rows={rows} onChange={(event) => put(event.target.value)} />}
    </Field>
  )
}
