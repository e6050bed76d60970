import { useWatch, type UseFormReturn } from 'react-hook-form'
import type { ChecklistMapping } from '../../../../shared/contract/template-methods.ts'
import { CATEGORIES } from '../../../../shared/domain/template.ts'
import { Choices } from '../../../ui/choices.tsx'
import { SelectField, TextField } from '../../../ui/fields.tsx'
import { useText } from '../../../ui/text.ts'

const SECTIONS = ['columns', 'rows', 'none'] as const
const TYPES = ['conformity', 'points', 'maturity'] as const

/** What the sheet does not say in its cells: where sections stand, what kind items are, name and number. */
export function AboutForm({ form }: { form: UseFormReturn<ChecklistMapping> }) {
  const t = useText('templateImport')
  const words = useText('templates')
  const { control, setValue } = form
  const [sections, type] = useWatch({ control, name: ['sections', 'type'] })
  return (
    <form className="card stack-tight" onSubmit={(event) => event.preventDefault()}>
      <h2>{t('aboutTitle')}</h2>
      <div className="field">
        <span className="import-question">{t('sections')}</span>
        <Choices
          label={t('sections')}
          options={SECTIONS}
          chosen={sections}
          textOf={(one) => t(`sections_${one}`)}
          isDisabled={false}
          onChoose={(one) => setValue('sections', one)}
        />
        <span className="field-hint">{t(`sectionsHint_${sections}`)}</span>
      </div>
      <div className="field">
        <span className="import-question">{t('defaultType')}</span>
        <Choices
          label={t('defaultType')}
          options={TYPES}
          chosen={type}
          textOf={(one) => words(`type_${one}`)}
          isDisabled={false}
          onChoose={(one) => setValue('type', one)}
        />
      </div>
      <div className="field-grid">
        <TextField control={control} name="number" label={t('number')} hint={t('numberHint')} />
        <SelectField
          control={control}
          name="category"
          label={t('category')}
          options={CATEGORIES.map((one) => ({ value: one, label: words(`category_${one}`) }))}
        />
        <div className="field-wide">
          <TextField control={control} name="title" label={t('checklistTitle')} />
        </div>
      </div>
    </form>
  )
}
