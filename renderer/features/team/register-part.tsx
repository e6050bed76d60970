import { Button } from 'antd'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type { MergedNonconformity } from '../../../shared/domain/result.ts'
import { NONCONFORMITY_KINDS, NONCONFORMITY_STATES } from '../../../shared/domain/sheet.ts'
import { templateItems } from '../../../shared/domain/template.ts'
import { cleanLine, cleanText } from '../../../shared/domain/text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Mark } from '../../ui/mark.tsx'
import { PhotoThumb } from '../../ui/photo-thumb.tsx'
import { useFormat, useList, useSay, useText } from '../../ui/text.ts'
import { useNames, useTeam, useTeamAction } from './use-team.tsx'

const SHAPES = { major: 'stop', minor: 'alert', observation: 'empty' } as const

/** The merged register: what goes into the report and has to be rectified. */
export function RegisterPart() {
  const t = useText('team')
  const { inputs, template } = useTeam()
  const { day } = useFormat()
  const [openId, setOpenId] = useState<string | null>(null)
  const codes = new Map(templateItems(template).map((item) => [item.id, item.code]))
  if (inputs.nonconformities.length === 0) {
    return (
      <EmptyState title={t('noRegister')}>
        <p>{t('noRegisterHint')}</p>
      </EmptyState>
    )
  }
  return (
    <ul className="stack-tight">
      {inputs.nonconformities.map((n, index) => (
        <li key={n.id} className="card">
          <div className="row">
            <Mark
              shape={SHAPES[n.kind]}
              tone={n.kind === 'major' ? 'serious' : n.kind === 'minor' ? 'middling' : 'quiet'}
            />
            <strong>
              {index + 1}. {t(`nc_${n.kind}`)}
            </strong>
            <span className="quiet">{n.item === null ? '' : (codes.get(n.item) ?? n.item)}</span>
            <span className="chip">{t(`ncState_${n.state}`)}</span>
            <span className="quiet">
              {n.deadline === null ? t('noDeadline') : t('until', { day: day(n.deadline) })} · {t(`verify_${n.verify}`)}
            </span>
            <Button aria-expanded={openId === n.id} onClick={() => setOpenId(openId === n.id ? null : n.id)}>
              {openId === n.id ? t('fold') : t('edit')}
            </Button>
          </div>
          {openId === n.id ? <RegisterForm nonconformity={n} /> : <p className="pre">{n.evidence}</p>}
        </li>
      ))}
    </ul>
  )
}

type Values = Omit<MergedNonconformity, 'item' | 'deadline'> & { item: string; deadline: string }
const NO_ITEM = '-'

function RegisterForm({ nonconformity }: { nonconformity: MergedNonconformity }) {
  const t = useText('team')
  const list = useList()
  const say = useSay()
  const { task, template, sheets, state } = useTeam()
  const nameOf = useNames()
  const save = useTeamAction('team.saveNonconformity')
  const { control, handleSubmit, formState, reset } = useForm<Values>({
    defaultValues: { ...nonconformity, item: nonconformity.item ?? NO_ITEM, deadline: nonconformity.deadline ?? '' },
  })
  const isDisabled = state === 'closed'
  const submit = handleSubmit(async (values) => {
    const done = await save.run({ taskId: task.taskId, nonconformity: cleaned(values) })
    if (done.ok) reset(values)
  })
  const raisedBy = nonconformity.sources.flatMap((source) =>
    sheets.filter((s) => s.digest === source.digest).map((s) => nameOf(s.personId)),
  )
  const media = sheets
    .flatMap((s) => s.sheet.media)
    .filter((m, n, all) => nonconformity.media.includes(m.sha256) && all.findIndex((x) => x.sha256 === m.sha256) === n)
  const shared = { control, isDisabled }
  const choices = <T extends string>(values: readonly T[], label: (value: T) => string) =>
    values.map((value) => ({ value, label: label(value) }))
  return (
    <form className="stack-tight" onSubmit={(event) => void submit(event)}>
      {raisedBy.length === 0 ? null : <p className="quiet">{t('raisedBy', { names: list(raisedBy) })}</p>}
      <div className="field-grid">
        <SelectField
          {...shared}
          name="kind"
          label={t('grade')}
          options={choices(NONCONFORMITY_KINDS, (kind) => t(`nc_${kind}`))}
        />
        <SelectField
          {...shared}
          name="state"
          label={t('state')}
          options={choices(NONCONFORMITY_STATES, (one) => t(`ncState_${one}`))}
        />
        <TextField {...shared} name="deadline" type="date" label={t('deadline')} />
        <SelectField
          {...shared}
          name="verify"
          label={t('verifyMode')}
          options={choices(['document', 'onsite'] as const, (mode) => t(`verify_${mode}`))}
        />
      </div>
      <SelectField
        {...shared}
        name="item"
        label={t('item')}
        options={[
          { value: NO_ITEM, label: t('noItem') },
          ...templateItems(template).map((i) => ({ value: i.id, label: `${i.code} ${say(i.title)}` })),
        ]}
      />
      <TextField {...shared} name="requirement" label={t('requirement')} rows={2} />
      <TextField {...shared} name="evidence" label={t('objectiveEvidence')} rows={3} />
      <div className="field-grid">
        <TextField {...shared} name="where" label={t('where')} />
        <TextField {...shared} name="when" label={t('when')} />
        <TextField {...shared} name="sample" label={t('sample')} />
        <TextField {...shared} name="confirmedBy" label={t('confirmedBy')} />
      </div>
      <ul className="thumbs">
        {media.map((medium) => (
          <li key={medium.sha256}>
            <PhotoThumb
              medium={medium}
              taskId={task.taskId}
              label={medium.caption || medium.name}
              onClick={() => undefined}
            />
          </li>
        ))}
      </ul>
      <FailureNote failure={save.failure} />
      {isDisabled ? null : (
        <Button
          type="primary"
          htmlType="submit"
          className="team-start"
          disabled={!formState.isDirty}
          loading={save.isBusy}
        >
          {formState.isDirty ? t('save') : t('allSaved')}
        </Button>
      )}
    </form>
  )
}

function cleaned(values: Values): MergedNonconformity {
  return {
    ...values,
    item: values.item === NO_ITEM ? null : values.item,
    deadline: values.deadline === '' ? null : values.deadline,
    requirement: cleanText(values.requirement),
    evidence: cleanText(values.evidence),
    where: cleanLine(values.where),
    when: cleanLine(values.when),
    sample: cleanLine(values.sample),
    confirmedBy: cleanLine(values.confirmedBy),
  }
}
