import { Button } from 'antd'
import { useState } from 'react'
import type { CellProblem } from '../../../../shared/contract/template-methods.ts'
import { Mark } from '../../../ui/mark.tsx'
import { useText } from '../../../ui/text.ts'
import { useProblemWords } from './problem-words.ts'

const AT_ONCE = 100

/** What was left out first, what concerns the file as a whole last. */
const rank = ({ severity, cell }: CellProblem): number => (severity === 'error' ? 0 : cell === '' ? 2 : 1)

/** What could not be taken as it is, cell by cell, what was left out first; each leads to its cell. */
export function ProblemList({ problems, onCell }: { problems: CellProblem[]; onCell: (problem: CellProblem) => void }) {
  const t = useText('templateImport')
  const say = useProblemWords()
  const [shown, setShown] = useState(AT_ONCE)
  const errors = problems.filter((one) => one.severity === 'error')
  const ordered = problems.toSorted((a, b) => rank(a) - rank(b))
  const sheets = new Set(problems.map((one) => one.sheet))
  return (
    <section className="card stack-tight" aria-labelledby="import-problems">
      <h2 id="import-problems">{t('problemsTitle')}</h2>
      {problems.length === 0 ? (
        <p>
          <Mark shape="full" tone="good" /> {t('problemsNone')}
        </p>
      ) : (
        <>
          <p className="row">
            {errors.length > 0 ? (
              <span className="chip chip-serious">
                <Mark shape="cross" /> {t('errorsOf', { n: errors.length })}
              </span>
            ) : null}
            {problems.length > errors.length ? (
              <span className="chip chip-middling">
                <Mark shape="alert" /> {t('warningsOf', { n: problems.length - errors.length })}
              </span>
            ) : null}
          </p>
          <p className="soft">{t('problemsSay')}</p>
        </>
      )}
      <ul className="import-problems">
        {ordered.slice(0, shown).map((problem, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- one cell can have the same problem twice
          <li key={`${problem.sheet} ${problem.cell} ${problem.code} ${index}`} data-severity={problem.severity}>
            <span className="row">
              <Mark
                shape={problem.severity === 'error' ? 'cross' : 'alert'}
                tone={problem.severity === 'error' ? 'serious' : 'middling'}
              />
              {problem.cell === '' ? null : (
                <button
                  type="button"
                  className="import-to-cell"
                  aria-label={t('toCell', { cell: problem.cell })}
                  onClick={() => onCell(problem)}
                >
                  {problem.cell}
                </button>
              )}
              {sheets.size > 1 ? <span className="quiet">{t('inSheet', { sheet: problem.sheet })}</span> : null}
              <span className="quiet">{t(`severity_${problem.severity}`)}</span>
            </span>
            <span>{say(problem)}</span>
          </li>
        ))}
      </ul>
      {ordered.length > shown ? (
        <Button onClick={() => setShown(shown + AT_ONCE)}>
          {t('more', { n: Math.min(AT_ONCE, ordered.length - shown) })}
        </Button>
      ) : null}
    </section>
  )
}
