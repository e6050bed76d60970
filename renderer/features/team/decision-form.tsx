import { Button } from 'antd'
import { Controller, useForm, useWatch, type Control } from 'react-hook-form'
import type { Args } from '../../../shared/contract/api.ts'
import type { Decision, Merged } from '../../../shared/domain/result.ts'
import type { AnswerValue } from '../../../shared/domain/sheet.ts'
import { isScored, type Item } from '../../../shared/domain/template.ts'
import { cleanText } from '../../../shared/domain/text.ts'
import { checkDecision, decidedScore, type DecisionProblem } from '../../../shared/scoring/decision.ts'
import type { WhyTree } from '../../../shared/scoring/why.ts'
import { Choices } from '../../ui/choices.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Fold } from '../../ui/fold.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useFormat, useText } from '../../ui/text.ts'
import { Ballots } from './ballots.tsx'
import { DecisionScore, DecisionValue } from './decision-value.tsx'
import { useNames, useTeam, useTeamAction, useVoters } from './use-team.tsx'

type Used = WhyTree['sections'][number]['items'][number]['decision']
type Values = {
  outcome: Decision['outcome']
  value: AnswerValue
  /** Of a repeated item, which has no value of its own; µp. */
  score: number | null
  reason: string
  dissent: Record<string, string>
  votes: Record<string, Decision['votes'][number]['vote'] | ''>
}
type DecisionFormProps = { item: Item; merged: Merged; decision: Used }

/** The team's word on one item: a value one person could have given, the reason, who disagrees, who voted how. */
export function DecisionForm({ item, merged, decision: used }: DecisionFormProps) {
  const t = useText('team')
  const { dateTime } = useFormat()
  const { task, template, state } = useTeam()
  const voters = useVoters()
  const decide = useTeamAction('team.decide')
  const live = used?.use === 'applied' ? used.decision : null
  const { control, handleSubmit } = useForm<Values>({
    defaultValues: startingValues(item, merged, used?.decision ?? null, voters),
  })
  const values = useWatch({ control }) as Values
  const isDisabled = state === 'closed'
  const problems = problemsOf(item, merged, values, voters, template)
  const submit = handleSubmit((given) => decide.run(argumentsOf(task.taskId, item, given)))
  const withdraw = () =>
    decide.run({
      taskId: task.taskId,
      item: item.id,
      outcome: 'open',
      value: null,
      score: null,
      reason: '',
      dissent: [],
      votes: [],
    })
  return (
    <form className="card stack decision" aria-label={t('decision')} onSubmit={(event) => void submit(event)}>
      <div className="row">
        <h3>{t('decision')}</h3>
        {live === null ? null : (
          <span className="chip chip-good">
            <Mark shape="full" tone="good" /> {t('decidedAt', { at: dateTime(live.decidedAt) })}
          </span>
        )}
        {used?.use === 'stale' ? <span className="chip chip-serious">{t('staleNote')}</span> : null}
      </div>
      <Outcomes control={control} item={item} isDisabled={isDisabled} />
      {isScored(item) && values.outcome === 'value' ? (
        item.repeat === null ? (
          <Controller
            control={control}
            name="value"
            render={({ field }) => (
              <DecisionValue item={item} value={field.value} isDisabled={isDisabled} onChange={field.onChange} />
            )}
          />
        ) : (
          <Controller
            control={control}
            name="score"
            render={({ field }) => (
              <DecisionScore item={item} score={field.value} isDisabled={isDisabled} onChange={field.onChange} />
            )}
          />
        )
      ) : null}
      {isScored(item) ? null : (
        <Ballots
          control={control}
          nameOf={(person) => `votes.${person}` as const}
          words={item.type === 'veto' ? (['', 'pass', 'fail', 'pending'] as const) : (['', 'yes', 'no'] as const)}
          textOf={(word) => t(word === '' ? 'notVoted' : `outcome_${word}`)}
          isDisabled={isDisabled}
        />
      )}
      <TextField
        control={control}
        name="reason"
        label={t('reason')}
        rows={2}
        isRequired={merged.flags.length > 0}
        isDisabled={isDisabled}
      />
      <Dissent control={control} isDisabled={isDisabled} count={Object.values(values.dissent).filter(Boolean).length} />
      {isDisabled ? null : <Problems problems={problems} />}
      <FailureNote failure={decide.failure} />
      {isDisabled ? null : (
        <div className="row">
          <Button type="primary" htmlType="submit" disabled={problems.length > 0} loading={decide.isBusy}>
            {live === null ? t('decide') : t('decideAgain')}
          </Button>
          {used === null ? null : <Button onClick={() => void withdraw()}>{t('withdrawDecision')}</Button>}
        </div>
      )}
    </form>
  )
}

