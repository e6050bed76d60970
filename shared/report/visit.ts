import type { Task } from '../domain/task.ts'
import type { Section } from '../domain/template.ts'
import { columns, facts, heading, note, row, table } from './blocks.ts'
import type { Context } from './context.ts'
import type { Block } from './model.ts'
import { dayText, isFilled, joined, timeText } from './values.ts'
import type { Words } from './words.ts'

/** 2 评价组与日程 */
export function teamAndSchedule(c: Context): Block[] {
  const { w, result } = c
  return [heading(3, w.team), ...team(c), ...changes(c), heading(3, w.schedule), ...schedule(c), ...meetings(c)].filter(
    (b) =>
      !(
        b.kind === 'heading' &&
        b.text === w.schedule &&
        c.task.schedule.length === 0 &&
        result.text.meetings.length === 0
      ),
  )
}

/** With letters nobody's role or unit is given: it would say who the letter is. */
function team(c: Context): Block[] {
  const { w, task, shows } = c
  const observers = task.team.filter((m) => m.role === 'observer').length
  const size = note(w.teamOf(task.team.length - observers - 1, observers))
  if (shows.names === 'none') return [size]
  if (shows.names === 'letters') {
    const scorers = task.team
      .filter((m) => m.role !== 'observer')
      .toSorted((a, b) => (a.personId < b.personId ? -1 : 1))
    return [
      size,
      ...table(
        columns([w.member, w.kind], [1, 1], 'll'),
        scorers.map((m) => row(c.person(m.personId), w.kinds[m.kind])),
      ),
    ]
  }
  const rows = task.team.map((m) => {
    const owned = m.owns.length > 0 ? w.owns(itemsText(c, m.owns)) : ''
    const assigned = m.role === 'observer' ? '' : m.assigned === null ? w.allItems : w.itemCount(m.assigned.length)
    return row(m.name, w.roles[m.role], w.kinds[m.kind], m.unit, joined([assigned, owned], w.stop))
  })
  return [size, ...table(columns([w.name, w.role, w.kind, w.unit, w.division], [16, 12, 14, 26, 32], 'lccll'), rows)]
}

/** Exclusions, superseded sheets, proxies and emergency enrolments: all that differs from the plan, and is not for the enterprise. */
function changes(c: Context): Block[] {
  const { w, result, task, shows } = c
  if (c.profile === 'enterprise') return []
  const excluded = result.inputs.excluded.map((e) => row(c.person(e.personId), e.reason))
  const revised = c.counted
    .filter((s) => s.sheet.revision > 1)
    .map((s) => row(w.revisionOf(c.person(s.sheet.expert.personId), s.sheet.revision), s.sheet.reason))
  const proxies = c.counted.flatMap(({ sheet }) =>
    sheet.proxy && shows.names !== 'none'
      ? [
          note(
            w.proxyText(
              c.person(sheet.expert.personId),
              c.person(sheet.proxy.enteredBy),
              c.person(sheet.proxy.checkedBy),
            ),
          ),
        ]
      : [],
  )
  const enrolled =
    shows.names === 'none' ? [] : task.fieldEnrolments.map((e) => row(c.person(e.personId), timeText(e.at), e.reason))
  const two = columns([w.member, w.exclusionReason], [1, 3], 'll')
  return [
    ...table(two, excluded, { caption: w.excluded }),
    ...table(two, revised, { caption: w.revised }),
    ...proxies,
    ...table(columns([w.member, w.time, w.reason], [1, 1, 2], 'lll'), enrolled, { caption: w.fieldEnrolment }),
  ]
}

function schedule(c: Context): Block[] {
  const { w, task, shows } = c
  const sites = new Map(task.scope.sites.map((s) => [s.id, s.name]))
  const isNamed = shows.names === 'names'
  const rows = task.schedule.map((s) => {
    const cells = [
      `${dayText(w, s.day)} ${joined([s.from, s.to], '–')}`,
      s.what,
      s.site === null ? '' : (sites.get(s.site) ?? s.site),
    ]
    return row(...cells, ...(isNamed ? [whoText(task, s.who, w) ?? s.who.map(c.person).join(w.joint)] : []))
  })
  const titles = [w.time, w.what, w.place, ...(isNamed ? [w.who] : [])]
  return table(columns(titles, [24, 38, 18, 20], 'llll'), rows)
}

