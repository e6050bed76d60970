import { useFormContext } from 'react-hook-form'
import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import { isScored, templateItems } from '../../../../shared/domain/template.ts'
import { NumberField } from '../../../ui/fields.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { useEditing } from './editor-context.ts'
import { Choice, Entry } from './entry.tsx'
import { Lines } from './lines.tsx'
import { newId } from './new-id.ts'

/** Questions the document stage left to be verified on site. */
export function CarryOverPart() {
  const t = useText('task')
  const { getValues } = useFormContext<TaskContent>()
  return (
    <Lines
      name="carryOver"
      title={t('carryOverHint')}
      empty={t('noQuestions')}
      addText={t('addQuestion')}
      blank={() => ({
        id: newId(
          'c',
          getValues('carryOver').map((one) => one.id),
        ),
        question: '',
        source: '',
      })}
    >
      {(index) => (
        <>
          <div className="field-wide">
            <Entry name={`carryOver.${index}.question`} label={t('question')} rows={2} />
          </div>
          <Entry name={`carryOver.${index}.source`} label={t('questionSource')} />
        </>
      )}
    </Lines>
  )
}

/** What the application already says, so that experts verify rather than search. */
export function PrefillPart() {
  const t = useText('task')
  const say = useSay()
  const { template } = useEditing()
  const { control } = useFormContext<TaskContent>()
  const items = templateItems(template)
  const option = (item: (typeof items)[number]) => ({ value: item.id, label: `${item.code} ${say(item.title)}` })
  const first = items[0]?.id ?? ''
  const common = { empty: '—', addText: t('addLine') }
  return (
    <>
      <Lines name="prefill.profile" title={t('profile')} {...common} blank={() => ({ label: '', value: '' })}>
        {(index) => (
          <>
            <Entry name={`prefill.profile.${index}.label`} label={t('label')} />
            <div className="field-rest">
              <Entry name={`prefill.profile.${index}.value`} label={t('value')} rows={1} />
            </div>
          </>
        )}
      </Lines>
      <Lines
        name="prefill.certificates"
        title={t('certificates')}
        {...common}
        blank={() => ({ name: '', number: '', until: null })}
      >
        {(index) => (
          <>
            <Entry name={`prefill.certificates.${index}.name`} label={t('certificate')} />
            <Entry name={`prefill.certificates.${index}.number`} label={t('certificateNumber')} />
            <Entry name={`prefill.certificates.${index}.until`} label={t('until')} type="date" isNullable />
          </>
        )}
      </Lines>
      <Lines
        name="prefill.selfScores"
        title={t('selfScores')}
        {...common}
        blank={() => ({ item: items.find(isScored)?.id ?? '', score: 0 })}
      >
        {(index) => (
          <>
            <div className="field-half">
              <Choice
                name={`prefill.selfScores.${index}.item`}
                label={t('item')}
                options={items.filter(isScored).map(option)}
              />
            </div>
            <NumberField
              control={control}
              name={`prefill.selfScores.${index}.score`}
              label={t('score')}
              min={0}
              max={1000}
            />
          </>
        )}
      </Lines>
      <Lines
        name="prefill.registry"
        title={t('registry')}
        {...common}
        blank={() => ({ item: first, finding: '', source: '', at: '' })}
      >
        {(index) => (
          <>
            <div className="field-half">
              <Choice name={`prefill.registry.${index}.item`} label={t('item')} options={items.map(option)} />
            </div>
            <Entry name={`prefill.registry.${index}.source`} label={t('source')} />
            <Entry name={`prefill.registry.${index}.at`} label={t('lookedUpAt')} />
            <div className="field-wide">
              <Entry name={`prefill.registry.${index}.finding`} label={t('finding')} rows={2} />
            </div>
          </>
        )}
      </Lines>
    </>
  )
}
