import { memo, useEffect, useRef, useState } from 'react'
import type { Section } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import { STATUSES, type Status } from '../../search/facets.ts'
import { fold } from '../../search/text-match.ts'
import { Fold } from '../../ui/fold.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { revealRow, useVirtualRows } from '../../ui/virtual-rows.ts'
import type { SectionCount } from './overview.ts'
import { STATUS_MARKS } from '../../search/status-marks.ts'

const ROW_HEIGHT = 72
/** From so many sections on they can be searched. */
const MANY = 20

type SectionRailProps = {
  sections: readonly Section[]
  counts: ReadonlyMap<string, SectionCount>
  selected: string | null
  onSelect: (section: string) => void
  children: React.ReactNode
}

/** Sections with what is left to do in each; only the visible ones exist. */
export const SectionRail = memo(function SectionRail(props: SectionRailProps) {
  const { sections, counts, selected, onSelect, children } = props
  const t = useText('checklist')
  const find = useText('find')
  const language = useLanguage()
  const scroller = useRef<HTMLDivElement>(null)
  const [words, setWords] = useState('')
  const wanted = fold(words).trim()
  const shown =
    wanted === '' ? sections : sections.filter((s) => fold(`${s.code} ${s.title.zh} ${s.title.en}`).includes(wanted))
  const virtual = useVirtualRows(scroller, shown.length, ROW_HEIGHT)
  const index = shown.findIndex((section) => section.id === selected)
  useEffect(() => {
    revealRow(virtual, index)
  }, [index, virtual])
  return (
    <nav className="rail" aria-label={t('sections')}>
      {sections.length < MANY ? null : (
        <input
          type="search"
          className="rail-find"
          aria-label={find('findSection')}
          placeholder={find('findSection')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      <div ref={scroller} className="rail-sections">
        {shown.length === 0 ? <p className="rail-empty">{find('noSection')}</p> : null}
        <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((row) => {
            const section = shown[row.index]
            return section === undefined ? null : (
              <RailRow
                key={section.id}
                section={section}
                top={row.start}
                language={language}
                count={counts.get(section.id)}
                isSelected={section.id === selected}
                onSelect={onSelect}
              />
            )
          })}
        </ul>
      </div>
      <div className="rail-foot">
        {children}
        <Legend />
      </div>
    </nav>
  )
})

type RailRowProps = {
  section: Section
  top: number
  language: 'zh' | 'en'
  count: SectionCount | undefined
  isSelected: boolean
  onSelect: (section: string) => void
}

const RailRow = memo(function RailRow({ section, top, language, count, isSelected, onSelect }: RailRowProps) {
  const find = useText('find')
  const title = say(section.title, language)
  const { done, total } = count ?? { done: 0, total: section.items.length }
  const left = STATUSES.filter((status) => (count?.[status] ?? 0) > 0)
  const told = left.map((status) => `${find(status)} ${count?.[status] ?? 0}`)
  return (
    <li style={{ transform: `translateY(${top}px)`, height: ROW_HEIGHT }}>
      <button
        type="button"
        aria-current={isSelected ? 'true' : undefined}
        title={[`${section.code} ${title}`, find('doneOf', { done, total }), ...told].join('\n')}
        onClick={() => onSelect(section.id)}
      >
        <span className="rail-title">
          <span className="rail-code">{section.code}</span> {title}
        </span>
        <span className="rail-counts">
          {count === undefined ? null : (
            <span className="rail-done">
              {done}/{total}
            </span>
          )}
          {left.map((status) => (
            <Chip key={status} status={status} n={count?.[status] ?? 0} />
          ))}
        </span>
      </button>
    </li>
  )
})

function Chip({ status, n }: { status: Status; n: number }) {
  const find = useText('find')
  const { shape, tone } = STATUS_MARKS[status]
  return (
    <span className={`rail-chip mark-${tone}`}>
      <Mark shape={shape} tone={tone} label={find(status)} />
      {n}
    </span>
  )
}

/** What each shape stands for. */
function Legend() {
  const find = useText('find')
  return (
    <Fold title={find('legend')}>
      <ul className="rail-legend">
        {STATUSES.map((status) => (
          <li key={status}>
            <Mark {...STATUS_MARKS[status]} /> {find(status)}
          </li>
        ))}
      </ul>
    </Fold>
  )
}
