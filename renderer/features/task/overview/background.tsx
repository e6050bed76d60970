import { formatMicro } from '../../../../shared/scoring/numbers.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { templateItems, type Template } from '../../../../shared/domain/template.ts'
import { Fold } from '../../../ui/fold.tsx'
import { useFormat, useSay, useText } from '../../../ui/text.ts'

/** Questions to verify and what the application says. */
export function Background({ task, template }: { task: Task; template: Template }) {
  const t = useText('task')
  const say = useSay()
  const { day } = useFormat()
  const { profile, certificates, registry, selfScores } = task.prefill
  const items = new Map(templateItems(template).map((item) => [item.id, item]))
  const nameOf = (id: string) => {
    const item = items.get(id)
    return item ? `${item.code} ${say(item.title)}` : id
  }
  return (
    <section className="card stack-tight">
      <Fold title={t('part_carryOver')} count={task.carryOver.length} startsOpen={task.carryOver.length > 0}>
        {task.carryOver.length === 0 ? <p className="quiet">{t('noQuestions')}</p> : null}
        <ol className="steps">
          {task.carryOver.map((one) => (
            <li key={one.id}>
              {one.question} <span className="quiet">{one.source}</span>
            </li>
          ))}
        </ol>
      </Fold>
      <Fold title={t('profile')} count={profile.length}>
        <dl className="facts">
          {profile.map((one) => (
            <div key={one.label} className="fact">
              <dt>{one.label}</dt>
              <dd>{one.value}</dd>
            </div>
          ))}
        </dl>
      </Fold>
      <Fold title={t('certificates')} count={certificates.length}>
        <ul>
          {certificates.map((one) => (
            <li key={one.number + one.name}>
              {one.name} <span className="mono">{one.number}</span>{' '}
              {one.until ? <span className="quiet">{`${t('until')} ${day(one.until)}`}</span> : null}
            </li>
          ))}
        </ul>
      </Fold>
      <Fold title={t('registry')} count={registry.length}>
        <ul className="stack-tight">
          {registry.map((one, index) => (
            <li key={index}>
              <strong>{nameOf(one.item)}</strong> {one.finding}{' '}
              <span className="quiet">
                {one.source} {one.at}
              </span>
            </li>
          ))}
        </ul>
      </Fold>
      <Fold title={t('selfScores')} count={selfScores.length}>
        <ul>
          {selfScores.map((one) => (
            <li key={one.item}>
              {nameOf(one.item)}: {formatMicro(one.score)}
            </li>
          ))}
        </ul>
      </Fold>
    </section>
  )
}
