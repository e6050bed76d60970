import type { Flag } from '../../../shared/domain/result.ts'
import type { MergeMethod } from '../../../shared/domain/template.ts'
import { isBlocking } from '../../../shared/scoring/propose.ts'
import { Mark, type MarkShape } from '../../ui/mark.tsx'
import { useText } from '../../ui/text.ts'

const SHAPES: Record<Flag, MarkShape> = {
  unscored: 'empty',
  naConflict: 'dash',
  ownerMissing: 'empty',
  gradesDiffer: 'half',
  divergent: 'level',
  vetoFail: 'stop',
  vetoPending: 'wait',
  gateNo: 'cross',
  singleScorer: 'flag',
  staleDecision: 'alert',
}

/** Flags of an item by name and shape; blocking ones in the warm colour unless settled. */
export function Flags({
  flags,
  method,
  isSettled,
}: {
  flags: readonly Flag[]
  method: MergeMethod
  isSettled: boolean
}) {
  const t = useText('team')
  return flags.map((flag) => (
    <span key={flag} className={!isSettled && isBlocking(flag, method) ? 'chip chip-serious' : 'chip'}>
      <Mark shape={SHAPES[flag]} /> {t(`flag_${flag}`)}
    </span>
  ))
}
