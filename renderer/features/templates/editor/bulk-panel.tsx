import { CloseOutlined, CopyOutlined, DeleteOutlined, RightCircleOutlined } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { changeItems, multiplyPoints } from '../../../../shared/checklist/bulk.ts'
import { turnedInto, usualDemand, withFull } from '../../../../shared/checklist/item-kinds.ts'
import { isScored, ITEM_TYPES, METHODS, type Item, type Template } from '../../../../shared/domain/template.ts'
import { Mark } from '../../../ui/mark.tsx'
import { useText } from '../../../ui/text.ts'
import { BulkNumber, BulkText } from './bulk-entries.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { writeNumber } from './numbers.ts'
import { chosenItems } from './selection.ts'
import { useEditor, useStore } from './use-editor.ts'
import { useRowActions } from './use-row-actions.ts'

type Change = (item: Item, content: Template) => Item
type PartProps = { items: readonly Item[]; change: (how: Change) => void }

/** Several items at once: every change is one step for all of them, and one to undo. */
export function BulkPanel() {
  const t = useText('templateEditor')
  const store = useStore()
  const content = useEditor((state) => state.content)
  const picked = useEditor((state) => state.picked)
  const items = chosenItems({ content, picked, selection: { kind: 'part', part: 'basics' } })
  const scored = items.filter(isScored)
  const change = (how: Change) => store.edit((before) => changeItems(before, picked, (item) => how(item, before)))
  const full = scored.reduce((sum, item) => sum + item.full_cp, 0)
  return (
    <>
      <div className="panel-head">
        <h2>{t('bulkTitle', { n: items.length })}</h2>
        <BulkActions />
      </div>
      <p className="soft">{t('bulkText', { scored: scored.length, full: writeNumber(full, 100) })}</p>
      <div className="panel-form">
        <TypeAndPoints items={items} change={change} />
        <Ticks items={items} change={change} />
        <Demands items={items} change={change} />
        <BulkText onFill={(field, text) => change((item) => filledIn(item, field, text))} />
      </div>
    </>
  )
}

function BulkActions() {
  const t = useText('templateEditor')
  const store = useStore()
  const actions = useRowActions()
  const [isMoving, setMoving] = useState(false)
  return (
    <div className="row">
      <Button icon={<RightCircleOutlined />} onClick={() => setMoving(true)}>
        {t('moveTo')}
      </Button>
      <Button icon={<CopyOutlined />} onClick={actions.duplicate}>
        {t('duplicate')}
      </Button>
      <Button icon={<DeleteOutlined />} danger onClick={actions.remove}>
        {t('removeRow')}
      </Button>
      <Button icon={<CloseOutlined />} onClick={() => store.endPicking()}>
        {t('endPicking')}
      </Button>
      {isMoving ? <MoveDialog onClose={() => setMoving(false)} /> : null}
    </div>
  )
}

function TypeAndPoints({ items, change }: PartProps) {
  const t = useText('templateEditor')
  const types = useText('templates')
  const store = useStore()
  const picked = useEditor((state) => state.picked)
  const [first] = items
  const common = items.every((item) => item.type === first?.type) ? (first?.type ?? '') : ''
  return (
    <div className="bulk-grid">
      <label className="field">
        {t('itemType')}
        <select
          className="select-entry"
          value={common}
          onChange={({ target }) => {
            const type = ITEM_TYPES.find((one) => one === target.value)
            if (type) change((item, content) => turnedInto(item, type, content))
          }}
        >
          {common === '' ? <option value="">{t('bulkMixed')}</option> : null}
          {ITEM_TYPES.map((type) => (
            <option key={type} value={type}>
              {types(`type_${type}`)}
            </option>
          ))}
        </select>
      </label>
      <BulkNumber
        label={t('bulkSetPoints')}
        suffix={t('unitPoints')}
        scale={100}
        button={t('bulkSet')}
        onSet={(full_cp) => change((item) => withFull(item, full_cp))}
      />
      <BulkNumber
        label={t('bulkMultiply')}
        suffix="%"
        scale={1}
        button={t('bulkScale')}
        onSet={(percent) => store.edit((before) => multiplyPoints(before, picked, percent))}
      />
    </div>
  )
}

/** A tick that stands for all: full, none, or only some of them. */
function Tick({
  items,
  change,
  label,
  is,
  put,
}: PartProps & { label: string; is: (item: Item) => boolean; put: (item: Item, isOn: boolean) => Item }) {
  const on = items.filter(is).length
  return (
    <Checkbox
      checked={on === items.length}
      indeterminate={on > 0 && on < items.length}
      onChange={({ target }) => change((item) => put(item, target.checked))}
    >
      {label}
      {on > 0 && on < items.length ? <span className="quiet">{` ${on}/${items.length}`}</span> : null}
    </Checkbox>
  )
}

function Ticks(part: PartProps) {
  const t = useText('templateEditor')
  return (
    <>
      <fieldset className="ed-lines">
        <legend>{t('methods')}</legend>
        <div className="row">
          {METHODS.map((method) => (
            <Tick
              key={method}
              {...part}
              label={t(`method_${method}`)}
              is={(item) => item.methods.includes(method)}
              put={(item, isOn) => ({
                ...item,
                methods: METHODS.filter((one) => (one === method ? isOn : item.methods.includes(one))),
              })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="ed-lines">
        <legend>{t('flags')}</legend>
        <div className="row">
          <Tick
            {...part}
            label={t('starred')}
            is={(item) => item.starred}
            put={(item, starred) => ({ ...item, starred })}
          />
          <Tick
            {...part}
            label={t('allowNA')}
            is={(item) => item.allowNA}
            put={(item, allowNA) => ({ ...item, allowNA })}
          />
        </div>
      </fieldset>
    </>
  )
}

const DEMANDED = ['noteAtFull', 'evidenceAtFull', 'perExpert'] as const

function Demands(part: PartProps) {
  const t = useText('templateEditor')
  const { change } = part
  const demand = (some: Partial<Item['demand']>) => change((item) => ({ ...item, demand: { ...item.demand, ...some } }))
  return (
    <fieldset className="ed-lines">
      <legend>{t('demands')}</legend>
      <div className="row">
        {DEMANDED.map((one) => (
          <Tick
            key={one}
            {...part}
            label={t(one)}
            is={(item) => item.demand[one]}
            put={(item, isOn) => ({ ...item, demand: { ...item.demand, [one]: isOn } })}
          />
        ))}
      </div>
      <div className="bulk-grid">
        <BulkNumber
          label={t('minPhotos')}
          suffix={t('unitPhotos')}
          scale={1}
          min={0}
          max={1000}
          button={t('bulkSet')}
          onSet={(minPhotos) => demand({ minPhotos })}
        />
        <div className="field">
          <span className="field-name">{t('bulkUsual')}</span>
          <Button
            icon={<Mark shape="flag" tone="plain" />}
            onClick={() => change((item) => ({ ...item, demand: usualDemand(item.type) }))}
          >
            {t('bulkUsualNow')}
          </Button>
        </div>
      </div>
    </fieldset>
  )
}

/** The text where the item has none of its own yet. */
function filledIn(item: Item, field: 'basis' | 'evidence' | 'guidance', text: string): Item {
  if (field === 'basis') return item.basis === '' ? { ...item, basis: text } : item
  return item[field].zh === '' ? { ...item, [field]: { ...item[field], zh: text } } : item
}
