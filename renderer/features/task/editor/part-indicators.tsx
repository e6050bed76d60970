import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useFormContext, useWatch } from 'react-hook-form'
import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import { newRow } from '../../../../shared/checklist/item-kinds.ts'
import { templateItems, type Item } from '../../../../shared/domain/template.ts'
import { NumberField } from '../../../ui/fields.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { useEditing, useProblemText } from './editor-context.ts'
import { Choice, Entry } from './entry.tsx'
import { newId } from './new-id.ts'

type DraftRow = TaskContent['indicators'][number]['rows'][number]

/** The thresholds by which the task's own indicators are judged, item by item. */
export function IndicatorsPart() {
  const t = useText('task')
  const { template } = useEditing()
  const items = templateItems(template).filter((item) => item.type === 'indicator' && item.spec.rowsFrom === 'task')
  if (items.length === 0) return <p className="soft">{t('noIndicators')}</p>
  return (
    <>
      <p className="soft">{t('indicatorsHint')}</p>
      {items.map((item) => (
        <ItemRows key={item.id} item={item} />
      ))}
    </>
  )
}

function ItemRows({ item }: { item: Item }) {
  const t = useText('task')
  const say = useSay()
  const { problems } = useEditing()
  const text = useProblemText()
  const { control, setValue, getValues } = useFormContext<TaskContent>()
  const indicators = useWatch({ control, name: 'indicators' })
  const at = indicators.findIndex((entry) => entry.item === item.id)
  const rows = indicators[at]?.rows ?? []
  const put = (next: DraftRow[]) => {
    const others = getValues('indicators').filter((entry) => entry.item !== item.id)
    setValue(
      'indicators',
      next.length === 0
        ? others
        : at < 0
          ? [...others, { item: item.id, rows: next }]
          : getValues('indicators').with(at, { item: item.id, rows: next }),
      {
        shouldDirty: true,
      },
    )
  }
  const current = () => getValues('indicators').find((entry) => entry.item === item.id)?.rows ?? []
  const wrong = problems.filter(
    (one) => one.path === `indicators.${item.id}` || one.path.startsWith(`indicators.${item.id}.`),
  )
  return (
    <fieldset className="lines">
      <legend>
        {item.code} {say(item.title)}
      </legend>
      {rows.length === 0 ? <p className="quiet">{t('noRows')}</p> : null}
      {wrong.map((one) => (
        <p key={one.path + one.code} className="field-error">
          {text(one)}
        </p>
      ))}
      {rows.map((row, index) => (
        <RowFields
          key={row.id}
          name={`indicators.${at}.rows.${index}`}
          onRemove={() => put(current().filter((one) => one.id !== row.id))}
        />
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() =>
          put([
            ...current(),
            newRow(
              newId(
                'r',
                current().map((one) => one.id),
              ),
            ),
          ])
        }
      >
        {t('addIndicator')}
      </Button>
    </fieldset>
  )
}

function RowFields({ name, onRemove }: { name: `indicators.${number}.rows.${number}`; onRemove: () => void }) {
  const t = useText('task')
  const { control } = useFormContext<TaskContent>()
  const direction = useWatch({ control, name: `${name}.direction` })
  const thresholds =
    direction === 'within'
      ? (['low', 'high', 'promised'] as const)
      : (['base', 'average', 'advanced', 'promised'] as const)
  const decimal = (typed: string) => typed.replaceAll(/\s/g, '').replace('。', '.')
  return (
    <div className="line">
      <div className="line-fields">
        <div className="field-half">
          <Entry name={`${name}.name.zh`} label={t('indicatorName')} isRequired />
        </div>
        <div className="field-half">
          <Entry name={`${name}.name.en`} label={t('indicatorNameEn')} />
        </div>
        <Entry name={`${name}.unit`} label={t('indicatorUnit')} />
        <Choice
          name={`${name}.kind`}
          label={t('indicatorKind')}
          options={(['basic', 'core', 'innovative'] as const).map((one) => ({ value: one, label: t(`ikind_${one}`) }))}
        />
        <Choice
          name={`${name}.direction`}
          label={t('direction')}
          options={(['higher', 'lower', 'within'] as const).map((one) => ({ value: one, label: t(`dir_${one}`) }))}
        />
        <NumberField control={control} name={`${name}.weight`} label={t('weight')} min={1} max={10_000} />
        {thresholds.map((one) => (
          <Entry key={one} name={`${name}.${one}`} label={t(one)} isNullable isMono rewrite={decimal} />
        ))}
        <div className="field-half">
          <Entry name={`${name}.source`} label={t('source')} />
        </div>
      </div>
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t('removeIndicator')}
        title={t('removeIndicator')}
        onClick={onRemove}
      />
    </div>
  )
}
