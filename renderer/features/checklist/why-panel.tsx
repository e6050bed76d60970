import { FileExcelOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import type { Exported } from '../../../shared/contract/views.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import { formatBp, formatMicro } from '../../../shared/scoring/numbers.ts'
import { whySheet, type WhySheet, type WhySheetSection } from '../../../shared/scoring/why-sheet.ts'
import { useAction } from '../../queries.ts'
import { Busy, useJob } from '../../ui/busy.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useFormat, useLanguage, useText } from '../../ui/text.ts'
import { useAnswers, useSheetStore } from './sheet-context.tsx'
import { ItemWhy } from '../../parts/judgement/why-item.tsx'

/** Every number of the sheet, from the total down to each value. */
export function WhyPanel() {
  const t = useText('why')
  const store = useSheetStore()
  const answers = useAnswers()
  const { template, task, me } = store.view
  const tree = useMemo(
    () => (me === null ? null : whySheet(template, task, me, answers.values())),
    [template, task, me, answers],
  )
  if (tree === null) return null
  return (
    <div className="why-panel">
      <p className="quiet">{t('hint')}</p>
      <ToExcel taskId={task.taskId} />
      <Totals tree={tree} />
      {tree.sections
        .filter((section) => section.items.length > 0)
        .map((section) => (
          <SectionWhy key={section.section} section={section} />
        ))}
    </div>
  )
}

/** The same numbers as a workbook of one's own. */
function ToExcel({ taskId }: { taskId: string }) {
  const t = useText('report')
  const { size } = useFormat()
  const write = useAction('workbook.exportSheet')
  const { job, track } = useJob()
  const [file, setFile] = useState<Exported | null>(null)
  const run = async () => {
    setFile(null)
    const done = await track((id) => write.run({ taskId, job: id }))
    if (done.ok) setFile(done.value)
  }
  return (
    <>
      <div className="row">
        <Button icon={<FileExcelOutlined />} disabled={job !== null} onClick={() => void run()}>
          {t('export_xlsx')}
        </Button>
      </div>
      <Busy job={job} label={t('exporting_xlsx')} />
      <FailureNote failure={write.failure} onRetry={() => void run()} />
      {file === null ? null : <p role="status">{t('written', { path: file.path, size: size(file.size) })}</p>}
    </>
  )
}

function Totals({ tree }: { tree: WhySheet }) {
  const t = useText('why')
  const { totals, bonus, leftOut } = tree
  const said = {
    base: formatMicro(totals.base),
    applicable: formatMicro(totals.applicable),
    totalFull: formatMicro(totals.totalFull),
    bonus: formatMicro(totals.bonus),
  }
  const hasScores = totals.rate_bp !== null && totals.converted !== null
  const lines: [string, string][] = [
    [t('total_base'), said.base],
    [t('total_applicable'), said.applicable],
    [t('total_rate'), hasScores ? t('total_rateRule', { ...said, rate: formatBp(totals.rate_bp ?? 0) }) : t('notYet')],
    [
      t('total_left'),
      t('total_leftRule', {
        na: formatMicro(leftOut.na),
        abstain: formatMicro(leftOut.abstain),
        unanswered: formatMicro(leftOut.unanswered),
      }),
    ],
    [
      t('total_bonus'),
      bonus.cap === null
        ? t('total_bonusFree', { earned: formatMicro(bonus.earned) })
        : t('total_bonusRule', {
            earned: formatMicro(bonus.earned),
            cap: formatMicro(bonus.cap),
            counted: formatMicro(bonus.counted),
          }),
    ],
    [
      t('total_converted'),
      hasScores ? t('total_convertedRule', { ...said, converted: formatMicro(totals.converted ?? 0) }) : t('notYet'),
    ],
  ]
  return (
    <dl className="why-totals">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function SectionWhy({ section }: { section: WhySheetSection }) {
  const t = useText('why')
  const language = useLanguage()
  const store = useSheetStore()
  const found = store.view.template.sections.find((one) => one.id === section.section)
  const rate = section.rate_bp === null ? '—' : `${formatBp(section.rate_bp)}%`
  const sum = t('section', { base: formatMicro(section.base), applicable: formatMicro(section.applicable), rate })
  if (found === undefined) return null
  return (
    <Fold
      title={`${found.code} ${say(found.title, language)}`}
      extra={
        <span className="why-sum">
          {sum}
          {section.bonus > 0 ? ` · ${t('sectionBonus', { bonus: formatMicro(section.bonus) })}` : ''}
          {section.naHeavy ? (
            <>
              {' '}
              <Mark shape="alert" tone="middling" /> {t('naHeavy')}
            </>
          ) : null}
        </span>
      }
    >
      <ul className="why-items">
        {section.items.map(({ item, score, full }) => {
          const one = store.itemById.get(item)
          return one === undefined ? null : <ItemLine key={item} item={one} score={score} full={full} />
        })}
      </ul>
      {section.notAssigned > 0 ? <p className="quiet">{t('sectionOthers', { n: section.notAssigned })}</p> : null}
    </Fold>
  )
}

function ItemLine({ item, score, full }: { item: Item; score: number | null; full: number | null }) {
  const t = useText('why')
  const language = useLanguage()
  const number =
    full === null
      ? t('noScore')
      : score === null
        ? `— / ${formatMicro(full)}`
        : `${formatMicro(score)} / ${formatMicro(full)}`
  return (
    <li>
      <Fold title={`${item.code} ${say(item.title, language)}`} extra={<span className="why-sum">{number}</span>}>
        <ItemWhy item={item} />
      </Fold>
    </li>
  )
}
