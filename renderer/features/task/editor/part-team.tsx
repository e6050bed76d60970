import { DeleteOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useFieldArray, useFormContext } from 'react-hook-form'
import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import { Field } from '../../../ui/fields.tsx'
import { useText } from '../../../ui/text.ts'
import { useEditing, useProblemText } from './editor-context.ts'
import { Choice } from './entry.tsx'

const ROLES = ['lead', 'expert', 'observer'] as const
const KINDS = ['quality', 'industry'] as const

/** The team, taken from the project's roster. */
export function TeamPart() {
  const t = useText('task')
  const { problems } = useEditing()
  const text = useProblemText()
  const { control } = useFormContext<TaskContent>()
  const { fields, append, remove } = useFieldArray({ control, name: 'team' })
  return (
    <>
      <p className="soft">{t('teamHint')}</p>
      {problems
        .filter((problem) => problem.code === 'oneLead')
        .map((problem) => (
          <p key={problem.code} className="field-error">
            {text(problem)}
          </p>
        ))}
      <ul className="stack-tight">
        {fields.map((member, index) => (
          <li key={member.id} className="line member-line">
            <div>
              <strong>{member.name}</strong>
              <p className="quiet">{member.unit}</p>
            </div>
            <Choice
              name={`team.${index}.role`}
              label={t('role')}
              options={ROLES.map((one) => ({ value: one, label: t(`role_${one}`) }))}
            />
            <Choice
              name={`team.${index}.kind`}
              label={t('kind')}
              options={KINDS.map((one) => ({ value: one, label: t(`kind_${one}`) }))}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('removeMember', { name: member.name })}
              title={t('removeMember', { name: member.name })}
              onClick={() => remove(index)}
            />
          </li>
        ))}
      </ul>
      <AddMember taken={fields.map((member) => member.personId)} onAdd={append} />
    </>
  )
}

type AddMemberProps = { taken: string[]; onAdd: (member: TaskContent['team'][number]) => void }

function AddMember({ taken, onAdd }: AddMemberProps) {
  const t = useText('task')
  const { roster } = useEditing()
  const free = roster.filter(
    (one) => !one.isRevoked && one.role !== 'centre' && one.role !== 'office' && !taken.includes(one.personId),
  )
  if (free.length === 0) return <p className="quiet">{t('rosterEmpty')}</p>
  const add = (personId: string) => {
    const person = free.find((one) => one.personId === personId)
    if (!person) return
    const { name, unit, role } = person
    onAdd({
      personId,
      name,
      unit,
      role: role === 'lead' || role === 'observer' ? role : 'expert',
      kind: 'quality',
      assigned: [],
      owns: [],
    })
  }
  return (
    <Field label={t('addMember')}>
      {(control) => (
        <Select
          {...control}
          value={null}
          placeholder={t('addMemberPlaceholder')}
          options={free.map((one) => ({ value: one.personId, label: `${one.name} · ${one.unit}` }))}
          onChange={(value: string | null) => value !== null && add(value)}
        />
      )}
    </Field>
  )
}
