import { Mark } from '../../../ui/mark.tsx'
import { useText } from '../../../ui/text.ts'
import { useEditing } from './editor-context.ts'
import { PARTS, partOf, type Part } from './parts.ts'

/** The parts of the task with what each still lacks. */
export function PartRail({ part }: { part: Part }) {
  const t = useText('task')
  const { problems, goTo } = useEditing()
  return (
    <nav className="part-rail" aria-label={t('parts')}>
      <ol>
        {PARTS.map((one) => {
          const count = one === 'issue' ? problems.length : problems.filter((problem) => partOf(problem) === one).length
          return (
            <li key={one}>
              <button type="button" aria-current={one === part ? 'step' : undefined} onClick={() => goTo(one)}>
                <Mark shape={count === 0 ? 'full' : 'empty'} tone={count === 0 ? 'good' : 'quiet'} />
                <span className="part-name">{t(`part_${one}`)}</span>
                <span className="part-count">{count === 0 ? t('noProblems') : t('problemsHere', { n: count })}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
