import { fullOf, isScored, type Item, type Template } from '../../../shared/domain/template.ts'
import { Fold } from '../../ui/fold.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useSay, useText } from '../../ui/text.ts'

/** A checklist section by section; a search shows only the items that hold it, opened. */
export function TemplateView({ template, search }: { template: Template; search: string }) {
  const t = useText('templates')
  const common = useText('common')
  const say = useSay()
  const wanted = search.trim().toLowerCase()
  const holds = (item: Item) =>
    [item.code, say(item.title), item.basis, say(item.evidence), say(item.guidance)].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  const sections = template.sections
    .map((section) => ({ section, items: wanted === '' ? section.items : section.items.filter(holds) }))
    .filter(({ items }) => items.length > 0)
  if (sections.length === 0) return <p className="soft">{t('templateNone')}</p>
  return (
    <div className="card">
      {sections.map(({ section, items }, index) => {
        const full = fullOf(section.items)
        return (
          <Fold
            key={`${section.id} ${wanted}`}
            title={`${section.code} ${say(section.title)}`}
            count={items.length}
            startsOpen={wanted !== '' || index === 0}
            extra={full > 0 ? <span className="quiet">{common('points', { n: full / 100 })}</span> : null}
          >
            {items.map((item) => (
              <ItemText key={item.id} item={item} />
            ))}
          </Fold>
        )
      })}
    </div>
  )
}

function ItemText({ item }: { item: Item }) {
  const t = useText('templates')
  const common = useText('common')
  const say = useSay()
  const texts: [string, string][] = [
    [t('itemBasis'), item.basis],
    [t('itemEvidence'), say(item.evidence)],
    [t('itemGuidance'), say(item.guidance)],
  ]
  return (
    <article className="template-item">
      <h2>
        {item.type === 'veto' ? <Mark shape="stop" tone="serious" /> : null} {item.code} {say(item.title)}{' '}
        <span className={`chip ${item.type === 'veto' ? 'chip-serious' : ''}`}>{t(`type_${item.type}`)}</span>{' '}
        {isScored(item) ? <span className="chip">{common('points', { n: item.full_cp / 100 })}</span> : null}{' '}
        {item.starred ? <span className="chip chip-brand">{t('starred')}</span> : null}{' '}
        {item.bonus ? <span className="chip chip-good">{t('bonus')}</span> : null}
      </h2>
      <dl className="facts">
        {texts
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
