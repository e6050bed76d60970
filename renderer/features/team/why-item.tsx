import type { Item } from '../../../shared/domain/template.ts'
import { formatMicro } from '../../../shared/scoring/numbers.ts'
import type { WhyTree } from '../../../shared/scoring/why.ts'
import { valueText } from '../../../shared/text/value.ts'
import { useLanguage, useText } from '../../ui/text.ts'
import { useNames, useTeam } from './use-team.tsx'

type Why = WhyTree['sections'][number]['items'][number]

/** Where an item's number comes from: each answer, whether it counts, the method's proposal, the decision. */
export function WhyItem({ item, why }: { item: Item; why: Why }) {
  const t = useText('team')
  const language = useLanguage()
  const { template } = useTeam()
  const nameOf = useNames()
  const say = (like: Parameters<typeof valueText>[1]) => valueText(item, like, template, language) || '—'
  return (
    <ol className="team-why">
      {why.answers.map((answer) => (
        <li key={answer.personId} className={answer.counts ? '' : 'quiet'}>
          {nameOf(answer.personId)}({t('expert', { letter: answer.letter })}): {say(answer)}
          {answer.score === null ? '' : ` → ${t('points', { n: formatMicro(answer.score) })}`}
          {answer.weight === 1 ? '' : ` × ${answer.weight}`}
          {answer.isOwner ? ` · ${t('owner')}` : ''}
          {answer.counts ? '' : ` · ${t('doesNotCount')}`}
        </li>
      ))}
      <li>
        {t('proposal')}: {t(`rule_${why.rule}`)} →{' '}
        {say({ state: why.proposal.na ? 'na' : 'value', value: why.proposal.value, score: why.proposal.score })}
        {why.proposal.score === null ? '' : ` (${t('points', { n: formatMicro(why.proposal.score) })})`}
      </li>
      {why.decision === null ? null : (
        <li>
          {t(`decision_${why.decision.use}`)}:{' '}
          {say({
            state: why.decision.decision.outcome,
            value: why.decision.decision.value,
            score: why.decision.decision.score,
          })}
          {why.decision.decision.reason === '' ? '' : ` · ${why.decision.decision.reason}`}
        </li>
      )}
      <li>
        <strong>
          {t('result')}: {say({ state: why.outcome, value: why.value, score: why.score })}
          {why.score === null ? '' : ` (${t('points', { n: formatMicro(why.score) })})`}
        </strong>
      </li>
    </ol>
  )
}
