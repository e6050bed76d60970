import { useText } from '../../../../ui/text.ts'
import { PercentEntry, SelectEntry } from '../entries.tsx'
import { at, whole } from '../lens.ts'
import { useValue } from '../use-editor.ts'

const indicator = at(whole, 'indicator')
const LEVELS = ['advanced', 'average', 'base', 'below'] as const

/** How indicator rows become a rate. */
export function IndicatorPart() {
  const t = useText('templateEditor')
  const method = useValue(at(indicator, 'method')) ?? 'level'
  return (
    <>
      <SelectEntry
        lens={at(indicator, 'method')}
        label={t('indicatorMethod')}
        options={(['level', 'interpolate'] as const).map((one) => ({ value: one, label: t(`indicator_${one}`) }))}
      />
      <p className="soft">{t(`indicatorText_${method}`)}</p>
      <div className="ed-grid">
        {LEVELS.map((level) => (
          <PercentEntry key={level} lens={at(at(indicator, 'level_bp'), level)} label={t(`level_${level}`)} />
        ))}
      </div>
    </>
  )
}
