import { useText } from '../../../../ui/text.ts'
import { NumberEntry, SelectEntry } from '../entries.tsx'
import { at, whole } from '../lens.ts'

const remedies = at(whole, 'nonconformity')

/** By when nonconformities are put right, and how that is verified. */
export function RemediesPart() {
  const t = useText('templateEditor')
  return (['major', 'minor'] as const).map((kind) => (
    <fieldset key={kind} className="ed-lines">
      <legend>{t(`nc_${kind}`)}</legend>
      <div className="ed-grid">
        <NumberEntry lens={at(at(remedies, kind), 'days')} label={t('days')} max={3650} suffix={t('unitDays')} />
        <SelectEntry
          lens={at(at(remedies, kind), 'verify')}
          label={t('verify')}
          options={(['document', 'onsite'] as const).map((one) => ({ value: one, label: t(`verify_${one}`) }))}
        />
      </div>
    </fieldset>
  ))
}
