import { useCallback } from 'react'
import type { CellProblem } from '../../../../shared/contract/template-methods.ts'
import { findings } from '../../../../shared/text/findings.ts'
import { cellProblems } from '../../../../shared/text/template-cells.ts'
import { useText } from '../../../ui/text.ts'
import { useFindingText } from '../editor/finding-text.ts'

const MOST_LETTERS = 60
const isOwn = (code: string): code is keyof typeof cellProblems => Object.hasOwn(cellProblems, code)
const isFinding = (code: string): code is keyof typeof findings => Object.hasOwn(findings, code)

/** What is wrong with a cell, what was done, what to do; a rule of checklists is said as the editor says it. */
export function useProblemWords(): (problem: CellProblem) => string {
  const t = useText('templateImport')
  const cells = useText('cellProblems')
  const rule = useFindingText()
  return useCallback(
    ({ code, value, severity }) => {
      const shown = value.length > MOST_LETTERS ? `${value.slice(0, MOST_LETTERS)}…` : value
      if (isOwn(code)) return cells(code, { value: shown })
      if (isFinding(code)) return rule({ code, message: shown })
      return t(severity === 'error' ? 'anyError' : 'anyWarning', { value: shown })
    },
    [t, cells, rule],
  )
}
