import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import type { Meeting } from '../../../../shared/domain/sheet.ts'
import type { Member } from '../../../../shared/domain/task.ts'
import { cleanLine } from '../../../../shared/domain/text.ts'
import { useText } from '../../../ui/text.ts'

type Person = Meeting['attendance'][number]
type AttendanceListProps = {
  attendance: Person[]
  team: Member[]
  isReadOnly: boolean
  onCompose: (isComposing: boolean) => void
  onChange: (attendance: Person[]) => void
}

const SIDES = ['enterprise', 'team', 'observer'] as const

/** Who was at a meeting: the team with one press, the enterprise's people by name and position. */
export function AttendanceList({ attendance, team, isReadOnly, onCompose, onChange }: AttendanceListProps) {
  const t = useText('task')
  const composing = { onCompositionStart: () => onCompose(true), onCompositionEnd: () => onCompose(false) }
  const put = (index: number, change: Partial<Person>) =>
    onChange(attendance.map((one, at) => (at === index ? { ...one, ...change } : one)))
  const missing = team.filter((member) => !attendance.some((one) => one.name === member.name))
  const asPerson = (member: Member): Person => ({
    name: member.name,
    post: t(`role_${member.role}`),
    side: member.role === 'observer' ? 'observer' : 'team',
  })
  return (
    <div className="attendance" role="group" aria-label={t('attendance')}>
      <h3>
        {t('attendance')} {attendance.length === 0 ? '' : `(${attendance.length})`}
      </h3>
      {attendance.map((one, index) => (
        <div key={index} className="attendance-line">
          <Input
            aria-label={t('person')}
            placeholder={t('person')}
            value={one.name}
            {...composing}
            onChange={(event) => put(index, { name: event.target.value })}
            onBlur={(event) => put(index, { name: cleanLine(event.target.value) })}
          />
          <Input
            aria-label={t('post')}
            placeholder={t('post')}
            value={one.post}
            {...composing}
            onChange={(event) => put(index, { post: event.target.value })}
            onBlur={(event) => put(index, { post: cleanLine(event.target.value) })}
          />
          <Select
            aria-label={t('side')}
            value={one.side}
            disabled={isReadOnly}
            options={SIDES.map((side) => ({ value: side, label: t(`side_${side}`) }))}
            onChange={(side) => put(index, { side })}
          />
          {isReadOnly ? null : (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('removeMember', { name: one.name })}
              title={t('removeMember', { name: one.name })}
              onClick={() => onChange(attendance.toSpliced(index, 1))}
            />
          )}
        </div>
      ))}
      {isReadOnly ? null : (
        <div className="row">
          {missing.length === 0 ? null : (
            <Button onClick={() => onChange([...attendance, ...missing.map(asPerson)])}>{t('addTeam')}</Button>
          )}
          <Button
            icon={<PlusOutlined />}
            onClick={() => onChange([...attendance, { name: '', post: '', side: 'enterprise' }])}
          >
            {t('addPerson')}
          </Button>
        </div>
      )}
    </div>
  )
}
