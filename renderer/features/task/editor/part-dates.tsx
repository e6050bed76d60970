import { useFormContext, useWatch } from 'react-hook-form'
import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import { Select } from 'antd'
import { Field } from '../../../ui/fields.tsx'
import { useText } from '../../../ui/text.ts'
import { useEditing, useProblemText } from './editor-context.ts'
import { Choice, Entry } from './entry.tsx'
import { Lines } from './lines.tsx'
import { Locked } from './locked.tsx'

/** The span looked back on, the days on site, and who does what when. */
export function DatesPart() {
  const t = useText('task')
  const { control, getValues } = useFormContext<TaskContent>()
  const team = useWatch({ control, name: 'team' })
  const people = team.map((member) => ({ value: member.personId, label: member.name || member.personId }))
  return (
    <>
      <div className="field-grid">
        <Entry name="dates.from" label={t('datesFrom')} type="date" isRequired />
        <Entry name="dates.to" label={t('datesTo')} type="date" isRequired />
      </div>
      <Locked>
        <div className="field-grid">
          <Entry name="period.from" label={t('periodFrom')} type="date" isRequired hint={t('periodHint')} />
          <Entry name="period.to" label={t('periodTo')} type="date" isRequired />
        </div>
      </Locked>
      <OrderProblems />
      <Lines
        name="schedule"
        title={t('schedule')}
        empty={t('noSchedule')}
        addText={t('addLine')}
        blank={() => {
          const last = getValues('schedule').at(-1)
          return {
            day: last?.day ?? getValues('dates.from'),
            from: last?.to ?? '08:30',
            to: '',
            what: '',
            who: last?.who ?? [],
            site: last?.site ?? null,
          }
        }}
      >
        {(index) => (
          <div className="schedule-line">
            <Entry name={`schedule.${index}.day`} label={t('day')} type="date" />
            <Entry name={`schedule.${index}.from`} label={t('from')} type="time" />
            <Entry name={`schedule.${index}.to`} label={t('to')} type="time" />
            <SiteChoice index={index} />
            <div className="schedule-wide">
              <Entry name={`schedule.${index}.what`} label={t('what')} />
            </div>
            <div className="schedule-wide">
              <Choice name={`schedule.${index}.who`} label={t('who')} isMultiple options={people} />
            </div>
          </div>
        )}
      </Lines>
    </>
  )
}

function OrderProblems() {
  const { problems } = useEditing()
  const text = useProblemText()
  const t = useText('task')
  return problems
    .filter((problem) => problem.code === 'dateOrder')
    .map((problem) => (
      <p key={problem.path} className="field-error">
        {t(problem.path === 'dates' ? 'dates' : 'period')}: {text(problem)}
      </p>
    ))
}

/** The site of a schedule line; none chosen is stored as null. */
function SiteChoice({ index }: { index: number }) {
  const t = useText('task')
  const { control, setValue } = useFormContext<TaskContent>()
  const sites = useWatch({ control, name: 'scope.sites' })
  const site = useWatch({ control, name: `schedule.${index}.site` })
  return (
    <Field label={t('site')}>
      {(bound) => (
        <Select
          {...bound}
          value={site ?? ''}
          options={[
            { value: '', label: t('anySite') },
            ...sites.map((one) => ({ value: one.id, label: one.name || one.id })),
          ]}
          onChange={(value) => setValue(`schedule.${index}.site`, value === '' ? null : value, { shouldDirty: true })}
        />
      )}
    </Field>
  )
}
