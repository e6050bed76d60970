import { useFormContext, useWatch } from 'react-hook-form'
import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import { isUscc, usccCheckCharacter } from '../../../../shared/domain/uscc.ts'
import { CheckField } from '../../../ui/fields.tsx'
import { useText } from '../../../ui/text.ts'
import { Choice, Entry } from './entry.tsx'

const VISITS = ['initial', 'surveillance', 'reassessment', 'supplementary'] as const

/** Who is visited, under which numbers. */
export function EnterprisePart() {
  const t = useText('task')
  const { control } = useFormContext<TaskContent>()
  return (
    <>
      <div className="field-grid">
        <div className="field-wide">
          <Entry name="enterprise.name" label={t('enterpriseName')} isRequired />
        </div>
        <UsccEntry />
        <Entry name="enterprise.address" label={t('address')} />
        <Entry name="enterprise.contact" label={t('contact')} />
        <Entry name="enterprise.phone" label={t('phone')} />
      </div>
      <div className="field-grid">
        <Entry name="number" label={t('number')} isRequired />
        <Entry name="reportNumber" label={t('reportNumber')} isRequired />
        <Entry name="batch" label={t('batch')} />
        <Choice
          name="visitType"
          label={t('visitType')}
          options={VISITS.map((one) => ({ value: one, label: t(`visit_${one}`) }))}
        />
        <Entry name="organiser.zh" label={t('organiserZh')} />
        <Entry name="organiser.en" label={t('organiserEn')} />
      </div>
      <CheckField control={control} name="sample" label={t('sampleTask')} />
    </>
  )
}

function UsccEntry() {
  const t = useText('task')
  const { control } = useFormContext<TaskContent>()
  const value = useWatch({ control, name: 'enterprise.uscc' })
  return (
    <Entry
      name="enterprise.uscc"
      label={t('uscc')}
      hint={t('usccHint')}
      isRequired
      isMono
      rewrite={(typed) => typed.replaceAll(/\s/g, '').toUpperCase()}
      wrong={wrongUscc()}
    />
  )

  function wrongUscc(): string | undefined {
    if (value === '' || isUscc(value)) return undefined
    if (value.length !== 18) return t('usccLength', { n: value.length })
    const right = usccCheckCharacter(value.slice(0, 17))
    if (right === null) return t('usccLetters')
    return right === value.charAt(17) ? t('usccShape') : t('usccCheck', { c: right })
  }
}
