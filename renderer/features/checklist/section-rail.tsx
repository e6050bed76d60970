import type { Section } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import { Mark, type MarkShape, type MarkTone } from '../../ui/mark.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import type { SectionCount } from './overview.ts'

type SectionRailProps = {
  sections: readonly Section[]
  counts: readonly SectionCount[]
  selected: string | null
  onSelect: (section: string) => void
  children: React.ReactNode
}

const CHIPS = [
  { key: 'unanswered', shape: 'empty', tone: 'quiet' },
  { key: 'veto', shape: 'stop', tone: 'serious' },
  { key: 'failed', shape: 'cross', tone: 'serious' },
  { key: 'missing', shape: 'alert', tone: 'middling' },
] as const satisfies { key: 'unanswered' | 'veto' | 'failed' | 'missing'; shape: MarkShape; tone: MarkTone }[]

/** Sections with what is left to do in each. */
export function SectionRail({ sections, counts, selected, onSelect, children }: SectionRailProps) {
  const t = useText('checklist')
  const language = useLanguage()
  return (
    <nav className="rail" aria-label={t('sections')}>
      <ul>
        {sections.map((section) => {
          const count = counts.find((c) => c.section === section.id)
          const done = count === undefined ? 0 : count.total - count.unanswered
          return (
            <li key={section.id}>
              <button
                type="button"
                aria-current={section.id === selected ? 'true' : undefined}
                onClick={() => onSelect(section.id)}
              >
                <span className="rail-title">
                  <span className="rail-code">{section.code}</span> {say(section.title, language)}
                </span>
                <span className="rail-counts">
                  <span className="rail-done" title={t('doneOf')}>
                    {done}/{count?.total ?? 0}
                  </span>
                  {CHIPS.map(({ key, shape, tone }) => {
                    const n = count?.[key] ?? 0
                    if (n === 0) return null
                    return (
                      <span key={key} className={`rail-chip mark-${tone}`} title={t(`count_${key}`)}>
                        <Mark shape={shape} tone={tone} label={t(`count_${key}`)} />
                        {n}
                      </span>
                    )
                  })}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {children}
    </nav>
  )
}