function Problems({ problems }: { problems: readonly DecisionProblem[] }) {
  const t = useText('team')
  if (problems.length === 0) return null
  return (
    <ul className="decision-problems">
      {problems.map((problem) => (
        <li key={problem}>
          <Mark shape="alert" tone="middling" /> {t(`decisionProblem_${problem}`)}
        </li>
      ))}
    </ul>
  )
}

function outcomesOf(item: Item): Decision['outcome'][] {
  const words: Decision['outcome'][] =
    item.type === 'veto' ? ['pass', 'fail', 'pending'] : item.type === 'gate' ? ['yes', 'no'] : ['value']
  return item.allowNA ? [...words, 'na'] : words
}

function Outcomes({ control, item, isDisabled }: { control: Control<Values>; item: Item; isDisabled: boolean }) {
  const t = useText('team')
  const outcomes = outcomesOf(item)
  if (outcomes.length < 2) return null
  return (
    <Controller
      control={control}
      name="outcome"
      render={({ field }) => (
        <Choices
          label={t('outcome')}
          options={outcomes}
          chosen={field.value}
          textOf={(one) => t(`outcome_${one}`)}
          isDisabled={isDisabled}
          onChoose={field.onChange}
        />
      )}
    />
  )
}

function Dissent({ control, isDisabled, count }: { control: Control<Values>; isDisabled: boolean; count: number }) {
  const t = useText('team')
  const nameOf = useNames()
  const voters = useVoters()
  return (
    <Fold title={t('dissent')} count={count} startsOpen={count > 0}>
      {voters.map((person) => (
        <TextField
          key={person}
          control={control}
          name={`dissent.${person}`}
          label={nameOf(person)}
          rows={1}
          isDisabled={isDisabled}
        />
      ))}
    </Fold>
  )
}

function startingValues(item: Item, merged: Merged, decision: Decision | null, voters: readonly string[]): Values {
  const given = new Map(merged.answers.map((a) => [a.personId, a.value]))
  const votes = new Map(decision?.votes.map((v) => [v.personId, v.vote]))
  const dissent = new Map(decision?.dissent.map((d) => [d.personId, d.text]))
  const own = (person: string): Values['votes'][string] => {
    const word = given.get(person)
    return word === 'pass' || word === 'fail' || word === 'pending' || word === 'yes' || word === 'no' ? word : ''
  }
  const first = outcomesOf(item)[0] ?? 'value'
  return {
    outcome: decision?.outcome ?? (merged.proposal.na ? 'na' : isScored(item) ? 'value' : first),
    value: decision?.value ?? merged.proposal.value,
    score: decision?.score ?? merged.proposal.score,
    reason: decision?.reason ?? '',
    dissent: Object.fromEntries(voters.map((person) => [person, dissent.get(person) ?? ''])),
    votes: Object.fromEntries(voters.map((person) => [person, votes.get(person) ?? own(person)])),
  }
}

function argumentsOf(taskId: string, item: Item, given: Values): Args<'team.decide'> {
  const isValue = given.outcome === 'value'
  const isRepeated = isScored(item) && item.repeat !== null
  return {
    taskId,
    item: item.id,
    outcome: given.outcome,
    value: isRepeated ? null : isValue ? given.value : isScored(item) || given.outcome === 'na' ? null : given.outcome,
    score: isRepeated && isValue ? given.score : null,
    reason: cleanText(given.reason).trim(),
    dissent: Object.entries(given.dissent).flatMap(([personId, text]) =>
      text.trim() === '' ? [] : [{ personId, text: cleanText(text) }],
    ),
    votes: isScored(item)
      ? []
      : Object.entries(given.votes).flatMap(([personId, vote]) => (vote === '' ? [] : [{ personId, vote }])),
  }
}

function problemsOf(
  item: Item,
  merged: Merged,
  values: Values,
  voters: readonly string[],
  template: Parameters<typeof decidedScore>[2],
): DecisionProblem[] {
  const { outcome, value, score: said, reason, dissent, votes } = argumentsOf('', item, values)
  if (outcome === 'open') return []
  const { score } = decidedScore(item, { outcome, value, score: said }, template)
  const decision: Decision = { item: item.id, outcome, value, score, reason, dissent, votes, basis: '', decidedAt: '' }
  return checkDecision(item, decision, merged, voters, template)
}
