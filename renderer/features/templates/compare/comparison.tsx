import { Button, Checkbox } from 'antd'
import { memo, useMemo, useRef, useState } from 'react'
import { diffTemplates, type TemplateDiff } from '../../../../shared/checklist/diff.ts'
import type { Template } from '../../../../shared/domain/template.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { useShortcut } from '../../../ui/shortcut.ts'
import { useText } from '../../../ui/text.ts'
import { GroupDiff, RulesDiff } from './group-diff.tsx'
import { compareRows, firstRows, type CompareSection } from './rows.ts'
import { SectionCompare } from './section-compare.tsx'
import { useGrowing } from './use-growing.ts'
import { Summary } from './summary.tsx'

/** What changed from one checklist to the other: an overview, then everything in two columns. J and K go from change to change. */
export function Comparison({ before, after }: { before: Template; after: Template }) {
  const t = useText('templateCompare')
  const nameOf = ({ number, edition }: Template) => t('short', { number, edition })
  const [onlyChanges, setOnlyChanges] = useState(true)
  const body = useRef<HTMLDivElement>(null)
  const diff = useMemo(() => diffTemplates(before, after), [before, after])
  const sections = useMemo(() => compareRows(diff, before, after, onlyChanges), [diff, before, after, onlyChanges])
  const all = useMemo(
    () =>
      diff.groups.length +
      (diff.rules.length > 0 ? 1 : 0) +
      diff.sections.reduce((sum, { change, items }) => sum + (change === 'same' ? 0 : 1) + items.length, 0),
    [diff],
  )
  const [at, setAt] = useState(-1)
  const go = (by: 1 | -1) => {
    const changes = body.current?.querySelectorAll<HTMLElement>('[data-change]') ?? []
    if (changes.length === 0) return
    const next = at === -1 && by === -1 ? changes.length - 1 : (at + by + changes.length) % changes.length
    setAt(next)
    changes[next]?.focus({ preventScroll: true })
    changes[next]?.scrollIntoView({ block: 'center' })
  }
  useShortcut('j', () => go(1))
  useShortcut('k', () => go(-1))
  if (diff.isSame) {
    return (
      <EmptyState title={t('noneTitle')}>
        <p>{t('noneText')}</p>
      </EmptyState>
    )
  }
  return (
    <div className="stack">
      <Summary diff={diff} />
      <div className="leading-bar compare-bar">
        <Checkbox checked={onlyChanges} onChange={({ target }) => setOnlyChanges(target.checked)}>
          {t('onlyChanges')}
        </Checkbox>
        <span className="soft compare-position" role="status">
          {at < 0 ? t('positionAll', { all }) : t('position', { n: at + 1, all })}
        </span>
        <Button onClick={() => go(-1)} aria-keyshortcuts="K">
          {t('previous')}
        </Button>
        <Button onClick={() => go(1)} aria-keyshortcuts="J">
          {t('next')}
        </Button>
        <div className="compare-columns">
          <span aria-hidden />
          <strong>{`${t('earlier')} ${nameOf(before)}`}</strong>
          <strong>{`${t('later')} ${nameOf(after)}`}</strong>
        </div>
      </div>
      <div ref={body} className="stack">
        <Body diff={diff} before={before} after={after} sections={sections} />
      </div>
    </div>
  )
}

type BodyProps = { diff: TemplateDiff; before: Template; after: Template; sections: CompareSection[] }

/** Everything in two columns; a long comparison is there in parts, the first at once. */
const Body = memo(function Body({ diff, before, after, sections }: BodyProps) {
  const all = useMemo(() => sections.reduce((sum, { rows }) => sum + rows.length, 0), [sections])
  const shown = firstRows(sections, useGrowing(all))
  return (
    <>
      {diff.groups.map(({ group, fields }) => (
        <GroupDiff key={group} group={group} fields={fields} />
      ))}
      <RulesDiff rules={diff.rules} before={before} after={after} />
      {shown.map((one) => (
        <SectionCompare key={one.section.id} {...one} />
      ))}
    </>
  )
})
