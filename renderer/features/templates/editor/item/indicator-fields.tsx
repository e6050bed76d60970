import { newRow } from '../../../../../shared/checklist/item-kinds.ts'
import type { ItemOf, Row } from '../../../../../shared/domain/template.ts'
import { useText } from '../../../../ui/text.ts'
import { idFor } from '../blank.ts'
import { DecimalEntry, NumberEntry, PairEntry, SaidAt, SelectEntry, TextEntry } from '../entries.tsx'
import { at, nth, typedLens, type Lens } from '../lens.ts'
import { Lines } from '../lines.tsx'
import { useStore, useValue } from '../use-editor.ts'

const KINDS = ['basic', 'core', 'innovative'] as const
const DIRECTIONS = ['higher', 'lower', 'within'] as const

/** Where the indicators come from, and those of the checklist itself with their thresholds. */
export function IndicatorFields({ id }: { id: string }) {
  const t = useText('templateEditor')
  const store = useStore()
  const spec = at(typedLens(id, 'indicator'), 'spec')
  const rows = at(spec, 'rows')
  const from = useValue(at(spec, 'rowsFrom'))
  const setFrom = (rowsFrom: ItemOf<'indicator'>['spec']['rowsFrom']) =>
    store.edit((content) => {
      const before = spec.get(content)
      return before ? spec.set(content, { rowsFrom, rows: rowsFrom === 'task' ? [] : before.rows }) : content
    })
  return (
    <>
      <SelectEntry
        lens={at(spec, 'rowsFrom')}
        label={t('rowsFrom')}
        options={(['template', 'task'] as const).map((one) => ({ value: one, label: t(`rowsFrom_${one}`) }))}
        onPick={setFrom}
      />
      <SaidAt path={rows.path} />
      {from === 'task' ? (
        <p className="soft">{t('rowsFromTaskText')}</p>
      ) : (
        <Lines<Row>
          lens={rows}
          title={t('indicatorRows')}
          entry={t('indicatorRow')}
          addText={t('addRow')}
          empty={t('noRows')}
          blank={(all) => newRow(idFor('r', all))}
        >
          {(row, index) => <RowFields lens={nth(rows, index, row.id)} direction={row.direction} />}
        </Lines>
      )}
    </>
  )
}

function RowFields({ lens, direction }: { lens: Lens<Row>; direction: Row['direction'] }) {
  const t = useText('templateEditor')
  const thresholds =
    direction === 'within'
      ? (['low', 'high', 'promised'] as const)
      : (['base', 'average', 'advanced', 'promised'] as const)
  return (
    <>
      <SaidAt path={lens.path} />
      <PairEntry lens={at(lens, 'name')} label={t('rowName')} isRequired />
      <div className="ed-grid">
        <TextEntry lens={at(lens, 'unit')} label={t('rowUnit')} />
        <SelectEntry
          lens={at(lens, 'kind')}
          label={t('rowKind')}
          options={KINDS.map((one) => ({ value: one, label: t(`rowKind_${one}`) }))}
        />
        <SelectEntry
          lens={at(lens, 'direction')}
          label={t('rowDirection')}
          options={DIRECTIONS.map((one) => ({ value: one, label: t(`direction_${one}`) }))}
        />
        <NumberEntry lens={at(lens, 'weight')} label={t('rowWeight')} min={1} max={10_000} />
        {thresholds.map((one) => (
          <DecimalEntry key={one} lens={at(lens, one)} label={t(`row_${one}`)} />
        ))}
        <TextEntry lens={at(lens, 'source')} label={t('rowSource')} />
      </div>
    </>
  )
}
