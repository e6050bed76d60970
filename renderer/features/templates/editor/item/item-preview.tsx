import { isScored, type Item, type ItemOf, type Template } from '../../../../../shared/domain/template.ts'
import { gradesOf, gradeScore } from '../../../../../shared/scoring/answer.ts'
import { formatBp, formatMicro } from '../../../../../shared/scoring/numbers.ts'
import { gradeMark } from '../../../../../shared/text/grade-mark.ts'
import { Mark, type MarkShape, type MarkTone } from '../../../../ui/mark.tsx'
import { useSay, useText } from '../../../../ui/text.ts'
import { itemOf } from '../lens.ts'
import { writeNumber } from '../numbers.ts'
import { useEditor } from '../use-editor.ts'

type Of<I extends Item = Item> = { item: I; content: Template }

/** The item as an expert will meet it on site, without anything to press. */
export function ItemPreview({ id }: { id: string }) {
  const t = useText('templateEditor')
  const types = useText('templates')
  const say = useSay()
  const content = useEditor((state) => state.content)
  const item = itemOf(content, id)
  if (!item) return null
  const words: [string, string][] = [
    [t('guidance'), say(item.guidance)],
    [t('evidence'), say(item.evidence)],
    [t('basis'), item.basis],
    [t('methods'), item.methods.map((one) => t(`method_${one}`)).join(' · ')],
  ]
  return (
    <article className="preview" aria-label={t('view_preview')}>
      <p className="quiet">{t('previewNote')}</p>
      <h3 className="preview-title">
        {item.code} {say(item.title) || t('untitledItem')}
      </h3>
      <p className="row">
        <span className={`chip ${item.type === 'veto' ? 'chip-serious' : ''}`}>{types(`type_${item.type}`)}</span>
        {isScored(item) ? <span className="chip">{t('points', { n: writeNumber(item.full_cp, 100) })}</span> : null}
        {item.starred ? <span className="chip chip-brand">★ {t('starred')}</span> : null}
        {item.bonus ? <span className="chip chip-good">{t('bonus')}</span> : null}
        {item.repeat ? (
          <span className="chip">
            {t('previewRepeat', { what: say(item.repeat.what), min: item.repeat.min, max: item.repeat.max })}
          </span>
        ) : null}
      </p>
      <Judgement item={item} content={content} />
      {item.allowNA ? (
        <p className="row">
          <Mark shape="dash" tone="quiet" /> {t('previewNA')}
        </p>
      ) : null}
      <Demanded item={item} />
      <dl className="facts">
        {words
          .filter(([, text]) => text !== '')
          .map(([name, text]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
    </article>
  )
}

function Judgement({ item, content }: Of) {
  if (item.type === 'veto' || item.type === 'gate') return <WordChoices item={item} />
  if (item.type === 'conformity') return <GradeChoices item={item} content={content} />
  if (item.type === 'maturity') return <Bands item={item} content={content} />
  if (item.type === 'points') return <Anchors item={item} />
  if (item.type === 'deduction') return <Deductions item={item} />
  return <IndicatorTable item={item} content={content} />
}

type ChoiceProps = { shape: MarkShape; tone: MarkTone; label: string; points?: string; detail?: string }

function Choice({ shape, tone, label, points = '', detail = '' }: ChoiceProps) {
  return (
    <li className="preview-choice">
      <span className="row">
        <Mark shape={shape} tone={tone} /> <strong>{label}</strong> <span className="quiet">{points}</span>
      </span>
      {detail === '' ? null : <span className="preview-detail">{detail}</span>}
    </li>
  )
}

function WordChoices({ item }: { item: ItemOf<'veto'> | ItemOf<'gate'> }) {
  const t = useText('checklist')
  return (
    <ul className="preview-choices">
      {item.type === 'veto' ? (
        <>
          <Choice shape="full" tone="good" label={t('pass')} detail={t('passDetail')} />
          <Choice shape="stop" tone="serious" label={t('fail')} detail={t('failDetail')} />
          <Choice shape="wait" tone="middling" label={t('pending')} detail={t('pendingDetail')} />
        </>
      ) : (
        <>
          <Choice shape="full" tone="good" label={t('yes')} />
          <Choice shape="cross" tone="serious" label={t('no')} detail={t(`gate_${item.spec.outcome}`)} />
        </>
      )}
    </ul>
  )
}

function GradeChoices({ item, content }: Of<ItemOf<'conformity'>>) {
  const t = useText('templateEditor')
  const say = useSay()
  const set = content.gradeSets.find((one) => one.id === item.spec.gradeSet)
  if (!set || (item.spec.points_cp !== null && item.spec.points_cp.length !== set.grades.length)) {
    return <p className="soft">{t('previewNoGrades')}</p>
  }
  const grades = gradesOf(item, content)
  return (
    <ul className="preview-choices">
      {grades.map((grade, index) => (
        <Choice
          key={grade.id}
          {...gradeMark(index, grades.length)}
          label={say(grade.label)}
          points={t('points', { n: formatMicro(gradeScore(item, index, content)) })}
          detail={say(grade.text)}
        />
      ))}
    </ul>
  )
}

function Bands({ item, content }: Of<ItemOf<'maturity'>>) {
  const t = useText('templateEditor')
  const say = useSay()
  const bands = content.bands.filter((band) => band.model === item.spec.model)
  if (bands.length === 0) return <p className="soft">{t('noBands')}</p>
  return (
    <table className="table">
      <tbody>
        {bands.map((band) => (
          <tr key={band.from}>
            <th scope="row">{`${band.from}–${band.to}%`}</th>
            <td>{say(band.text)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const ANCHORS = [100, 80, 60, 40, 0]

function Anchors({ item }: { item: ItemOf<'points'> }) {
  const t = useText('templateEditor')
  const say = useSay()
  return (
    <>
      <p>{t('previewSteps', { full: writeNumber(item.full_cp, 100), step: writeNumber(item.spec.step_cp, 100) })}</p>
      <table className="table">
        <tbody>
          {item.spec.anchors.map((anchor, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>
              <th scope="row">
                {t('points', { n: writeNumber(Math.round((item.full_cp * (ANCHORS[index] ?? 0)) / 100), 100) })}
              </th>
              <td>{say(anchor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Deductions({ item }: { item: ItemOf<'deduction'> }) {
  const t = useText('templateEditor')
  const say = useSay()
  return (
    <table className="table">
      <tbody>
        {item.spec.list.map((one) => (
          <tr key={one.id}>
            <td>{say(one.label)}</td>
            <td>{t('previewMinus', { n: writeNumber(one.points_cp, 100) })}</td>
            <td>{one.maxCount === null ? '' : t('previewAtMost', { n: one.maxCount })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function IndicatorTable({ item, content }: Of<ItemOf<'indicator'>>) {
  const t = useText('templateEditor')
  const say = useSay()
  if (item.spec.rowsFrom === 'task') return <p className="soft">{t('rowsFromTaskText')}</p>
  const { level_bp } = content.indicator
  return (
    <div className="table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('rowName')}</th>
            {(['advanced', 'average', 'base'] as const).map((level) => (
              <th key={level} scope="col">
                {t(`row_${level}`)} {formatBp(level_bp[level])}%
              </th>
            ))}
            <th scope="col">{t('row_promised')}</th>
          </tr>
        </thead>
        <tbody>
          {item.spec.rows.map((row) => (
            <tr key={row.id}>
              <td>
                {say(row.name)} {row.unit === '' ? '' : `(${row.unit})`}
              </td>
              {row.direction === 'within' ? (
                <td colSpan={3}>{`${row.low ?? '—'} – ${row.high ?? '—'}`}</td>
              ) : (
                <>
                  <td>{row.advanced ?? '—'}</td>
                  <td>{row.average ?? '—'}</td>
                  <td>{row.base ?? '—'}</td>
                </>
              )}
              <td>{row.promised ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Demanded({ item: { demand, type } }: { item: Item }) {
  const t = useText('templateEditor')
  const isScoredType = type !== 'veto' && type !== 'gate'
  const percent = (bp: number) => writeNumber(bp, 100)
  const asked = [
    demand.minPhotos > 0 ? t('askPhotos', { n: demand.minPhotos }) : '',
    demand.minSamples > 0 ? t('askSamples', { n: demand.minSamples }) : '',
    isScoredType && demand.noteAtOrBelow_bp !== null ? t('askNote', { n: percent(demand.noteAtOrBelow_bp) }) : '',
    isScoredType && demand.noteAtFull ? t('noteAtFull') : '',
    isScoredType && demand.evidenceAtOrBelow_bp !== null
      ? t('askEvidence', { n: percent(demand.evidenceAtOrBelow_bp) })
      : '',
    isScoredType && demand.evidenceAtFull ? t('evidenceAtFull') : '',
  ].filter((one) => one !== '')
  if (asked.length === 0) return null
  return (
    <ul className="lacks-like">
      {asked.map((one) => (
        <li key={one}>
          <Mark shape="flag" tone="plain" /> {one}
        </li>
      ))}
    </ul>
  )
}
