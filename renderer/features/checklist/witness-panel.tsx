import { Button, Input, Select } from 'antd'
import { Controller, useFieldArray, useForm, type UseFormReturn } from 'react-hook-form'
import { useState } from 'react'
import type { Failure } from '../../../shared/contract/errors.ts'
import type { SheetView } from '../../../shared/contract/views.ts'
import { cleanLine, cleanText } from '../../../shared/domain/text.ts'
import { call } from '../../bridge.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { failureOf } from '../../queries.ts'
import { SavedState } from '../../ui/saved-state.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { useSheetStore } from './sheet-context.tsx'

type Tests = { tests: SheetView['witnessTests'] }

/** Tests the expert watched: what, how, with what result, for which item. */
export function WitnessPanel({ item }: { item: string | null }) {
  const t = useText('checklist')
  const store = useSheetStore()
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const form = useForm<Tests>({ defaultValues: { tests: [...store.witnessTests()] } })
  const { control, handleSubmit, formState, reset } = form
  const { fields, append, remove } = useFieldArray({ control, name: 'tests' })
  const save = handleSubmit(async ({ tests }) => {
    const clean = tests.map((test) => ({
      ...test,
      what: cleanLine(test.what),
      method: cleanLine(test.method),
      result: cleanText(test.result),
    }))
    try {
      const saved = await call('sheet.saveWitnessTests', { taskId: store.view.task.taskId, witnessTests: clean })
      store.putWitnessTests(clean)
      setSavedAt(saved.savedAt)
      setFailure(null)
      reset({ tests: clean })
    } catch (error) {
      setFailure(failureOf(error))
    }
  })
  return (
    <form className="witness" onSubmit={(event) => void save(event)}>
      {fields.length === 0 ? <p className="quiet">{t('noWitness')}</p> : null}
      {fields.map((field, index) => (
        <TestFields key={field.id} form={form} index={index} onRemove={() => remove(index)} />
      ))}
      <FailureNote failure={failure} />
      {store.isReadOnly ? null : (
        <div className="answer-states">
          <Button
            disabled={store.items.length === 0}
            onClick={() =>
              append({ item: item ?? store.items[0]?.id ?? '', what: '', method: '', result: '', media: [] })
            }
          >
            {t('addWitness')}
          </Button>
          <Button type="primary" htmlType="submit" disabled={!formState.isDirty} loading={formState.isSubmitting}>
            {t('saveWitness')}
          </Button>
          <SavedState
            state={savedAt === null || formState.isDirty ? { kind: 'idle' } : { kind: 'saved', at: savedAt }}
          />
        </div>
      )}
    </form>
  )
}

type TestFieldsProps = { form: UseFormReturn<Tests>; index: number; onRemove: () => void }

function TestFields({ form: { control, register }, index, onRemove }: TestFieldsProps) {
  const t = useText('checklist')
  const say = useSay()
  const store = useSheetStore()
  const options = store.items.map((i) => ({ value: i.id, label: `${i.code} ${say(i.title)}` }))
  return (
    <fieldset disabled={store.isReadOnly}>
      <legend>{t('witnessTest', { n: index + 1 })}</legend>
      <Controller
        control={control}
        name={`tests.${index}.item`}
        render={({ field: { value, onChange } }) => (
          <Select
            aria-label={t('item')}
            showSearch={{ optionFilterProp: 'label' }}
            value={value}
            options={options}
            onChange={onChange}
          />
        )}
      />
      {(['what', 'method'] as const).map((name) => (
        <Controller
          key={name}
          control={control}
          name={`tests.${index}.${name}`}
          render={({ field: { value, onChange, onBlur } }) => (
            <Input
              aria-label={t(`witness_${name}`)}
              placeholder={t(`witness_${name}`)}
              value={value}
              onChange={onChange}
              onBlur={onBlur}
            />
          )}
        />
      ))}
      <textarea
        className="ant-input"
        aria-label={t('witness_result')}
        placeholder={t('witness_result')}
        rows={2}
        {...register(`tests.${index}.result`)}
      />
      <Button type="text" onClick={onRemove}>
        {t('removeWitness', { n: index + 1 })}
      </Button>
    </fieldset>
  )
}
