import { Select } from 'antd'
import { useFormContext } from 'react-hook-form'
import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import { useCall } from '../../../queries.ts'
import { CheckField, Field, NumberField } from '../../../ui/fields.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { useEditing } from './editor-context.ts'
import { Choice, Entry } from './entry.tsx'

/** The template frozen with the task, and what is allowed on site. */
export function RulesPart() {
  const t = useText('task')
  const say = useSay()
  const { template, templateSha256, revises, setTemplate } = useEditing()
  const { control } = useFormContext<TaskContent>()
  const all = useCall('template.list', {}).data ?? []
  const templates = revises === null ? all : all.filter((one) => one.number === template.number)
  return (
    <>
      <Field label={t('template')} hint={t('templateHint')}>
        {(bound) => (
          <Select
            {...bound}
            value={templateSha256}
            onChange={(sha256: string) => void setTemplate(sha256)}
            options={templates.map((one) => ({
              value: one.sha256,
              label: `${one.number} ${say(one.title)} · ${t('templateEdition', { n: one.edition })}`,
            }))}
          />
        )}
      </Field>
      <div className="field-grid">
        <Choice
          name="rules.gps"
          label={t('gps')}
          options={(['off', 'meetings', 'plots'] as const).map((one) => ({ value: one, label: t(`gps_${one}`) }))}
        />
        <NumberField
          control={control}
          name="rules.passphraseMinLength"
          label={t('passphraseMinLength')}
          min={1}
          max={128}
        />
        <Entry name="rules.rectifyBy" label={t('rectifyBy')} type="date" isNullable />
      </div>
      <CheckField control={control} name="rules.importPhotos" label={t('importPhotos')} hint={t('importPhotosHint')} />
      <CheckField control={control} name="rules.proxyEntry" label={t('proxyEntry')} />
    </>
  )
}
