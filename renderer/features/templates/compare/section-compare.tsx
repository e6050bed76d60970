import { memo } from 'react'
import type { ItemRef } from '../../../../shared/checklist/diff.ts'
import { isScored, type Item } from '../../../../shared/domain/template.ts'
import { useSay, useText } from '../../../ui/text.ts'
import { ChangeMark } from './change-mark.tsx'
import { FieldRows } from './field-rows.tsx'
import type { CompareRow, CompareSection } from './rows.ts'

/** One section as both editions have it. */
export const SectionCompare = memo(function SectionCompare({ section, rows }: CompareSection) {
  const t = useText('templateCompare')
  const common = useText('common')
  const say = useSay()
  const named = section.after ?? section.before
  const name = named === null ? '' : `${named.code} ${say(named.title)}`
  const { before, after } = section.full_cp
  const isChanged = section.change !== 'same'
  const points =
    before === after || before === null || after === null
      ? common('points', { n: (after ?? before ?? 0) / 100 })
      : t('fromTo', { before: before / 100, after: common('points', { n: after / 100 }) })
  return (
    <section
      className="card compare-section"
      aria-label={name}
      {...(isChanged ? { 'data-change': '', tabIndex: -1 } : {})}
    >
      <h2>
        {name} {isChanged ? <ChangeMark change={section.change} /> : null}{' '}
        <span className="quiet">
          {points}
          {section.isMoved ? ` · ${t('sectionMoved')}` : ''}
        </span>
      </h2>
      <FieldRows fields={section.fields} />
      {rows.length === 0 ? <p className="quiet">{t('sectionSame')}</p> : null}
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </section>
  )
})

const Row = memo(function Row({ row: { before, after, diff } }: { row: CompareRow }) {
  const t = useText('templateCompare')
  const say = useSay()
  const item = after ?? before
  if (item === null) return null
  if (diff === null) {
    return (
      <div className="compare-row compare-same">
        <span className="compare-label">
          <ChangeMark change="same" />
        </span>
        <span>{`${item.code} ${say(item.title)}`}</span>
        <span>{`${item.code} ${say(item.title)}`}</span>
      </div>
    )
  }
  const place = (ref: ItemRef) => ({
    section: `${ref.section.code} ${say(ref.section.title)}`,
    place: ref.place + 1,
  })
  return (
    <article
      className="compare-item"
      data-change
      data-change-kind={diff.change}
      tabIndex={-1}
      aria-label={`${item.code} ${say(item.title)}`}
    >
      <h3>
        <ChangeMark change={diff.change} /> {item.code} {say(item.title)}
        {diff.isMoved && diff.change !== 'moved' ? <ChangeMark change="moved" /> : null}
      </h3>
      {diff.isMoved && diff.before !== null && diff.after !== null ? (
        <div className="compare-row">
          <span className="compare-label">{t('place')}</span>
          <span>{t('movedFrom', { from: place(diff.before).section, place: place(diff.before).place })}</span>
          <span>{t('movedTo', { to: place(diff.after).section, place: place(diff.after).place })}</span>
        </div>
      ) : null}
      {diff.change === 'added' || diff.change === 'removed' ? (
        <Whole item={item} side={diff.change} />
      ) : (
        <FieldRows fields={diff.fields} />
      )}
    </article>
  )
})

/** An item only one edition has, in that edition's column. */
function Whole({ item, side }: { item: Item; side: 'added' | 'removed' }) {
  const t = useText('templateCompare')
  const words = useText('templates')
  const common = useText('common')
  const say = useSay()
  const lines: [string, string][] = [
    [t('field_title'), say(item.title)],
    [t('field_type'), words(`type_${item.type}`)],
    [t('field_full_cp'), isScored(item) ? common('points', { n: item.full_cp / 100 }) : ''],
    [t('field_basis'), item.basis],
    [t('field_evidence'), say(item.evidence)],
    [t('field_guidance'), say(item.guidance)],
  ]
  return lines
    .filter(([, text]) => text !== '')
    .map(([label, text]) => (
      <div key={label} className="compare-row">
        <span className="compare-label">{label}</span>
        <span className="compare-text">{side === 'removed' ? <del>{text}</del> : null}</span>
        <span className="compare-text">{side === 'added' ? <ins>{text}</ins> : null}</span>
      </div>
    ))
}
