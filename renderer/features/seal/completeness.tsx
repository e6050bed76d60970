import { Link } from 'react-router'
import type { SheetView } from '../../../shared/contract/views.ts'
import type { ItemProblem } from '../../../shared/scoring/demands.ts'
import { taskPath } from '../../route.ts'
import { Mark } from '../../ui/mark.tsx'
import { useSay, useText } from '../../ui/text.ts'

type CompletenessProps = { view: SheetView; problems: readonly ItemProblem[]; unfiled: number }

/** Everything that keeps the sheet from being sealed, by section, each with the way there. */
export function Completeness({ view, problems, unfiled }: CompletenessProps) {
  const t = useText('seal')
  const ask = useText('checklist')
  const say = useSay()
  const checklist = taskPath(view.task.taskId, 'checklist')
  const count = problems.length + (unfiled > 0 ? 1 : 0)
  if (count === 0) {
    return (
      <p className="card complete">
        <Mark shape="full" tone="good" /> {t('complete')}
      </p>
    )
  }
  const byItem = new Map<string, ItemProblem[]>()
  for (const problem of problems) byItem.set(problem.item, [...(byItem.get(problem.item) ?? []), problem])
  return (
    <section className="card stack-tight" aria-label={t('incomplete', { n: count })}>
      <h2>{t('incomplete', { n: count })}</h2>
      {unfiled === 0 ? null : (
        <p className="row">
          <Mark shape="alert" tone="middling" /> {t('trayLeft', { n: unfiled })}{' '}
          <Link to={`${checklist}?extra=tray`}>{t('toTray')}</Link>
        </p>
      )}
      {view.template.sections.map((section) => {
        const items = section.items.filter((item) => byItem.has(item.id))
        if (items.length === 0) return null
        return (
          <div key={section.id}>
            <h3>
              {section.code} {say(section.title)}
            </h3>
            <ul className="problems">
              {items.map((item) => (
                <li key={item.id}>
                  <Link to={`${checklist}?item=${item.id}`}>
                    {item.code} {say(item.title)}
                  </Link>
                  <span>
                    {(byItem.get(item.id) ?? []).map(({ problem }) => (
                      <span key={problem} className={problem === 'unanswered' ? 'chip' : 'chip chip-middling'}>
                        <Mark shape={problem === 'unanswered' ? 'empty' : 'alert'} /> {ask(`problem_${problem}`)}
                      </span>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </section>
  )
}
