import { Link } from 'react-router'
import { formatBp, formatMicro } from '../../../shared/scoring/numbers.ts'
import type { WhyTree } from '../../../shared/scoring/why.ts'
import { templateItems } from '../../../shared/domain/template.ts'
import { Fold } from '../../ui/fold.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useLanguage, useSay, useText } from '../../ui/text.ts'
import { settledText } from './matrix-part.tsx'
import { useTeam } from './use-team.tsx'

const percent = (bp: number | null): string => (bp === null ? '—' : `${formatBp(bp)}%`)

/** Section and total, each unfolding to the items it is made of. */
export function TotalsTable() {
  const t = useText('team')
  const say = useSay()
  const { template, outcome } = useTeam()
  const { totals, status } = outcome.merge
  const sections = new Map(template.sections.map((s) => [s.id, s]))
  return (
    <section className="card stack-tight">
      <h2>{t('totals')}</h2>
      {status === 'open' ? <p className="quiet">{t('provisional')}</p> : null}
      <dl className="numbers">
        {(
          [
            ['base', formatMicro(totals.base)],
            ['bonus', formatMicro(totals.bonus)],
            ['applicable', formatMicro(totals.applicable)],
            ['rate', percent(totals.rate_bp)],
            ['converted', totals.converted === null ? '—' : formatMicro(totals.converted)],
          ] as const
        ).map(([key, value]) => (
          <div key={key}>
            <dt>{t(`total_${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {outcome.why.notes.map((note) => (
        <p key={note} className="quiet">
          {t(`note_${note}`)}
        </p>
      ))}
      {outcome.why.sections.map((section) => {
        const known = sections.get(section.section)
        if (known === undefined || section.items.length === 0) return null
        return (
          <Fold
            key={section.section}
            title={`${known.code} ${say(known.title)}`}
            extra={
              <span className="section-numbers">
                {section.full === 0 ? null : (
                  <>
                    {formatMicro(section.base)} / {formatMicro(section.applicable)} · {percent(section.rate_bp)}
                    {section.bonus > 0 ? ` · ${t('sectionBonus', { bonus: formatMicro(section.bonus) })}` : ''}
                  </>
                )}
                {section.justify ? <span className="chip chip-middling">{t('justify')}</span> : null}
                {section.naHeavy ? <span className="chip chip-middling">{t('naHeavy')}</span> : null}
              </span>
            }
          >
            <WhySectionItems section={section} />
          </Fold>
        )
      })}
    </section>
  )
}

function WhySectionItems({ section }: { section: WhyTree['sections'][number] }) {
  const t = useText('team')
  const say = useSay()
  const language = useLanguage()
  const { template } = useTeam()
  const items = new Map(templateItems(template).map((item) => [item.id, item]))
  return (
    <ul className="team-why-items">
      {section.items.map((why) => {
        const item = items.get(why.item)
        if (item === undefined) return null
        return (
          <li key={why.item}>
            <Link to={`?part=matrix&filter=all&item=${why.item}`}>
              {item.code} {say(item.title)}
            </Link>
            <span>
              {why.outcome === 'open' ? t('open') : settledText(item, why, template, language)}
              {why.score === null ? '' : ` · ${formatMicro(why.score)}`}
              {why.full === null ? '' : ` / ${formatMicro(why.full)}`}
              {' · '}
              {why.decision?.use === 'applied' ? t('decided') : t(`rule_${why.rule}`)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** The computed conclusion and the tests that led to it. */
export function WhyConclusion() {
  const t = useText('team')
  const say = useSay()
  const { template, outcome } = useTeam()
  const { computed } = outcome.merge.conclusion
  const label = (id: string | null) => {
    const found = template.conclusions.find((c) => c.id === id)
    return found === undefined ? t('noConclusion') : say(found.label)
  }
  return (
    <section className="card stack-tight">
      <h2>{t('computedConclusion')}</h2>
      <p className="verdict">{label(computed)}</p>
      <Fold title={t('whyConclusion')}>
        <ol className="team-why">
          {outcome.why.conclusion.rules.map((rule) => (
            <li key={rule.rule}>
              <Mark shape={rule.holds ? 'full' : 'empty'} tone={rule.holds ? 'good' : 'quiet'} />{' '}
              {label(rule.conclusion)}
              {rule.tests.length === 0 ? ` · ${t('elseRule')}` : null}
              <ul>
                {rule.tests.map((test) => (
                  <li key={test.test}>
                    <Mark shape={test.holds ? 'full' : 'cross'} tone={test.holds ? 'good' : 'serious'} />{' '}
                    {t(`test_${test.test}`)}:{' '}
                    {t('needHave', { need: shown(test.test, test.need, t), have: shown(test.test, test.have, t) })}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      </Fold>
    </section>
  )
}

type Value = boolean | number | null | { [name: string]: number }

function shown(test: string, value: Value, t: ReturnType<typeof useText<'team'>>): string {
  if (value === null) return '—'
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'number') return test.endsWith('_bp') ? percent(value) : String(value)
  return Object.values(value).join(' / ')
}
