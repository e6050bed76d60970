import type { Task } from '../../../../shared/domain/task.ts'
import { useFormat, useList, useText } from '../../../ui/text.ts'

/** The schedule, day by day. */
export function ScheduleCard({ task }: { task: Task }) {
  const t = useText('task')
  const list = useList()
  const { day } = useFormat()
  const nameOf = (personId: string) => task.team.find((member) => member.personId === personId)?.name ?? personId
  const days = [...new Set(task.schedule.map((line) => line.day))].toSorted()
  const whereAndWho = ({ who, site }: Task['schedule'][number]) =>
    [
      ...(who.length === task.team.length ? [] : [list(who.map(nameOf))]),
      ...(site === null ? [] : [task.scope.sites.find((one) => one.id === site)?.name ?? site]),
    ].join(' · ')
  return (
    <section className="card">
      <h2>{t('schedule')}</h2>
      {days.length === 0 ? <p className="quiet">{t('noSchedule')}</p> : null}
      {days.map((one) => (
        <div key={one} className="schedule-day">
          <h3>{day(one)}</h3>
          <ul>
            {task.schedule
              .filter((line) => line.day === one)
              .map((line, index) => (
                <li key={index}>
                  <span className="schedule-time">
                    {line.from}–{line.to}
                  </span>
                  <span>
                    {line.what}
                    <span className="quiet">{whereAndWho(line)}</span>
                  </span>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
