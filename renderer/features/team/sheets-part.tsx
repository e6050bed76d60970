import { ImportOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useSearchParams } from 'react-router'
import { assignedItems, type Member } from '../../../shared/domain/task.ts'
import { cleanText } from '../../../shared/domain/text.ts'
import { checkCodeOf } from '../../../shared/report/model.ts'
import { Coded } from '../../ui/coded.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useFormat, useList, useText } from '../../ui/text.ts'
import { ImportSheets } from './import-sheets.tsx'
import { Uncounted } from './uncounted.tsx'
import { useNames, useTeam, useTeamAction } from './use-team.tsx'

/** Whose sheet is here, whose is missing, who is left out and why. */
export function SheetsPart() {
  const t = useText('team')
  const list = useList()
  const { task, template, state, superseded, uncounted, outcome } = useTeam()
  const [, setParams] = useSearchParams()
  const nameOf = useNames()
  const scorers = task.team.filter((member) => assignedItems(member, template).length > 0)
  const [isImporting, setImporting] = useState(false)
  return (
    <section className="stack" aria-label={t('part_sheets')}>
      {state === 'closed' ? null : (
        <div className="row">
          <Button
            type={outcome.missingMembers.length > 0 ? 'primary' : 'default'}
            icon={<ImportOutlined />}
            onClick={() => setImporting(true)}
          >
            {t('import')}
          </Button>
          <span className="quiet">{t('importHint')}</span>
        </div>
      )}
      {isImporting ? <ImportSheets onDone={() => setImporting(false)} /> : null}
      <ul className="arrivals">
        {scorers.map((member) => (
          <Arrival key={member.personId} member={member} />
        ))}
      </ul>
      {state === 'closed' || outcome.missingMembers.length > 0 ? null : (
        <p className="row" role="status">
          <Mark shape="full" tone="good" /> {t('allHere')}
          <Button type="primary" onClick={() => setParams({ part: 'matrix' })}>
            {t('toMatrix')}
          </Button>
        </p>
      )}
      <Uncounted task={task} uncounted={uncounted} />
      {superseded.length === 0 ? null : (
        <p className="quiet">
          {t('superseded', {
            list: list(superseded.map((s) => `${nameOf(s.personId)} ${t('revision', { n: s.revision })}`)),
          })}
        </p>
      )}
    </section>
  )
}

function Arrival({ member }: { member: Member }) {
  const t = useText('team')
  const { dateTime } = useFormat()
  const { task, sheets, inputs, state, outcome } = useTeam()
  const [isAsking, setAsking] = useState(false)
  const exclude = useTeamAction('team.exclude')
  const sheet = sheets.find((s) => s.personId === member.personId)
  const exclusion = inputs.excluded.find((e) => e.personId === member.personId)
  const counts = outcome.counted.includes(member.personId)
  const set = (reason: string) => exclude.run({ taskId: task.taskId, personId: member.personId, reason })
  return (
    <li className="card arrival">
      <div className="row">
        <Mark
          shape={exclusion ? 'dash' : counts ? 'full' : 'wait'}
          tone={exclusion ? 'quiet' : counts ? 'good' : 'middling'}
        />
        <strong>{member.name}</strong>
        <span className="quiet">
          {t(`role_${member.role}`)} · {t(`kind_${member.kind}`)} · {member.unit}
        </span>
        <span className={exclusion ? 'chip' : counts ? 'chip chip-good' : 'chip chip-middling'}>
          {exclusion ? t('excluded') : counts ? t('arrived') : t('missing')}
        </span>
      </div>
      {sheet === undefined ? null : (
        <p className="quiet">
          <Coded
            text={t('sheetFacts', {
              n: sheet.revision,
              at: dateTime(sheet.importedAt),
              code: checkCodeOf(sheet.digest),
            })}
          />{' '}
          {sheet.isMine ? t('mine') : ''}
        </p>
      )}
      {exclusion === undefined ? null : <p>{t('excludedBecause', { reason: exclusion.reason })}</p>}
      {state === 'closed' ? null : exclusion === undefined ? (
        <Button className="arrival-action" onClick={() => setAsking(true)}>
          {t('exclude')}
        </Button>
      ) : (
        <Button className="arrival-action" loading={exclude.isBusy} onClick={() => void set('')}>
          {t('include')}
        </Button>
      )}
      {isAsking ? null : <FailureNote failure={exclude.failure} />}
      {isAsking ? (
        <ExcludeDialog name={member.name} action={exclude} onExclude={set} onClose={() => setAsking(false)} />
      ) : null}
    </li>
  )
}

type ExcludeDialogProps = {
  name: string
  action: ReturnType<typeof useTeamAction<'team.exclude'>>
  onExclude: (reason: string) => Promise<{ ok: boolean }>
  onClose: () => void
}

function ExcludeDialog({ name, action, onExclude, onClose }: ExcludeDialogProps) {
  const t = useText('team')
  const { control, handleSubmit } = useForm({ defaultValues: { reason: '' } })
  const reason = useWatch({ control, name: 'reason' })
  const submit = handleSubmit(async (given) => {
    const done = await onExclude(cleanText(given.reason).trim())
    if (done.ok) onClose()
  })
  return (
    <ConfirmDialog
      isOpen
      title={t('excludeTitle', { name })}
      confirmText={t('exclude')}
      isBusy={action.isBusy}
      isReady={reason.trim() !== ''}
      failure={action.failure}
      onConfirm={() => void submit()}
      onClose={onClose}
    >
      <p>{t('excludeHint')}</p>
      <TextField control={control} name="reason" label={t('reason')} rows={2} isRequired />
    </ConfirmDialog>
  )
}
