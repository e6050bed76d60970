import { Checkbox } from 'antd'
import { changeType } from '../../../../../shared/checklist/edits.ts'
import { ITEM_TYPES, METHODS, type Item, type ItemType } from '../../../../../shared/domain/template.ts'
import { Choices } from '../../../../ui/choices.tsx'
import { Fold } from '../../../../ui/fold.tsx'
import { useSay, useText } from '../../../../ui/text.ts'
import { CheckEntry, NumberEntry, PairEntry, PointsEntry, SaidAt, SelectEntry, TextEntry } from '../entries.tsx'
import { EMPTY } from '../blank.ts'
import { at, filled, fullLens, itemLens, placeOf, type Lens } from '../lens.ts'
import { useEditor, usePut, useStore, useValue } from '../use-editor.ts'
import { DemandFields } from './demand-fields.tsx'
import { ItemPreview } from './item-preview.tsx'
import { SpecFields } from './spec-fields.tsx'

const VIEWS = ['fields', 'preview'] as const

/** Everything about one item, and how the expert will see it. */
export function ItemPanel({ id }: { id: string }) {
  const t = useText('templateEditor')
  const store = useStore()
  const view = useEditor((state) => state.view)
  const exists = useEditor((state) => placeOf(state.content, id) !== undefined)
  if (!exists) return null
  return (
    <>
      <div className="panel-head">
        <PanelTitle id={id} />
        <Choices
          label={t('view')}
          options={VIEWS}
          chosen={view}
          textOf={(one) => t(`view_${one}`)}
          isDisabled={false}
          onChoose={(next) => store.show({ view: next })}
        />
      </div>
      {view === 'fields' ? <ItemFields id={id} /> : <ItemPreview id={id} />}
    </>
  )
}

function PanelTitle({ id }: { id: string }) {
  const t = useText('templateEditor')
  const say = useSay()
  const section = useEditor((state) => state.content.sections[placeOf(state.content, id)?.section ?? -1])
  const code = useValue(at(itemLens(id), 'code'))
  return (
    <h2>
      <span className="quiet">{section ? `${section.code} ${say(section.title)}` : ''} › </span>
      {t('itemTitle', { code: code ?? '' })}
    </h2>
  )
}

function ItemFields({ id }: { id: string }) {
  const t = useText('templateEditor')
  const types = useText('templates')
  const store = useStore()
  const item: Lens<Item> = itemLens(id)
  const type = useValue(at(item, 'type'))
  if (type === undefined) return null
  const isWords = type === 'veto' || type === 'gate'
  const change = (next: ItemType) => store.edit((content) => changeType(content, id, next))
  return (
    <div className="panel-form">
      <SaidAt path={item.path} />
      <div className="ed-grid">
        <TextEntry lens={at(item, 'code')} label={t('itemCode')} isRequired />
        <SelectEntry
          lens={at(item, 'type')}
          label={t('itemType')}
          hint={t(`typeHint_${type}`)}
          options={ITEM_TYPES.map((one) => ({ value: one, label: types(`type_${one}`) }))}
          onPick={change}
        />
        {isWords ? null : <PointsEntry lens={fullLens(id)} label={t('fullMarks')} min={1} isRequired />}
      </div>
      <PairEntry lens={at(item, 'title')} label={t('itemName')} rows={1} isRequired />
      <SpecFields key={type} id={id} type={type} />
      <fieldset className="ed-lines">
        <legend>{t('flags')}</legend>
        <div className="checks">
          <CheckEntry lens={at(item, 'starred')} label={t('starred')} hint={t('starredHint')} />
          <CheckEntry lens={at(item, 'allowNA')} label={t('allowNA')} hint={t('allowNAHint')} />
          {isWords || type === 'deduction' ? null : (
            <CheckEntry lens={at(item, 'bonus')} label={t('bonus')} hint={t('bonusHint')} />
          )}
        </div>
        {isWords ? null : <RepeatFields lens={at(item, 'repeat')} />}
      </fieldset>
      <Fold title={t('whatToLookAt')} startsOpen>
        <div className="panel-form">
          <TextEntry lens={at(item, 'basis')} label={t('basis')} hint={t('basisHint')} />
          <PairEntry lens={at(item, 'evidence')} label={t('evidence')} rows={2} />
          <PairEntry lens={at(item, 'guidance')} label={t('guidance')} rows={3} />
          <MethodChecks lens={at(item, 'methods')} />
        </div>
      </Fold>
      <Fold title={t('demands')} startsOpen>
        <DemandFields lens={at(item, 'demand')} isScored={!isWords} />
      </Fold>
    </div>
  )
}

function RepeatFields({ lens }: { lens: Lens<Item['repeat']> }) {
  const t = useText('templateEditor')
  const put = usePut(lens)
  const isOn = useEditor((state) => (lens.get(state.content) ?? null) !== null)
  const repeat = filled(lens)
  return (
    <div data-path={lens.path}>
      <Checkbox checked={isOn} onChange={(event) => put(event.target.checked ? { what: EMPTY, min: 3, max: 5 } : null)}>
        {t('repeat')}
      </Checkbox>
      <div className="field-hint">{t('repeatHint')}</div>
      {isOn ? (
        <div className="indented">
          <SaidAt path={lens.path} />
          <PairEntry lens={at(repeat, 'what')} label={t('repeatWhat')} isRequired />
          <div className="ed-grid">
            <NumberEntry lens={at(repeat, 'min')} label={t('repeatMin')} min={1} max={1000} />
            <NumberEntry lens={at(repeat, 'max')} label={t('repeatMax')} min={1} max={1000} />
          </div>
        </div>
      ) : null}
    </div>
  )
}

function MethodChecks({ lens }: { lens: Lens<Item['methods']> }) {
  const t = useText('templateEditor')
  const chosen = useValue(lens) ?? []
  const put = usePut(lens)
  return (
    <fieldset className="ed-lines" data-path={lens.path}>
      <legend>{t('methods')}</legend>
      <div className="row">
        {METHODS.map((method) => (
          <Checkbox
            key={method}
            checked={chosen.includes(method)}
            onChange={(event) =>
              put(METHODS.filter((one) => (one === method ? event.target.checked : chosen.includes(one))))
            }
          >
            {t(`method_${method}`)}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}
