import type { Task } from '../../../../shared/domain/task.ts'
import { useFormat, useSay, useText } from '../../../ui/text.ts'

/** The enterprise, the scope and the dates. */
export function FactsCard({ task }: { task: Task }) {
  const t = useText('task')
  const say = useSay()
  const { day } = useFormat()
  const { enterprise, scope, dates, period } = task
  const span = ({ from, to }: Task['dates']) => (to === from ? day(from) : `${day(from)} – ${day(to)}`)
  const facts: [string, string][] = [
    [t('enterprise'), enterprise.name],
    [t('uscc'), enterprise.uscc],
    [t('address'), enterprise.address],
    [t('contact'), [enterprise.contact, enterprise.phone].filter(Boolean).join(' · ')],
    [t('organiser'), say(task.organiser)],
    [t('dates'), span(dates)],
    [t('period'), span(period)],
    [t('products'), scope.products],
    [t('sites'), scope.sites.map((site) => [site.name, site.address].filter(Boolean).join(' · ')).join('\n')],
    [t('boundary'), scope.boundary],
  ]
  return (
    <section className="card">
      <h2>{t('scope')}</h2>
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}
