import type { Decision, Merged } from '../domain/result.ts'
import { templateItems, type Item } from '../domain/template.ts'
import { templateText } from '../report/front.ts'
import type { Language } from '../report/model.ts'
import { valueText } from '../text/value.ts'
import { tongueOf } from './language.ts'
import { fullCell, pointsCell, rateCell } from './score-cells.ts'
import { listSheet, outcomeText, type TeamBook, type TeamContext } from './team-context.ts'
import { whyRows } from './team-why.ts'
import { cells, worksheet, type Cell, type Workbook, type Worksheet } from './workbook.ts'

/**
 * The lead's workbook: totals, every expert's score beside the merged one, deviations, what was discussed and decided, nonconformities,
 * and why every number is what it is. Experts are named: it is for the lead and the archive, not for the enterprise.
 */
export function teamWorkbook(book: TeamBook, language: Language): Workbook {
  const names = new Map(book.sheets.map((s) => [s.expert.personId, s.expert.name]))
  const c: TeamContext = {
    ...book,
    ...tongueOf(language),
    items: new Map(templateItems(book.template).map((i) => [i.id, i])),
    name: (id) => book.task.team.find((m) => m.personId === id)?.name ?? names.get(id) ?? id,
  }
  return { sheets: [summary(c), scores(c), deviations(c), discussion(c), nonconformities(c), whyRows(c)] }
}

function summary(c: TeamContext): Worksheet {
  const { w, t, task, inputs, outcome } = c
  const { totals, conclusion, status, method, sections, deviation } = outcome.merge
  const pair = (name: string, ...values: Cell[]): Cell[] => [...cells([name], 'group'), ...values]
  const text = (value: string): Cell => ({ value, style: 'plain' })
  const people = deviation.experts.map((e) => e.personId)
  const rows: Cell[][] = [
    cells([t('teamTitle', { enterprise: task.enterprise.name })], 'title'),
    pair(w.taskNumber, text(task.number)),
    pair(w.reportNumber, text(task.reportNumber)),
    pair(w.template, text(templateText(c))),
    pair(w.mergeMethod, text(w.mergeMethods[method])),
    pair(w.state, text(t(status === 'closed' ? 'allSettled' : 'someOpen'))),
    pair(w.converted, pointsCell(totals.converted)),
    pair(w.base, pointsCell(totals.base)),
    pair(w.bonus, pointsCell(totals.bonus)),
    pair(w.applicable, pointsCell(totals.applicable)),
    pair(w.totalFull, pointsCell(totals.totalFull)),
    pair(t('percentOf', { what: w.rate }), rateCell(totals.rate_bp)),
    pair(w.computed, text(labelOf(c, conclusion.computed))),
    pair(w.chosen, text(inputs.conclusion.chosen === null ? w.dash : labelOf(c, inputs.conclusion.chosen))),
    ...inputs.excluded.map((e) => pair(w.excluded, text(`${c.name(e.personId)}${w.colon}${e.reason}`))),
    ...outcome.missingMembers.map((id) => pair(t('missingSheet'), text(c.name(id)))),
    [],
    cells(
      [
        w.section,
        t('name'),
        w.got,
        w.bonus,
        w.applicable,
        w.full,
        t('percentOf', { what: w.rate }),
        ...people.map((id) => t('deviationOf', { who: c.name(id) })),
      ],
      'head',
    ),
    ...sections.map((s, n): Cell[] => [
      ...cells([...nameOf(c, n)]),
      pointsCell(s.base),
      pointsCell(s.bonus),
      pointsCell(s.applicable),
      pointsCell(s.full),
      rateCell(s.rate_bp),
      ...deviation.experts.map((e) => rateCell(e.sections[n]?.horizontal_bp ?? null)),
    ]),
    [
      ...cells([w.total, ''], 'total'),
      ...[totals.base, totals.bonus, totals.applicable, totals.totalFull].map((v) => pointsCell(v, 'total')),
      rateCell(totals.rate_bp, 'total'),
      ...deviation.experts.map((e) => rateCell(e.horizontal_bp, 'total')),
    ],
  ]
  return worksheet(t('totals'), rows, {
    widths: [18, 40, 12, 12, 12, 12, 12, ...people.map(() => 16)],
    merges: [{ top: 0, left: 0, bottom: 0, right: 6 + people.length }],
    page: { landscape: true, repeatRows: 0, header: task.enterprise.name, footer: w.page },
  })
}

function labelOf({ template, w, say }: TeamContext, conclusion: string | null): string {
  const found = template.conclusions.find((x) => x.id === conclusion)
  return found === undefined ? w.noConclusion : say(found.label)
}

function nameOf({ template, say }: TeamContext, section: number): [string, string] {
  const found = template.sections[section]
  return found === undefined ? ['', ''] : [found.code, say(found.title)]
}

/** Result and score of everybody, then the merged ones. */
function scores(c: TeamContext): Worksheet {
  const { w, t, say, template, outcome } = c
  const people = outcome.counted
  const merged = new Map(outcome.merge.items.map((m) => [m.item, m]))
  const pairs = [...people.map((id) => c.name(id)), w.merged]
  const heads = [
    t('code'),
    t('content'),
    t('full'),
    ...pairs.flatMap((name) => [`${name} ${w.result}`, `${name} ${w.got}`]),
    t('spread'),
    w.note,
  ]
  const rows = template.sections.flatMap((section, n): Cell[][] => {
    const total = outcome.merge.sections[n]
    const blanks = people.flatMap(() => ['', ''])
    const head: Cell[] = [
      ...cells([section.code, say(section.title)], 'group'),
      pointsCell(total?.full ?? null, 'group'),
      ...cells([...blanks, ''], 'group'),
      pointsCell(total?.base ?? null, 'group'),
      ...cells(['', ''], 'group'),
    ]
    return [head, ...section.items.flatMap((item) => scoreRow(c, item, merged.get(item.id)))]
  })
  const widths = [9, 40, 9, ...pairs.flatMap(() => [12, 10]), 10, 24]
  return listSheet(c, t('scores'), heads, rows, widths, 2)
}

