import type { Item } from '../../../../../shared/domain/template.ts'
import { useText } from '../../../../ui/text.ts'
import { CheckEntry, NumberEntry, PercentEntry } from '../entries.tsx'
import { at, type Lens } from '../lens.ts'

/** What an expert must add to the judgement: photos, samples, notes, evidence. */
export function DemandFields({ lens, isScored }: { lens: Lens<Item['demand']>; isScored: boolean }) {
  const t = useText('templateEditor')
  return (
    <div className="panel-form">
      <div className="ed-grid">
        <NumberEntry lens={at(lens, 'minPhotos')} label={t('minPhotos')} max={1000} suffix={t('unitPhotos')} />
        <NumberEntry lens={at(lens, 'minSamples')} label={t('minSamples')} max={1000} suffix={t('unitSamples')} />
        {isScored ? (
          <>
            <PercentEntry
              lens={at(lens, 'noteAtOrBelow_bp')}
              label={t('noteAtOrBelow')}
              hint={t('emptyMeansNever')}
              isNullable
            />
            <PercentEntry
              lens={at(lens, 'evidenceAtOrBelow_bp')}
              label={t('evidenceAtOrBelow')}
              hint={t('emptyMeansNever')}
              isNullable
            />
          </>
        ) : null}
      </div>
      <div className="checks">
        {isScored ? (
          <>
            <CheckEntry lens={at(lens, 'noteAtFull')} label={t('noteAtFull')} />
            <CheckEntry lens={at(lens, 'evidenceAtFull')} label={t('evidenceAtFull')} />
          </>
        ) : null}
        <CheckEntry lens={at(lens, 'perExpert')} label={t('perExpert')} hint={t('perExpertHint')} />
      </div>
    </div>
  )
}
