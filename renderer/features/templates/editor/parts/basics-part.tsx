import { CATEGORIES } from '../../../../../shared/domain/template.ts'
import { checkCodeOf } from '../../../../../shared/report/model.ts'
import { Coded } from '../../../../ui/coded.tsx'
import { useText } from '../../../../ui/text.ts'
import {
  CheckEntry,
  DayEntry,
  NumberEntry,
  PairEntry,
  PointsEntry,
  SaidAt,
  SelectEntry,
  TextEntry,
} from '../entries.tsx'
import { at, whole } from '../lens.ts'
import { writeNumber } from '../numbers.ts'
import { useValue } from '../use-editor.ts'

/** Number, edition, title and the like. */
export function BasicsPart() {
  const t = useText('templateEditor')
  const list = useText('templates')
  const previous = useValue(at(whole, 'previous')) ?? null
  const layers = useValue(at(whole, 'layers')) ?? []
  const total = useValue(at(whole, 'totalFull_cp')) ?? 0
  return (
    <>
      <div className="ed-grid">
        <TextEntry lens={at(whole, 'number')} label={t('number')} hint={t('numberHint')} isRequired />
        <NumberEntry lens={at(whole, 'edition')} label={t('edition')} min={1} max={9999} />
        <SelectEntry
          lens={at(whole, 'category')}
          label={t('category')}
          options={CATEGORIES.map((one) => ({ value: one, label: list(`category_${one}`) }))}
        />
        <DayEntry lens={at(whole, 'effectiveDate')} label={t('effectiveDate')} hint={t('effectiveDateHint')} />
      </div>
      <PairEntry lens={at(whole, 'title')} label={t('title')} rows={1} isRequired />
      <CheckEntry lens={at(whole, 'sample')} label={t('isSample')} hint={t('isSampleHint')} />
      <div className="ed-grid">
        <PointsEntry lens={at(whole, 'bonusCap_cp')} label={t('bonusCap')} hint={t('bonusCapHint')} isNullable />
        <div className="field">
          <span className="field-name">{t('total')}</span>
          <output className="total-shown">{t('points', { n: writeNumber(total, 100) })}</output>
          <span className="field-hint">{t('totalHint')}</span>
          <SaidAt path="totalFull_cp" />
        </div>
      </div>
      <SaidAt path="sections" />
      {previous === null ? null : (
        <p className="soft">
          <Coded text={t('previous', { code: checkCodeOf(previous) })} />
        </p>
      )}
      {layers.length === 0 ? null : (
        <ul className="soft">
          {layers.map((layer) => (
            <li key={layer.sha256}>
              <Coded
                text={t('layer', { number: layer.number, edition: layer.edition, code: checkCodeOf(layer.sha256) })}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
