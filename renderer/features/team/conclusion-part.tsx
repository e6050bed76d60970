import { Button } from 'antd'
import { useForm, useWatch } from 'react-hook-form'
import type { ChosenConclusion } from '../../../shared/domain/result.ts'
import { cleanText } from '../../../shared/domain/text.ts'
import { checkConclusion, strictness } from '../../../shared/scoring/conclusion.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { Ballots } from './ballots.tsx'
import { DeviationTable } from './deviation-table.tsx'
import { TotalsTable, WhyConclusion } from './totals-table.tsx'
import { useTeam, useTeamAction, useVoters } from './use-team.tsx'

/** The merged numbers, how far the experts lie apart, and the conclusion: computed, and as the team settles it. */
export function ConclusionPart() {
  return (
    <>
      <TotalsTable />
      <WhyConclusion />
      <Choice />
      <DeviationTable />
    </>
  )
}

type Values = {
  chosen: string
  reason: string
  opinion: string
  votes: Record<string, 'for' | 'against' | 'abstain' | ''>
}
const AS_COMPUTED = '-'

function Choice() {
  const t = useText('team')
  const say = useSay()
  const { task, template, inputs, outcome, state } = useTeam()
  const voters = useVoters()
  const conclude = useTeamAction('team.conclude')
  const stored = inputs.conclusion
  const votes = new Map(stored.votes.map((v) => [v.personId, v.vote]))
  const { control, handleSubmit, formState, reset } = useForm<Values>({
    defaultValues: {
      chosen: stored.chosen ?? AS_COMPUTED,
      reason: stored.reason,
      opinion: stored.opinion,
      votes: Object.fromEntries(voters.map((person) => [person, (votes.get(person) ?? '') as Values['votes'][string]])),
    },
  })
  const values = useWatch({ control }) as Values
  const choice = choiceOf(values)
  const problems = checkConclusion(template, outcome.merge, choice, voters)
  const direction = strictness(template, outcome.merge.conclusion.computed, choice.chosen)
  const isDisabled = state === 'closed'
  const submit = handleSubmit(async (given) => {
    const done = await conclude.run({ taskId: task.taskId, conclusion: choiceOf(given) })
    if (done.ok) reset(given)
  })
  const options = [
    { value: AS_COMPUTED, label: t('asComputed') },
    ...template.conclusions.map((c) => ({ value: c.id, label: say(c.label) })),
  ]
  return (
    <form className="card stack" aria-label={t('teamConclusion')} onSubmit={(event) => void submit(event)}>
      <h2>{t('teamConclusion')}</h2>
      <SelectField control={control} name="chosen" label={t('conclusion')} options={options} isDisabled={isDisabled} />
      {direction === 1 ? <p>{t('stricter')}</p> : null}
      {direction === -1 ? <p>{t('milder')}</p> : null}
      {direction === null || direction === 0 ? null : (
        <TextField control={control} name="reason" label={t('reason')} rows={2} isRequired isDisabled={isDisabled} />
      )}
      {direction === -1 ? (
        <Ballots
          control={control}
          nameOf={(person) => `votes.${person}` as const}
          words={['for', 'against', 'abstain'] as const}
          textOf={(word) => t(`vote_${word}`)}
          isDisabled={isDisabled}
        />
      ) : null}
      <TextField
        control={control}
        name="opinion"
        label={t('opinion')}
        hint={t('opinionHint')}
        rows={3}
        isDisabled={isDisabled}
      />
      {problems.map((problem) => (
        <p key={problem}>
          <Mark shape="alert" tone="middling" /> {t(`conclusionProblem_${problem}`)}
        </p>
      ))}
      <FailureNote failure={conclude.failure} />
      {isDisabled ? null : (
        <Button
          type="primary"
          htmlType="submit"
          className="team-start"
          disabled={problems.length > 0 || !formState.isDirty}
          loading={conclude.isBusy}
        >
          {formState.isDirty ? t('saveConclusion') : t('conclusionSaved')}
        </Button>
      )}
    </form>
  )
}

function choiceOf({ chosen, reason, opinion, votes }: Values): ChosenConclusion {
  const isComputed = chosen === AS_COMPUTED
  return {
    chosen: isComputed ? null : chosen,
    reason: isComputed ? '' : cleanText(reason).trim(),
    opinion: cleanText(opinion),
    votes: isComputed
      ? []
      : Object.entries(votes).flatMap(([personId, vote]) => (vote === '' ? [] : [{ personId, vote }])),
  }
}
