import { formatBp } from '../../../shared/scoring/numbers.ts'
import { useText } from '../../ui/text.ts'
import { useNames, useTeam } from './use-team.tsx'

const signed = (bp: number | null): string => (bp === null ? '—' : `${bp > 0 ? '+' : ''}${formatBp(bp)}%`)

/** How far each expert lies from the merge, and how often the team agreed; information, never a score. */
export function DeviationTable() {
  const t = useText('team')
  const nameOf = useNames()
  const { template, outcome } = useTeam()
  const { deviation } = outcome.merge
  const codes = new Map(template.sections.map((s) => [s.id, s.code]))
  const sections = deviation.experts[0]?.sections.map((s) => s.section) ?? []
  const { agreed, compared } = deviation.agreement
  return (
    <section className="card stack-tight">
      <h2>{t('deviation')}</h2>
      <p className="quiet">{t('deviationHint')}</p>
      <p>{t('agreement', { agreed, compared })}</p>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('expertColumn')}</th>
              <th scope="col">{t('horizontal')}</th>
              <th scope="col">{t('ownRate')}</th>
              <th scope="col">{t('range')}</th>
              {sections.map((section) => (
                <th scope="col" key={section}>
                  {codes.get(section) ?? section}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {deviation.experts.map((expert) => (
              <tr key={expert.personId}>
                <th scope="row">{nameOf(expert.personId)}</th>
                <td>{signed(expert.horizontal_bp)}</td>
                <td>{expert.vertical.rate_bp === null ? '—' : `${formatBp(expert.vertical.rate_bp)}%`}</td>
                <td>{expert.vertical.range_bp === null ? '—' : `${formatBp(expert.vertical.range_bp)}%`}</td>
                {expert.sections.map((section) => (
                  <td key={section.section}>{signed(section.horizontal_bp)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
