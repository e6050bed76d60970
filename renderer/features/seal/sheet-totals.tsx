import type { SheetView } from '../../../shared/contract/views.ts'
import { assignedItems, type Member } from '../../../shared/domain/task.ts'
import { formatBp, formatMicro } from '../../../shared/scoring/numbers.ts'
import { sectionTotals, sheetTotals } from '../../../shared/scoring/totals.ts'
import { Mark } from '../../ui/mark.tsx'
import { useSay, useText } from '../../ui/text.ts'

/** What the sheet adds up to. */
export function SheetTotals({ view, me }: { view: SheetView; me: Member }) {
  const t = useText('seal')
  const say = useSay()
  const totals = sheetTotals(view.template, me, view.answers)
  const heavy = sectionTotals(view.template, me, view.answers).filter((section) => section.naHeavy)
  const titles = new Map(view.template.sections.map((section) => [section.id, say(section.title)]))
  const judged = view.answers.filter(
    (answer) => answer.state !== 'answered' || answer.value !== null || answer.score !== null,
  )
  const photos = view.media.filter((medium) => medium.discardedAt === null).length
  const facts: [string, string][] = [
    [t('got'), formatMicro(totals.got)],
    [t('applicable'), formatMicro(totals.applicable)],
    [t('rate'), totals.rate_bp === null ? '—' : `${formatBp(totals.rate_bp)}%`],
    [t('converted'), totals.converted === null ? '—' : formatMicro(totals.converted)],
    [t('answered'), t('ofItems', { n: judged.length, total: assignedItems(me, view.template).length })],
    [t('nonconformities'), String(view.nonconformities.length)],
    [t('photos'), String(photos)],
  ]
  if (totals.bonus > 0) facts.splice(1, 0, [t('bonus'), formatMicro(totals.bonus)])
  return (
    <section className="card">
      <h2>{t('totals')}</h2>
      <dl className="numbers">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {heavy.map((section) => (
        <p key={section.section}>
          <Mark shape="alert" tone="middling" />{' '}
          {t('naHeavy', { section: titles.get(section.section) ?? section.section })}
        </p>
      ))}
    </section>
  )
}
