import type { TemplateDiff } from '../../../../shared/checklist/diff.ts'
import { useText } from '../../../ui/text.ts'
import { CHANGE_MARKS } from './change-mark.tsx'
import { countChanges } from './rows.ts'

/** How much changed, in numbers. */
export function Summary({ diff }: { diff: TemplateDiff }) {
  const t = useText('templateCompare')
  const { before, after } = diff.tally
  const counts = countChanges(diff)
  const isMergeChanged = diff.groups.some(({ group }) => group === 'merge')
  const figures = [
    { label: t('tally_full'), from: before.full_cp / 100, to: after.full_cp / 100 },
    { label: t('tally_sections'), from: before.sections, to: after.sections },
    { label: t('tally_scored'), from: before.scored, to: after.scored },
    { label: t('tally_veto'), from: before.veto, to: after.veto },
    { label: t('tally_gate'), from: before.gate, to: after.gate },
  ]
  return (
    <section className="card stack-tight" aria-labelledby="compare-summary">
      <h2 id="compare-summary">{t('summary')}</h2>
      <ul className="compare-counts" aria-label={t('itemsLine')}>
        {(['added', 'removed', 'changed', 'moved'] as const).map((change) => (
          <li key={change} data-change-kind={counts[change] > 0 ? change : undefined}>
            <span aria-hidden>{CHANGE_MARKS[change]}</span> {t(`count_${change}`, { n: counts[change] })}
          </li>
        ))}
      </ul>
      <dl className="compare-figures">
        {figures.map(({ label, from, to }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd data-differs={from !== to}>
              {from === to ? t('unchanged', { n: to }) : t('fromTo', { before: from, after: to })}
            </dd>
          </div>
        ))}
      </dl>
      <p className="row">
        <span className={`chip ${diff.rules.length > 0 ? 'chip-middling' : ''}`}>
          {t(diff.rules.length > 0 ? 'rulesChanged' : 'rulesSame')}
        </span>
        <span className={`chip ${isMergeChanged ? 'chip-middling' : ''}`}>
          {t(isMergeChanged ? 'mergeChanged' : 'mergeSame')}
        </span>
      </p>
    </section>
  )
}
