import { useQueryClient } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { useEffect } from 'react'
import { FAILURE_CODES } from '../../../shared/contract/errors.ts'
import type { QueueEntry } from '../../../shared/contract/views.ts'
import { listen } from '../../bridge.ts'
import { useAction, useCall } from '../../queries.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { Mark, type MarkShape, type MarkTone } from '../../ui/mark.tsx'
import { useFailureText, useFormat, useText } from '../../ui/text.ts'

const LOOKS: Record<QueueEntry['state'], { shape: MarkShape; tone: MarkTone }> = {
  queued: { shape: 'wait', tone: 'plain' },
  sending: { shape: 'half', tone: 'plain' },
  sentUnconfirmed: { shape: 'half', tone: 'middling' },
  received: { shape: 'full', tone: 'good' },
  refused: { shape: 'stop', tone: 'serious' },
  stopped: { shape: 'dash', tone: 'quiet' },
}

/** What is being sent to the centre, as it changes. */
export function Queue() {
  const t = useText('exchange')
  const client = useQueryClient()
  const queue = useCall('package.queue', {})
  useEffect(
    () =>
      listen((event) => {
        if (event.type !== 'queue') return
        client.setQueryData(['package.queue', {}], event.entries)
        if (event.entries.some((entry) => entry.state === 'received')) {
          void client.invalidateQueries({ queryKey: ['package.list'] })
          void client.invalidateQueries({ queryKey: ['task.list'] })
        }
      }),
    [client],
  )
  return (
    <section className="card stack-tight">
      <h2>{t('queue')}</h2>
      <p className="soft">{t('queueText')}</p>
      <Loaded asked={queue}>
        {(entries) =>
          entries.length === 0 ? (
            <p className="quiet">{t('queueEmpty')}</p>
          ) : (
            <ul className="stack-tight">
              {entries.map((entry) => (
                <QueueLine key={entry.digest} entry={entry} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

function QueueLine({ entry }: { entry: QueueEntry }) {
  const t = useText('exchange')
  const failureText = useFailureText()
  const { dateTime, clock, size } = useFormat()
  const stop = useAction('package.stopSending', { refresh: ['package.queue'] })
  const send = useAction('package.send', { refresh: ['package.queue'] })
  const { digest, state } = entry
  const code = FAILURE_CODES.find((one) => one === entry.failure)
  const isActive = state === 'queued' || state === 'sending' || state === 'sentUnconfirmed'
  return (
    <li className="queue-line">
      <Mark {...LOOKS[state]} />
      <div>
        <strong>
          {t(`kind_${entry.kind}`)} · {entry.label}
        </strong>
        <p className="soft">
          {t(`state_${state}`)}
          {entry.receivedAt ? ` · ${t('receivedOn', { time: dateTime(entry.receivedAt) })}` : ''}
          {entry.nextTryAt ? ` · ${t('nextTry', { time: clock(entry.nextTryAt) })}` : ''}
        </p>
        {entry.failure === null ? null : (
          <p className="field-error">
            {code ? failureText({ code }) : failureText({ code: 'serverRefused', detail: entry.failure })}
          </p>
        )}
        {state === 'sending' ? (
          <Progress
            percent={entry.size === 0 ? 0 : Math.floor((entry.offset / entry.size) * 100)}
            aria-label={t('progress', { done: size(entry.offset), all: size(entry.size) })}
          />
        ) : null}
        <FailureNote failure={stop.failure ?? send.failure} />
      </div>
      {isActive ? (
        <Button size="small" loading={stop.isBusy} onClick={() => void stop.run({ digest })}>
          {t('stop')}
        </Button>
      ) : null}
      {state === 'stopped' || state === 'refused' ? (
        <Button size="small" loading={send.isBusy} onClick={() => void send.run({ digest })}>
          {t('again')}
        </Button>
      ) : null}
    </li>
  )
}
