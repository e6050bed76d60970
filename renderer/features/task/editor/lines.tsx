import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useFieldArray, useFormContext, type FieldArray, type FieldArrayPath } from 'react-hook-form'
import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import { useText } from '../../../ui/text.ts'

type LinesProps<N extends FieldArrayPath<TaskContent>> = {
  name: N
  title: string
  empty: string
  addText: string
  /** A new line, given how many there are. */
  blank: (count: number) => FieldArray<TaskContent, N>
  children: (index: number) => React.ReactNode
}

/** A list of like entries of the task form: add at the end, remove each. */
export function Lines<N extends FieldArrayPath<TaskContent>>({
  name,
  title,
  empty,
  addText,
  blank,
  children,
}: LinesProps<N>) {
  const t = useText('task')
  const { control } = useFormContext<TaskContent>()
  const { fields, append, remove } = useFieldArray<TaskContent, N>({ control, name })
  return (
    <fieldset className="lines">
      <legend>{title}</legend>
      {fields.length === 0 ? <p className="quiet">{empty}</p> : null}
      {fields.map((field, index) => (
        <div key={field.id} className="line">
          <div className="line-fields">{children(index)}</div>
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('removeLine', { n: index + 1 })}
            title={t('removeLine', { n: index + 1 })}
            onClick={() => remove(index)}
          />
        </div>
      ))}
      <Button icon={<PlusOutlined />} onClick={() => append(blank(fields.length))}>
        {addText}
      </Button>
    </fieldset>
  )
}
