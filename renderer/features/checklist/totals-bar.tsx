import type { Totals } from '../../../shared/domain/sheet.ts'
import { formatBp, formatMicro } from '../../../shared/scoring/numbers.ts'
import { useText } from '../../ui/text.ts'

type TotalsBarProps = {
  totals: Totals
  missing: number
  total: number
  isExplained: boolean
  onNext: () => void
  onWhy: () => void
  children: React.ReactNode
}

/** The sheet's running numbers, where they come from, and how much is still missing; always in sight. */
export function TotalsBar({ totals, missing, total, isExplained, onNext, onWhy, children }: TotalsBarProps) {
  const t = useText('checklist')
  const why = useText('why')
  return (
    <div className="totals-bar">
      <button
        type="button"
        className="totals-why"
        title={why('open')}
        aria-current={isExplained ? 'true' : undefined}
        onClick={onWhy}
      >
        <span className="only-read">{why('open')}</span>
        <span className="totals-name">{t('scoreSoFar')}</span>
        <strong>{t('scoreOf', { got: formatMicro(totals.base), applicable: formatMicro(totals.applicable) })}</strong>
        <span className="totals-name">{t('rate')}</span>
        <strong>{totals.rate_bp === null ? '—' : `${formatBp(totals.rate_bp)}%`}</strong>
        {totals.bonus > 0 ? (
          <span className="totals-name">{why('sectionBonus', { bonus: formatMicro(totals.bonus) })}</span>
        ) : null}
      </button>
      {children}
      <button type="button" className="plain-choice" aria-keyshortcuts="G" disabled={missing === 0} onClick={onNext}>
        {missing === 0 ? t('allDone', { total }) : t('missingItems', { missing, total })}{' '}
        {missing === 0 ? null : <kbd aria-hidden>G</kbd>}
      </button>
    </div>
  )
}
