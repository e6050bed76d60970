import { Link } from 'react-router'
import type { SheetView } from '../../../../shared/contract/views.ts'
import { assignedItems, type Member } from '../../../../shared/domain/task.ts'
import { templateItems } from '../../../../shared/domain/template.ts'
import { taskPath } from '../../../route.ts'
import { Mark } from '../../../ui/mark.tsx'
import { useList, useSay, useText } from '../../../ui/text.ts'

/** Gate questions with their answer so far; a "no" can end the visit, so they stand on the first page. */
export function GateCard({ view }: { view: SheetView }) {
  const t = useText('task')
  const say = useSay()
  const list = useList()
  const { task, template, me } = view
  const judges = (member: Member, id: string) => assignedItems(member, template).some((item) => item.id === id)
  const gates = templateItems(template).filter((item) => item.type === 'gate')
  if (gates.length === 0) return null
  return (
    <section className="card stack-tight">
      <h2>{t('gateTitle')}</h2>
      <p className="soft">{t('gateText')}</p>
      <ul className="stack-tight">
        {gates.map((item) => {
          const value = view.answers.find((answer) => answer.item === item.id)?.value ?? null
          const isYes = value === 'yes'
          const isMine = me !== null && judges(me, item.id)
          const others = task.team.filter((member) => judges(member, item.id)).map((member) => member.name)
          return (
            <li key={item.id} className="gate">
              <Mark
                shape={value === null ? 'empty' : isYes ? 'full' : 'stop'}
                tone={value === null ? 'quiet' : isYes ? 'good' : 'serious'}
              />
              <span>
                {item.code} {say(item.title)}
              </span>
              {isMine ? (
                <>
                  <span className="chip">{t(value === null ? 'gateOpen' : isYes ? 'gateYes' : 'gateNo')}</span>
                  <Link to={`${taskPath(task.taskId, 'checklist')}?item=${item.id}`}>{t('goGate')}</Link>
                </>
              ) : (
                <span className="chip">{t('gateOthers', { names: list(others) })}</span>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
