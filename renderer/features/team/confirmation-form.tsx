import { Button } from 'antd'
import { useController, useForm, useWatch, type Control } from 'react-hook-form'
import type { Confirmation } from '../../../shared/domain/result.ts'
import { cleanLine, cleanText } from '../../../shared/domain/text.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useList, useText } from '../../ui/text.ts'
import { useTeam, useTeamAction } from './use-team.tsx'

type Values = {
  statement: Confirmation['statement'] | ''
  text: string
  representative: string
  post: string
  witnesses: string
}

const STATEMENTS = [
  { value: 'agree', shape: 'full' },
  { value: 'reservations', shape: 'half' },
  { value: 'refused', shape: 'cross' },
] as const

/** What the enterprise says to the facts; a refusal needs the reason and witnesses. */
export function ConfirmationForm() {
  const t = useText('team')
  const list = useList()
  const { task, confirmation, state } = useTeam()
  const confirm = useTeamAction('team.confirm')
  const { control, handleSubmit, formState, reset } = useForm<Values>({
    defaultValues: {
      statement: confirmation?.statement ?? '',
      text: confirmation?.text ?? '',
      representative: confirmation?.representative ?? '',
      post: confirmation?.post ?? '',
      witnesses: list(confirmation?.witnesses ?? []),
    },
  })
  const values = useWatch({ control }) as Values
  // Followed only from when it is first read: reading it behind a condition would miss the change that made the form ready.
  const { isDirty } = formState
  const isDisabled = state === 'closed'
  const needsText = values.statement === 'reservations' || values.statement === 'refused'
  const isReady =
    values.statement !== '' &&
    values.representative.trim() !== '' &&
    (!needsText || values.text.trim() !== '') &&
    (values.statement !== 'refused' || values.witnesses.trim() !== '')
  const submit = handleSubmit(async (given) => {
    if (given.statement === '') return
    const done = await confirm.run({
      taskId: task.taskId,
      confirmation: {
        statement: given.statement,
        text: cleanText(given.text),
        representative: cleanLine(given.representative),
        post: cleanLine(given.post),
        at: new Date().toISOString(),
        witnesses: given.witnesses
          .split(/[、,,;;\n]/)
          .map(cleanLine)
          .filter((name) => name !== ''),
      },
    })
    if (done.ok) reset(given)
  })
  const shared = { control, isDisabled }
  return (
    <form className="card stack-tight" aria-label={t('confirmation')} onSubmit={(event) => void submit(event)}>
      <h2>{t('confirmation')}</h2>
      <p className="quiet">{t('confirmationHint')}</p>
      <Statements control={control} isDisabled={isDisabled} />
      <TextField
        {...shared}
        name="text"
        label={t(needsText ? 'statementTextNeeded' : 'statementText')}
        rows={2}
        isRequired={needsText}
      />
      <div className="field-grid">
        <TextField {...shared} name="representative" label={t('representative')} isRequired />
        <TextField {...shared} name="post" label={t('post')} />
        <TextField
          {...shared}
          name="witnesses"
          label={t('witnesses')}
          hint={t('witnessesHint')}
          isRequired={values.statement === 'refused'}
        />
      </div>
      <FailureNote failure={confirm.failure} />
      {isDisabled ? null : (
        <Button
          type="primary"
          htmlType="submit"
          className="team-start"
          disabled={!isReady || !isDirty}
          loading={confirm.isBusy}
        >
          {confirmation !== null && !isDirty ? t('allSaved') : t('saveConfirmation')}
        </Button>
      )}
    </form>
  )
}

function Statements({ control, isDisabled }: { control: Control<Values>; isDisabled: boolean }) {
  const t = useText('team')
  const { field } = useController({ control, name: 'statement' })
  return (
    <div role="group" aria-label={t('confirmation')} className="row">
      {STATEMENTS.map(({ value, shape }) => (
        <button
          key={value}
          type="button"
          className="plain-choice"
          aria-pressed={field.value === value}
          disabled={isDisabled}
          onClick={() => field.onChange(value)}
        >
          <Mark shape={shape} /> {t(`statement_${value}`)}
        </button>
      ))}
    </div>
  )
}
