import { ROLES, type MergeMethod, type Template } from '../../../../../shared/domain/template.ts'
import { Fold } from '../../../../ui/fold.tsx'
import { useText } from '../../../../ui/text.ts'
import { NumberEntry, PercentEntry, PointsEntry, SaidAt, SelectEntry } from '../entries.tsx'
import { at, nth, whole } from '../lens.ts'
import { Lines } from '../lines.tsx'
import { usePut, useValue } from '../use-editor.ts'

const merge = at(whole, 'merge')
const method = at(merge, 'method')
const divergence = at(merge, 'divergence')
const weights = at(merge, 'weights')
const USUAL: MergeMethod[] = ['consensus', 'owner', 'mean']
const MORE: MergeMethod[] = ['median', 'weighted', 'trimmedTotal']

/** How the experts' scores become the team's, and what counts as a difference. */
export function MergePart() {
  const t = useText('templateEditor')
  const chosen = useValue(method) ?? 'consensus'
  return (
    <>
      <fieldset className="ed-lines" data-path={method.path}>
        <legend>{t('mergeMethod')}</legend>
        {USUAL.map((one) => (
          <MethodChoice key={one} method={one} />
        ))}
        <Fold title={t('moreMethods')} startsOpen={MORE.includes(chosen)}>
          <div className="ed-lines">
            {MORE.map((one) => (
              <MethodChoice key={one} method={one} />
            ))}
          </div>
        </Fold>
        <SaidAt path={method.path} />
      </fieldset>
      {chosen === 'weighted' ? <Weights /> : null}
      <fieldset className="ed-lines">
        <legend>{t('divergence')}</legend>
        <p className="quiet">{t('divergenceHint')}</p>
        <div className="ed-grid">
          <NumberEntry
            lens={at(divergence, 'maturityPercent')}
            label={t('maturityPercent')}
            max={100}
            suffix={t('unitPercentPoints')}
          />
          <PercentEntry lens={at(divergence, 'bp')} label={t('divergenceShare')} />
          <PointsEntry lens={at(divergence, 'minSpread_cp')} label={t('minSpread')} />
          <PointsEntry
            lens={at(merge, 'singleScorerFrom_cp')}
            label={t('singleScorerFrom')}
            hint={t('singleScorerHint')}
          />
        </div>
      </fieldset>
    </>
  )
}

function MethodChoice({ method: one }: { method: MergeMethod }) {
  const t = useText('templateEditor')
  const chosen = useValue(method)
  const put = usePut(method)
  return (
    <label className="check-line method-choice">
      <input type="radio" name="merge-method" checked={chosen === one} onChange={() => put(one)} />
      <strong>{t(`merge_${one}`)}</strong>
      <span className="field-hint">{t(`mergeText_${one}`)}</span>
    </label>
  )
}

type Weight = Template['merge']['weights'][number]

function Weights() {
  const t = useText('templateEditor')
  const all = useValue(weights) ?? []
  const free = ROLES.find((role) => !all.some((one) => one.role === role))
  return (
    <>
      <SaidAt path={weights.path} />
      <Lines<Weight>
        lens={weights}
        title={t('weights')}
        entry={t('weight')}
        addText={t('addWeight')}
        empty={t('noWeights')}
        blank={() => ({ role: free ?? 'expert', weight: 1 })}
      >
        {(_, index) => (
          <div className="ed-grid">
            <SelectEntry
              lens={at(nth(weights, index), 'role')}
              label={t('role')}
              options={(['lead', 'expert'] as const).map((role) => ({ value: role, label: t(`role_${role}`) }))}
            />
            <NumberEntry lens={at(nth(weights, index), 'weight')} label={t('weight')} min={1} max={1000} />
          </div>
        )}
      </Lines>
    </>
  )
}