function scoreRow(c: TeamContext, item: Item, m: Merged | undefined): Cell[][] {
  if (m === undefined) return []
  const given = m.answers.flatMap((a) => (a.state === 'answered' && a.score !== null ? [a.score] : []))
  const spread = given.length < 2 ? null : Math.max(...given) - Math.min(...given)
  return [
    [
      ...cells([item.code, c.say(item.title)]),
      fullCell(item),
      ...c.outcome.counted.flatMap((id): Cell[] => {
        const answer = m.answers.find((a) => a.personId === id)
        const shown = answer === undefined ? '' : valueText(item, answer, c.template, c.language)
        return [...cells([shown]), pointsCell(answer?.score ?? null)]
      }),
      ...cells([outcomeText(c, item, m)]),
      pointsCell(m.score),
      pointsCell(spread),
      ...cells([m.flags.map((f) => c.w.flags[f]).join(c.w.joint)]),
    ],
  ]
}

function deviations(c: TeamContext): Worksheet {
  const { w, t, say, template, outcome } = c
  const { experts, agreement } = outcome.merge.deviation
  const heads = [
    w.member,
    ...[w.overall, w.ownRate, w.ownRange, ...template.sections.map((s) => `${s.code} ${say(s.title)}`)].map((what) =>
      t('percentOf', { what }),
    ),
  ]
  const rows = experts.map((e): Cell[] => [
    ...cells([c.name(e.personId)]),
    rateCell(e.horizontal_bp),
    rateCell(e.vertical.rate_bp),
    rateCell(e.vertical.range_bp),
    ...template.sections.map((_, n) => rateCell(e.sections[n]?.horizontal_bp ?? null)),
  ])
  const note = agreement.compared > 0 ? [[], cells([w.agreement(agreement.agreed, agreement.compared)], 'note')] : []
  const widths = [14, 12, 14, 14, ...template.sections.map(() => 16)]
  const sheet = listSheet(c, t('deviations'), heads, [...rows, ...note], widths, 1)
  const last = sheet.rows.length - 1
  return note.length === 0
    ? sheet
    : { ...sheet, merges: [{ top: last, left: 0, bottom: last, right: heads.length - 1 }] }
}

/** Flagged items by points at stake, then those decided without a flag. */
function discussion(c: TeamContext): Worksheet {
  const { w, t, say, inputs, outcome } = c
  const merged = new Map(outcome.merge.items.map((m) => [m.item, m]))
  const decisions = new Map(inputs.decisions.map((d) => [d.item, d]))
  const listed = new Set(outcome.discussion.map((d) => d.item))
  const entries = [
    ...outcome.discussion,
    ...inputs.decisions
      .filter((d) => !listed.has(d.item))
      .map((d) => ({ item: d.item, stake: null, flags: [], open: false, couldChangeConclusion: false })),
  ]
  const rows = entries.flatMap(({ item: id, stake, flags, open, couldChangeConclusion }): Cell[][] => {
    const item = c.items.get(id)
    const m = merged.get(id)
    const d = decisions.get(id)
    if (item === undefined || m === undefined) return []
    return [
      [
        ...cells([item.code, say(item.title), flags.map((f) => w.flags[f]).join(w.joint)]),
        pointsCell(stake),
        ...cells([couldChangeConclusion ? t('yes') : '', t(open ? 'undecided' : 'decided'), outcomeText(c, item, m)]),
        pointsCell(m.score),
        ...cells([d?.reason ?? '', votesOf(c, d), dissentOf(c, d), d?.decidedAt.slice(0, 16).replace('T', ' ') ?? '']),
      ],
    ]
  })
  const heads = [
    t('code'),
    t('content'),
    t('hint'),
    t('stake'),
    t('couldChange'),
    t('status'),
    w.settled,
    w.got,
    w.reason,
    w.votes,
    w.dissent,
    t('decidedAt'),
  ]
  return listSheet(c, t('discussion'), heads, rows, [9, 36, 22, 10, 10, 8, 12, 10, 40, 30, 30, 18], 2)
}

const votesOf = ({ name, w }: TeamContext, d: Decision | undefined): string =>
  d?.votes.map((v) => `${name(v.personId)} ${w.voteWords[v.vote]}`).join(w.joint) ?? ''
const dissentOf = ({ name, w }: TeamContext, d: Decision | undefined): string =>
  d?.dissent.map((x) => `${name(x.personId)}${w.colon}${x.text}`).join('\n') ?? ''

function nonconformities(c: TeamContext): Worksheet {
  const { w, t, inputs } = c
  const rows = inputs.nonconformities.map((n, at) =>
    cells([
      at + 1,
      n.item === null ? '' : (c.items.get(n.item)?.code ?? n.item),
      w.ncKinds[n.kind],
      n.requirement,
      n.evidence,
      n.where,
      n.when,
      n.sample,
      n.confirmedBy,
      w.ncStates[n.state],
      n.deadline ?? '',
      w.verifyWays[n.verify],
    ]),
  )
  const heads = [
    t('number'),
    w.item,
    w.kind,
    w.requirement,
    w.evidence,
    w.where,
    w.when,
    w.sample,
    w.confirmedBy,
    w.state,
    w.deadline,
    w.verify,
  ]
  return listSheet(c, t('nonconformities'), heads, rows, [7, 9, 12, 36, 50, 16, 16, 16, 14, 12, 12, 12])
}
