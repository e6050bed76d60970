import { useMemo, useRef, useState } from 'react'
import { isScored, type Item, type Section, type Template } from '../../../shared/domain/template.ts'
import { Mark } from '../../ui/mark.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { useRowsOfPage } from '../../ui/virtual-rows.ts'

type Group = { section: Section; items: Item[]; isOpen: boolean }
type Row = Group | Item
const isGroup = (row: Row): row is Group => 'section' in row

/** What a row is taken for until it was seen (px). */
const [HEAD_HEIGHT, ITEM_HEIGHT] = [48, 150]

/** A checklist section by section; a search shows only the items that hold it, opened. Only what is in view exists. */
export function TemplateView({ template, search }: { template: Template; search: string }) {
  const t = useText('templates')
  const say = useSay()
  const wanted = search.trim().toLowerCase()
  const groups = useMemo(() => {
    const holds = (item: Item) =>
      [item.code, say(item.title), item.basis, say(item.evidence), say(item.guidance)].some((text) =>
        text.toLowerCase().includes(wanted),
      )
    return template.sections
      .map((section) => ({ section, items: wanted === '' ? section.items : section.items.filter(holds) }))
      .filter(({ items }) => items.length > 0)
  }, [template, wanted, say])
  if (groups.length === 0) return <p className="soft">{t('templateNone')}</p>
  return <Groups key={wanted} groups={groups} isSearch={wanted !== ''} />
}

function Groups({ groups, isSearch }: { groups: readonly Omit<Group, 'isOpen'>[]; isSearch: boolean }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set((isSearch ? groups : groups.slice(0, 1)).map(({ section }) => section.id)),
  )
  const rows = useMemo(
    () =>
      groups.flatMap((group): Row[] => {
        const isOpen = open.has(group.section.id)
        return [{ ...group, isOpen }, ...(isOpen ? group.items : [])]
      }),
    [groups, open],
  )
  const list = useRef<HTMLDivElement>(null)
  const virtual = useRowsOfPage(
    list,
    rows.map((row) => (isGroup(row) ? `section ${row.section.id}` : row.id)),
    (index) => {
      const row = rows[index]
      return row !== undefined && isGroup(row) ? HEAD_HEIGHT : ITEM_HEIGHT
    },
  )
  const toggle = (id: string) => {
    const next = new Set(open)
    if (!next.delete(id)) next.add(id)
    setOpen(next)
  }
  return (
    <div className="card">
      <div ref={list} className="template-rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="template-row"
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
            >
              {isGroup(row) ? <Head group={row} onToggle={() => toggle(row.section.id)} /> : <ItemText item={row} />}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Head({ group: { section, items, isOpen }, onToggle }: { group: Group; onToggle: () => void }) {
  const common = useText('common')
  const say = useSay()
  const full = section.items.reduce((sum, item) => sum + (isScored(item) && !item.bonus ? item.full_cp : 0), 0)
  return (
    <div className="fold-head">
      <button type="button" aria-expanded={isOpen} onClick={onToggle}>
        <span className="fold-sign" aria-hidden>
          {isOpen ? '▾' : '▸'}
        </span>
        {section.code} {say(section.title)}
        <span className="fold-count">{items.length}</span>
      </button>
      {full > 0 ? <span className="quiet">{common('points', { n: full / 100 })}</span> : null}
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
