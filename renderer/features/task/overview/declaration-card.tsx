import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import type { SheetView } from '../../../../shared/contract/views.ts'
import { useAction } from '../../../queries.ts'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { Fold } from '../../../ui/fold.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { useFormat, useSay, useText } from '../../../ui/text.ts'

/** The declaration: to be accepted before anything is scored, later folded away. */
export function DeclarationCard({ view }: { view: SheetView }) {
  const t = useText('task')
  const say = useSay()
  const client = useQueryClient()
  const { dateTime } = useFormat()
  const { taskId } = view.task
  const accept = useAction('sheet.accept', { refresh: ['task.list'] })
  const [hasRead, setRead] = useState(false)
  const sign = async () => {
    const done = await accept.run({ taskId })
    if (done.ok) client.setQueryData(['sheet.open', { taskId }], done.value)
  }
  const points = (
    <ol className="steps">
      {view.template.declarations.map((point) => (
        <li key={point.zh}>{say(point)}</li>
      ))}
    </ol>
  )
  if (view.declaration) {
    return (
      <Fold
        title={t('declarationTitle')}
        extra={
          <span className="quiet">
            <Mark shape="full" tone="good" /> {t('acceptedAt', { time: dateTime(view.declaration.acceptedAt) })}
          </span>
        }
      >
        {points}
      </Fold>
    )
  }
  return (
    <section className="card declaration stack-tight">
      <h2>{t('declarationTitle')}</h2>
      <p className="soft">{t('declarationText')}</p>
      {points}
      <Checkbox checked={hasRead} onChange={(event) => setRead(event.target.checked)}>
        {t('declarationAgree')}
      </Checkbox>
      <FailureNote failure={accept.failure} />
      <div>
        <Button type="primary" size="large" disabled={!hasRead} loading={accept.isBusy} onClick={() => void sign()}>
          {t('accept')}
        </Button>
      </div>
    </section>
  )
}
