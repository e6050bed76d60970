import { Button } from 'antd'
import type { Template } from '../../../../../shared/domain/template.ts'
import { useText } from '../../../../ui/text.ts'
import { EMPTY } from '../blank.ts'
import { NumberEntry, PairEntry, SaidAt, SelectEntry } from '../entries.tsx'
import { at, nth, whole } from '../lens.ts'
import { Lines } from '../lines.tsx'
import { useEditor, useStore } from '../use-editor.ts'

const bands = at(whole, 'bands')
type Band = Template['bands'][number]

const MODELS = ['ADLI', 'LeTCI'] as const
/** The usual six bands of a maturity model, in percent. */
const USUAL: [number, number][] = [
  [0, 5],
  [10, 25],
  [30, 45],
  [50, 65],
  [70, 85],
  [90, 100],
]

/** What each span of percentages of a maturity model means. */
export function BandsPart() {
  const t = useText('templateEditor')
  const store = useStore()
  const known = useEditor((state) =>
    MODELS.filter((model) => state.content.bands.some((b) => b.model === model)).join(),
  )
  const fill = (model: Band['model']) =>
    store.edit((content) =>
      bands.set(content, [...content.bands, ...USUAL.map(([from, to]): Band => ({ model, from, to, text: EMPTY }))]),
    )
  return (
    <>
      <SaidAt path={bands.path} />
      <div className="row">
        {MODELS.filter((model) => !known.split(',').includes(model)).map((model) => (
          <Button key={model} onClick={() => fill(model)}>
            {t('addUsualBands', { model })}
          </Button>
        ))}
      </div>
      <Lines<Band>
        lens={bands}
        title={t('bands')}
        entry={t('band')}
        addText={t('addBand')}
        empty={t('noBands')}
        blank={(before) => ({ model: before.at(-1)?.model ?? 'ADLI', from: 0, to: 100, text: EMPTY })}
      >
        {(_, index) => {
          const lens = nth(bands, index)
          return (
            <>
              <SaidAt path={lens.path} />
              <div className="ed-grid">
                <SelectEntry
                  lens={at(lens, 'model')}
                  label={t('maturityModel')}
                  options={MODELS.map((one) => ({ value: one, label: t(`model_${one}`) }))}
                />
                <NumberEntry lens={at(lens, 'from')} label={t('bandFrom')} max={100} suffix="%" />
                <NumberEntry lens={at(lens, 'to')} label={t('bandTo')} max={100} suffix="%" />
              </div>
              <PairEntry lens={at(lens, 'text')} label={t('bandText')} rows={2} isRequired />
            </>
          )
        }}
      </Lines>
    </>
  )
}
