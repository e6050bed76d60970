import { Button } from 'antd'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { SheetView } from '../../../shared/contract/views.ts'
import { cleanText } from '../../../shared/domain/text.ts'
import { checkCodeOf } from '../../../shared/report/model.ts'
import { useAction } from '../../queries.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DeliveryState } from '../../ui/delivery-state.tsx'
import { TextField } from '../../ui/fields.tsx'
import { PackageWays } from '../../ui/package-ways.tsx'
import { useText } from '../../ui/text.ts'

/** Every sealed revision, newest first, with where it has got to. */
export function SealedSheets({ view }: { view: SheetView }) {
  const t = useText('seal')
  const sealed = view.sealed.toSorted((a, b) => b.revision - a.revision)
  return (
    <section className="card stack">
      <h2>{t('sealedSheets')}</h2>
      {sealed.map((sheet, index) => (
        <article key={sheet.digest} className="sealed-sheet stack-tight">
          <div className="row">
            <strong>{t('revision', { n: sheet.revision })}</strong>
            <span className={index === 0 ? 'chip chip-good' : 'chip'}>
              {index === 0 ? t('latest') : t('superseded')}
            </span>
            <span className="mono quiet">{t('checkCode', { code: checkCodeOf(sheet.digest) })}</span>
          </div>
          {sheet.reason === '' ? null : <p>{t('reason', { reason: sheet.reason })}</p>}
          <DeliveryState delivery={sheet} />
          {index === 0 ? (
            <PackageWays
              digest={sheet.digest}
              projectId={view.task.projectId}
              refresh={['sheet.open']}
              isPrimary={sheet.verifiedAt === null}
            />
          ) : null}
        </article>
      ))}
      {view.sheetState === 'sealed' ? <Revise view={view} /> : null}
    </section>
  )
}

function Revise({ view }: { view: SheetView }) {
  const t = useText('seal')
  const [isAsking, setAsking] = useState(false)
  const revise = useAction('sheet.revise', { refresh: ['sheet.open', 'task.list'] })
  const { control, handleSubmit } = useForm({ defaultValues: { reason: '' } })
  const reason = useWatch({ control, name: 'reason' })
  const start = handleSubmit(async (given) => {
    const done = await revise.run({ taskId: view.task.taskId, reason: cleanText(given.reason).trim() })
    if (done.ok) setAsking(false)
  })
  const n = view.revision + 1
  return (
    <>
      <Button className="revise" onClick={() => setAsking(true)}>
        {t('revise')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('reviseTitle', { n })}
        confirmText={t('reviseConfirm')}
        isBusy={revise.isBusy}
        isReady={reason.trim() !== ''}
        failure={revise.failure}
        onConfirm={() => void start()}
        onClose={() => setAsking(false)}
      >
        <p>{t('reviseHint')}</p>
        <TextField control={control} name="reason" label={t('reviseReason')} rows={2} isRequired />
      </ConfirmDialog>
    </>
  )
}
