import { Button } from 'antd'
import type { ItemOf, ItemType } from '../../../../../shared/domain/template.ts'
import { Choices } from '../../../../ui/choices.tsx'
import { useSay, useText } from '../../../../ui/text.ts'
import { EMPTY, idFor } from '../blank.ts'
import { NumberEntry, PairEntry, PointsEntry, SaidAt, SelectEntry } from '../entries.tsx'
import { at, filled, nth, typedLens } from '../lens.ts'
import { Lines } from '../lines.tsx'
import { writeNumber } from '../numbers.ts'
import { useEditor, usePut, useStore, useValue } from '../use-editor.ts'
import { IndicatorFields } from './indicator-fields.tsx'

/** How an item of this type is judged. */
export function SpecFields({ id, type }: { id: string; type: ItemType }) {
  const t = useText('templateEditor')
  return (
    <fieldset className="ed-lines spec-fields">
      <legend>{t('howJudged')}</legend>
      {type === 'veto' ? <p className="soft">{t('vetoText')}</p> : null}
      {type === 'gate' ? <GateFields id={id} /> : null}
      {type === 'conformity' ? <ConformityFields id={id} /> : null}
      {type === 'maturity' ? <MaturityFields id={id} /> : null}
      {type === 'points' ? <PointsFields id={id} /> : null}
      {type === 'deduction' ? <DeductionFields id={id} /> : null}
      {type === 'indicator' ? <IndicatorFields id={id} /> : null}
    </fieldset>
  )
}

function GateFields({ id }: { id: string }) {
  const t = useText('templateEditor')
  const outcome = at(at(typedLens(id, 'gate'), 'spec'), 'outcome')
  return (
    <SelectEntry
      lens={outcome}
      label={t('gateOutcome')}
      options={(['supplementary', 'stop'] as const).map((one) => ({ value: one, label: t(`gate_${one}`) }))}
    />
  )
}

/** A grade set by its words, as nobody knows it by its id. */
export function useGradeSetName() {
  const say = useSay()
  return (set: { grades: { label: { zh: string; en: string } }[] }) => set.grades.map((g) => say(g.label)).join(' / ')
}

function ConformityFields({ id }: { id: string }) {
  const t = useText('templateEditor')
  const say = useSay()
  const name = useGradeSetName()
  const lens = typedLens(id, 'conformity')
  const spec = at(lens, 'spec')
  const points = at(spec, 'points_cp')
  const sets = useEditor((state) => state.content.gradeSets)
  const own = useValue(points) ?? null
  const setId = useValue(at(spec, 'gradeSet'))
  const set = sets.find((one) => one.id === setId)
  const putPoints = usePut(points)
  const full = useValue(at(lens, 'full_cp')) ?? 0
  const grades = set?.grades ?? []
  return (
    <>
      <SelectEntry
        lens={at(spec, 'gradeSet')}
        label={t('gradeSet')}
        hint={t('gradeSetHint')}
        options={sets.map((one) => ({ value: one.id, label: name(one) }))}
      />
      <Choices
        label={t('gradePoints')}
        options={['shares', 'own'] as const}
        chosen={own === null ? 'shares' : 'own'}
        textOf={(one) => t(`gradePoints_${one}`)}
        isDisabled={false}
        onChoose={(one) =>
          putPoints(one === 'own' ? grades.map((grade) => Math.round((full * grade.bp) / 10_000)) : null)
        }
      />
      <SaidAt path={points.path} />
      {own === null ? (
        <p className="soft">
          {grades
            .map((grade) =>
              t('gradeGives', { name: say(grade.label), n: writeNumber((full * grade.bp) / 10_000, 100) }),
            )
            .join(' · ')}
        </p>
      ) : (
        <div className="ed-grid">
          {own.map((_, index) => (
            <PointsEntry
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              lens={nth(filled(points), index)}
              label={say(grades[index]?.label ?? EMPTY) || t('gradeN', { n: index + 1 })}
            />
          ))}
          {own.length === grades.length ? null : (
            <Button onClick={() => putPoints(grades.map((_, n) => own[n] ?? 0))}>{t('matchGrades')}</Button>
          )}
        </div>
      )}
    </>
  )
}

function MaturityFields({ id }: { id: string }) {
  const t = useText('templateEditor')
  const store = useStore()
  const model = at(at(typedLens(id, 'maturity'), 'spec'), 'model')
  return (
    <>
      <SelectEntry
        lens={model}
        label={t('maturityModel')}
        options={(['ADLI', 'LeTCI'] as const).map((one) => ({ value: one, label: t(`model_${one}`) }))}
      />
      <Button type="link" className="in-text" onClick={() => store.select({ kind: 'part', part: 'bands' })}>
        {t('toBands')}
      </Button>
    </>
  )
}

const ANCHORS = [100, 80, 60, 40, 0]

function PointsFields({ id }: { id: string }) {
  const t = useText('templateEditor')
  const lens = typedLens(id, 'points')
  const spec = at(lens, 'spec')
  const anchors = at(spec, 'anchors')
  const count = (useValue(anchors) ?? []).length
  const put = usePut(anchors)
  const full = useValue(at(lens, 'full_cp')) ?? 0
  return (
    <>
      <PointsEntry lens={at(spec, 'step_cp')} label={t('step')} hint={t('stepHint')} min={1} />
      <SaidAt path={anchors.path} />
      {count === 0 ? (
        <Button onClick={() => put(ANCHORS.map(() => EMPTY))}>{t('addAnchors')}</Button>
      ) : (
        <>
          {Array.from({ length: count }, (_, index) => (
            <PairEntry
              key={index}
              lens={nth(anchors, index)}
              label={t('anchor', {
                percent: ANCHORS[index] ?? 0,
                n: writeNumber(Math.round((full * (ANCHORS[index] ?? 0)) / 100), 100),
              })}
              rows={2}
            />
          ))}
          <Button type="text" onClick={() => put([])}>
            {t('removeAnchors')}
          </Button>
        </>
      )}
    </>
  )
}

type Deduction = ItemOf<'deduction'>['spec']['list'][number]

function DeductionFields({ id }: { id: string }) {
  const t = useText('templateEditor')
  const list = at(at(typedLens(id, 'deduction'), 'spec'), 'list')
  return (
    <>
      <SaidAt path={list.path} />
      <Lines<Deduction>
        lens={list}
        title={t('deductions')}
        entry={t('deduction')}
        addText={t('addDeduction')}
        empty={t('noDeductions')}
        blank={(all) => ({ id: idFor('d', all), label: EMPTY, points_cp: 100, maxCount: null })}
      >
        {(entry, index) => (
          <>
            <PairEntry lens={at(nth(list, index, entry.id), 'label')} label={t('deductionLabel')} isRequired />
            <div className="ed-grid">
              <PointsEntry lens={at(nth(list, index, entry.id), 'points_cp')} label={t('deductionPoints')} />
              <NumberEntry
                lens={at(nth(list, index, entry.id), 'maxCount')}
                label={t('deductionMax')}
                hint={t('emptyMeansAny')}
                min={1}
                max={10_000}
                isNullable
              />
            </div>
          </>
        )}
      </Lines>
    </>
  )
}
