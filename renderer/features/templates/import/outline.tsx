import { useMemo, useRef } from 'react'
import { isScored, type Item, type Section, type Template } from '../../../../shared/domain/template.ts'
import { useSay, useText } from '../../../ui/text.ts'
import { useVirtualRows } from '../../../ui/virtual-rows.ts'

const ROW_PX = 50

type Line = { section: Section; item: null } | { section: null; item: Item }

/** Sections with their items, as many as there are; only the visible lines exist. */
export function Outline({ template }: { template: Template }) {
  const t = useText('templateImport')
  const words = useText('templates')
  const common = useText('common')
  const say = useSay()
  const scroller = useRef<HTMLDivElement>(null)
  const lines = useMemo(
    () =>
      template.sections.flatMap((section): Line[] => [
        { section, item: null },
        ...section.items.map((item) => ({ section: null, item })),
      ]),
    [template],
  )
  const rows = useVirtualRows(scroller, lines.length, ROW_PX)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling list must be reachable by keyboard
    <div ref={scroller} className="import-outline" role="list" aria-label={t('outline')} tabIndex={0}>
      <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start, size }) => {
          const line = lines[index]
          if (line === undefined) return null
          const style = { top: start, height: size }
          if (line.item === null) {
            const sum = line.section.items.reduce((all, one) => all + (isScored(one) ? one.full_cp : 0), 0)
            return (
              <div key={index} role="listitem" className="import-line import-line-section" style={style}>
                <span className="import-line-title">
                  {line.section.code} {say(line.section.title)}
                </span>
                <span className="quiet">{t('sectionSum', { n: line.section.items.length, points: sum / 100 })}</span>
              </div>
            )
          }
          const { item } = line
          return (
            <div key={index} role="listitem" className="import-line" style={style}>
              <span className="import-line-code">{item.code}</span>
              <span className="import-line-title" title={say(item.title)}>
                {item.starred ? '★ ' : ''}
                {say(item.title)}
              </span>
              <span className={`chip ${item.type === 'veto' ? 'chip-serious' : ''}`}>{words(`type_${item.type}`)}</span>
              <span className="import-line-points">
                {isScored(item) ? common('points', { n: item.full_cp / 100 }) : ''}
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
