import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Select } from 'antd'
import { useEffect } from 'react'
import { FAILURE_CODES } from '../../../shared/contract/errors.ts'
import type { BackupStatus } from '../../../shared/contract/views.ts'
import { listen } from '../../bridge.ts'
import { useAction, useCall } from '../../queries.ts'
import { Busy, useJob } from '../../ui/busy.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Field } from '../../ui/fields.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useFailureText, useFormat, useText } from '../../ui/text.ts'

const MINUTES = [5, 10, 15, 30, 60, 120]

/** Where encrypted draft copies go, how often, and how the last one went. */
export function BackupCard() {
  const t = useText('settings')
  const client = useQueryClient()
  const status = useCall('backup.status', {})
  useEffect(
    () =>
      listen((event) => {
        if (event.type === 'backup') client.setQueryData(['backup.status', {}], event.status)
      }),
    [client],
  )
  return (
    <section className="card stack-tight">
      <h2>{t('backup')}</h2>
      <p className="soft">{t('backupText')}</p>
      <Loaded asked={status}>{(now) => <Copies status={now} />}</Loaded>
    </section>
  )
}

function Copies({ status }: { status: BackupStatus }) {
  const t = useText('settings')
  const { dateTime } = useFormat()
  const failureText = useFailureText()
  const choose = useAction('backup.chooseFolder', { refresh: ['backup.status'] })
  const interval = useAction('backup.setInterval', { refresh: ['backup.status'] })
  const copy = useAction('backup.now', { refresh: ['backup.status'] })
  const { job, track } = useJob()
  const code = FAILURE_CODES.find((one) => one === status.lastFailure)
  const why = code ? failureText({ code }) : status.lastFailure
  return (
    <>
      <dl className="facts">
        <dt>{t('folder')}</dt>
        <dd>{status.folder ?? t('noFolder')}</dd>
        <dt>{t('last')}</dt>
        <dd>
          {status.lastAt === null ? (
            t('never')
          ) : (
            <>
              <Mark shape="full" tone="good" /> {dateTime(status.lastAt)}
              <span className="quiet"> {t('mediaCount', { n: status.media })}</span>
            </>
          )}
        </dd>
      </dl>
      {why ? <Alert type="warning" showIcon title={t('lastFailed', { why })} /> : null}
      <Field label={t('interval')}>
        {(control) => (
          <Select
            {...control}
            className="interval"
            value={status.everyMinutes}
            disabled={status.folder === null}
            options={[...new Set([...MINUTES, status.everyMinutes])]
              .toSorted((a, b) => a - b)
              .map((n) => ({ value: n, label: t('everyMinutes', { n }) }))}
            onChange={(everyMinutes) => void interval.run({ everyMinutes })}
          />
        )}
      </Field>
      <div className="row">
        <Button
          type={status.folder === null ? 'primary' : 'default'}
          loading={choose.isBusy}
          onClick={() => void choose.run({})}
        >
          {t('chooseFolder')}
        </Button>
        <Button
          disabled={status.folder === null || job !== null}
          onClick={() => void track((id) => copy.run({ job: id }))}
        >
          {t('backupNow')}
        </Button>
      </div>
      <Busy job={job} label={t('backingUp')} />
      <FailureNote failure={choose.failure ?? interval.failure ?? copy.failure} />
    </>
  )
}
