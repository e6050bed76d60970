import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { Link } from 'react-router'
import { cleanText } from '../../../shared/domain/text.ts'
import { blanksIn } from '../../../shared/report/phrases.ts'
import { taskPath } from '../../route.ts'
import { Busy, useJob } from '../../ui/busy.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DeliveryState } from '../../ui/delivery-state.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Mark } from '../../ui/mark.tsx'
import { PackageWays } from '../../ui/package-ways.tsx'
import { PassphrasePrompt } from '../../ui/passphrase-prompt.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { ConfirmationForm } from './confirmation-form.tsx'
import { OwedProof } from './owed-proof.tsx'
import { useTeam, useTeamAction } from './use-team.tsx'

/** The last steps: the enterprise's statement, the signed result, and a correction if one is needed later. */
export function ClosePart() {
  const t = useText('team')
  const { state, results, checkCode, task } = useTeam()
  return (
    <section className="stack" aria-label={t('part_close')}>
      <ConfirmationForm />
      {state === 'closed' ? null : <CloseNow />}
      {results.length === 0 ? null : (
        <div className="card stack-tight">
          <h2>{t('issued')}</h2>
          {checkCode === null ? null : <p className="mono">{t('checkCode', { code: checkCode })}</p>}
          {results
            .toSorted((a, b) => b.revision - a.revision)
            .map((result, index) => (
              <article key={result.digest} className="stack-tight">
                <strong>{t('revision', { n: result.revision })}</strong>
                <DeliveryState delivery={result} />
                {index === 0 ? (
                  <PackageWays
                    digest={result.digest}
                    projectId={task.projectId}
                    refresh={['team.open']}
                    isPrimary={result.verifiedAt === null}
                  />
                ) : null}
              </article>
            ))}
          <p>
            <Link to={taskPath(task.taskId, 'report')}>{t('toReport')}</Link>
          </p>
        </div>
      )}
      {state === 'closed' ? <Reopen /> : null}
    </section>
  )
}

function CloseNow() {
  const t = useText('team')
  const say = useSay()
  const { task, outcome, confirmation, template, inputs, proof } = useTeam()
  const close = useTeamAction('team.close')
  const { job, track } = useJob()
  const [isAsking, setAsking] = useState(false)
  const open = outcome.discussion.filter((entry) => entry.open).length
  const unproved = new Set(proof.map((entry) => entry.item)).size
  const steps: [string, boolean][] = [
    [
      outcome.missingMembers.length === 0
        ? t('stepSheets')
        : t('stepSheetsMissing', { n: outcome.missingMembers.length }),
      outcome.missingMembers.length === 0,
    ],
    [open === 0 ? t('stepSettled') : t('stepOpen', { n: open }), open === 0],
    [unproved === 0 ? t('stepProof') : t('stepProofMissing', { n: unproved }), unproved === 0],
    [confirmation === null ? t('stepNotConfirmed') : t('stepConfirmed'), confirmation !== null],
  ]
  const chosen = inputs.conclusion.chosen ?? outcome.merge.conclusion.computed
  const label = template.conclusions.find((c) => c.id === chosen)?.label
  const confirm = async (passphrase: string) => {
    const done = await track((id) => close.run({ taskId: task.taskId, passphrase, job: id }))
    return done.ok ? null : done.failure
  }
  return (
    <div className="card stack-tight">
      <h2>{t('closeTitle')}</h2>
      <ul className="stack-tight">
        {steps.map(([text, isDone]) => (
          <li key={text}>
            <Mark shape={isDone ? 'full' : 'empty'} tone={isDone ? 'good' : 'middling'} /> {text}
          </li>
        ))}
      </ul>
      <OwedProof />
      <BlanksLeft />
      {label === undefined ? null : <p>{t('concluding', { conclusion: say(label) })}</p>}
      <Button
        type="primary"
        size="large"
        className="team-start"
        icon={<SafetyCertificateOutlined />}
        disabled={steps.some(([, isDone]) => !isDone)}
        onClick={() => setAsking(true)}
      >
        {t('close')}
      </Button>
      <PassphrasePrompt
        isOpen={isAsking}
        title={t('closeTitle')}
        confirmText={t('close')}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        <p>{t('closeWarning')}</p>
        <Busy job={job} label={t('closing')} />
      </PassphrasePrompt>
    </div>
  )
}

/** Standard phrases with blanks can be issued as they are; the lead is told. */
function BlanksLeft() {
  const t = useText('team')
  const { text, template } = useTeam()
  const { count, sections } = blanksIn(text)
  if (count === 0) return null
  const codes = template.sections.flatMap((s) => (sections.includes(s.id) ? [s.code] : []))
  const title =
    codes.length === 0 ? t('blanksLeft', { count }) : t('blanksLeftIn', { count, sections: codes.join('  ') })
  return <Alert type="warning" showIcon title={title} />
}

function Reopen() {
  const t = useText('team')
  const { task } = useTeam()
  const [isAsking, setAsking] = useState(false)
  const reopen = useTeamAction('team.reopen')
  const { control, handleSubmit } = useForm({ defaultValues: { changeNote: '' } })
  const changeNote = useWatch({ control, name: 'changeNote' })
  const submit = handleSubmit(async (given) => {
    const done = await reopen.run({ taskId: task.taskId, changeNote: cleanText(given.changeNote).trim() })
    if (done.ok) setAsking(false)
  })
  return (
    <>
      <Button className="team-start" onClick={() => setAsking(true)}>
        {t('reopen')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('reopen')}
        confirmText={t('reopen')}
        isBusy={reopen.isBusy}
        isReady={changeNote.trim() !== ''}
        failure={reopen.failure}
        onConfirm={() => void submit()}
        onClose={() => setAsking(false)}
      >
        <p>{t('reopenHint')}</p>
        <TextField control={control} name="changeNote" label={t('changeNote')} rows={2} isRequired />
      </ConfirmDialog>
    </>
  )
}
