import { CheckOutlined, HolderOutlined } from '@ant-design/icons'
import { memo, useEffect, useRef, useState } from 'react'
import { isScored } from '../../../../shared/domain/template.ts'
import { gateMark } from '../../../../shared/text/grade-mark.ts'
import { Mark } from '../../../ui/mark.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { dragRow, type Edge } from './dragging.ts'
import { worstOf } from './finding-text.ts'
import { itemOf } from './lens.ts'
import { writeNumber } from './numbers.ts'
import type { Row } from './outline.ts'
import { useEditor, useStore } from './use-editor.ts'

export const ROW_HEIGHT = 44

type RowProps = {
  row: Row
  top: number
  isSelected: boolean
  isPicked: boolean
  onChoose: (row: Row, how: React.MouseEvent) => void
}

/** One section or item; draggable, and shows where something dragged over it would go. */
export const OutlineRow = memo(function OutlineRow({ row, top, isSelected, isPicked, onChoose }: RowProps) {
  const store = useStore()
  const element = useRef<HTMLDivElement>(null)
  const [edge, setEdge] = useState<Edge | null>(null)
  const isTicking = useEditor((state) => row.kind === 'item' && (state.isPicking || state.picked.size > 1))
  const isClosed = useEditor((state) => row.kind === 'section' && state.search === '' && state.closed.has(row.id))
  useEffect(() => (element.current ? dragRow(element.current, row, setEdge) : undefined), [row])
  return (
    <div
      ref={element}
      role="treeitem"
      aria-level={row.kind === 'section' ? 1 : 2}
      aria-selected={isSelected || isPicked}
      data-here={isSelected}
      data-picked={isPicked}
      aria-posinset={row.position}
      aria-setsize={row.of}
      {...(row.kind === 'section' ? { 'aria-expanded': !isClosed } : {})}
      tabIndex={isSelected ? 0 : -1}
      className={`outline-row outline-${row.kind}`}
      data-edge={edge}
      style={{ transform: `translateY(${top}px)`, height: ROW_HEIGHT }}
      onClick={(event) => onChoose(row, event)}
      onKeyDown={undefined}
    >
      {isTicking ? (
        <span aria-hidden className="outline-tick" data-on={isPicked}>
          {isPicked ? <CheckOutlined /> : null}
        </span>
      ) : (
        <HolderOutlined aria-hidden className="outline-grip" />
      )}
      {row.kind === 'section' ? (
        // The keyboard opens and closes with the arrow keys.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
        <span
          aria-hidden
          className="outline-sign"
          onClick={(event) => {
            event.stopPropagation()
            store.toggle(row.id)
          }}
        >
          {isClosed ? '▸' : '▾'}
        </span>
      ) : null}
      {row.kind === 'section' ? <SectionWords id={row.id} /> : <ItemWords id={row.id} />}
    </div>
  )
})

function SectionWords({ id }: { id: string }) {
  const t = useText('templateEditor')
  const common = useText('common')
  const say = useSay()
  const section = useEditor((state) => state.content.sections.find((one) => one.id === id))
  if (!section) return null
  const full = section.items.reduce((sum, item) => sum + (item.bonus ? 0 : (item.full_cp ?? 0)), 0)
  return (
    <>
      <span className="outline-words">
        <span className="outline-code">{section.code}</span> {say(section.title) || t('untitledSection')}
      </span>
      <FoundMark of={`section ${id}`} />
      <span className="outline-points">{full === 0 ? '' : common('points', { n: writeNumber(full, 100) })}</span>
    </>
  )
}

function ItemWords({ id }: { id: string }) {
  const t = useText('templateEditor')
  const types = useText('templates')
  const say = useSay()
  const item = useEditor((state) => itemOf(state.content, id))
  if (!item) return null
  const title = say(item.title)
  return (
    <>
      <span className="outline-words">
        <span className="outline-code">{item.code}</span> {item.starred ? '★ ' : ''}
        {title === '' ? <em className="quiet">{t('untitledItem')}</em> : title}
      </span>
      <FoundMark of={`item ${id}`} />
      <span className="outline-points">
        {isScored(item) ? (
          <>
            <span className="outline-type">{types(`type_${item.type}`)}</span>{' '}
            {`${item.bonus ? '+' : ''}${writeNumber(item.full_cp, 100)}`}
          </>
        ) : (
          <>
            {item.type === 'veto' ? <Mark shape="stop" tone="serious" /> : null}
            {item.type === 'gate' ? (
              <Mark {...gateMark(item.spec.outcome)} label={t(`gate_${item.spec.outcome}`)} />
            ) : null}{' '}
            {types(`type_${item.type}`)}
          </>
        )}
      </span>
    </>
  )
}

function FoundMark({ of }: { of: string }) {
  const t = useText('templateEditor')
  const severity = useEditor((state) => worstOf(state.findings, state.content).get(of))
  if (severity === undefined) return null
  return severity === 'error' ? (
    <Mark shape="alert" tone="serious" label={t('hasErrors')} />
  ) : (
    <Mark shape="alert" tone="middling" label={t('hasWarnings')} />
  )
}
