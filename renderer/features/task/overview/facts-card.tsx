import type { Task } from '../../../../shared/domain/task.ts'
import { useFormat, useSay, useText } from '../../../ui/text.ts'

/** The enterprise, the scope and the dates. */
export function FactsCard({ task }: { task: Task }) {
  const t = useText('task')
  const say = useSay()
  const { day } = useFormat()
  const { enterprise, scope, dates, period } = task
  const facts: [string, string][] = [
    [t('enterprise'), enterprise.name],
    [t('uscc'), enterprise.uscc],
    [t('address'), enterprise.address],
    [t('contact'), [enterprise.contact, enterprise.phone].filter(Boolean).join(' · ')],
    [t('organiser'), say(task.organiser)],
    [t('dates'), `${day(dates.from)} – ${day(dates.to)}`],
    [t('period'), `${day(period.from)} – ${day(period.to)}`],
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
