import { useMemo, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { SheetView } from '../../../shared/contract/views.ts'
import type { Item } from '../../../shared/domain/template.ts'
import type { ItemProblem, SheetProblem } from '../../../shared/scoring/demands.ts'
import { lackOf, STATUSES, statusesOf, type Status } from '../../search/facets.ts'
import { jumpKeyOf } from '../../search/jump-keys.ts'
import { STATUS_MARKS } from '../../search/status-marks.ts'
import { taskPath } from '../../route.ts'
import { Fold } from '../../ui/fold.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useShortcut } from '../../ui/shortcut.ts'
import { useSay, useText } from '../../ui/text.ts'

type CompletenessProps = { view: SheetView; problems: readonly ItemProblem[]; unfiled: number }
type Lacking = { item: Item; problems: readonly SheetProblem[] }

/** More than so many items are shown section by section, opened as needed. */
const MANY = 60

/** Everything that keeps the sheet from being sealed, by section, each with the way there; counted and shown by kind. */
export function Completeness({ view, problems, unfiled }: CompletenessProps) {
  const t = useText('seal')
  const checklist = taskPath(view.task.taskId, 'checklist')
  const [kind, setKind] = useState<Status | null>(null)
  const count = problems.length + (unfiled > 0 ? 1 : 0)
  const lacking = useMemo(() => lackingBySection(view, problems), [view, problems])
  const isShown = (problem: SheetProblem) => kind === null || lackOf(problem) === kind
  const sections = lacking
    .map(({ section, items }) => ({ section, items: items.filter((one) => one.problems.some(isShown)) }))
    .filter(({ items }) => items.length > 0)
  const total = sections.reduce((sum, { items }) => sum + items.length, 0)
  return (
    <section className="card stack-tight" aria-label={count === 0 ? t('complete') : t('incomplete', { n: count })}>
      {count === 0 ? (
        <p className="complete">
          <Mark shape="full" tone="good" /> {t('complete')}
        </p>
      ) : (
        <h2>{t('incomplete', { n: count })}</h2>
      )}
      <Counters view={view} problems={problems} kind={kind} onKind={setKind} />
      {unfiled === 0 ? null : (
        <p className="row">
          <Mark shape="alert" tone="middling" /> {t('trayLeft', { n: unfiled })}{' '}
          <Link to={`${checklist}?extra=tray`}>{t('toTray')}</Link>
        </p>
      )}
      {sections.map(({ section, items }) => (
        <SectionLacks
          key={`${section.id}-${total <= MANY}`}
          section={section}
          items={items}
          checklist={checklist}
          startsOpen={total <= MANY}
          isShown={isShown}
        />
      ))}
    </section>
  )
}

type SectionLacksProps = {
  section: SheetView['template']['sections'][number]
  items: readonly Lacking[]
  checklist: string
  startsOpen: boolean
  isShown: (problem: SheetProblem) => boolean
}

function SectionLacks({ section, items, checklist, startsOpen, isShown }: SectionLacksProps) {
  const ask = useText('checklist')
  const say = useSay()
  return (
    <Fold title={`${section.code} ${say(section.title)}`} count={items.length} startsOpen={startsOpen}>
      <ul className="problems">
        {items.map(({ item, problems }) => (
          <li key={item.id}>
            <Link to={`${checklist}?item=${item.id}`}>
              {item.code} {say(item.title)}
            </Link>
            <span>
              {problems.filter(isShown).map((problem) => (
                <span key={problem} className={problem === 'unanswered' ? 'chip' : 'chip chip-middling'}>
                  <Mark shape={STATUS_MARKS[lackOf(problem)].shape} /> {ask(`problem_${problem}`)}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Fold>
  )
}

/** The items that lack something, in checklist order, by section. */
function lackingBySection({ template }: SheetView, problems: readonly ItemProblem[]) {
  const byItem = problemsByItem(problems)
  return template.sections.map((section) => ({
    section,
    items: section.items.flatMap((item): Lacking[] => {
      const found = byItem.get(item.id)
      return found === undefined ? [] : [{ item, problems: found }]
    }),
  }))
}

function problemsByItem(problems: readonly ItemProblem[]): Map<string, SheetProblem[]> {
  const byItem = new Map<string, SheetProblem[]>()
  for (const { item, problem } of problems) byItem.set(item, [...(byItem.get(item) ?? []), problem])
  return byItem
}

type CountersProps = {
  view: SheetView
  problems: readonly ItemProblem[]
  kind: Status | null
  onKind: (kind: Status | null) => void
}

const LACKS: readonly Status[] = ['unanswered', 'evidence', 'reason']

/** The same counters as on the checklist: what is lacking narrows the list below, the rest leads to the checklist. */
function Counters({ view, problems, kind, onKind }: CountersProps) {
  const find = useText('find')
  const navigate = useNavigate()
  const checklist = taskPath(view.task.taskId, 'checklist')
  const { counts, first } = useMemo(() => countStatuses(view, problems), [view, problems])
  const goTo = (target: Status | 'missing') => () => {
    const item = first.get(target)
    if (item !== undefined) void navigate(`${checklist}?item=${item}`)
  }
  useShortcut('g', goTo('missing'))
  useShortcut('w', goTo('unanswered'))
  useShortcut('z', goTo('evidence'))
  useShortcut('l', goTo('reason'))
  return (
    <div className="seal-counters" role="group" aria-label={find('filters')}>
      {STATUSES.map((status) => {
        const n = counts.get(status) ?? 0
        const { shape, tone } = STATUS_MARKS[status]
        const isLack = LACKS.includes(status)
        const key = isLack ? jumpKeyOf(status) : null
        return (
          <button
            key={status}
            type="button"
            className="seal-counter"
            aria-label={`${find(status)} ${n}`}
            {...(isLack ? { 'aria-pressed': kind === status } : {})}
            {...(key === null
              ? {}
              : { 'aria-keyshortcuts': key, title: find('chipHint', { what: find(status), key }) })}
            disabled={n === 0}
            onClick={() =>
              isLack ? onKind(kind === status ? null : status) : void navigate(`${checklist}?find=${status}`)
            }
          >
            <Mark shape={shape} tone={n === 0 ? 'quiet' : tone} /> {find(status)} <strong>{n}</strong>
          </button>
        )
      })}
    </div>
  )
}

/** How many items count as each status, and the first that does (`missing`: the first that lacks anything). */
function countStatuses({ template, answers }: SheetView, problems: readonly ItemProblem[]) {
  const byItem = problemsByItem(problems)
  const records = new Map(answers.map((answer) => [answer.item, answer]))
  const counts = new Map<Status, number>()
  const first = new Map<Status | 'missing', string>()
  for (const item of template.sections.flatMap((section) => section.items)) {
    const found = byItem.get(item.id) ?? []
    if (found.length > 0 && !first.has('missing')) first.set('missing', item.id)
    for (const status of statusesOf(item, records.get(item.id) ?? null, found, template)) {
      counts.set(status, (counts.get(status) ?? 0) + 1)
      if (!first.has(status)) first.set(status, item.id)
    }
  }
  return { counts, first }
}
