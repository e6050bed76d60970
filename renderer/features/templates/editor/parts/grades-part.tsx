import { Button } from 'antd'
import { PlusOutlined } from '@ant-design/icons'
import { templateItems } from '../../../../../shared/domain/template.ts'
import { gradeMark } from '../../../../../shared/text/grade-mark.ts'
import { Mark } from '../../../../ui/mark.tsx'
import { useText } from '../../../../ui/text.ts'
import { EMPTY, idFor } from '../blank.ts'
import { PairEntry, PercentEntry, SaidAt } from '../entries.tsx'
import { at, gradeLens, nth, whole, type Grade } from '../lens.ts'
import { Lines } from '../lines.tsx'
import { useEditor, useStore } from '../use-editor.ts'

const sets = at(whole, 'gradeSets')

/** The grades that conformity items are judged by, best first. */
export function GradesPart() {
  const t = useText('templateEditor')
  const store = useStore()
  const ids = useEditor((state) => state.content.gradeSets.map((set) => set.id).join(' '))
  const add = () =>
    store.edit((content) => {
      const grades: Grade[] = [
        { id: 'g1', label: EMPTY, text: EMPTY, bp: 10_000 },
        { id: 'g2', label: EMPTY, text: EMPTY, bp: 0 },
      ]
      return { ...content, gradeSets: [...content.gradeSets, { id: idFor('grades', content.gradeSets), grades }] }
    })
  const remove = (id: string) =>
    store.edit((content) => ({ ...content, gradeSets: content.gradeSets.filter((set) => set.id !== id) }))
  return (
    <>
      {ids
        .split(' ')
        .map((id, index) =>
          id === '' ? null : <GradeSet key={id} index={index} id={id} onRemove={() => remove(id)} />,
        )}
      <div>
        <Button icon={<PlusOutlined />} onClick={add}>
          {t('addGradeSet')}
        </Button>
      </div>
    </>
  )
}

function GradeSet({ index, id, onRemove }: { index: number; id: string; onRemove: () => void }) {
  const t = useText('templateEditor')
  const grades = at(nth(sets, index, id), 'grades')
  const used = useEditor(
    ({ content }) =>
      templateItems(content).filter((item) => item.type === 'conformity' && item.spec.gradeSet === id).length,
  )
  const count = useEditor((state) => grades.get(state.content)?.length ?? 0)
  const heading = (n: number) => [<Mark key="mark" {...gradeMark(n, count)} />, ' ', t('gradeN', { n: n + 1 })]
  return (
    <section className="card inner-card" aria-label={t('gradeSetN', { n: index + 1 })}>
      <div className="row spread">
        <h3>{t('gradeSetN', { n: index + 1 })}</h3>
        <span className="quiet">{used === 0 ? t('notUsed') : t('usedBy', { n: used })}</span>
        <Button type="text" disabled={used > 0} onClick={onRemove}>
          {t('removeGradeSet')}
        </Button>
      </div>
      <SaidAt path={`gradeSets.${id}`} />
      <Lines<Grade>
        lens={grades}
        title={t('grades')}
        entry={t('grade')}
        addText={t('addGrade')}
        empty={t('noGrades')}
        blank={(all) => ({ id: idFor('g', all), label: EMPTY, text: EMPTY, bp: 0 })}
        heading={heading}
      >
        {(grade, n) => {
          const lens = gradeLens(index, id, n, grade.id)
          return (
            <>
              <SaidAt path={lens.path} />
              <PairEntry lens={at(lens, 'label')} label={t('gradeLabel')} isRequired />
              <PercentEntry lens={at(lens, 'bp')} label={t('gradeShare')} />
              <PairEntry lens={at(lens, 'text')} label={t('gradeText')} rows={2} />
            </>
          )
        }}
      </Lines>
    </section>
  )
}
