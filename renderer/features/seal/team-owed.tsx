import { useMemo } from 'react'
import { Link } from 'react-router'
import type { SheetView } from '../../../shared/contract/views.ts'
import { templateItems } from '../../../shared/domain/template.ts'
import { teamProblems, type SheetParts } from '../../../shared/scoring/demands.ts'
import { taskPath } from '../../route.ts'
import { Fold } from '../../ui/fold.tsx'
import { useSay, useText } from '../../ui/text.ts'

type TeamOwedProps = { view: SheetView; media: SheetParts['media'] }

/** Evidence asked of the team together that this sheet brings none of: no hindrance to sealing, but easiest to get while still on site. */
export function TeamOwed({ view, media }: TeamOwedProps) {
  const t = useText('seal')
  const say = useSay()
  const { task, template } = view
  const items = useMemo(() => {
    const owed = new Set(teamProblems(task, template, [{ ...view, media }]).map(({ item }) => item))
    return templateItems(template).filter(({ id }) => owed.has(id))
  }, [task, template, view, media])
  if (items.length === 0) return null
  return (
    <section className="card stack-tight" aria-label={t('teamOwed', { n: items.length })}>
      <p>{t('teamOwedText')}</p>
      <Fold title={t('teamOwed', { n: items.length })}>
        <ul className="problems">
          {items.map((item) => (
            <li key={item.id}>
              <Link to={`${taskPath(task.taskId, 'checklist')}?item=${item.id}`}>
                {item.code} {say(item.title)}
              </Link>
            </li>
          ))}
        </ul>
      </Fold>
    </section>
  )
}