/** Items by their codes; whole sections, and all there is, in a word. */
export function itemsText({ template, w }: Pick<Context, 'template' | 'w'>, ids: readonly string[]): string {
  const wanted = new Set(ids)
  const isWhole = ({ items }: Section) => items.length > 1 && items.every((i) => wanted.has(i.id))
  const whole = template.sections.filter(isWhole)
  if (whole.length > 1 && whole.length === template.sections.length) return w.allItems
  const single = template.sections.flatMap((s) =>
    isWhole(s) ? [] : s.items.flatMap((i) => (wanted.has(i.id) ? [i.code] : [])),
  )
  const sections = whole.length > 0 ? w.wholeSections(whole.map((s) => s.code).join(w.joint)) : ''
  return joined([sections, single.join(w.joint)], w.stop)
}

/** Everybody who judges together in a word; null where it is not the whole team. */
export function whoText({ team }: Task, who: readonly string[], w: Words): string | null {
  const judges = team.filter((m) => m.role !== 'observer')
  return judges.length > 1 && judges.every((m) => who.includes(m.personId)) && who.length === judges.length
    ? w.wholeTeam
    : null
}

function meetings(c: Context): Block[] {
  const { w } = c
  return c.result.text.meetings.flatMap((m): Block[] => {
    const present = (['team', 'enterprise', 'observer'] as const).map((side): string => {
      const people = m.attendance.filter((a) => a.side === side)
      if (people.length === 0) return ''
      const isNamed = side === 'enterprise' || c.shows.names === 'names'
      const names = people.map((p) => (isFilled(p.post) ? `${p.name}${w.aside(p.post)}` : p.name)).join(w.joint)
      return `${w.sides[side]}${w.colon}${isNamed ? names : w.peopleCount(people.length)}`
    })
    return [
      heading(3, `${w.meetingKinds[m.kind]}  ${timeText(m.at)}`),
      ...facts(1, [
        [w.place, m.place],
        [w.clockNote, m.clockNote],
        [w.attendance, joined(present, '\n')],
        [w.minutes, m.minutes],
        [w.figures, c.figuresOf(m.media)],
      ]),
    ]
  })
}

/** 3 企业及产品概况 */
export function enterprise(c: Context): Block[] {
  const { w, task } = c
  const { profile, certificates, registry } = task.prefill
  return [
    heading(3, w.profileFacts),
    ...facts(1, [
      [w.enterprise, task.enterprise.name],
      [w.uscc, task.enterprise.uscc],
      [w.address, task.enterprise.address],
      [w.contact, joined([task.enterprise.contact, task.enterprise.phone], ' ')],
      ...profile.map((p): [string, string] => [p.label, p.value]),
    ]),
    ...(certificates.length > 0 ? [heading(3, w.certificates)] : []),
    ...table(
      columns([w.certificate, w.number, w.until], [4, 4, 2], 'llc'),
      certificates.map((x) => row(x.name, x.number, x.until === null ? w.longTerm : dayText(w, x.until))),
    ),
    ...(registry.length > 0 ? [heading(3, w.registry)] : []),
    ...table(
      columns([w.item, w.finding, w.source, w.time], [8, 48, 28, 16], 'clll'),
      registry.map((x) => row(c.code(x.item), x.finding, x.source, x.at)),
    ),
  ]
}

/** 4 资质评价遗留问题核实 */
export function carryOver(c: Context): Block[] {
  const { w, task, result } = c
  if (task.carryOver.length === 0) return [note(w.none)]
  const findings = new Map(result.text.carryOver.map((f) => [f.id, f]))
  const rows = task.carryOver.map((question) => {
    const found = findings.get(question.id)
    const text = found && isFilled(found.finding) ? found.finding : w.notVerified
    return row(question.question, question.source, text, c.figuresOf(found?.media ?? []))
  })
  return table(columns([w.question, w.source, w.verified, w.figures], [34, 16, 38, 12], 'lllc'), rows)
}
