import { InputNumber } from 'antd'
import { useState } from 'react'
import { scaleTotal } from '../../../../shared/checklist/bulk.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Field } from '../../../ui/fields.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { itemOf } from './lens.ts'
import { writeNumber } from './numbers.ts'
import { useEditor, useStore } from './use-editor.ts'

/** The total most checklists are made to. */
const USUAL_TOTAL = 1000
const SHOWN = 100

/** Scales all points so that they sum to a total; shows every change before it is made. */
export function ScaleDialog({ onClose }: { onClose: () => void }) {
  const t = useText('templateEditor')
  const say = useSay()
  const store = useStore()
  const content = useEditor((state) => state.content)
  const [total, setTotal] = useState<number | null>(USUAL_TOTAL)
  const scaling = total === null ? null : scaleTotal(content, Math.round(total * 100))
  const changed = scaling?.changed ?? []
  const points = (cp: number) => t('points', { n: writeNumber(cp, 100) })
  return (
    <ConfirmDialog
      isOpen
      size="wide"
      title={t('scaleTitle')}
      confirmText={t('scaleNow')}
      isReady={changed.length > 0}
      onConfirm={() => {
        if (scaling !== null) store.edit(() => scaling.content)
        void store.check()
        onClose()
      }}
      onClose={onClose}
    >
      <p>{t('scaleText', { now: writeNumber(content.totalFull_cp, 100) })}</p>
      <Field label={t('scaleTotal')}>
        {(control) => (
          <InputNumber
            {...control}
            value={total}
            min={1}
            max={1_000_000}
            precision={2}
            onChange={(next) => setTotal(typeof next === 'number' ? next : null)}
          />
        )}
      </Field>
      <p role="status">
        {scaling === null
          ? t('scaleNot')
          : changed.length === 0
            ? t('scaleSame')
            : t('scaleChanges', { n: changed.length, unit: writeNumber(scaling.unit_cp, 100) })}
      </p>
      {changed.length === 0 ? null : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling list must be reachable by keyboard
        <div className="table-wrap scale-list" tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('itemName')}</th>
                <th scope="col">{t('scaleFrom')}</th>
                <th scope="col">{t('scaleTo')}</th>
              </tr>
            </thead>
            <tbody>
              {changed.slice(0, SHOWN).map(({ id, from_cp, to_cp }) => {
                const item = itemOf(content, id)
                return (
                  <tr key={id}>
                    <td>
                      {item?.code} {item ? say(item.title) : ''}
                    </td>
                    <td>{points(from_cp)}</td>
                    <td>
                      <strong>{points(to_cp)}</strong>
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
          {changed.length > SHOWN ? <p className="quiet">{t('scaleMore', { n: changed.length - SHOWN })}</p> : null}
        </div>
      )}
    </ConfirmDialog>
  )
}
