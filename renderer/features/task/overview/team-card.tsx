import type { TaskStanding } from '../../../../shared/contract/views.ts'
import { assignedItems, type Member } from '../../../../shared/domain/task.ts'
import type { Template } from '../../../../shared/domain/template.ts'
import { Fold } from '../../../ui/fold.tsx'
import { useList, useSay, useText } from '../../../ui/text.ts'

/** Who is on the team and who does which part. */
export function TeamCard({ standing: { task, template, me } }: { standing: TaskStanding }) {
  const t = useText('task')
  const scorers = task.team.filter((member) => member.role !== 'observer')
  return (
    <section className="card stack-tight">
      <h2>{t('team')}</h2>
      <ul className="team">
        {task.team.map((member) => (
          <li key={member.personId} data-me={member.personId === me?.personId}>
            <strong>{member.name}</strong>
            <span className={member.role === 'lead' ? 'chip chip-brand' : 'chip'}>{t(`role_${member.role}`)}</span>
            <span className="quiet">
              {member.unit} · {t(`kind_${member.kind}`)}
            </span>
            {member.role === 'observer' ? null : <MemberCounts member={member} template={template} />}
          </li>
        ))}
      </ul>
      <Fold title={t('showWork')}>
        <div className="table-wrap" role="region" aria-label={t('showWork')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('section')}</th>
                {scorers.map((member) => (
                  <th key={member.personId} scope="col">
                    {member.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {template.sections.map((section) => (
                <SectionRow key={section.id} section={section} scorers={scorers} template={template} />
              ))}
            </tbody>
          </table>
        </div>
      </Fold>
    </section>
  )
}

function MemberCounts({ member, template }: { member: Member; template: Template }) {
  const t = useText('task')
  const all = assignedItems(member, template).length
  return <span className="quiet">{t('countsOf', { own: member.owns.length, review: all - member.owns.length })}</span>
}

function SectionRow({
  section,
  scorers,
  template,
}: {
  section: Template['sections'][number]
  scorers: Member[]
  template: Template
}) {
  const t = useText('task')
  const list = useList()
  const say = useSay()
  return (
    <tr>
      <th scope="row">
        {section.code} {say(section.title)}
      </th>
      {scorers.map((member) => {
        const assigned = new Set(assignedItems(member, template).map((item) => item.id))
        const items = section.items.filter((item) => assigned.has(item.id))
        const own = items.filter((item) => member.owns.includes(item.id))
        const review = items.filter((item) => !member.owns.includes(item.id))
        return (
          <td key={member.personId}>
            {items.length === 0 ? '—' : null}
            {own.length === 0 ? null : (
              <div>
                {t('own')} {list(own.map((item) => item.code))}
              </div>
            )}
            {review.length === 0 ? null : (
              <div className="quiet">
                {t('review')} {list(review.map((item) => item.code))}
              </div>
            )}
          </td>
        )
      })}
    </tr>
  )
}
