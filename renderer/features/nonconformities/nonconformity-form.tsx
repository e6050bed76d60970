import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useController, useForm, type Control } from 'react-hook-form'
import { Link } from 'react-router'
import type { SheetView } from '../../../shared/contract/views.ts'
import { NONCONFORMITY_KINDS, type Nonconformity } from '../../../shared/domain/sheet.ts'
import { assignedItems } from '../../../shared/domain/task.ts'
import { cleanLine, cleanText } from '../../../shared/domain/text.ts'
import { call } from '../../bridge.ts'
import { useAction } from '../../queries.ts'
import { taskPath } from '../../route.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Mark } from '../../ui/mark.tsx'
import { PhotoThumb } from '../../ui/photo-thumb.tsx'
import { SavedState } from '../../ui/saved-state.tsx'
import { useSaving } from '../../ui/saver.ts'
import { useSay, useText } from '../../ui/text.ts'
import { KIND_MARKS } from './kind-marks.ts'

type FormProps = {
  view: SheetView
  nonconformity: Nonconformity
  isReadOnly: boolean
  onSaved: (changed: Nonconformity) => void
  onRemoved: (id: string) => void
}
type Values = Omit<Nonconformity, 'item'> & { item: string }

const NO_ITEM = '-'

/** One nonconformity: what was required, what was found where and when, how serious, who of the enterprise confirmed it. */
export function NonconformityForm({ view, nonconformity, isReadOnly, onSaved, onRemoved }: FormProps) {
  const t = useText('nonconformity')
  const say = useSay()
  const { taskId } = view.task
  const { control, subscribe } = useForm<Values>({
    defaultValues: { ...nonconformity, item: nonconformity.item ?? NO_ITEM },
  })
  const { change, state, flush } = useSaving(nonconformity, async (value) => {
    const clean = cleaned(value)
    const saved = await call('sheet.saveNonconformity', { taskId, nonconformity: clean })
    onSaved(clean)
    return saved
  })
  useEffect(() => {
    const callback = ({ values }: { values: Values }) =>
      change({ ...values, item: values.item === NO_ITEM ? null : values.item })
    return subscribe({ formState: { values: true }, callback })
  }, [subscribe, change])
  const items = view.me === null ? [] : assignedItems(view.me, view.template)
  const options = [
    { value: NO_ITEM, label: t('noItem') },
    ...items.map((i) => ({ value: i.id, label: `${i.code} ${say(i.title)}` })),
  ]
  const shared = { control, isDisabled: isReadOnly }
  return (
    <form
      className="card stack nc-form"
      aria-label={t('form')}
      onSubmit={(event) => (event.preventDefault(), void flush())}
    >
      <div className="nc-form-head">
        <Kinds control={control} isReadOnly={isReadOnly} />
        <SavedState state={state} onRetry={() => void flush()} />
      </div>
      <SelectField {...shared} name="item" label={t('item')} options={options} />
      {nonconformity.item === null ? null : (
        <Link to={`${taskPath(taskId, 'checklist')}?item=${nonconformity.item}`}>{t('backToItem')}</Link>
      )}
      <TextField {...shared} name="requirement" label={t('requirement')} hint={t('requirementHint')} rows={2} />
      <TextField {...shared} name="evidence" label={t('evidence')} hint={t('evidenceHint')} rows={3} />
      <div className="field-grid">
        <TextField {...shared} name="where" label={t('where')} />
        <TextField {...shared} name="when" label={t('when')} />
        <TextField {...shared} name="sample" label={t('sample')} />
        <TextField {...shared} name="confirmedBy" label={t('confirmedBy')} hint={t('confirmedByHint')} />
      </div>
      <Photos control={control} view={view} isReadOnly={isReadOnly} />
      {isReadOnly ? null : <Remove taskId={taskId} id={nonconformity.id} onRemoved={onRemoved} />}
    </form>
  )
}

function Kinds({ control, isReadOnly }: { control: Control<Values>; isReadOnly: boolean }) {
  const t = useText('nonconformity')
  const { field } = useController({ control, name: 'kind' })
  return (
    <div role="group" aria-label={t('kind')} className="row">
      {NONCONFORMITY_KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          className="plain-choice"
          aria-pressed={field.value === kind}
          disabled={isReadOnly}
          onClick={() => field.onChange(kind)}
        >
          <Mark {...KIND_MARKS[kind]} /> {t(kind)}
        </button>
      ))}
    </div>
  )
}

/** The sheet's photos to choose from, those of the linked item first. */
function Photos({ control, view, isReadOnly }: { control: Control<Values>; view: SheetView; isReadOnly: boolean }) {
  const t = useText('nonconformity')
  const { field } = useController({ control, name: 'media' })
  const { field: item } = useController({ control, name: 'item' })
  const chosen = new Set(field.value)
  const isNear = (m: SheetView['media'][number]) => m.items.includes(item.value) || chosen.has(m.sha256)
  const media = view.media
    .filter((m) => m.discardedAt === null)
    .toSorted((a, b) => Number(isNear(b)) - Number(isNear(a)))
  const toggle = (sha256: string) =>
    field.onChange(chosen.has(sha256) ? field.value.filter((m) => m !== sha256) : [...field.value, sha256])
  return (
    <section aria-label={t('photos')}>
      <h3>{t('photos')}</h3>
      {media.length === 0 ? <p className="quiet">{t('noPhotos')}</p> : null}
      <ul className="thumbs">
        {media.map((medium) => (
          <li key={medium.sha256}>
            <PhotoThumb
              medium={medium}
              taskId={view.task.taskId}
              label={t('usePhoto', { name: medium.caption === '' ? medium.name : medium.caption })}
              isPressed={chosen.has(medium.sha256)}
              isDisabled={isReadOnly}
              onClick={() => toggle(medium.sha256)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Remove({ taskId, id, onRemoved }: { taskId: string; id: string; onRemoved: (id: string) => void }) {
  const t = useText('nonconformity')
  const remove = useAction('sheet.removeNonconformity')
  const [isAsking, setAsking] = useState(false)
  const run = async () => {
    const done = await remove.run({ taskId, id })
    if (done.ok) onRemoved(id)
  }
  return (
    <>
      <Button danger className="nc-remove" onClick={() => setAsking(true)}>
        {t('remove')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        isDanger
        title={t('removeTitle')}
        confirmText={t('remove')}
        isBusy={remove.isBusy}
        failure={remove.failure}
        onConfirm={() => void run()}
        onClose={() => setAsking(false)}
      >
        <p>{t('removeWarning')}</p>
      </ConfirmDialog>
    </>
  )
}

function cleaned(n: Nonconformity): Nonconformity {
  return {
    ...n,
    requirement: cleanText(n.requirement),
    evidence: cleanText(n.evidence),
    where: cleanLine(n.where),
    when: cleanLine(n.when),
    sample: cleanLine(n.sample),
    confirmedBy: cleanLine(n.confirmedBy),
  }
}
