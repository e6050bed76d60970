import type { Totals } from '../../../shared/domain/sheet.ts'
import { formatBp, formatMicro } from '../../../shared/scoring/numbers.ts'
import { useText } from '../../ui/text.ts'

/** The sheet's running numbers and what is still missing, always in sight. */
export function TotalsBar({
  totals,
  missing,
  total,
  onNext,
}: {
  totals: Totals
  missing: number
  total: number
  onNext: () => void
}) {
  const t = useText('checklist')
  return (
    <div className="totals-bar">
      <dl>
        <div>
          <dt>{t('scoreSoFar')}</dt>
          <dd>{t('scoreOf', { got: formatMicro(totals.got), applicable: formatMicro(totals.applicable) })}</dd>
        </div>
        <div>
          <dt>{t('rate')}</dt>
          <dd>{totals.rate_bp === null ? '—' : `${formatBp(totals.rate_bp)}%`}</dd>
        </div>
      </dl>
      <button type="button" className="plain-choice" aria-keyshortcuts="G" disabled={missing === 0} onClick={onNext}>
        {missing === 0 ? t('allDone', { total }) : t('missingItems', { missing, total })}{' '}
        {missing === 0 ? null : <kbd aria-hidden>G</kbd>}
      </button>
    </div>
  )
}
