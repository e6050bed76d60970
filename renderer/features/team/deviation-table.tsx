import { formatBp } from '../../../shared/scoring/numbers.ts'
import { useSay, useText } from '../../ui/text.ts'
import { useNames, usePeople, useTeam } from './use-team.tsx'

const rate = (bp: number | null): string => (bp === null ? '—' : `${formatBp(bp)}%`)
const signed = (bp: number | null): string => (bp !== null && bp > 0 ? `+${rate(bp)}` : rate(bp))

/** How far each expert lies from the merge, and how often the team agreed; information, never a score. */
export function DeviationTable() {
  const t = useText('team')
  const say = useSay()
  const nameOf = useNames()
  const { template, outcome } = useTeam()
  const people = usePeople()
  const { agreement } = outcome.merge.deviation
  const experts = outcome.merge.deviation.experts.toSorted(
    (a, b) => people.indexOf(a.personId) - people.indexOf(b.personId),
  )
  const rows = [
    { label: t('horizontal'), cells: experts.map((e) => signed(e.horizontal_bp)) },
    ...template.sections.map((section) => ({
      label: `${section.code} ${say(section.title)}`,
      cells: experts.map((e) => signed(e.sections.find((s) => s.section === section.id)?.horizontal_bp ?? null)),
    })),
    { label: t('ownRate'), cells: experts.map((e) => rate(e.vertical.rate_bp)) },
    { label: t('range'), cells: experts.map((e) => rate(e.vertical.range_bp)) },
  ]
  return (
    <section className="card stack-tight">
      <h2>{t('deviation')}</h2>
      <p className="quiet">{t('deviationHint')}</p>
      <p>{t('agreement', { agreed: agreement.agreed, compared: agreement.compared })}</p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('section')}</th>
            {experts.map((expert) => (
              <th scope="col" key={expert.personId}>
                {nameOf(expert.personId)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .filter((row) => row.cells.some((cell) => cell !== '—'))
            .map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                {row.cells.map((cell, n) => (
                  <td key={experts[n]?.personId}>{cell}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
